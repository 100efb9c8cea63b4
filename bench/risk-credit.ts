// Prints how well probabilities of default hold before and after the branch's outcomes set them, on real borrowers.
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type CreditResult, levelOf } from '#station/risk/credit/calibrate.ts';
import { type CreditFigures, logOdds, probabilityOf } from '#station/risk/credit/scorecard.ts';
import { areaUnderRoc, brier, calibrationError } from '#station/risk/metrics.ts';
import { createRandom } from '#station/risk/random.ts';
import { machine } from './lib/side-by-side.ts';

type Read = (row: ReadonlyMap<string, number>) => CreditFigures;

const or = (value: number | undefined, other: number) =>
  value === undefined || Number.isNaN(value) ? other : value;

/** Our figures as far as a table has them; what it does not have is that of an ordinary applicant. */
const tables: Readonly<Record<string, { readonly label: string; readonly read: Read }>> = {
  hmeq: {
    label: 'BAD',
    read: (row) => ({
      debtService: or(row.get('DEBTINC'), 34) / 100,
      yearsOfIncome: 0.5,
      employedMonths: or(row.get('YOJ'), 7) * 12,
      historyMonths: or(row.get('CLAGE'), 174),
      incomeSeen: 0.8,
      overdrawnShare: Math.min(1, or(row.get('DELINQ'), 0) / 4),
    }),
  },
  gmsc_part: {
    label: 'SeriousDlqin2yrs',
    read: (row) => ({
      debtService: Math.min(2, or(row.get('DebtRatio'), 0.3)),
      yearsOfIncome: 0.5,
      employedMonths: 60,
      historyMonths: 60,
      incomeSeen: 0.8,
      overdrawnShare: Math.min(1, or(row.get('NumberOfTime30-59DaysPastDueNotWorse'), 0) / 4),
    }),
  },
};

function rowsOf(file: string): ReadonlyMap<string, number>[] {
  const [head = '', ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    const number = (text: string | undefined) => (text ? Number(text) : Number.NaN);
    return new Map(names.map((name, index) => [name, number(cells[index])]));
  });
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const random = createRandom(seed);
  const keyed = list.map((each) => ({ each, key: random.unit() }));
  return keyed.sort((one, other) => one.key - other.key).map(({ each }) => each);
}

function figures(results: readonly CreditResult[], slope: number, shift: number): string {
  const scores = Float64Array.from(results, ({ odds }) => probabilityOf(slope * odds + shift));
  const truth = Float64Array.from(results, ({ isDefault }) => (isDefault ? 1 : 0));
  const of = (value: number) => value.toFixed(4);
  return `calibration error ${of(calibrationError(scores, truth))}, Brier ${of(brier(scores, truth))}, AUROC ${of(areaUnderRoc(scores, truth))}`;
}

console.log(machine(tmpdir()));
const shared = join(process.env.QENEX_SHARED ?? '../shared', 'data/credit');
for (const [name, { label, read }] of Object.entries(tables)) {
  const file = join(shared, `${name}.train.csv.gz`);
  if (!existsSync(file)) {
    console.log(`${name}: the table is not here (QENEX_SHARED), left out`);
    continue;
  }
  const all = rowsOf(file).map((row) => ({
    odds: logOdds(read(row)),
    isDefault: row.get(label) === 1,
  }));
  const results = shuffled(all, 31);
  const judges = results.slice(results.length >> 1);
  console.log(`${name}: ${judges.length} borrowers judge, none of them taught`);
  console.log(`  expert alone       ${figures(judges, 1, 0)}`);
  for (const count of [100, 400, results.length >> 1]) {
    const { slope, shift, kind } = levelOf(results.slice(0, count));
    const set = `${kind}, slope ${slope.toFixed(2)}, shift ${shift.toFixed(2)}`;
    console.log(
      `  ${String(count).padStart(5)} outcomes     ${figures(judges, slope, shift)} (${set})`,
    );
  }
}
