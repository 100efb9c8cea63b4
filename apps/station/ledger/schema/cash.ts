// Keeps holds and the notes and coins behind cash accounts, each bound to the balance it explains.

/** Money set aside: placed, then captured (in part or whole, the remainder released) or released, once. */
export const holdSchema = `
CREATE TABLE hold (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES balance (account),
  side TEXT NOT NULL CONSTRAINT "hold-side" CHECK (side IN ('debit', 'credit')),
  amount INTEGER NOT NULL CONSTRAINT "amount-out-of-range" CHECK (amount BETWEEN 1 AND 9007199254740992),
  why TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'placed' CONSTRAINT "hold-state"
    CHECK (state IN ('placed', 'captured', 'released')),
  captured INTEGER NOT NULL DEFAULT 0 CONSTRAINT "captured-over-hold"
    CHECK (captured BETWEEN (state = 'captured') AND amount * (state = 'captured')),
  resolved INTEGER REFERENCES event (seq),
  journal INTEGER GENERATED ALWAYS AS (id >> 10) VIRTUAL REFERENCES event (seq),
  CONSTRAINT "hold-resolved-by" CHECK ((state = 'placed') = (resolved IS NULL))
) STRICT;

CREATE INDEX hold_placed ON hold (account) WHERE state = 'placed';

CREATE TRIGGER hold_placed_on_open BEFORE INSERT ON hold
WHEN NEW.state <> 'placed' OR NEW.id <= (SELECT max(id) FROM hold)
  OR (SELECT state FROM balance WHERE account = NEW.account) IS NOT 'open'
BEGIN
  SELECT RAISE(ABORT, 'hold-out-of-order')
  WHERE NEW.state <> 'placed' OR NEW.id <= (SELECT max(id) FROM hold);
  SELECT RAISE(ABORT, 'account-not-open');
END;

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

/**
 * `cash_position` points at itself: (account, posted) must be an (account, counted) of the table when the
 * transaction commits, and the account is its primary key, so posted = counted or nothing is written.
 */
export const cashSchema = `
CREATE TABLE cash_position (
  account INTEGER PRIMARY KEY REFERENCES balance (account),
  posted INTEGER NOT NULL DEFAULT 0,
  counted INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account, counted),
  FOREIGN KEY (account, posted) REFERENCES cash_position (account, counted)
    DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- Empty at each commit: finds a position whose pieces do not add up before a group of commands commits.
CREATE INDEX cash_unproven ON cash_position (account) WHERE posted <> counted;

CREATE TABLE cash (
  account INTEGER NOT NULL REFERENCES cash_position (account),
  face INTEGER NOT NULL CONSTRAINT "face-out-of-range" CHECK (face BETWEEN 1 AND 1000000000000),
  pieces INTEGER NOT NULL CONSTRAINT "pieces-missing" CHECK (pieces >= 0),
  PRIMARY KEY (account, face)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER cash_account_opens AFTER INSERT ON balance WHEN NEW.cash = 1
BEGIN INSERT INTO cash_position (account) VALUES (NEW.account); END;

CREATE TRIGGER cash_comes AFTER INSERT ON cash
BEGIN
  UPDATE cash_position SET counted = counted + NEW.face * NEW.pieces WHERE account = NEW.account;
END;

CREATE TRIGGER cash_moves AFTER UPDATE OF pieces ON cash
BEGIN
  UPDATE cash_position SET counted = counted + NEW.face * (NEW.pieces - OLD.pieces)
  WHERE account = NEW.account;
END;

CREATE TRIGGER cash_stays BEFORE UPDATE OF account, face ON cash
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE TRIGGER cash_never_deleted BEFORE DELETE ON cash
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE TRIGGER cash_position_opens BEFORE INSERT ON cash_position
WHEN NEW.posted <> 0 OR NEW.counted <> 0
  OR (SELECT cash FROM balance WHERE account = NEW.account) IS NOT 1
  OR EXISTS (SELECT 1 FROM cash_position WHERE account = NEW.account)
BEGIN SELECT RAISE(ABORT, 'cash-not-empty'); END;

CREATE TRIGGER cash_position_posted BEFORE UPDATE OF account, posted ON cash_position
WHEN NEW.account <> OLD.account
  OR NEW.posted IS NOT (SELECT posted FROM balance WHERE account = OLD.account)
BEGIN SELECT RAISE(ABORT, 'cash-off-balance'); END;

CREATE TRIGGER cash_position_counted BEFORE UPDATE OF counted ON cash_position
WHEN NEW.counted IS NOT (SELECT sum(face * pieces) FROM cash WHERE account = OLD.account)
BEGIN SELECT RAISE(ABORT, 'cash-off-count'); END;

CREATE TRIGGER cash_position_never_deleted BEFORE DELETE ON cash_position
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;
`;
