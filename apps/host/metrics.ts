// Gives monitoring the branch's figures on loopback, in both windowed hosts alike: one path, one key file, no cookie.
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { Chance } from '#station/ports.ts';
import { readSecretFile, writeNewSecretFile } from './keychain-files.ts';

export const metricsPath = '/metrics';
/** Prometheus text format 0.0.4. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';
const keyFile = 'metrics.key';

export interface MetricsServer {
  /** `http://127.0.0.1:PORT/metrics`. */
  readonly address: string;
  close(): Promise<void>;
}

export interface MetricsOptions {
  readonly metrics: () => string;
  /** Folder of the branch; the key stands in `metrics.key` below it, for its owner alone. */
  readonly folder: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly chance: Chance;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The key monitoring shows as `Authorization: Bearer`; made at the first use, 64 hexadecimal digits. */
function keyOf(folder: string, chance: Chance): Buffer {
  const file = join(folder, keyFile);
  const made = (): Buffer => {
    writeNewSecretFile(file, Buffer.from(Buffer.from(chance.bytes(32)).toString('hex')));
    return readSecretFile(file) ?? Buffer.alloc(0);
  };
  const key = readSecretFile(file) ?? made();
  refuseUnless(
    /^[0-9a-f]{64}$/.test(key.toString('latin1')),
    'metrics-key-damaged',
    `${file} is no key for monitoring: delete it, and a new one is made.`,
  );
  return key;
}

function holds(request: IncomingMessage, key: Buffer): boolean {
  const shown = Buffer.from(request.headers.authorization ?? '', 'latin1');
  const wanted = Buffer.concat([Buffer.from('Bearer '), key]);
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
}

function answerTo(request: IncomingMessage, host: string, key: Buffer, metrics: () => string) {
  const no = (status: number, sentence: string): Answer => ({ status, body: `${sentence}\n` });
  // Another name for this address means that somebody else's name resolves to it (DNS rebinding).
  if (request.headers.host !== host) return no(421, `Figures are given only as ${host}.`);
  if (request.headers.origin !== undefined) return no(403, 'No page of a browser reads this.');
  if (!holds(request, key)) return no(401, `Show the key that stands in ${keyFile} as a bearer.`);
  if (request.url !== metricsPath) return no(404, `There is ${metricsPath} and nothing else.`);
  if (request.method !== 'GET') return no(405, 'Figures are read, not written.');
  return { status: 200, body: metrics() };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence = `Port ${port} for monitoring cannot be had (${error.code}); choose another with --metrics.`;
      reject(new Refusal('port-taken', sentence, 'metrics'));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

/** Listens on 127.0.0.1; refuses `port-taken` and a key file that others may read. */
export async function serveMetrics(options: MetricsOptions): Promise<MetricsServer> {
  const { metrics, folder, port, chance } = options;
  const key = keyOf(folder, chance);
  const server = createServer({ requestTimeout: 5_000, maxHeaderSize: 8_192 });
  server.maxConnections = 8;
  await listen(server, port);
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', (request, response) => {
    request.resume();
    const { status, body } = answerTo(request, host, key, metrics);
    const headers = { 'Content-Type': metricsType, 'Cache-Control': 'no-store' };
    response.writeHead(status, headers).end(body);
  });
  return Object.freeze({
    address: `http://${host}${metricsPath}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
