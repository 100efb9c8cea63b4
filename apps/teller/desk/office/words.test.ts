// Holds the words of the line to what they must say, with their figures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventWords, leafed, queueShown } from './delivery.ts';
import { cardSentence, type LineView, lineSentence, lineWord, personShown } from './words.ts';

const line: LineView = {
  state: 'online',
  behind: 0,
  head: { seq: 9, hash: '' },
  received: { seq: 9, hash: '' },
  delivery: null,
  since: null,
  why: '',
  readsAll: false,
  allowancesLeft: [],
  certificateUntil: null,
  certificateEnds: null,
};

test('each state has a word of its own, and none where there is no head office', () => {
  assert.equal(lineWord({ ...line, state: 'none' }), null);
  assert.deepEqual(lineWord(line), { text: 'head office online', tone: 'calm', icon: 'link' });
  assert.match(lineWord({ ...line, state: 'behind', behind: 41 })?.text ?? '', /behind by 41/);
  const since = '2026-11-20T09:30:00.000Z';
  assert.match(lineWord({ ...line, state: 'offline', since })?.text ?? '', /since \d\d:\d\d$/);
  const allowancesLeft = [{ amountMinor: '10000', currency: 'EUR' }];
  assert.match(
    lineWord({ ...line, state: 'offline', since, allowancesLeft })?.text ?? '',
    /, 100\.00 EUR of allowances left$/,
  );
  assert.equal(lineWord({ ...line, state: 'stopped' })?.tone, 'red');
});

test('a certificate that ends is said in the line and in a sentence, and otherwise not at all', () => {
  const certificateUntil = '2026-12-01T09:30:00.000Z';
  const soon = { ...line, certificateUntil, certificateEnds: 'soon' } as const;
  assert.deepEqual(lineWord(soon), {
    ...{ text: 'head office online, certificate ends soon', tone: 'amber', icon: 'warning' },
  });
  assert.match(lineSentence(soon), /ends on 1 Dec 2026 .* was not renewed/);
  assert.match(lineSentence({ ...soon, certificateEnds: 'ended' }), /enrols it anew/);
  assert.equal(lineSentence({ ...line, certificateUntil }), '');
});

test('what is different offline is said with how much waits', () => {
  assert.equal(lineSentence(line), '');
  assert.match(lineSentence({ ...line, state: 'offline', behind: 3 }), /3 events wait/);
  assert.match(lineSentence({ ...line, state: 'stopped', why: 'two of them' }), /two of them/);
});

test('what waits is named, its number grouped, and one is one', () => {
  assert.equal(eventWords({ type: 'session.opened', what: '' }), 'session opened');
  assert.equal(eventWords({ type: 'journal.posted', what: 'Deposit' }), 'Deposit');
  const behind = { ...line, state: 'behind', behind: 24_990 } as const;
  assert.equal(lineWord(behind)?.text, 'head office, behind by 24,990');
  assert.match(lineSentence(behind), /24,990 events wait/);
  assert.match(lineSentence({ ...behind, behind: 1 }), /1 event waits/);
});

test('the queue is leafed through to its ends and no further, while it moves', () => {
  const waiting = { received: 100, head: 10_100 };
  assert.equal(leafed('newer', null, waiting), 100 + queueShown);
  assert.equal(leafed('older', 100 + queueShown, waiting), null, 'the oldest again');
  assert.equal(leafed('newest', null, waiting), 10_100 - queueShown);
  assert.equal(leafed('newer', 10_100 - queueShown, waiting), 10_100 - queueShown);
  const later = { ...waiting, received: 5_000 };
  assert.equal(leafed('newer', 200, later), 5_000 + queueShown, 'what was shown is delivered');
  assert.equal(leafed('older', 5_003, later), null);
  assert.equal(leafed('newest', null, { received: 100, head: 103 }), null, 'all of it is shown');
});

test('a card says what its keeping branch forbids, and who of it stands here', () => {
  const receivedAt = '2026-11-20T09:30:00.000Z';
  const card = { state: 'open', takesCredits: true, isFetched: true, receivedAt } as const;
  assert.equal(cardSentence(card, '001'), '');
  assert.match(cardSentence({ ...card, isFetched: false }, '001'), /on its way/);
  assert.match(cardSentence({ ...card, state: 'frozen' }, '001'), /frozen .*money may come in/);
  const shut = { ...card, state: 'frozen', takesCredits: false } as const;
  assert.match(cardSentence(shut, '001'), /nothing may come in/);
  assert.match(cardSentence({ ...card, state: 'closed' }, '001'), /nothing is paid or taken/);
  assert.match(cardSentence({ ...card, state: 'unknown' }, '001'), /keeps no such account/);
  const document = { kind: 'passport', number: 'C01X-00', country: 'DE', expiresOn: null };
  const rest = {
    role: 'holder' as const,
    limitMinor: null,
    until: null,
    photo: null,
    signature: null,
  };
  const persons = [{ name: 'Marta', document, ...rest } as const];
  assert.equal(personShown(persons, 'c01 x00')?.name, 'Marta');
  assert.equal(personShown(persons, 'C01'), null);
  assert.equal(personShown(persons, ''), null);
});
