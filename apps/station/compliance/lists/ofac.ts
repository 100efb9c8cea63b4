// Reads OFAC's lists as the Treasury publishes them: SDN.CSV and ALT.CSV, or the extract that names individuals alone.
import { Refusal } from '#station/bank/refusal.ts';
import { rowsOf } from './csv.ts';
import type { ListEntry } from './entry.ts';

type Row = readonly string[];

/** `-0-` is how the Treasury writes that there is nothing. */
const nothing = (field: string | undefined): boolean =>
  field === undefined || field === '-0-' || field === '';

/** `LAST, First` as it is spoken: first, then last. */
export function spoken(name: string): string {
  const comma = name.indexOf(', ');
  return comma < 0 ? name : `${name.slice(comma + 2)} ${name.slice(0, comma)}`.trim();
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Births in the remarks: `DOB 12 Mar 1971`, `DOB Mar 1971`, `DOB circa 1971`. */
export function birthsIn(remarks: string): readonly string[] {
  const found = [
    ...remarks.matchAll(/DOB (?:circa )?(?:(\d{1,2}) )?(?:([A-Z][a-z]{2}) )?(\d{4})/gu),
  ];
  const births = found.map(([, day, month, year]) => {
    const at = month === undefined ? -1 : months.indexOf(month);
    if (at < 0) return String(year);
    const yearMonth = `${year}-${String(at / 3 + 1).padStart(2, '0')}`;
    return day === undefined ? yearMonth : `${yearMonth}-${day.padStart(2, '0')}`;
  });
  return [...new Set(births)].slice(0, 20);
}

function kindOf(type: string | undefined): ListEntry['kind'] {
  if (type === 'individual') return 'person';
  return type === 'vessel' || type === 'aircraft' ? type : 'entity';
}

interface Making {
  readonly entry: ListEntry & { readonly names: string[] };
}

function fromSdn(row: Row): ListEntry & { readonly names: string[] } {
  const [number = '', name = '', type, program = ''] = row;
  const kind = kindOf(type);
  const remarks = row[11] ?? '';
  return {
    ...{ id: `OFAC-${number}`, kind, names: [kind === 'person' ? spoken(name) : name] },
    births: kind === 'person' ? birthsIn(remarks) : [],
    ...{ countries: [], programme: nothing(program) ? '' : program.slice(0, 200) },
  };
}

function fromExtract([number = '', name = '', program = '']: Row): Making['entry'] {
  const names = [spoken(name)];
  return {
    ...{ id: `OFAC-${number}`, kind: 'person', names },
    ...{ births: [], countries: [], programme: program.slice(0, 200) },
  };
}

const isNumber = (field: string | undefined): boolean => /^\d{1,9}$/.test(field ?? '');

/**
 * The entries of several files together: names of SDN (12 columns) or of the extract (3, with a header), each
 * with its aliases of ALT (5 columns). Aliases of entries that are in no file are left out. Refuses a file that
 * is none of these.
 */
export function readOfac(files: readonly string[]): readonly ListEntry[] {
  const made = new Map<string, Making['entry']>();
  const aliases: Row[] = [];
  for (const text of files) {
    const rows = rowsOf(text).filter((row) => row.length >= 3 && isNumber(row[0]));
    const width = rows[0]?.length;
    if (width === 5) aliases.push(...rows);
    else if (width === 12 || width === 3) {
      for (const row of rows) {
        const entry = width === 12 ? fromSdn(row) : fromExtract(row);
        if (!made.has(entry.id)) made.set(entry.id, entry);
      }
    } else
      throw new Refusal(
        'list-wrong',
        'The file is neither SDN nor ALT as OFAC writes them.',
        'file',
      );
  }
  for (const [number = '', , , alias = ''] of aliases) {
    const entry = made.get(`OFAC-${number}`);
    if (entry && !nothing(alias)) entry.names.push(entry.kind === 'person' ? spoken(alias) : alias);
  }
  return [...made.values()].map((entry) => ({ ...entry, names: [...new Set(entry.names)] }));
}
