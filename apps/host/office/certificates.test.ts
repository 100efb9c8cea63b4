// A branch whose certificate ends soon gets the next one over its own line; the one before is taken back.
import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeRequest, newKeyPair } from '#station/desk/desks-certificate.ts';
import { type OfficeBundle, readBundle } from '#station/office/client/bundle.ts';
import { connectOffice } from '#station/office/client/connect.ts';
import { openTestBranch, type TestBranch, until } from './branch.fixture.ts';
import { noPostgres, openTestOffice, type TestOffice } from './office.fixture.ts';

let office: TestOffice | undefined;
let branch: TestBranch | undefined;
after(
  async () => {
    await branch?.close();
    await office?.remove();
  },
  { timeout: 1_800_000 },
);

const daysLeft = (pem: string): number =>
  (Date.parse(new X509Certificate(pem).validTo) - Date.now()) / 86_400_000;

/** The bundle with a certificate that ends in so many days. */
async function endingIn(at: TestOffice, code: string, days: number): Promise<OfficeBundle> {
  const bundle = await at.enrol({ branch: code, name: `Branch ${code}` });
  at.cluster.authority.revoke(bundle.certificate);
  at.cluster.reload();
  const issued = at.cluster.authority.issue(bundle.user, { days });
  return { ...bundle, ...issued };
}

test('in its last 60 days it is renewed by itself, the line goes on with it, and the old one is refused', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  office = await openTestOffice({ serves: true });
  const { cluster } = office;
  const old = await endingIn(office, 'C01', 20);
  branch = await openTestBranch({ code: 'C01', bundle: old });
  const own = branch;
  const line = () => own.ben()('office.line', {});
  await until(line, ({ certificateEnds, state }) => certificateEnds === null && state === 'online');
  const kept = readBundle(own.folder);
  assert.ok(kept && kept.asked === undefined);
  assert.ok(daysLeft(kept.certificate) > 390, 'the next year');
  assert.notEqual(kept.key, old.key, 'a new key');
  assert.equal(kept.password, old.password);
  const [address] = old.addresses;
  assert.ok(address);
  // Taken back once the new one was seen on the line: the server refuses the old one then.
  const tryOld = async () => {
    try {
      await (await connectOffice({ bundle: old, address, deadlineMs: 5_000 })).end();
      return 'let in';
    } catch (error) {
      return (error as { reason?: string }).reason ?? String(error);
    }
  };
  await until(tryOld, (word) => word !== 'let in');
  await (await connectOffice({ bundle: kept, address, deadlineMs: 5_000 })).end();
  const index = readFileSync(join(cluster.folder, 'authority', 'index.txt'), 'utf8');
  const counting = index
    .split('\n')
    .filter((each) => each.startsWith('V') && each.includes('branch_c01'));
  assert.equal(counting.length, 1);
  assert.deepEqual(own.mistakes, []);
});

test('nobody has one signed too soon, for another kind of key, with wishes of his own, or in another’s name', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  assert.ok(office);
  const at = office;
  const bundle = await at.enrol({ branch: 'C02', name: 'Branch C02' });
  const [address] = bundle.addresses;
  assert.ok(address);
  const client = await connectOffice({ bundle, address, deadlineMs: 5_000 });
  const ask = async (request: Uint8Array) => {
    const { rows } = await client.query('SELECT * FROM office.ask_certificate($1)', [request]);
    return rows[0] as { certificate: string | null; refused: string | null };
  };
  const device = `(SELECT id FROM office.device WHERE branch = 'C02')`;
  const again = () => at.query(`DELETE FROM office.certificate_request WHERE device = ${device}`);
  const answered = (request: Uint8Array) =>
    until(
      () => ask(request),
      ({ certificate, refused }) => Boolean(certificate) || Boolean(refused),
    );
  const early = await answered(makeRequest('branch_c01', newKeyPair()));
  assert.match(early.refused ?? '', /the next is given in its last 60 days/);
  // From here on its own book says that the certificate ends soon.
  at.cluster.authority.revoke(bundle.certificate);
  at.cluster.authority.issue(bundle.user, { days: 20 });
  await again();
  const p384 = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  assert.match((await answered(makeRequest('x', p384))).refused ?? '', /P-256/);
  await again();
  assert.match(
    (await answered(Buffer.from('no request'))).refused ?? '',
    /cannot be read|not one that can be read/,
  );
  await again();
  const { certificate } = await answered(makeRequest('branch_c01', newKeyPair()));
  const made = new X509Certificate(certificate ?? '');
  assert.equal(made.subject, 'CN=branch_c02', 'the name is the role’s');
  assert.equal(made.ca, false);
  assert.deepEqual(made.keyUsage, ['1.3.6.1.5.5.7.3.2'], 'a client, nothing else');
  // A second request within the minute does not take its place.
  assert.equal((await ask(makeRequest('x', newKeyPair()))).certificate, null);
  await assert.rejects(
    client.query('SELECT * FROM office.certificate_request'),
    /permission denied/,
  );
  await client.end();
});
