// Resolves the prefixes of elements and attributes to namespaces, as Namespaces in XML 1.0 says.
import { malformed, XmlFault } from './xml-fault.ts';

export interface XmlAttribute {
  readonly local: string;
  /** '' for an attribute without a prefix. */
  readonly namespace: string;
  readonly value: string;
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';

export type Scope = ReadonlyMap<string, string>;

export const outermostScope: Scope = new Map([
  ['', ''],
  ['xml', xmlNamespace],
]);

function checkDeclaration(prefix: string, namespace: string, at: number): void {
  const isReserved = prefix === 'xmlns' || namespace === xmlnsNamespace;
  const isOnlyXmlRight = (prefix === 'xml') === (namespace === xmlNamespace);
  const isUnbound = prefix !== '' && namespace === '';
  if (isReserved || !isOnlyXmlRight || isUnbound) {
    throw malformed(`The prefix "${prefix}" may not be declared as "${namespace}".`, at);
  }
}

/** The scope inside an element with these raw attributes (pairs of qualified name and value). */
export function scopeWith(scope: Scope, raw: readonly string[], at: number): Scope {
  let inner: Map<string, string> | null = null;
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] as string;
    if (!name.startsWith('xmlns')) continue;
    if (name.length > 5 && name[5] !== ':') continue;
    const prefix = name.slice(6);
    const namespace = raw[index + 1] as string;
    checkDeclaration(prefix, namespace, at);
    inner ??= new Map(scope);
    inner.set(prefix, namespace);
  }
  return inner ?? scope;
}

/** The namespace of a qualified name; throws where its prefix was never declared. */
export function namespaceOf(scope: Scope, name: string, at: number): string {
  const colon = name.indexOf(':');
  if (colon < 0) return scope.get('') as string;
  const prefix = name.slice(0, colon);
  const namespace = scope.get(prefix);
  const isBroken = colon === 0 || colon === name.length - 1 || name.includes(':', colon + 1);
  if (isBroken) throw malformed(`"${name}" is not a name.`, at);
  if (namespace !== undefined) return namespace;
  throw new XmlFault(
    'unbound-prefix',
    `The prefix "${prefix}" of ${name} is not bound to a namespace.`,
    `Declare it with xmlns:${prefix}="…" on the element or above it.`,
    at,
  );
}

/** The attributes that are not declarations, resolved; refuses one that stands twice. */
export function resolveAttributes(
  scope: Scope,
  raw: readonly string[],
  at: number,
): readonly XmlAttribute[] {
  const attributes: XmlAttribute[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] as string;
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
    const colon = name.indexOf(':');
    const namespace = colon < 0 ? '' : namespaceOf(scope, name, at);
    const local = colon < 0 ? name : name.slice(colon + 1);
    if (attributes.some((each) => each.local === local && each.namespace === namespace)) {
      throw malformed(`The attribute ${name} stands twice in one element.`, at);
    }
    attributes.push({ local, namespace, value: raw[index + 1] as string });
  }
  return attributes;
}
