// Chooses the account with another bank, and takes a statement file of it in.
import { useRef, useState } from 'react';
import type { Output } from '#contract/index.ts';
import { statementTextMax } from '#contract/wire.ts';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select } from '../../parts/Input.tsx';
import { FaultNotice, Notice } from '../../parts/Notice.tsx';
import { tell } from '../../parts/Toast.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { counted } from '../../parts/words.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useRole } from '../../state/useSession.ts';
import styles from './reconcile.module.css';

type Account = Output<'reconcile.accounts'>['accounts'][number];

/** Windows-1252 where a file is no UTF-8, as banks' older statements are. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

export function NostroChoice(props: {
  accounts: readonly Account[];
  number: string;
  onChoose: (number: string) => void;
}) {
  const { accounts, number, onChoose } = props;
  const file = useRef<HTMLInputElement>(null);
  const [taken, setTaken] = useState('');
  const taking = useCommand('reconcile.import');
  const isSupervisor = useRole('supervisor');
  const choose = (): void => file.current?.click();
  useHotkeys('Reconcile', [{ chord: 'Alt+I', what: 'take a statement in', run: choose }], {
    isOff: !isSupervisor,
  });

  const take = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    const { name } = chosen;
    setTaken('');
    if (chosen.size > statementTextMax) {
      return tell(`${name} is over 200,000 bytes: put it into the inbox folder.`);
    }
    const text = await textOf(chosen);
    const answer = await taking.send({ account: number, name, text });
    if (!answer) return;
    const { entries, matched, notes } = answer;
    const sentence = `${name} taken in: ${counted(entries, 'entry', 'entries')}, ${matched} matched.`;
    setTaken([sentence, ...notes].join(' '));
  };
  return (
    <div className={styles.top}>
      <div className={styles.choice}>
        <span className={styles.select}>
          <Field label="With">
            <Select
              value={number}
              choices={accounts.map((account) => ({
                value: account.number,
                label: `${account.name} (${account.openCount})`,
              }))}
              onChange={onChoose}
            />
          </Field>
        </span>
        {isSupervisor ? (
          <Button kind="quiet" chord="Alt+I" onPress={choose} isOff={taking.isRunning}>
            Statement
          </Button>
        ) : null}
        <input
          ref={file}
          type="file"
          hidden
          aria-label="Statement file"
          accept=".sta,.940,.942,.950,.mt940,.txt,.xml,.fin"
          onChange={(event) => {
            const { target } = event;
            void take(target.files?.[0]).finally(() => {
              target.value = '';
            });
          }}
        />
      </div>
      <FaultNotice fault={taking.fault} />
      {taken === '' ? null : <Notice tone="calm">{taken}</Notice>}
    </div>
  );
}
