// Folds names and numbers of any script to what a teller types, so that both find each other.

/**
 * Letters whose Latin spelling is not what is left when their marks are taken off, as pairs; `-` is none.
 * Cyrillic follows ICAO 9303 as passports do, Greek ISO 843 simplified; Arabic writes no short vowels.
 */
const spellings = `
  ß ss æ ae œ oe ø o đ d ð d þ th ł l ı i ħ h ŋ ng ə e
  α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch
  ψ ps ω o
  а a б b в v г g ґ g д d ѓ g ђ d е e є ie ж zh з z ѕ dz и i і i ј j к k л l љ lj м m н n њ nj о o
  п p р r с s т t ћ c у u ф f х kh ц ts ч ch џ dz ш sh щ shch ъ - ы y ь - э e ю iu я ia
  ا a ب b پ p ت t ث th ج j چ ch ح h خ kh د d ذ dh ر r ز z ژ zh س s ش sh ص s ض d ط t ظ z ع a غ gh
  ف f ق q ک k ك k گ g ل l م m ن n ه h ة a و w ی y ي y ى a ء -`;

const letters = new Map<string, string>();
const pieces = spellings.trim().split(/\s+/);
for (let at = 0; at + 1 < pieces.length; at += 2) {
  const latin = pieces[at + 1] ?? '';
  letters.set(pieces[at] ?? '', latin === '-' ? '' : latin);
}

/** Greek pairs that are one sound. */
const pairs: readonly (readonly [RegExp, string])[] = [
  [/ου/g, 'ou'],
  [/ευ/g, 'ev'],
  [/αυ/g, 'av'],
  [/γγ/g, 'ng'],
  [/(?<!\p{L})μπ/gu, 'b'],
];

/** Marks that fold away: Latin, Greek and Cyrillic accents, Arabic vowel signs and tatweel, Hebrew points. */
const marks = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/g;
const arabic = /[\u0600-\u06ff]/;
/** Scripts written without blanks: any part of a name may be what is remembered of it. */
const unspaced = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー々]+$/u;

/** Lower case, no marks, Latin letters where a script has them, blanks between words. */
export function fold(text: string): string {
  let bare = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(marks, '')
    .normalize('NFC')
    .replace(/[\u3041-\u3096]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0x60))
    .replace(/['’‘`ʼ]/g, '');
  for (const [pair, latin] of pairs) bare = bare.replace(pair, latin);
  let folded = '';
  for (const letter of bare) folded += letters.get(letter) ?? letter;
  return folded.replace(/[^\p{L}\p{M}\p{N}ー々]+/gu, ' ').trim();
}

/** The words of a folded text. */
export function wordsOf(text: string): string[] {
  const folded = fold(text);
  return folded === '' ? [] : folded.split(' ');
}

/**
 * One spelling for the many a name has in Latin letters: Müller, Mueller and Muller, Schmidt and Shmidt,
 * Alexei, Aleksey and Алексей. Takes a folded word.
 */
export function loosely(word: string): string {
  return word
    .replace(/ae|oe|ue/g, (pair) => pair.charAt(0))
    .replace(/tch|tsch/g, 'ch')
    .replace(/sch/g, 'sh')
    .replace(/ph/g, 'f')
    .replace(/kh/g, 'h')
    .replace(/ck|q/g, 'k')
    .replace(/c(?!h)/g, 'k')
    .replace(/x/g, 'ks')
    .replace(/w/g, 'v')
    .replace(/th/g, 't')
    .replace(/[yj]/g, 'i')
    .replace(/(.)\1+/gu, '$1');
}

/**
 * The consonants of a folded word: how a name written in Arabic meets its many spellings with vowels
 * (محمد, Mohammed, Muhammad).
 */
export function consonantsOf(word: string): string {
  return loosely(word.replace(/[aeiouwy]/g, '')).replace(/(?<=.)h$/, '');
}

/** Digits of a number however it is grouped, without the zeros a trunk or country prefix begins with. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '').replace(/^0+/, '');
}

/** Letters and digits of a number without what stands between them. */
export function compactOf(text: string): string {
  return fold(text).replaceAll(' ', '');
}

/** Marks that tell the kinds of token apart, so that a loose spelling only meets loose ones. */
export const looseMark = '=';
export const consonantMark = '~';

/** Every token under which one name is found. */
export function nameTokens(name: string): string[] {
  const tokens = new Set<string>();
  for (const part of name.split(/\s+/)) {
    for (const word of wordsOf(part)) {
      tokens.add(word);
      tokens.add(looseMark + loosely(word));
      const consonants = arabic.test(part) ? consonantsOf(word) : '';
      if (consonants.length > 1) tokens.add(consonantMark + consonants);
      if (unspaced.test(word)) for (const tail of tailsOf(word)) tokens.add(tail);
    }
  }
  return [...tokens];
}

function tailsOf(word: string): string[] {
  const signs = [...word].slice(0, 16);
  return signs.slice(1).map((_, index) => signs.slice(index + 1).join(''));
}
