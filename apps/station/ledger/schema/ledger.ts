// Keeps the ledger, and keeps it right: what must never break is said here, in the database itself.

/** Business dates, one open at a time, each later than the one before. */
const dateSchema = `
CREATE TABLE business_date (
  date TEXT PRIMARY KEY CONSTRAINT "date-not-a-date" CHECK (date IS strftime('%Y-%m-%d', date)),
  opened INTEGER NOT NULL REFERENCES event (seq),
  closed INTEGER REFERENCES event (seq) CONSTRAINT "date-closed-early" CHECK (closed > opened)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX business_date_open ON business_date (closed IS NULL) WHERE closed IS NULL;

CREATE INDEX business_date_opened ON business_date (opened);

CREATE TRIGGER business_date_forward BEFORE INSERT ON business_date
WHEN NEW.date <= (SELECT max(date) FROM business_date) OR NEW.closed IS NOT NULL
  OR NEW.opened <= (SELECT max(closed) FROM business_date)
BEGIN SELECT RAISE(ABORT, 'date-not-later'); END;

CREATE TRIGGER business_date_closes_once BEFORE UPDATE ON business_date
WHEN OLD.closed IS NOT NULL OR NEW.date <> OLD.date OR NEW.opened <> OLD.opened
BEGIN SELECT RAISE(ABORT, 'date-closed'); END;

CREATE TRIGGER business_date_never_deleted BEFORE DELETE ON business_date
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;
`;

/**
 * What is fixed about an account, and apart from it the small row that every posting rewrites.
 * `counted` is the value of the notes and coins behind a cash account, null for any other.
 * `uncounted` must be a row of `nought` when the transaction commits, and nought holds zero: posted
 * = counted, or nothing is written.
 */
const accountSchema = `
CREATE TABLE account (
  id INTEGER PRIMARY KEY CONSTRAINT "account-id" CHECK (id > 0),
  number TEXT NOT NULL UNIQUE CONSTRAINT "account-number" CHECK (number <> ''),
  product TEXT NOT NULL CONSTRAINT "account-product" CHECK (product IN (
    'checking', 'savings', 'loan', 'credit',
    'vault', 'till', 'transit', 'suspense', 'fees', 'fx-position', 'nostro', 'capital', 'interest')),
  class TEXT NOT NULL CONSTRAINT "account-class"
    CHECK (class IN ('asset', 'liability', 'income', 'expense', 'equity')),
  currency TEXT NOT NULL CONSTRAINT "account-currency" CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  name TEXT NOT NULL,
  customer INTEGER,
  opened_on TEXT NOT NULL,
  opened INTEGER NOT NULL REFERENCES event (seq)
) STRICT;

CREATE TRIGGER account_kept BEFORE UPDATE ON account
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE TRIGGER account_never_deleted BEFORE DELETE ON account
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE TABLE nought (value INTEGER PRIMARY KEY CHECK (value = 0)) STRICT;
INSERT INTO nought VALUES (0);

CREATE TABLE balance (
  account INTEGER PRIMARY KEY REFERENCES account (id),
  currency TEXT NOT NULL,
  posted INTEGER NOT NULL DEFAULT 0 CONSTRAINT "balance-too-large"
    CHECK (posted BETWEEN -4611686018427387904 AND 4611686018427387904),
  legs INTEGER NOT NULL DEFAULT 0,
  last_leg INTEGER,
  held_debit INTEGER NOT NULL DEFAULT 0,
  held_credit INTEGER NOT NULL DEFAULT 0,
  low INTEGER CONSTRAINT "limit-too-large"
    CHECK (low BETWEEN -4611686018427387904 AND 4611686018427387904),
  high INTEGER CONSTRAINT "limit-too-large"
    CHECK (high BETWEEN -4611686018427387904 AND 4611686018427387904),
  state TEXT NOT NULL DEFAULT 'open' CONSTRAINT "account-state"
    CHECK (state IN ('open', 'dormant', 'frozen', 'closed')),
  counted INTEGER,
  uncounted INTEGER GENERATED ALWAYS AS (posted - counted) VIRTUAL
    REFERENCES nought (value) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "over-high" CHECK (posted + held_debit <= high),
  CONSTRAINT "under-low" CHECK (posted - held_credit >= low),
  CONSTRAINT "account-not-empty"
    CHECK (state <> 'closed' OR (posted = 0 AND held_debit = 0 AND held_credit = 0))
) STRICT;

CREATE TRIGGER balance_opens_empty BEFORE INSERT ON balance
WHEN NEW.posted <> 0 OR NEW.held_debit <> 0 OR NEW.held_credit <> 0 OR NEW.legs <> 0
  OR NEW.last_leg IS NOT NULL
  OR NEW.currency IS NOT (SELECT currency FROM account WHERE id = NEW.account)
BEGIN SELECT RAISE(ABORT, 'balance-not-empty'); END;

-- A balance moves only by a leg that stands on it, and by its amount.
CREATE TRIGGER balance_moves AFTER UPDATE OF posted, legs, last_leg ON balance
WHEN OLD.state <> 'open' OR NOT EXISTS (
  SELECT 1 FROM leg WHERE id = NEW.last_leg AND NEW.legs = OLD.legs + 1 AND CASE OLD.account
    WHEN debit THEN OLD.posted + amount = NEW.posted AND debit_previous IS OLD.last_leg
    WHEN credit THEN OLD.posted - amount = NEW.posted AND credit_previous IS OLD.last_leg
    END)
BEGIN SELECT RAISE(ABORT, 'leg-off-balance'); END;

CREATE TRIGGER balance_holds BEFORE UPDATE OF held_debit, held_credit ON balance
WHEN NEW.held_debit IS NOT (SELECT coalesce(sum(amount), 0) FROM hold
    WHERE account = NEW.account AND state = 'placed' AND side = 'debit')
  OR NEW.held_credit IS NOT (SELECT coalesce(sum(amount), 0) FROM hold
    WHERE account = NEW.account AND state = 'placed' AND side = 'credit')
BEGIN SELECT RAISE(ABORT, 'held-not-the-holds'); END;

CREATE TRIGGER balance_counts BEFORE UPDATE OF counted ON balance
WHEN OLD.counted IS NULL OR NEW.counted IS NOT (
  SELECT sum(face * pieces) FROM cash WHERE account = OLD.account)
BEGIN SELECT RAISE(ABORT, 'cash-off-count'); END;

CREATE TRIGGER balance_static BEFORE UPDATE OF account, currency ON balance
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE TRIGGER balance_stays_closed BEFORE UPDATE OF state, low, high ON balance
WHEN OLD.state = 'closed'
BEGIN SELECT RAISE(ABORT, 'account-closed'); END;

CREATE TRIGGER balance_never_deleted BEFORE DELETE ON balance
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;
`;

/**
 * One debit, one credit, one amount: balanced by construction. A leg knows the leg before it on
 * either account, and the balance and line number after it. `value_date` is null where it is the
 * business date. `journal_end` is the journal's last leg, null on that leg itself, and stands in a
 * table of its own whose key must find that leg: a journal cut short cannot be committed.
 */
const legSchema = `
CREATE TABLE leg (
  id INTEGER PRIMARY KEY,
  debit INTEGER NOT NULL,
  credit INTEGER NOT NULL,
  amount INTEGER NOT NULL CONSTRAINT "amount-out-of-range"
    CHECK (amount BETWEEN 1 AND 9007199254740992),
  value_date TEXT,
  debit_previous INTEGER,
  credit_previous INTEGER,
  debit_balance INTEGER NOT NULL,
  credit_balance INTEGER NOT NULL,
  debit_number INTEGER NOT NULL,
  credit_number INTEGER NOT NULL,
  journal_end INTEGER,
  reverses INTEGER,
  CONSTRAINT "same-account" CHECK (debit <> credit),
  CONSTRAINT "leg-ends-itself" CHECK (journal_end > id AND journal_end >> 10 = id >> 10)
) STRICT;

-- The last legs of journals of several: named before the first leg, and there when the transaction commits.
CREATE TABLE journal_end (
  leg INTEGER PRIMARY KEY REFERENCES leg (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER journal_end_kept BEFORE UPDATE ON journal_end
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE TRIGGER journal_end_never_deleted BEFORE DELETE ON journal_end
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE UNIQUE INDEX leg_reversed_once ON leg (reverses) WHERE reverses IS NOT NULL;

-- One trigger, because each costs and their order is not fixed: a leg belongs to an event of the log and
-- is the newest, on an open business date; it follows the one before it in its journal; a reversal takes
-- the legs back from the last to the first, each exactly, and is never reversed itself; and a leg moves
-- two balances of one currency.
CREATE TRIGGER leg_moves AFTER INSERT ON leg
BEGIN
  SELECT RAISE(ABORT, 'date-not-open') WHERE NOT EXISTS (
    SELECT 1 FROM business_date WHERE closed IS NULL);
  SELECT RAISE(ABORT, 'leg-out-of-order') WHERE NEW.id <> (SELECT max(id) FROM leg)
    OR NEW.id >> 10 NOT BETWEEN 1 AND (SELECT max(seq) FROM event)
    OR (NEW.journal_end IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM journal_end WHERE leg = NEW.journal_end))
    OR (NEW.id & 1023 <> 0 AND NOT EXISTS (
      SELECT 1 FROM leg WHERE id = NEW.id - 1 AND reverses - 1 IS NEW.reverses
        AND journal_end = coalesce(NEW.journal_end, NEW.id)));
  SELECT RAISE(ABORT, 'not-the-mirror') WHERE NEW.reverses IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM leg AS original
    WHERE original.id = NEW.reverses AND original.reverses IS NULL
      AND original.debit = NEW.credit AND original.credit = NEW.debit
      AND original.amount = NEW.amount
      AND original.id & 1023 = coalesce(NEW.journal_end, NEW.id) - NEW.id
      AND NEW.id & 1023 = coalesce(original.journal_end, original.id) - original.id);
  SELECT RAISE(ABORT, 'currency-differs')
  WHERE (SELECT currency FROM balance WHERE account = NEW.debit)
    <> (SELECT currency FROM balance WHERE account = NEW.credit);
  UPDATE balance SET posted = NEW.debit_balance, legs = NEW.debit_number, last_leg = NEW.id
  WHERE account = NEW.debit;
  SELECT RAISE(ABORT, 'account-unknown') WHERE changes() <> 1;
  UPDATE balance SET posted = NEW.credit_balance, legs = NEW.credit_number, last_leg = NEW.id
  WHERE account = NEW.credit;
  SELECT RAISE(ABORT, 'account-unknown') WHERE changes() <> 1;
END;

CREATE TRIGGER leg_kept BEFORE UPDATE ON leg
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;

CREATE TRIGGER leg_never_deleted BEFORE DELETE ON leg
BEGIN SELECT RAISE(ABORT, 'log-append-only'); END;
`;

/**
 * `posted` is debits minus credits, in minor units. Ids: a leg is `seq * 1024 + position`, a hold
 * the same in its own table, so that both name their journal. RAISE texts and CHECK names are
 * refusal reasons.
 */
export const ledgerSchema = dateSchema + accountSchema + legSchema;
