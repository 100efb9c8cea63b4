// Proves a desk as its window host sees it: the doorstep, then the station, then the doorstep again with the reason.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createFileKeychain } from '#host/keychain.ts';
import { systemClock } from '#host/system.ts';
import { branchFile } from '#station/branch.ts';
import { rebuild } from '#station/ledger/rebuild.ts';

import { addressText, readAddress } from './address.ts';
import { createDesk, type Reached } from './desk.ts';
import { enrolDesk } from './enrol.ts';
import { joinedPipe, openLan, type Window, windowOver } from './lan.fixture.ts';

const projectionsModule = new URL('../../station/projections.ts', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'desk-'));
const lan = await openLan(systemClock);
after(async () => {
  await lan.close();
  rmSync(folder, { recursive: true });
});
const reports: unknown[] = [];
const report = (where: string, error: unknown) => void reports.push([where, error]);
const open = () => createDesk({ folder, address: lan.address, clock: systemClock, report });

interface Page extends Window {
  readonly pushes: unknown[];
  /** Resolves when the host closes the page's end. */
  readonly hungUp: Promise<void>;
}

/** A page whose pipe is joined to what was reached. */
function pageOn(reached: Reached): Page {
  const pushes: unknown[] = [];
  let hangUp = (): void => undefined;
  const hungUp = new Promise<void>((resolve) => {
    hangUp = resolve;
  });
  const [inside, outside] = joinedPipe(
    (frame) => void ('event' in (frame as object) && pushes.push(frame)),
  );
  const letGo = reached.carry(inside, hangUp);
  return { ...windowOver(outside, letGo), pushes, hungUp };
}

test('a desk begins at the doorstep, is let in by its code, and needs none at its next start', async () => {
  const desk = open();
  const step = pageOn(await desk.reach());
  assert.equal((await step.ask('session.state', {})).stage, 'attach');
  await assert.rejects(step.ask('staff.list', {}), /not attached/);
  await assert.rejects(step.ask('session.attachDesk', { code: 'too short' }), /twenty letters/);
  const code = await lan.invite('Desk 1');
  await step.ask('session.attachDesk', { code });
  await step.hungUp;
  assert.equal(statSync(join(folder, 'desk.json')).mode & 0o777, 0o600);
  assert.doesNotMatch(readFileSync(join(folder, 'desk.json'), 'utf8'), new RegExp(code.slice(4)));
  for (const again of [desk, open()]) {
    const page = pageOn(await again.reach());
    assert.equal((await page.ask('session.state', {})).desk, 'Desk 1');
    page.close();
  }
  assert.deepEqual(reports, []);
});

test('a revoked desk is cut and stands at the doorstep with the reason; a new code lets it in anew', async () => {
  const desk = open();
  const page = pageOn(await desk.reach());
  await page.ask('session.state', {});
  await lan.ada.ask('desk.revoke', { desk: 1, reason: 'it was stolen' });
  await page.hungUp;
  const step = pageOn(await desk.reach());
  assert.equal((await step.ask('session.state', {})).stage, 'attach');
  assert.match(JSON.stringify(step.pushes), /Desk 1 was revoked/);
  await step.ask('session.attachDesk', { code: await lan.invite('Desk 1 again') });
  const anew = pageOn(await desk.reach());
  assert.equal((await anew.ask('session.state', {})).desk, 'Desk 1 again');
  anew.close();
  await assert.rejects(
    lan.ada.ask('desk.revoke', { desk: 1, reason: 'once more' }),
    /revoked already/,
  );
});

test('who was invited, enrolled, seen and revoked is a function of the log: made again, it is the same', async () => {
  await assert.rejects(
    enrolDesk(lan.address, `${(await lan.invite('Guessed')).slice(0, 4)}${'A'.repeat(16)}`),
  );
  const key = await createFileKeychain({ folder: lan.folder }).databaseKey();
  const found = await rebuild({
    file: branchFile(lan.folder),
    key,
    mode: 'prove',
    projectionsModule,
  });
  const table = found.tables.find(({ table: name }) => name === 'desk');
  assert.ok(table && table.before === table.after, JSON.stringify(table));
});

test('a station that does not answer is said, and nothing is asked of the person', async () => {
  const nobody = { host: '127.0.0.1', port: 9 };
  const desk = createDesk({ folder, address: nobody, clock: systemClock, report });
  await assert.rejects(desk.reach(), { reason: 'station-unreachable' });
});

test('credentials that others may read, or that are damaged, are refused', () => {
  const file = join(folder, 'desk.json');
  chmodSync(file, 0o644);
  assert.throws(open, { reason: 'secret-open-to-others' });
  chmodSync(file, 0o600);
  writeFileSync(file, '{"key":"');
  assert.throws(open, { reason: 'secret-file-damaged' });
});

test('addresses are read as they are written, and anything else is refused with what would be right', () => {
  for (const text of ['192.168.7.10:8443', 'station.branch.lan:1', '[fd00::10]:8443']) {
    assert.equal(addressText(readAddress(text, 'attach')), text);
  }
  for (const text of [
    '',
    ':1',
    'host',
    'host:65536',
    'fd00::10:80',
    '[host]:80',
    'a b:1',
    '-x:1',
  ]) {
    assert.throws(
      () => readAddress(text, 'attach'),
      { reason: 'bad-option', field: 'attach' },
      text,
    );
  }
});
