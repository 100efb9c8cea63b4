// Spells letters that do not fall to a plain one by dropping their accents: Latin, Greek,
// Cyrillic, signs.

/**
 * Pairs of a character and what it is written as. Latin letters become one letter (Æ is A, ß is
 * s, as EPC217-08 has it, since a SEPA name may not grow by its spelling); Greek follows ELOT
 * 743 letter by letter, Cyrillic the Bulgarian and Serbian laws the conversion table of
 * EPC217-08 follows.
 */
const latin = `
ÆA æa ŒO œo ØO øo ßs ẞS ÐD ðd ĐD đd ÞT þt ŁL łl ĦH ħh ŊN ŋn ŦT ŧt ıi ĸk ŉn ſs ƏE əe ƒf ƠO ơo ƯU ưu
ȘS șs ȚT țt
ŐO őo ŰU űu ĿL ŀl ĲI ĳi ǄD ǅD ǆd ǇL ǈL ǉl ǊN ǋN ǌn ǱD ǲD ǳd`;

const greek = `
ΑA ΆA ΒV ΓG ΔD ΕE ΈE ΖZ ΗI ΉI ΘTH ΙI ΊI ΪI ΚK ΛL ΜM ΝN ΞX ΟO ΌO ΠP ΡR ΣS ΤT ΥY ΎY ΫY ΦF ΧCH ΨPS ΩO
ΏO
αa άa βv γg δd εe έe ζz ηi ήi θth ιi ίi ϊi ΐi κk λl μm νn ξx οo όo πp ρr σs ςs τt υy ύy ϋy ΰy φf
χch ψps ωo ώo`;

const cyrillic = `
АA БB ВV ГG ДD ЕE ЖZH ЗZ ИI ЙY КK ЛL МM НN ОO ПP РR СS ТT УU ФF ХH ЦTS ЧCH ШSH ЩSHT ЪA ЬY ЮYU ЯYA
аa бb вv гg дd еe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хh цts чch шsh щsht ъa ьy юyu яya
ЀE ЁE ЂD ЃG ЄE ЅS ІI ЇI ЈJ ЉLJ ЊNJ ЋC ЌK ЍI ЎU ЏDZ ЫY ЭE ҐG
ѐe ёe ђd ѓg єe ѕs іi їi јj љlj њnj ћc ќk ѝi ўu џdz ыy эe ґg`;

/**
 * Signs. The typographic ones lie outside the table of EPC217-08, which would write a full stop
 * for each.
 */
const signs: Readonly<Record<string, string>> = {
  ...{ '!': '.', '"': "'", '#': '.', $: '.', '%': '.', '&': '+', '*': '.', ';': ',', '<': '.' },
  ...{ '=': '.', '>': '.', '@': '.', '[': '(', '\\': '/', ']': ')', '^': '.', _: '-', '`': "'" },
  ...{ '{': '(', '|': '/', '}': ')', '~': '-', '€': 'E', '‘': "'", '’': "'", '‚': "'", '‛': "'" },
  ...{ '“': "'", '”': "'", '„': "'", '«': "'", '»': "'", '‹': "'", '›': "'", '´': "'", ʼ: "'" },
  ...{ '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-', '…': '...', '•': '.' },
  ...{ '⁄': '/', '×': '.', '÷': '.', '·': '.', '¡': '.', '¿': '?', '№': 'No' },
};

const spellings: ReadonlyMap<string, string> = new Map([
  ...`${latin}${greek}${cyrillic}`
    .trim()
    .split(/\s+/)
    .map((pair): [string, string] => [pair.charAt(0), pair.slice(1)]),
  ...Object.entries(signs),
]);

/**
 * How a character is spelled in plain ones, or undefined where only dropping its accents can
 * help.
 */
export function spelled(character: string): string | undefined {
  return spellings.get(character);
}
