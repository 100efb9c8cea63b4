// Opens an account for an identified customer, with joint owners where there are any.
import { type FormEvent, useRef, useState } from 'react';
import type { Input } from '#contract/index.ts';
import { Button } from '../../parts/Button.tsx';
import { CustomerInput } from '../../parts/CustomerInput.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput } from '../../parts/Input.tsx';
import { errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { formatAccount } from '../../parts/words.ts';
import { focusCommandBar } from '../../shell/commandBarFocus.ts';
import { useLast } from '../../state/last.ts';
import { useScreens } from '../../state/screens.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useOwnTill } from '../../state/useOwnTill.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useSession } from '../../state/useSession.ts';
import { Halves, Panel, useOpening, useTouched } from '../Screen.tsx';
import { CustomerPanel } from './CustomerPanel.tsx';
import styles from './customers.module.css';

type Product = Input<'account.open'>['product'];

interface Joint {
  readonly customer: number;
  readonly name: string;
}

export function OpenAccountScreen(props: { customer: number }) {
  const { customer } = props;
  const { branch } = useSession();
  const [product, setProduct] = useState<Product>('checking');
  const [currency, setCurrency] = useState(branch?.baseCurrency ?? 'EUR');
  const [name, setName] = useState('');
  const [joint, setJoint] = useState<readonly Joint[]>([]);
  const [text, setText] = useState('');
  const element = useRef<HTMLFormElement>(null);
  const opening = useCommand('account.open');
  const say = useLast((last) => last.say);
  const replace = useScreens((screens) => screens.replace);
  const owner = useQuery('customer.get', { customer }).data;
  const currencies = useCurrencies();
  useTouched(name !== '' || joint.length > 0);
  useOpening(() => element.current?.querySelector('select')?.focus());

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const owners = [
      { customer, role: 'holder' as const },
      ...joint.map((each) => ({ customer: each.customer, role: 'joint' as const })),
    ];
    const reply = await opening.send({ product, currency, owners, name });
    if (!reply) return;
    say({ state: 'done', title: `Opened account ${formatAccount(reply.number)}` });
    replace({ name: 'account', number: reply.number });
    focusCommandBar();
  };
  const { fault } = opening;
  return (
    <Halves
      left={
        <Panel title={`Open an account for ${owner?.name ?? `customer ${customer}`}`}>
          <form ref={element} className={styles.form} onSubmit={(event) => void submit(event)}>
            <Field label="Product" error={errorAt(fault, 'product')}>
              <Select
                value={product}
                choices={[
                  { value: 'checking', label: 'checking' },
                  { value: 'savings', label: 'savings' },
                  { value: 'loan', label: 'loan' },
                  { value: 'credit', label: 'credit line' },
                ]}
                onChange={setProduct}
              />
            </Field>
            <Field label="Currency" error={errorAt(fault, 'currency')}>
              <Select
                value={currency}
                choices={currencies.map((code) => ({ value: code, label: code }))}
                onChange={setCurrency}
              />
            </Field>
            <Field label="Name" error={errorAt(fault, 'name')} hint="Empty: the owner's name.">
              <TextInput value={name} maxLength={70} onChange={setName} />
            </Field>
            <Field
              label="Joint owner"
              error={errorAt(fault, 'owners')}
              hint={joint.map((each) => each.name).join(', ') || undefined}
            >
              <CustomerInput
                value={text}
                onChange={setText}
                onChoose={(hit) => {
                  setText('');
                  setJoint([...joint.filter((each) => each.customer !== hit.customer), hit]);
                }}
              />
            </Field>
            <FaultNotice fault={fault} fields={['product', 'currency', 'name', 'owners']} />
            <div className={styles.end}>
              {joint.length > 0 ? (
                <Button onPress={() => setJoint(joint.slice(0, -1))}>Take the last out</Button>
              ) : null}
              <Button kind="main" chord="Enter" isOff={opening.isRunning}>
                Open the account
              </Button>
            </div>
          </form>
        </Panel>
      }
      right={<CustomerPanel customer={customer} />}
    />
  );
}

/** The currencies the own till keeps, or the branch's own where there is no till. */
function useCurrencies(): readonly string[] {
  const { branch } = useSession();
  const till = useOwnTill();
  const base = branch?.baseCurrency ?? 'EUR';
  return [...new Set([base, ...(till?.positions ?? []).map((position) => position.currency)])];
}
