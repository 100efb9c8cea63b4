// Breaks the schema in every way it can be broken in one place; a probe or a scene must notice
// each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import DatabaseDriver from 'better-sqlite3';
import { ledgerMigrations } from './migrations.ts';
import { control, isRefused, openScene, probesOf } from './schema-probes.ts';

const schema = ledgerMigrations.map(({ sql }) => sql).join('\n');

interface Mutant {
  readonly name: string;
  readonly schema: string;
}

/** End of the bracket that opens at the given place. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

function without(name: string, from: number, to: number, instead = ''): Mutant {
  return { name, schema: schema.slice(0, from) + instead + schema.slice(to) };
}

/** Table and column at a place, to name a mutant by. */
function lineOf(at: number): string {
  const table = /CREATE TABLE (\w+)(?![\s\S]*CREATE TABLE)/.exec(schema.slice(0, at))?.[1];
  const start = schema.lastIndexOf('\n', at) + 1;
  return `${table}: ${schema.slice(start, schema.indexOf('\n', at)).trim().slice(0, 60)}`;
}

/** Each trigger, index and check taken away whole. */
function dropped(): readonly Mutant[] {
  const mutants: Mutant[] = [];
  for (const found of schema.matchAll(/CREATE TRIGGER (\w+)[\s\S]*?\bEND;\n/g)) {
    mutants.push(without(`no trigger ${found[1]}`, found.index, found.index + found[0].length));
  }
  for (const found of schema.matchAll(/CREATE UNIQUE INDEX (\w+)[^;]*;/g)) {
    mutants.push(without(`no index ${found[1]}`, found.index, found.index + found[0].length));
  }
  for (const found of schema.matchAll(/,?\s*(CONSTRAINT "([\w-]+)"\s+)?CHECK \(/g)) {
    const end = closing(schema, found.index + found[0].length - 1);
    const separator = found[0].startsWith(',') && /[,\n]/.test(schema[end] ?? '') ? '' : ' ';
    const name = `no check ${found[2] ?? ''} (${lineOf(found.index + found[0].length)})`;
    mutants.push(without(name, found.index, end, separator));
  }
  return mutants;
}

/** Each key to another row, each uniqueness and each required value taken away. */
function loosened(): readonly Mutant[] {
  const mutants: Mutant[] = [];
  const key = /\s+REFERENCES \w+ \(\w+\)(\s+DEFERRABLE INITIALLY DEFERRED)?/g;
  for (const found of schema.matchAll(key)) {
    mutants.push(
      without(`no key (${lineOf(found.index)})`, found.index, found.index + found[0].length),
    );
  }
  for (const found of schema.matchAll(/ UNIQUE(?= )/g)) {
    if (schema.startsWith('CREATE', found.index - 6)) continue;
    mutants.push(without(`not unique (${lineOf(found.index)})`, found.index, found.index + 7));
  }
  return mutants;
}

/** Each statement of a trigger's body, and each alternative of its WHEN, taken away. */
function weakened(): readonly Mutant[] {
  const mutants: Mutant[] = [];
  for (const trigger of schema.matchAll(/CREATE TRIGGER (\w+)[\s\S]*?\bEND;\n/g)) {
    const body = trigger[0].indexOf('BEGIN') + 5;
    const statements = [...trigger[0].slice(body).matchAll(/[^;]+;/g)].slice(0, -1);
    if (statements.length > 1) {
      for (const [index, statement] of statements.entries()) {
        const from = trigger.index + body + statement.index;
        const name = `${trigger[1]} without statement ${index + 1}`;
        mutants.push(without(name, from, from + statement[0].length));
      }
    }
    mutants.push(...alternatives(trigger[1] ?? '', trigger[0], trigger.index));
  }
  return mutants;
}

/** `a OR b OR c` loses a, b or c; `a AND b` in an EXISTS loses a or b. */
function alternatives(name: string, text: string, at: number): readonly Mutant[] {
  const mutants: Mutant[] = [];
  for (const found of text.matchAll(/\b(OR|AND)\b(?! REPLACE)/g)) {
    if (/BETWEEN [^\n]*$/.test(text.slice(0, found.index).split('\n').at(-1) ?? '')) continue;
    const start = found.index + found[0].length;
    const term = termEnd(text, start);
    const label = text.slice(start, term).replace(/\s+/g, ' ').trim().slice(0, 70);
    mutants.push(without(`${name} without ${found[0]} ${label}`, at + found.index, at + term));
  }
  return mutants;
}

function termEnd(text: string, start: number): number {
  if (/^\s*CASE\b/.test(text.slice(start, start + 8))) return text.indexOf('END', start) + 3;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '(') at = closing(text, at) - 1;
    else if (text[at] === ')' || text[at] === ';') return at;
    else if (/^\s(OR|AND|THEN|WHEN|BEGIN|END|FROM|LEFT)\b/.test(text.slice(at, at + 8))) {
      const before = text.slice(start, at);
      if (/BETWEEN\s[^()]*$/.test(before) && !/\bAND\b/.test(before)) continue;
      return at;
    }
  }
  return text.length;
}

/**
 * What kills a mutant: the scene cannot be made, what is right is refused, or what is wrong is not.
 */
function killer(mutant: Mutant): string | null {
  assert.doesNotThrow(
    () => new DatabaseDriver(':memory:').exec(mutant.schema).close(),
    `${mutant.name} is no SQL`,
  );
  try {
    const scene = openScene(mutant.schema);
    if (isRefused(scene, { name: 'control', try: () => control(scene) })) return 'control';
    const fresh = openScene(mutant.schema);
    for (const probe of probesOf(fresh)) {
      if (!isRefused(fresh, probe)) return probe.name;
    }
    return null;
  } catch (error) {
    return `scene: ${error instanceof Error ? error.message : error}`;
  }
}

/** Said twice on purpose: what another rule of the schema refuses as well, with the reason. */
const redundant: ReadonlyMap<string, string> = new Map([
  [
    'no check same-account (leg: CONSTRAINT "same-account" CHECK (debit <> credit),)',
    'the second side finds a balance that the first has moved; the check gives it its own name',
  ],
  [
    'no key (balance: account INTEGER PRIMARY KEY REFERENCES account (id),)',
    'a balance takes the currency of its account, and there is none',
  ],
  [
    'no key (hold: account INTEGER NOT NULL REFERENCES balance (account),)',
    'a hold is placed on an account that is open, and there is none',
  ],
]);

test('every mutant of the schema is noticed', () => {
  const mutants = [...dropped(), ...loosened(), ...weakened()];
  const survivors = mutants.filter((mutant) => killer(mutant) === null).map(({ name }) => name);
  assert.deepEqual(
    survivors.filter((name) => !redundant.has(name)),
    [],
    `${survivors.length} of ${mutants.length} survive`,
  );
  for (const name of redundant.keys())
    assert.ok(survivors.includes(name), `${name} is no survivor`);
  assert.ok(mutants.length > 100, `${mutants.length} mutants`);
});
