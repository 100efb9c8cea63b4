// Cuts a name into the words that are compared: lower case, Latin, without accents, legal forms in one spelling.
import { latinOf } from './scripts.ts';

/** Legal forms and their like, each spelling beside the one it is compared in. */
const spellings: readonly (readonly [string, string])[] = `
  limited ltd,company co,corporation corp,incorporated inc,compagnie co,compania co,societe ste,
  international intl,organisation org,organization org,organizations org,industry ind,
  industries ind,manufacturing mfg,brothers bros,gesellschaft ges,aktiengesellschaft ag,ltda ltd,limitada ltd,
  trdg trading,shpg shipping`
  .split(',')
  .map((pair) => pair.trim().split(' ') as [string, string]);

const legalForms: ReadonlyMap<string, string> = new Map(spellings);

/** Legal forms of several words. */
const phrases: readonly (readonly [string, string])[] = [
  ['limited liability company', 'llc'],
  ['open joint stock company', 'ojsc'],
  ['public joint stock company', 'pjsc'],
  ['closed joint stock company', 'cjsc'],
  ['joint stock company', 'jsc'],
  ['public limited company', 'plc'],
  ['gesellschaft mit beschrankter haftung', 'gmbh'],
  ['gesellschaft mit beschraenkter haftung', 'gmbh'],
  ['sociedad anonima de capital variable', 'sa de cv'],
  ['sociedad de responsabilidad limitada', 'srl'],
  ['societa a responsabilita limitata', 'srl'],
  ['societatea cu raspundere limitata', 'srl'],
  ['sociedad anonima', 'sa'],
  ['societe anonyme', 'sa'],
  ['free zone establishment', 'fze'],
  ['free zone company', 'fzco'],
  ['d o o', 'doo'],
  ['l l c', 'llc'],
];

/** The spellings that are compared as this word: `company` and `co` of `co`. */
export function spellingsOf(word: string): readonly string[] {
  return [word, ...spellings.filter(([, to]) => to === word).map(([from]) => from)];
}

/** Words that say little about who somebody is: they weigh next to nothing. */
const slight: ReadonlySet<string> = new Set(
  `al el ul bin ibn ben bint de la del der den van von di da do dos y and the of for e
   org intl ind doo ltd co corp inc jsc llc plc sa sl srl ag gmbh ooo oao zao pjsc ojsc cjsc cv ca lp llp bv nv spa
   pte pvt sarl pjs fze fzco fzc ste spc kft kg sas sae
   mr mrs ms dr prof sir sheikh shaykh shaikh sheik haji hajji hadji mullah mulla maulana mawlawi
   maulavi qari general gen colonel col captain capt major president minister engineer eng ing
   sayyid sayed sheikha madame senor don herr frau imam ustad hafiz`
    .trim()
    .split(/\s+/),
);

export function isSlight(token: string): boolean {
  return slight.has(token);
}

/** Longest name that is looked at, in characters, and most words of it: a longer one is cut. */
export const nameCharactersMost = 350;
const tokensMost = 16;

const mark = /\p{M}/u;
const apostrophe = /['`´’‘ʼʿʾ‛]/gu;
/** The dot inside an abbreviation such as `S.A.` joins; any other parts. */
const inner = /(?<![\p{L}\p{N}])(\p{L})\.(?=\p{L}(?:\.|$|[\s,]))/gu;

function spelled(text: string): string {
  let line = '';
  for (const character of text.normalize('NFKD').toLowerCase()) {
    const code = character.charCodeAt(0);
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) line += character;
    else if (code < 128) line += ' ';
    else if (!mark.test(character)) line += latinOf(character) ?? strange(character);
  }
  return line;
}

const word = /[\p{L}\p{N}]/u;

/** A letter of a script without a table stays itself: it still equals itself. */
function strange(character: string): string {
  return word.test(character) ? character : ' ';
}

/** The Arabic article, written together with its word, stands apart in Latin letters. */
const arabicArticle = /(?<![\u0600-\u06ff])\u0627\u0644(?=[\u0600-\u06ff]{3})/gu;
const arabicServant = /(?<![\u0600-\u06ff])\u0639\u0628\u062f(?=\u0627\u0644)/gu;

/** `Abdul`, `Abd al`, `Abdel` are one word before another. */
const servants: ReadonlySet<string> = new Set(['abdul', 'abdel', 'abdal', 'abdol', 'abdoul']);

function settled(token: string): string {
  if (servants.has(token)) return 'abd';
  return legalForms.get(token) ?? token;
}

/** The words of a name, in order; at most 16 of them. Takes any text; gives lower-case words. */
export function tokensOf(name: string): readonly string[] {
  const text = name
    .slice(0, nameCharactersMost)
    .replace(arabicServant, '$& ')
    .replace(arabicArticle, '$& ')
    .replace(apostrophe, '')
    .replace(inner, '$1')
    .replaceAll('&', ' and ');
  let line = ` ${spelled(text).replace(/ +/gu, ' ').trim()} `;
  for (const [phrase, form] of phrases) line = line.replace(` ${phrase} `, ` ${form} `);
  const words = line.split(' ').filter((each) => each !== '');
  return words.slice(0, tokensMost).map(settled);
}

/** A name as it is remembered: two spellings with the same words are the same name. */
export function nameKeyOf(name: string): string {
  return tokensOf(name).join(' ');
}
