// Keeps the log: events in an unbroken chain, the keys they answer for, signed checkpoints, and
// secrets.

/** The log itself. Never dropped: every other table can be made again from it. */
export const logSchema = `
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  hash BLOB NOT NULL CONSTRAINT "event-hash" CHECK (length(hash) = 32),
  body BLOB NOT NULL CONSTRAINT "event-body" CHECK (length(body) > 0),
  -- Every event but the first has the one before it: numbers are dense from 1.
  before INTEGER GENERATED ALWAYS AS (nullif(seq - 1, 0)) VIRTUAL REFERENCES event (seq)
) STRICT;

CREATE TRIGGER event_kept BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE TRIGGER event_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE TABLE checkpoint (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  hash BLOB NOT NULL,
  signature BLOB NOT NULL CONSTRAINT "checkpoint-signature" CHECK (length(signature) = 64)
) STRICT;

CREATE TRIGGER checkpoint_next BEFORE INSERT ON checkpoint
WHEN NEW.seq <= (SELECT max(seq) FROM checkpoint)
  OR NEW.hash IS NOT (SELECT hash FROM event WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'checkpoint-not-the-head'); END;

CREATE TRIGGER checkpoint_kept BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE TRIGGER checkpoint_never_deleted BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE TABLE secret (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** Which event a key stands for, once and for ever. Made again from the log like any projection. */
export const outcomeSchema = `
CREATE TABLE outcome (
  key BLOB PRIMARY KEY CONSTRAINT "outcome-key" CHECK (length(key) = 16),
  seq INTEGER NOT NULL REFERENCES event (seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER outcome_kept BEFORE UPDATE ON outcome
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE TRIGGER outcome_never_deleted BEFORE DELETE ON outcome
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;
`;
