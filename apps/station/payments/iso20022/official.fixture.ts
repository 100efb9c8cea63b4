// Finds the official schemas and samples for tests and benches, and asks libxml2 for its verdict
// on them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ErrorDetail, XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';

const repository = resolve(import.meta.dirname, '../../../..');

/** The folder of payment test material; it lies beside the repository, never in it. */
export const dataFolder = join(
  process.env.QENEX_SHARED ?? resolve(repository, '../shared'),
  'data/payments',
);

/** Why tests that need the folder are skipped; false when it is there. */
export const skipReason: string | false = existsSync(join(dataFolder, 'xsd'))
  ? false
  : `the official schemas and samples are not in ${dataFolder} (set QENEX_SHARED)`;

export interface Sample {
  /** `cbpr-usage-rules/fixture_pacs008_valid.xml` */
  readonly name: string;
  readonly file: string;
}

/** Every sample message in the folder, or those of one of its sub-folders. */
export function listSamples(folder?: string): readonly Sample[] {
  const root = join(dataFolder, 'samples-iso20022');
  const folders = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && (folder === undefined || entry.name === folder),
  );
  return folders.flatMap(({ name }) =>
    readdirSync(join(root, name)).map((each) => ({
      name: `${name}/${each}`,
      file: join(root, name, each),
    })),
  );
}

const validators = new Map<string, XsdValidator | null>();

/** The compiled official schema of a message; null where the folder has none. */
export function officialSchema(id: string): XsdValidator | null {
  const known = validators.get(id);
  if (known !== undefined) return known;
  const file = join(dataFolder, 'xsd', `${id}.xsd`);
  const validator = existsSync(file)
    ? XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(file)))
    : null;
  validators.set(id, validator);
  return validator;
}

export interface OfficialVerdict {
  readonly valid: boolean;
  /** Local name of the element libxml2 names first, and its line; null when valid. */
  readonly element: string | null;
  readonly line: number;
  readonly message: string;
}

function firstDetail(error: unknown): ErrorDetail {
  if (error instanceof XmlValidateError && error.details[0]) return error.details[0];
  throw error;
}

/** What libxml2 says of one message that is not in an envelope. Not well-formed is not valid. */
export function officialVerdict(id: string, text: string): OfficialVerdict {
  const schema = officialSchema(id);
  if (!schema) throw new Error(`there is no official schema of ${id}`);
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(text);
  } catch (error) {
    return { valid: false, element: null, line: 0, message: String(error) };
  }
  try {
    schema.validate(document);
    return { valid: true, element: null, line: 0, message: '' };
  } catch (error) {
    const { message, line } = firstDetail(error);
    const element = /Element '(?:\{[^}]*\})?([^']+)'/.exec(message)?.[1] ?? null;
    return { valid: false, element, line, message };
  } finally {
    document.dispose();
  }
}

/** The header and the message of a file as texts of their own, prefixes and declarations kept. */
export function splitParts(
  bytes: Uint8Array,
  parts: readonly { readonly root: string; readonly id: string }[],
): readonly { readonly id: string; readonly text: string }[] {
  const document = XmlDocument.fromBuffer(bytes);
  try {
    return parts.map(({ root, id }) => {
      const namespace = `urn:iso:std:iso:20022:tech:xsd:${id}`;
      const node = document.get(`//*[local-name()='${root}' and namespace-uri()='${namespace}']`);
      if (!node) throw new Error(`no ${root} of ${id}`);
      return {
        id,
        text: (node as unknown as { toString(o: object): string }).toString({ format: false }),
      };
    });
  } finally {
    document.dispose();
  }
}
