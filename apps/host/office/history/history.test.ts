// A few histories against real PostgreSQL: bad weather, both sides killed, a fail-over; what must hold, holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noPostgres } from '../office.fixture.ts';
import { play } from './play.fixture.ts';

test('whatever the weather, and whoever is killed, every invariant of the simulation holds', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  const outcome = await play({
    ...{ seeds: [1, 2, 3, 4, 5, 6], together: 3, happenings: 40 },
    ...{ failsOver: true, isDurable: false },
  });
  assert.deepEqual([outcome.violations, outcome.unsettled], [[], 0]);
  assert.ok(
    outcome.killed.branches > 0 && outcome.killed.failOvers === 1,
    'both sides were killed',
  );
  assert.ok(outcome.events > 150 && outcome.visits > 5 && outcome.reservations > 0);
});

test('a head office that lends what it has lent already is found', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  const outcome = await play({
    ...{ seeds: [21, 22, 23], together: 3, happenings: 40, failsOver: false, isDurable: false },
    patience: 40,
    sabotage: `CREATE FUNCTION office.keep_free() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.free := greatest(NEW.free, OLD.free); RETURN NEW; END $$;
      CREATE TRIGGER keep_free BEFORE UPDATE ON office.pool FOR EACH ROW EXECUTE FUNCTION office.keep_free()`,
  });
  assert.ok(outcome.violations.some(({ message }) => message.startsWith('S7')));
});
