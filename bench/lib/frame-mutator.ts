// Changes true frames of a teller's window in one place or several: nearly right is harder to refuse than nonsense.

/** What the true frames are about. */
export interface MutatorSubject {
  readonly account: string;
  readonly customer: number;
}

type Tree = Record<string, unknown>;

const wrong: readonly unknown[] = [
  ...[null, true, false, -1, 0, 1, 2 ** 53, 1.5, '', '0', '-1', '1e3', '99999999999999999999'],
  ...['EUR', 'USD', '\u0000', '\ud800', '__proto__', 'ä'.repeat(300), '2026-11-19', '10000307'],
  ...[
    [],
    {},
    [{}],
    JSON.parse('{"__proto__":{"roles":["supervisor"]}}'),
    { 10000: 1 },
    { 10000: -1 },
    { kind: 'customer' },
  ],
];

function templates({ account, customer }: MutatorSubject): readonly Tree[] {
  const conductor = { kind: 'customer', customer };
  const money = { amountMinor: '500', currency: 'EUR' };
  const cash = { account, ...money, denominations: { 500: 1 }, conductor };
  const deposit = { task: 'cash.deposit', ...cash };
  const withdrawal = { task: 'cash.withdrawal', ...cash };
  const transfer = { task: 'transfer', from: account, to: '10000307', ...money, conductor };
  const items = [deposit, withdrawal];
  const drafts = [deposit, withdrawal, transfer, { task: 'basket', items }];
  drafts.push({ task: 'journal.reversal', journal: 14_963, reason: 'mistyped' } as never);
  const counts = [{ currency: 'EUR', denominations: { 500: 1 } }];
  const second = { user: 'rita', password: 'rita looks twice', code: '000000' };
  const digest = '0'.repeat(64);
  return [
    ...drafts.map((draft) => ({ name: 'posting.post', input: { draft } })),
    ...drafts.map((draft) => ({ name: 'posting.preview', input: { draft } })),
    { name: 'customer.search', input: { text: 'Keller', count: 12 } },
    { name: 'customer.get', input: { customer } },
    { name: 'account.get', input: { number: account } },
    { name: 'till.count', input: { till: 3, counts } },
    {
      name: 'movement.offer',
      input: { from: 3, to: 1, currency: 'EUR', denominations: { 500: 1 } },
    },
    { name: 'day.open', input: { date: '2026-11-23', vaultCounts: counts, second } },
    { name: 'policy.set', input: { policy: {}, reason: 'because' } },
    {
      name: 'approval.decide',
      input: { approval: 1, decision: 'approve', contentDigest: digest, code: '000000' },
    },
    {
      name: 'staff.add',
      input: { user: 'eve', name: 'Eve', roles: ['supervisor'], password: 'a long password, too' },
    },
  ];
}

/** Every place in the tree: the object or list, and the key in it. */
function places(tree: unknown, found: (readonly [Tree, string])[] = []): typeof found {
  if (typeof tree !== 'object' || tree === null) return found;
  for (const key of Object.keys(tree)) {
    found.push([tree as Tree, key]);
    places((tree as Tree)[key], found);
  }
  return found;
}

/** Draws frames: a true one, with up to three places replaced, dropped or renamed; now and then untouched. */
export function createMutator(
  dice: () => number,
  subject: MutatorSubject,
): (id: number) => Tree & { readonly id: number; readonly name: unknown } {
  const all = templates(subject);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(dice() * from.length)] as T;
  let key = crypto.randomUUID();
  return (id) => {
    const { name, input } = structuredClone(pick(all)) as { name: string; input: Tree };
    for (let changes = Math.floor(dice() * 4); changes > 0; changes -= 1) {
      const among = places(input);
      if (among.length === 0) break;
      const [parent, at] = pick(among);
      const kind = dice();
      if (kind < 0.6) parent[at] = structuredClone(pick(wrong));
      else if (kind < 0.8) delete parent[at];
      else parent[`${at}x`] = parent[at];
    }
    // One in ten comes again under the key of the one before, most often with other content.
    if (dice() > 0.1) key = crypto.randomUUID();
    return { id, name, input, key };
  };
}
