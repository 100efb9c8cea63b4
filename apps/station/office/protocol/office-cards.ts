// Decides which branch is sent the card of an account, and until when: those it visits, and nobody else.
import { type DeviceState, handDown, type OfficeState } from './office-state.ts';
import { accountKey, type CardPart, type CardVersion, type OfficeAccount } from './values.ts';

/**
 * The account is expected at the branch: it is sent the card, and whatever follows it. The first such
 * branch makes head office ask the keeping branch for it.
 */
export function expectVisit(state: OfficeState, account: OfficeAccount, branch: string): void {
  const home = state.devices.get(account.branch);
  const visited = state.devices.get(branch);
  if (!home || !visited || branch === account.branch) return;
  const key = accountKey(account);
  const visitors = state.visitors.get(key) ?? new Set();
  if (visitors.has(branch)) return;
  const isFirst = visitors.size === 0;
  state.visitors.set(key, visitors.add(branch));
  const card = state.cards.get(key);
  if (card) handDown(visited, { kind: 'card', ...card });
  else if (isFirst) handDown(home, { kind: 'card-wanted', account });
}

/** The keeping branch's word goes on to every branch the account visits. An older word changes nothing. */
export function takeCard(state: OfficeState, device: DeviceState, part: CardPart): void {
  const { kind: _kind, ...card } = part;
  const key = accountKey(card.account);
  const visitors = state.visitors.get(key);
  const known = state.cards.get(key);
  if (card.account.branch !== device.branch || !visitors?.size) return;
  if (known && known.version >= card.version) return;
  state.cards.set(key, card);
  for (const branch of [...visitors].sort()) sendCard(state, branch, card);
}

/** The visited branch is done, unless something was granted to it meanwhile: then it is told again. */
export function endVisits(state: OfficeState, device: DeviceState, account: OfficeAccount): void {
  const key = accountKey(account);
  const visitors = state.visitors.get(key);
  if (!visitors?.has(device.branch)) return;
  const card = state.cards.get(key);
  if (isExpected(state, key, device.branch)) {
    if (card) sendCard(state, device.branch, card);
    return;
  }
  visitors.delete(device.branch);
  if (visitors.size > 0) return;
  state.cards.delete(key);
  const home = state.devices.get(account.branch);
  if (home) handDown(home, { kind: 'card-dropped', account });
}

/** Whether money may be moved on the account, as far as its card tells. */
export function isBlocked(state: OfficeState, account: OfficeAccount): boolean {
  const card = state.cards.get(accountKey(account));
  return card !== undefined && card.state !== 'open';
}

function sendCard(state: OfficeState, branch: string, card: CardVersion): void {
  const visited = state.devices.get(branch);
  if (visited) handDown(visited, { kind: 'card', ...card });
}

/** An open allowance or reservation of the branch stands on the account. */
function isExpected(state: OfficeState, key: string, branch: string): boolean {
  const granted = [...state.allowances.values()].some(
    ({ allowance, state: stage }) =>
      stage === 'open' && allowance.branch === branch && accountKey(allowance.account) === key,
  );
  const reserved = [...state.reservations.values()].some(
    (each) =>
      (each.state === 'reserved' || each.state === 'waiting') &&
      each.branch === branch &&
      accountKey(each.account) === key,
  );
  return granted || reserved;
}
