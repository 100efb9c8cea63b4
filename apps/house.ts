// Says which room may import what, as a table the import test reads; architecture in one place.

/** One place in the house: files under `under` may import what starts with one of `may`. */
export interface Place {
  readonly under: string;
  /** Prefixes of repository paths (`apps/...`), package names, or `node:`. The place itself is implied. */
  readonly may: readonly string[];
}

const contract = 'apps/contract/';
const bank = 'apps/station/bank/';
const ports = 'apps/station/ports.ts';
const hostShared = ['node:', contract, 'apps/station/', ports];

/** Longest match wins; a file in no place is refused, so a new folder is a decision. */
export const places: readonly Place[] = [
  { under: 'apps/contract/', may: ['zod'] },
  { under: 'apps/station/bank/', may: [contract] },
  {
    under: 'apps/station/payments/',
    may: [bank, contract, ports, 'node:assert', 'saxes', 'xmlbuilder2'],
  },
  // The carrier of messages works on files; the messages themselves never do.
  {
    under: 'apps/station/payments/branch/',
    may: [bank, contract, ports, 'apps/station/payments/', 'node:'],
  },
  { under: 'apps/station/risk/', may: [bank, contract, ports, 'node:', '@tensorflow/'] },
  { under: 'apps/station/compliance/', may: [bank, contract, ports, 'saxes'] },
  { under: 'apps/station/ledger/', may: [bank, contract, ports, 'node:', 'better-sqlite3'] },
  { under: 'apps/station/office/', may: [bank, contract, ports, 'node:', 'pg'] },
  { under: 'apps/station/guard/', may: [bank, contract, ports, 'node:', 'native/'] },
  {
    under: 'apps/station/desk/',
    may: [
      ...['bank', 'payments', 'risk', 'compliance', 'ledger', 'office', 'guard'].map(
        (room) => `apps/station/${room}/`,
      ),
      ...[ports, contract, 'node:', '@node-rs/argon2', 'otpauth', 'pdfkit', 'zod'],
    ],
  },
  // The demonstration branch speaks to the station as tellers do, through its commands.
  {
    under: 'apps/station/demonstration/',
    may: [
      bank,
      'apps/station/desk/',
      'apps/station/ledger/',
      'apps/station/payments/',
      contract,
      ports,
      'node:',
    ],
  },
  { under: 'apps/station/ports.ts', may: [contract, bank] },
  { under: 'apps/station/folder.ts', may: [bank, 'node:'] },
  // The composition root: the branch's files, its projections, its handlers, and the way in.
  ...['station', 'branch', 'projections', 'handlers', 'demonstrate', 'accept-head', 'restore'].map(
    (name) => ({
      under: `apps/station/${name}.ts`,
      may: ['apps/station/', contract, 'node:', 'zod', 'better-sqlite3'],
    }),
  ),
  {
    under: 'apps/teller/',
    may: [contract, 'react', 'react-dom', 'zustand', '@base-ui/', '@tanstack/', '@fontsource'],
  },
  { under: 'apps/host/', may: [...hostShared, '@node-rs/argon2'] },
  { under: 'apps/host/setup/', may: ['node:', 'native/'] },
  { under: 'apps/host/kiosk/', may: [...hostShared, 'apps/host/', 'ws', 'vite'] },
  { under: 'apps/host/desktop/', may: [...hostShared, 'apps/host/', 'electron'] },
  { under: 'apps/host/cli/', may: [...hostShared, 'apps/host/', 'better-sqlite3', 'zod'] },
  { under: 'apps/host/lan/', may: [...hostShared, 'apps/host/', 'ws'] },
  { under: 'apps/host/office/', may: [...hostShared, 'apps/host/', 'pg'] },
];

/** Folders whose files only they themselves may import: a host does not know the other hosts. */
export const secluded: readonly string[] = [
  'apps/host/kiosk/',
  'apps/host/desktop/',
  'apps/host/cli/',
  'apps/host/setup/',
];

/** Packages that ship as they are, beside the bundle: native parts, or data files read at run time. */
export const external: readonly string[] = [
  ...['better-sqlite3', '@node-rs/argon2', 'pdfkit'],
  ...['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
];
