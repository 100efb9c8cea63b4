// Asks programs of other people for the balances of exported books, for tests and benches.
import { execFileSync } from 'node:child_process';
import { digitsOf } from '#contract/currencies.ts';

export type Oracle = 'ledger' | 'hledger';

export const oracles: readonly Oracle[] = ['ledger', 'hledger'];

const balanceOf: Readonly<Record<Oracle, readonly string[]>> = {
  ledger: ['balance', '--flat', '--no-total', '--format', '%(account)\t%(display_total)\n'],
  hledger: ['balance', '--flat', '-N', '-O', 'csv'],
};

/**
 * Account name (`product:number`) -> minor units, as the program adds the file up; accounts at zero are
 * left out. Null where the program is not installed.
 */
export function balancesBy(oracle: Oracle, file: string): ReadonlyMap<string, bigint> | null {
  try {
    const output = execFileSync(oracle, ['-f', file, ...balanceOf[oracle]], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    return parse(output);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Lines such as `checking:10000001  1234.56 EUR`. */
function parse(output: string): ReadonlyMap<string, bigint> {
  const balances = new Map<string, bigint>();
  for (const line of output.trim().split('\n')) {
    const found = /^"?([a-z-]+:\w+)"?[\t, ]+"?(-?)([\d]+)(?:\.(\d+))? ([A-Z]{3})"?$/.exec(
      line.trim(),
    );
    if (!found) continue;
    const [, account = '', sign, whole = '', fraction = '', currency = ''] = found;
    const minor = BigInt(whole + fraction.padEnd(digitsOf(currency), '0'));
    if (minor !== 0n) balances.set(account, sign === '-' ? -minor : minor);
  }
  return balances;
}
