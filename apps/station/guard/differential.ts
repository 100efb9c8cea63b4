// Plays the same random sequence to two guards and compares every answer: the oracle of both.
import assert from 'node:assert/strict';
import { GuardError } from './error.ts';
import {
  accountOf,
  type Guard,
  type GuardDevice,
  kinds,
  largest,
  noHash,
  noId,
  roles,
  seals,
  type Transfer,
  transferOf,
} from './guard.ts';

export interface DifferentialOptions {
  readonly seed: number;
  /** Operations in a sequence. */
  readonly length: number;
  /** The clock both guards read, set before each operation. */
  readonly setTimeNs: (boot: bigint) => void;
  readonly bootNs: () => bigint;
  /**
   * True where both have the same clock, epoch and age, so that even the digests must agree. False for the
   * kernel's, which cannot be set back once sealed: nothing is sealed against that.
   */
  readonly hasOneClock: boolean;
}

/** What became of one operation: what it answered, or what it was refused with. */
type Answer = { readonly value: unknown } | { readonly refused: string };

type Pick = <T>(list: readonly T[]) => T;

interface Dice {
  below(count: number): number;
  oneIn(count: number): boolean;
  pick: Pick;
}

/** mulberry32: the same rolls for the same seed. */
function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    below,
    oneIn: (count) => below(count) === 0,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
  };
}

type Act = (guard: Guard) => unknown;

/** Draws operations that know which ids, accounts and holds there are, so that most reach the depths. */
function createDrawer(dice: Dice, { bootNs, hasOneClock }: DifferentialOptions) {
  const sent: Transfer[] = [];
  const holds: string[] = [];
  let ids = 0;

  const newId = (): string => {
    ids += 1;
    return ids.toString(16).padStart(32, '0');
  };
  const amount = (): bigint =>
    dice.pick([0n, 1n, 2n, 7n, 100n, 250n, 499n, 500n, 501n, 1000n, largest, largest + 1n]);
  const usualAmount = (): bigint => (dice.oneIn(6) ? amount() : BigInt(1 + dice.below(300)));
  const account = (): bigint =>
    dice.oneIn(12) ? dice.pick([0n, 6n, 7n, 7n, 99n]) : BigInt(1 + dice.below(5));
  const expiry = (): bigint => {
    const now = bootNs();
    const far = 24n * 3600n * 1_000_000_000n;
    // Two clocks may differ by more than a moment: only what is long past or far ahead is alike.
    if (!hasOneClock) return dice.pick([0n, 0n, 1n, now + far / 2n, now + far * 2n]);
    return dice.pick([0n, 0n, 0n, now, now + 1n, now + 500n, now + far, now + far + 1n]);
  };

  function money(kind: number): Transfer {
    const isHold = kind === kinds.reserve;
    const debit = account();
    const other = account();
    const credit = other === debit && !dice.oneIn(8) ? (debit % 5n) + 1n : other;
    return transferOf({
      ...{ id: dice.oneIn(30) ? noId : newId(), kind, debit, credit },
      amountMinor: usualAmount(),
      currency: dice.oneIn(15) ? dice.pick([0, 840, 1000]) : 978,
      code: dice.below(3),
      flags: dice.oneIn(3) ? dice.pick([1, 1, 1, 1, isHold ? 2 : 1, isHold ? 3 : 1, 4]) : 0,
      expiresBootNs: isHold && dice.oneIn(3) ? expiry() : dice.oneIn(60) ? 1n : 0n,
      meta: dice.oneIn(2) ? noHash : 'ab'.repeat(32),
    });
  }

  function settlement(): Transfer {
    const kind = dice.oneIn(2) ? kinds.postPending : kinds.void;
    const pendingId = holds.length === 0 || dice.oneIn(12) ? 'ff'.repeat(16) : dice.pick(holds);
    const amountMinor = kind === kinds.void ? 0n : dice.pick([0n, 0n, 1n, 50n, 300n]);
    const extra = dice.oneIn(40) ? { debit: 1n } : {};
    return transferOf({ id: newId(), kind, pendingId, amountMinor, ...extra });
  }

  function transfer(): Transfer {
    if (sent.length > 0 && dice.oneIn(8)) {
      const again = dice.pick(sent);
      return dice.oneIn(3) ? { ...again, code: again.code + 1 } : again;
    }
    const roll = holds.length === 0 ? dice.below(7) : dice.below(10);
    const made = roll < 4 ? money(kinds.post) : roll < 7 ? money(kinds.reserve) : settlement();
    sent.push(made);
    if (made.kind === kinds.reserve) holds.push(made.id);
    return dice.oneIn(60) ? { ...made, kind: dice.pick([0, 5]) } : made;
  }

  const known = (): string => (sent.length > 0 ? dice.pick(sent).id : newId());
  return { transfer, amount, account, newId, known };
}

type Drawer = ReturnType<typeof createDrawer>;

/** Anything but a transfer. */
function otherAct(
  dice: Dice,
  hasOneClock: boolean,
  { transfer, amount, account, newId, known }: Drawer,
): Act {
  const limits = {
    ...{ id: dice.oneIn(4) ? 7n : account(), flags: dice.below(dice.oneIn(10) ? 9 : 8) },
    offlineCountMax: dice.below(4),
    ...{ overdraft: amount(), transferMax: amount(), offlineSoft: amount(), offlineHard: amount() },
  };
  // As an allowance comes while the guard works: worth something from its first moment.
  const opening = { creditsPosted: amount(), debitsPosted: dice.oneIn(3) ? amount() : 0n };
  const one = account();
  const batch = Array.from({ length: dice.below(dice.oneIn(10) ? 18 : 5) }, transfer);
  const head = { counter: BigInt(dice.below(6)), value: dice.pick(['11', '22']).repeat(32) };
  const previous = BigInt(dice.below(6));
  const final = hasOneClock ? [seals.reset] : [];
  const bits = dice.pick([0, seals.accounts, seals.limits, ...final, seals.attached, 32]);
  const id = dice.oneIn(4) ? newId() : known();
  const back = dice.oneIn(12) ? 1 + dice.below(2) : 0;
  const role = dice.below(5);
  const till = BigInt(dice.below(3));
  const rare: Act[] = [
    (guard) => guard.seal(bits),
    (guard) => guard.freeze('cd'.repeat(32)),
    (guard) => guard.thaw('ef'.repeat(32)),
    (guard) => guard.attach(role, till),
    (guard) => guard.reset(),
    (guard) =>
      guard.loadBegin({ device: 'aa'.repeat(16), previousSeq: 0n, previousDigest: noHash }),
    (guard) => guard.loadCommit(6, head),
    (guard) => guard.setKey('77'.repeat(32)),
  ];
  const usual: Act[] = [
    (guard) => guard.batch(batch),
    (guard) => guard.batch(batch),
    (guard) => guard.batch(batch),
    (guard) => guard.account(one),
    (guard) => guard.lookup(id),
    (guard) => guard.setLimits(limits),
    (guard) => ({ register: guard.extend(previous, head) }),
    (guard) => guard.createAccount(accountOf({ ...limits, ...opening, currency: 978 })),
    (guard) => guard.resetOffline(one, noHash),
    (guard) => {
      const { seq, digest } = guard.info();
      guard.checkpoint(seq < 2n ? seq : seq - BigInt(back), back === 0 ? digest : noHash);
    },
  ];
  // Drawn now, once: both guards must be asked the same.
  const choice = dice.oneIn(30) ? dice.pick(rare) : dice.pick(usual);
  return choice;
}

function answerOf(act: Act, guard: Guard): Answer {
  try {
    return { value: act(guard) };
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    return { refused: `${error.code} ${error.result} ${error.leg}` };
  }
}

/** Without what only one clock could make the same. */
function masked(value: unknown): unknown {
  const text = JSON.stringify(value, (name, one: unknown) =>
    name === 'digest' ||
    name === 'epoch' ||
    name === 'chain' ||
    name === 'register' ||
    name === 'mac'
      ? null
      : typeof one === 'bigint'
        ? `${one}n`
        : one,
  );
  return text === undefined ? text : (JSON.parse(text) as unknown);
}

/** Everything a guard says of itself. */
function portrait(guard: Guard, hasOneClock: boolean): unknown {
  const accounts = guard.accounts(0, 64).items;
  const holds = guard.holds(0n, 64).items;
  const { latency: _latency, overruns: _overruns, ...counts } = guard.statistics();
  const info = guard.info();
  const quoted = info.state === 'empty' || info.state === 'loading' ? null : guard.quote(noHash);
  if (hasOneClock) return { info, accounts, holds, counts, quoted };
  const { state, value, counter } = { value: '', counter: 0n, ...quoted, ...info };
  return { state, value, counter, accounts, holds };
}

/** Loads both alike: six accounts of one currency, two limited by debits, two by credits, one offline. */
function load(guard: Guard): void {
  guard.loadBegin({ device: 'aa'.repeat(16), previousSeq: 3n, previousDigest: '09'.repeat(32) });
  const limits = [0, 1, 1, 2, 2, 1];
  limits.forEach((flags, index) => {
    const isLimited = flags !== 0;
    guard.createAccount(
      accountOf({
        ...{ id: BigInt(index + 1), currency: index === 5 ? 840 : 978, flags },
        debitsPosted: flags === 2 ? 1000n : 0n,
        creditsPosted: flags === 1 ? 1000n : 0n,
        overdraft: index === 2 ? 250n : 0n,
        transferMax: index === 3 ? 500n : 0n,
        ...(isLimited ? { offlineSoft: 200n, offlineHard: 600n, offlineCountMax: 4 } : {}),
      }),
    );
  });
  guard.loadCommit(limits.length, { counter: 2n, value: '11'.repeat(32) });
}

/**
 * Plays one sequence to both and throws on the first difference, naming seed and step. Returns the
 * answers by name, so that a test sees that the depths were reached.
 */
export function playBoth(
  one: GuardDevice,
  other: GuardDevice,
  options: DifferentialOptions,
): ReadonlyMap<string, number> {
  const dice = createDice(options.seed);
  const drawer = createDrawer(dice, options);
  const seen = new Map<string, number>();
  const view = options.hasOneClock ? (value: unknown) => value : masked;
  const sessions = [one, other].map((device) => [device.open(), device.open()]);
  const [ours, theirs] = sessions as [Guard[], Guard[]];
  for (const guards of [ours, theirs]) {
    guards[0]?.attach(roles.admin, 0n);
    load(guards[0] as Guard);
  }
  for (let step = 0; step < options.length; step += 1) {
    const where = `seed ${options.seed}, step ${step}`;
    if (dice.oneIn(3)) options.setTimeNs(options.bootNs() + BigInt(dice.below(400)));
    const which = dice.oneIn(8) ? 1 : 0;
    const leg = drawer.transfer();
    const act: Act = dice.oneIn(3)
      ? otherAct(dice, options.hasOneClock, drawer)
      : (guard) => guard.transfer(leg);
    const closes = dice.oneIn(60);
    const answers = [ours, theirs].map((guards) => answerOf(act, guards[which] as Guard));
    assert.deepEqual(view(answers[1]), view(answers[0]), where);
    note(seen, answers[0] as Answer);
    if (!closes) continue;
    for (const [guards, device] of [
      [ours, one],
      [theirs, other],
    ] as const) {
      guards[1]?.close();
      guards[1] = device.open();
    }
    assert.deepEqual(
      view(portrait(theirs[0] as Guard, options.hasOneClock)),
      view(portrait(ours[0] as Guard, options.hasOneClock)),
      where,
    );
  }
  const [first, second] = [ours, theirs].map((guards) =>
    portrait(guards[0] as Guard, options.hasOneClock),
  );
  assert.deepEqual(view(second), view(first), `seed ${options.seed}, at the end`);
  for (const guard of [...ours, ...theirs]) guard.close();
  return seen;
}

function note(seen: Map<string, number>, answer: Answer): void {
  const name = 'refused' in answer ? answer.refused.split(' ').slice(0, 2).join(' ') : 'taken';
  seen.set(name, (seen.get(name) ?? 0) + 1);
}
