// Writes letters of other scripts as Latin ones, so that a name is the same name in every script.

/** One character, one spelling: pairs as `character spelling`, blanks between. */
function table(text: string): ReadonlyMap<string, string> {
  const parts = text.trim().split(/\s+/);
  const entries: [string, string][] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    entries.push([parts[index] ?? '', parts[index + 1] ?? '']);
  }
  return new Map(entries.map(([from, to]) => [from, to === '-' ? '' : to]));
}

/** Letters that no decomposition takes apart. */
const latin = table(`
  ß ss æ ae œ oe ø o đ d ð d ł l ı i þ th ħ h ŋ n ə a ɛ e ɔ o ƙ k ɓ b ɗ d ʻ - ʼ - ʿ - ʾ - ’ - ‘ -
`);

/** BGN/PCGN without its apostrophes; Ukrainian, Belarusian, Serbian and Kazakh letters among them. */
const cyrillic = table(`
  а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch
  ш sh щ shch ъ - ы y ь - э e ю yu я ya і i є ye ґ g ђ dj ј j љ lj њ nj ћ c џ dz ѕ dz
  ә a ғ g қ q ң n ө o ұ u ү u һ h
`);

const greek = table(`
  α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o
`);

/** Arabic, with the letters Persian, Urdu and Pashto add; short vowels are not written and so are missing. */
const arabic = table(`
  ا a ٱ a ب b ت t ث th ج j ح h خ kh د d ذ z ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف f ق q ك k
  ک k ګ g گ g ل l م m ن n ه h و w ي y ی y ى a ء - ة a پ p چ ch ژ zh ں n ے e ہ h ھ h ٹ t ڈ d ڑ r
  ړ r ښ sh ځ z څ ts ۍ y ې e ډ d ټ t ږ zh ڼ n ۀ a ە a ـ -
`);

const hebrew = table(`
  א a ב b ג g ד d ה h ו v ז z ח h ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p ף f צ ts ץ ts
  ק k ר r ש sh ת t
`);

/** Revised Romanization, letter by letter of the decomposed syllable. */
function hangul(): ReadonlyMap<string, string> {
  const leads = 'g kk n d tt r m b pp s ss - j jj ch k t p h'.split(' ');
  const vowels = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
  const tails = 'k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ');
  const of = (parts: readonly string[], first: number): [string, string][] =>
    parts.map((part, index) => [String.fromCharCode(first + index), part === '-' ? '' : part]);
  return new Map([...of(leads, 0x1100), ...of(vowels, 0x1161), ...of(tails, 0x11a8)]);
}

const letters: ReadonlyMap<string, string> = new Map([
  ...[latin, cyrillic, greek, arabic, hebrew, hangul()].flatMap((each) => [...each]),
]);

/** The Latin spelling of one lower-case character; undefined where there is none. */
export function latinOf(character: string): string | undefined {
  return letters.get(character);
}

const unvowelled = /[\u0590-\u06ff]/u;

/** Whether the text is in a script that leaves short vowels out, so that only consonants can be compared. */
export function isUnvowelled(text: string): boolean {
  return unvowelled.test(text);
}
