// Says on standard error how far a long bench has come, and about how long it still takes.

/** Returns what is told the units done; it speaks at each twentieth of the whole. */
export function tellProgress(what: string, total: number): (done: number) => void {
  const start = performance.now();
  let next = total / 20;
  return (done) => {
    if (done < next) return;
    next = done + total / 20;
    const seconds = (performance.now() - start) / 1000;
    const left = Math.round((seconds / done) * (total - done));
    process.stderr.write(`${done} of ${total} ${what}, about ${left} s left\n`);
  };
}
