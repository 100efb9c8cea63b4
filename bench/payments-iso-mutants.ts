// Compares our verdicts with libxml2's on fresh mutants: `npm run bench -- payments-iso-mutants
// [count] [seed]`.
import { readFileSync } from 'node:fs';
import { listMessages } from '#station/payments/definition/definitions.ts';
import {
  listSamples,
  officialSchema,
  officialVerdict,
  skipReason,
} from '#station/payments/iso20022/official.fixture.ts';
import { readMessage } from '#station/payments/iso20022/read.ts';
import { diceOf, type Loose, loosen, mutate, write } from './lib/payments-mutants.ts';
import { machine } from './lib/payments-rounds.ts';

const count = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 20_261_121);

interface Base {
  readonly id: string;
  readonly namespace: string;
  readonly tree: Loose;
}

function bases(): readonly Base[] {
  const found: Base[] = [];
  const product = new Set(
    listMessages()
      .filter(({ use }) => use === 'write')
      .map(({ id }) => id),
  );
  for (const { file, name } of listSamples()) {
    if (name.startsWith('mutated/')) continue;
    for (const part of readMessage(readFileSync(file), { keepTree: true }).parts) {
      if (!part.valid || !part.tree || !part.definition || !officialSchema(part.id)) continue;
      if (!product.has(part.id)) continue;
      found.push({ id: part.id, namespace: part.definition.namespace, tree: loosen(part.tree) });
    }
  }
  return found;
}

interface Tally {
  valid: number;
  refused: number;
  falseAccepts: number;
  falseRejects: number;
  sameElement: number;
}

function compare(base: Base, text: string, tally: Tally): void {
  const official = officialVerdict(base.id, text);
  const [first] = readMessage(text).errors;
  if (official.valid) tally.valid += 1;
  else tally.refused += 1;
  if (official.valid !== (first === undefined)) {
    if (official.valid) tally.falseRejects += 1;
    else tally.falseAccepts += 1;
    const ours = first ? `${first.path} ${first.message}` : 'nothing wrong';
    process.stdout.write(
      `DIFFERENT ${base.id}: libxml2 ${official.message || 'valid'}; ours ${ours}\n`,
    );
    return;
  }
  if (!first) return;
  const tag = first.path
    .split('/')
    .at(-1)
    ?.replace(/\[\d+\]$/, '');
  if (tag === official.element && first.line === official.line) tally.sameElement += 1;
  else
    process.stdout.write(
      `ELSEWHERE ${base.id}: ${official.line} ${official.message}; ours ${first.line} ${first.path}\n`,
    );
}

function run(): void {
  const dice = diceOf(seed);
  const all = bases();
  // Each message as often as any other, however many samples it has.
  const ids = [...new Set(all.map(({ id }) => id))];
  const tally: Tally = { valid: 0, refused: 0, falseAccepts: 0, falseRejects: 0, sameElement: 0 };
  for (let made = 0; made < count; made++) {
    const id = ids[made % ids.length];
    const own = all.filter((base) => base.id === id);
    const base = own[Math.floor(dice() * own.length)] as Base;
    compare(base, write(mutate(dice, base.tree), ` xmlns="${base.namespace}"`), tally);
  }
  process.stdout.write(
    `${machine()}\n${count} mutants of ${all.length} samples of ${ids.length} messages, seed ${seed}\n` +
      `libxml2: ${tally.valid} valid, ${tally.refused} refused\n` +
      `ours: ${tally.falseAccepts} false accepts, ${tally.falseRejects} false rejects\n` +
      `first error at the same element and line: ${tally.sameElement} of ${tally.refused}\n`,
  );
  process.exitCode = tally.falseAccepts + tally.falseRejects > 0 ? 1 : 0;
}

if (skipReason) process.stdout.write(`Skipped: ${skipReason}\n`);
else run();
