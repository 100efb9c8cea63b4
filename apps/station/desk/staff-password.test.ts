// Attacks the rule with passwords people really choose, then lets good ones pass.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkNewPassword, isGuessable } from './staff-password.ts';

const alone = { user: 'ben', name: 'Ben Okafor', bank: 'Qenex Demo Bank', factor: false };
const beside = { ...alone, factor: true };

test('guessable passwords are refused however they are decorated', () => {
  const guessable = [
    'password',
    'Password2026!!!!',
    'PASSWORDPASSWORD',
    'ben-okafor-1985!',
    'QenexDemoBank2026',
    'okaforokaforokafor',
    '123456789012345',
    'abcdefghijklmnop',
    '9876543210987654',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabc',
    'Willkommen-12345',
    '12-34-56-78-90!!',
  ];
  for (const password of guessable) {
    assert.throws(
      () => checkNewPassword(password, beside, 'next'),
      { reason: 'password-common', field: 'next' },
      password,
    );
    assert.ok(isGuessable(password, alone), password);
  }
});

test('length counts characters: 15 alone, 8 beside a factor', () => {
  const refused = { reason: 'password-short', field: 'next' };
  checkNewPassword('plum kite tango', alone, 'next');
  assert.throws(() => checkNewPassword('plum kite tang', alone, 'next'), refused);
  assert.throws(() => checkNewPassword('plumkit', beside, 'next'), refused);
  assert.throws(() => checkNewPassword('😀😀😀😀😀😀😀', beside, 'next'), refused);
  checkNewPassword('plum kite', beside, 'next');
});

test('long passphrases pass without a rule about their composition', () => {
  for (const password of [
    'plum kite tango',
    'lantern orbit seven cups',
    'солнце над тихой рекой',
  ]) {
    checkNewPassword(password, alone, 'next');
  }
});
