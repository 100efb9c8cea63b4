// Holds the fairness report to counts by hand and the counterfactual test to what models really
// use.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fairnessOf, forbiddenColumns, movedBy } from './fairness.ts';
import { madeCases } from './synthetic.fixture.ts';
import type { CategoricalColumn } from './table.ts';
import { train } from './train.ts';

test('forbidden columns are found by their names', () => {
  const names = ['SEX', 'age', 'MARITAL_STATUS', 'personal_status_sex', 'NACIONALITY', 'amount'];
  const more = ['foreign_worker', 'CITY_OF_BIRTH', 'essex_branch', 'surname', 'bracelets', 'trace'];
  assert.deepEqual(forbiddenColumns([...names, ...more]), [
    ...['SEX', 'MARITAL_STATUS', 'personal_status_sex', 'NACIONALITY'],
    ...['foreign_worker', 'CITY_OF_BIRTH', 'surname'],
  ]);
});

test('the report counts each group by hand', () => {
  const group: CategoricalColumn = {
    ...{ kind: 'categorical', name: 'g', levels: ['a', 'b'] },
    codes: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1),
  };
  const report = fairnessOf({
    probabilities: Float64Array.of(0.9, 0.6, 0.2, 0.1, 0.9, 0.9, 0.8, 0.1),
    outcome: Float64Array.of(1, 0, 1, 0, 1, 0, 0, 0),
    ...{ group, threshold: 0.5, rowsMin: 2 },
  });
  const [a, b] = report.groups;
  assert.deepEqual([a!.flagged, a!.recall, a!.falseAlarms], [0.5, 0.5, 0.5]);
  assert.deepEqual([b!.flagged, b!.recall], [0.75, 1]);
  assert.ok(Math.abs(b!.bias - (2.7 - 1) / 4) < 1e-12);
  assert.equal(report.passRatio, 0.5);
  assert.ok(Math.abs(report.falseAlarmGap - (2 / 3 - 0.5)) < 1e-12);
});

test('the branch moves a model that learned from it, and not one that did not', async () => {
  const { table, labels } = madeCases(600);
  const few = { ...table, rowCount: 40 };
  const aware = await train('gradient-boosting', table, labels, { trees: 30 });
  assert.ok(movedBy(aware, few, 'branch') > 0.02);
  const columns = table.columns.filter(({ name }) => name !== 'branch');
  const blind = await train('gradient-boosting', { ...table, columns }, labels, { trees: 30 });
  assert.equal(movedBy(blind, few, 'branch'), 0);
});
