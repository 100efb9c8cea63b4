// Reads the headers and trailers of a FIN message: blocks 1, 2, 3 and 5 with their variants.
import type { Block, Envelope, Tag } from './envelope.ts';
import { type MtProblem, mtProblem, shown } from './problem.ts';

/** Block 1. */
export interface BasicHeader {
  /** F is FIN, A and L are the application and login services. */
  readonly application: string;
  /** 01 user message, 21 acknowledgement. */
  readonly service: string;
  /** Twelve characters: BIC, terminal, branch. */
  readonly terminal: string;
  readonly session: string;
  readonly sequence: string;
}

/** Block 2 of a message going in to Swift (I) or coming out (O). */
export interface ApplicationHeader {
  readonly direction: 'I' | 'O';
  /** "103". */
  readonly type: string;
  /** The other side: receiver of an I message, sender of an O message; 12 characters. */
  readonly terminal: string;
  readonly priority: string;
  /** Only I. */
  readonly delivery?: string;
  readonly obsolescence?: string;
  /** Only O: HHMM and YYMMDD of input, message input reference, HHMM and YYMMDD of output. */
  readonly inputTime?: string;
  readonly inputDate?: string;
  readonly session?: string;
  readonly sequence?: string;
  readonly outputDate?: string;
  readonly outputTime?: string;
}

export interface Headers {
  readonly basic: BasicHeader | null;
  readonly application: ApplicationHeader | null;
  /** Tags of block 3, such as 108 and 121. */
  readonly user: ReadonlyMap<string, string>;
  readonly trailers: readonly Tag[];
}

const basicForm = /^([FAL])(\d{2})([A-Z0-9]{12})(\d{4})?(\d{6})?$/;
const inputForm = /^I(\d{3})([A-Z0-9]{12})(?:([SUN])([123])?(\d{3})?)?$/;
const outputForm = /^O(\d{3})(\d{4})(\d{6})([A-Z0-9]{12})(\d{4})(\d{6})(\d{6})(\d{4})([SUN])?$/;
const terminalForm = /^[A-Z]{6}[A-Z0-9]{2}[A-Z0-9][A-Z0-9]{3}$/;

/** Block 1, or null when it is none. */
export function readBasicHeader(value: string): BasicHeader | null {
  const match = basicForm.exec(value);
  if (!match) return null;
  const [, application = '', service = '', terminal = '', session = '', sequence = ''] = match;
  return { application, service, terminal, session, sequence };
}

/** Block 2, or null when it is none. */
export function readApplicationHeader(value: string): ApplicationHeader | null {
  const input = inputForm.exec(value);
  if (input) {
    const [, type = '', terminal = '', priority = '', delivery, obsolescence] = input;
    if (delivery === undefined && obsolescence === undefined) {
      return { direction: 'I', type, terminal, priority };
    }
    const more = { ...(delivery && { delivery }), ...(obsolescence && { obsolescence }) };
    return { direction: 'I', type, terminal, priority, ...more };
  }
  const match = outputForm.exec(value);
  if (!match) return null;
  const [, type = '', inputTime = '', inputDate = '', terminal = ''] = match;
  const [session = '', sequence = '', outputDate = '', outputTime = '', priority = ''] =
    match.slice(5);
  return {
    direction: 'O',
    type,
    terminal,
    priority,
    inputTime,
    inputDate,
    session,
    sequence,
    outputDate,
    outputTime,
  };
}

/** Block 1 as text. */
export function writeBasicHeader(header: BasicHeader): string {
  const { application, service, terminal, session, sequence } = header;
  return application + service + terminal + session + sequence;
}

/** Block 2 as text. */
export function writeApplicationHeader(header: ApplicationHeader): string {
  const { direction, type, terminal, priority } = header;
  if (direction === 'I') {
    return `I${type}${terminal}${priority}${header.delivery ?? ''}${header.obsolescence ?? ''}`;
  }
  const input = `${header.inputTime}${header.inputDate}${terminal}${header.session}${header.sequence}`;
  return `O${type}${input}${header.outputDate}${header.outputTime}${priority}`;
}

/** The eleven-character BIC of a terminal: the ninth character, the terminal's letter, left out. */
export function bicOfTerminal(terminal: string): string {
  return terminal.slice(0, 8) + terminal.slice(9);
}

/** The terminal address of a BIC: X in the ninth place, XXX for the main office. */
export function terminalOfBic(bic: string): string {
  return `${bic.slice(0, 8)}X${bic.slice(8) || 'XXX'}`;
}

const userForms: Readonly<Record<string, readonly [RegExp, string]>> = {
  '103': [/^[A-Z]{3}$/, 'three capital letters, the service'],
  '106': [/^[A-Z0-9]{28}$/, '28 characters, the message input reference'],
  '108': [/^[A-Za-z0-9/\-?:().,'+ ]{1,16}$/, 'a reference of up to 16 characters'],
  '111': [/^\d{3}$/, 'three digits, the type of service such as 001'],
  '113': [/^[A-Za-z0-9]{4}$/, 'four letters or digits, the priority of the bank'],
  '115': [/^.{1,32}$/, 'up to 32 characters'],
  '119': [/^[A-Z0-9]{1,8}$/, 'a validation flag such as STP, REMIT or COV'],
  '121': [
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    'a UETR: a UUID of version 4 in small letters',
  ],
  '165': [/^\/[A-Z0-9]{3}\/.{1,34}$/, 'a code and up to 34 characters'],
  '423': [/^\d{12}(\d{2})?$/, 'date and time'],
  '424': [/^.{1,16}$/, 'up to 16 characters'],
  '433': [/^\/[A-Z0-9]{3}\/?.{0,20}$/, 'the result of sanctions screening'],
  '434': [/^\/[A-Z0-9]{3}\/?.{0,20}$/, 'payment controls information'],
};

/** Reads the headers; pushes what is wrong with them. */
export function readHeaders(envelope: Envelope, problems: MtProblem[]): Headers {
  const once = new Map<string, Block>();
  for (const block of envelope.blocks) {
    const twice = once.has(block.id);
    if (twice) problems.push(blockProblem('block-twice', block, `Block ${block.id} stands twice.`));
    else once.set(block.id, block);
  }
  const first = once.get('1');
  const second = once.get('2');
  const basic = first ? readBasicHeader(first.value ?? '') : null;
  if (!basic)
    problems.push(wrongHeader('1', first, 'F01, a terminal of 12 letters and ten digits'));
  else checkTerminal('1', basic.terminal, first as Block, problems);
  const application = second ? readApplicationHeader(second.value ?? '') : null;
  if (!application && (second || basic?.service === '01')) {
    problems.push(wrongHeader('2', second, 'I or O, the message type, a terminal and a priority'));
  }
  if (application) checkTerminal('2', application.terminal, second as Block, problems);
  const user = readUser(once.get('3'), problems);
  return { basic, application, user, trailers: once.get('5')?.tags ?? [] };
}

function checkTerminal(id: string, terminal: string, { line }: Block, problems: MtProblem[]): void {
  if (terminalForm.test(terminal)) return;
  const message = `${shown(terminal)} in block ${id} is no terminal: BIC, letter, branch.`;
  problems.push(mtProblem('T27', message, { block: id, line, component: 'terminal' }));
}

function blockProblem(code: string, { id, line }: Block, message: string): MtProblem {
  return mtProblem(code, message, { block: id, line });
}

function wrongHeader(id: string, block: Block | undefined, wanted: string): MtProblem {
  if (!block) return mtProblem('block-missing', `Block ${id} is missing.`, { block: id });
  const seen = shown(block.value ?? '');
  return blockProblem('header', block, `Block ${id} is ${seen}; ${wanted} are wanted.`);
}

function readUser(block: Block | undefined, problems: MtProblem[]): ReadonlyMap<string, string> {
  const user = new Map<string, string>();
  for (const { tag, value } of block?.tags ?? []) {
    const where = { block: '3', line: block?.line ?? 1, field: tag };
    if (user.has(tag)) {
      problems.push(mtProblem('tag-twice', `Tag ${tag} stands twice in block 3.`, where));
    }
    user.set(tag, value);
    const form = userForms[tag];
    if (form && !form[0].test(value)) {
      const message = `${shown(value)} in tag ${tag} of block 3 is wrong: ${form[1]} is wanted.`;
      problems.push(mtProblem(tag === '121' ? 'uetr' : 'header', message, where));
    }
  }
  return user;
}
