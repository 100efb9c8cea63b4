// Asks the thread why an attempt is unusual, and what would have made it ordinary; silent where it does not answer.
import { formatMoney } from '#contract/money.ts';
import type { RiskPolicy } from '#contract/risk.ts';
import type { Ledger } from '#station/ledger/ledger.ts';
import type { RiskScorer } from '#station/ports.ts';
import { alternativesOf, type Ordinary, ordinaryOf } from '#station/risk/decision/ordinary.ts';
import { reasonsOf } from '#station/risk/decision/reasons.ts';
import type { Attempt } from '#station/risk/features/attempt.ts';
import type { FeatureFeed } from './risk-features.ts';
import type { Heard } from './risk-service.ts';

export interface Explainer {
  /** Sentences with the numbers, strongest first; `lead` is the item the decision rests on. */
  reasonsFor(heard: Heard, lead: number, attempt: Attempt): Promise<string[]>;
  /** The attempt with one thing otherwise, where that is ordinary; null where the thread did not answer in time. */
  ordinaryFor(heard: Heard, attempt: Attempt): Promise<readonly Ordinary[] | null>;
}

export interface ExplainerParts {
  readonly ledger: Pick<Ledger, 'account'>;
  readonly scorer: RiskScorer | null;
  readonly feed: FeatureFeed;
  readonly policy: () => RiskPolicy;
}

export function createExplainer(parts: ExplainerParts): Explainer {
  const { ledger, scorer, feed, policy } = parts;

  async function reasonsFor(heard: Heard, lead: number, attempt: Attempt): Promise<string[]> {
    const { model, vectors } = heard;
    const vector = vectors[lead];
    const account = ledger.account(attempt.account);
    if (!scorer || !model || !vector || !account) return [];
    try {
      const row = model.rowOf(vector);
      const { contributions } = await scorer.explain('fraud', row, policy().deadlineMs);
      const added = new Map(model.columns.map((name, index) => [name, contributions[index] ?? 0]));
      const scale = feed.reader.engine.state.accounts[attempt.account]?.scale ?? 1;
      const amount = attempt.amountMinor / scale;
      return reasonsOf(added, { vector, amount, currency: account.currency });
    } catch {
      // A reason that cannot be had in time is no reason to hold up the customer.
      const money = formatMoney(String(attempt.amountMinor), account.currency);
      return [`unusual for this account (${money})`];
    }
  }

  async function ordinaryFor(heard: Heard, attempt: Attempt): Promise<readonly Ordinary[] | null> {
    const { model } = heard;
    if (!scorer || !model) return null;
    const { deadlineMs, askBasisPoints } = policy();
    const scale = feed.reader.engine.state.accounts[attempt.account]?.scale ?? 1;
    const alternatives = alternativesOf(attempt, scale);
    const vectors = alternatives.map((each) => feed.reader.engine.vector(each.attempt));
    try {
      const scored = await Promise.all(
        vectors.map(async (vector) => {
          const { probability } = await scorer.score('fraud', model.rowOf(vector), deadlineMs);
          return { vector, probability };
        }),
      );
      return ordinaryOf(alternatives, scored, askBasisPoints / 10_000);
    } catch {
      return null;
    }
  }

  return Object.freeze({ reasonsFor, ordinaryFor });
}
