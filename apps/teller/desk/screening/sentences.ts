// Says of the lists and of a name what the screen shows, in sentences.
import type { ScreeningCase, ScreeningState } from '#contract/screening.ts';
import { counted } from '../../parts/words.ts';

type List = ScreeningState['lists'][number];
type Run = NonNullable<ScreeningState['run']>;

export function ageWords(days: number): string {
  if (days === 0) return 'of today';
  return `${counted(days, 'day')} old`;
}

export function listSentence(list: List): string {
  const { name, version, asOf, ageDays, entries, names } = list;
  return `${name} version ${version}, as of ${asOf} (${ageWords(ageDays)}): ${counted(entries, 'entry', 'entries')}, ${counted(names, 'name', 'names')}`;
}

/** What is wrong with how old the lists are; null while nothing is. */
export function oldSentence({ lists, oldDays }: ScreeningState): string | null {
  const old = lists.filter(({ isOld }) => isOld).map(({ name }) => name);
  if (old.length === 0) return null;
  const verb = old.length === 1 ? 'is' : 'are';
  return `${old.join(', ')} ${verb} older than ${oldDays} days: work goes on with what is here, and head office should send a newer one.`;
}

export function runSentence(run: Run | null): string {
  if (!run) return 'Customers have not been compared yet.';
  const hits = `${counted(run.hits, 'name')} to be looked at`;
  if (run.state === 'done') {
    return run.isCurrent
      ? `Every customer has been compared with these lists: ${hits}.`
      : 'A newer list has come: the comparison begins in a moment.';
  }
  const so = `up to customer ${run.next.toLocaleString('en')} of ${run.last.toLocaleString('en')}, ${hits}`;
  return run.state === 'running' ? `Customers are being compared: ${so}.` : `Stopped: ${so}.`;
}

/** The word in the status line: the oldest list, and whether it is too old. */
export function listWord(
  state: ScreeningState,
): { readonly text: string; readonly isOld: boolean } | null {
  const [first, ...others] = state.lists;
  if (!first) return null;
  const oldest = others.reduce((one, other) => (other.ageDays > one.ageDays ? other : one), first);
  const { name, version, ageDays, isOld } = oldest;
  return { text: `${name} ${version}, ${ageWords(ageDays)}`, isOld };
}

export function caseTitle({ name, entryName }: Pick<ScreeningCase, 'name' | 'entryName'>): string {
  return `${name} beside ${entryName}`;
}

/** 912 as 91.2 of 100. */
export function scoreWords(score: number): string {
  return `${(score / 10).toFixed(1)} of 100`;
}

export const stateWords: Readonly<Record<ScreeningCase['state'], string>> = {
  open: 'waits for a decision',
  false: 'somebody else',
  true: 'the listed one',
  gone: 'no longer on the list',
};
