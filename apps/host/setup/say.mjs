// Tells the person at the terminal what set-up is doing, on standard error so that output stays clean.

/** Writes one line of progress. */
export const say = (sentence) => process.stderr.write(`QENEX Teller: ${sentence}\n`);

/** Seconds since the `performance.now()` given, for a person to read. */
export const took = (fromMs) => `${((performance.now() - fromMs) / 1000).toFixed(1)} s`;
