// Attacks what may be said of a customer, then proves that people are registered, found, seen whole and noted.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { CustomerView } from '#contract/customers.ts';
import {
  addPerson,
  established,
  openDay,
  openDesk,
  person,
  register,
  signIn,
  type TestDesk,
} from './session-fixture.ts';

const opened: TestDesk[] = [];
after(() => {
  for (const desk of opened) desk.close();
});
/** A branch on its open day, with teller ben at window 2 and supervisor sam at window 3. */
async function branch(): Promise<TestDesk> {
  const desk = await established();
  opened.push(desk);
  await addPerson(desk, 'ben', ['teller']);
  await addPerson(desk, 'sam', ['supervisor']);
  openDay(desk);
  await signIn(desk, 2, 'ben');
  await signIn(desk, 3, 'sam');
  return desk;
}
const seen = (desk: TestDesk, customer: number): Promise<CustomerView> =>
  desk.ask(2, 'customer.get', { customer });
const document = { kind: 'passport', number: 'X123', country: 'DE' };

test('details that cannot be true are refused whole, at their field', async () => {
  const desk = await branch();
  for (const [change, field] of [
    [{ birthDate: '1980-02-30' }, 'details.birthDate'],
    [{ birthDate: '2026-11-21' }, 'details.birthDate'],
    [{ birthDate: '1899-12-31' }, 'details.birthDate'],
    [{ documents: [] }, 'details.documents'],
    [{ documents: [{ ...document, number: '---' }] }, 'details.documents.0.number'],
    [{ documents: [{ ...document, expiresOn: '2026-11-19' }] }, 'details.documents.0.expiresOn'],
    [{ documents: [{ ...document, expiresOn: '2026-13-01' }] }, 'details.documents.0.expiresOn'],
    [{ documents: [{ ...document, issuedOn: '2027-01-01' }] }, 'details.documents.0.issuedOn'],
    [
      { documents: [{ ...document, issuedOn: '2025-01-01', expiresOn: '2024-01-01' }] },
      'details.documents.0.expiresOn',
    ],
    [{ documents: [document, { ...document, number: 'x-123' }] }, 'details.documents.1.number'],
    [{ address: { country: 'DE' } }, 'details.address.townName'],
    [{ phones: ['call me'] }, 'details.phones.0'],
    [{ givenName: 'An\u0000na' }, 'details.givenName'],
    [{ familyName: '' }, 'details.familyName'],
    [{ surprise: 1 }, 'details'],
  ] as const) {
    const details = person('Anna', 'Keller', change);
    const fault = await desk.fault(2, 'customer.register', { details });
    assert.equal(fault.field, field, JSON.stringify(change));
  }
  assert.deepEqual(await desk.ask(2, 'customer.search', { text: 'keller' }), { hits: [] });
});

test('an organisation needs an LEI that proves itself, where it has one', async () => {
  const desk = await branch();
  const details = {
    ...{ kind: 'organisation', name: 'Harbour Mills', registrationNumber: 'HRB 1' },
    registrationCountry: 'DE',
    address: { townName: 'Riverside', country: 'DE' },
    phones: [],
    documents: [{ kind: 'register-extract', number: 'HRB 1', country: 'DE' }],
  };
  const wrong = { ...details, lei: '529900T8BM49AURSDO56' };
  assert.equal((await desk.fault(2, 'customer.register', { details: wrong })).reason, 'lei-wrong');
  // The LEI of the LEI's own register, as published.
  await register(desk, 2, { ...details, lei: '506700GE1G29325QX363' });
});

test('a document that identifies somebody already does not make a second customer', async () => {
  const desk = await branch();
  const first = await register(desk, 2, person('Anna', 'Keller', { documents: [document] }));
  const again = person('Annette', 'Keller', { documents: [{ ...document, number: 'x 123' }] });
  const fault = await desk.fault(2, 'customer.register', { details: again });
  assert.equal(fault.reason, 'customer-known');
  assert.match(fault.message, new RegExp(String(first)));
  const abroad = { ...document, country: 'FR' };
  const other = await register(desk, 2, person('Anne', 'Keller', { documents: [abroad] }));
  const amend = { customer: other, details: again, reason: 'typed wrong' };
  assert.equal((await desk.fault(2, 'customer.amend', amend)).reason, 'customer-known');
  await desk.ask(2, 'customer.amend', { ...amend, customer: first });
});

test('two tellers who register the same person at once make one customer', async () => {
  const desk = await branch();
  const details = person('Anna', 'Keller', { documents: [document] });
  const replies = await Promise.all(
    [2, 3].map((window) => desk.send(window, 'customer.register', { details })),
  );
  assert.equal(replies.filter((reply) => reply.ok).length, 1);
});

test('unknown customers and a change of kind are refused', async () => {
  const desk = await branch();
  const details = person('Anna', 'Keller');
  for (const [name, input] of [
    ['customer.get', { customer: 7 }],
    ['customer.amend', { customer: 7, details, reason: 'moved' }],
    ['customer.note', { customer: 7, text: 'hello', alert: false }],
  ] as const) {
    assert.equal((await desk.fault(2, name, input)).reason, 'customer-unknown', name);
  }
  const customer = await register(desk, 2, details);
  const firm = {
    ...{ kind: 'organisation', name: 'Keller', registrationNumber: 'HRB 1' },
    registrationCountry: 'DE',
    ...{ address: details.address, phones: [], documents: details.documents },
  };
  const turn = { customer, details: firm, reason: 'changed' };
  assert.equal((await desk.fault(2, 'customer.amend', turn)).reason, 'customer-kind');
});

test('nobody amends their own record', async () => {
  const desk = await branch();
  const own = await register(desk, 2, person('Eva', 'Example'));
  const password = 'temporary words 7';
  await desk.ask(1, 'staff.add', {
    ...{ user: 'eva', name: 'Eva', roles: ['teller'], password, customer: own },
  });
  await desk.ask(4, 'session.open', { user: 'eva', password });
  const next = 'lantern orbit seven';
  await desk.ask(4, 'session.changePassword', { current: password, next });
  const amend = { customer: own, details: person('Eva', 'Rich'), reason: 'why not' };
  assert.equal((await desk.fault(4, 'customer.amend', amend)).reason, 'own-customer');
  await desk.ask(2, 'customer.amend', amend);
});

test('a customer is found by what was amended, and keeps number and day of registration', async () => {
  const desk = await branch();
  const customer = await register(
    desk,
    2,
    person('Anna', 'Keller', { phones: ['+49 30 555 1234'] }),
  );
  const hit = async (text: string) => {
    const { hits }: { hits: { customer: number; name: string; matched: string }[] } =
      await desk.ask(2, 'customer.search', { text });
    return hits.map((each) => [each.customer, each.name, each.matched]);
  };
  assert.deepEqual(await hit('5551234'), [[customer, 'Anna Keller', 'phone']]);
  const details = person('Анна', 'Вебер', { latinName: 'Anna Weber', riskClass: 'high' });
  await desk.ask(2, 'customer.amend', { customer, details, reason: 'married' });
  assert.deepEqual(await hit('keller'), []);
  assert.deepEqual(await hit('weber'), [[customer, 'Анна Вебер (Anna Weber)', 'name']]);
  const view = await seen(desk, customer);
  assert.equal(view.since, '2026-11-20');
  assert.deepEqual(view.alerts, ['Risk class high: ask for purpose and origin of funds.']);
});

test('notes are shown newest first, alert until they are closed, and are closed once', async () => {
  const desk = await branch();
  const customer = await register(desk, 2, person('Anna', 'Keller'));
  const put = async (text: string, alert: boolean) => {
    const { note }: { note: number } = await desk.ask(2, 'customer.note', {
      customer,
      text,
      alert,
    });
    return note;
  };
  await put('prefers the morning', false);
  const note = await put('son has called: ask before large withdrawals', true);
  const before = await seen(desk, customer);
  assert.deepEqual(before.alerts, [
    'Note by BEN Example: son has called: ask before large withdrawals',
  ]);
  assert.deepEqual(
    before.notes.map(({ text, open }) => [text, open]),
    [
      ['son has called: ask before large withdrawals', true],
      ['prefers the morning', true],
    ],
  );
  await desk.ask(3, 'customer.closeNote', { note });
  assert.equal((await desk.fault(3, 'customer.closeNote', { note })).reason, 'note-closed');
  assert.equal((await desk.fault(3, 'customer.closeNote', { note: 5 })).reason, 'note-unknown');
  const after = await seen(desk, customer);
  assert.deepEqual(after.alerts, []);
  assert.equal(after.notes[0]?.open, false);
});

test('an expiring document is announced, an expired one ends the identification', async () => {
  const desk = await branch();
  const expiring = (expiresOn: string) => ({ documents: [{ ...document, expiresOn }] });
  const customer = await register(desk, 2, person('Anna', 'Keller', expiring('2026-12-20')));
  const soon = await seen(desk, customer);
  assert.deepEqual([soon.identified, soon.alerts.length], [true, 1]);
  assert.match(soon.alerts[0] ?? '', /runs out on Sun 20 Dec 2026/);
  const last = person('Anna', 'Keller', expiring('2026-11-20'));
  await desk.ask(2, 'customer.amend', { customer, details: last, reason: 'typed wrong' });
  assert.equal((await seen(desk, customer)).identified, true, 'valid on its last day');
  const details = person('Anna', 'Keller', expiring('2026-11-19'));
  await desk.ask(2, 'customer.amend', { customer, details, reason: 'typed wrong' });
  const over = await seen(desk, customer);
  assert.equal(over.identified, false);
  assert.match(over.alerts[0] ?? '', /ran out on Thu 19 Nov 2026/);
});

test('cash near the reporting threshold is said while there is time to ask', async () => {
  const desk = await branch();
  const customer = await register(desk, 2, person('Anna', 'Keller'));
  desk.ledger.write(() =>
    desk.ledger.append({
      ...{ type: 'journal.posted', actor: '2' },
      data: {
        activity: [
          {
            persons: [`customer:${customer}`],
            ...{ account: '20000001', direction: 'out', currency: 'EUR', amountMinor: '700000' },
          },
        ],
      },
    }),
  );
  const view = await seen(desk, customer);
  assert.deepEqual(view.cashToday, [{ currency: 'EUR', inMinor: '0', outMinor: '700000' }]);
  assert.deepEqual(view.alerts, [
    'Cash out today 7,000.00 EUR; above 10,000.00 EUR it is reported.',
  ]);
});

test('customers, notes and the search are the same after a restart', async () => {
  const desk = await established();
  await addPerson(desk, 'ben', ['teller']);
  openDay(desk);
  await signIn(desk, 2, 'ben');
  const customer = await register(desk, 2, person('Jürgen', 'Müller'));
  await desk.ask(2, 'customer.note', { customer, text: 'deaf in one ear', alert: true });
  const before = await seen(desk, customer);
  desk.close(true);
  const later = openDesk({ folder: desk.folder, clock: desk.clock });
  opened.push(later);
  desk.clock.pass(30_000);
  await signIn(later, 2, 'ben');
  assert.deepEqual(await seen(later, customer), before);
  const { hits }: { hits: unknown[] } = await later.ask(2, 'customer.search', { text: 'mueller' });
  assert.equal(hits.length, 1);
});
