// The page's copy of the topics must be the contract's, else a screen would show what is no longer so.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operations } from '#contract/index.ts';
import { queryTopics } from './topics.ts';

test('every query of the contract stands in the table with its topics, and nothing else does', () => {
  const expected = Object.fromEntries(
    Object.entries(operations).flatMap(([name, operation]) =>
      operation.kind === 'query' ? [[name, operation.topics]] : [],
    ),
  );
  assert.deepEqual(queryTopics, expected);
});
