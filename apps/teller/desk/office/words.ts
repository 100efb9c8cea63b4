// Says the state of the line to head office in the words, shapes and colours of every screen.
import type { Output } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import type { Tone } from '../../parts/Badge.tsx';
import type { IconName } from '../../parts/Icon.tsx';
import { counted, formatDate, formatInstant, formatTime, grouped } from '../../parts/words.ts';

export type LineView = Output<'office.line'>;

export interface LineWord {
  readonly text: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

/** The quiet word of the status line; null where this branch has no head office. */
export function lineWord(line: LineView): LineWord | null {
  const word = stateWord(line);
  if (word === null || line.certificateEnds === null || word.tone === 'red') return word;
  const ends = line.certificateEnds === 'ended' ? 'certificate ended' : 'certificate ends soon';
  return { text: `${word.text}, ${ends}`, tone: 'amber', icon: 'warning' };
}

function stateWord(line: LineView): LineWord | null {
  const since = line.since === null ? '' : ` since ${formatTime(line.since).slice(0, 5)}`;
  switch (line.state) {
    case 'none':
      return null;
    case 'opening':
      return { text: 'head office …', tone: 'calm', icon: 'clock' };
    case 'online':
      return { text: 'head office online', tone: 'calm', icon: 'link' };
    case 'behind':
      return {
        text: `head office, behind by ${grouped(line.behind)}`,
        tone: 'accent',
        icon: 'clock',
      };
    case 'offline':
      return {
        text: `without head office${since}${leftText(line)}`,
        tone: 'amber',
        icon: 'unlink',
      };
    case 'stopped':
      return { text: 'head office stopped', tone: 'red', icon: 'stop' };
  }
}

/** What allowances still leave, where any are held: the most that may be paid under them. */
function leftText({ allowancesLeft }: LineView): string {
  if (allowancesLeft.length === 0) return '';
  const sums = allowancesLeft.map(({ amountMinor, currency }) =>
    formatMoney(amountMinor, currency),
  );
  return `, ${sums.join(' and ')} of allowances left`;
}

/** What is different now, in a sentence; "" while everything is as always. */
export function lineSentence(line: LineView): string {
  return [stateSentence(line), certificateSentence(line)].filter((each) => each !== '').join(' ');
}

/** Only where a person has to do something about it. */
function certificateSentence({ certificateEnds, certificateUntil }: LineView): string {
  if (certificateEnds === null || certificateUntil === null) return '';
  const end = formatInstant(certificateUntil);
  return certificateEnds === 'ended'
    ? `This branch’s certificate ended on ${end}: head office enrols it anew and sends the file office.json.`
    : `This branch’s certificate ends on ${end} and was not renewed: see that head office’s service runs, or have it enrol the branch anew.`;
}

function stateSentence(line: LineView): string {
  const queue =
    line.behind === 0
      ? ''
      : ` ${counted(line.behind, 'event')} ${line.behind === 1 ? 'waits' : 'wait'} and will be delivered once.`;
  switch (line.state) {
    case 'offline':
      return `Head office cannot be reached; the branch goes on by itself. Accounts of other branches are paid inside allowances and the floor limit.${queue}`;
    case 'stopped':
      return `The line is stopped until a person has looked: ${line.why}`;
    case 'behind':
      return `Delivering.${queue}`;
    default:
      return '';
  }
}

type Card = NonNullable<Output<'office.find'>['card']>;

const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();

/** Who of the card shows the document that was typed; null when nobody does. */
export function personShown(
  persons: Card['persons'],
  document: string,
): Card['persons'][number] | null {
  const typed = letters(document);
  if (typed === '') return null;
  return persons.find((person) => letters(person.document.number) === typed) ?? null;
}

/** What the keeping branch's word means here; "" where the account is open and its card is here. */
export function cardSentence(
  card: Pick<Card, 'state' | 'takesCredits' | 'isFetched' | 'receivedAt'>,
  branch: string,
): string {
  const said = `Branch ${branch} says that the account is`;
  const heard = `(heard ${formatInstant(card.receivedAt)})`;
  switch (card.state) {
    case 'open':
      return card.isFetched ? '' : 'Who may act for the account is on its way here.';
    case 'unknown':
      return `Branch ${branch} keeps no such account ${heard}.`;
    case 'closed':
      return `${said} closed ${heard}: nothing is paid or taken.`;
    default: {
      const credits = card.takesCredits ? 'money may come in.' : 'nothing may come in either.';
      return `${said} ${card.state} ${heard}: nothing is paid, ${credits}`;
    }
  }
}

/** Which rates, and whether they are older than the policy allows before it is said. */
export function ratesSentence(rates: {
  readonly date: string;
  readonly version: number;
  readonly ageDays: number;
  readonly isOld: boolean;
}): string {
  const age = rates.isOld ? `: ${counted(rates.ageDays, 'day')} old` : '';
  return `rates of ${formatDate(rates.date)}, version ${rates.version}${age}`;
}
