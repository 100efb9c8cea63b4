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
  /**
   * A certificate in this name for the key of a request (PKCS #10, DER) made elsewhere. Nothing else of what
   * the request asks for is given.
   */
  certify(request: Uint8Array, name: string): string;
  /** End of the newest certificate that counts (ms since 1970), by name. */
  ends(): ReadonlyMap<string, number>;
  /** Takes back every certificate of this name that was issued before the one of the serial; how many. */
  endOlder(name: string, serial: bigint): number;
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
    certify: (request: Uint8Array, name: string) => certifyKey({ run, file }, request, name),
    ends: () => certificateEnds(readFileSync(file('index.txt'), 'utf8')),
    endOlder(name: string, serial: bigint) {
      const older = serialsOf(readFileSync(file('index.txt'), 'utf8'), name).filter(
        (each) => BigInt(`0x${each}`) < serial,
      );
      for (const each of older) {
        run('ca', '-config', 'openssl.cnf', '-revoke', join('issued', `${each}.pem`));
      }
      if (older.length > 0) writeRevocations();
      return older.length;
    },
    revoke(certificate: string) {
      writeFileSync(file('old.pem'), certificate);
      run('ca', '-config', 'openssl.cnf', '-revoke', 'old.pem');
      writeRevocations();
    },
  });
}

interface Shop {
  readonly run: (...args: string[]) => Buffer;
  readonly file: (name: string) => string;
}

function certifyKey({ run, file }: Shop, request: Uint8Array, name: string): string {
  writeFileSync(file('asked.der'), request);
  // The settings for requests of our own making copy what they ask for; these are not.
  const strict = configuration.replace('copy_extensions = copy', 'copy_extensions = none');
  writeFileSync(file('renew.cnf'), strict);
  writeFileSync(file('renew.ext'), 'basicConstraints=CA:FALSE\nextendedKeyUsage=clientAuth\n');
  run('req', '-inform', 'DER', '-in', 'asked.der', '-out', 'asked.csr');
  const given = ['-in', 'asked.csr', '-out', 'new.pem', '-subj', `/CN=${name}`];
  const how = ['-config', 'renew.cnf', '-batch', '-notext', '-extfile', 'renew.ext'];
  run('ca', ...how, ...given, '-days', '398');
  return readFileSync(file('new.pem'), 'utf8');
}

/** Lines of the authority's own book: state, end, and the rest as `openssl ca` keeps it. */
const entriesOf = (index: string) =>
  index.split('\n').flatMap((line) => {
    const [state, end = '', , serial = '', , subject = ''] = line.split('\t');
    const [, name] = subject.match(/\/CN=([^/]+)/) ?? [];
    return state === 'V' && name !== undefined ? [{ end, serial, name }] : [];
  });

/** Serials, as hexadecimal, of what counts in this name. */
const serialsOf = (index: string, name: string): readonly string[] =>
  entriesOf(index).flatMap((entry) => (entry.name === name ? [entry.serial] : []));

/** End of the newest certificate that counts, by name, as the authority's own book says. */
export function certificateEnds(index: string): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const { end, name } of entriesOf(index)) {
    const [, year, month, day, hour, minute, second] =
      end.match(/^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/) ?? [];
    if (year === undefined) continue;
    const at = Date.parse(`20${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    ends.set(name, Math.max(at, ends.get(name) ?? 0));
  }
  return ends;
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
