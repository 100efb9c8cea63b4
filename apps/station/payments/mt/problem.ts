// Says what is wrong with an MT message and where: block, line, field, component.

/** One fault of a message. `code` is Swift's where Swift has one, else a kebab-case reason. */
export interface MtProblem {
  readonly code: string;
  /** Block the fault stands in: "1" to "5", "S", or "" when it lies between blocks. */
  readonly block: string;
  /** Line of the file, counted from 1. */
  readonly line: number;
  /** Tag of the field ("32A"), or "" when the fault concerns no single field. */
  readonly field: string;
  /** Component of the field ("currency"), or "". */
  readonly component: string;
  /** Id of the network rule ("C1"), or "" for structure and format. */
  readonly rule: string;
  /** One sentence with the value and what would be right. */
  readonly message: string;
}

export type Where = Partial<Omit<MtProblem, 'code' | 'message'>>;

/** Makes a problem; what `where` leaves out is empty, the line 1. */
export function mtProblem(code: string, message: string, where: Where = {}): MtProblem {
  return Object.freeze({
    code,
    block: where.block ?? '',
    line: where.line ?? 1,
    field: where.field ?? '',
    component: where.component ?? '',
    rule: where.rule ?? '',
    message,
  });
}

/** Shows a value in a sentence: control characters made visible, long ones cut. */
export function shown(value: string): string {
  const cut = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  let text = '';
  for (const character of cut.slice(0, 60)) text += visible(character);
  return `"${text}${cut.length > 60 ? '…' : ''}"`;
}

function visible(character: string): string {
  if (character === '\n') return '⏎';
  const code = character.codePointAt(0) ?? 0;
  if (code >= 32 && code !== 127) return character;
  return `<${code.toString(16).padStart(2, '0')}>`;
}
