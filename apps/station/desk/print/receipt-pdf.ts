// Prints a receipt on an 80 mm strip, as the counter's printer and the customer expect it.
import type { ReceiptView } from '#contract/journals.ts';
import { createSheet, type Sheet, type Style } from './document.ts';

const widthPoints = 226.77;
const margin = 12;
const title: Style = { size: 11, weight: 'bold' };
const bold: Style = { size: 8, weight: 'bold' };
const plain: Style = { size: 8, weight: 'regular' };
const lineHeight = 11;

/** One printed line: left text, right text, or a rule. */
type Printed =
  | { readonly kind: 'text'; readonly left: string; readonly right: string; readonly style: Style }
  | { readonly kind: 'rule' };

const text = (left: string, style: Style = plain, right = ''): Printed => ({
  kind: 'text',
  left,
  right,
  style,
});

/**
 * The receipt as a PDF. The same receipt gives the same bytes on the same machine: the file's times are
 * the journal's, and nothing in it is drawn from chance.
 */
export function receiptPdf(receipt: ReceiptView): Promise<Uint8Array> {
  const at = Date.parse(receipt.at);
  const options = { width: widthPoints, margin, title: `Receipt ${receipt.code}`, at };
  const printed = layOut(receipt, createSheet({ ...options, height: 100 }));
  const sheet = createSheet({ ...options, height: margin * 3 + printed.length * lineHeight });
  print(printed, sheet);
  return sheet.finish();
}

function layOut(receipt: ReceiptView, sheet: Sheet): readonly Printed[] {
  const width = widthPoints - 2 * margin;
  const lines: Printed[] = [text(receipt.bank, title), text(receipt.branch)];
  if (receipt.demonstration) lines.push(text('DEMONSTRATION: not a bank document', bold));
  lines.push({ kind: 'rule' }, text(receipt.title, bold, `No. ${receipt.journal}`));
  for (const line of receipt.lines) lines.push(...labelled(line.label, line.text, sheet, width));
  lines.push({ kind: 'rule' });
  lines.push(...labelled('Receipt code', receipt.code, sheet, width));
  const proof = `This code proves the entry: qenex receipt verify ${receipt.code}`;
  return [...lines, ...sheet.wrap(proof, plain, width).map((each) => text(each))];
}

/** Label left and text right where both fit on a line, else the text wrapped below its label. */
function labelled(label: string, value: string, sheet: Sheet, width: number): readonly Printed[] {
  if (sheet.measure(`${label}   `, plain) + sheet.measure(value, plain) <= width) {
    return [text(label, plain, value)];
  }
  const wrapped = sheet.wrap(value, plain, width - margin);
  return [text(label), ...wrapped.map((each) => text('', plain, each))];
}

function print(lines: readonly Printed[], sheet: Sheet): void {
  let y = margin + lineHeight;
  for (const line of lines) {
    if (line.kind === 'rule') sheet.rule(y - lineHeight / 3);
    else {
      if (line.left !== '') sheet.draw(line.left, { x: margin, y }, line.style);
      if (line.right !== '')
        sheet.drawRight(line.right, { x: widthPoints - margin, y }, line.style);
    }
    y += lineHeight;
  }
}
