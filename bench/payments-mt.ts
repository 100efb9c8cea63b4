// Prints what an MT103 costs: built, taken apart, checked whole, beside a plain string join.
import { buildMessage, type MessagePlan } from '#station/payments/mt/build.ts';
import { checkMessage } from '#station/payments/mt/check.ts';
import { readEnvelope } from '#station/payments/mt/envelope.ts';
import { measure } from './lib/side-by-side.ts';

const plan: MessagePlan = {
  basic: {
    application: 'F',
    service: '01',
    terminal: 'COBADEFFAXXX',
    session: '0000',
    sequence: '000000',
  },
  application: { direction: 'I', type: '103', terminal: 'CHASUS33XXXX', priority: 'N' },
  user: [['121', 'eb6305c9-1f7f-49de-aed0-16487c27b42d']],
  fields: [
    ['20', 'REF0001'],
    ['23B', { code: 'CRED' }],
    ['32A', { date: '261123', currency: 'USD', amount: '1000,' }],
    ['33B', { currency: 'EUR', amount: '900,' }],
    ['36', '1,1111'],
    ['50K', { account: 'DE89370400440532013000', lines: 'ACME GMBH\nHAUPTSTRASSE 1\nBERLIN' }],
    ['52A', { bic: 'COBADEFF' }],
    ['57A', { bic: 'BOFAUS3N' }],
    ['59', { account: '123456789', lines: 'JANE DOE\nNEW YORK' }],
    ['70', '/INV/4711'],
    ['71A', 'SHA'],
  ],
};
const text = buildMessage(plan);
const faults = checkMessage(text).problems;
if (faults.length > 0) throw new Error(faults[0]?.message);

/** The least a builder can do: the same bytes by joining strings, nothing checked. */
function joined(): string {
  let all = '{1:F01COBADEFFAXXX0000000000}{2:I103CHASUS33XXXXN}{3:{121:';
  all += `${plan.user[0]?.[1]}}}{4:\r\n`;
  for (const [tag, value] of plan.fields) {
    const written = typeof value === 'string' ? value : Object.values(value).join('');
    all += `:${tag}:${written}\r\n`;
  }
  return `${all}-}`;
}

let sink = 0;
const repeat = (run: () => number) => (batch: number) => {
  for (let each = 0; each < batch; each++) sink += run();
};
const figures = await measure({
  contestants: [
    { name: 'join of strings', run: repeat(() => joined().length) },
    { name: 'build', run: repeat(() => buildMessage(plan).length) },
    { name: 'take apart', run: repeat(() => readEnvelope(text).envelope.blocks.length) },
    { name: 'check whole', run: repeat(() => checkMessage(text).headers.user.size) },
  ],
  batches: [1000],
  rounds: 7,
  slotMs: 150,
});
console.log(
  `one MT103 of ${text.length} characters and ${plan.fields.length} fields (${sink > 0})`,
);
for (const { name, median, low, high, cpuUs } of figures) {
  const us = (rate: number) => (1_000_000 / rate).toFixed(2).padStart(7);
  console.log(
    `${name.padEnd(16)} ${us(median)} us (${us(high)} to ${us(low)}), CPU ${cpuUs.toFixed(2)} us`,
  );
}
