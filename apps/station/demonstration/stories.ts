// Plays six kinds of crime among the honest business, a known hundredth of it, for the models to learn from.
import { addBusinessDays, addDays } from '../bank/calendar.ts';
import { defaultPolicy } from '../bank/policy.ts';
import type { PlannedAccount } from './accounts.ts';
import type { Typology } from './acts.ts';
import { migrationDate } from './calendar.ts';
import type { Cashroom } from './cashroom.ts';
import { isNamed } from './customers.ts';
import type { Dice } from './dice.ts';
import type { Turn } from './regulars.ts';
import type { Slips } from './slips.ts';
import { type Stage, tillOf } from './stage.ts';

/** A scene of a story: what happens on a date at a time of day (minutes after midnight at the branch). */
export interface Scene {
  readonly date: string;
  readonly minute: number;
  play(turn: Turn): void;
}

interface Theatre {
  readonly stage: Stage;
  readonly slips: Slips;
  readonly cashroom: Cashroom;
  readonly dice: Dice;
  readonly cast: Cast;
}

/** Accounts that can play a part, each given out once. */
interface Cast {
  /** Checking accounts of long-standing people. */
  person(): PlannedAccount;
  /** Savings of people, with something to lose. */
  saver(): PlannedAccount;
  /** Checking accounts of people born before 1950. */
  elder(): PlannedAccount;
  /** Accounts opened within the ninety days. */
  newcomer(): PlannedAccount;
  dormant(): PlannedAccount;
}

const later = (date: string, days: number) => addBusinessDays(date, days, defaultPolicy.calendar);

/** Every scene of every story, and a label for each story some days after its end. */
export function drawStories(stage: Stage, slips: Slips, cashroom: Cashroom): Scene[] {
  const dice = stage.dice.fork('stories');
  const theatre: Theatre = { stage, slips, cashroom, dice, cast: createCast(stage, dice) };
  const scripts: readonly (readonly [Typology, string, (t: Theatre, s: Script) => Scene[]])[] = [
    ['structuring', '2026-09-07', structuring],
    ['structuring', '2026-10-05', structuring],
    ['structuring', '2026-10-27', structuring],
    ['mule-fan-in', '2026-09-22', muleFanIn],
    ['mule-fan-in', '2026-10-13', muleFanIn],
    ['mule-fan-in', '2026-11-03', muleFanIn],
    ['new-payee-drain', '2026-09-02', newPayeeDrain],
    ['new-payee-drain', '2026-09-29', newPayeeDrain],
    ['new-payee-drain', '2026-10-20', newPayeeDrain],
    ['new-payee-drain', '2026-11-10', newPayeeDrain],
    ['dormant-wake-up', '2026-09-15', dormantWakeUp],
    ['dormant-wake-up', '2026-10-07', dormantWakeUp],
    ['dormant-wake-up', '2026-11-04', dormantWakeUp],
    ['elder-coercion', '2026-09-09', elderCoercion],
    ['elder-coercion', '2026-09-30', elderCoercion],
    ['elder-coercion', '2026-10-21', elderCoercion],
    ['elder-coercion', '2026-11-09', elderCoercion],
    ['kiting', '2026-09-14', kiting],
    ['kiting', '2026-10-19', kiting],
  ];
  return scripts.flatMap(([typology, start, write], index) => {
    const story = `${typology}-${index + 1}`;
    const scenes = write(theatre, { story, start });
    const last =
      scenes
        .map((each) => each.date)
        .sort()
        .at(-1) ?? start;
    return [...scenes, labelScene(stage, { typology, story, date: later(last, 2) })];
  });
}

interface Script {
  readonly story: string;
  readonly start: string;
}

function labelScene(
  stage: Stage,
  { typology, story, date }: { typology: Typology; story: string; date: string },
): Scene {
  return { date, minute: 15 * 60, play: ({ at }) => stage.label(typology, story, at) };
}

/** Cash deposits just under the reporting threshold; at the last one the supervisor has had enough. */
function structuring({ stage, slips, dice, cast }: Theatre, { story, start }: Script): Scene[] {
  const { key } = cast.person();
  return [0, 1, 2, 4, 5].map((days, index) => ({
    date: later(start, days),
    minute: 590 + index * 67,
    play: ({ teller, at }) => {
      const slip = slips.deposit(key, BigInt(dice.between(178, 198)) * 5_000n, 'Car sold');
      const note = { story, comment: 'Says a car was sold; contract to follow.' };
      const declined = 'Fifth deposit under the threshold, no contract shown: reported.';
      stage.post(slip, teller, at, index === 4 ? { ...note, declined } : note);
    },
  }));
}

/** Many strangers pay a new account within two days; the next day most of it is gone in cash. */
function muleFanIn({ stage, slips, cashroom, dice, cast }: Theatre, script: Script): Scene[] {
  const mule = cast.newcomer();
  const first = [mule.openedOn, script.start].sort().at(-1) ?? script.start;
  const start = later(first, 2);
  const { story } = script;
  const payers = Array.from({ length: 10 }, () => cast.person());
  const incoming = payers.map((payer, index) => ({
    date: later(start, index < 6 ? 0 : 1),
    minute: 575 + index * 31,
    play: ({ teller, at }: Turn) => {
      const wanted = BigInt(dice.between(240, 890)) * 100n;
      const there = stage.books.available(payer.key);
      const amount = there < wanted ? (there / 200n) * 100n : wanted;
      const words = dice.pick(['Deposit flat', 'Telephone', 'Concert cards', 'Puppy']);
      const slip = slips.transfer(payer.key, mule.key, amount, words);
      if (amount > 0n) stage.post(slip, teller, at, { story });
    },
  }));
  const outgoing = [2, 3].map((days) => ({
    date: later(start, days),
    minute: 640,
    play: ({ teller, at }: Turn) => {
      const amount = (stage.books.available(mule.key) / 20_000n) * 10_000n;
      cashroom.prepare(teller, amount, at);
      const slip = slips.withdrawal(tillOf[teller] ?? 'vault', mule.key, amount);
      const comment = 'Money from several friends for a shared flat, he says.';
      if (slip && amount > 0n) stage.post(slip, teller, at, { story, comment });
    },
  }));
  return [...incoming, ...outgoing];
}

/** Within an hour a savings account is emptied to a payee it has never paid: somebody is on the telephone. */
function newPayeeDrain({ stage, slips, cast }: Theatre, { story, start }: Script): Scene[] {
  const victim = cast.saver();
  const thief = cast.person();
  return [40n, 60n, 90n].map((part, index) => ({
    date: start,
    minute: 860 + index * 19,
    play: ({ teller, at }) => {
      const amount = ((stage.books.available(victim.key) * part) / 10_000n) * 100n;
      const slip = slips.transfer(victim.key, thief.key, amount, 'Safe account');
      stage.post(slip, teller, at, { story });
    },
  }));
}

/** An account asleep for years wakes and is emptied at once. */
function dormantWakeUp({ stage, slips, cast }: Theatre, { story, start }: Script): Scene[] {
  const sleeper = cast.dormant();
  const payee = cast.person();
  return [70n, 95n].map((part, index) => ({
    date: later(start, index),
    minute: 700 + index * 100,
    play: ({ teller, at }) => {
      const amount = ((stage.books.available(sleeper.key) * part) / 10_000n) * 100n;
      const slip = slips.transfer(sleeper.key, payee.key, amount, 'Inheritance');
      const comment = 'Letter of the heir seen.';
      stage.post(slip, teller, at, { story, comment });
    },
  }));
}

/** An old customer, never seen to take out more than a little, takes thousands three days running. */
function elderCoercion({ stage, slips, cashroom, dice, cast }: Theatre, script: Script): Scene[] {
  const elder = cast.elder();
  const { story, start } = script;
  return [0, 1, 2].map((days, index) => ({
    date: later(start, days),
    minute: 610 + index * 25,
    play: ({ teller, at }) => {
      const there = stage.books.available(elder.key);
      const wanted = BigInt(dice.between(18, 34)) * 10_000n;
      const amount = wanted < there ? wanted : (there / 20_000n) * 10_000n;
      if (amount <= 0n) return;
      cashroom.prepare(teller, amount, at);
      const slip = slips.withdrawal(tillOf[teller] ?? 'vault', elder.key, amount);
      const comment = 'Says it is for the roof; the young man waits outside.';
      if (slip) stage.post({ ...slip, narrative: 'Roof' }, teller, at, { story, comment });
    },
  }));
}

/** Three friends send a growing sum round and round, so that each account looks alive. */
function kiting({ stage, slips, cast }: Theatre, { story, start }: Script): Scene[] {
  const ring = [cast.person(), cast.person(), cast.person()];
  return Array.from({ length: 21 }, (_, step) => ({
    date: later(start, Math.floor(step / 3)),
    minute: 605 + (step % 3) * 85,
    play: ({ teller, at }: Turn) => {
      const from = ring[step % 3] as PlannedAccount;
      const to = ring[(step + 1) % 3] as PlannedAccount;
      const wanted = 60_000n + BigInt(step) * 4_700n;
      const there = stage.books.available(from.key);
      const amount = wanted < there ? wanted : there / 2n;
      const slip = slips.transfer(from.key, to.key, amount, `Invoice ${410 + step}`);
      if (amount > 0n) stage.post(slip, teller, at, { story });
    },
  }));
}

function createCast(stage: Stage, dice: Dice): Cast {
  const used = new Set<string>();
  const settledBefore = addDays(migrationDate, -60);
  const euro = [...stage.accounts.values()].filter(
    ({ currency, holder, joint }) =>
      currency === 'EUR' && holder.startsWith('person') && !isNamed(holder) && joint === null,
  );
  const birth = ({ holder }: PlannedAccount) => {
    const details = stage.customers.get(holder)?.details;
    return details?.kind === 'person' ? details.birthDate : '9999';
  };
  function choose(test: (account: PlannedAccount) => boolean): PlannedAccount {
    const free = euro.filter((each) => !used.has(each.holder) && test(each));
    const chosen = dice.pick(free);
    if (!chosen) throw new Error('The plan has nobody left for this part.');
    used.add(chosen.holder);
    return chosen;
  }
  const isOld = (account: PlannedAccount) => account.openedOn < settledBefore;
  const isLive = ({ product, state }: PlannedAccount) => product === 'checking' && state === 'open';
  return Object.freeze({
    person: () => choose((each) => isLive(each) && isOld(each) && birth(each) >= '1950'),
    saver: () =>
      choose((each) => each.product === 'savings' && each.state === 'open' && isOld(each)),
    elder: () => choose((each) => isLive(each) && isOld(each) && birth(each) < '1950'),
    newcomer: () =>
      choose(
        (each) => isLive(each) && each.openedOn > migrationDate && each.openedOn < '2026-10-28',
      ),
    dormant: () => choose((each) => each.state === 'dormant'),
  });
}
