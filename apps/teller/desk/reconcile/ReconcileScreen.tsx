// Reconciling: left what another bank says of our account with it, right what only our books say.
import { type ReactNode, useRef, useState } from 'react';
import type { Output } from '#contract/index.ts';
import { Button } from '../../parts/Button.tsx';
import { Money } from '../../parts/Money.tsx';
import { Empty, FaultNotice, Notice, Waiting } from '../../parts/Notice.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import { tell } from '../../parts/Toast.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { counted, formatDate } from '../../parts/words.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Halves, Panel, useOpening, WaitingHalves } from '../Screen.tsx';
import { NostroChoice } from './NostroChoice.tsx';
import styles from './reconcile.module.css';

type List = Output<'reconcile.list'>;
type Their = List['theirs'][number];
type Own = List['ours'][number];

const keyOf = ({ key }: Their): string => `${key.seq}-${key.statement}-${key.position}`;
const ownKeyOf = ({ leg }: Own): string => String(leg);

function theirColumns(currency: string): readonly Column<Their>[] {
  return [
    { id: 'date', title: 'Value', track: '128px', draw: (line) => formatDate(line.valueDate) },
    {
      id: 'amount',
      title: 'They say',
      track: '116px',
      isNumber: true,
      draw: (line) => <Money minor={line.amountMinor} currency={currency} isSigned />,
    },
    {
      id: 'text',
      title: 'Text',
      track: 'minmax(0, 1fr)',
      draw: (line) => [line.references[0], line.text].filter(Boolean).join('  '),
    },
    {
      id: 'proposal',
      title: 'May be ours',
      track: '176px',
      draw: (line) => line.proposal?.reason ?? '',
    },
  ];
}

function ownColumns(currency: string): readonly Column<Own>[] {
  return [
    { id: 'date', title: 'Value', track: '128px', draw: (line) => formatDate(line.valueDate) },
    {
      id: 'amount',
      title: 'We say',
      track: '116px',
      isNumber: true,
      draw: (line) => <Money minor={line.amountMinor} currency={currency} isSigned />,
    },
    {
      id: 'text',
      title: 'Journal',
      track: 'minmax(0, 1fr)',
      draw: (line) => `${line.journal}  ${line.text}`,
    },
  ];
}

export function ReconcileScreen() {
  const [account, setAccount] = useState<string | null>(null);
  const accounts = useQuery('reconcile.accounts', {}, { keep: true });
  const first = accounts.data?.accounts[0]?.number ?? null;
  const number = account ?? first;
  const reading = useQuery('reconcile.list', number ? { account: number } : null, { keep: true });
  const { data } = reading;
  if (accounts.data && first === null) {
    return (
      <WaitingHalves left="What they say" right="What only our books say">
        <Empty>The bank keeps no account with another bank yet.</Empty>
      </WaitingHalves>
    );
  }
  if (!accounts.data || number === null || !data) {
    return <Waiting for={reading} what="the accounts with other banks" />;
  }
  const choice = (
    <NostroChoice accounts={accounts.data.accounts} number={number} onChoose={setAccount} />
  );
  return <Sides key={number} list={data} choice={choice} />;
}

function Sides(props: { list: List; choice: ReactNode }) {
  const { list, choice } = props;
  const [their, setTheir] = useState<string | null>(null);
  const [own, setOwn] = useState<string | null>(null);
  const matching = useCommand('reconcile.match');
  const isSupervisor = useRole('supervisor');
  const theirs = useRef<HTMLDivElement>(null);
  useOpening(() => theirs.current?.focus(), list.theirs.length > 0);
  const chosen = list.theirs.find((line) => keyOf(line) === their);
  const proposed = chosen?.proposal ? String(chosen.proposal.leg) : null;
  const partner = own ?? proposed;

  const match = async (line: Their | undefined, leg: string | null): Promise<void> => {
    if (!isSupervisor) return tell('A supervisor matches lines.');
    if (!line || leg === null) return tell('Choose an entry on the left and a line on the right.');
    const input = { account: list.number, line: line.key, leg: Number(leg) };
    if (!(await matching.send(input))) return;
    setTheir(null);
    setOwn(null);
  };
  useHotkeys('Reconcile', [
    { chord: 'Alt+M', what: 'match the two chosen lines', run: () => void match(chosen, partner) },
  ]);
  return (
    <Halves
      left={
        <Panel title="What they say" isFull>
          <div className={styles.list}>
            {choice}
            <Standing list={list} />
            {list.theirs.length === 0 ? (
              <div className={styles.inset}>
                <Empty>
                  {list.statement === null
                    ? 'Alt+I takes a statement in, by file or pasted.'
                    : 'Every entry of their statements is a line of ours.'}
                </Empty>
              </div>
            ) : (
              <Table
                ref={theirs}
                label="Entries of their statements that are none of our lines yet"
                columns={theirColumns(list.currency)}
                rows={list.theirs}
                rowKey={keyOf}
                chosen={their}
                onChoose={(line) => setTheir(keyOf(line))}
                onOpen={(line) =>
                  void match(line, own ?? (line.proposal ? String(line.proposal.leg) : null))
                }
              />
            )}
            <FaultNotice fault={matching.fault} />
          </div>
        </Panel>
      }
      right={
        <Panel
          title="What only our books say"
          isFull
          aside={
            <Button kind="quiet" chord="Alt+M" onPress={() => void match(chosen, partner)}>
              Match
            </Button>
          }
        >
          {list.ours.length === 0 ? (
            <div className={styles.inset}>
              <Empty>
                {list.statement === null
                  ? 'Nothing to compare yet.'
                  : 'Their statements show every line of ours.'}
              </Empty>
            </div>
          ) : (
            <Table
              label="Our lines that no statement has shown"
              columns={ownColumns(list.currency)}
              rows={list.ours}
              rowKey={ownKeyOf}
              chosen={partner}
              onChoose={(line) => setOwn(ownKeyOf(line))}
            />
          )}
        </Panel>
      }
    />
  );
}

/** Where the two sides stand: by their statement, by our books, and whether the lines explain the difference. */
function Standing({ list }: { list: List }) {
  const { statement, currency, ownMinor, unexplainedMinor, theirs, ours } = list;
  if (!statement) {
    return (
      <div className={styles.standing}>
        <Notice tone="calm">
          {'No statement taken in yet. Our books say '}
          <Money minor={ownMinor} currency={currency} isSigned />
        </Notice>
      </div>
    );
  }
  const isExplained = unexplainedMinor === '0';
  return (
    <div className={styles.standing}>
      <span>
        {`${statement.identification}, ${formatDate(statement.closingOn)}: they say `}
        <Money minor={statement.closingMinor} currency={currency} isSigned />
        {', we say '}
        <Money minor={ownMinor} currency={currency} isSigned />
      </span>
      <Notice tone={isExplained ? 'green' : 'red'}>
        {isExplained
          ? `${counted(theirs.length + ours.length, 'open line')}; they explain the difference.`
          : 'Unexplained by any line: '}
        {isExplained || unexplainedMinor === null ? null : (
          <Money minor={unexplainedMinor} currency={currency} isSigned />
        )}
      </Notice>
    </div>
  );
}
