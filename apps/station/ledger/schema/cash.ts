// Keeps holds, and the notes and coins behind cash accounts, each bound to the balance it explains.

/**
 * Money set aside: placed, then captured (in part or whole, the remainder released) or released,
 * once.
 */
export const holdSchema = `
CREATE TABLE hold (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES balance (account),
  side TEXT NOT NULL CONSTRAINT "hold-side" CHECK (side IN ('debit', 'credit')),
  amount INTEGER NOT NULL CONSTRAINT "amount-out-of-range"
    CHECK (amount BETWEEN 1 AND 9007199254740992),
  why TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'placed' CONSTRAINT "hold-state"
    CHECK (state IN ('placed', 'captured', 'released')),
  captured INTEGER NOT NULL DEFAULT 0 CONSTRAINT "captured-over-hold"
    CHECK (captured BETWEEN (state = 'captured') AND amount * (state = 'captured')),
  resolved INTEGER REFERENCES event (seq),
  journal INTEGER GENERATED ALWAYS AS (id >> 10) VIRTUAL REFERENCES event (seq),
  CONSTRAINT "hold-resolved-by" CHECK ((state = 'placed') = (resolved IS NULL))
) STRICT;

CREATE INDEX hold_of ON hold (account, state);

CREATE TRIGGER hold_placed_on_open BEFORE INSERT ON hold
WHEN NEW.state <> 'placed' OR NEW.id <= (SELECT max(id) FROM hold)
  OR (SELECT state FROM balance WHERE account = NEW.account) IS NOT 'open'
BEGIN SELECT RAISE(ABORT, 'hold-not-placeable'); END;

CREATE TRIGGER hold_resolved_once BEFORE UPDATE ON hold
WHEN OLD.state <> 'placed' OR NEW.id <> OLD.id OR NEW.account <> OLD.account
  OR NEW.side <> OLD.side OR NEW.amount <> OLD.amount OR NEW.why <> OLD.why
BEGIN SELECT RAISE(ABORT, 'hold-resolved'); END;

CREATE TRIGGER hold_never_deleted BEFORE DELETE ON hold
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE TRIGGER hold_counts AFTER INSERT ON hold
BEGIN
  UPDATE balance SET held_debit = held_debit + NEW.amount * (NEW.side = 'debit'),
    held_credit = held_credit + NEW.amount * (NEW.side = 'credit')
  WHERE account = NEW.account;
END;

CREATE TRIGGER hold_ends AFTER UPDATE OF state ON hold
BEGIN
  UPDATE balance SET held_debit = held_debit - OLD.amount * (OLD.side = 'debit'),
    held_credit = held_credit - OLD.amount * (OLD.side = 'credit')
  WHERE account = OLD.account;
END;
`;

/** Notes and coins by face value; their value is added up in the account's balance row. */
export const cashSchema = `
CREATE TABLE cash (
  account INTEGER NOT NULL REFERENCES balance (account),
  face INTEGER NOT NULL CONSTRAINT "face-out-of-range" CHECK (face BETWEEN 1 AND 1000000000000),
  pieces INTEGER NOT NULL CONSTRAINT "pieces-missing" CHECK (pieces BETWEEN 0 AND 1000000000),
  PRIMARY KEY (account, face)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER cash_comes AFTER INSERT ON cash
BEGIN
  UPDATE balance SET counted = counted + NEW.face * NEW.pieces WHERE account = NEW.account;
END;

CREATE TRIGGER cash_moves AFTER UPDATE OF pieces ON cash
BEGIN
  UPDATE balance SET counted = counted + NEW.face * (NEW.pieces - OLD.pieces)
  WHERE account = NEW.account;
END;

CREATE TRIGGER cash_stays BEFORE UPDATE OF account, face ON cash
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE TRIGGER cash_never_deleted BEFORE DELETE ON cash
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;
`;
