// Judges a message by a list of rules, each by its kind.
import type { MessageError } from '../../iso20022/message-error.ts';
import { pathOf } from '../../iso20022/tree.ts';
import * as addresses from './addresses.ts';
import * as presence from './presence.ts';
import type { Check, Rule } from './rule.ts';
import type { Report, Subject } from './subject.ts';
import * as values from './values.ts';

type Judges = {
  readonly [Kind in Check['kind']]: (
    subject: Subject,
    check: Extract<Check, { kind: Kind }>,
    report: Report,
  ) => void;
};

const judges: Judges = {
  together: presence.together,
  requires: presence.requires,
  'requires-unless': presence.requiresUnless,
  'any-of': presence.anyOf,
  exclusive: presence.exclusive,
  forbids: presence.forbids,
  absent: presence.absent,
  'at-most': presence.atMost,
  'each-once': presence.eachOnce,
  'codes-apart': presence.codesApart,
  'when-value': presence.whenValue,
  domestic: presence.domestic,
  'same-value': values.sameValue,
  'holds-value': values.holdsValue,
  'names-message': values.namesMessage,
  pattern: values.pattern,
  slash: values.slash,
  codes: values.codes,
  'attribute-codes': values.attributeCodes,
  'max-length': values.maxLength,
  'total-length': values.totalLength,
  'amounts-differ': values.amountsDiffer,
  sum: values.sum,
  count: values.count,
  'amount-range': values.amountRange,
  'partial-return': values.partialReturn,
  identifier: values.identifier,
  characters: values.characters,
  'lead-time': values.leadTime,
  'address-hybrid': addresses.addressHybrid,
  'address-lines': addresses.addressLines,
  'address-form': addresses.addressForm,
  'address-repeats': addresses.addressRepeats,
};

/** The kinds of rule there are. */
export const ruleKinds = Object.freeze(Object.keys(judges) as Check['kind'][]);

/** A broken rule is an error whose code is the rule's id; `offset` leads to its line. */
export interface RuleError extends MessageError {
  readonly source: string;
  readonly offset: number;
}

/** Everything in a message that breaks one of the rules, in the order of the rules. */
export function judgeRules(rules: readonly Rule[], subject: Subject): readonly RuleError[] {
  const errors: RuleError[] = [];
  for (const { id, source, text, fix, check } of rules) {
    const judge = judges[check.kind] as (s: Subject, c: Check, r: Report) => void;
    judge(subject, check, (element, found) => {
      const message = `${text} Here: ${found}.`.replace('..', '.');
      const place = { path: pathOf(element), offset: element.offset, line: 0, column: 0 };
      errors.push({ ...place, code: id, source, message, fix });
    });
  }
  return errors;
}
