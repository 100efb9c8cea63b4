// Tries every line the help shows in the command bar itself: help that leads nowhere is worse than none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCommandLine } from '#contract/command-line.ts';
import { findWord } from '#contract/command-words.ts';
import { commandHelp } from './texts.ts';

const lines = commandHelp.flatMap(({ line }) => line.split(', '));

/** Words of a line that stand for themselves; a bare number or name is looked up instead. */
const asked = (line: string): boolean => findWord(line.split(' ')[0] ?? '') !== undefined;

test('every word the help shows is one of the command bar', () => {
  const looked = lines.filter((line) => !asked(line));
  assert.deepEqual(looked, ['1234 5678', 'marta kel']);
});

test('no line of the help is refused for more than its invented account', () => {
  for (const line of lines) {
    const { kind, errors } = parseCommandLine(line);
    assert.notEqual(kind, 'unavailable', line);
    const other = errors.filter(({ message }) => !/account|check digit/i.test(message));
    assert.deepEqual(other, [], line);
  }
});
