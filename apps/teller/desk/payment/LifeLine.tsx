// One payment from order to end: what went out, what was answered, what each code means, and what is next.
import { useState } from 'react';
import type { PaymentCard } from '#contract/payments.ts';
import { StateBadge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { Money } from '../../parts/Money.tsx';
import { FaultNotice, Notice, Waiting } from '../../parts/Notice.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatAccount, formatDate, formatTime } from '../../parts/words.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Panel } from '../Screen.tsx';
import { ActionDialog, type DialogAction } from './ActionDialog.tsx';
import { groupedIban } from './form.ts';
import { MessagePanel, type MessageView, viewAfter } from './MessagePanel.tsx';
import styles from './payment.module.css';

type Action = PaymentCard['actions'][number];

const actions: Readonly<Record<Action, readonly [label: string, chord: string]>> = {
  recall: ['Ask for it back', 'Alt+K'],
  enquire: ['Ask what became of it', 'Alt+Q'],
  replay: ['Send again', 'Alt+G'],
  apply: ['Credit', 'Alt+C'],
  'send-back': ['Send back', 'Alt+B'],
  'pay-back': ['Pay back', 'Alt+P'],
  answer: ['Refuse', 'Alt+R'],
};

export function LifeLine(props: { payment: number }) {
  const reading = useQuery('payment.get', { payment: props.payment }, { keep: true });
  const [doing, setDoing] = useState<DialogAction | null>(null);
  const [view, setView] = useState<MessageView>('words');
  const enquiring = useCommand('payment.enquire');
  const card = reading.data;
  const act = (action: Action): void => {
    if (action === 'enquire') void enquiring.send({ payment: props.payment });
    else setDoing(action);
  };
  useHotkeys('Payment', [
    { chord: 'Alt+M', what: 'the message in another form', run: () => setView(viewAfter(view)) },
    ...(card?.actions ?? []).map((action) => ({
      chord: actions[action][1],
      what: actions[action][0].toLowerCase(),
      run: () => act(action),
    })),
  ]);
  if (!card) {
    return (
      <Panel title="Life line">
        <Waiting for={reading} what="the payment" />
      </Panel>
    );
  }
  return (
    <Panel title="Life line" aside={<StateBadge state={card.state} />}>
      <div className={styles.card}>
        {view === 'words' ? (
          <>
            <Head card={card} />
            <Notice tone={needsPerson(card) ? 'amber' : 'calm'}>{card.next}</Notice>
            <FaultNotice fault={enquiring.fault} />
            <div className={styles.actions}>
              {card.actions.map((action) => (
                <Button key={action} chord={actions[action][1]} onPress={() => act(action)}>
                  {actions[action][0]}
                </Button>
              ))}
            </div>
            <Life life={card.life} />
          </>
        ) : null}
        <MessagePanel shown={card} view={view} onView={setView} />
      </div>
      {doing ? <ActionDialog card={card} action={doing} onClose={() => setDoing(null)} /> : null}
    </Panel>
  );
}

function needsPerson({ state, recall, direction }: PaymentCard): boolean {
  return state === 'failed' || state === 'unapplied' || (direction === 'in' && recall === 'asked');
}

function Head(props: { card: PaymentCard }) {
  const { card } = props;
  const isOut = card.direction === 'out';
  return (
    <dl className={styles.facts}>
      <dt>Amount</dt>
      <dd>
        <strong>
          <Money minor={card.amountMinor} currency={card.currency} />
        </strong>
        {`, value ${formatDate(card.settlementDate)}`}
      </dd>
      <dt>{isOut ? 'Payee' : 'Payer'}</dt>
      <dd>{`${card.name}, ${groupedIban(card.iban)}`}</dd>
      <dt>Account</dt>
      <dd>{card.account === '' ? 'none' : formatAccount(card.account)}</dd>
      {card.text === '' ? null : (
        <>
          <dt>Text</dt>
          <dd>{card.text}</dd>
        </>
      )}
      <dt>UETR</dt>
      <dd>{card.uetr || 'none'}</dd>
    </dl>
  );
}

function Life(props: { life: PaymentCard['life'] }) {
  return (
    <section className={styles.block} aria-label="What happened">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by keyboard */}
      <ol className={styles.life} tabIndex={0}>
        {props.life.map((event, index) => (
          <li key={`${event.seq}-${index}`}>
            <span
              className={styles.dim}
            >{`${formatDate(event.at.slice(0, 10))} ${formatTime(event.at)}`}</span>
            <span>{event.message || 'branch'}</span>
            <span>
              {event.what}
              {event.status === '' ? null : (
                <span className={styles.dim}>{` ${event.status}: ${event.statusMeaning}.`}</span>
              )}
              {event.reason === '' ? null : (
                <span className={styles.dim}>{` ${event.reason}: ${event.reasonMeaning}.`}</span>
              )}
              {event.journal === null ? null : (
                <span className={styles.dim}>{` Entry ${event.journal}.`}</span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
