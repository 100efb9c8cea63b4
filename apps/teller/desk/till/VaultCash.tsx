// Cash between the vault and the cash centre, by notes and coins and with the reference of the transport.
import { type FormEvent, useRef, useState } from 'react';
import { DenominationInput } from '../../parts/DenominationInput.tsx';
import { Dialog, SubmitActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { readPieces, type TypedPieces } from '../../parts/pieces.ts';
import { useLast } from '../../state/last.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import styles from './till.module.css';

export function VaultCash(props: { way: 'receive' | 'send'; onClose: () => void }) {
  const { way, onClose } = props;
  const { data } = useQuery('till.list', {});
  const vault = data?.tills.find((till) => till.kind === 'vault');
  const [currency, setCurrency] = useState(vault?.positions[0]?.currency ?? 'EUR');
  const [pieces, setPieces] = useState<TypedPieces>({});
  const [reference, setReference] = useState('');
  const receiving = useCommand('vault.receive');
  const posting = useCommand('vault.send');
  const sending = way === 'receive' ? receiving : posting;
  const say = useLast((last) => last.say);
  const first = useRef<HTMLInputElement>(null);
  const position = vault?.positions.find((each) => each.currency === currency);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const denominations = { ...readPieces(pieces).received };
    const reply = await sending.send({ currency, denominations, reference });
    if (!reply) return;
    const title = way === 'receive' ? 'Cash came into the vault' : 'Cash left the vault';
    say({ state: 'posted', title, journal: reply.journal });
    onClose();
  };
  return (
    <Dialog
      title={way === 'receive' ? 'Cash from the cash centre' : 'Cash to the cash centre'}
      isOpen
      onClose={onClose}
      first={first}
    >
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label="Reference" error={errorAt(sending.fault, 'reference')}>
          <TextInput ref={first} value={reference} maxLength={35} onChange={setReference} />
        </Field>
        <Field label="Currency" error={errorAt(sending.fault, 'currency')}>
          <Select
            value={currency}
            choices={(vault?.positions ?? []).map((each) => ({
              value: each.currency,
              label: each.currency,
            }))}
            onChange={setCurrency}
          />
        </Field>
        <DenominationInput
          label="Notes and coins"
          currency={currency}
          value={pieces}
          onChange={setPieces}
          amountMinor={null}
          available={way === 'send' ? (position?.denominations ?? null) : null}
          error={errorAt(sending.fault, 'denominations')}
        />
        <FaultNotice fault={sending.fault} fields={['reference', 'currency', 'denominations']} />
        <SubmitActions
          label={way === 'receive' ? 'Take in' : 'Send off'}
          isOff={sending.isRunning}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
