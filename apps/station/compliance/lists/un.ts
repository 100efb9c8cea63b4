// Reads the consolidated list of the United Nations Security Council, as its XML is published.
import { SaxesParser } from 'saxes';
import { Refusal } from '#station/bank/refusal.ts';
import { countryCodeOf } from './countries.ts';
import type { ListEntry } from './entry.ts';

const nameParts = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME'];
const charactersMost = 64 * 1024 * 1024;
const depthMost = 12;

/** Texts of one individual or entity, by the path of their element below it. */
type Texts = Map<string, string[]>;

function entryOf(kind: 'person' | 'entity', texts: Texts): ListEntry {
  const all = (path: string): readonly string[] => texts.get(path) ?? [];
  const ending = (end: string): readonly string[] =>
    [...texts].filter(([path]) => path.endsWith(end)).flatMap(([, values]) => values);
  const main = nameParts.flatMap((part) => all(part).slice(0, 1)).join(' ');
  const names = [main, ...ending('_ALIAS/ALIAS_NAME'), ...all('NAME_ORIGINAL_SCRIPT')];
  const births = [
    ...ending('_DATE_OF_BIRTH/DATE').map((each) => each.slice(0, 10)),
    ...ending('_DATE_OF_BIRTH/YEAR'),
    ...ending('_DATE_OF_BIRTH/FROM_YEAR'),
    ...ending('_DATE_OF_BIRTH/TO_YEAR'),
  ];
  const countries = [...ending('NATIONALITY/VALUE'), ...ending('_ADDRESS/COUNTRY')];
  return {
    id: `UN-${all('REFERENCE_NUMBER')[0] ?? ''}`,
    ...{ kind, names: [...new Set(names.filter((name) => name !== ''))] },
    births: [...new Set(births.filter((each) => /^\d{4}(-\d{2}-\d{2})?$/.test(each)))].slice(0, 20),
    countries: [...new Set(countries.flatMap((name) => countryCodeOf(name) ?? []))].slice(0, 20),
    programme: (all('UN_LIST_TYPE')[0] ?? '').slice(0, 200),
  };
}

/**
 * The entries of the file, names in their own script among them. Refuses what is not well-formed, has a document
 * type, is too deep or too long, or holds no entry.
 */
export function readUn(text: string): readonly ListEntry[] {
  if (text.length > charactersMost) throw wrong('is too long');
  const entries: ListEntry[] = [];
  const path: string[] = [];
  let texts: Texts | null = null;
  let held = '';
  const parser = new SaxesParser();
  parser.on('doctype', () => {
    throw wrong('has a document type');
  });
  parser.on('error', (error) => {
    throw wrong(`is not well-formed: ${error.message.slice(0, 100)}`);
  });
  parser.on('opentag', ({ name }) => {
    path.push(name);
    held = '';
    if (path.length > depthMost) throw wrong('is deeper than any list');
    if (path.length === 3) texts = new Map();
  });
  parser.on('text', (part) => {
    held += part;
  });
  parser.on('closetag', ({ name }) => {
    if (path.length === 3 && texts && (name === 'INDIVIDUAL' || name === 'ENTITY')) {
      entries.push(entryOf(name === 'INDIVIDUAL' ? 'person' : 'entity', texts));
      texts = null;
    } else if (texts && held.trim() !== '') {
      const key = path.slice(3).join('/');
      texts.set(key, [...(texts.get(key) ?? []), held.replace(/\s+/gu, ' ').trim()]);
    }
    path.pop();
    held = '';
  });
  parser.write(text).close();
  if (entries.length === 0) throw wrong('holds no entry of the United Nations');
  return entries;
}

function wrong(what: string): Refusal {
  return new Refusal('list-wrong', `The file ${what}: it is no list.`, 'file');
}
