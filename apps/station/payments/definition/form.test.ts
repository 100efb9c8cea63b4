// Sees that forms come from definitions: few fields, the IBAN first, nothing asked that the schema
// does not have.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '#station/bank/refusal.ts';
import { listMessages, messageDefinition } from './definitions.ts';
import { formOf } from './form.ts';
import { findProfile, marketProfiles } from './profiles/index.ts';

const date = '2026-11-21';

test('a SEPA transfer asks for at most eight values, the IBAN first', () => {
  const fields = formOf(messageDefinition('pain.001.001.09'), findProfile('sepa-sct', date));
  assert.ok(fields.length <= 8);
  assert.deepEqual(
    fields.slice(0, 3).map(({ kind, isRequired }) => [kind, isRequired]),
    [
      ['iban', true],
      ['text', true],
      ['amount', true],
    ],
  );
});

test('every profile and every message has a form, and every field of it a name in words', () => {
  for (const profile of marketProfiles) {
    for (const { messageId } of profile.variants) {
      const fields = formOf(messageDefinition(messageId), profile);
      assert.ok(fields.length > 0, messageId);
    }
  }
  for (const { id, use } of listMessages()) {
    if (use !== 'write') continue;
    for (const { label, path } of formOf(messageDefinition(id))) {
      assert.match(label, /^[A-Z]/, path);
      assert.ok(label.length > 1, path);
    }
  }
});

test('codes come with their meanings, patterns with an example', () => {
  const fields = formOf(messageDefinition('pacs.008.001.08'), findProfile('cbpr-plus', date));
  const charges = fields.find(({ path }) => path.endsWith('ChrgBr'));
  assert.equal(charges?.kind, 'choice');
  assert.equal(
    charges?.options.find(({ code }) => code === 'DEBT')?.label,
    'the debtor pays all charges',
  );
  assert.match(fields.find(({ kind }) => kind === 'country')?.help ?? '', /such as/);
});

test('a message nobody has a definition of is refused with the ones there are', () => {
  assert.throws(
    () => messageDefinition('pacs.008.001.99'),
    (error) => {
      return error instanceof Refusal && /pacs\.008\.001\.08/.test(error.message);
    },
  );
});
