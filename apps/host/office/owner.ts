// The owner's line to its own books, opened again whenever the server came back.
import type { Client } from 'pg';
import type { Cluster } from './cluster.ts';

export interface Owner {
  query<T extends object = Record<string, unknown>>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: T[] }>;
  close(): Promise<void>;
}

/** A query fails while the server is away; the next one tries to open the line again. */
export function createOwner(
  cluster: Pick<Cluster, 'administer'>,
  onNotification?: () => void,
): Owner {
  let client: Client | null = null;
  let opening: Promise<Client> | null = null;
  const open = async (): Promise<Client> => {
    const made = await cluster.administer();
    made.on('end', () => {
      if (client === made) client = null;
    });
    made.on('error', () => {
      if (client === made) client = null;
    });
    if (onNotification) {
      made.on('notification', onNotification);
      await made.query('LISTEN office_work');
    }
    client = made;
    return made;
  };
  const current = async (): Promise<Client> => {
    if (client) return client;
    opening ??= open().finally(() => {
      opening = null;
    });
    return opening;
  };
  return Object.freeze({
    async query<T extends object>(sql: string, values: readonly unknown[] = []) {
      const { rows } = await (await current()).query<T>(sql, [...values]);
      return { rows };
    },
    async close() {
      const old = client;
      client = null;
      await old?.end().catch(() => undefined);
    },
  });
}
