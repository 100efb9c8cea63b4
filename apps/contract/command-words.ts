// Lists the words of the command bar: our short verbs, and the function codes tellers of other
// systems know.

export type CommandTask =
  | 'cash.deposit'
  | 'cash.withdrawal'
  | 'transfer'
  | 'cash.exchange'
  | 'vault.buy'
  | 'vault.sell'
  | 'till.pass'
  | 'payment.outgoing'
  | 'basket'
  | 'journal.reversal'
  | 'journal.correction';

export type CommandScreen =
  | 'approvals'
  | 'customers'
  | 'day'
  | 'desks'
  | 'guard'
  | 'help'
  | 'journal'
  | 'keys'
  | 'ledger'
  | 'lock'
  | 'bank'
  | 'movements'
  | 'office'
  | 'payments'
  | 'policy'
  | 'risk'
  | 'credit'
  | 'reconcile'
  | 'screening'
  | 'register'
  | 'staff'
  | 'statement'
  | 'till'
  | 'till.close'
  | 'till.count'
  | 'till.open'
  | 'till.pause'
  | 'visit';

/**
 * What may follow a word, in order. `amount?` and the like may be left out; `text` takes the rest.
 */
export type Slot =
  | 'account'
  | 'from'
  | 'to'
  | 'iban'
  | 'amount'
  | 'amount?'
  | 'journal'
  | 'approval?'
  | 'text'
  | 'account?';

export interface Word {
  /** The short form that is shown and completed. */
  readonly verb: string;
  readonly label: string;
  readonly task: CommandTask | null;
  readonly screen: CommandScreen | null;
  readonly slots: readonly Slot[];
  /** Other forms, in lower case; function codes as printed by the systems that use them. */
  readonly aliases: readonly string[];
}

function task(
  verb: string,
  name: CommandTask,
  more: {
    readonly label: string;
    readonly slots: readonly Slot[];
    readonly aliases: readonly string[];
  },
): Word {
  return Object.freeze({ verb, task: name, screen: null, ...more });
}

function screen(
  verb: string,
  name: CommandScreen,
  more: {
    readonly label: string;
    readonly slots?: readonly Slot[];
    readonly aliases: readonly string[];
  },
): Word {
  return Object.freeze({ verb, task: null, screen: name, slots: [], ...more });
}

/**
 * Codes of four digits are those of Oracle Banking Branch and FLEXCUBE, words with H those of
 * Finacle.
 */
export const words: readonly Word[] = Object.freeze([
  task('d', 'cash.deposit', {
    label: 'cash deposit',
    slots: ['account', 'amount', 'text'],
    aliases: ['deposit', '1401'],
  }),
  task('w', 'cash.withdrawal', {
    label: 'cash withdrawal',
    slots: ['account', 'amount', 'text'],
    aliases: ['withdraw', 'withdrawal', '1001'],
  }),
  task('t', 'transfer', {
    label: 'transfer',
    slots: ['from', 'to', 'amount', 'text'],
    aliases: ['transfer', '0006', 'htm'],
  }),
  task('x', 'cash.exchange', {
    label: 'exchange of notes',
    slots: ['amount?'],
    aliases: ['exchange', 'dnex'],
  }),
  task('v+', 'vault.buy', {
    label: 'buy cash from the vault',
    slots: ['amount?'],
    aliases: ['buy', '9007'],
  }),
  task('v-', 'vault.sell', {
    label: 'sell cash to the vault',
    slots: ['amount?'],
    aliases: ['sell', '9008', 'v\u2212'],
  }),
  task('p', 'payment.outgoing', {
    label: 'payment to another bank',
    slots: ['from', 'iban', 'amount', 'text'],
    aliases: ['pay', 'payment', '1405', '1407'],
  }),
  task('pass', 'till.pass', {
    label: 'pass cash to another till',
    slots: ['amount?'],
    aliases: ['9005', '9006'],
  }),
  task('b', 'basket', {
    label: 'several items for one customer',
    slots: ['account?'],
    aliases: ['basket', 'session', '1002', '1403'],
  }),
  task('r', 'journal.reversal', {
    label: 'reverse a journal',
    slots: ['journal'],
    aliases: ['reverse', 'reversal'],
  }),
  task('k', 'journal.correction', {
    label: 'correct a journal in one step',
    slots: ['journal'],
    aliases: ['correct', 'correction'],
  }),
  screen('c', 'customers', {
    label: 'customer',
    slots: ['text'],
    aliases: ['customer', 'customers'],
  }),
  screen('c+', 'register', {
    label: 'new customer',
    slots: ['text'],
    aliases: ['register'],
  }),
  screen('s', 'statement', {
    label: 'statement of an account',
    slots: ['account'],
    aliases: ['statement', 'haclinq'],
  }),
  screen('j', 'journal', {
    label: 'journal',
    slots: ['text'],
    aliases: ['journal', '6005', '7005', 'hfti'],
  }),
  screen('a', 'approvals', {
    label: 'approvals',
    slots: ['approval?'],
    aliases: ['approvals', 'rean'],
  }),
  screen('m', 'movements', {
    label: 'cash on its way',
    aliases: ['movements', 'hcashpnd'],
  }),
  screen('pp', 'payments', {
    label: 'payments',
    slots: ['text'],
    aliases: ['payments', 'bulk'],
  }),
  screen('till', 'till', {
    label: 'till',
    aliases: ['tills', '9012', 'tvqr', 'tvqb', 'htcpiae'],
  }),
  screen('open', 'till.open', { label: 'open the till', aliases: ['9001'] }),
  screen('close', 'till.close', { label: 'close the till', aliases: ['9002'] }),
  screen('count', 'till.count', {
    label: 'count the till',
    aliases: ['7551', '7552'],
  }),
  screen('pause', 'till.pause', { label: 'pause the till', aliases: ['resume'] }),
  screen('day', 'day', {
    label: 'branch day',
    aliases: ['6001', '6002', '7001', '7002', '7040', '7553', '7554', 'hscod'],
  }),
  screen('ledger', 'ledger', { label: 'prove the books', aliases: ['prove'] }),
  screen('guard', 'guard', { label: 'the guard and the anchor', aliases: ['anchor'] }),
  screen('office', 'office', { label: 'head office', aliases: ['headoffice', 'line'] }),
  screen('visit', 'visit', { label: 'an account of another branch', aliases: ['other'] }),
  screen('bank', 'bank', { label: 'all branches', aliases: ['branches'] }),
  screen('models', 'risk', { label: 'risk models', aliases: ['risk', 'fraud'] }),
  screen('credit', 'credit', { label: 'credit applications', aliases: ['loan', 'overdraft'] }),
  screen('policy', 'policy', { label: 'limits and fees', aliases: ['limits', 'fees'] }),
  screen('rec', 'reconcile', { label: 'reconcile with other banks', aliases: ['reconcile'] }),
  screen('lists', 'screening', {
    label: 'names beside the lists',
    aliases: ['screening', 'sanctions'],
  }),
  screen('staff', 'staff', { label: 'staff', aliases: ['people'] }),
  screen('desks', 'desks', { label: 'desks of this branch', aliases: ['attach'] }),
  screen('lock', 'lock', { label: 'lock this window', aliases: ['l'] }),
  screen('help', 'help', { label: 'help', aliases: ['h', 'f1'] }),
  screen('?', 'keys', { label: 'keys of this screen', aliases: ['keys'] }),
]);

/**
 * Function codes of other systems for what this workstation does not do, and what it is called
 * there.
 */
export const elsewhere: ReadonlyMap<string, string> = new Map([
  ['0007', 'in-house cheque deposit'],
  ['1005', 'miscellaneous debit to the general ledger'],
  ['1008', 'miscellaneous customer debit'],
  ['1009', "sale of traveller's cheques"],
  ['1010', "issue of a banker's cheque"],
  ['1013', 'cheque withdrawal'],
  ['1014', 'issue of a demand draft'],
  ['1025', 'bill payment by cash'],
  ['1060', 'miscellaneous transfer of the general ledger'],
  ['1075', 'bill payment from an account'],
  ['1320', 'close-out withdrawal'],
  ['1321', 'close-out by several means'],
  ['1404', 'domestic remittance by cash'],
  ['1406', 'international remittance by cash'],
  ['1408', 'miscellaneous customer credit'],
  ['1409', 'inter-branch cash request'],
  ['1410', 'inter-branch cash input'],
  ['1411', 'inter-branch cash liquidation'],
  ['1421', 'payment to a recurring deposit'],
  ['1460', 'miscellaneous credit to the general ledger'],
  ['1461', 'card payment by cash'],
  ['1471', 'safe box rent by cash'],
  ['1472', 'card payment from an account'],
  ['9009', 'cash from the central bank'],
  ['9010', 'cash to the central bank'],
  ['vnex', 'exchange of notes in the vault'],
]);

const byForm: ReadonlyMap<string, Word> = new Map(
  words.flatMap((word) => [word.verb, ...word.aliases].map((form) => [form, word] as const)),
);

/** The word a person typed, in any case and form, or undefined. */
export function findWord(typed: string): Word | undefined {
  return byForm.get(typed.toLowerCase());
}
