// Makes, judges, explains and translates payment messages: `qenex message build|check|explain|translate`.
import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { Refusal } from '#station/bank/refusal.ts';
import {
  buildMessage,
  type Checked,
  checkMessage,
  createMessageReader,
  explain,
  findDefinition,
  findProfile,
  printAdvice,
  type Values,
} from '#station/payments/iso20022/index.ts';
import { buildMessage as buildMt } from '#station/payments/mt/build.ts';
import { checkMessage as checkMt } from '#station/payments/mt/check.ts';
import { planOf } from '#station/payments/mt/plan.ts';
import { adaptPayment, isPredecessors } from '#station/payments/predecessor/adapt.ts';
import { translateToMt } from '#station/payments/translation/to-mt/translate.ts';
import { translateToMx } from '#station/payments/translation/to-mx/translate.ts';
import { writeTree } from '#station/payments/translation/write.ts';
import type { Command, Context, Outcome } from '../command.ts';

/** More than this is no message but a bulk file: it is read by the station, streaming. */
const fileBytesMax = 256 * 1024 * 1024;

function fileOf(name: string): Buffer {
  try {
    const bytes = readFileSync(name);
    if (bytes.length <= fileBytesMax) return bytes;
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Refusal('bad-usage', `The file ${name} cannot be read (${why}).`);
  }
  throw new Refusal('bad-usage', `The file ${name} is over 256 MiB: split it.`);
}

/** Files above this are judged as they are read, so that no statement is too large for the memory. */
const wholeBytesMax = 1024 * 1024;
const pieceBytes = 64 * 1024;

/**
 * The verdict of the schema on a file of any length, in the memory of a piece; null where the file is short
 * or no XML, and is better read whole.
 */
function judgeStream(name: string, piece = Buffer.alloc(pieceBytes)): Verdict | null {
  const file = openSync(name, 'r');
  try {
    const { size } = fstatSync(file);
    if (size <= wholeBytesMax || size > fileBytesMax) return null;
    const reader = createMessageReader();
    for (let isFirst = true; ; isFirst = false) {
      const length = readSync(file, piece, 0, piece.length, null);
      if (length === 0) break;
      const bytes = piece.subarray(0, length);
      if (isFirst && isFin(bytes)) return null;
      reader.write(bytes);
    }
    const { parts, errors, moreErrors } = reader.end();
    const type = (parts.find(({ root }) => root === 'Document') ?? parts[0])?.id ?? '';
    const valid = errors.length === 0;
    return { type, valid, errors, ...(moreErrors > 0 ? { moreErrors } : {}) };
  } finally {
    closeSync(file);
  }
}

/** The same; a file that cannot be opened is told of where it is read whole. */
function streamed(name: string, profile: string | undefined): Verdict | null {
  if (profile !== undefined) return null;
  try {
    return judgeStream(name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return null;
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** A FIN message begins with its first block; everything else is judged as XML. */
function isFin(bytes: Buffer): boolean {
  return bytes.subarray(0, 64).toString('latin1').trimStart().startsWith('{');
}

interface Verdict extends Readonly<Record<string, unknown>> {
  readonly valid: boolean;
}

function judgeFin(bytes: Buffer): Verdict {
  const { id, problems } = checkMt(bytes.toString('latin1'));
  const errors = problems.map(({ block, field, line, code, rule, message }) => ({
    ...{ path: [block, field].filter(Boolean).join('/'), line, code, rule, message },
  }));
  return { type: id === '' ? '' : `MT${id}`, valid: errors.length === 0, errors };
}

function judgeXml(bytes: Buffer, profile: string | undefined): Verdict {
  const date = today();
  const profiles = profile === undefined ? [] : [findProfile(profile, date)];
  const { type, valid, errors, moreErrors } = checkMessage(bytes, { profiles, date });
  return { type, valid, errors, ...(moreErrors > 0 ? { moreErrors } : {}) };
}

function judgeWhole(bytes: Buffer, profile: string | undefined): Verdict {
  return isFin(bytes) ? judgeFin(bytes) : judgeXml(bytes, profile);
}

async function check({ values, options }: Context): Promise<Outcome> {
  const lines = values.map((file) => {
    const verdict = streamed(file, options.profile) ?? judgeWhole(fileOf(file), options.profile);
    return { file, ...verdict };
  });
  return { ok: lines.every(({ valid }) => valid), json: {}, text: '', lines };
}

/** The one document in a file; refuses what is none, with its first error. */
function documentOf(file: string): Checked & { document: NonNullable<Checked['document']> } {
  const checked = checkMessage(fileOf(file), { date: today() });
  const [first] = checked.errors;
  const { document } = checked;
  if (document === null) {
    const why = first?.message ?? 'It holds no message this program knows.';
    throw new Refusal('no-message', `${basename(file)}: ${why}`);
  }
  return { ...checked, document };
}

async function inWords({ values }: Context): Promise<Outcome> {
  const checked = documentOf(values[0] ?? '');
  const explanation = explain(checked.document);
  const { type, valid, errors } = checked;
  const json = { type, valid, errors, ...explanation };
  return { ok: valid, json, text: printAdvice(explanation).join('\n') };
}

function toMt(file: string): Outcome {
  const { header, document } = documentOf(file);
  const children = [header, document].filter((each) => each !== null);
  const envelope = { tag: 'Envelope', text: '', attributes: {}, children };
  const { type, text, losses } = translateToMt(envelope, 'I');
  return { ok: true, json: { type: `MT${type}`, text, losses }, text };
}

function toMx(file: string): Outcome {
  const createdAt = new Date().toISOString().replace(/\.\d+Z$/, '+00:00');
  const { name, envelope, losses, problems } = translateToMx(
    fileOf(file).toString('latin1'),
    createdAt,
  );
  const text = writeTree(envelope, name);
  return { ok: problems.length === 0, json: { type: name, text, losses, problems }, text };
}

async function translate({ values, options }: Context): Promise<Outcome> {
  const [file = ''] = values;
  if (options.to === 'mt') return toMt(file);
  if (options.to === 'mx') return toMx(file);
  throw new Refusal('bad-usage', 'Translate to what? --to mt or --to mx.');
}

/** A message in the words of the program before this one, which name their type themselves. */
function buildAdapted(given: unknown): Outcome {
  const identification = (): string => randomUUID().replaceAll('-', '').slice(0, 30);
  const { type, text, ...rest } = adaptPayment(given, { at: Date.now(), identification });
  const told = [text, ...rest.errors.map(({ path, message }) => `${path}: ${message}`)];
  return { ok: rest.valid, json: { type, text, ...rest }, text: told.join('\n') };
}

/** A FIN message: sender, receiver, tags of block 3 and fields by tag, in the order they are to stand. */
function buildFin(type: string, given: unknown): Outcome {
  const text = buildMt(planOf(type.slice(2), given));
  const { valid, errors } = judgeFin(Buffer.from(text, 'latin1'));
  return { ok: valid, json: { type, valid, text, errors }, text };
}

async function build({ values, options }: Context): Promise<Outcome> {
  const { type = '', profile } = options;
  const input = valuesIn(values[0] ?? '');
  if (type === '' && isPredecessors(input)) return buildAdapted(input);
  if (/^MT\d{3}$/.test(type)) return buildFin(type, input);
  const definition = findDefinition(type);
  if (!definition) {
    throw new Refusal('bad-usage', `--type ${type} is no message this program builds.`);
  }
  const { xml, errors } = buildMessage(definition, input);
  const judged = profile === undefined ? [] : judgeXml(Buffer.from(xml), profile).errors;
  const all = [...errors, ...(judged as typeof errors)];
  const text = [xml, ...all.map(({ path, message }) => `${path}: ${message}`)].join('\n');
  return { ok: all.length === 0, json: { type, valid: all.length === 0, xml, errors: all }, text };
}

function valuesIn(file: string): Values {
  try {
    return JSON.parse(fileOf(file).toString('utf8'));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('bad-usage', `The file ${file} is not JSON.`);
  }
}

const profileOption = { profile: 'market profile, such as cbpr-plus' } as const;

export const messageBuild: Command = Object.freeze({
  words: 'message build',
  parameters: ['INPUT.json'],
  options: { type: 'message, such as pain.001.001.09 or MT103', ...profileOption },
  summary: 'makes a message from its values and judges it',
  run: build,
});

export const messageCheck: Command = Object.freeze({
  words: 'message check',
  parameters: ['FILE...'],
  options: profileOption,
  summary: 'judges ISO 20022 and SWIFT MT files, one line each',
  run: check,
});

export const messageExplain: Command = Object.freeze({
  words: 'message explain',
  parameters: ['FILE'],
  summary: 'says a message in words',
  run: inWords,
});

export const messageTranslate: Command = Object.freeze({
  words: 'message translate',
  parameters: ['FILE'],
  options: { to: 'mt or mx' },
  summary: 'translates between MX and MT, naming every loss',
  run: translate,
});
