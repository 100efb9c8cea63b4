// Lets a teller serve from the number block alone: `12345678+250` pays in, `12345678-250` pays out.

const account = String.raw`(\d{4} ?\d{4})`;
const amount = String.raw`([\d.,]+)`;

/** The line as the command language reads it; a line written otherwise comes back as it is. */
export function fromKeypad(line: string): string {
  const typed = line.trimStart();
  const moved = new RegExp(`^${account} ?([+-]) ?${amount}(.*)$`).exec(typed);
  if (moved) return `${moved[2] === '+' ? 'd' : 'w'} ${moved[1]} ${moved[3]}${moved[4]}`;
  const between = new RegExp(`^${account} ?[/*] ?${account}[ +]${amount}(.*)$`).exec(typed);
  if (between) return `t ${between[1]} ${between[2]} ${between[3]}${between[4]}`;
  return line.replace(/^(\s*)([dwt])(?=\d{4})/i, '$1$2 ');
}
