// Lists what somebody with the key and an SQL prompt might try on dates, events and keys.
import { type Probe, type Scene, sql } from './probe-scene.ts';

export function dateProbes({ newest, idle, spare, transfer }: Scene): readonly Probe[] {
  const open = (date: string, opened = newest) =>
    `INSERT INTO business_date (date, opened) VALUES ('${date}', ${opened})`;
  const close = `UPDATE business_date SET closed = ${idle} WHERE closed IS NULL`;
  return [
    sql('date: two open', open('2026-11-21')),
    sql('date: none of the calendar', `${close}; ${open('2026-11-31')}`),
    sql('date: not later', `${close}; ${open('2026-11-18')}`),
    sql('date: opened before the last closed', `${close}; ${open('2026-11-21', transfer)}`),
    sql('date: opened by no event', `${close}; ${open('2026-11-21', newest + 9)}`),
    sql(
      'date: closed by no event',
      `UPDATE business_date SET closed = ${newest + 9} WHERE closed IS NULL`,
    ),
    sql(
      'date: closed before it opened',
      'UPDATE business_date SET closed = 1 WHERE closed IS NULL',
    ),
    sql(
      'date: opened closed',
      `${close}; INSERT INTO business_date VALUES ('2026-11-21', ${spare}, ${newest})`,
    ),
    sql(
      'date: opened anew',
      `${close}; UPDATE business_date SET closed = NULL WHERE date = '2026-11-19'`,
    ),
    sql('date: moved', "UPDATE business_date SET date = '2026-11-25' WHERE closed IS NULL"),
    sql(
      'date: opened at another time',
      `UPDATE business_date SET opened = ${newest} WHERE closed IS NULL`,
    ),
    sql('date: deleted', "DELETE FROM business_date WHERE date = '2026-11-20'"),
  ];
}

export function logProbes({ newest, idle, transfer }: Scene): readonly Probe[] {
  const event = (seq: number, hash = 'zeroblob(32)', body = "x'7b7d'", verb = 'INSERT') =>
    `${verb} INTO event (seq, hash, body) VALUES (${seq}, ${hash}, ${body})`;
  const key = (bytes: number, seq = newest) =>
    `INSERT INTO outcome (key, seq) VALUES (randomblob(${bytes}), ${seq})`;
  const sign = (seq: number, hash: string, bytes = 64) =>
    `INSERT INTO checkpoint (seq, at, hash, signature) VALUES (${seq}, 1, ${hash}, zeroblob(${bytes}))`;
  const hashOf = (seq: number) => `(SELECT hash FROM event WHERE seq = ${seq})`;
  return [
    sql('event: a number left out', event(newest + 2)),
    sql('event: number nought', event(0)),
    sql('event: the same number', event(transfer, undefined, undefined, 'INSERT OR REPLACE')),
    sql('event: a hash too short', event(newest + 1, 'zeroblob(31)')),
    sql('event: an empty body', event(newest + 1, undefined, "x''")),
    sql('event: no hash', event(newest + 1, 'NULL')),
    sql('event: no body', event(newest + 1, undefined, 'NULL')),
    sql('event: changed', `UPDATE event SET body = x'7b7d' WHERE seq = ${idle}`),
    sql('event: deleted', `DELETE FROM event WHERE seq = ${newest}`),
    sql('key: twice', `INSERT INTO outcome (key, seq) VALUES (x'${'a'.repeat(32)}', ${newest})`),
    sql('key: of another length', key(15)),
    sql('key: of no event', key(16, newest + 9)),
    sql(
      'key: replaced',
      `INSERT OR REPLACE INTO outcome (key, seq) VALUES (x'${'a'.repeat(32)}', ${newest})`,
    ),
    sql('key: for another event', `UPDATE outcome SET seq = ${newest}`),
    sql('key: deleted', 'DELETE FROM outcome'),
    sql('checkpoint: of no event', sign(newest + 1, 'zeroblob(32)')),
    sql('checkpoint: of another hash', `${event(newest + 1)}; ${sign(newest + 1, hashOf(idle))}`),
    sql('checkpoint: of an older event', sign(idle, hashOf(idle))),
    sql(
      'checkpoint: signature too short',
      `${event(newest + 1)}; ${sign(newest + 1, hashOf(newest + 1), 63)}`,
    ),
    sql('checkpoint: changed', 'UPDATE checkpoint SET signature = zeroblob(64)'),
    sql('checkpoint: deleted', 'DELETE FROM checkpoint'),
  ];
}
