// Makes the tables of payments: the payments, their life lines, what is to be sent, what came in, the bulks.

/**
 * The last rules that a payment may never break stand here: one payment a UETR and direction, one message
 * a number and sender, one place in the outbox a name.
 */
export const paymentSchema = `
CREATE TABLE payment (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL REFERENCES event (seq),
  at INTEGER NOT NULL,
  date TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
  channel TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'accepted', 'settled', 'rejected', 'returned',
    'failed', 'received', 'unapplied', 'sent-back')),
  recall TEXT NOT NULL DEFAULT 'none'
    CHECK (recall IN ('none', 'asked', 'pending', 'refused', 'granted')),
  reason TEXT NOT NULL DEFAULT '',
  message_id TEXT NOT NULL,
  message_type TEXT NOT NULL,
  transaction_id TEXT NOT NULL,
  uetr TEXT NOT NULL,
  end_to_end_id TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL,
  settlement_date TEXT NOT NULL,
  account TEXT NOT NULL,
  other_iban TEXT NOT NULL,
  other_name TEXT NOT NULL,
  parties TEXT NOT NULL,
  remittance TEXT NOT NULL,
  bulk INTEGER
) STRICT;
CREATE UNIQUE INDEX payment_uetr ON payment (uetr, direction) WHERE uetr <> '';
CREATE INDEX payment_transaction ON payment (transaction_id);
CREATE INDEX payment_end_to_end ON payment (end_to_end_id);
CREATE INDEX payment_message ON payment (message_id);
CREATE INDEX payment_similar ON payment (account, other_iban, amount, date);
CREATE INDEX payment_state ON payment (state, id);
CREATE TABLE payment_life (
  payment INTEGER NOT NULL REFERENCES payment (id),
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  message TEXT NOT NULL,
  direction TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  what TEXT NOT NULL,
  journal INTEGER,
  ordinal INTEGER PRIMARY KEY
) STRICT;
CREATE INDEX payment_life_payment ON payment_life (payment, ordinal);
CREATE TABLE payment_outbox (
  name TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  message_id TEXT NOT NULL UNIQUE,
  payments TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_outbox_waiting ON payment_outbox (seq, name) WHERE state = 'waiting';
CREATE TABLE payment_inbox (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  file TEXT NOT NULL,
  digest TEXT NOT NULL,
  type TEXT NOT NULL,
  message_id TEXT NOT NULL,
  sender TEXT NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX payment_inbox_digest ON payment_inbox (digest);
CREATE UNIQUE INDEX payment_inbox_message ON payment_inbox (sender, type, message_id)
  WHERE reason = '';
CREATE TABLE payment_setting (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE payment_bulk (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  file TEXT NOT NULL,
  message_id TEXT NOT NULL,
  account TEXT NOT NULL,
  iban TEXT NOT NULL,
  name TEXT NOT NULL,
  channel TEXT NOT NULL,
  count INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  loaded INTEGER NOT NULL DEFAULT 0,
  split INTEGER NOT NULL DEFAULT 0,
  problems TEXT NOT NULL,
  more_problems INTEGER NOT NULL
) STRICT;
CREATE TABLE payment_bulk_item (
  bulk INTEGER NOT NULL REFERENCES payment_bulk (id),
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (bulk, position)
) STRICT, WITHOUT ROWID;
`;

export const paymentTables = [
  ...['payment_bulk_item', 'payment_bulk', 'payment_setting', 'payment_inbox'],
  ...['payment_outbox', 'payment_life', 'payment'],
];
