// Throws hostile FIN text at every reader for a bounded time: no crash, no time beyond the length.
import { readAcknowledgement } from '#station/payments/mt/acknowledgement.ts';
import { splitBatch } from '#station/payments/mt/batch.ts';
import { checkMessage } from '#station/payments/mt/check.ts';
import { readEnvelope, writeEnvelope } from '#station/payments/mt/envelope.ts';
import { messageOf, ruleVectors } from '#station/payments/mt/network-rules.fixture.ts';
import { readStatements } from '#station/payments/mt/statement.ts';
import { translateToMx } from '#station/payments/translation/to-mx/translate.ts';

const seconds = Number(process.argv[2] ?? 20);
let state = Number(process.argv[3] ?? 4711) >>> 0;
const dice = (sides: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 4_294_967_296) * sides);
};
const pick = <Value>(values: readonly Value[]) => values[dice(values.length)] as Value;

const seeds = ruleVectors.flatMap(({ definition, good, bad }) =>
  [...good, ...bad].map((change) => messageOf(definition, change)),
);
const junk = [
  '{',
  '}',
  '{4:',
  '-}',
  '\n-}',
  ':',
  ':20:',
  '\r',
  '\n',
  '\r\n',
  '\0',
  '{1:',
  '//',
  'é',
];

/** One to six edits: cut, doubled, put in, swapped with a piece of another message. */
function mutate(text: string): string {
  let changed = text;
  for (let edits = 1 + dice(6); edits > 0; edits--) {
    const at = dice(changed.length + 1);
    const length = dice(12);
    const kind = dice(5);
    if (kind === 0) changed = changed.slice(0, at) + changed.slice(at + length);
    else if (kind === 1) changed = changed.slice(0, at) + pick(junk) + changed.slice(at);
    else if (kind === 2) changed = changed.slice(0, at + length) + changed.slice(at);
    else if (kind === 3) changed = changed.slice(0, at);
    else changed = changed.slice(0, at) + pick(seeds).slice(dice(300));
  }
  return changed;
}

let runs = 0;
let refused = 0;
let wrongBack = 0;
const end = performance.now() + seconds * 1000;
while (performance.now() < end) {
  const text = mutate(pick(seeds));
  const { problems } = checkMessage(text);
  if (problems.length > 0) refused++;
  const { envelope, problems: faults } = readEnvelope(text);
  if (faults.length === 0 && writeEnvelope(envelope) !== text) wrongBack++;
  readAcknowledgement(text);
  readStatements(text);
  splitBatch(text);
  try {
    translateToMx(text, '2026-11-21T09:00:00+00:00');
  } catch (error) {
    // A refusal is an answer; anything else is a crash and ends the run.
    if (!(error instanceof Error && error.name === 'Refusal')) throw error;
  }
  runs++;
}
console.log(`${runs} hostile messages in ${seconds} s: no crash, ${refused} found wrong,`);
console.log(`${wrongBack} read without a fault but written back otherwise`);

/** Time of twice the text over time of the text: about 2 when the work grows with the length. */
function growth(
  name: string,
  make: (size: number) => string,
  read: (text: string) => unknown,
): void {
  const best = (size: number) => {
    const text = make(size);
    let least = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      read(text);
      least = Math.min(least, performance.now() - start);
    }
    return least;
  };
  const one = best(500_000);
  const two = best(1_000_000);
  const ratio = (two / Math.max(one, 0.05)).toFixed(1);
  console.log(
    `${name.padEnd(28)} 0.5 MB ${one.toFixed(1)} ms, 1 MB ${two.toFixed(1)} ms: ${ratio} x`,
  );
}
const whole = (text: string) => readEnvelope(text, 10_000_000);
growth('open braces', (size) => '{'.repeat(size), whole);
growth('nested blocks', (size) => '{1:'.repeat(size / 3), whole);
growth('tags unclosed', (size) => `{3:${'{108:'.repeat(size / 5)}`, whole);
growth('many blocks', (size) => '{1:A}'.repeat(size / 5), whole);
growth('many fields', (size) => `{4:\n${':20:A\n'.repeat(size / 6)}-}`, whole);
growth('one field of many lines', (size) => `{4:\n:79:${'A\n'.repeat(size / 2)}-}`, whole);
growth('statement lines', (size) => ':61:261120C1,NTRF\n'.repeat(size / 18), readStatements);
growth('balances that are none', (size) => `:60F:${'C'.repeat(size)}`, readStatements);
growth('batch of nothing', (size) => '$ '.repeat(size / 2), splitBatch);
