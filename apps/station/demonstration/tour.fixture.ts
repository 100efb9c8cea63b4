// Walks the five-minute tour at two windows, step by step, and holds each figure of its page.
import assert from 'node:assert/strict';
import type { DraftInput } from '#contract/drafts.ts';
import type { Output } from '#contract/index.ts';
import { fromBase32, oneTimeCode, stepAt } from '../desk/session-factor.ts';
import type { Purse } from './acts.ts';
import { demonstrationPerson } from './people.ts';
import { floatEur, vaultStock } from './purses.ts';
import type { Ask } from './window.fixture.ts';

export interface TourParts {
  readonly ben: Ask;
  readonly sam: Ask;
  /** Lets half a minute pass, because each code counts once; returns the time. */
  nextStep(): number;
}

const [marta, jonas] = ['10000295', '10000307'];
const [alexChecking, alexSavings] = ['10000310', '10002663'];

/** Branch opened, till opened, served, approved, corrected: every step but the close. */
export async function playTour(parts: TourParts): Promise<void> {
  await openBranchAndTill(parts);
  await serveAndApprove(parts);
  await transferAndCorrect(parts);
}

function codeOf({ nextStep }: TourParts, user: string): string {
  const seed = fromBase32(demonstrationPerson(user).totpSecret ?? '');
  assert.ok(seed, `${user} has a factor`);
  return oneTimeCode(seed, stepAt(nextStep()));
}

function countsOf(purse: Purse) {
  return Object.entries(purse).map(([currency, pieces]) => ({
    ...{ currency, denominations: { ...pieces } },
  }));
}

async function tillIs({ sam }: TourParts, name: string, totalMinor: string): Promise<void> {
  const { tills } = await sam('till.list', {});
  const euros = tills
    .find((each) => each.name === name)
    ?.positions.find((each) => each.currency === 'EUR');
  assert.equal(euros?.totalMinor, totalMinor, name);
}

async function accountIs({ ben }: TourParts, number: string, expectedMinor: string): Promise<void> {
  assert.equal((await ben('account.get', { number })).balanceMinor, expectedMinor, number);
}

async function openBranchAndTill(parts: TourParts): Promise<void> {
  const { ben, sam } = parts;
  await sam('session.open', { user: 'sam', password: demonstrationPerson('sam').password });
  await sam('session.factor', { code: codeOf(parts, 'sam') });
  const { password } = demonstrationPerson('rita');
  const second = { user: 'rita', password, code: codeOf(parts, 'rita') };
  const vaultCounts = countsOf(vaultStock);
  const { differences } = await sam('day.open', { date: '2026-11-20', vaultCounts, second });
  assert.ok(differences.every((each) => each.differenceMinor === '0'));
  await ben('session.open', { user: 'ben', password: demonstrationPerson('ben').password });
  await assert.rejects(ben('session.factor', { code: '000000' }));
  await ben('session.factor', { code: codeOf(parts, 'ben') });
  const { tills } = await ben('till.list', {});
  const till = tills.find((each) => each.name === 'Till 2')?.till ?? 0;
  await ben('till.open', { till, counts: countsOf({ EUR: {} }) });
  const denominations = { ...floatEur };
  const offer = { from: 1, to: till, currency: 'EUR', denominations };
  const { movement } = await sam('movement.offer', offer);
  await ben('movement.accept', { movement, denominations });
  await tillIs(parts, 'Till 2', '1200000');
  await tillIs(parts, 'Vault', '66725500');
}

async function personOf({ ben }: TourParts, text: string) {
  const [hit] = (await ben('customer.search', { text })).hits;
  assert.ok(hit, text);
  return { kind: 'customer', customer: hit.customer } as const;
}

/** Cash for Marta Keller, with the notes the station proposes. */
async function cash(
  parts: TourParts,
  task: 'cash.deposit' | 'cash.withdrawal',
  amountMinor: string,
): Promise<Output<'posting.post'>> {
  const { ben } = parts;
  const conductor = await personOf(parts, 'Marta Keller');
  const draft = { task, account: marta, amountMinor, currency: 'EUR', conductor } as DraftInput;
  const { proposals } = await ben('posting.preview', { draft });
  const denominations = proposals[0]?.denominations ?? {};
  return ben('posting.post', { draft: { ...draft, denominations } as DraftInput });
}

async function serveAndApprove(parts: TourParts): Promise<void> {
  const { ben, sam } = parts;
  await cash(parts, 'cash.deposit', '125000');
  await accountIs(parts, marta, '339035');
  await tillIs(parts, 'Till 2', '1325000');
  const conductor = await personOf(parts, 'Jonas Weber');
  const money = { amountMinor: '980000', currency: 'EUR' };
  const draft = { task: 'cash.withdrawal', account: jonas, ...money, conductor } as const;
  const asked = await ben('posting.post', { draft });
  assert.ok(asked.state === 'parked');
  const { approval } = asked;
  const { contentDigest, reasons } = await sam('approval.get', { approval });
  const reason = 'structuring-like: 29,300.00 EUR in 4 days (3 withdrawals of Jonas Weber';
  assert.ok(reasons.some(({ message }) => message.startsWith(reason)));
  const decision = { approval, decision: 'approve', contentDigest } as const;
  await sam('approval.decide', {
    ...decision,
    code: codeOf(parts, 'sam'),
    comment: 'Known to us.',
  });
  const denominations = { 10000: 62, 5000: 72 };
  const { journal } = await ben('approval.resume', { approval, denominations });
  assert.notEqual(journal, null);
  await tillIs(parts, 'Till 2', '345000');
}

async function transferAndCorrect(parts: TourParts): Promise<void> {
  const { ben } = parts;
  const draft = {
    ...{ task: 'transfer', from: alexChecking, to: alexSavings, amountMinor: '10000' },
    ...{ currency: 'USD', narrative: 'Monthly savings' },
  } as DraftInput;
  await ben('posting.post', { draft });
  await accountIs(parts, alexChecking, '90000');
  await accountIs(parts, alexSavings, '510000');
  await cash(parts, 'cash.deposit', '30000');
  await cash(parts, 'cash.withdrawal', '12000');
  await tillIs(parts, 'Till 2', '363000');
  const wrong = await cash(parts, 'cash.deposit', '200000');
  assert.ok(wrong.state === 'posted');
  const back = { task: 'journal.reversal', journal: wrong.journal, reason: 'Mistyped' } as const;
  await ben('posting.post', { draft: back });
  await cash(parts, 'cash.deposit', '20000');
  await assert.rejects(ben('posting.post', { draft: back }), /already reversed/);
  await tillIs(parts, 'Till 2', '383000');
}
