// Handles the first start, which names the branch and its first administrator, and the demonstration's card.
import type { Checked, Output } from '#contract/index.ts';
import { currencyProblem } from '../bank/currency.ts';
import { Refusal, refuseUnless } from '../bank/refusal.ts';
import { isTimeZone } from '../bank/time-zone.ts';
import type { BranchData, StaffData } from '../ledger/projections/staff.ts';
import { factorSecret, passwordSecret } from '../ledger/projections/staff-secrets.ts';
import type { Asker, FollowingEvent } from './desk.ts';
import type { SessionDesk } from './session-desk.ts';
import { fromBase32, oneTimeCode, stepAt } from './session-factor.ts';
import { checkNewPassword } from './staff-password.ts';

/** Somebody on the demonstration's card. */
export interface CardPerson {
  readonly user: string;
  readonly password: string;
  /** Base32 seed, or null without a second factor. */
  readonly totpSecret: string | null;
}

export interface EstablishParts {
  /** What a new branch needs beside its people: the bank's own accounts, the vault. */
  readonly foundation: (branch: BranchData) => readonly FollowingEvent[];
  /** Who stands on the demonstration's card; null in a real branch. */
  readonly card: readonly CardPerson[] | null;
}

export function establishHandlers(desk: SessionDesk, parts: EstablishParts) {
  const { staff, log, secrets, credentials, clock } = desk;
  return {
    async 'branch.establish'(input: Checked<'branch.establish'>, { window }: Asker) {
      refuseEstablished(staff.any());
      checkCurrencies(input, new Date(clock.now()).toISOString().slice(0, 10));
      refuseUnless(
        isTimeZone(input.timeZone),
        'time-zone-unknown',
        `${input.timeZone} is no time zone of the tz database: write one such as Europe/Berlin.`,
        'timeZone',
      );
      const { user, name, password } = input.administrator;
      checkNewPassword(
        password,
        { user, name, bank: input.bank, factor: false },
        'administrator.password',
      );
      const hash = Buffer.from(await credentials.hash(password));
      const branch = branchOf(input);
      const first: StaffData = {
        ...{ staff: 1, user, name, roles: ['administrator'], customer: null, mustChange: false },
      };
      await log.submit(() => {
        refuseEstablished(staff.any());
        const append = ({ type, data }: FollowingEvent) =>
          log.append({ type, actor: 'system', key: '', digest: '', data });
        append({ type: 'branch.established', data: { ...branch } });
        secrets.set(passwordSecret(first.staff), hash);
        append({ type: 'staff.added', data: { ...first } });
        for (const event of parts.foundation(branch)) append(event);
        append({
          type: 'session.opened',
          data: { staff: first.staff, step: 0, who: user, window },
        });
      });
      const administrator = staff.byId(first.staff);
      if (administrator) desk.admit(window, administrator);
      desk.announcer.changed(['session', 'staff', 'account', 'till', 'day', 'log']);
      return desk.state(window);
    },
    'demonstration.card'(): Output<'demonstration.card'> {
      const { card } = parts;
      refuseUnless(
        desk.demonstration && card !== null,
        'not-a-demonstration',
        'This is a real branch; it shows nobody’s password.',
      );
      return { people: card.flatMap((each) => cardLine(desk, each)) };
    },
  };
}

/** What the card may show of one person: nothing that they have chosen themselves. */
function cardLine(
  { staff, secrets, clock }: SessionDesk,
  { user, password, totpSecret }: CardPerson,
): Output<'demonstration.card'>['people'] {
  const row = staff.byUser(user);
  if (!row || row.disabled) return [];
  const seed = totpSecret === null ? null : fromBase32(totpSecret);
  const stored = row.hasFactor ? secrets.get(factorSecret(row.id)) : null;
  const isCards = seed !== null && stored !== null && Buffer.compare(seed, stored) === 0;
  return [
    {
      user,
      name: row.name,
      roles: [...row.roles],
      password: row.hasFirstPassword ? password : '(changed)',
      code: isCards ? oneTimeCode(seed, stepAt(clock.now())) : null,
    },
  ];
}

function refuseEstablished(isEstablished: boolean): void {
  refuseUnless(
    !isEstablished,
    'established-already',
    'This branch has staff already; sign in, and let an administrator add people.',
  );
}

function branchOf(input: Checked<'branch.establish'>): BranchData {
  const { bank, branchCode: code, branchName: name, country, timeZone, baseCurrency } = input;
  return { bank, code, name, country, timeZone, baseCurrency, currencies: [...input.currencies] };
}

function checkCurrencies(input: Checked<'branch.establish'>, today: string): void {
  input.currencies.forEach((code, index) => {
    const problem = currencyProblem(code, today, `currencies.${index}`);
    if (problem) throw new Refusal(problem.reason, problem.message, problem.field ?? undefined);
    refuseUnless(
      input.currencies.indexOf(code) === index,
      'currency-twice',
      `${code} is named twice.`,
      `currencies.${index}`,
    );
  });
  refuseUnless(
    input.currencies.includes(input.baseCurrency),
    'base-currency-missing',
    `The base currency ${input.baseCurrency} is not among the branch's currencies.`,
    'baseCurrency',
  );
}
