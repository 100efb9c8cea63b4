// Tries everything an SQL prompt can do to the ledger: the schema alone must refuse it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit } from './audit.ts';
import { ledgerMigrations } from './migrations.ts';
import { control, isRefused, openScene, probesOf } from './schema-probes.ts';

const schema = ledgerMigrations.map(({ sql }) => sql).join('\n');

test('what is right is accepted', () => {
  const scene = openScene(schema);
  assert.equal(isRefused(scene, { name: 'control', try: () => control(scene) }), false);
});

test('every statement that would break an invariant is refused', () => {
  const scene = openScene(schema);
  const probes = probesOf(scene);
  const accepted = probes.filter((probe) => !isRefused(scene, probe)).map(({ name }) => name);
  assert.deepEqual(accepted, []);
  assert.ok(audit(scene.database).ok, 'and leaves nothing behind');
});
