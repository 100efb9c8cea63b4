// What the branch holds of others and others of it, each line with what a person may do about it.
import { useState } from 'react';
import type { Output } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog, DialogActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { Money } from '../../parts/Money.tsx';
import { MoneyInput, minorOf } from '../../parts/MoneyInput.tsx';
import { Empty, errorAt, FaultNotice, Notice } from '../../parts/Notice.tsx';
import { counted, formatAccount, formatInstant } from '../../parts/words.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useRole } from '../../state/useSession.ts';
import styles from './office.module.css';
import { ratesSentence } from './words.ts';

type State = Output<'office.state'>;

const accountText = (account: { branch: string; number: string }): string =>
  `${account.branch} / ${formatAccount(account.number)}`;

/** Reservations whose end is not known; giving one up is safe whatever became of it at head office. */
export function InDoubt({ state }: { state: State }) {
  const abandoning = useCommand('office.abandon');
  if (state.inDoubt.length === 0) return null;
  return (
    <>
      <table className={styles.table}>
        <caption>Reservations that have not ended</caption>
        <tbody>
          {state.inDoubt.map((row) => (
            <tr key={row.key}>
              <td>{accountText(row.account)}</td>
              <td>{row.name}</td>
              <td className={styles.number}>
                <Money minor={row.amountMinor} currency={row.currency} />
              </td>
              <td>{row.state === 'asked' ? 'in doubt' : row.state}</td>
              <td className={styles.number}>
                <Button
                  kind="quiet"
                  isOff={abandoning.isRunning}
                  onPress={() => void abandoning.send({ key: row.key })}
                >
                  Give up
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <FaultNotice fault={abandoning.fault} fields={[]} />
    </>
  );
}

/** Allowances held here; what is left of one goes back by the branch's own word. */
export function Allowances({ state }: { state: State }) {
  const returning = useCommand('office.returnAllowance');
  const isSupervisor = useRole('supervisor');
  const { allowances } = state;
  if (allowances.length === 0) return <Empty>No allowances are held here.</Empty>;
  return (
    <>
      <table className={styles.table}>
        <caption>Allowances: what may be paid while the line is down</caption>
        <tbody>
          {allowances.map((row) => (
            <tr key={row.id}>
              <td>{accountText(row.account)}</td>
              <td>{row.name}</td>
              <td className={styles.number}>
                <Money minor={row.leftMinor} currency={row.currency} />
              </td>
              <td>{row.state === 'open' ? `until ${formatInstant(row.expiresAt)}` : row.state}</td>
              {isSupervisor ? (
                <td className={styles.number}>
                  {row.state === 'open' ? (
                    <Button
                      kind="quiet"
                      isOff={returning.isRunning}
                      onPress={() => void returning.send({ id: row.id })}
                    >
                      Give back
                    </Button>
                  ) : null}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      <FaultNotice fault={returning.fault} fields={[]} />
    </>
  );
}

type Share = State['shares'][number];

/** What is set aside for others, which can be called back, and what was paid without cover. */
export function Shares({ state }: { state: State }) {
  const [chosen, setChosen] = useState<Share | null>(null);
  const isSupervisor = useRole('supervisor');
  return (
    <>
      {state.shares.length === 0 ? null : (
        <table className={styles.table}>
          <caption>Set aside on our accounts for other branches</caption>
          <tbody>
            {state.shares.map((row) => (
              <tr key={row.number}>
                <td>{formatAccount(row.number)}</td>
                <td>{row.name}</td>
                <td className={styles.number}>
                  <Money minor={row.amountMinor} currency={row.currency} />
                </td>
                {isSupervisor ? (
                  <td className={styles.number}>
                    <Button kind="quiet" onPress={() => setChosen(row)}>
                      Call back
                    </Button>
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {state.exposures.map((row) => (
        <Notice key={accountText(row.account)} tone="amber">
          {`Paid without cover and not delivered yet: ${accountText(row.account)}, `}
          <Money minor={row.amountMinor} currency={row.currency} />
          {row.currency === state.baseCurrency || row.baseMinor === null
            ? ''
            : ` (${formatMoney(row.baseMinor, state.baseCurrency)})`}
        </Notice>
      ))}
      {state.exposures.length > 1 && state.exposedMinor !== null ? (
        <Notice tone="amber">
          {`All of it: ${formatMoney(state.exposedMinor, state.baseCurrency)}${unratedText(state)}.`}
        </Notice>
      ) : null}
      {chosen ? <CallBack share={chosen} onClose={() => setChosen(null)} /> : null}
    </>
  );
}

function CallBack(props: { share: Share; onClose: () => void }) {
  const { share, onClose } = props;
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const recalling = useCommand('office.recall');
  const { fault } = recalling;
  const send = async (): Promise<void> => {
    const amountMinor = minorOf(amount, share.currency) ?? '0';
    if (await recalling.send({ number: share.number, amountMinor, reason })) onClose();
  };
  return (
    <Dialog title="Call back what is set aside?" isOpen onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p>
          {`${formatAccount(share.number)} ${share.name}: head office gives back what nobody has a claim to, as soon as the line is up.`}
        </p>
        <Field label="Amount" error={errorAt(fault, 'amountMinor')}>
          <MoneyInput value={amount} currency={share.currency} onChange={setAmount} />
        </Field>
        <Field label="Why" error={errorAt(fault, 'reason')}>
          <TextInput value={reason} maxLength={280} onChange={setReason} />
        </Field>
        <FaultNotice fault={fault} fields={['amountMinor', 'reason']} />
        <DialogActions>
          <Button chord="Escape" onPress={onClose}>
            Leave it
          </Button>
          <Button kind="main" chord="Enter" isOff={recalling.isRunning}>
            Call back
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const readiness = (isFetched: boolean): string => (isFetched ? 'card here' : 'card on its way');

/** What is not in the sum, because no rate is known for it. */
function unratedText({ exposures }: State): string {
  const missing = exposures.flatMap((row) => (row.baseMinor === null ? [row.currency] : []));
  return missing.length === 0 ? '' : `, without ${[...new Set(missing)].sort().join(', ')}`;
}

/** Head office's rates in force here; amber once they are older than the policy's days. */
export function Rates({ state: { rates } }: { state: State }) {
  if (!rates) return null;
  const [first] = rates.rates;
  const example = first ? `, 1 ${rates.base} being ${first.rate} ${first.currency}` : '';
  return (
    <Notice tone={rates.isOld ? 'amber' : 'calm'}>
      {`In force: ${ratesSentence(rates)}, ${counted(rates.rates.length, 'currency', 'currencies')}${example}.`}
    </Notice>
  );
}

/** Accounts of other branches that are expected here, with what their keeping branch says of them. */
export function Guests({ state }: { state: State }) {
  if (state.guests.length === 0 && state.shown.length === 0) return null;
  return (
    <table className={styles.table}>
      <caption>Expected here, and ours expected elsewhere</caption>
      <tbody>
        {state.guests.map((row) => (
          <tr key={accountText(row.account)}>
            <td>{accountText(row.account)}</td>
            <td>{row.state}</td>
            <td>{`${readiness(row.isFetched)}, made ${formatInstant(row.madeAt)}`}</td>
          </tr>
        ))}
        {state.shown.map(({ number, version }) => (
          <tr key={number}>
            <td>{formatAccount(number)}</td>
            <td>ours</td>
            <td>{version === 0 ? 'card to be made' : `card ${version} sent ahead`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
