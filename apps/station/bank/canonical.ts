// Writes a value as the one text that stands for it, so that a signature binds exactly what was
// meant.

export type Canonical =
  | string
  | number
  | boolean
  | bigint
  | null
  | readonly Canonical[]
  | { readonly [key: string]: Canonical | undefined };

/**
 * RFC 8785 restricted to what the log knows: keys sorted by UTF-16 code unit, safe integers, no
 * fractions; a bigint is written as a decimal string and a member that is undefined is left out.
 */
export function canonicalText(value: Canonical): string {
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} has no canonical form`);
    return String(value === 0 ? 0 : value);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalText(member)}`);
  }
  return `{${members.join(',')}}`;
}

function isList(value: object): value is readonly Canonical[] {
  return Array.isArray(value);
}
