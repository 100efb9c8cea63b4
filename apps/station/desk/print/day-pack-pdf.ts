// Prints a day pack on A4: trial balance, till proofs, exceptions and the signed head of the log.
import { formatDate } from '#contract/dates.ts';
import { formatAmount } from '#contract/money.ts';
import type { DayPack, PackException, SignedPack } from '../day-pack-shape.ts';
import { a4, createSheet, type Sheet, type Style } from './document.ts';

const title: Style = { size: 15, weight: 'bold' };
const heading: Style = { size: 10, weight: 'bold' };
const plain: Style = { size: 8, weight: 'regular' };
const bold: Style = { size: 8, weight: 'bold' };
const lineHeight = 12;

/** A column: where its text begins, or ends where it is aligned to the right. */
interface Column {
  readonly x: number;
  readonly right?: boolean;
}

interface Pen {
  line(cells: readonly string[], columns: readonly Column[], style?: Style): void;
  text(text: string, style?: Style): void;
  heading(text: string): void;
}

function createPen(sheet: Sheet): Pen {
  const bottom = sheet.height - sheet.margin;
  let y = sheet.margin + 8;
  const room = (lines: number): void => {
    if (y + lines * lineHeight <= bottom) return;
    sheet.newPage();
    y = sheet.margin + 8;
  };
  return {
    line(cells, columns, style = plain) {
      room(1);
      cells.forEach((cell, index) => {
        const { x, right } = columns[index] as Column;
        if (right) sheet.drawRight(cell, { x, y }, style);
        else sheet.draw(cell, { x, y }, style);
      });
      y += lineHeight;
    },
    text(text, style = plain) {
      for (const part of sheet.wrap(text, style, sheet.width - 2 * sheet.margin)) {
        room(1);
        sheet.draw(part, { x: sheet.margin, y }, style);
        y += Math.max(lineHeight, style.size * 1.35);
      }
    },
    heading(text) {
      room(4);
      y += lineHeight;
      sheet.draw(text, { x: sheet.margin, y }, heading);
      sheet.rule(y + 4);
      y += lineHeight + 6;
    },
  };
}

const left = a4.margin;
const end = a4.width - a4.margin;

function printBalance(pen: Pen, pack: DayPack): void {
  const columns = [
    { x: left },
    { x: left + 150 },
    { x: end - 160, right: true },
    { x: end - 85, right: true },
    { x: end, right: true },
  ];
  pen.heading('Trial balance');
  pen.line(['Account', 'Name', 'Accounts', 'Debit', 'Credit'], columns, bold);
  for (const row of pack.trialBalance) {
    const amount = (minor: string) => (minor === '0' ? '' : formatAmount(minor, row.currency));
    const amounts = [amount(row.debitMinor), amount(row.creditMinor)];
    pen.line([row.number, row.name, String(row.accounts), ...amounts], columns);
  }
  for (const [currency, total] of Object.entries(pack.totals)) {
    const sum = `${formatAmount(total, currency)} ${currency}`;
    pen.line(['Debits less credits', '', '', '', sum], columns, bold);
  }
}

function printProofs(pen: Pen, pack: DayPack): void {
  const columns = [
    { x: left },
    { x: left + 120 },
    ...[380, 300, 220, 140, 75].map((back) => ({ x: end - back + 75, right: true })),
  ];
  pen.heading('Proof of the tills and the vault');
  const names = ['Till', '', 'Opening', 'In', 'Out', 'Closing', 'Counted'];
  pen.line(names, columns, bold);
  for (const proof of pack.tills) {
    const amount = (minor: string | null) =>
      minor === null ? 'not today' : formatAmount(minor, proof.currency);
    const { openingMinor, inMinor, outMinor, closingMinor, countedMinor } = proof;
    const amounts = [openingMinor, inMinor, outMinor, closingMinor, countedMinor].map(amount);
    pen.line([proof.name, proof.currency, ...amounts], columns);
  }
}

function printExceptions(pen: Pen, name: string, list: readonly PackException[]): void {
  pen.heading(`${name}: ${list.length}`);
  for (const { event, at, by, what } of list) {
    pen.text(`${at.slice(11, 19)}  event ${event}, ${by}: ${what}`);
  }
}

/** The same pack gives the same bytes on the same machine. */
export function dayPackPdf({ pack, digest, signature }: SignedPack): Promise<Uint8Array> {
  const at = Date.parse(pack.closedAt);
  const sheet = createSheet({ ...a4, title: `Day pack ${pack.date}`, at });
  const pen = createPen(sheet);
  pen.text(`Day pack of ${formatDate(pack.date)}`, title);
  pen.text(`${pack.bank}, ${pack.branch}`, heading);
  pen.text(
    `Opened ${pack.openedAt} by ${pack.openedBy}, vault counted with ${pack.countedWith}; ` +
      `closed ${pack.closedAt} by ${pack.closedBy}. ${pack.journals} journals.`,
  );
  printBalance(pen, pack);
  printProofs(pen, pack);
  printExceptions(pen, 'Reversals', pack.exceptions.reversals);
  printExceptions(pen, 'Approvals', pack.exceptions.approvals);
  printExceptions(pen, 'Differences', pack.exceptions.differences);
  printExceptions(pen, 'Refusals', pack.exceptions.refusals);
  pen.heading('Proof');
  pen.text(`Log head before the close: event ${pack.head.seq}, SHA-256 ${pack.head.hash}`);
  pen.text(`SHA-256 of this pack's canonical text: ${digest}`);
  pen.text(`Signature of the branch's device (Ed25519): ${signature}`);
  return sheet.finish();
}
