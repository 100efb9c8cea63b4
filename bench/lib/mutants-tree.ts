// Finds where a source can be broken, and writes every broken way into it behind a switch, so that
// one run of a test can ask one of them after the other.
import { parseSync } from 'vite';

/** One way to break a source: what stands there, and what would stand there instead. */
export interface Mutant {
  readonly line: number;
  readonly was: string;
  readonly instead: string;
  /** Reasons of refusals in the same statement: a test that names one is asked first. */
  readonly reasons: readonly string[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A place whose text has other texts that may stand for it. */
interface Place {
  readonly from: number;
  readonly to: number;
  readonly others: readonly string[];
  /** How the text with its switch is written: an expression, a statement, the name of a member. */
  readonly as: 'expression' | 'statement' | 'member';
  readonly reasons: readonly string[];
}

const turned: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<='],
  '<=': ['<'],
  '>': ['>='],
  '>=': ['>'],
  '+': ['-'],
  '-': ['+'],
};
const members: ReadonlyMap<string, string> = new Map([
  ['every', 'some'],
  ['some', 'every'],
  ['filter', 'slice'],
  ['min', 'max'],
  ['max', 'min'],
]);
const spoken = /^(assert|console|invariant)\b/;
const refusals = /^(refus|Refusal)/;
const reasonText = /^'[a-z][a-z0-9]*(-[a-z0-9]+)+'$/;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const childrenOf = (node: Node): readonly Node[] =>
  Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);

/** Reads one source's tree, each place once; types, imports, texts and assertions are left alone. */
function placesOf(text: string, program: Node): readonly Place[] {
  const places: Place[] = [];
  let reasons: readonly string[] = [];
  const of = (node: Node) => text.slice(node.start, node.end);
  const put = (node: Node, others: readonly string[], as: Place['as'] = 'expression') =>
    places.push({ from: node.start, to: node.end, others, as, reasons });
  const visitors: Readonly<Record<string, (node: Node) => void>> = {
    BinaryExpression(node) {
      const [left, right] = [node.left as Node, node.right as Node];
      const others = turned[node.operator as string] ?? [];
      if (others.length === 0 || (node.operator === '+' && isText(left, right))) return;
      put(
        node,
        others.map((other) => `${of(left)} ${other} ${of(right)}`),
      );
    },
    LogicalExpression(node) {
      if (node.operator === '??') return;
      put(node, [of(node.left as Node), of(node.right as Node)]);
    },
    UnaryExpression(node) {
      if (node.operator === '!') put(node, [of(node.argument as Node)]);
    },
    ConditionalExpression(node) {
      put(node, [of(node.consequent as Node), of(node.alternate as Node)]);
    },
    IfStatement(node) {
      put(node.test as Node, node.alternate ? ['true', 'false'] : ['false']);
    },
    ExpressionStatement(node) {
      const inner = node.expression as Node;
      const call = inner.type === 'AwaitExpression' ? (inner.argument as Node) : inner;
      if (call.type === 'CallExpression') put(node, [''], 'statement');
    },
    ReturnStatement(node) {
      const value = node.argument as Node | null;
      if (typeof value?.value === 'boolean') put(value, [String(!value.value)]);
    },
    CallExpression(node) {
      const callee = node.callee as Node;
      const [object, property] = [callee.object, callee.property].filter(isNode);
      if (!object || !property || callee.computed) return;
      const other = members.get(property.name as string);
      if (!other || (/^m/.test(other) && of(object) !== 'Math')) return;
      places.push({ from: object.end, to: property.end, others: [other], as: 'member', reasons });
    },
  };
  const reason = (node: Node) => {
    const first = ((node.arguments as Node[] | undefined) ?? []).find((one) =>
      reasonText.test(of(one)),
    );
    if (first && refusals.test(of(node.callee as Node))) put(first, ["'mutant'"]);
  };
  const visit = (node: Node): void => {
    if (/^(TS(?!As|Satisfies|NonNull)|Import|ExportAll)/.test(node.type)) return;
    if (node.type === 'ExpressionStatement' && spoken.test(of(node))) return;
    if (node.type === 'CallExpression' && spoken.test(of(node.callee as Node))) return;
    const outer = reasons;
    if (/^(Expression|If|Return|Throw)/.test(node.type)) reasons = reasonsIn(of(node));
    visitors[node.type]?.(node);
    if (node.type === 'CallExpression' || node.type === 'NewExpression') reason(node);
    for (const child of childrenOf(node)) visit(child);
    reasons = outer;
  };
  visit(program);
  return places;
}

/** Words in the form of a reason, in quotes; a long statement names too many to mean any. */
export function reasonsIn(text: string): readonly string[] {
  const found = [...text.matchAll(/'([a-z][a-z0-9]*(?:-[a-z0-9]+)+)'/g)].map(
    ([, word = '']) => word,
  );
  return found.length > 4 ? [] : found;
}

/** Whether this plus puts texts together: there is no minus of them. */
const isText = (...sides: readonly Node[]): boolean =>
  sides.some((side) => side.type === 'TemplateLiteral' || typeof side.value === 'string');

/** The text with its switches in it, and its mutants, which are numbered from `first`. */
export function switched(
  path: string,
  text: string,
  first: number,
): { readonly text: string; readonly mutants: readonly Mutant[] } {
  const places = [...placesOf(text, parseSync(path, text).program as unknown as Node)].sort(
    (one, next) => one.from - next.from || next.to - one.to,
  );
  const mutants: Mutant[] = [];
  const numbered = places.map((place) => {
    const id = first + mutants.length;
    const line = text.slice(0, place.from).split('\n').length;
    const was = flat(text.slice(place.from, place.to));
    for (const other of place.others)
      mutants.push({ line, was, instead: flat(other), reasons: place.reasons });
    return { ...place, id };
  });
  let next = 0;
  /** Writes what stands from `from` to `to`, with the places inside it switched. */
  const write = (from: number, to: number): string => {
    const parts: string[] = [];
    let done = from;
    for (let place = numbered[next]; place && place.from < to; place = numbered[next]) {
      next += 1;
      parts.push(text.slice(done, place.from), withSwitch(place, write(place.from, place.to)));
      done = place.to;
    }
    return parts.join('') + text.slice(done, to);
  };
  return { text: write(0, text.length), mutants };
}

/** The place's own text, `inner`, or another where its mutant is asked for. */
function withSwitch({ id, others, as }: Place & { readonly id: number }, inner: string): string {
  if (as === 'statement') return `{if(!__mutant(${id})){${inner}}}`;
  if (as === 'member') {
    const [, dot = '', name = ''] = /^([^\w]*)\.\s*(\w+)$/.exec(inner) ?? [];
    return `${dot.includes('?') ? '?.' : ''}[__mutant(${id})?'${others[0]}':'${name}']`;
  }
  const ways = others.map((other, index) => `__mutant(${id + index})?(${other}):`);
  return `(${ways.join('')}(${inner}))`;
}

const flat = (text: string): string => {
  const one = text.replace(/\s+/g, ' ').trim();
  return one.length > 90 ? `${one.slice(0, 87)}...` : one || '(left out)';
};
