// The offline help: what each screen is for and how it is used, in a few sentences a new teller understands.
import type { ScreenName } from '../state/screens.ts';

export interface HelpText {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** One text a screen; a screen without one does not compile. */
export const screenHelp: Readonly<Record<ScreenName, HelpText>> = {
  home: {
    title: 'the counter',
    paragraphs: [
      'Type what should happen in the command bar; the right end of the line says what it understood, and the right half what it would do. Enter opens the form with everything filled in, Enter again posts it.',
      'Below stand the newest entries of the journal. The arrow down goes there from an empty command bar; typing filters, Enter opens.',
      'What waits for a supervisor, and what came back decided, stands on the left. R carries out the first approved one.',
    ],
  },
  counter: {
    title: 'deposit, withdrawal, transfer, exchange, session',
    paragraphs: [
      'On the left stands what you say, on the right what the bank will do with it: balances now and after, notes, legs, limits, and what a supervisor will be asked. What stands there is exactly what is posted.',
      'Notes and coins: type the pieces; the arrows go up and down, = fills the rest of the amount with that face, a minus gives pieces back. Grey figures are proposed: Enter takes them.',
      'Enter posts. When a rule wants a second person the same Enter sends it to the supervisors; the money is held, and you serve the next customer.',
      'In a session, Enter adds the item and Ctrl+Enter posts them all together or none.',
    ],
  },
  payment: {
    title: 'a payment to another bank',
    paragraphs: [
      'The IBAN first: bank and country follow from it. Whom the account paid before is offered while you type, by name or number.',
      'On the right stands the message as it will go out: in words, as MX, and as the MT it would have been with what that would lose. What is wrong is said at its field while you type.',
      'Enter asks the payee’s bank whether name and account belong together, where there is a way to it, and then posts. The money waits on the account for payments out: it is settled only when a message says so.',
    ],
  },
  payments: {
    title: 'payments and what became of them',
    paragraphs: [
      'Every payment with its life line: what went out, what other banks answered, each code with its meaning and what you do next. Settled is said only where a message proves it.',
      'Alt+K asks for a payment back, Alt+Q asks what became of it. A supervisor sends a dead letter again, credits money that came in for nobody, or sends it back.',
      'Bulk files of customers stand under their own list: the first problems, then one Enter posts them all.',
    ],
  },
  customers: {
    title: 'customers',
    paragraphs: [
      'Type any part of a name, a number, a document or a phone. The arrows choose, and the right side shows the customer whole: alerts first, then accounts, last movements and notes.',
      'D, W and T start a deposit, withdrawal or transfer for the chosen account; N writes a note, O opens an account.',
    ],
  },
  register: {
    title: 'new customer',
    paragraphs: [
      'A customer needs one identity document at least. The address needs town and country, because the payment networks refuse one without.',
      'Where the name is not in Latin letters, write it as the person does and give the Latin form beside it.',
    ],
  },
  account: {
    title: 'an account',
    paragraphs: [
      'Balance, what is held and what is available, owners and mandates on the right; the statement on the left, newest first. More is fetched when you reach the end.',
    ],
  },
  openAccount: {
    title: 'open an account',
    paragraphs: [
      'Choose product and currency. Joint owners and people with a mandate must be customers too; look them up by name.',
    ],
  },
  till: {
    title: 'till and vault',
    paragraphs: [
      'Opening and closing are blind: the workstation does not know on this screen what should be there until your count is in.',
      'Cash to or from the vault, or another till, is a handshake: one side offers with notes and coins, the other counts and accepts. In between it is on its way, and belongs to neither.',
      'When a count does not agree you count once more, as blind as before. Then the difference and its likely causes are listed, most likely first, each with the entry it points to; counting again after that is kept as such, and a supervisor agrees to the close.',
      'A large difference at the opening waits for a supervisor too. A supervisor closes the till of somebody absent by counting it with a second person.',
    ],
  },
  approvals: {
    title: 'approvals',
    paragraphs: [
      'Supervisors: the queue on the left, what is to be decided on the right. A approves, D declines; then your code, and Enter. What you sign is exactly what stands there.',
      'Tellers: what you sent and what became of it. R carries out an approved one, and counts out its notes; W takes a waiting one back.',
      'Nobody decides what they made themselves.',
    ],
  },
  journal: {
    title: 'journal',
    paragraphs: [
      'Every entry of the business date. Filter by text, choose with the arrows; the right side shows the legs and the proof.',
      'V reverses an entry, C corrects it in one step, P prints its receipt. Nothing is ever changed or deleted: a reversal is a new entry, linked to the old one.',
    ],
  },
  receipt: {
    title: 'receipt',
    paragraphs: [
      'What was just posted, as the customer gets it. Ctrl+P prints it, Ctrl+S keeps it as PDF; the command bar is ready for the next customer, and Escape leads back to where you came from.',
      'The code proves the entry against the log: qenex receipt verify and the code.',
    ],
  },
  day: {
    title: 'branch day',
    paragraphs: [
      'The branch opens with the vault counted by two. It closes from one list: each line that stands in the way leads to the screen that settles it.',
      'Closing writes a signed pack of the day, with trial balance, till proofs and the head of the log.',
    ],
  },
  staff: {
    title: 'staff',
    paragraphs: [
      'Who works here and in which roles. A new person gets a password that must be changed at the first sign-in; supervisors set up a second factor then.',
      'After five wrong passwords a person is locked for 30 minutes; U ends that earlier.',
    ],
  },
  desks: {
    title: 'desks',
    paragraphs: [
      'Other machines of the branch work with this station over its network. Alt+N makes a code for one: it is typed there once, within fifteen minutes. From then on the desk is known by a certificate of its own.',
      'Alt+R revokes a desk: its windows are cut at once. Every sign-in and every entry of a desk names it in the audit trail.',
    ],
  },
  ledger: {
    title: 'prove it',
    paragraphs: [
      'The trial balance must be zero in every currency. Verify recomputes the chain of the whole log, audit adds every entry up again, rebuild makes the books anew from the log and compares.',
      'All of it can be cancelled at any time; nothing is changed by looking.',
    ],
  },
  guard: {
    title: 'the guard and the anchor',
    paragraphs: [
      'The guard holds the cash of every till a second time: a posting is reserved there before the ledger decides, and posted there after. In the kernel of the machine it is out of this program’s own reach.',
      'The anchor is the last event of the log the guard has seen. A log that is older, or does not lead there, is not opened; whoever accepts one all the same says why, and it is recorded.',
      'Nothing here asks for anything while all is well. A word in the top line says when it does.',
    ],
  },
  screening: {
    title: 'names beside the lists',
    paragraphs: [
      'Customers, payees, payers and whoever stands at the desk for somebody are compared with the lists head office has sent. A name that resembles a listed one waits for a second person, who never is the one that brought it.',
      'S says that it is somebody else, L that it is the listed one; a note says why. The word holds for this name and this entry until either changes. After L nothing is paid or taken any more.',
      'Alt+L looks a name up and records nothing. A new list is compared with every customer in the background; the top line says which version is in force and how old it is.',
    ],
  },
  reconcile: {
    title: 'reconcile with other banks',
    paragraphs: [
      'Alt+I takes a bank’s statement in (MT940, MT942, MT950 or camt.053). Lines whose amount and reference agree are matched at once; a statement that does not add up is refused whole.',
      'On the left stands what only they say, on the right what only we say. Enter on the left matches an entry with the line proposed for it; to match it with another, choose that one on the right first, or press Alt+M.',
      'The line above says whether the open lines explain the difference between their balance and ours. If they do not, something is missing on a side.',
    ],
  },
  office: {
    title: 'head office',
    paragraphs: [
      'How far head office has our log, and how far we have what it sent; both sides show the same head. What waits is delivered by itself, each event once.',
      'While the line is down the branch goes on: accounts of other branches are paid inside allowances signed by head office, then inside a small floor limit, then by a supervisor’s decision.',
      'Beside a line stands what can be done about it: a reservation is given up, an allowance given back, money set aside called back. Exceptions name who owns them and what can be done. Supervisors set money aside for other branches and ask for allowances before a line is known to go down.',
    ],
  },
  visit: {
    title: 'an account of another branch',
    paragraphs: [
      'Branch and account first: whose it is stands on the right. Enter asks head office to keep the amount; once it is kept, Enter pays it out.',
      'Without head office the same Enter pays out of an allowance. What no allowance and no floor limit covers, a supervisor decides here with password and code.',
      'Who may act for the account stands beside the form, with the document to ask for, as its own branch last said, also while the line is down. Somebody who is not named there is paid only where a supervisor agrees.',
    ],
  },
  bank: {
    title: 'all branches',
    paragraphs: [
      'Head office’s own page: each branch with what it delivered, how far behind it is and when it was last heard. What needs a look stands first: stopped, silent for a quarter of an hour, with exceptions. Choose one to see only its books.',
      'Debits equal credits over all branches and in each of them. Cash is added up by person over all branches, in and out apart.',
    ],
  },
  risk: {
    title: 'risk models',
    paragraphs: [
      'How far the branch’s own evidence carries, the models with the gates they passed, and how often they were right. Alt+1 shows plots, Alt+2 a model’s card, Alt+3 the policy.',
      'One person trains, a second promotes; one proposes a policy, a second puts it in force after it was tried on the past. Going back, and switching off, takes one press.',
    ],
  },
  credit: {
    title: 'credit applications',
    paragraphs: [
      'Loan or overdraft: the application, the probability of default with its reasons, and the officer’s decision. The figure advises; a person decides.',
      'Name, nationality, gender and birth date are not looked at. A refusal names its reasons in the customer’s words.',
    ],
  },
  policy: {
    title: 'limits and fees',
    paragraphs: [
      'The numbers by which the branch decides: limits by role and task, fees, thresholds. Administrators change them with a reason; from then on they count.',
    ],
  },
};

export interface CommandHelp {
  readonly line: string;
  readonly meaning: string;
}

export const commandHelp: readonly CommandHelp[] = [
  { line: 'd 1234 5678 250', meaning: 'cash deposit; also 12345678+250' },
  { line: 'w 1234 5678 250', meaning: 'cash withdrawal; also 12345678-250' },
  { line: 't 12345678 87654321 100 text', meaning: 'transfer; also 12345678/87654321 100' },
  { line: 'x', meaning: 'exchange of notes and coins' },
  { line: 'b 1234 5678', meaning: 'several items for one customer' },
  { line: 'p 12345678 DE89370400440532013000 600', meaning: 'payment to another bank' },
  { line: 'v+ 1000, v- 1000, pass 500', meaning: 'buy from the vault, sell to it, pass to a till' },
  { line: 'm', meaning: 'cash on its way: hand over, count, accept' },
  { line: 'r 48211, k 48211', meaning: 'reverse, or correct, a journal' },
  { line: 'open, count, close, pause', meaning: 'the till' },
  { line: '1234 5678', meaning: 'the account' },
  { line: 'marta kel, c keller', meaning: 'a customer by any part of the name' },
  { line: 'c+', meaning: 'a new customer' },
  { line: 's 1234 5678', meaning: 'statement of the account' },
  { line: 'j keller, pp dupont', meaning: 'entries of the journal, payments' },
  { line: 'a, a 48211', meaning: 'approvals, or one by its number' },
  { line: 'day, staff, policy, ledger', meaning: 'the screens of the keys below, by their names' },
  {
    line: 'office, bank, visit',
    meaning: 'head office, all branches, an account of another branch',
  },
  { line: 'rec, lists, credit, models', meaning: 'other banks, listed names, credit, risk models' },
  { line: 'desks, guard, lock', meaning: 'other desks, the guard, lock this window' },
  {
    line: '1401, 1001, 0006, 9001, HTM',
    meaning: 'function codes of other systems, and more of them',
  },
];
