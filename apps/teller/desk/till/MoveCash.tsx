// Cash to or from the vault or another till: asked for, or offered, with notes and coins on both sides.
import { type FormEvent, useRef, useState } from 'react';
import { formatMoney } from '#contract/money.ts';
import { Button } from '../../parts/Button.tsx';
import { DenominationInput } from '../../parts/DenominationInput.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select, TextInput } from '../../parts/Input.tsx';
import { MoneyInput, minorOf } from '../../parts/MoneyInput.tsx';
import { Empty, errorAt, FaultNotice } from '../../parts/Notice.tsx';
import { readPieces, type TypedPieces, typedOf } from '../../parts/pieces.ts';
import { counted } from '../../parts/words.ts';
import { focusCommandBar } from '../../shell/commandBarFocus.ts';
import { useLast } from '../../state/last.ts';
import { useScreens } from '../../state/screens.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useOwnPieces, useOwnTill } from '../../state/useOwnTill.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Panel, useOpening, useTouched } from '../Screen.tsx';
import styles from './till.module.css';

export type Way = 'buy' | 'sell' | 'pass';

const titles: Readonly<Record<Way, string>> = {
  buy: 'Buy cash from the vault',
  sell: 'Sell cash to the vault',
  pass: 'Pass cash to another till',
};

const actions: Readonly<Record<Way, string>> = {
  buy: 'Ask the vault',
  sell: 'Offer to the vault',
  pass: 'Offer to the till',
};

interface MoveCashProps {
  readonly way: Way;
  readonly amount: string;
  /** Named in the line; undefined for the till's first. */
  readonly currency: string | undefined;
}

export function MoveCash(props: MoveCashProps) {
  const own = useOwnTill();
  const { data } = useQuery('till.list', {});
  const others = (data?.tills ?? []).filter(
    (till) => till.till !== own?.till && (till.kind === 'vault') !== (props.way === 'pass'),
  );
  if (!own || others.length === 0) {
    return (
      <Panel title={titles[props.way]}>
        {data ? (
          <Empty>
            {own ? 'There is nobody to move cash with.' : 'Open your till first: type open.'}
          </Empty>
        ) : null}
      </Panel>
    );
  }
  return <Form {...props} own={own} others={others} />;
}

function wayLabel(way: Way, customers: number | undefined): string {
  if (way !== 'buy') return 'Notes and coins handed over';
  if (customers === undefined) return 'Notes and coins wanted';
  return `Notes and coins wanted (change for a day of ${counted(customers, 'customer')})`;
}

/** What keeps the notes from being sent, once that was tried; nothing where they come to the amount. */
function uneven(total: bigint, amount: string | null, currency: string): string | undefined {
  if (total <= 0n)
    return 'Type the notes and coins, or = beside a face for the rest of the amount.';
  if (amount === null || BigInt(amount) === total) return undefined;
  const [has, wanted] = [formatMoney(total, currency), formatMoney(BigInt(amount), currency)];
  return `The notes and coins come to ${has}, and the amount is ${wanted}: make them the same.`;
}

type Tills = readonly NonNullable<ReturnType<typeof useOwnTill>>[];

const kept = (own: Tills[number]): string[] => own.positions.map(({ currency }) => currency);

/** What is wrong with a currency that was named in the line and that the till does not keep. */
function notKept(own: Tills[number], currency: string): string | undefined {
  if (kept(own).includes(currency)) return undefined;
  return `${own.name} keeps no ${currency}: it keeps ${kept(own).join(', ')}.`;
}

function Form(props: MoveCashProps & { own: Tills[number]; others: Tills }) {
  const { way, own, others } = props;
  const [other, setOther] = useState(String(others[0]?.till ?? ''));
  const [currency, setCurrency] = useState(props.currency ?? own.positions[0]?.currency ?? 'EUR');
  const foreign = notKept(own, currency);
  const [amount, setAmount] = useState(props.amount);
  const [pieces, setPieces] = useState<TypedPieces>({});
  const [narrative, setNarrative] = useState('');
  const [wasTried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const asking = useCommand('movement.request');
  const offering = useCommand('movement.offer');
  const sending = way === 'buy' ? asking : offering;
  const say = useLast((last) => last.say);
  const back = useScreens((screens) => screens.back);
  const available = useOwnPieces(currency);
  const { data: need } = useQuery('till.need', way === 'buy' ? { till: own.till } : null);
  const wanted = need?.needs.find((each) => each.currency === currency);
  // Only what nobody has typed anything against: an amount is somebody's own idea.
  const proposed = amount === '' && wanted ? typedOf(wanted.denominations) : {};
  const isUntouched = Object.values(pieces).every((text) => text === '');
  const read = readPieces(isUntouched ? proposed : pieces);
  useTouched(amount !== '' || Object.values(pieces).some((text) => text !== ''));
  // An amount that came with the line is in its place already: the hand goes on to the notes.
  const begin = props.amount === '' ? 'input' : 'fieldset input';
  useOpening(() => form.current?.querySelector<HTMLInputElement>(begin)?.focus());

  const amountMinor = minorOf(amount, currency) ?? null;
  const isEven = amountMinor === null || BigInt(amountMinor) === read.totalMinor;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (foreign) return form.current?.querySelector('select')?.focus();
    if (!isEven || read.totalMinor <= 0n) {
      form.current?.querySelector<HTMLInputElement>('fieldset input')?.focus();
      return;
    }
    const [from, to] = way === 'buy' ? [Number(other), own.till] : [own.till, Number(other)];
    const purse = { currency, denominations: { ...read.received }, narrative };
    if (!(await sending.send({ from, to, ...purse }))) return;
    const money = formatMoney(read.totalMinor, currency);
    say({ state: 'done', title: way === 'buy' ? `Asked for ${money}` : `Offered ${money}` });
    back();
    focusCommandBar();
  };
  const { fault } = sending;
  const unevenWords = uneven(read.totalMinor, amountMinor, currency);
  return (
    <Panel title={titles[way]}>
      <form ref={form} className={styles.form} onSubmit={(event) => void submit(event)}>
        {others.length > 1 ? (
          <Field label={way === 'pass' ? 'To' : 'Vault'}>
            <Select
              value={other}
              choices={others.map((till) => ({
                value: String(till.till),
                label: till.teller ? `${till.name}, ${till.teller.name}` : till.name,
              }))}
              onChange={setOther}
            />
          </Field>
        ) : null}
        {own.positions.length > 1 || foreign ? (
          <Field label="Currency" error={foreign ?? errorAt(fault, 'currency')}>
            <Select
              value={currency}
              choices={[...(foreign ? [currency] : []), ...kept(own)].map((code) => ({
                value: code,
                label: code,
              }))}
              onChange={setCurrency}
            />
          </Field>
        ) : null}
        <Field label="Amount" hint="The notes and coins below must come to it.">
          <MoneyInput size="large" value={amount} currency={currency} onChange={setAmount} />
        </Field>
        <Field label="Text" error={errorAt(fault, 'narrative')}>
          <TextInput value={narrative} maxLength={140} onChange={setNarrative} />
        </Field>
        <DenominationInput
          label={wayLabel(way, amount === '' ? wanted?.customers : undefined)}
          currency={currency}
          value={pieces}
          proposed={proposed}
          onChange={setPieces}
          amountMinor={amountMinor}
          available={way === 'buy' ? null : available}
          error={errorAt(fault, 'denominations') ?? (wasTried ? unevenWords : undefined)}
        />
        <FaultNotice fault={fault} fields={['currency', 'narrative', 'denominations']} />
        <div className={styles.actions}>
          <Button kind="main" chord="Enter" isOff={sending.isRunning}>
            {actions[way]}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
