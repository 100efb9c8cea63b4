// Lists what an auditor looks at first: reversals, approvals, differences and refusals of a day.
import { formatMoney } from '#contract/money.ts';
import type { StoredEvent } from '#station/ledger/events.ts';
import type { ApprovalData, DecisionData } from '#station/ledger/projections/approval.ts';
import type { EntryData } from '#station/ledger/projections/entry.ts';
import type { CountData } from '#station/ledger/projections/till.ts';
import { type Counter, instant } from './counter.ts';
import type { PackException, PackExceptions } from './day-pack-shape.ts';
import { differenceMinor, differenceSentence } from './till-count.ts';

type Sentence = string | null;

function reversal({ data }: StoredEvent): Sentence {
  const entry = data.entry as EntryData | undefined;
  if (!entry || entry.reversalOf === null) return null;
  return `${entry.what}: ${entry.narrative} (${formatMoney(entry.amountMinor, entry.currency)})`;
}

function approval(counter: Counter, { type, data }: StoredEvent): Sentence {
  const number = data.approval as number;
  if (!['approval.decided', 'approval.voided', 'approval.withdrawn'].includes(type)) return null;
  const asked = counter.ledger.event(number);
  const request = asked?.data.approval as unknown as ApprovalData | undefined;
  if (!asked || !request) return null;
  const maker = counter.people.nameOf(Number(asked.actor));
  const reasons = request.reasons.map((reason) => reason.message).join('; ');
  const decision = data as unknown as DecisionData;
  const comment = decision.comment ? ` “${decision.comment}”` : '';
  const verb = { 'approval.decided': decision.decision, 'approval.voided': 'void' }[type];
  return `${verb ?? 'taken back'}: ${request.what}, asked by ${maker}: ${reasons}${comment}`;
}

/** A till closed for somebody who was not there is news whether it agreed or not. */
function forced(counter: Counter, { data }: StoredEvent, { till, lines }: CountData): string {
  const name = counter.tills.till(till)?.name ?? `till ${till}`;
  const whose = counter.people.nameOf(Number(data.teller));
  return `${name} of ${whose} counted by two and closed: ${differenceSentence(lines)}; ${data.explanation}`;
}

function difference(counter: Counter, event: StoredEvent): Sentence {
  if (event.type === 'till.closed' || event.data.begins === true) return null;
  const count = event.data.count as unknown as CountData | undefined;
  if (event.type === 'till.force-closed' && count) return forced(counter, event, count);
  if (!count || count.lines.every((line) => differenceMinor(line) === 0n)) return null;
  const name = counter.tills.till(count.till)?.name ?? `till ${count.till}`;
  return `${name} counted (${count.purpose}): ${differenceSentence(count.lines)}`;
}

function refusal({ type, data }: StoredEvent): Sentence {
  if (type === 'access.denied') return `${data.name}: no role for it`;
  if (type !== 'command.refused') return null;
  return `${data.name}: ${data.reason}. ${data.message}`;
}

/** From the events of the day, in their order. */
export function exceptionsOf(counter: Counter, events: readonly StoredEvent[]): PackExceptions {
  const list = (sentenceOf: (event: StoredEvent) => Sentence): PackException[] =>
    events.flatMap((event) => {
      const what = sentenceOf(event);
      if (what === null) return [];
      const by =
        event.actor === 'system' ? 'the workstation' : counter.people.nameOf(Number(event.actor));
      return [{ event: event.seq, at: instant(event.at), by, what }];
    });
  return {
    reversals: list(reversal),
    approvals: list((event) => approval(counter, event)),
    differences: list((event) => difference(counter, event)),
    refusals: list(refusal),
  };
}
