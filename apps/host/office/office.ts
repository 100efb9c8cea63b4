// Starts a complete head office: the cluster, its schema, its signing key and the service that signs.
import type { OfficeBundle } from '#station/office/client/bundle.ts';
import { migrateOffice } from '#station/office/schema/steps.ts';
import { renewCertificates } from './certificates.ts';
import { type Cluster, type ClusterOptions, openCluster } from './cluster.ts';
import { type EnrolRequest, enrol } from './enrol.ts';
import { createOrders, type Orders } from './orders.ts';
import { createOwner, type Owner } from './owner.ts';
import { beginAsCopy } from './rejoin.ts';
import { openSigner, type Signer, startService, workOnce } from './service.ts';
import { equipVerifier, type Verifier } from './verifier.ts';

export interface Office {
  readonly cluster: Cluster;
  readonly signer: Signer;
  /** What checks the signature of a push before it is taken. */
  readonly verifier: Verifier;
  /** What people at head office order. */
  readonly orders: Orders;
  /** Asks as the owner of the books, for tests and the command line. */
  readonly query: Owner['query'];
  enrol(
    request: Omit<EnrolRequest, 'addresses'> & Partial<Pick<EnrolRequest, 'addresses'>>,
  ): Promise<OfficeBundle>;
  /** Signs and checks whatever waits, once; the service does so by itself twice a second. */
  work(): Promise<number>;
  /** Goes away again; ends the server only where this call started it. */
  leave(): Promise<void>;
  close(how?: 'fast' | 'immediate'): Promise<void>;
}

export interface OfficeOptions extends ClusterOptions {
  /** False: nothing is signed until `work` is called. */
  readonly serves?: boolean;
  readonly report?: (error: unknown) => void;
}

export async function openOffice(options: OfficeOptions): Promise<Office> {
  const cluster = await openCluster(options);
  const migrator = await cluster.administer();
  await migrateOffice(migrator);
  const verifier = await equipVerifier(migrator);
  await migrator.end();
  const owner = createOwner(cluster);
  const signer = openSigner(options.folder);
  await owner.query(
    `INSERT INTO office.office_key (id, public_key) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET public_key = $1`,
    [signer.publicKey],
  );
  // Now it may be spoken to from outside.
  if (await beginAsCopy(owner, options.folder)) cluster.reload();
  const report = options.report ?? ((error: unknown) => process.emitWarning(String(error)));
  const renew = (client: Pick<Owner, 'query'>) => renewCertificates(client, cluster, Date.now());
  const service = options.serves === false ? null : startService(cluster, signer, report, renew);
  const { port } = options;
  return Object.freeze({
    ...{ cluster, signer, verifier, query: owner.query, orders: createOrders(owner, signer) },
    enrol: (request: Omit<EnrolRequest, 'addresses'> & Partial<Pick<EnrolRequest, 'addresses'>>) =>
      enrol(
        owner,
        cluster.authority,
        { addresses: [{ host: '127.0.0.1', port }], ...request },
        signer.publicKey,
      ),
    work: async () => (await workOnce(owner, signer)) + (await renew(owner)),
    async leave() {
      await service?.stop();
      await owner.close();
      if (!cluster.wasRunning) cluster.stop();
    },
    async close(how: 'fast' | 'immediate' = 'fast') {
      await service?.stop();
      await owner.close();
      if (cluster.isRunning()) cluster.stop(how);
    },
  });
}
