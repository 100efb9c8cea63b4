// Decides which failed test files are run once more, so that a slow machine is told from a fault.

/** More files than this do not fail by chance. */
const filesMax = 3;

/** What fast-check prints with a counterexample; the next run would draw other numbers. */
const counterexample = /Property failed after \d+ tests/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours are taken out
const colours = /\u001b\[[0-9;]*m/g;

/**
 * The files that failed in what `node --test` printed, when a second try may tell something: none
 * when nothing failed, when more than three files did, or when a property has a counterexample,
 * which stays a failure whatever the next run draws.
 */
export function filesToTryAgain(output: string): readonly string[] {
  const plain = output.replace(colours, '');
  if (counterexample.test(plain)) return [];
  const closing = plain.slice(plain.lastIndexOf('✖ failing tests:'));
  const named = [...closing.matchAll(/^test at (.+?):\d+:\d+$/gm)].map((one) => one[1] ?? '');
  const files = [...new Set(named)].sort();
  return files.length <= filesMax ? files : [];
}

/** What is said, in the closing lines too, of what failed first and passed alone. */
export const secondTrySentence = (names: readonly string[]): string =>
  `FAILED first, passed when run once more by itself: ${names.join(', ')}`;
