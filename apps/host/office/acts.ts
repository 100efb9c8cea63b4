// What head office's administrator does by one command each: who is let in, what is granted, what ends an exception.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { publishList, readListFiles } from './lists.ts';
import type { Office } from './office.ts';
import { exceptionLines, statusLines } from './operate.ts';
import { proveLogs } from './proof.ts';
import { beginRecovery, letIn } from './rejoin.ts';
import { backUp } from './take-over.ts';

export interface ActOptions {
  readonly out?: string | undefined;
  readonly hours: string;
  readonly till?: string | undefined;
  readonly 'reads-all': boolean;
  /** Files of a list. */
  readonly file?: readonly string[] | undefined;
  readonly 'as-of'?: string | undefined;
  readonly source?: string | undefined;
}

export interface Asked {
  readonly office: Office;
  /** What stands after the word, in its order; "" where it is missing. */
  readonly words: readonly string[];
  readonly options: ActOptions;
  /** ms since 1970. */
  readonly now: number;
}

/** Done: the lines to be said. `isWrong` makes the command end with 1. */
export interface Told {
  readonly lines: readonly string[];
  readonly isWrong?: boolean;
}

type Act = (asked: Asked) => Promise<Told>;

const told = (...lines: readonly string[]): Told => ({ lines });

/** Branch and number of an account written as 001/10000295. */
function accountOf(text: string): readonly [string, string] {
  const [branch = '', number = ''] = text.split('/');
  refuseUnless(
    branch !== '' && number !== '',
    'account-wrong',
    `“${text}” names no account; it is written BRANCH/NUMBER, such as 001/10000295.`,
  );
  return [branch, number];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = (error as Error).message;
    throw new Refusal('order-value-wrong', `This is no JSON: ${why}.`, 'value');
  }
}

function outOf({ options }: Asked, what: string): string {
  refuseUnless(options.out, 'bad-option', `Say where ${what} goes: --out PATH.`, 'out');
  return resolve(options.out);
}

const enrol: Act = async (asked) => {
  const [branch = '', name = ''] = asked.words;
  const out = outOf(asked, 'the file');
  const readsAll = asked.options['reads-all'];
  const bundle = await asked.office.enrol({ branch, name, readsAll });
  writeFileSync(out, `${JSON.stringify(bundle, null, 1)}\n`, { mode: 0o600 });
  return told(`${out} lets branch ${branch} in: put it into the branch's folder as office.json.`);
};

const grant: Act = async ({ office, words, options }) => {
  const [to = '', account = '', amount = ''] = words;
  const life = Number(options.hours) * 3_600_000;
  const till = options.till === undefined ? null : Number(options.till);
  const key = randomUUID().replaceAll('-', '');
  const { rows } = await office.query<{ kind: string; id: string | null; free_minor: string }>(
    'SELECT * FROM office.grant_allowance($1, $2, $3, $4, $5, $6, $7, $8)',
    [to, key, ...accountOf(account), till, amount, life, 'office_owner'],
  );
  await office.work();
  const [row] = rows;
  return row?.kind === 'granted'
    ? told(`Allowance ${row.id} is granted to branch ${to} and on its way.`)
    : told(
        `Not granted yet: ${row?.free_minor ?? 0} of ${account} are free (minor units). The keeping branch has been asked to set more aside: grant again in a moment.`,
      );
};

const prove: Act = async ({ office }) => {
  const { rows } = await office.query('SELECT * FROM office.wrong_balances()');
  const proof = await proveLogs(office.query);
  const wrong = [...rows.map((row) => JSON.stringify(row)), ...proof.wrong];
  if (wrong.length > 0) return { lines: wrong, isWrong: true };
  return told(
    'Every balance is what the events add up to.',
    `${proof.events} events in ${proof.logs} logs: each is bound to the one before it, and every log is signed by its device.`,
    `${proof.visits} visits were booked by keeping branches: each stands in the other branch's log, once and as it was.`,
  );
};

const backup: Act = async (asked) => {
  const out = outOf(asked, 'the copy');
  const { cluster } = asked.office;
  await backUp(cluster, out);
  return told(
    `${out} holds head office as of now, with its keys: keep it as you keep those. It is tried by`,
    `npm run office -- prove --data ${out} --port ${cluster.port + 100}`,
  );
};

const recover: Act = async ({ office, words: [note = ''] }) => {
  const copy = randomUUID().replaceAll('-', '');
  const waiting = await beginRecovery(office, copy, note);
  return told(
    `Head office is an older copy now, and lends nothing until it has heard out ${waiting.join(', ')}.`,
  );
};

const rejoin: Act = async ({ office, words: [branch = '', note = ''] }) => {
  const { reason, back, kinds, doubts } = await letIn(office, office.signer, { branch, note });
  const all = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
  return told(
    `Branch ${branch} goes on after item ${back.seq}; it said: ${reason}`,
    `It had what this head office lacks: ${all === '' ? 'nothing' : all}.`,
    ...doubts.map((doubt) => `Not taken over, an exception now: ${doubt}`),
  );
};

const goOnWithout: Act = async ({ office, words: [branch = '', note = ''] }) => {
  await office.query('SELECT office.go_on_without($1, $2)', [branch, note]);
  return told(`Branch ${branch} is waited for no longer; what it was lent is not known here.`);
};

/** By word. What each does stands in the help of `main.ts`. */
/** A list read from files, checked whole, and sent down: only the pages that have changed. */
async function list({ office, words: [name = ''], options }: Asked): Promise<Told> {
  const asOf = options['as-of'] ?? '';
  refuseUnless(
    /^\d{4}-\d{2}-\d{2}$/.test(asOf),
    'bad-option',
    'Say which day the list is of: --as-of 2026-11-20.',
    'as-of',
  );
  const entries = readListFiles((options.file ?? []).map((file) => resolve(file)));
  const source = options.source ?? (options.file ?? []).map((file) => basename(file)).join(', ');
  const sent = await publishList(office, name, { asOf, source: source.slice(0, 140), entries });
  return told(
    `List ${name}, version ${sent.version}: ${entries.length} entries; ${sent.sent} of ${sent.pages} pages are on their way, the others are there.`,
  );
}

export const acts: Readonly<Record<string, Act>> = Object.freeze({
  recover,
  rejoin,
  'go-on-without': goOnWithout,
  enrol,
  grant,
  prove,
  backup,
  status: async ({ office, now }) => ({
    lines: await statusLines(office, office.cluster.folder, now),
  }),
  exceptions: async ({ office }) => ({ lines: await exceptionLines(office) }),
  announce: async ({ office, words: [branch = '', account = ''] }) => {
    const values = [branch, ...accountOf(account)];
    await office.query('SELECT office.announce_visit($1, $2, $3)', values);
    return told(`Branch ${branch} will know who may act for ${account}.`);
  },
  'write-off': async ({ office, words: [allowance = '', note = ''] }) => {
    await office.orders.writeOff(allowance, note);
    return told(`Allowance ${allowance} is written off; what is spent of it now is an exception.`);
  },
  settle: async ({ office, words: [id = '', action = '', note = ''] }) => {
    await office.orders.settle(id, action, note);
    return told(`Exception ${id} is settled.`);
  },
  resume: async ({ office, words: [branch = '', note = ''] }) => {
    await office.query('SELECT office.resume_device($1, $2)', [branch, note]);
    const { rows } = await office.query<{ stopped: string }>(
      'SELECT stopped FROM office.device WHERE branch = $1',
      [branch],
    );
    const [row] = rows;
    if (!row) throw new Refusal('branch-unknown', `No branch ${branch} is enrolled.`);
    refuseUnless(row.stopped === '', 'note-missing', 'Say why, in three letters or more: NOTE.');
    return told(`Branch ${branch} is heard again.`);
  },
  'replace-device': async ({ office, words: [branch = '', key = '', note = ''] }) => {
    const values = [branch, Buffer.from(key, 'hex'), note];
    await office.query('SELECT office.replace_device($1, $2, $3)', values);
    return told(`Branch ${branch} is heard by its new device's key.`);
  },
  list,
  publish: async ({ office, words: [name = '', value = ''] }) => {
    const version = await office.orders.publish(name, jsonOf(value));
    return told(`${name}, version ${version}, is on its way to every branch.`);
  },
  instruct: async ({ office, words: [branch = '', name = '', value = ''] }) => {
    const version = await office.orders.instruct(branch, name, jsonOf(value));
    return told(`${name}, version ${version}, is on its way to branch ${branch}.`);
  },
});

/** What the database's own words mean to who typed the command. */
const words: Readonly<Record<string, string>> = Object.freeze({
  'office-recovering':
    'This is an older copy of head office: nothing is lent until every branch was heard out (status).',
  'not-waited-for': 'No branch of this code is waited for: see npm run office -- status.',
  'exception-settled': 'There is no such open exception: see npm run office -- exceptions.',
  'allowance-ended':
    'There is no such open allowance: it was returned, written off or never granted.',
  'branch-unknown': 'No branch of this code is enrolled: see npm run office -- status.',
  'account-unknown': 'Head office knows no such account: its branch has not delivered it.',
  'note-missing': 'Say why, in three letters or more: NOTE.',
  'key-wrong': 'A device’s key is 64 hexadecimal digits, as `branch restore` prints it.',
  'heads-unchecked': 'The old device’s last heads are being checked: ask again in a second.',
  'life-too-long': 'An allowance lasts 96 hours at most: --hours.',
  'rates-older': 'The list is older than the newest that was sent.',
  'rates-ahead': 'The list is of a day that is still to come.',
  'rates-contradict': 'The list contradicts itself and is sent to nobody.',
  'rates-implausible':
    'A second person has to have seen this: "second": {"given": NAME, "seen": NAME, "currencies": [...], "reason": TEXT}.',
  'rates-second': 'The second person is somebody else, and both are named, with why.',
  'amount-not-positive':
    'The amount is a whole number of minor units above nothing: 30000 is 300.00.',
});

/** An error in the words of a person; anything unknown stays as it was said. */
export const sentenceOf = (error: unknown): string => {
  const { message, hint } = error as Error & { readonly hint?: string };
  return [words[message] ?? message, hint ?? ''].filter((each) => each !== '').join(' ');
};
