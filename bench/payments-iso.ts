// Prints how quickly ISO 20022 messages are built and judged, beside a plain string builder and
// beside libxml2.
import { XmlDocument } from 'libxml2-wasm';
import { create } from 'xmlbuilder2';
import { messageDefinition } from '#station/payments/definition/definitions.ts';
import { transferValues } from '#station/payments/iso20022/build.fixture.ts';
import { buildMessage } from '#station/payments/iso20022/build.ts';
import { officialSchema, skipReason } from '#station/payments/iso20022/official.fixture.ts';
import { readMessage } from '#station/payments/iso20022/read.ts';
import type { Values } from '#station/payments/iso20022/values.ts';
import { plainPain } from './lib/payments-plain.ts';
import { type Contestant, machine, measure, quantile } from './lib/payments-rounds.ts';

const sizes = [1, 1000];
const definition = messageDefinition('pain.001.001.09');
const values = new Map(sizes.map((size) => [size, transferValues(size)]));
const texts = new Map(sizes.map((size) => [size, buildMessage(definition, valuesOf(size)).xml]));
const bytes = new Map(sizes.map((size) => [size, Buffer.from(textOf(size))]));

function valuesOf(size: number): Values {
  return values.get(size) as Values;
}

function textOf(size: number): string {
  return texts.get(size) as string;
}

function bytesOf(size: number): Buffer {
  return bytes.get(size) as Buffer;
}

function insist(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

const builders: readonly Contestant[] = [
  { name: 'plain escaped strings', run: (size) => plainPain(valuesOf(size)).length },
  {
    name: 'ours, every value judged',
    run: (size) => {
      const { errors } = buildMessage(definition, valuesOf(size));
      insist(errors.length === 0, 'the message built is not valid');
    },
  },
  {
    name: 'ours, built, then parsed and judged',
    run: (size) => {
      const { xml } = buildMessage(definition, valuesOf(size));
      insist(readMessage(xml).errors.length === 0, 'the message built is not valid');
    },
  },
  {
    name: 'xmlbuilder2 from an object',
    run: (size) => create({ Document: valuesOf(size) as object }).end().length,
  },
];

const judges: readonly Contestant[] = [
  {
    name: 'libxml2 parse and validate',
    run: (size) => {
      const document = XmlDocument.fromBuffer(bytesOf(size));
      officialSchema(definition.id)?.validate(document);
      document.dispose();
    },
  },
  {
    name: 'ours, streaming parse and judge',
    run: (size) => {
      insist(readMessage(bytesOf(size)).errors.length === 0, 'not valid');
    },
  },
  {
    name: 'ours, keeping the tree',
    run: (size) => {
      insist(readMessage(bytesOf(size), { keepTree: true }).errors.length === 0, 'not valid');
    },
  },
];

function compare(title: string, contestants: readonly Contestant[]): void {
  process.stdout.write(`\n${title}\n`);
  for (const size of sizes) {
    const rounds = measure(contestants, size, { rounds: 21, slotMs: 60, isCpu: true });
    const base = quantile(rounds[0]?.timesUs ?? [], 0.5);
    for (const { name, timesUs } of rounds) {
      const median = quantile(timesUs, 0.5);
      const spread = `${quantile(timesUs, 0.1).toFixed(1)} to ${quantile(timesUs, 0.9).toFixed(1)}`;
      const cells = [
        `${size} transfers`.padEnd(16),
        name.padEnd(38),
        `${median.toFixed(1)} us`.padStart(12),
        `(${spread})`.padEnd(24),
        `${(median / base).toFixed(2)} x`,
      ];
      process.stdout.write(`${cells.join(' ')}\n`);
    }
  }
}

process.stdout.write(
  `${machine()}\nprocessor time, medians of 21 rounds by turns (10 % to 90 %)\n`,
);
for (const size of sizes) {
  insist(plainPain(valuesOf(size)) === textOf(size), 'the plain builder writes something else');
}
compare('Building a pain.001.001.09 (time for one message; the plain builder is 1)', builders);
if (skipReason) process.stdout.write(`\nReading beside libxml2 is skipped: ${skipReason}\n`);
else compare('Reading and judging it (libxml2 is 1)', judges);
