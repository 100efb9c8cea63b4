// Says what is wrong with a value's shape as a person would: the library's own words are for programmers.
import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;

const characters = (count: number | bigint): string =>
  BigInt(count) === 1n ? '1 character' : `${count} characters`;

function tooSmall(issue: Extract<Issue, { code: 'too_small' }>): string {
  const { origin, minimum, inclusive } = issue;
  const isOne = Number(minimum) === 1;
  if (origin === 'string') return isOne ? 'is empty' : `has ${characters(minimum)} or more`;
  if (origin === 'array')
    return isOne ? 'is empty: choose one at least' : `holds ${minimum} or more`;
  return inclusive === false ? `is more than ${minimum}` : `is ${minimum} or more`;
}

function tooBig(issue: Extract<Issue, { code: 'too_big' }>): string {
  const { origin, maximum } = issue;
  if (origin === 'string') return `has ${characters(maximum)} at most`;
  return origin === 'array' ? `holds ${maximum} at most` : `is ${maximum} at most`;
}

/**
 * The sentence for a refusal the contract has no words of its own for, without its subject: `is empty`. Takes an
 * issue of the shape checker; returns undefined for a kind it does not know, which then speaks for itself.
 */
export function shapeWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'too_small':
      return tooSmall(issue as Extract<Issue, { code: 'too_small' }>);
    case 'too_big':
      return tooBig(issue as Extract<Issue, { code: 'too_big' }>);
    case 'invalid_type':
      return issue.input === undefined || issue.input === null
        ? 'is missing'
        : 'is not of the right kind';
    case 'invalid_format':
      return 'is not written as it should be';
    case 'invalid_value':
      return `is not one of ${(issue.values as readonly unknown[]).join(', ')}`;
    case 'unrecognized_keys':
      return `is not known here: ${(issue.keys as readonly string[]).join(', ')}`;
    default:
      return undefined;
  }
}
