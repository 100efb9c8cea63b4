// The figures for monitoring: the text format's lines, and nothing about anybody.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPatientWorker } from '#station/risk/patient-worker.fixture.ts';
import { at, customerWith, servingCounter, transfer } from './counter-fixture.ts';
import { withChampion } from './risk.fixture.ts';
import { riskMetrics } from './risk-metrics.ts';

test('decisions, latency, the thread and the champion, each with its help and type', async () => {
  const scorer = createPatientWorker();
  const desk = await servingCounter({ riskScorer: scorer });
  const hash = await withChampion(desk);
  const marta = await customerWith(desk, 'Marta');
  const nora = await customerWith(desk, 'Nora');
  await desk.ask(at.ana, 'posting.post', { draft: transfer(marta, nora, 1_000n) });
  const text = riskMetrics(desk.counter);
  assert.match(text, /^teller_risk_decisions_total\{decision="all"\} 3$/m);
  assert.match(text, /^teller_risk_worker_up 1$/m);
  assert.ok(text.includes(`teller_risk_champion{model="${hash}",kind="logistic"} 1`));
  for (const line of text.trimEnd().split('\n')) {
    assert.match(
      line,
      /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[\d.e+-]+)$/,
    );
  }
  assert.ok(!/Marta|Nora/.test(text));
  await scorer.close();
  desk.close();
});
