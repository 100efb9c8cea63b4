// Says what a new branch still lacks before it can serve anybody, who does it, and where.
import type { Role } from '#contract/operation.ts';
import type { StaffMember } from '#contract/staff.ts';
import type { TillView } from '#contract/tills.ts';
import { counted } from '../../parts/words.ts';
import type { Screen } from '../../state/screens.ts';

export interface FirstStep {
  readonly what: string;
  /** How it is done, in a sentence with its keys. */
  readonly how: string;
  readonly isDone: boolean;
  /** Who may do it. */
  readonly roles: readonly Role[];
  /** Where it is done, with the key that leads there; null where it is done at the sign-in. */
  readonly place: { readonly screen: Screen; readonly chord: string } | null;
}

export interface Branch {
  readonly staff: readonly StaffMember[];
  readonly tills: readonly TillView[];
  readonly wasOpened: boolean;
}

const staffPlace = { screen: { name: 'staff' }, chord: 'F10' } as const;
const tillPlace = { screen: { name: 'till', task: 'position' }, chord: 'F3' } as const;
const dayPlace = { screen: { name: 'day' }, chord: 'F8' } as const;

/** `Sam Berg, Rita Berg and Ben Berg` */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function passwordsStep(counters: readonly StaffMember[]): FirstStep {
  const due = counters.filter(({ mustChangePassword }) => mustChangePassword);
  const ready = counters.filter((member) => !due.includes(member));
  const names = listed(due.slice(0, 3).map(({ name }) => name));
  const more = due.length > 3 ? ` and ${counted(due.length - 3, 'other')}` : '';
  const verb =
    due.length === 1 ? 'signs in, in a window of their own,' : 'sign in, each in a window,';
  return {
    what: 'Passwords of their own',
    how:
      due.length === 0
        ? 'Whoever is added signs in once and chooses one; a supervisor sets up an authenticator too.'
        : `${names}${more} ${verb} and choose one. Alt+W opens a further window.`,
    isDone: ready.length >= 2 && ready.some(({ roles }) => roles.includes('supervisor')),
    roles: [],
    place: null,
  };
}

/** A till whose figures are withheld is being counted: it has been in use. */
const holdsCash = ({ positions }: TillView): boolean =>
  positions.some(({ totalMinor }) => totalMinor !== '0');

/** What stands between the first start and the first customer, in the order in which it can be done. */
export function firstSteps({ staff, tills, wasOpened }: Branch): readonly FirstStep[] {
  const active = staff.filter(({ state }) => state !== 'disabled');
  const supervisors = active.filter(({ roles }) => roles.includes('supervisor'));
  const counters = active.filter(({ roles }) =>
    roles.some((role) => role === 'supervisor' || role === 'teller'),
  );
  return [
    {
      what: 'A supervisor',
      how: 'Opens and closes the branch and decides. Alt+N among the staff adds one.',
      isDone: supervisors.length > 0,
      roles: ['administrator'],
      place: staffPlace,
    },
    {
      what: 'A teller',
      how: 'Serves the customers. The vault is counted by two, so one person alone cannot open.',
      isDone: counters.length > 1,
      roles: ['administrator'],
      place: staffPlace,
    },
    passwordsStep(counters),
    {
      what: 'A till',
      how: 'Alt+L among the tills sets one up, with the currencies it keeps.',
      isDone: tills.some(({ kind }) => kind === 'till'),
      roles: ['administrator', 'supervisor'],
      place: tillPlace,
    },
    {
      what: 'The first business day',
      how: 'A supervisor opens it, counted with a second person. A new vault is empty: so is its count.',
      isDone: wasOpened,
      roles: ['supervisor'],
      place: dayPlace,
    },
    {
      what: 'Cash in the vault',
      how: 'A supervisor takes it in from the cash centre: Alt+I among the tills.',
      isDone: tills.some(holdsCash),
      roles: ['supervisor'],
      place: tillPlace,
    },
  ];
}
