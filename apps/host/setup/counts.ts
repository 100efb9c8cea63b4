// Reads how many tests ran from what the test runners print, so that one closing line can say it.

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Failed first and passed on the second try; in neither of the others. */
  readonly flaky: number;
}

const last = (output: string, pattern: RegExp): number =>
  Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);

/** Counts from the closing lines of `node --test` (`ℹ pass 12`) or of Playwright (`  3 passed (6.7s)`). */
export function countsOf(output: string): Counts {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours are taken out
  const plain = output.replace(/\u001b\[[0-9;]*m/g, '');
  const both = (node: string, playwright: string): number =>
    last(plain, new RegExp(`^ℹ ${node} (\\d+)$`, 'gm')) +
    last(plain, new RegExp(`^\\s+(\\d+) ${playwright}(?: \\(.*\\))?$`, 'gm'));
  return {
    passed: both('pass', 'passed'),
    failed: both('fail', 'failed') + last(plain, /^ℹ cancelled (\d+)$/gm),
    skipped: both('skipped', 'skipped'),
    flaky: last(plain, /^\s+(\d+) flaky$/gm),
  };
}

/** The same, when the files of all that failed passed on their second try. */
export const secondTryPassed = ({ failed, flaky, ...rest }: Counts): Counts => ({
  ...rest,
  failed: 0,
  flaky: flaky + failed,
});

/** The closing line; nothing when no stage counted tests. */
export function summary(counted: readonly Counts[]): string {
  if (counted.length === 0) return '';
  const sum = (key: keyof Counts): number => counted.reduce((total, one) => total + one[key], 0);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  const flaky = sum('flaky') > 0 ? `, ${sum('flaky')} passed only on a second try` : '';
  return `\n${sum('passed')} passed, ${sum('failed')} failed${flaky}${skipped}\n`;
}
