// Judges the rules about what stands together, instead, once, or not at all.
import type { XmlElement } from '../../iso20022/tree.ts';
import type { Check } from './rule.ts';
import { find, has, type Report, type Subject, textsOf, within } from './subject.ts';

type Of<Kind extends Check['kind']> = Extract<Check, { kind: Kind }>;

export function together(subject: Subject, check: Of<'together'>, report: Report): void {
  const { at, one, other } = check;
  for (const element of find(subject, at)) {
    const hasOne = has(element, one);
    if (hasOne !== has(element, other)) report(element, `${hasOne ? one : other} stands alone`);
  }
}

function missingOf(element: XmlElement, needs: readonly string[]): readonly string[] {
  return needs.filter((path) => !has(element, path));
}

export function requires(subject: Subject, check: Of<'requires'>, report: Report): void {
  for (const element of find(subject, check.at)) {
    if (!has(element, check.when)) continue;
    const missing = missingOf(element, check.needs);
    if (missing.length > 0) report(element, `${missing.join(' and ')} missing`);
  }
}

export function requiresUnless(
  subject: Subject,
  check: Of<'requires-unless'>,
  report: Report,
): void {
  for (const element of find(subject, check.at)) {
    if (has(element, check.unless)) continue;
    const missing = missingOf(element, check.needs);
    if (missing.length > 0) report(element, `${missing.join(' and ')} missing`);
  }
}

export function anyOf(subject: Subject, check: Of<'any-of'>, report: Report): void {
  for (const element of find(subject, check.at)) {
    if (check.paths.some((path) => has(element, path))) continue;
    report(element, `none of ${check.paths.join(', ')} stands`);
  }
}

export function exclusive(subject: Subject, check: Of<'exclusive'>, report: Report): void {
  for (const element of find(subject, check.at)) {
    const present = check.paths.filter((path) => has(element, path));
    if (present.length > 1) report(element, `${present.join(' and ')} stand together`);
  }
}

export function forbids(subject: Subject, check: Of<'forbids'>, report: Report): void {
  for (const element of find(subject, check.at)) {
    if (!has(element, check.when)) continue;
    const present = check.paths.filter((path) => has(element, path));
    if (present.length > 0) report(element, `${present.join(' and ')} beside ${check.when}`);
  }
}

export function absent(subject: Subject, check: Of<'absent'>, report: Report): void {
  for (const element of find(subject, check.path)) report(element, `${element.tag} stands`);
}

export function atMost(subject: Subject, check: Of<'at-most'>, report: Report): void {
  for (const element of find(subject, check.at)) {
    const { length } = within(element, check.path);
    if (length > check.count) report(element, `${check.path} stands ${length} times`);
  }
}

export function eachOnce(subject: Subject, check: Of<'each-once'>, report: Report): void {
  for (const element of find(subject, check.at)) {
    const values = textsOf(within(element, check.path));
    const again = values.find((value, index) => values.indexOf(value) !== index);
    if (again !== undefined) report(element, `${again} stands twice`);
  }
}

export function codesApart(subject: Subject, check: Of<'codes-apart'>, report: Report): void {
  const [one, other] = check.codes;
  for (const element of find(subject, check.at)) {
    const values = textsOf(within(element, check.path));
    if (values.includes(one) && values.includes(other)) {
      report(element, `${one} and ${other} stand together`);
    }
  }
}

function applies(element: XmlElement, check: Of<'when-value'>): boolean {
  const values = textsOf(within(element, check.path));
  if (values.length === 0) return false;
  const isOne = (value: string): boolean => check.values.includes(value);
  return check.every ? values.every(isOne) : values.some(isOne);
}

export function whenValue(subject: Subject, check: Of<'when-value'>, report: Report): void {
  for (const element of find(subject, check.at)) {
    if (!applies(element, check)) continue;
    const missing = missingOf(element, check.needs ?? []);
    const isAnyMissing =
      check.needsAny !== undefined && !check.needsAny.some((path) => has(element, path));
    const present = (check.forbids ?? []).filter((path) => has(element, path));
    const { atMost: bound } = check;
    const count = bound ? within(element, bound.path).length : 0;
    if (missing.length > 0) report(element, `${missing.join(' and ')} missing`);
    else if (isAnyMissing) report(element, `${check.needsAny?.join(' or ')} missing`);
    else if (present.length > 0) report(element, `${present.join(' and ')} stands`);
    else if (bound && count > bound.count) report(element, `${bound.path} stands ${count} times`);
  }
}

export function domestic(subject: Subject, check: Of<'domestic'>, report: Report): void {
  const needs = ['Dbtr/Nm', 'Cdtr/Nm', 'DbtrAcct/Id/IBAN', 'CdtrAcct/Id/IBAN'];
  for (const element of find(subject, check.at)) {
    const agents = ['DbtrAgt', 'CdtrAgt'].map((agent) =>
      textsOf(within(element, `${agent}/FinInstnId/BICFI`)),
    );
    const isDomestic = agents.every(
      (bics) => bics.length > 0 && bics.every((bic) => check.countries.includes(bic.slice(4, 6))),
    );
    const missing = isDomestic ? missingOf(element, needs) : [];
    if (missing.length > 0) report(element, `${missing.join(' and ')} missing`);
  }
}
