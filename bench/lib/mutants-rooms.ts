// Names the rooms whose code is broken on purpose, and the tests that must notice.

export interface Room {
  readonly sources: readonly string[];
  /** Parts of paths that are left to another room, or to nobody. */
  readonly without?: readonly string[];
  readonly tests: readonly string[];
}

const desk = 'apps/station/desk';
const office = ['apps/host/office/*.test.ts', 'apps/station/office/protocol/*.test.ts'];
const models = [
  'branch-model',
  'head-office',
  'office-cards',
  'office-effects',
  'office-orders',
  'office-state',
].map((name) => `${name}.ts`);
/** What runs in a process or a thread of its own, where a switch does not reach. */
const elsewhere = ['-worker.ts', '-kill.'];

const ofDesk = (...names: readonly string[]): Room => ({
  sources: names.map((name) => `${desk}/${name}*.ts`),
  without: elsewhere,
  tests: [`${desk}/*.test.ts`],
});

export const rooms: Readonly<Record<string, Room>> = {
  /** Tills, vault, sessions, staff, day, approvals, desks: who may do what at the counter. */
  desk: ofDesk('{approval,credential,day,desk,dispatch,second,session,staff,till,vault}'),
  /** What the counter writes and reads. */
  books: ofDesk(
    '{account,announcer,counter,credit,customer,guard,journal,ledger,movement}',
    '{picture,policy,posting,receipt,reconcile}',
  ),
  payments: ofDesk('payment'),
  risk: ofDesk('{risk,screening}'),
  bank: {
    sources: ['apps/station/bank/**/*.ts'],
    tests: ['apps/station/bank/**/*.test.ts', `${desk}/*.test.ts`],
  },
  'office-desk': { sources: [`${desk}/office*.ts`], tests: [...office, `${desk}/*.test.ts`] },
  'head-office': {
    sources: ['apps/host/office/*.ts'],
    without: ['main.ts'],
    tests: office,
  },
  protocol: {
    sources: ['apps/station/office/protocol/*.ts'],
    without: models,
    tests: ['apps/station/office/protocol/*.test.ts'],
  },
  /** What the simulation plays, and nothing else runs. */
  models: {
    sources: models.map((name) => `apps/station/office/protocol/${name}`),
    tests: ['apps/station/office/{protocol,simulation}/*.test.ts'],
  },
  compliance: {
    sources: ['apps/station/compliance/**/*.ts'],
    tests: ['apps/station/compliance/**/*.test.ts'],
  },
  kiosk: {
    sources: ['apps/host/kiosk/*.ts'],
    without: ['main.ts', 'develop.ts'],
    tests: ['apps/host/kiosk/*.test.ts'],
  },
  lan: { sources: ['apps/host/lan/*.ts'], tests: ['apps/host/lan/*.test.ts'] },
  guard: {
    sources: ['apps/station/guard/*.ts'],
    tests: ['apps/station/guard/*.test.ts', `${desk}/guard.test.ts`],
  },
};
