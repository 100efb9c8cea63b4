// Turns a line of the command bar that has been read into what opens: a form, a screen, or an action.
import type { CommandLine, CommandScreen } from '#contract/command-line.ts';
import type { BasketItem } from '#contract/drafts.ts';
import type { Preset, Screen } from '../state/screens.ts';

/** What the shell does itself. */
export type ShellAction = 'help' | 'keys' | 'lock' | 'pause';

export type Opening =
  | { readonly kind: 'screen'; readonly screen: Screen }
  | { readonly kind: 'action'; readonly action: ShellAction }
  | { readonly kind: 'nothing' };

function presetOf({ fields }: CommandLine): Preset {
  const account = fields.account ?? fields.from;
  return {
    ...(account ? { account } : {}),
    ...(fields.to ? { to: fields.to } : {}),
    ...(fields.amountText ? { amount: fields.amountText } : {}),
    ...(fields.currency ? { currency: fields.currency } : {}),
    ...(fields.narrative ? { narrative: fields.narrative } : {}),
  };
}

/** The task a correction stands under is only known from its journal; any will do until then. */
const anyTask: BasketItem['task'] = 'cash.deposit';

function taskScreen(line: CommandLine): Screen | undefined {
  const { task, fields } = line;
  const amount = {
    ...(fields.amountText ? { amount: fields.amountText } : {}),
    ...(fields.currency ? { currency: fields.currency } : {}),
  };
  const { journal } = fields;
  switch (task) {
    case null:
      return undefined;
    case 'vault.buy':
      return { name: 'till', task: 'buy', ...amount };
    case 'vault.sell':
      return { name: 'till', task: 'sell', ...amount };
    case 'till.pass':
      return { name: 'till', task: 'pass', ...amount };
    case 'payment.outgoing':
      return { name: 'payment', preset: presetOf(line) };
    case 'journal.reversal':
      return journal ? { name: 'journal', journal, action: 'reverse' } : { name: 'journal' };
    case 'journal.correction':
      return journal
        ? { name: 'counter', task: anyTask, preset: { corrects: journal } }
        : { name: 'journal' };
    default:
      return { name: 'counter', task, preset: presetOf(line) };
  }
}

const plainScreens: Partial<Record<CommandScreen, Screen>> = {
  day: { name: 'day' },
  desks: { name: 'desks' },
  ledger: { name: 'ledger' },
  guard: { name: 'guard' },
  movements: { name: 'till', task: 'movements' },
  office: { name: 'office' },
  visit: { name: 'visit' },
  bank: { name: 'bank' },
  policy: { name: 'policy' },
  risk: { name: 'risk' },
  credit: { name: 'credit' },
  reconcile: { name: 'reconcile' },
  screening: { name: 'screening' },
  staff: { name: 'staff' },
  till: { name: 'till', task: 'position' },
  'till.close': { name: 'till', task: 'close' },
  'till.count': { name: 'till', task: 'count' },
  'till.open': { name: 'till', task: 'open' },
};

const actions: Partial<Record<CommandScreen, ShellAction>> = {
  help: 'help',
  keys: 'keys',
  lock: 'lock',
  'till.pause': 'pause',
};

function namedScreen(line: CommandLine): Screen | undefined {
  const { screen, fields } = line;
  const text = fields.query === undefined ? {} : { text: fields.query };
  switch (screen) {
    case null:
      return undefined;
    case 'customers':
      return { name: 'customers', ...text };
    case 'register':
      return { name: 'register', ...text };
    case 'journal':
      return { name: 'journal', ...text };
    case 'payments':
      return { name: 'payments', ...text };
    case 'approvals':
      return {
        name: 'approvals',
        ...(fields.approval === undefined ? {} : { approval: fields.approval }),
      };
    case 'statement':
      return fields.account ? { name: 'account', number: fields.account } : undefined;
    default:
      return plainScreens[screen];
  }
}

/** What Enter does with the line; nothing while it has an error or is not for this workstation. */
export function openLine(line: CommandLine): Opening {
  if (line.errors.length > 0) return { kind: 'nothing' };
  const action = line.screen ? actions[line.screen] : undefined;
  if (action) return { kind: 'action', action };
  if (line.kind === 'search') {
    return { kind: 'screen', screen: { name: 'customers', text: line.fields.query ?? '' } };
  }
  const screen = taskScreen(line) ?? namedScreen(line);
  return screen ? { kind: 'screen', screen } : { kind: 'nothing' };
}
