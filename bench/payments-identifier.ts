// Prints what an IBAN check costs beside ibantools, how many vectors each judges right, and how
// often repair finds.
import { isValidIBAN } from 'ibantools';
import {
  chanceFrom,
  slipKinds,
  withSlip,
} from '#station/payments/identifier/iban/slips.fixture.ts';
import {
  checkIban,
  isRegistryIban,
  nationalRules,
  repairIban,
  transliterate,
} from '#station/payments/identifier/index.ts';
import { vectorRows, vectorsMissing } from '#station/payments/identifier/shared.fixture.ts';
import { machine, measure, quantile } from './lib/payments-rounds.ts';

const quick = process.argv.includes('--quick');
const slips = quick ? 200 : 2_000;
const plan = quick ? { rounds: 5, slotMs: 20 } : { rounds: 15, slotMs: 100 };

/** An IBAN in which characters were written as \u escapes, as the vectors have them. */
const unescaped = (text: string): string =>
  text.replace(/\\u([0-9a-f]{4})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

function verdicts(rows: ReturnType<typeof vectorRows>): void {
  const judges: [string, (iban: string) => boolean][] = [
    ['checkIban, the registry', (iban) => checkIban(iban).valid],
    ['ibantools 4.5.4', (iban) => isValidIBAN(iban)],
  ];
  for (const [name, judge] of judges) {
    let accepted = 0;
    let refused = 0;
    for (const row of rows) {
      const expected = row.expected_iban_valid === '1';
      const answer = judge(unescaped(row.iban ?? ''));
      if (answer && !expected) accepted += 1;
      if (!answer && expected) refused += 1;
    }
    const right = rows.length - accepted - refused;
    console.log(
      `${name.padEnd(26)} ${right} of ${rows.length} right, ${accepted} wrongly accepted, ` +
        `${refused} wrongly refused`,
    );
  }
}

function costs(ibans: readonly string[]): void {
  let at = 0;
  const next = (): string => {
    at = (at + 1) % ibans.length;
    return ibans[at] ?? '';
  };
  const timed = measure(
    [
      { name: 'checkIban, with its parts', run: () => checkIban(next()) },
      { name: 'isRegistryIban', run: () => isRegistryIban(next()) },
      { name: 'ibantools isValidIBAN', run: () => isValidIBAN(next()) },
      { name: 'transliterate a name', run: () => transliterate('Łukasz Müller-Özdemir', 'sepa') },
    ],
    1,
    plan,
  );
  for (const { name, timesUs } of timed) {
    const [low, middle, high] = [0, 0.5, 1].map((part) => quantile(timesUs, part).toFixed(3));
    console.log(`${name.padEnd(26)} ${middle} us a check (${low} to ${high})`);
  }
  console.log('bar: 1 us a check');
}

function repairs(ibans: readonly string[]): void {
  const chance = chanceFrom(7);
  console.log(`repair, ${slips} seeded slips of each kind in accounts found in the open`);
  for (const kind of slipKinds) {
    const places: number[] = [];
    let candidates = 0;
    const started = performance.now();
    for (let made = 0; made < slips; ) {
      const iban = ibans[chance(ibans.length)] ?? '';
      const typed = withSlip(iban, kind, chance);
      if (typed === null || isRegistryIban(typed)) continue;
      made += 1;
      const found = repairIban(typed);
      candidates += found.length;
      places.push(found.findIndex((one) => one.iban === iban));
    }
    const share = (test: (place: number) => boolean): string =>
      `${((100 * places.filter(test).length) / slips).toFixed(1)} %`;
    console.log(
      `${kind.padEnd(14)} among the proposals ${share((place) => place >= 0)}, first ` +
        `${share((place) => place === 0)}, ` +
        `in the first five ${share((place) => place >= 0 && place < 5)}, ` +
        `${(candidates / slips).toFixed(1)} proposals, ` +
        `${((performance.now() - started) / slips).toFixed(2)} ms`,
    );
  }
}

console.log(machine());
if (vectorsMissing) {
  console.log(`skipped: ${vectorsMissing}`);
} else {
  const rows = vectorRows('iban-vectors.csv');
  const right = rows
    .filter((row) => row.class === 'as-found' && checkIban(row.iban ?? '').ok)
    .map((row) => row.iban ?? '');
  console.log(`national check characters of ${nationalRules.size} countries`);
  verdicts(rows);
  costs(right);
  repairs(right);
}
