// Keeps head office's own certificate authority: certificates for the server and each workstation.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Issued {
  readonly certificate: string;
  readonly key: string;
}

export interface Authority {
  /** PEM of the authority's certificate. */
  readonly certificate: string;
  /** File of certificates taken back, which the server reads at each reload. */
  readonly revocations: string;
  /** A certificate in this name; `hosts` makes it a server's. Days from 1; a past one for tests. */
  issue(
    name: string,
    options?: { readonly hosts?: readonly string[]; readonly days?: number },
  ): Issued;
  /** Takes a certificate back; the server refuses it after its next reload. */
  revoke(certificate: string): void;
}

const configuration = `[ca]
default_ca = office
[office]
dir = .
database = index.txt
serial = serial
crlnumber = crlnumber
new_certs_dir = issued
certificate = authority.pem
private_key = authority.key
default_md = sha256
default_days = 398
default_crl_days = 30
unique_subject = no
copy_extensions = copy
policy = any
[any]
commonName = supplied
[req]
distinguished_name = name
prompt = no
[name]
`;

/** Opens the authority in the folder, made there on the first call. Its key never leaves the folder. */
export function openAuthority(folder: string): Authority {
  const run = (...args: string[]): Buffer =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const file = (name: string): string => join(folder, name);
  const newKey = (name: string) =>
    run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', name);
  const revocations = file('revoked.pem');
  // A list that has run out shuts every branch out: the server reads ours from its own disk, so it need not run out.
  const life = ['-crldays', '3650'];
  const writeRevocations = () =>
    run('ca', '-config', 'openssl.cnf', '-gencrl', ...life, '-out', 'revoked.pem');
  if (!existsSync(file('authority.pem'))) {
    layOut(folder);
    newKey('authority.key');
    selfSign(run);
  }
  writeRevocations();
  return Object.freeze({
    certificate: readFileSync(file('authority.pem'), 'utf8'),
    revocations,
    issue(
      name: string,
      options: { readonly hosts?: readonly string[]; readonly days?: number } = {},
    ) {
      const { hosts, days } = options;
      newKey('new.key');
      const usage = hosts
        ? [
            '-addext',
            `subjectAltName=${hosts.map(alternative).join(',')}`,
            '-addext',
            'extendedKeyUsage=serverAuth',
          ]
        : ['-addext', 'extendedKeyUsage=clientAuth'];
      run('req', '-new', '-key', 'new.key', '-subj', `/CN=${name}`, ...usage, '-out', 'new.csr');
      const life =
        days !== undefined && days <= 0
          ? ['-startdate', '20200101000000Z', '-enddate', '20200201000000Z']
          : ['-days', String(days ?? 398)];
      run(
        'ca',
        '-config',
        'openssl.cnf',
        '-batch',
        '-notext',
        '-in',
        'new.csr',
        '-out',
        'new.pem',
        ...life,
      );
      const read = (which: string) => readFileSync(file(which), 'utf8');
      const issued = { certificate: read('new.pem'), key: read('new.key') };
      // Whoever it is for has it now; here it would be a second one.
      rmSync(file('new.key'));
      return issued;
    },
    revoke(certificate: string) {
      writeFileSync(file('old.pem'), certificate);
      run('ca', '-config', 'openssl.cnf', '-revoke', 'old.pem');
      writeRevocations();
    },
  });
}

function alternative(host: string): string {
  return /^[\d.:]+$/.test(host) ? `IP:${host}` : `DNS:${host}`;
}

/** The few files `openssl ca` keeps its books in. */
function layOut(folder: string): void {
  mkdirSync(join(folder, 'issued'), { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'openssl.cnf'), configuration);
  writeFileSync(join(folder, 'index.txt'), '');
  writeFileSync(join(folder, 'serial'), '1000\n');
  writeFileSync(join(folder, 'crlnumber'), '1000\n');
}

function selfSign(run: (...args: string[]) => Buffer): void {
  const basic = ['-addext', 'basicConstraints=critical,CA:TRUE'];
  const usage = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  const name = ['-subj', '/CN=QENEX head office', '-days', '3650'];
  run(
    'req',
    '-x509',
    '-key',
    'authority.key',
    ...name,
    ...basic,
    ...usage,
    '-out',
    'authority.pem',
  );
}
