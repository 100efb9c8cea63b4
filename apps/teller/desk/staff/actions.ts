// Which actions on a colleague are offered to whom; the station decides again whatever is offered.
import { type Role, roles } from '#contract/operation.ts';
import type { StaffMember } from '#contract/staff.ts';

export type StaffAction =
  | 'unlock'
  | 'roles'
  | 'password'
  | 'factor'
  | 'sessions'
  | 'disable'
  | 'enable';

export const titles: Readonly<Record<StaffAction, string>> = {
  unlock: 'Unlock',
  roles: 'Set roles',
  password: 'New password',
  factor: 'Take back the factor',
  sessions: 'End sessions',
  disable: 'Disable',
  enable: 'Enable',
};

/** The key of each: of disable and enable only one is ever offered. */
export const chords: Readonly<Record<StaffAction, string>> = {
  unlock: 'Alt+U',
  roles: 'Alt+R',
  password: 'Alt+P',
  factor: 'Alt+B',
  sessions: 'Alt+S',
  disable: 'Alt+D',
  enable: 'Alt+E',
};

/** The actions in the order they are shown, the weightiest last. */
export function actionsFor(
  member: Pick<StaffMember, 'state' | 'hasFactor'>,
  asker: { readonly isAdministrator: boolean; readonly isSupervisor: boolean },
): readonly StaffAction[] {
  const { isAdministrator, isSupervisor } = asker;
  const both = isAdministrator || isSupervisor;
  const offered: readonly (readonly [StaffAction, boolean])[] = [
    ['unlock', both && member.state === 'locked'],
    ['roles', isAdministrator],
    ['password', isAdministrator],
    ['factor', isAdministrator && member.hasFactor],
    ['sessions', both && member.state !== 'disabled'],
    ['disable', isAdministrator && member.state !== 'disabled'],
    ['enable', isAdministrator && member.state === 'disabled'],
  ];
  return offered.filter(([, isOffered]) => isOffered).map(([action]) => action);
}

/** The roles with one given or taken, in the order they are always listed. */
export function toggled(held: readonly Role[], role: Role, isOn: boolean): Role[] {
  return roles.filter((each) => (each === role ? isOn : held.includes(each)));
}
