// The models page in words: no figure without its meaning.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RiskOverview } from '#contract/risk.ts';
import { riskPolicySentences, stoppedSentence } from './sentences.ts';

const day = { date: '2026-11-20', alone: 0, asked: 0, held: 2, stopped: 2, real: 1 };

test('stopped and real are said per thousand, and nothing is said of nothing', () => {
  const none = { days: [], stoppedPerThousand: 0, realPerThousand: 0 } as never as RiskOverview;
  assert.match(stoppedSentence(none), /No posting/);
  const some = { days: [{ ...day, decisions: 400 }], stoppedPerThousand: 5, realPerThousand: 2.5 };
  assert.equal(
    stoppedSentence(some as never as RiskOverview),
    'Of 1,000 postings 5.0 were stopped, 2.5 of them real by now (400 judged).',
  );
});

test('a policy is read as sentences', () => {
  const sentences = riskPolicySentences({
    ...{ mode: 'shadow', reviewCost: 12, questionCost: 2, lossBasisPoints: 6_000 },
    ...{ askBasisPoints: 550, holdBasisPoints: 2_000, alwaysHoldBasisPoints: 8_000 },
    ...{ holdsPerThousand: 10, deadlineMs: 60, quietDays: 30, shadowDays: 7, from: '2026-01-01' },
  });
  assert.match(sentences[0] ?? '', /change nothing/);
  assert.match(sentences[1] ?? '', /from 5\.5 %, held from 20 %/);
});
