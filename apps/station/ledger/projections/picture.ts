// Keeps which pictures there are of a customer, by digest; the pictures themselves stand apart, so that they can be erased.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';

const schema = `
CREATE TABLE customer_picture (
  customer INTEGER NOT NULL REFERENCES customer (id),
  kind TEXT NOT NULL CHECK (kind IN ('photo', 'signature')),
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  media TEXT NOT NULL CHECK (media IN ('image/png', 'image/jpeg')),
  by INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (customer, kind)
) STRICT, WITHOUT ROWID;
`;

export interface PictureRow {
  readonly kind: 'photo' | 'signature';
  /** SHA-256 of the picture, hexadecimal. */
  readonly digest: string;
  readonly media: 'image/png' | 'image/jpeg';
  readonly by: number;
  readonly at: number;
}

/** `picture.set` */
export interface PictureData extends Pick<PictureRow, 'kind' | 'digest' | 'media'> {
  readonly customer: number;
}

export interface PictureReads {
  of(customer: number): readonly PictureRow[];
}

type Stored = Omit<PictureRow, 'by' | 'at'> & { readonly by: bigint; readonly at: bigint };

export function createPictureReads(database: Database): PictureReads {
  const all = database.prepare<[number], Stored>(
    'SELECT kind, digest, media, by, at FROM customer_picture WHERE customer = ? ORDER BY kind',
  );
  return Object.freeze({
    of: (customer: number) =>
      all.all(customer).map((row) => ({ ...row, by: Number(row.by), at: Number(row.at) })),
  });
}

/** Name of a picture among what is kept apart from the log. */
export function pictureSecret(customer: number, kind: PictureRow['kind']): string {
  return `customer/${customer}/${kind}`;
}

export const pictureProjection: Projection = Object.freeze({
  name: 'picture',
  tables: ['customer_picture'],
  schema,
  types: ['picture.set', 'picture.removed'],
  prepare(database: Database) {
    const put = database.prepare(
      `INSERT INTO customer_picture (customer, kind, digest, media, by, at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (customer, kind) DO UPDATE SET digest = excluded.digest,
       media = excluded.media, by = excluded.by, at = excluded.at`,
    );
    const remove = database.prepare('DELETE FROM customer_picture WHERE customer = ? AND kind = ?');
    return (event: StoredEvent) => {
      const { customer, kind, digest, media } = event.data as unknown as PictureData;
      if (event.type === 'picture.removed') remove.run(customer, kind);
      else put.run(customer, kind, digest, media, Number(event.actor), event.at);
    };
  },
});
