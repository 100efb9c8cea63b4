// Finds a till for whoever asks, and refuses one that is not theirs or not in the right state.
import { refuseUnless } from '#station/bank/refusal.ts';
import type { TillRow } from '#station/ledger/projections/till.ts';
import type { Counter } from './counter.ts';
import type { SignedIn } from './desk.ts';

/** The till with this number, or the vault. */
export function findTill(counter: Pick<Counter, 'tills'>, id: number, field = 'till'): TillRow {
  const till = counter.tills.till(id);
  refuseUnless(till, 'till-unknown', `There is no till ${id}: choose one from the list.`, field);
  return till;
}

/** The till, refused unless the person has it open. */
export function ownTill(counter: Counter, id: number, asker: SignedIn): TillRow {
  const till = findTill(counter, id);
  refuseUnless(
    till.kind === 'till',
    'till-is-vault',
    'The vault is counted with the branch’s day, by two persons.',
    'till',
  );
  refuseUnless(
    till.state !== 'closed',
    'till-not-open',
    `${till.name} is closed: open it first.`,
    'till',
  );
  const whose = till.teller === null ? 'nobody' : counter.people.nameOf(till.teller);
  refuseUnless(
    till.teller === asker.person.id,
    'till-not-yours',
    `${till.name} is open for ${whose}: use your own till.`,
    'till',
  );
  return till;
}

const stateWords: Readonly<Record<TillRow['state'], string>> = {
  closed: 'closed',
  open: 'open',
  paused: 'paused',
  counting: 'being counted',
};

export function requireState(till: TillRow, ...wanted: readonly TillRow['state'][]): void {
  const words = wanted.map((state) => stateWords[state]).join(' or ');
  refuseUnless(
    wanted.includes(till.state),
    `till-${till.state}`,
    `${till.name} is ${stateWords[till.state]}; this is done while it is ${words}.`,
    'till',
  );
}
