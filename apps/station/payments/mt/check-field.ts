// Checks one field against the catalogue: characters, lines, format, meaning of each component.
import { foreignIndex } from './charset.ts';
import { formatCode } from './component.ts';
import type { Field } from './envelope.ts';
import { type FieldDefinition, fieldDefinitions } from './fields.ts';
import type { Components } from './format.ts';
import { type MtProblem, mtProblem, shown } from './problem.ts';

const lineFault = /(^|\n)(\n|$|[:-])/;

/** Fields written in the z set; every other field uses x. */
const wideFields: ReadonlySet<string> = new Set(['77T']);

/**
 * The components of a field, or null with at least one problem pushed. A tag the catalogue does not
 * know is no problem here: whether it may stand in the message is the structure's affair.
 */
export function checkField(field: Field, problems: MtProblem[]): Components | null {
  const definition = fieldDefinitions.get(field.tag);
  if (definition && !mayHaveBadLine(field.value)) {
    // What fits a format is made of the characters of its sets, which are all in the field's set.
    const components = firstFit(definition, field.value);
    if (components) return judge(definition, components, field, problems) ? components : null;
  }
  return checkSlowly(definition, field, problems);
}

/** The components by the first format that fits, or null. */
function firstFit({ formats }: FieldDefinition, value: string): Components | null {
  for (const format of formats) {
    const components = format.parse(value);
    if (components) return components;
  }
  return null;
}

/** The same in the order faults are told: characters, lines, format, meaning. */
function checkSlowly(
  definition: FieldDefinition | undefined,
  field: Field,
  problems: MtProblem[],
): Components | null {
  const { tag, value, line } = field;
  const foreign = foreignIndex(value, wideFields.has(tag) ? 'z' : 'x');
  if (foreign >= 0) {
    const where = { block: '4', field: tag, line: line + newlines(value, foreign) };
    const seen = shown(String.fromCodePoint(value.codePointAt(foreign) ?? 0));
    const message =
      `${seen} in field ${tag} is not a character FIN carries: letters, digits, blank ` +
      `and / - ? : ( ) . , ' + are.`;
    problems.push(mtProblem('charset', message, where));
    return null;
  }
  if (mayHaveBadLine(value) && !wideFields.has(tag)) {
    const problem = lineProblem(field);
    if (problem) {
      problems.push(problem);
      return null;
    }
  }
  if (!definition) return {};
  const components = firstFit(definition, value);
  if (components) return judge(definition, components, field, problems) ? components : null;
  problems.push(formatProblem(definition, field));
  return null;
}

/** Cheap first look: whether a line is empty or begins with a sign that no line may begin with. */
function mayHaveBadLine(value: string): boolean {
  const first = value.charCodeAt(0);
  if (value === '' || first === 58 || first === 10) return true;
  for (let feed = value.indexOf('\n'); feed >= 0; feed = value.indexOf('\n', feed + 1)) {
    const next = value.charCodeAt(feed + 1);
    if (next === 10 || next === 45 || next === 58 || feed + 1 === value.length) return true;
  }
  return false;
}

function lineProblem({ tag, value, line }: Field): MtProblem | null {
  const wrong = lineFault.exec(value);
  if (!wrong || (wrong[2] === '-' && wrong[1] !== '\n')) return null;
  const at = line + newlines(value, wrong.index + (wrong[1]?.length ?? 0));
  const message = wrong[2]?.trim()
    ? `A line of field ${tag} begins with "${wrong[2]}", which begins a field or ends the block.`
    : `Field ${tag} has an empty line: leave it out.`;
  return mtProblem('line', message, { block: '4', line: at, field: tag });
}

function newlines(value: string, end: number): number {
  let count = 0;
  for (let at = value.indexOf('\n'); at >= 0 && at < end; at = value.indexOf('\n', at + 1)) count++;
  return count;
}

function formatProblem(definition: FieldDefinition, { tag, value, line }: Field): MtProblem {
  const faults = definition.formats.map((format) => format.fault(value));
  const worst = faults.reduce((one, other) => (other.line > one.line ? other : one));
  const type = definition.types[worst.component] ?? 'text';
  const bad = value.split('\n')[worst.line] ?? '';
  const where = { block: '4', line: line + worst.line, field: tag, component: worst.component };
  const message =
    `${shown(bad)} in field ${tag} (${definition.label}) does not fit: ` +
    `${worst.expected} is wanted for ${worst.component || 'what follows'}.`;
  return mtProblem(formatCode(type, bad), message, where);
}

function judge(
  definition: FieldDefinition,
  components: Components,
  field: Field,
  problems: MtProblem[],
): boolean {
  const { tag } = field;
  const before = problems.length;
  for (const { name, judge: judgeValue, limit } of definition.judged) {
    const given = components[name];
    if (given === undefined) continue;
    if (limit !== null && !limit.list.includes(given)) {
      const message = `${shown(given)} in field ${tag} is none of ${limit.list.join(', ')}.`;
      problems.push(mtProblem(limit.code, message, whereOf(field, name)));
    }
    const fault = judgeValue === null ? null : judgeValue(given, components.currency);
    if (fault !== null) {
      const message = `Field ${tag}: ${fault.message}`;
      problems.push(mtProblem(fault.code, message, whereOf(field, name)));
    }
  }
  return problems.length === before;
}

const whereOf = ({ tag, line }: Field, component: string) => ({
  ...{ block: '4', line, field: tag, component },
});
