// Lets a branch in: a role of its own, a certificate in that name, and one file that holds it all.
import { randomBytes } from 'node:crypto';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { OfficeAddress, OfficeBundle } from '#station/office/client/bundle.ts';
import type { Authority } from './authority.ts';
import type { Owner } from './owner.ts';

export interface EnrolRequest {
  /** The branch's code, as it was established with. */
  readonly branch: string;
  readonly name: string;
  readonly addresses: readonly OfficeAddress[];
  /** True for head office's own workstations: they read what all branches do. */
  readonly readsAll?: boolean;
}

/** The group roles a workstation is put into. */
const workstation = 'office_workstation';
const reader = 'office_reader';

/**
 * Enrols the branch's device, or gives a known one new credentials. The device's own key is bound to
 * the role by the first connection made with them; from then on no other device is heard under it. `officeKey`: the
 * public half of the key orders are signed with.
 */
export async function enrol(
  client: Pick<Owner, 'query'>,
  authority: Authority,
  request: EnrolRequest,
  officeKey: Buffer,
): Promise<OfficeBundle> {
  const { branch, name, addresses } = request;
  refuseUnless(
    /^[A-Z0-9-]{1,12}$/.test(branch),
    'branch-code-wrong',
    `${branch} is no branch code: capital letters, digits and hyphens, twelve at most.`,
    'branch',
  );
  const user = `branch_${branch.toLowerCase().replaceAll('-', '_')}`;
  const password = randomBytes(24).toString('base64url');
  const { rows } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [user]);
  // Names and password hold letters, digits, hyphens and underscores only.
  await client.query(
    `${rows.length > 0 ? 'ALTER' : 'CREATE'} ROLE ${user} LOGIN PASSWORD '${password}'`,
  );
  await client.query(`GRANT ${workstation} TO ${user}`);
  await client.query(`GRANT CONNECT ON DATABASE office TO ${user}`);
  if (request.readsAll) await client.query(`GRANT ${reader} TO ${user}`);
  await client.query(
    `INSERT INTO office.device (branch, name, role) VALUES ($1, $2, $3)
     ON CONFLICT (branch) DO UPDATE SET name = excluded.name`,
    [branch, name, user],
  );
  const { certificate, key: secret } = authority.issue(user);
  return Object.freeze({
    ...{ branch, addresses, database: 'office', user, password },
    ...{ authority: authority.certificate, certificate, key: secret },
    // Of the folder, not of the database: who writes there must not name the key that branches believe.
    officeKey: officeKey.toString('hex'),
  });
}
