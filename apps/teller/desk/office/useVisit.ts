// The state of serving another branch's account: what is typed, what covers it, what Enter does next.
import { useEffect, useState } from 'react';
import { formatMoney } from '#contract/money.ts';
import { minorOf } from '../../parts/MoneyInput.tsx';
import { readPieces, type TypedPieces } from '../../parts/pieces.ts';
import { focusCommandBar } from '../../shell/commandBarFocus.ts';
import { useLast } from '../../state/last.ts';
import { useScreens } from '../../state/screens.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useTouched } from '../Screen.tsx';

export interface TypedVisit {
  readonly side: 'debit' | 'credit';
  readonly branch: string;
  readonly number: string;
  readonly amount: string;
  readonly name: string;
  readonly document: string;
  readonly user: string;
  readonly password: string;
  readonly code: string;
}

const nothing: TypedVisit = {
  ...{ side: 'debit', branch: '', number: '', amount: '', name: '', document: '' },
  ...{ user: '', password: '', code: '' },
};

function secondOf({ user, password, code }: TypedVisit) {
  if (user === '') return {};
  return { second: { user, password, ...(code === '' ? {} : { code }) } };
}

/** What is known of the account that was typed; asked once branch and number are whole. */
function useFound({ branch, number }: TypedVisit) {
  const isWhole = branch !== '' && number.replaceAll(' ', '').length >= 8;
  return useQuery('office.find', isWhole ? { branch, number } : null);
}

export function useVisit() {
  const [typed, setTyped] = useState(nothing);
  const [pieces, setPieces] = useState<TypedPieces>({});
  const [key, setKey] = useState<string | null>(null);
  const found = useFound(typed);
  const line = useQuery('office.line', {});
  const reservation = useQuery('office.reservation', key === null ? null : { key }).data;
  const reserving = useCommand('office.reserve');
  const visiting = useCommand('office.visit');
  const abandoning = useCommand('office.abandon');
  const leave = useLeaving();
  const currency = found.data?.currency ?? 'EUR';
  const amountMinor = minorOf(typed.amount, currency) ?? null;
  const isOnline = line.data?.state === 'online' || line.data?.state === 'behind';
  const asksFirst = typed.side === 'debit' && isOnline && key === null;
  useTouched(typed !== nothing || Object.values(pieces).some((text) => text !== ''));

  const submit = async (): Promise<void> => {
    if (!found.data || amountMinor === null) return;
    const account = { branch: typed.branch, number: typed.number };
    const wish = { account, name: found.data.name, amountMinor, currency };
    if (asksFirst) {
      const answer = await reserving.send(wish);
      if (answer) setKey(answer.key);
      return;
    }
    const conductor = { kind: 'other' as const, name: typed.name, document: typed.document };
    const denominations = { ...readPieces(pieces).received };
    const kept = reservation?.state === 'reserved' && key !== null ? { reservation: key } : {};
    const rest = { side: typed.side, denominations, conductor, ...kept, ...secondOf(typed) };
    const done = await visiting.send({ ...wish, ...rest });
    if (done) leave(typed, formatMoney(amountMinor, currency), done.journal);
  };
  const giveUp = async (): Promise<void> => {
    if (key !== null && (await abandoning.send({ key }))) setKey(null);
  };
  // What was declined is not asked for again by the same key.
  useEffect(() => {
    if (reservation?.state === 'declined') setKey(null);
  }, [reservation?.state]);
  return {
    ...{
      typed,
      pieces,
      setPieces,
      key,
      found,
      line,
      reservation,
      currency,
      amountMinor,
      asksFirst,
    },
    ...{ submit, giveUp, isRunning: visiting.isRunning || reserving.isRunning },
    fault: visiting.fault ?? reserving.fault,
    set: (change: Partial<TypedVisit>) => setTyped({ ...typed, ...change }),
  };
}

export type Visit = ReturnType<typeof useVisit>;

/** Back to where the teller was, with what was done under the eyes. */
function useLeaving() {
  const say = useLast((last) => last.say);
  const back = useScreens((screens) => screens.back);
  return (typed: TypedVisit, money: string, journal: number): void => {
    const verb = typed.side === 'debit' ? 'Paid' : 'Taken';
    say({ state: 'posted', title: `${verb} ${money} for branch ${typed.branch}`, journal });
    back();
    focusCommandBar();
  };
}
