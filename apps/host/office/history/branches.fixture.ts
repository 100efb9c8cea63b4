// The branches of many histories as one process, so that all of them can be killed at one stroke and started again.
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OfficeBundle } from '#station/office/client/bundle.ts';
import { exposureMinor } from '#station/office/simulation/branch-node.ts';
import { createRandom } from '#station/office/simulation/random.ts';
import { testDevice } from '../office.fixture.ts';
import { type Bank, floor, loadBank, newBank, saveBank } from './bank.fixture.ts';
import { askFor, atCounter, type CounterParts, settle } from './counters.fixture.ts';
import { type HistoryLine, keepLine } from './line.fixture.ts';

export interface HistoryPlan {
  readonly name: string;
  readonly seed: number;
  readonly bundles: readonly OfficeBundle[];
}

export interface Plan {
  readonly folder: string;
  readonly histories: readonly HistoryPlan[];
  /** Things that happen at the counters of one history. */
  readonly happenings: number;
  /** Which start of this process it is: chance goes on and does not begin again. */
  readonly life: number;
}

/** What the process says: what a teller was told, what does not hold, and where each branch stands. */
export type Said =
  | { readonly kind: 'told'; readonly branch: string; readonly hashes: readonly string[] }
  | { readonly kind: 'violated'; readonly history: string; readonly message: string }
  | { readonly kind: 'stands'; readonly branches: readonly Standing[]; readonly isDone: boolean };

export interface Standing {
  readonly branch: string;
  readonly events: number;
  readonly down: number;
  readonly stage: string;
  readonly why: string;
}

const say = (said: Said): void => void process.send?.(said);
const rest = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const der = Buffer.from('302a300506032b6570032100', 'hex');

interface Node {
  readonly line: HistoryLine;
  readonly parts: CounterParts;
}

const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Plan;
const nodes: Node[] = [];
let isClear = false;
let isOver = false;
let working = 0;

function open(history: HistoryPlan): void {
  const { name, seed, bundles } = history;
  const file = join(plan.folder, `${name}.bank`);
  const devices = bundles.map(({ branch }) => ({
    code: branch,
    device: testDevice(branch).publicKey,
  }));
  const bank = loadBank(file) ?? newBank(devices);
  const told = new Map<string, number>();
  const save = (): void => {
    saveBank(file, bank);
    check(name, bank);
    for (const { branch, log } of bank.branches) {
      const from = told.get(branch) ?? 0;
      told.set(branch, log.length);
      const hashes = log.slice(from).map(({ hash }) => hash);
      if (hashes.length > 0) say({ kind: 'told', branch, hashes: [String(from), ...hashes] });
    }
  };
  save();
  bundles.forEach((bundle, index) => {
    const branch = bank.branches[index];
    if (!branch) throw new Error(`${name} has no branch ${index}`);
    const random = createRandom(seed * 1_000 + plan.life * 10 + index);
    const line = keepLine({
      ...{ branch, bundle, random, save, isOver: () => isOver },
      device: testDevice(bundle.branch),
      // In fine weather only the machine itself is slow.
      deadlineMs: () => (isClear ? 20_000 : 1_500),
    });
    const key = createPublicKey({
      ...{ key: Buffer.concat([der, Buffer.from(bundle.officeKey, 'hex')]) },
      ...{ format: 'der', type: 'spki' },
    });
    const parts: CounterParts = {
      ...{ bank, branch, random, save, busy: new Set() },
      isSigned: (note, signature) => verify(null, note, key, Buffer.from(signature, 'hex')),
      received: () => line.state().received.seq,
      ask: line.ask,
    };
    nodes.push({ line, parts });
    void work({ line, parts });
  });
}

/** No account has lost more than was left open by rule: looked at with each thing that is told. */
function check(history: string, bank: Bank): void {
  for (const [key, cashMinor] of bank.cash) {
    const open = bank.branches.reduce((sum, state) => sum + exposureMinor(state, key), 0n);
    if (cashMinor + open >= 0n) continue;
    const message = `S3: ${key} lost ${-(cashMinor + open)} more than was left open`;
    say({ kind: 'violated', history, message });
  }
  for (const { line, parts } of nodes) {
    const received = line.state().received.seq;
    if (parts.bank !== bank || received === 0) continue;
    for (const key of bank.cash.keys()) {
      const open = exposureMinor(parts.branch, key, received);
      if (open <= floor.amountMinor) continue;
      const message = `S3: ${parts.branch.branch} has left ${open} of ${key} open`;
      say({ kind: 'violated', history, message });
    }
  }
}

/** Time between two customers at a counter, in ms: the line must have a chance to be part of it. */
const paceMs = 300;

async function work({ line, parts }: Node): Promise<void> {
  const { bank, branch, random } = parts;
  working += 1;
  // The day begins with the line, or after a while without it.
  for (let tries = 0; tries < 40 && line.state().stage !== 'open'; tries++) await rest(100);
  // What was begun before the machine was killed is carried on first.
  for (const key of branch.asked.keys()) await askFor(parts, key);
  while (!isClear && bank.happenings < plan.happenings) {
    await rest(paceMs * 2 * random.next());
    await atCounter(parts);
  }
  working -= 1;
}

const stands = (): Standing[] =>
  nodes.map(({ line, parts: { branch } }) => ({
    ...{ branch: branch.branch, events: branch.log.length, down: branch.down.seq },
    ...{ stage: line.state().stage, why: line.state().why },
  }));

process.on('message', (word: 'look' | 'clear' | 'settle' | 'end') => {
  if (word === 'clear') isClear = true;
  else if (word === 'settle') for (const { parts } of nodes) settle(parts);
  else if (word === 'look') say({ kind: 'stands', branches: stands(), isDone: working === 0 });
  else {
    isOver = true;
    void Promise.all(nodes.map(({ line }) => line.running)).then(() => process.disconnect());
  }
});

for (const history of plan.histories) open(history);
