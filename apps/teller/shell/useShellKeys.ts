// The function keys: the same on every screen, and only those the person's roles allow.
import { useMemo } from 'react';
import type { Role } from '#contract/operation.ts';
import type { Hotkey } from '../parts/hotkeys.ts';
import { tell } from '../parts/Toast.tsx';
import { useHotkeys } from '../parts/useHotkeys.tsx';
import { openAnotherWindow } from '../state/anotherWindow.ts';
import { frontOf, type Screen, useScreens } from '../state/screens.ts';
import { useStation } from '../state/station.tsx';
import { nextTheme } from '../state/theme.ts';
import { useMoveSession, useSession } from '../state/useSession.ts';
import { focusCommandBar, isCommandBar } from './commandBarFocus.ts';

interface ScreenKey {
  readonly chord: string;
  readonly what: string;
  readonly screen: Screen;
  readonly roles: readonly Role[];
}

const every: readonly Role[] = [
  ...['teller', 'supervisor', 'compliance', 'auditor', 'administrator'],
] as Role[];

/** Which key opens which screen, and for whom. */
export const screenKeys: readonly ScreenKey[] = [
  { chord: 'F2', what: 'customer', screen: { name: 'customers' }, roles: every },
  {
    chord: 'F3',
    what: 'till',
    screen: { name: 'till', task: 'position' },
    roles: ['teller', 'supervisor', 'auditor', 'administrator'],
  },
  { chord: 'F4', what: 'payments', screen: { name: 'payments' }, roles: every },
  {
    chord: 'F5',
    what: 'journal',
    screen: { name: 'journal' },
    roles: ['teller', 'supervisor', 'compliance', 'auditor'],
  },
  {
    chord: 'F6',
    what: 'approvals',
    screen: { name: 'approvals' },
    roles: ['teller', 'supervisor', 'compliance', 'auditor'],
  },
  {
    chord: 'F7',
    what: 'prove it',
    screen: { name: 'ledger' },
    roles: ['supervisor', 'compliance', 'auditor', 'administrator'],
  },
  { chord: 'F8', what: 'day', screen: { name: 'day' }, roles: every },
  {
    chord: 'F10',
    what: 'staff',
    screen: { name: 'staff' },
    roles: ['administrator', 'supervisor', 'auditor', 'compliance'],
  },
  { chord: 'F11', what: 'head office', screen: { name: 'office' }, roles: every },
  { chord: 'F12', what: 'policy', screen: { name: 'policy' }, roles: every },
];

export interface ShellKeysOptions {
  readonly onHelp: (view: 'help' | 'keys') => void;
  /** Escape where something typed would be lost: ask first. */
  readonly onLeave: () => void;
}

export function useShellKeys(options: ShellKeysOptions): void {
  const { person } = useSession();
  const { link } = useStation();
  const move = useMoveSession();

  const lasting: Hotkey[] = [
    { chord: 'F1', what: 'help', run: () => options.onHelp('help') },
    {
      chord: 'F9',
      what: 'lock',
      run: () => void link.ask('session.lock', {}).then(move, () => undefined),
    },
  ];
  const screens = useMemo(
    () =>
      screenKeys
        .filter(({ roles }) => roles.some((role) => person?.roles.includes(role)))
        .map(({ chord, what, screen }) => ({ chord, what, run: () => openOrEnter(screen) })),
    [person],
  );
  const keys: Hotkey[] = [
    ...screens,
    {
      chord: 'Alt+W',
      what: 'another window',
      run: () =>
        void openAnotherWindow().catch(() => tell('A further window could not be opened.')),
    },
    {
      chord: 'Alt+T',
      what: 'light, dark, as the machine',
      run: () => tell(`Colours: ${nextTheme()}`),
    },
    { chord: '?', what: 'keys', run: () => options.onHelp('keys') },
    { chord: 'Escape', what: 'one step back', run: () => stepBack(options.onLeave) },
  ];
  useHotkeys('Everywhere', lasting, { isLasting: true });
  useHotkeys('Screens', keys);
}

/** Opens the screen; where it stands in front already, the key puts the hand into it: on its list, else its first field. */
function openOrEnter(screen: Screen): void {
  const { stack, open } = useScreens.getState();
  open(screen);
  if (frontOf(useScreens.getState().stack) !== frontOf(stack)) return;
  const inside = (what: string): HTMLElement | undefined =>
    [...document.querySelectorAll<HTMLElement>(`main ${what}`)].find((each) =>
      each.checkVisibility(),
    );
  (inside('[role="grid"]') ?? inside('input'))?.focus();
}

/** From a field to the command bar; from the command bar one screen back, asking where something would be lost. */
function stepBack(ask: () => void): void {
  if (!isCommandBar(document.activeElement)) return focusCommandBar();
  const { stack, touched, back } = useScreens.getState();
  if (touched.has(frontOf(stack).id)) ask();
  else back();
}
