// Holds the card to who may act: documents as they are read out, texts that are none, and the same text for the same card.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Card, cardText, personWith, readCard } from './card.ts';

const person: Card['persons'][number] = {
  ...{ name: 'Marta Keller', role: 'holder', limitMinor: null, until: null },
  document: { kind: 'passport', number: 'C01-X00 T47', country: 'DE', expiresOn: null },
  ...{ photo: null, signature: null },
};
const card: Card = {
  ...{ account: { branch: '001', number: '10000295' }, name: 'Marta Keller', currency: 'EUR' },
  ...{ product: 'checking', state: 'open', takesCredits: true, persons: [person] },
};

test('a document is the same however it is written, and none is nobody’s', () => {
  assert.equal(personWith(card, ['c01x00t47'])?.name, 'Marta Keller');
  assert.equal(personWith(card, ['other', 'C01 X00 T47'])?.name, 'Marta Keller');
  for (const documents of [[], [''], ['--'], ['C01X00T4'], ['C01X00T471']]) {
    assert.equal(personWith(card, documents), null, documents.join());
  }
  const blank = { ...person, document: { ...person.document, number: '--' } };
  assert.equal(personWith({ ...card, persons: [blank] }, ['']), null);
});

test('a card comes back from its text, and what is no card is none', () => {
  assert.deepEqual(readCard(cardText(card)), card);
  assert.equal(cardText({ ...card }), cardText(card));
  const many = { ...card, persons: Array.from({ length: 13 }, () => person) };
  for (const text of [
    ...['', 'null', '[]', '{}', 'not json', cardText(many)],
    ...[cardText({ ...card, more: 1 } as Card), cardText({ ...card, state: 'shut' as 'open' })],
  ]) {
    assert.equal(readCard(text), null, text.slice(0, 40));
  }
});
