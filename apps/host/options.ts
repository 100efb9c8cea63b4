// Reads what was asked on the command line of the windowed hosts: --demo, --data, --port and the rest.
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal } from '#station/bank/refusal.ts';
import { type LanAddress, readAddress } from './lan/address.ts';

export interface HostOptions {
  /** The demonstration branch, with data of its own. */
  readonly demonstration: boolean;
  /** Folder of the branch: database, witness, day packs. */
  readonly folder: string;
  /** Loopback port of the kiosk; 0 takes a free one, null the branch's own (see `portOf`). */
  readonly port: number | null;
  /** Loopback port on which monitoring reads the figures; null: nobody listens. */
  readonly metrics: number | null;
  /** Screens from source with hot reload. */
  readonly develop: boolean;
  /** A new branch is kept under a passphrase instead of a key file. */
  readonly passphrase: boolean;
  /** Hex hash of the log's head that is accepted although witness or guard say otherwise. */
  readonly acceptHead: string | undefined;
  /** Where the station serves the other desks of its branch, or null. */
  readonly serveLan: LanAddress | null;
  /** The station this desk belongs to; null where the station is on this machine. */
  readonly attach: LanAddress | null;
}

/** Where data lives unless told otherwise: the XDG data home, the demonstration apart from the branch. */
export function defaultFolder(environment: NodeJS.ProcessEnv, demonstration: boolean): string {
  const xdg = environment.XDG_DATA_HOME;
  // The XDG specification says a relative path there is to be ignored.
  const home = xdg?.startsWith('/') ? xdg : join(homedir(), '.local/share');
  return join(home, 'qenex-teller', demonstration ? 'demo' : 'branch');
}

const flags = {
  demo: { type: 'boolean', default: false },
  data: { type: 'string' },
  port: { type: 'string' },
  metrics: { type: 'string' },
  dev: { type: 'boolean', default: false },
  passphrase: { type: 'boolean', default: false },
  'accept-head': { type: 'string' },
  'serve-lan': { type: 'string' },
  attach: { type: 'string' },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags }).values;
  } catch (error) {
    throw new Refusal(
      'bad-option',
      `${(error as Error).message}. Options: --demo, --data DIR, --port N, --metrics N, --passphrase, --accept-head HASH, --serve-lan HOST:PORT, --attach HOST:PORT.`,
    );
  }
}

function portNamed(flag: 'port' | 'metrics', text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Refusal(
    'bad-option',
    `--${flag} ${text} is no port; it is a number from 0 to 65535.`,
    flag,
  );
}

/** A desk of a station elsewhere has no branch of its own: what concerns one is asked of the station. */
function readLan(values: ReturnType<typeof parse>): Pick<HostOptions, 'serveLan' | 'attach'> {
  const { attach, 'serve-lan': serveLan } = values;
  const isBranch = values.demo || values.passphrase || values['accept-head'] || serveLan;
  if (attach !== undefined && isBranch) {
    throw new Refusal(
      'bad-option',
      '--attach makes this machine a desk of a station elsewhere; --demo, --passphrase, --accept-head and --serve-lan are given there.',
      'attach',
    );
  }
  return {
    serveLan: serveLan === undefined ? null : readAddress(serveLan, 'serve-lan'),
    attach: attach === undefined ? null : readAddress(attach, 'attach'),
  };
}

/** Reads the options; refuses an unknown one and a port that is none, with a sentence. */
export function readOptions(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): HostOptions {
  const values = parse(args);
  const { demo, data, dev, passphrase, 'accept-head': acceptHead } = values;
  const port = portNamed('port', values.port);
  const metrics = portNamed('metrics', values.metrics);
  if (acceptHead !== undefined && !/^[0-9a-f]{64}$/.test(acceptHead)) {
    throw new Refusal(
      'bad-option',
      `--accept-head ${acceptHead} is no hash of an event; the refusal that names it shows its 64 digits.`,
      'accept-head',
    );
  }
  const lan = readLan(values);
  if (data === '') throw new Refusal('bad-option', '--data needs the name of a folder.', 'data');
  const own = defaultFolder(environment, demo);
  const home = lan.attach === null ? own : join(dirname(own), 'desk');
  const folder = data === undefined ? home : resolve(data);
  return Object.freeze({
    ...{
      demonstration: demo,
      folder,
      port,
      metrics,
      develop: dev,
      passphrase,
      acceptHead,
      ...lan,
    },
  });
}
