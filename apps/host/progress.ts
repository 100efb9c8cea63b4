// Says how far long work is, at each tenth, to whoever waits at the terminal.

/** Tells how far the making of the demonstration is, at each tenth. */
export function tellProgress(
  write: (sentence: string) => void,
): (done: number, all: number) => void {
  let told = -1;
  return (done, all) => {
    const tenth = all === 0 ? 10 : Math.floor((done * 10) / all);
    if (tenth === told) return;
    told = tenth;
    write(`QENEX Teller: making the demonstration branch, ${tenth * 10} %\n`);
  };
}
