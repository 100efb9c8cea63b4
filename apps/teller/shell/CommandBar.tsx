// The line that is always there: it says what it understood while it is typed, and Enter opens it.

import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { type CommandLine, parseCommandLine } from '#contract/command-line.ts';
import { formatMoney } from '#contract/money.ts';
import { classes } from '../parts/classes.ts';
import { Icon } from '../parts/Icon.tsx';
import { Key } from '../parts/Key.tsx';
import { minorOf } from '../parts/MoneyInput.tsx';
import { isSearchable } from '../parts/searchable.ts';
import { tell } from '../parts/Toast.tsx';
import { counted, formatAccount } from '../parts/words.ts';
import { useComing } from '../state/coming.ts';
import { useLast } from '../state/last.ts';
import { useScreens } from '../state/screens.ts';
import { useStation } from '../state/station.tsx';
import { useCommand } from '../state/useCommand.ts';
import { useOwnTill } from '../state/useOwnTill.ts';
import { useQuery } from '../state/useQuery.ts';
import { useMoveSession, useRole } from '../state/useSession.ts';
import styles from './CommandBar.module.css';
import { setCommandBar } from './commandBarFocus.ts';
import { focusJournalTail } from './JournalTail.tsx';
import { fromKeypad } from './keypad.ts';
import { openLine, type ShellAction } from './openLine.ts';

/** What the empty line says it takes: money from those who move it, words and names from everybody else. */
const deskHint =
  'd, w account amount   t from to amount   p account iban amount   a number   or a name';
const otherHint = 'a word such as policy, the number of an account, or a name; ? for the keys';

/** Lines kept for the arrow up. */
const historyMax = 50;

export function CommandBar(props: { onHelp: (view: 'help' | 'keys') => void }) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const history = useHistory();
  const open = useScreens((screens) => screens.open);
  const forget = useLast((last) => last.clear);
  const act = useActions(props.onHelp);
  const isDesk = useRole('teller', 'supervisor');
  // The key stands in the line first; what it means follows in the next breath.
  const shown = useDeferredValue(text);
  const meaning = useMemo(
    () => <Meaning line={parseCommandLine(fromKeypad(shown))} isEmpty={shown === ''} />,
    [shown],
  );
  const expectScreen = useComing((coming) => coming.expect);
  useEffect(() => {
    const opening = openLine(parseCommandLine(fromKeypad(shown)));
    expectScreen(opening.kind === 'screen' ? opening.screen : null);
  }, [shown, expectScreen]);

  const enter = (): void => {
    if (text.trim() === '') return;
    const line = parseCommandLine(fromKeypad(text));
    const opening = openLine(line);
    if (opening.kind === 'nothing') {
      setProblem(line.errors[0]?.message ?? expectation(line));
      return;
    }
    history.add(text);
    setText('');
    forget();
    if (opening.kind === 'screen') open(opening.screen);
    else act(opening.action);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'ArrowUp') setText((now) => history.before(now));
    else if (event.key === 'ArrowDown' && text === '') focusJournalTail();
    else if (event.key === 'ArrowDown') setText((now) => history.after(now));
    else if (event.key === 'Enter') enter();
    else if (event.key === 'Tab' && !event.shiftKey) {
      const { completions } = parseCommandLine(fromKeypad(text));
      const [only] = completions;
      if (completions.length !== 1 || !only || only.line === text) return;
      setText(only.line);
    } else if (event.key === '?' && text === '') props.onHelp('keys');
    else if (event.key === 'Escape' && text !== '') setText('');
    else return;
    event.preventDefault();
  };
  return (
    <search className={styles.bar}>
      <Icon name="next" />
      <input
        ref={setCommandBar}
        className={styles.input}
        aria-label="Command"
        aria-describedby="command-meaning"
        placeholder={isDesk ? deskHint : otherHint}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setProblem(null);
          setText(event.target.value);
        }}
        onKeyDown={press}
      />
      <div id="command-meaning" className={styles.meaning} aria-live="polite">
        {problem ? <span className={styles.problem}>{problem}</span> : meaning}
      </div>
    </search>
  );
}

const expected: Readonly<Record<string, string>> = {
  account: 'account',
  from: 'account to take from',
  to: 'account to give to',
  amountText: 'amount',
  journal: 'number of the journal',
  approval: 'number of the request',
  query: 'name',
};

function expectation(line: CommandLine): string {
  return line.expects ? `Type the ${expected[line.expects] ?? line.expects}.` : 'Type more.';
}

/** What the line means so far: the task, whose account it is, how much; else what was done last. */
function Meaning(props: { line: CommandLine; isEmpty: boolean }) {
  const { line } = props;
  const account = line.fields.account ?? line.fields.from;
  const isWhole = account !== undefined && account.length >= 8 && line.kind === 'task';
  const { data } = useQuery('account.get', isWhole ? { number: account } : null);
  const target = line.task === 'transfer' ? (line.fields.to ?? '') : '';
  const { data: to } = useQuery('account.get', target.length >= 8 ? { number: target } : null);
  if (props.isEmpty) return <LastDone />;
  const [error] = line.errors;
  if (error) return <span className={styles.problem}>{error.message}</span>;
  if (line.kind === 'search') return <SearchCount text={line.fields.query ?? ''} />;
  const name = data ? `, ${data.name}` : '';
  const currency = line.fields.currency ?? data?.currency;
  const minor = currency ? minorOf(line.fields.amountText ?? '', currency) : undefined;
  const amount = minor && currency ? `, ${formatMoney(minor, currency)}` : '';
  return (
    <span>
      {`${line.label}${account ? ` ${formatAccount(account)}` : ''}${name}`}
      {target === '' ? '' : ` to ${formatAccount(target)}${to ? `, ${to.name}` : ''}`}
      {amount}
      {line.fields.narrative ? `, “${line.fields.narrative}”` : ''}
      {line.expects ? (
        <span className={styles.dim}>{`: ${expected[line.expects]} …`}</span>
      ) : (
        <Key chord="Enter" />
      )}
    </span>
  );
}

function SearchCount(props: { text: string }) {
  const { data } = useQuery(
    'customer.search',
    isSearchable(props.text) ? { text: props.text, count: 8 } : null,
    { keep: true },
  );
  const hits = data?.hits ?? [];
  const names = hits.slice(0, 2).map((hit) => hit.name);
  return (
    <span>
      {hits.length === 0
        ? 'looks for a customer'
        : `${counted(hits.length, 'customer')}: ${names.join(', ')}`}
      <Key chord="Enter" />
    </span>
  );
}

function LastDone() {
  const done = useLast((last) => last.done);
  if (!done) return null;
  const number = done.state === 'posted' ? `, no. ${done.journal}` : '';
  const word = { posted: 'Posted', parked: 'Waits for a supervisor', done: '' }[done.state];
  return (
    <span className={classes(styles.done, done.state === 'parked' && styles.parked)} role="status">
      <Icon name={done.state === 'parked' ? 'clock' : 'tick'} />
      <span className={styles.title}>{`${word}${word ? ': ' : ''}${done.title}`}</span>
      {number}
    </span>
  );
}

interface History {
  add(line: string): void;
  before(now: string): string;
  after(now: string): string;
}

/** The lines entered, walked through with the arrows; it lives as long as the frame. */
function useHistory(): History {
  const lines = useRef<string[]>([]);
  const at = useRef(0);
  return {
    add(line) {
      lines.current = [...lines.current.filter((each) => each !== line), line].slice(-historyMax);
      at.current = lines.current.length;
    },
    before(now) {
      at.current = Math.max(0, at.current - 1);
      return lines.current[at.current] ?? now;
    },
    after() {
      at.current = Math.min(lines.current.length, at.current + 1);
      return lines.current[at.current] ?? '';
    },
  };
}

/** What the shell does itself: help, keys, lock, pause. */
function useActions(onHelp: (view: 'help' | 'keys') => void): (action: ShellAction) => void {
  const { link } = useStation();
  const move = useMoveSession();
  const till = useOwnTill();
  const pausing = useCommand('till.pause');
  const resuming = useCommand('till.resume');
  const isDesk = useRole('teller', 'supervisor');
  const { fault: pauseFault } = pausing;
  const { fault: resumeFault } = resuming;
  const fault = pauseFault ?? resumeFault;
  useEffect(() => {
    if (fault) tell(fault.message);
  }, [fault]);
  return (action) => {
    if (action === 'help' || action === 'keys') return onHelp(action);
    if (action === 'lock') return void link.ask('session.lock', {}).then(move, () => undefined);
    if (!till || !isDesk) return tell('You have no till open: there is nothing to pause.');
    const sending = till.state === 'paused' ? resuming : pausing;
    void sending.send({ till: till.till });
  };
}
