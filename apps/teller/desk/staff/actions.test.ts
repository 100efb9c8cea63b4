// Proves which actions on a colleague are offered to whom.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionsFor, toggled } from './actions.ts';

const administrator = { isAdministrator: true, isSupervisor: false };
const supervisor = { isAdministrator: false, isSupervisor: true };

test('a supervisor may unlock and end sessions, and nothing else', () => {
  const offered = actionsFor({ state: 'locked', hasFactor: true }, supervisor);
  assert.deepEqual(offered, ['unlock', 'sessions']);
});

test('an administrator is offered what fits the state', () => {
  const active = actionsFor({ state: 'active', hasFactor: false }, administrator);
  assert.deepEqual(active, ['roles', 'password', 'sessions', 'disable']);
  const disabled = actionsFor({ state: 'disabled', hasFactor: true }, administrator);
  assert.deepEqual(disabled, ['roles', 'password', 'factor', 'enable']);
});

test('nobody else is offered anything', () => {
  const nobody = { isAdministrator: false, isSupervisor: false };
  assert.deepEqual(actionsFor({ state: 'locked', hasFactor: true }, nobody), []);
});

test('roles keep their order however they are given and taken', () => {
  assert.deepEqual(toggled(['auditor'], 'teller', true), ['teller', 'auditor']);
  assert.deepEqual(toggled(['teller', 'auditor'], 'teller', false), ['auditor']);
});
