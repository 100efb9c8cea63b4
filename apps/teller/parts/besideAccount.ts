// Says what an entry was to somebody who looks at one account and its amounts: only what is not there already.
import { formatAccount } from './words.ts';

/**
 * `Transfer 64.90 EUR from 1000 0295 Marta Keller to 1000 2444 Fluss GmbH` in the statement of 1000 0295 is
 * `Transfer to 1000 2444 Fluss GmbH`: amount and own account stand beside it, and the other side must not be cut off.
 * Takes the title of an entry (`station/bank/title.ts`) and the account's number; any other sentence stays as it is.
 */
export function besideAccount(what: string, number: string): string {
  const [, coming = '', payer = ''] = /^(Payment received), \S+ [A-Z]{3}: (.+)$/su.exec(what) ?? [];
  if (coming !== '') return `${coming}: ${payer}`;
  const [, verb = '', rest = ''] =
    /^(Deposit|Withdraw|Transfer|Pay) \S+ [A-Z]{3} (.+)$/su.exec(what) ?? [];
  const own = formatAccount(number);
  const from = `from ${own}`;
  if (verb === 'Deposit' || verb === 'Withdraw') {
    return rest.startsWith(`to ${own}`) || rest.startsWith(from) ? verb : what;
  }
  if (rest.startsWith(from)) {
    // The other account of a transfer is known by its number: a name may hold the word itself.
    const other = verb === 'Transfer' ? / (to [\d ]+.*)$/su : / (to .*)$/su;
    const [, to] = other.exec(rest.slice(from.length)) ?? [];
    return to === undefined ? what : `${verb} ${to}`;
  }
  const at = rest.lastIndexOf(` to ${own}`);
  return verb === 'Transfer' && at > 0 ? `${verb} ${rest.slice(0, at)}` : what;
}
