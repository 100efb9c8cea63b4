// Opens the line to head office: TLS 1.3 with our certificate, SCRAM bound to that very channel, or not at all.
import { checkServerIdentity } from 'node:tls';
import { Client } from 'pg';
import { Refusal } from '#station/bank/refusal.ts';
import type { OfficeAddress, OfficeBundle } from './bundle.ts';

export interface ConnectOptions {
  readonly bundle: OfficeBundle;
  readonly address: OfficeAddress;
  /** How long connecting and each statement may take, in ms. */
  readonly deadlineMs: number;
}

/** What the driver does with each way of signing in; ours allows one. */
interface Handshake {
  _handleAuthCleartextPassword(): void;
  _handleAuthMD5Password(): void;
  _handleAuthSASLFinal(message: unknown): Promise<void> | void;
  connection: { stream: { destroy(error?: Error): void; getProtocol?(): string | null } };
}

/**
 * Connects, or rejects with a Refusal `office-weak` where the other side offers less than TLS 1.3, a
 * certificate of head office's authority and SCRAM, and `office-unreachable` where there is nobody.
 */
export async function connectOffice(options: ConnectOptions): Promise<Client> {
  const { bundle, address, deadlineMs } = options;
  const client = new Client({
    ...{ host: address.host, port: address.port, database: bundle.database },
    ...{
      user: bundle.user,
      password: bundle.password,
      application_name: `teller ${bundle.branch}`,
    },
    ...{ connectionTimeoutMillis: deadlineMs, query_timeout: deadlineMs },
    ...{ enableChannelBinding: true, keepAlive: true },
    ssl: {
      ...{ ca: bundle.authority, cert: bundle.certificate, key: bundle.key },
      ...{ minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', rejectUnauthorized: true },
      checkServerIdentity: (_host, certificate) => checkServerIdentity(address.host, certificate),
    },
  });
  const proof = requireScram(client as unknown as Handshake);
  // An error between statements ends the line; whoever asks next learns of it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    proof(client as unknown as Handshake);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw connectRefusal(error, address);
  }
}

/** Refuses to show the password by any other way, and a server that asks for no proof at all. */
function requireScram(client: Handshake): (client: Handshake) => void {
  let isProven = false;
  const refuse = (way: string) => () =>
    client.connection.stream.destroy(weak(`it asks for the password ${way}`));
  const final = client._handleAuthSASLFinal.bind(client);
  client._handleAuthCleartextPassword = refuse('in clear');
  client._handleAuthMD5Password = refuse('as MD5');
  client._handleAuthSASLFinal = (message) => {
    isProven = true;
    return final(message);
  };
  return (connected) => {
    if (!isProven) throw weak('it asks for no proof by SCRAM');
    const protocol = connected.connection.stream.getProtocol?.();
    if (protocol !== 'TLSv1.3') throw weak(`the line is ${protocol ?? 'not encrypted'}`);
  };
}

function weak(why: string): Refusal {
  return new Refusal('office-weak', `Head office was not spoken to: ${why}.`);
}

const tlsCodes = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME|EPROTO)/;

function connectRefusal(error: unknown, { host, port }: OfficeAddress): Refusal {
  if (error instanceof Refusal) return error;
  const { code = '', message } = error as { code?: string; message: string };
  const isWeak = tlsCodes.test(code) || /does not support SSL|certificate|SASL/i.test(message);
  const refusal = isWeak
    ? weak(`${message} (${code})`)
    : new Refusal(
        'office-unreachable',
        `Head office at ${host}:${port} does not answer: ${message}`,
      );
  refusal.cause = error;
  return refusal;
}
