// Takes an application for credit; the figures follow while it is typed.
import { type FormEvent, useState } from 'react';
import type { Input } from '#contract/index.ts';
import { parseAmount } from '#contract/money.ts';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Panel, useTouched } from '../Screen.tsx';
import { Assessment } from './Assessment.tsx';
import styles from './credit.module.css';

type Application = Input<'credit.apply'>['application'];

const empty = {
  ...{ customer: '', product: 'loan', amount: '', currency: 'EUR', months: '24' },
  ...{ income: '', obligations: '0', employed: '', purpose: '' },
};
type Typed = typeof empty;

function minorOf(text: string, currency: string): string | null {
  if (text.trim() === '0') return '0';
  const parsed = parseAmount(text, currency);
  return parsed.ok ? String(parsed.minor) : null;
}

/** The application as it is typed; null while it is not complete. */
function applicationOf(typed: Typed): Application | null {
  const amountMinor = minorOf(typed.amount, typed.currency);
  const incomeMinor = minorOf(typed.income, typed.currency);
  const obligationsMinor = minorOf(typed.obligations, typed.currency);
  const [customer, months, employedMonths] = [typed.customer, typed.months, typed.employed].map(
    (text) => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN),
  ) as [number, number, number];
  const numbers = [customer, months, employedMonths];
  if (amountMinor === null || incomeMinor === null || obligationsMinor === null) return null;
  if (numbers.some(Number.isNaN)) return null;
  const product = typed.product as Application['product'];
  return {
    ...{ customer, product, amountMinor, currency: typed.currency, months, incomeMinor },
    ...{ obligationsMinor, employedMonths, purpose: typed.purpose },
  };
}

const texts: readonly (readonly [keyof Typed, string, string])[] = [
  ['customer', 'Customer number', 'customer'],
  ['amount', 'Amount', 'amountMinor'],
  ['months', 'Months', 'months'],
  ['income', 'Net income a month', 'incomeMinor'],
  ['obligations', 'Fixed payments a month', 'obligationsMinor'],
  ['employed', 'Months employed', 'employedMonths'],
  ['purpose', 'Purpose', 'purpose'],
];

export function Apply(props: { onDone: (application: number) => void }) {
  const [typed, setTyped] = useState(empty);
  const applying = useCommand('credit.apply');
  const application = applicationOf(typed);
  const reading = useQuery('credit.assess', application ? { application } : null, { keep: true });
  useTouched(JSON.stringify(typed) !== JSON.stringify(empty));
  const set = (name: keyof Typed) => (value: string) => setTyped({ ...typed, [name]: value });
  const fault = applying.fault ?? reading.fault;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!application) return;
    const reply = await applying.send({ application });
    if (reply) props.onDone(reply.application);
  };
  return (
    <Panel title="New application">
      <form className={styles.stack} onSubmit={(event) => void submit(event)}>
        <div className={styles.fields}>
          <Field label="What" place="above">
            <Select
              value={typed.product}
              choices={[
                { value: 'loan', label: 'loan' },
                { value: 'overdraft', label: 'overdraft' },
              ]}
              onChange={set('product')}
            />
          </Field>
          {texts.map(([name, label, field]) => (
            <Field
              key={name}
              label={label}
              place="above"
              error={errorAt(fault, `application.${field}`)}
            >
              <TextInput
                value={typed[name]}
                inputMode={name === 'purpose' ? 'text' : 'decimal'}
                maxLength={140}
                onChange={set(name)}
              />
            </Field>
          ))}
        </div>
        <FaultNotice fault={fault} fields={texts.map(([, , field]) => `application.${field}`)} />
        <div className={styles.line}>
          <Button kind="main" chord="Enter" isOff={!application || applying.isRunning}>
            Take the application
          </Button>
        </div>
      </form>
      {application && reading.data ? <Assessment assessment={reading.data} /> : null}
    </Panel>
  );
}
