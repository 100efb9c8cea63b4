// Judges and mends identifiers of payments: `qenex identifier check KIND VALUE...`, `identifier
// repair iban VALUE`.
import { Refusal } from '#station/bank/refusal.ts';
import {
  checkIdentifier,
  identifierKinds,
  kindOf,
  readIban,
  repairIban,
} from '#station/payments/identifier/index.ts';
import type { Command, Context, Outcome } from '../command.ts';

interface Item {
  readonly kind: string;
  readonly value: string;
}

/**
 * A line of input: a value of the kind asked for, or an object that names kind and value itself.
 */
function readItem(line: string, at: number, kind: string | null): Item {
  if (!line.startsWith('{')) {
    if (kind !== null) return { kind, value: line };
    const sentence = `Line ${at + 1} names no kind: write {"kind": "iban", "value": "..."}.`;
    throw new Refusal('bad-line', sentence);
  }
  let item: { readonly kind?: unknown; readonly value?: unknown };
  try {
    item = JSON.parse(line);
  } catch {
    throw new Refusal('bad-line', `Line ${at + 1} is not JSON.`);
  }
  const named = item.kind ?? kind;
  if (typeof named === 'string' && typeof item.value === 'string') {
    return { kind: named, value: item.value };
  }
  throw new Refusal('bad-line', `Line ${at + 1} needs "kind" and "value", both in quotes.`);
}

/** More than this on standard input is refused: some two million identifiers. */
const inputBytesMax = 64 * 1024 * 1024;

/** What stands on standard input; refuses `bad-line` above 64 MiB. */
async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    const sentence = 'The list is over 64 MiB: split it.';
    if (bytes > inputBytesMax) throw new Refusal('bad-line', sentence);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The items of a list, one a line; empty lines are passed over. */
function itemsIn(list: string, kind: string | null): readonly Item[] {
  return list
    .split(/\r?\n/)
    .map((line, at) => (line === '' ? null : readItem(line, at, kind)))
    .filter((item) => item !== null);
}

/** The items asked for; refuses `bad-usage` where there are none. */
export async function itemsOf(
  values: readonly string[],
  input: () => Promise<string> = readInput,
): Promise<readonly Item[]> {
  const [kind = '', ...rest] = values;
  if (kind === '-' && rest.length === 0) return itemsIn(await input(), null);
  kindOf(kind);
  if (rest.length === 1 && rest[0] === '-') return itemsIn(await input(), kind);
  if (rest.length > 0) return rest.map((value) => ({ kind, value }));
  throw new Refusal('bad-usage', `"identifier check ${kind}" needs a value, or - for a list.`);
}

async function check({ values }: Context): Promise<Outcome> {
  // A currency or a country stands on a date: today's, where the computer stands.
  const date = new Date().toISOString().slice(0, 10);
  const lines = (await itemsOf(values)).map(({ kind, value }) => {
    const { parts, ...verdict } = checkIdentifier(kind, value, date);
    return { ...verdict, ...parts };
  });
  return { ok: lines.every(({ ok }) => ok), json: {}, text: '', lines };
}

function repair({ values }: Context): Outcome {
  const typed = values.join(' ');
  const answer = readIban(typed);
  const candidates = repairIban(typed);
  if (answer.ok) {
    const text = `${answer.iban} is right as it stands.`;
    return { ok: true, json: { typed, ok: true, iban: answer.iban, candidates }, text };
  }
  const rows = candidates.map(({ formatted, edit }) => `${formatted.padEnd(42)} ${edit}`);
  const none = 'No IBAN is one slip away from this: ask for it again.';
  const reasons = answer.errors.map(({ message }) => message);
  const text = [...reasons, ...(rows.length > 0 ? rows : [none])].join('\n');
  const { errors } = answer;
  return { ok: candidates.length > 0, json: { typed, ok: false, errors, candidates }, text };
}

export const identifierCheck: Command = Object.freeze({
  words: 'identifier check',
  parameters: ['KIND', '[VALUE...]'],
  summary: `judges ${identifierKinds.join(', ')}; - reads a list`,
  run: check,
});

export const identifierRepair: Command = Object.freeze({
  words: 'identifier repair iban',
  parameters: ['VALUE...'],
  summary: 'proposes what a mistyped IBAN was meant to be',
  run: async (context: Context) => repair(context),
});
