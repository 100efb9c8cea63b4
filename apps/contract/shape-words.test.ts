// Tries the words for a value of the wrong shape: what a person reads names no type of a program.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { operations } from './index.ts';
import './values.ts';

const said = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value).error?.issues[0]?.message;

test('each kind of refusal has words of its own', () => {
  for (const [schema, value, words] of [
    [z.array(z.string()).min(1), [], 'is empty: choose one at least'],
    [z.array(z.string()).max(1), ['a', 'b'], 'holds 1 at most'],
    [z.string().min(1), '', 'is empty'],
    [z.string().min(2), 'a', 'has 2 characters or more'],
    [z.string().max(1), 'ab', 'has 1 character at most'],
    [z.number().positive(), 0, 'is more than 0'],
    [z.number().min(10), 3, 'is 10 or more'],
    [z.number().max(10), 30, 'is 10 at most'],
    [z.string(), undefined, 'is missing'],
    [z.string(), 3, 'is not of the right kind'],
    [z.string().regex(/^a$/), 'b', 'is not written as it should be'],
    [z.enum(['a', 'b']), 'c', 'is not one of a, b'],
    [z.strictObject({}), { other: 1 }, 'is not known here: other'],
  ] as const) {
    assert.equal(said(schema, value), words);
  }
});

test('a word of the contract itself comes first', () => {
  assert.equal(said(z.string().regex(/^a$/, 'is an a'), 'b'), 'is an a');
  assert.equal(
    said(operations['staff.add'].input.shape.roles, []),
    'is empty: choose one at least',
  );
});
