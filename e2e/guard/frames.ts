// Draws hostile frames from a seed: broken, oversized, forged, replayed, half right.
import { operations } from '#contract/index.ts';

/** A small generator of numbers that repeats (mulberry32): the same seed draws the same frames. */
export function createDice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const names = Object.keys(operations);

/** Ends the session or is asked for on purpose elsewhere: leaving them out keeps the attacker signed in. */
const leaving = /^session\.(close|lock|open|factor|unlock|changePassword|enrol|confirm)/;

const values: readonly unknown[] = [
  ...[
    null,
    true,
    -1,
    0,
    1,
    1.5,
    2 ** 53,
    1e308,
    '',
    '0',
    '-5',
    '9'.repeat(19),
    '1e9',
    '\u0000',
    '\ud800',
  ],
  ...[
    '10000295',
    "'; DROP TABLE event; --",
    '__proto__',
    '../../branch.key',
    '<img src=x onerror=1>',
    'EUR',
  ],
  ...[[], {}, [[[[]]]], { __proto__: null }, { constructor: { prototype: 1 } }, { toString: 1 }],
];

const fields = [
  ...[
    'draft',
    'task',
    'account',
    'from',
    'to',
    'amountMinor',
    'currency',
    'denominations',
    'approval',
    'code',
  ],
  ...[
    'decision',
    'contentDigest',
    'staff',
    'roles',
    'till',
    'counts',
    'policy',
    'reason',
    'journal',
    'customer',
  ],
  ...[
    'text',
    'count',
    'number',
    'key',
    'user',
    'password',
    'second',
    'date',
    '__proto__',
    'constructor',
  ],
];

/** One hostile frame as text. */
export function drawFrame(dice: () => number, id: number): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(dice() * from.length)] as T;
  const value = (depth: number): unknown => {
    if (depth === 0 || dice() < 0.6) return pick(values);
    const entries = Array.from({ length: Math.floor(dice() * 5) }, () => [
      pick(fields),
      value(depth - 1),
    ]);
    return Object.fromEntries(entries);
  };
  const wanted = pick(names.filter((name) => !leaving.test(name)));
  const input = Object.fromEntries(
    Array.from({ length: Math.floor(dice() * 7) }, () => [pick(fields), value(3)]),
  );
  const key = dice() < 0.7 ? crypto.randomUUID() : pick(['', 'x', '0'.repeat(32), 7]);
  const frame = { id, name: wanted, input, key };
  const kind = dice();
  if (kind < 0.75) return JSON.stringify(frame);
  if (kind < 0.8) return JSON.stringify({ ...frame, name: pick(values) });
  if (kind < 0.85) return JSON.stringify({ ...frame, id: pick(values) });
  if (kind < 0.9) return JSON.stringify(pick(values) ?? null);
  if (kind < 0.95)
    return JSON.stringify({ ...frame, actor: 1, roles: ['supervisor'], isAdmin: true });
  return JSON.stringify({
    ...frame,
    input: { ...input, filler: 'x'.repeat(Math.floor(dice() * 4_000)) },
  });
}
