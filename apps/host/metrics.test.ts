// Attacks the figures for monitoring: no key, another's key, another name, a browser's page, another path.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { serveMetrics } from './metrics.ts';
import { systemChance } from './system.ts';

const folder = mkdtempSync(join(tmpdir(), 'teller-metrics-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const options = { folder, port: 0, chance: systemChance, metrics: () => 'teller_risk_on 1\n' };

interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly path?: string;
}

function ask(address: string, { headers = {}, method = 'GET', path }: Asked = {}) {
  const url = new URL(path ?? '/metrics', address);
  return new Promise<{ status: number; body: string; type: string }>((resolve, reject) => {
    const call = request(url, { method, headers }, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => {
        body += part.toString();
      });
      const type = String(response.headers['content-type']);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, type }));
    });
    call.on('error', reject).end();
  });
}

test('who shows the key reads the figures, and nobody else does', async () => {
  const server = await serveMetrics(options);
  const file = join(folder, 'metrics.key');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const authorization = `Bearer ${readFileSync(file, 'utf8')}`;
  const given = await ask(server.address, { headers: { authorization } });
  assert.deepEqual([given.status, given.body], [200, 'teller_risk_on 1\n']);
  assert.match(given.type, /^text\/plain; version=0\.0\.4/);
  const wrong: readonly (readonly [number, Asked])[] = [
    [401, {}],
    [401, { headers: { authorization: `Bearer ${'0'.repeat(64)}` } }],
    [401, { headers: { authorization: authorization.slice(0, -1) } }],
    [421, { headers: { authorization, host: 'teller.example' } }],
    [403, { headers: { authorization, origin: 'http://127.0.0.1' } }],
    [404, { headers: { authorization }, path: '/' }],
    [405, { headers: { authorization }, method: 'POST' }],
  ];
  for (const [status, asked] of wrong) {
    const answer = await ask(server.address, asked);
    assert.equal(answer.status, status, JSON.stringify(asked));
    assert.doesNotMatch(answer.body, /teller_risk/);
  }
  await server.close();
});

test('the key stays from start to start; a taken port and an open key file are refused', async () => {
  const first = await serveMetrics(options);
  const file = join(folder, 'metrics.key');
  const key = readFileSync(file, 'utf8');
  const port = Number(new URL(first.address).port);
  await assert.rejects(serveMetrics({ ...options, port }), { reason: 'port-taken' });
  await first.close();
  await (await serveMetrics(options)).close();
  assert.equal(readFileSync(file, 'utf8'), key);
  chmodSync(file, 0o644);
  await assert.rejects(serveMetrics(options), /0600/);
  chmodSync(file, 0o600);
  writeFileSync(file, 'short');
  await assert.rejects(serveMetrics(options), { reason: 'metrics-key-damaged' });
});
