// Puts what the guard says of itself into a teller's words.
import type { GuardView } from '#contract/guard.ts';

/** Where the guard runs, and what that is worth. */
export function placeSentence({ kind, absence }: GuardView): string {
  return kind === 'kernel'
    ? 'The guard runs in the kernel of this machine: this program can neither lift its limits nor take back what it has seen.'
    : `The guard runs in this program, and is gone with it. ${absence ?? ''}`.trim();
}

/** How this life of the station met it. */
export function startSentence({ started }: GuardView): string {
  if (started.how === 'loaded') return 'Loaded from the ledger when the workstation was opened.';
  const { posted, voided } = started;
  const settled = posted + voided;
  if (settled === 0) return 'Found as it was left when the workstation was last closed.';
  const holds = settled === 1 ? '1 hold' : `${settled} holds`;
  return `Found with ${holds} of an earlier life: ${posted} posted because the log has them, ${voided} released because it has not.`;
}

/** `2.0 µs`: a time in the unit in which it is short. */
export function formatNs(ns: number): string {
  if (ns < 1000) return `${ns} ns`;
  if (ns < 1e6) return `${(ns / 1e3).toFixed(1)} µs`;
  return ns < 1e9 ? `${(ns / 1e6).toFixed(1)} ms` : `${(ns / 1e9).toFixed(1)} s`;
}

export interface Bar {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** Of the tallest bar, 0 to 1. */
  readonly share: number;
}

/** The histogram with the buckets between that hold nothing, so that gaps are seen as gaps. */
export function barsOf(latency: GuardView['latency']): readonly Bar[] {
  const counts = new Map(latency.map(({ fromNs, count }) => [Math.log2(fromNs), count]));
  if (counts.size === 0) return [];
  const first = Math.min(...counts.keys());
  const last = Math.max(...counts.keys());
  const tallest = Math.max(...counts.values());
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const power = first + index;
    const count = counts.get(power) ?? 0;
    const from = formatNs(2 ** power);
    return { from, to: formatNs(2 ** (power + 1)), count, share: count / tallest };
  });
}

const sealWords: Readonly<Record<GuardView['seals'][number], string>> = {
  accounts: 'no further accounts',
  limits: 'limits only get tighter',
  reset: 'not emptied before the machine restarts',
  module: 'the module stays loaded',
  attached: 'only this station changes anything',
};

export function sealSentence(seals: GuardView['seals']): string {
  return seals.length === 0 ? 'nothing' : seals.map((seal) => sealWords[seal]).join(' · ');
}
