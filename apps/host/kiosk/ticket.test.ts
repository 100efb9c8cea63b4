// Proves that tickets are good once and for a minute, and that only so many tickets and cookies are kept.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTickets, ticketLifeMs } from './ticket.ts';

/** Tickets under a clock that stands until it is moved, and chance that never repeats. */
function tickets() {
  let nowMs = 0;
  let drawn = 0;
  const clock = { now: () => nowMs, monotonic: () => nowMs, after: () => () => undefined };
  const bytes = (count: number) => {
    const made = new Uint8Array(count);
    new DataView(made.buffer).setUint32(0, ++drawn);
    return made;
  };
  return {
    ...createTickets({ clock, chance: { bytes } }),
    pass(forMs: number) {
      nowMs += forMs;
    },
  };
}

test('a ticket is traded once, up to the last moment of its minute', () => {
  const { issue, redeem, admits, pass } = tickets();
  const [early, late] = [issue(), issue()];
  pass(ticketLifeMs);
  const cookie = redeem(early) ?? '';
  assert.ok(admits(cookie));
  assert.ok(!admits(early), 'a ticket is no cookie');
  assert.equal(redeem(early), undefined);
  pass(1);
  assert.equal(redeem(late), undefined);
  assert.ok(admits(cookie), 'a cookie is good until the end');
});

test('sixteen tickets may be outstanding, sixty-four cookies are known; the oldest give way', () => {
  const { issue, redeem, admits } = tickets();
  const first = Array.from({ length: 16 }, issue);
  assert.ok(redeem(first[0] ?? ''), 'all sixteen are good');
  const more = [issue(), issue()];
  assert.equal(redeem(first[1] ?? ''), undefined, 'the oldest of seventeen is gone');
  assert.ok(redeem(first[2] ?? ''));
  assert.ok(redeem(more[1] ?? ''));
  const cookies = Array.from({ length: 65 }, () => redeem(issue()) ?? '');
  assert.ok(!admits(cookies[0] ?? ''));
  assert.ok(admits(cookies[1] ?? ''));
  assert.ok(admits(cookies[64] ?? ''));
});
