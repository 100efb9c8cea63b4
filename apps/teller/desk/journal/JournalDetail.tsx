// One entry whole: its legs, cash, who and when, what it is linked to, and the proof; with what can be done about it.
import { useState } from 'react';
import type { JournalView } from '#contract/journals.ts';
import { StateBadge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { Money } from '../../parts/Money.tsx';
import { Notice, Waiting } from '../../parts/Notice.tsx';
import { describePieces } from '../../parts/pieces.ts';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatAccount, formatDate, formatInstant } from '../../parts/words.ts';
import { useScreens } from '../../state/screens.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Panel } from '../Screen.tsx';
import styles from './journal.module.css';
import { faceText, Receipt } from './Receipt.tsx';
import { ReverseDialog } from './ReverseDialog.tsx';

export function JournalDetail(props: { journal: number; action: 'reverse' | null }) {
  const { journal } = props;
  const [showing, setShowing] = useState<'reverse' | 'receipt' | null>(props.action);
  const reading = useQuery('journal.get', { journal });
  const open = useScreens((screens) => screens.open);
  const isDesk = useRole('teller', 'supervisor');
  const view = reading.data;
  const isOpen = view?.state === 'posted' || view?.state === 'correction';
  const correct = (): void =>
    open({ name: 'counter', task: 'cash.deposit', preset: { corrects: journal } });
  useHotkeys('Entry', [{ chord: 'P', what: 'receipt', run: () => setShowing('receipt') }]);
  useHotkeys(
    'Correct',
    [
      { chord: 'V', what: 'reverse', run: () => setShowing('reverse') },
      { chord: 'C', what: 'correct in one step', run: correct },
    ],
    { isOff: !isDesk || !isOpen },
  );
  const close = (): void => setShowing(null);
  return (
    <Panel title={`Entry ${journal}`} aside={view ? <StateBadge state={view.state} /> : null}>
      <Waiting for={reading} what="the entry" />
      {view ? <Entry view={view} /> : null}
      {view ? (
        <div className={styles.actions}>
          <Button chord="P" onPress={() => setShowing('receipt')}>
            Receipt
          </Button>
          {isDesk && isOpen ? (
            <>
              <Button chord="C" onPress={correct}>
                Correct
              </Button>
              <Button chord="V" onPress={() => setShowing('reverse')}>
                Reverse
              </Button>
            </>
          ) : null}
        </div>
      ) : null}
      {view && showing === 'reverse' && isDesk && !isOpen ? <CannotReverse view={view} /> : null}
      {view && showing === 'reverse' && isDesk && isOpen ? (
        <ReverseDialog journal={view} onClose={close} />
      ) : null}
      {showing === 'receipt' ? (
        <Dialog title={`Receipt of entry ${journal}`} isOpen onClose={close}>
          <Receipt journal={journal} />
        </Dialog>
      ) : null}
    </Panel>
  );
}

/** Asked for by a line: said at once, before anybody has typed why. */
function CannotReverse({ view }: { view: JournalView }) {
  const by = view.reversedBy ?? view.correctedBy;
  return (
    <Notice tone="red" isLoud>
      {by === null
        ? `Entry ${view.journal} takes another one back: it cannot be reversed itself.`
        : `Entry ${view.journal} was already reversed, by no. ${by}.`}
    </Notice>
  );
}

function Entry(props: { view: JournalView }) {
  const { view } = props;
  return (
    <div className={styles.entry}>
      <p className={styles.head}>
        <Money minor={view.amountMinor} currency={view.currency} size="large" />
        <strong>{view.what}</strong>
      </p>
      <dl className={styles.facts}>
        <Fact label="account" text={`${formatAccount(view.account)} ${view.name}`} />
        <Fact
          label="booked"
          text={`${formatInstant(view.at)}, ${view.by}, ${view.till ?? 'no till'}`}
        />
        <Fact label="business date" text={formatDate(view.date)} />
        <Fact label="value date" text={formatDate(view.valueDate)} />
        <Fact label="at the desk" text={view.conductor} />
        <Fact label="text" text={view.narrative} />
        <Fact label="reverses" text={numberText(view.reversalOf)} />
        <Fact label="reversed by" text={numberText(view.reversedBy)} />
        <Fact label="corrected by" text={numberText(view.correctedBy)} />
        <Fact
          label="approved"
          text={
            view.approval
              ? `${view.approval.by}, ${formatInstant(view.approval.at)} ${view.approval.comment}`
              : null
          }
        />
      </dl>
      <section className={styles.block}>
        <h3>Legs</h3>
        {view.legs.map((leg, index) => (
          <p key={`${leg.debit}${leg.credit}${index}`} className={styles.leg}>
            <span title={leg.debit}>{`debit ${leg.debitName}`}</span>
            <span title={leg.credit}>{`credit ${leg.creditName}`}</span>
            <span className={styles.dim}>{leg.label}</span>
            <Money minor={leg.amountMinor} currency={leg.currency} />
          </p>
        ))}
      </section>
      {view.cash.map((cash) => (
        <p key={`${cash.till}${cash.currency}`} className={styles.dim}>
          {`${cash.till}: ${describePieces(cash.pieces, (face) => faceText(face, cash.currency))}`}
        </p>
      ))}
      <p className={styles.hash} title="Hash of this entry in the chain of the log">
        {view.hash}
      </p>
    </div>
  );
}

function numberText(journal: number | null): string | null {
  return journal === null ? null : `no. ${journal}`;
}

function Fact(props: { label: string; text: string | null }) {
  if (!props.text) return null;
  return (
    <>
      <dt>{props.label}</dt>
      <dd>{props.text}</dd>
    </>
  );
}
