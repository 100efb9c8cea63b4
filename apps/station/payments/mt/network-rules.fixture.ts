// Messages that keep and that break each network rule, as changes to a message that is right.
import assert from 'node:assert/strict';

export interface RuleVector {
  /** Id of the definition: "103", "202.COV". */
  readonly definition: string;
  readonly rule: string;
  readonly code: string;
  /** Changes that leave the message valid. */
  readonly good: readonly string[];
  /** Changes that break this rule. */
  readonly bad: readonly string[];
}

/**
 * A rule, then changes that keep it (+) and break it (-). A change is parts divided by " ; ": `-36`
 * takes a field out, `33B:EUR9,` puts one in (or in the place of its like), `+23E:INTC` adds a
 * second, `>FR` is the receiver's country, ⏎ a new line, `56A@B` stands in sequence B, `end:` after
 * the last field, `orphan:` after the opening, `copy:` in the copied message.
 */
const source = `
103 C1 D75
+ 33B:EUR900,00 ; 36:1,1111
+ 33B:USD1000,00
- 33B:EUR900,00
- 36:1,1111
- 33B:USD1000,00 ; 36:1,1
103 C2 D49
+ >FR ; 33B:USD1000,00
+ >RU
- >FR
- >CH
103 C3 E01
+ 23B:SPRI ; 23E:SDVA
+ 23B:SPRI ; 23E:INTC
- 23B:SPRI ; 23E:REPA
- 23B:SPRI ; 23E:CORT
103 C3 E02
+ 23B:SPAY
+ 23B:SSTD
- 23B:SPAY ; 23E:INTC
- 23B:SSTD ; 23E:SDVA
103 C4 E03
+ 23B:SPRI ; 53A:BARCGB22
+ 53D:SOME BANK⏎LONDON
- 23B:SPRI ; 53D:SOME BANK⏎LONDON
- 23B:SPAY ; 53D:A BANK
103 C5 E04
+ 23B:SSTD ; 53B:/1234
+ 53B:LONDON
- 23B:SSTD ; 53B:LONDON
- 23B:SPRI ; 53B:LONDON
103 C6 E05
+ 23B:SPAY ; 54A:BARCGB22
+ 54D:SOME BANK
- 23B:SPAY ; 54D:SOME BANK
- 23B:SPRI ; 54B:/123
103 C7 E06
+ 53A:BARCGB22 ; 54A:CHASUS33 ; 55A:DEUTDEFF
+ 53A:BARCGB22 ; 54A:CHASUS33
- 55A:DEUTDEFF
- 53A:BARCGB22 ; 55A:DEUTDEFF
103 C8 E07
+ 23B:SPRI ; 53A:BARCGB22 ; 54A:CHASUS33 ; 55A:DEUTDEFF
+ 53A:BARCGB22 ; 54A:CHASUS33 ; 55D:A BANK
- 23B:SPRI ; 53A:BARCGB22 ; 54A:CHASUS33 ; 55D:A BANK
- 23B:SSTD ; 53A:BARCGB22 ; 54A:CHASUS33 ; 55B:/12
103 C9 C81
+ 56A:IRVTUS3N ; 57A:BOFAUS3N
+ 57A:BOFAUS3N
- 56A:IRVTUS3N
- 56D:SOME BANK
103 C10 E16
+ 23B:SPRI ; 57A:BOFAUS3N
+ 56A:IRVTUS3N ; 57A:BOFAUS3N
- 23B:SPRI ; 56A:IRVTUS3N ; 57A:BOFAUS3N
- 23B:SPRI ; 56C://FW021000089 ; 57A:BOFAUS3N
103 C10 E17
+ 23B:SSTD ; 56A:IRVTUS3N ; 57A:BOFAUS3N
+ 23B:SPAY ; 56C://FW021000089 ; 57A:BOFAUS3N
- 23B:SSTD ; 56D:A BANK ; 57A:BOFAUS3N
- 23B:SPAY ; 56C:/123 ; 57A:BOFAUS3N
103 C11 E09
+ 23B:SPRI ; 57D://FW021000089⏎SOME BANK
+ 57D:SOME BANK
- 23B:SPRI ; 57D:SOME BANK
- 23B:SSTD ; 57B:NEW YORK
103 C12 E10
+ 23B:SPRI ; 59:/123456789⏎JANE DOE
+ 59:JANE DOE
- 23B:SPRI ; 59:JANE DOE
- 23B:SSTD ; 59A:BOFAUS3N
103 C13 E18
+ 23E:CHQB ; 59:JANE DOE
+ 23E:SDVA ; 59:/123456789⏎JANE DOE
- 23E:CHQB
- 23E:CHQB ; 59A:/123⏎BOFAUS3N
103 C14 E13
+ 71A:OUR
+ 71A:OUR ; 33B:USD1000, ; 71G:USD5,
- 71A:OUR ; 33B:USD1000, ; 71F:USD5,
- 71A:OUR ; 33B:USD1000, ; 71F:USD0,
103 C14 D50
+ 71A:SHA
+ 33B:USD1000, ; 71F:USD5,
- 33B:USD1000, ; 71G:USD5,
- 33B:USD1000, ; 71F:USD1, ; 71G:USD5,
103 C14 E15
+ 71A:BEN ; 33B:USD1000, ; 71F:USD5,
+ 71A:BEN ; 33B:USD1000, ; 71F:USD0,
- 71A:BEN
- 71A:BEN ; 33B:USD1000, ; 71F:USD5, ; 71G:USD5,
103 C15 D51
+ 33B:USD1000, ; 71F:USD5,
+ 71A:OUR ; 33B:USD1000, ; 71G:USD5,
- 71F:USD5,
- 71A:OUR ; 71G:USD5,
103 C16 E44
+ 23E:TELI ; 56A:IRVTUS3N ; 57A:BOFAUS3N
+ 23E:PHOI ; 56A:IRVTUS3N ; 57A:BOFAUS3N
- 23E:TELI ; 57A:BOFAUS3N
- 23E:PHOI
103 C17 E45
+ 23E:TELE ; 57A:BOFAUS3N
+ 23E:PHON/123 ; 57A:BOFAUS3N
- 23E:TELE
- 23E:PHON
103 C18 C02
+ 71A:OUR ; 33B:USD1000, ; 71G:USD5,
+ 71A:OUR
- 71A:OUR ; 33B:USD1000, ; 71G:EUR5,
- 71A:OUR ; 33B:EUR900, ; 36:1,1 ; 71G:EUR5,
103 23E-order D98
+ 23E:SDVA ; +23E:PHOB
+ 23E:PHOB
- 23E:PHOB ; +23E:SDVA
- 23E:CORT ; +23E:INTC
103 23E-once E46
+ 23E:SDVA ; +23E:INTC
+ 23E:SDVA
- 23E:SDVA ; +23E:SDVA
- 23E:INTC ; +23E:INTC
103 23E-pairs D67
+ 23E:SDVA ; +23E:REPA
+ 23E:HOLD/ID
- 23E:SDVA ; +23E:HOLD
- 23E:REPA ; +23E:CORT
103 23E-text D97
+ 23E:HOLD/PASSPORT
+ 23E:PHOB/4930123
- 23E:SDVA/NOW
- 23E:CORT/X
103.STP STP-account E10
+ 59:/123456789⏎JANE DOE
+ 59A:/123⏎BOFAUS3N
- 59:JANE DOE
- 59A:BOFAUS3N
103.STP STP-53B E04
+ 53B:/123
+ 53A:BARCGB22
- 53B:LONDON
- 53B:NEW YORK
103.STP STP-23E T48
+ 23E:CORT
+ 23E:SDVA
- 23E:HOLD
- 23E:PHOB
103.STP STP-IBAN D19
+ >FR ; 33B:USD1000, ; 59:/FR7630006000011234567890189⏎JANE DOE
+ >US
- >FR ; 33B:USD1000,
- >CH ; 33B:USD1000,
202 C1 C81
+ 56A:IRVTUS3N ; 57A:BOFAUS3N
+ 57A:BOFAUS3N
- 56A:IRVTUS3N
- 56D:SOME BANK
205 C1 C81
+ 56A:IRVTUS3N ; 57A:BOFAUS3N
+ 57A:BOFAUS3N
- 56A:IRVTUS3N
- 56D:SOME BANK
202.COV C1 C81
+ 56A:IRVTUS3N ; 57A:BOFAUS3N
+ 57A:BOFAUS3N
- 56A:IRVTUS3N
- 56D:SOME BANK
202.COV C2 C68
+ 56A@B:IRVTUS3N ; 57A@B:BOFAUS3N
+ 57A@B:BOFAUS3N
- 56A@B:IRVTUS3N
- 56D@B:SOME BANK
910 C1 C06
+ 52A:BOFAUS3N
+ -52A ; 50K:ACME
- -52A
- 50K:ACME
192 C1 C25
+ 79:/DUPL/
+ -79 ; copy:32A:261123USD1,
- -79
- -79 ; 21:X2
292 C1 C25
+ 79:/DUPL/
+ -79 ; copy:32A:261123USD1,
- -79
- -79 ; 21:X2
940 C1 C24
+ 86:OF LINE ONE
+ end:86:OF THE STATEMENT
- orphan:86:X
- orphan:86:Y⏎Z
940 C2 C27
+ 64:C261120EUR1,
+ 65:C261120EUR1,
- 64:C261120USD1,
- 62F:C261120USD1100,
942 C1 C27
+ 90C:1EUR1,
+ 90D:1EUR1,
- 90C:1USD1,
- 90D:1CHF1,
942 C2 C23
+ 34F:EURD0, ; +34F:EURC0,
+ 34F:EUR0,
- 34F:EURD0,
- 34F:EURC0, ; +34F:EURD0,
- 34F:EUR0, ; +34F:EUR0,
942 C3 C24
+ 86:OF LINE ONE
+ end:86:OF THE REPORT
- orphan:86:X
- orphan:86:Y⏎Z
950 C1 C27
+ 64:C261120EUR1,
+ 62M:C261120EUR1, ; -62F
- 64:C261120USD1,
- 62F:C261120USD1100,`;

/** Every vector, by rule. */
export const ruleVectors: readonly RuleVector[] = source
  .trim()
  .split(/\n(?=\d)/)
  .map((block) => {
    const [head = '', ...changes] = block.split('\n');
    const [definition, rule, code] = head.split(' ');
    assert(definition && rule && code, head);
    const of = (sign: string) =>
      changes.filter((each) => each.startsWith(sign)).map((each) => each.slice(2));
    return { definition, rule, code, good: of('+ '), bad: of('- ') };
  });

/** One valid message of each kind: its headers and fields. */
const bases: Readonly<Record<string, string>> = {
  '103': '20:REF1|23B:CRED|32A:261123USD1000,00|50K:ACME⏎BERLIN|59:/123456789⏎JANE DOE|71A:SHA',
  '202': '20:REF2|21:REL1|32A:261123USD1000,00|58A:BOFAUS3N',
  '205': '20:REF2|21:REL1|32A:261123USD1000,00|52A:BARCGB22|58A:BOFAUS3N',
  '910': '20:R1|21:X1|25:12345678|32A:261123USD1000,|52A:BOFAUS3N',
  '192': '20:R1|21:X1|11S:103⏎261120|79:/DUPL/',
  '940': '20:S1|25:12345678|28C:1/1|60F:C261120EUR1,|61:261120C1,NTRFREF1|62F:C261120EUR2,',
  '942': '20:S1|25:12345678|28C:1/1|34F:EUR0,|13D:2611201200+0100|61:261120C1,NTRFREF1',
  '950': '20:S1|25:12345678|28C:1/1|60F:C261120EUR1,|61:261120C1,NTRFREF1|62F:C261120EUR2,',
};
const covered = '50K@B:ACME|59@B:/123⏎JANE DOE';

/** The order fields stand in where it is not the order of tags. */
const order =
  '20 21 11S 13C 23 25 28C 60 32 33 34F 13D 36 50 51 52 53 54 55 56 57 58 59 61 86 62 64 65 70 71 72 77 79 90D 90C';

interface Edited {
  receiver: string;
  fields: string[];
}

/** The text of the message a change makes of the base. */
export function messageOf(definition: string, change: string): string {
  const [type = '', flag] = definition.split('.');
  const base = bases[type] ?? bases[`1${type.slice(1)}`] ?? '';
  const edited = { receiver: 'US', fields: base.split('|') };
  if (flag === 'COV') edited.fields.push(...covered.split('|'));
  for (const part of change.split(' ; ')) apply(edited, part);
  const body = edited.fields.map(
    (field) => `:${field.replace('@B', '').replaceAll('⏎', '\r\n')}\r\n`,
  );
  const user = flag ? `{3:{119:${flag}}}` : '';
  const receiver = `CHAS${edited.receiver}33XXXX`;
  return `{1:F01COBADEFFAXXX0000000000}{2:I${type}${receiver}N}${user}{4:\r\n${body.join('')}-}`;
}

function apply(edited: Edited, part: string): void {
  const { fields } = edited;
  if (part.startsWith('>')) edited.receiver = part.slice(1);
  else if (part.startsWith('-')) {
    fields.splice(
      fields.findIndex((field) => field.startsWith(`${part.slice(1)}:`)),
      1,
    );
  } else if (/^(end|copy):/.test(part)) fields.push(part.slice(part.indexOf(':') + 1));
  else if (part.startsWith('orphan:')) fields.splice(4, 0, part.slice(7));
  else if (part.startsWith('+')) insert(fields, part.slice(1));
  else replaceOrInsert(fields, part);
}

function replaceOrInsert(fields: string[], part: string): void {
  const like = (field: string) =>
    `${field.slice(0, 2)}${field.split(':')[0]?.includes('@') ? '@' : ''}`;
  const exact = fields.findIndex((field) => field.split(':')[0] === part.split(':')[0]);
  const customer = /^5[09]/.test(part) && !fields.some((field) => field.startsWith('52A'));
  const same = customer ? fields.findIndex((field) => like(field) === like(part)) : exact;
  if (same >= 0) fields[same] = part;
  else insert(fields, part);
}

function insert(fields: string[], part: string): void {
  const at = fields.findLastIndex((field) => rank(field) <= rank(part));
  fields.splice(at + 1, 0, part);
}

function rank(field: string): number {
  const words = order.split(' ');
  const tag = field.split(/[:@]/)[0] ?? '';
  const exact = words.indexOf(tag);
  const place = exact >= 0 ? exact : words.indexOf(tag.slice(0, 2));
  return place + (field.split(':')[0]?.includes('@') ? 1000 : 0);
}
