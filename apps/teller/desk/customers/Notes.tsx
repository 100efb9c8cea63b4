// What was written about the customer; an open alert note is what the next teller sees first.
import type { CustomerView } from '#contract/customers.ts';
import { Badge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { FaultNotice } from '../../parts/Notice.tsx';
import { formatInstant } from '../../parts/words.ts';
import { useCommand } from '../../state/useCommand.ts';
import styles from './customers.module.css';

export function Notes(props: { notes: CustomerView['notes'] }) {
  const closing = useCommand('customer.closeNote');
  const open = props.notes.filter((note) => note.open);
  if (open.length === 0) return null;
  return (
    <section className={styles.block}>
      <h3>Notes</h3>
      <FaultNotice fault={closing.fault} />
      <ul>
        {open.map((note) => (
          <li key={note.id} className={styles.note}>
            <span>
              {note.alert ? (
                <Badge tone="amber" icon="warning">
                  alert
                </Badge>
              ) : null}{' '}
              {note.text}{' '}
              <span className={styles.dim}>{`${note.by}, ${formatInstant(note.at)}`}</span>
            </span>
            <Button kind="quiet" onPress={() => void closing.send({ note: note.id })}>
              Settled
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
