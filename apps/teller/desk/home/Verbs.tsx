// What this person can type into the command bar, with an example each: a list for those who begin.
import type { Role } from '#contract/operation.ts';
import { useSession } from '../../state/useSession.ts';
import styles from './home.module.css';

const desk: readonly Role[] = ['teller', 'supervisor'];
const office: readonly Role[] = ['compliance', 'auditor', 'administrator'];
const every: readonly Role[] = [...desk, ...office];

interface Verb {
  readonly verb: string;
  readonly what: string;
  readonly line: string;
  readonly roles: readonly Role[];
}

const verb = (word: string, what: string, line: string, roles: readonly Role[]): Verb => ({
  ...{ verb: word, what, line, roles },
});

/** Everybody reads only what the station would let them do. */
const verbs: readonly Verb[] = [
  verb('d', 'deposit', 'd 1234 5678 250', desk),
  verb('w', 'withdrawal', 'w 1234 5678 250', desk),
  verb('t', 'transfer', 't 12345678 87654321 100', desk),
  verb('p', 'payment', 'p 1234 5678 DE89 3704 0044 0532 0130 00 600', desk),
  verb('x', 'exchange', 'x', desk),
  verb('b', 'session', 'b 1234 5678', desk),
  verb('open', 'open the till', 'open', desk),
  verb('close', 'close the till', 'close', desk),
  verb('v+ v-', 'vault', 'v+ 1000', desk),
  verb('c', 'customer', 'c keller, or only keller', every),
  verb('c+', 'new customer', 'c+', desk),
  verb('s', 'statement', 's 1234 5678', every),
  verb('a', 'approvals', 'a, or a 14968', [...desk, 'compliance', 'auditor']),
  verb('r k', 'reverse, correct', 'r 14968', desk),
  verb('j', 'journal', 'j keller', ['compliance', 'auditor']),
  verb('lists', 'listed names', 'lists', ['compliance', 'auditor']),
  verb('models', 'risk models', 'models', office),
  verb('staff', 'staff', 'staff', office),
  verb('till', 'tills', 'till', ['administrator']),
  verb('desks', 'other desks', 'desks', ['administrator', 'auditor']),
  verb('policy', 'limits, fees', 'policy', office),
  verb('guard', 'guard, anchor', 'guard', office),
  verb('office', 'head office', 'office', office),
  verb('ledger', 'prove the books', 'ledger', office),
];

export function Verbs() {
  const { person } = useSession();
  const shown = verbs.filter(({ roles }) => roles.some((role) => person?.roles.includes(role)));
  return (
    <dl className={styles.verbs}>
      {shown.map(({ verb: word, what, line }) => (
        <div key={word}>
          <dt>
            <code>{word}</code>
          </dt>
          <dd>{what}</dd>
          <dd className={styles.dim}>{line}</dd>
        </div>
      ))}
    </dl>
  );
}
