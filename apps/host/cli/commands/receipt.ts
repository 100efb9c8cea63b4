// Proves a receipt's code against the log: `qenex receipt verify CODE`.
import type { Database } from 'better-sqlite3';
import { decodeReceiptCode, isReceiptOf } from '#station/bank/receipt-code.ts';
import { Refusal } from '#station/bank/refusal.ts';
import { createLogReader } from '#station/ledger/log.ts';
import type { Command, Context, Outcome } from '../command.ts';

function look(database: Database, typed: string): Outcome {
  const decoded = decodeReceiptCode(typed);
  if (!decoded.ok && !decoded.isCode) throw new Refusal('bad-usage', decoded.message, 'code');
  // A code that was changed, by hand or by a slip, is asked about rightly: it proves nothing.
  if (!decoded.ok) {
    const { message } = decoded;
    return { ok: false, json: { ok: false, entry: null, message }, text: `No: ${message}` };
  }
  const { code } = decoded;
  const log = createLogReader(database);
  const event = log.event(code.seq);
  const hash = log.hashOf(code.seq);
  if (!event || hash === null || !isReceiptOf(code, Buffer.from(hash, 'hex'))) {
    const message = `No: entry ${code.seq} of this branch does not have this code.`;
    return { ok: false, json: { ok: false, entry: code.seq }, text: message };
  }
  const { type, date, at } = event;
  const booked = new Date(at).toISOString();
  return {
    ok: true,
    json: { ok: true, entry: code.seq, type, date, booked, hash },
    text: `Yes: entry ${code.seq} (${type}) was booked ${booked}, business date ${date || 'none'}.`,
  };
}

export const receiptVerify: Command = Object.freeze({
  words: 'receipt verify',
  parameters: ['CODE'],
  summary: 'proves a receipt against the log',
  run: ({ read, values }: Context) => read((database) => look(database, values[0] ?? '')),
});
