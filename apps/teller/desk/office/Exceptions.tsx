// What needs a person: each exception with its owner and what can be done about it.
import { useState } from 'react';
import type { Output } from '#contract/index.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog, DialogActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { Money } from '../../parts/Money.tsx';
import { Empty, errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { plain } from '../../parts/words.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useRole } from '../../state/useSession.ts';
import styles from './office.module.css';

type Exception = Output<'office.state'>['exceptions'][number];

export function Exceptions(props: { exceptions: readonly Exception[]; isOwn?: boolean }) {
  const { exceptions, isOwn = false } = props;
  const [chosen, setChosen] = useState<Exception | null>(null);
  const isSupervisor = useRole('supervisor');
  if (exceptions.length === 0) return <Empty>No exceptions.</Empty>;
  return (
    <>
      <table className={styles.table}>
        <caption>Exceptions, newest first</caption>
        <thead>
          <tr>
            <th className={styles.number}>No.</th>
            <th>Branch</th>
            <th>What happened, and who does what about it</th>
            <th className={styles.number}>Amount</th>
            {isOwn ? <td /> : null}
          </tr>
        </thead>
        <tbody>
          {exceptions.map((row) => (
            <tr key={row.id}>
              <td className={styles.number}>{row.id}</td>
              <td>{row.branch}</td>
              <td>
                {row.message}
                <span className={styles.dim}>{` ${plain(row.owner)}: ${row.action}.`}</span>
              </td>
              <td className={styles.number}>
                {row.currency === '' ? null : (
                  <Money minor={row.amountMinor} currency={row.currency} />
                )}
              </td>
              {isOwn ? (
                <td>
                  {isSupervisor && row.owner === 'branch-supervisor' ? (
                    <Button kind="quiet" onPress={() => setChosen(row)}>
                      Settle
                    </Button>
                  ) : null}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      {chosen ? <Settle exception={chosen} onClose={() => setChosen(null)} /> : null}
    </>
  );
}

function Settle(props: { exception: Exception; onClose: () => void }) {
  const { exception, onClose } = props;
  const [note, setNote] = useState('');
  const settling = useCommand('office.settle');
  const { fault } = settling;
  const settle = async (): Promise<void> => {
    if (await settling.send({ id: exception.id, note })) onClose();
  };
  return (
    <Dialog title="Settle this exception?" isOpen onClose={onClose}>
      <p>{exception.message}</p>
      <Field label="What was done" error={errorAt(fault, 'note')}>
        <TextInput value={note} maxLength={280} onChange={setNote} />
      </Field>
      <FaultNotice fault={fault} fields={['note']} />
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="main" isOff={settling.isRunning} onPress={() => void settle()}>
          Settle
        </Button>
      </DialogActions>
    </Dialog>
  );
}
