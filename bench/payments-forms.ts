// Builds every writable message from many random forms: valid by our judge and by libxml2, and read back equal.
import { performance } from 'node:perf_hooks';
import { listMessages, messageDefinition } from '#station/payments/definition/definitions.ts';
import { skipReason } from '#station/payments/iso20022/official.fixture.ts';
import { roundFault } from '#station/payments/iso20022/random-round.fixture.ts';
import { createRandom } from '#station/risk/random.ts';

const forms = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 1);
if (skipReason) console.log(`libxml2 is not asked: ${skipReason}`);
let faults = 0;
const writable = listMessages().filter(({ use }) => use === 'write');
for (const { id } of writable) {
  const definition = messageDefinition(id);
  const chance = createRandom(seed);
  const start = performance.now();
  let first = '';
  let wrong = 0;
  for (let each = 0; each < forms; each += 1) {
    const fault = roundFault(definition, chance, !skipReason);
    if (fault === '') continue;
    wrong += 1;
    first ||= fault.slice(0, 300);
  }
  faults += wrong;
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  console.log(`${id}  ${forms} forms in ${seconds} s, ${wrong} wrong ${first}`);
}
console.log(`${writable.length} messages, ${faults} wrong`);
if (faults > 0) process.exitCode = 1;
