// Gives head office's database the best it has for checking signatures, and says which that is.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Client } from 'pg';
import { checkpointNote, publicKeyBytes } from '#station/ledger/checkpoint.ts';

/** The best first; the last one works everywhere. */
const verifiers = ['python', 'sodium', 'none'] as const;

/**
 * What checks a push's signature before it is taken: PL/Python, pgsodium, or what a superuser has put there
 * and is not ours; `none`: nothing in the database, the office service looks afterwards.
 */
export type Verifier = (typeof verifiers)[number] | 'other';

type Ours = (typeof verifiers)[number];

const textOf = (verifier: Ours): string =>
  readFileSync(
    new URL(`../../station/office/schema/verifiers/${verifier}.sql`, import.meta.url),
    'utf8',
  );

/**
 * Puts the best function this cluster bears in the place of `office.signature_is_right`, as a superuser, and
 * tries it: only one that says yes to a right signature and no to a wrong one stays. Where we are no
 * superuser, what a superuser has put there is left as it is.
 */
export async function equipVerifier(client: Client): Promise<Verifier> {
  await client.query('SELECT pg_advisory_lock(7112026)');
  try {
    const known = await installed(client);
    if (known !== null && (await answersRightly(client, known))) {
      if (await siftsRightly(client, known)) return known;
    }
    for (const verifier of verifiers) if (await install(client, verifier)) return verifier;
    return (await answersRightly(client, 'other')) ? 'other' : 'none';
  } finally {
    await client.query('SELECT pg_advisory_unlock(7112026)');
  }
}

const signature = 'office.signature_is_right(bytea, bigint, bigint, bytea, bytea)';
const sifter = 'office.sift_push(bytea, bigint, bytea, bytea, text, bigint, bytea)';
const wordOf = (verifier: Ours): string =>
  `${verifier} ${createHash('sha256').update(textOf(verifier)).digest('hex')}`;

/** The verifier that stands there already, of this very text; null where it is another or the best is not. */
async function installed(client: Client): Promise<Ours | null> {
  const { rows } = await client.query<{ word: string | null; best: boolean }>(
    `SELECT obj_description('${signature}'::regprocedure) AS word,
       EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'plpython3u') AS best`,
  );
  const found = verifiers.find((each) => wordOf(each) === rows[0]?.word);
  return found === undefined || (found !== 'python' && rows[0]?.best) ? null : found;
}

async function install(client: Client, verifier: Ours): Promise<boolean> {
  try {
    await client.query('BEGIN');
    await client.query(textOf(verifier));
    await client.query(`REVOKE ALL ON FUNCTION ${signature}, ${sifter} FROM PUBLIC`);
    await client.query(`COMMENT ON FUNCTION ${signature} IS '${wordOf(verifier)}'`);
    const works =
      (await answersRightly(client, verifier)) && (await siftsRightly(client, verifier));
    await client.query(works ? 'COMMIT' : 'ROLLBACK');
    return works;
  } catch {
    // Not to be had here, or not ours to make: the next one is tried.
    await client.query('ROLLBACK');
    return false;
  }
}

/** Whether it says yes to what a key has just signed, no to the same with one bit turned, or null by design. */
async function answersRightly(client: Client, verifier: Verifier): Promise<boolean> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const [seq, at, hash] = [7, 1_700_000_000_000, createHash('sha256').update('head').digest()];
  const right = sign(null, checkpointNote({ seq, hash }, at), privateKey);
  const wrong = Buffer.from(right);
  wrong[40] = (wrong[40] ?? 0) ^ 1;
  const answers: (boolean | null)[] = [];
  for (const each of [right, wrong]) {
    const { rows } = await client.query<{ answer: boolean | null }>(
      'SELECT office.signature_is_right($1, $2, $3, $4, $5) AS answer',
      [publicKeyBytes(privateKey), seq, at, hash, each],
    );
    answers.push(rows[0]?.answer ?? null);
  }
  const due = verifier === 'none' ? [null, null] : [true, false];
  return answers[0] === due[0] && answers[1] === due[1];
}

/** Whether it reads a push that was rightly signed, and nothing of the same with one bit turned. */
async function siftsRightly(client: Client, verifier: Ours): Promise<boolean> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const leg = '{"amountMinor":"5","credit":2,"currency":"EUR","debit":1}';
  const text = `{"data":{"journal":{"legs":[${leg}]}},"date":"2026-01-02"}`;
  const [at, nowhere] = [1_700_000_000_000, Buffer.alloc(32)];
  const hash = createHash('sha256').update(nowhere).update(text).digest();
  const right = sign(null, checkpointNote({ seq: 1, hash }, at), privateKey);
  const wrong = Buffer.from(right);
  wrong[40] = (wrong[40] ?? 0) ^ 1;
  const answers: (string | null)[] = [];
  for (const each of [right, wrong]) {
    const { rows } = await client.query<{ read: string | null }>(
      `SELECT accounts || currencies || amounts || legs AS read
       FROM office.sift_push($1, 0, $2, $3, $4, $5, $6)`,
      [publicKeyBytes(privateKey), nowhere, hash, text, at, each],
    );
    answers.push(rows[0]?.read ?? null);
  }
  const due = verifier === 'python' ? '{1,2}{EUR,EUR}{5,-5}{1,1}' : null;
  return answers[0] === due && answers[1] === null;
}
