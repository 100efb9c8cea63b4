// Takes what the models say into a posting: asked before the transaction, written into its event.
import type { Draft } from '#contract/drafts.ts';
import type { Preview } from '#contract/postings.ts';
import type { RiskAnswers } from '#contract/risk.ts';
import { Refusal } from '#station/bank/refusal.ts';
import { questionsSentence } from '#station/risk/decision/questions.ts';
import type { Counter } from './counter.ts';
import type { Person, Recorded } from './desk.ts';
import type { Judged } from './posting-prepare.ts';
import type { Assessment } from './risk-service.ts';

/** Asks the models; null where the draft holds nothing they look at. Never rejects. */
export function assessed(
  counter: Counter,
  draft: Draft,
  by: {
    readonly person: Person;
    readonly answers?: RiskAnswers | undefined;
    readonly isPosted?: boolean;
  },
): Promise<Assessment | null> {
  const { person, answers = null, isPosted = false } = by;
  return counter.risk.assess({ draft, teller: person.id, answers, isPosted });
}

/** Refuses `risk-questions` where the teller is to ask and has not: nothing is posted and nothing is lost. */
export function refuseUnanswered(judged: Judged, assessment: Assessment | null): void {
  if (judged.prepared.outcome !== 'post' || !assessment) return;
  const { action, answers } = assessment.record;
  if (action === 'ask' && answers === null) {
    throw new Refusal('risk-questions', questionsSentence, 'answers');
  }
}

/** The decision stands in the event it was made for. */
export function withRisk<R>(recorded: Recorded<R>, assessment: Assessment | null): Recorded<R> {
  if (!assessment) return recorded;
  return { ...recorded, data: { ...recorded.data, risk: assessment.record } };
}

export function previewWithRisk(preview: Preview, assessment: Assessment | null): Preview {
  return assessment ? { ...preview, risk: assessment.view } : preview;
}
