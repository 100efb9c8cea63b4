// How the bank pays, as one checked document an administrator sets: its codes, the networks, the banks it knows.
import { type FormEvent, type ReactNode, useState } from 'react';
import type { PaymentSettingsInput } from '#contract/payments.ts';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextArea, TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice, Waiting } from '../../parts/Notice.tsx';
import { tell } from '../../parts/Toast.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { FilteredList, NoRows } from '../ListFilter.tsx';
import { Halves, Panel, useTouched } from '../Screen.tsx';
import styles from './payment.module.css';

/** What a bank that has set nothing begins with; every value is to be replaced by its own. */
const example: PaymentSettingsInput = {
  ...{ bic: 'YOURDEFFXXX', ibanCountry: 'DE', bankCode: '00000000', timeZone: 'Europe/Berlin' },
  channels: [
    {
      ...{ id: 'sepa-sct', name: 'SEPA credit transfer', currencies: ['EUR'], cutOff: '15:30' },
      ...{ settlementDays: 1, mostMinor: '99999999999', counterparty: 'YOURDEFFXXX' },
    },
  ],
  banks: [{ country: 'DE', code: '00000000', bic: 'BANKDEFFXXX', name: 'A bank' }],
};

function read(text: string): PaymentSettingsInput | null {
  try {
    return JSON.parse(text) as PaymentSettingsInput;
  } catch {
    return null;
  }
}

export function SettingsPanel(props: { controls: ReactNode }) {
  const reading = useQuery('payment.settings', {});
  const known = reading.data?.settings as PaymentSettingsInput | null | undefined;
  return (
    <Halves
      left={
        <Panel title="Payments" isFull>
          <FilteredList filter={props.controls}>
            <NoRows>
              <Waiting for={reading} what="the settings" />
              {reading.data ? <Editor known={known ?? example} /> : null}
            </NoRows>
          </FilteredList>
        </Panel>
      }
      right={
        <Panel title="What it says">
          <p>
            The BIC, the country and the bank code make the IBANs of this branch’s accounts. They
            cannot be guessed: take them from the central bank’s letter.
          </p>
          <p>
            Each network has its counterparty (the clearing or the correspondent), its cut-off on
            this branch’s clock, the business days to settlement, and the most it carries in minor
            units.
          </p>
          <p>
            The banks are those the form finds by the bank code inside an IBAN. Of any other the
            teller types the BIC.
          </p>
        </Panel>
      }
    />
  );
}

function Editor(props: { known: PaymentSettingsInput }) {
  const before = JSON.stringify(props.known, null, 2);
  const [text, setText] = useState(before);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const setting = useCommand('payment.configure');
  useTouched(text !== before);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const settings = read(text);
    setProblem(settings ? undefined : 'This is not written as JSON: a bracket or comma is amiss.');
    if (settings && (await setting.send({ settings, reason }))) tell('Payments are set up.');
  };
  return (
    <form className={styles.card} onSubmit={(event) => void submit(event)}>
      <Field
        label="Settings (amounts in minor units)"
        place="above"
        error={problem ?? errorAt(setting.fault, 'settings')}
      >
        <TextArea value={text} rows={17} onChange={setText} />
      </Field>
      <Field label="Why" error={errorAt(setting.fault, 'reason')}>
        <TextInput value={reason} maxLength={280} onChange={setReason} />
      </Field>
      <FaultNotice fault={setting.fault} fields={['settings', 'reason']} />
      <div className={styles.actions}>
        <Button kind="main" isOff={setting.isRunning}>
          Set
        </Button>
      </div>
    </form>
  );
}
