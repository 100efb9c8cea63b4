-- Head office's books: every branch's log as it was written, and what follows from it.

CREATE TABLE device (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  branch text NOT NULL UNIQUE,
  name text NOT NULL,
  role name NOT NULL UNIQUE,
  public_key bytea,
  stopped text NOT NULL DEFAULT '',
  received_seq bigint NOT NULL DEFAULT 0,
  received_hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
  -- Newest head whose signature is right: it proves all before it. And the heads whose signature is wrong.
  verified_seq bigint NOT NULL DEFAULT 0,
  wrong_heads bigint[] NOT NULL DEFAULT '{}',
  -- What the branch said of itself with its last push.
  head_seq bigint NOT NULL DEFAULT 0,
  down_applied bigint NOT NULL DEFAULT 0,
  business_date text NOT NULL DEFAULT '',
  day_state text NOT NULL DEFAULT 'never-opened',
  seen_at timestamptz,
  enrolled_at timestamptz NOT NULL DEFAULT now()
-- Every push writes its device's row: room for the next version beside it keeps the indexes out of it.
) WITH (fillfactor = 50);

-- A CHECK would be read again at each start of a statement that writes the row, which is once a push.
CREATE FUNCTION check_device() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.branch !~ '^[A-Z0-9-]{1,12}$' THEN RAISE EXCEPTION 'branch-code-wrong'; END IF;
  IF length(NEW.public_key) <> 32 THEN RAISE EXCEPTION 'key-wrong'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER device_checked BEFORE INSERT OR UPDATE OF branch, public_key ON device
FOR EACH ROW EXECUTE FUNCTION check_device();

-- The log of each device, as it was hashed: the text is kept, not a reading of it. A row holds what one push
-- brought that was new: rows of one event each cost more than everything else together.
CREATE TABLE push (
  device integer NOT NULL,
  last_seq bigint NOT NULL,
  first_seq bigint NOT NULL,
  -- The device's signature over its newest head (Ed25519), and when it signed, in ms since 1970.
  signed_at bigint NOT NULL,
  signature bytea NOT NULL,
  -- SHA-256 of each event, one after the other; the canonical texts, one a line (they hold no line feed).
  hashes bytea NOT NULL,
  bodies text NOT NULL,
  PRIMARY KEY (device, last_seq)
);
ALTER TABLE push ALTER COLUMN hashes SET STORAGE EXTERNAL;
-- lz4 deflates a push at a tenth of what the built-in way costs; a cluster built without it has that one.
DO $$ BEGIN
  ALTER TABLE push ALTER COLUMN bodies SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN NULL;
END $$;

-- The log event by event, for whoever reads it.
CREATE VIEW event AS
SELECT p.device, p.first_seq + line.n - 1 AS seq,
  substring(p.hashes FROM (line.n * 32 - 31)::integer FOR 32) AS hash, line.body
FROM push p, unnest(string_to_array(p.bodies, E'\n')) WITH ORDINALITY AS line (body, n);

-- Where each device's list of what is sent to it ends. A row of its own: two branches that visit each
-- other's accounts in the same moment must not wait for one another.
CREATE TABLE down_head (
  device integer PRIMARY KEY,
  seq bigint NOT NULL DEFAULT 0,
  hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (length(hash) = 32)
);

-- What head office sends to each device: dense, chained, never changed.
CREATE TABLE down (
  device integer NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  hash bytea NOT NULL CHECK (length(hash) = 32),
  body text NOT NULL,
  PRIMARY KEY (device, seq)
);

-- The signed head of each push, and what was found of its signature.
CREATE VIEW checkpoint AS
SELECT p.device, p.last_seq AS seq, p.signed_at AS at,
  substring(p.hashes FROM length(p.hashes) - 31) AS hash, p.signature,
  CASE WHEN p.last_seq = ANY (d.wrong_heads) THEN 'wrong' WHEN p.last_seq <= d.verified_seq THEN 'right'
    ELSE 'unchecked' END AS state
FROM push p JOIN device d ON d.id = p.device;

-- Of each device the newest signed head nobody has looked at yet.
CREATE VIEW unchecked_head AS
SELECT d.id AS device, d.public_key, h.seq, h.at, h.hash, h.signature
FROM device d CROSS JOIN LATERAL (
  SELECT p.last_seq AS seq, p.signed_at AS at, substring(p.hashes FROM length(p.hashes) - 31) AS hash, p.signature
  FROM push p WHERE p.device = d.id AND p.last_seq > d.verified_seq AND p.last_seq <> ALL (d.wrong_heads)
  ORDER BY p.last_seq DESC LIMIT 1) h
WHERE d.received_seq > d.verified_seq;

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'log-append-only'; END $$;

CREATE TRIGGER push_kept BEFORE UPDATE OR DELETE ON push FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER push_stays BEFORE TRUNCATE ON push EXECUTE FUNCTION append_only();
CREATE TRIGGER down_kept BEFORE UPDATE OR DELETE ON down FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER down_stays BEFORE TRUNCATE ON down EXECUTE FUNCTION append_only();

-- Accounts and balances of every branch, as its events say. One debit, one credit, one amount a leg:
-- what is added to one account is taken from another of the same currency, so each branch and
-- currency sums to zero.
CREATE TABLE account (
  device integer NOT NULL REFERENCES device,
  id bigint NOT NULL,
  number text NOT NULL,
  product text NOT NULL,
  class text NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  name text NOT NULL,
  customer bigint,
  state text NOT NULL DEFAULT 'open',
  PRIMARY KEY (device, id),
  UNIQUE (device, number)
);

CREATE TABLE balance (
  device integer NOT NULL,
  account bigint NOT NULL,
  currency text NOT NULL,
  posted bigint NOT NULL,
  legs bigint NOT NULL,
  PRIMARY KEY (device, account)
) WITH (fillfactor = 50);

-- Cash over the counter by person, for the reports of all branches together: a row for each push and business date.
CREATE TYPE cash_item AS (
  seq bigint,
  -- Which of the event's items: one item may count for several persons, and for one under two names.
  item integer,
  persons jsonb,
  direction text,
  currency text,
  amount bigint
);
CREATE TABLE push_cash (
  device integer NOT NULL,
  date text COLLATE "C" NOT NULL,
  items cash_item[] NOT NULL
);
CREATE INDEX push_cash_date ON push_cash (date, device);

-- The same, person by person.
CREATE VIEW cash AS
SELECT c.device, i.seq, i.item, c.date, person, i.direction, i.currency, i.amount
FROM push_cash c, unnest(c.items) AS i, jsonb_array_elements_text(i.persons) AS person;

-- Who a customer number of a branch is: the same document at two branches is the same person.
CREATE TABLE person (
  device integer NOT NULL,
  customer bigint NOT NULL,
  name text NOT NULL,
  identity text NOT NULL,
  PRIMARY KEY (device, customer)
);
CREATE INDEX person_identity ON person (identity);

CREATE TABLE staff (
  device integer NOT NULL,
  id bigint NOT NULL,
  username text NOT NULL,
  roles jsonb NOT NULL,
  disabled boolean NOT NULL DEFAULT false,
  -- Head office may withhold a person: their offline grant is not renewed.
  withheld boolean NOT NULL DEFAULT false,
  PRIMARY KEY (device, id)
);

CREATE TABLE pool (
  branch text NOT NULL,
  number text NOT NULL,
  currency text NOT NULL,
  shared bigint NOT NULL DEFAULT 0 CHECK (shared >= 0),
  free bigint NOT NULL DEFAULT 0 CHECK (free >= 0),
  -- Asked of the keeping branch and not answered yet.
  wanted bigint NOT NULL DEFAULT 0 CHECK (wanted >= 0),
  PRIMARY KEY (branch, number)
);

CREATE TABLE reservation (
  key text PRIMARY KEY,
  device integer NOT NULL,
  branch text NOT NULL,
  number text NOT NULL,
  amount bigint NOT NULL,
  currency text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'reserved', 'confirmed', 'released')),
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX reservation_open ON reservation (branch, number) WHERE state = 'reserved';

CREATE TABLE allowance (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text NOT NULL UNIQUE,
  device integer NOT NULL REFERENCES device,
  branch text NOT NULL,
  number text NOT NULL,
  name text NOT NULL,
  till integer,
  amount bigint NOT NULL CHECK (amount > 0),
  spent bigint NOT NULL DEFAULT 0 CHECK (spent BETWEEN 0 AND amount),
  currency text NOT NULL,
  issued_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  signature bytea,
  state text NOT NULL DEFAULT 'wanted'
    CHECK (state IN ('wanted', 'open', 'returned', 'written-off')),
  decided_by text NOT NULL DEFAULT '',
  note text NOT NULL DEFAULT ''
);
CREATE INDEX allowance_open ON allowance (branch, number) WHERE state IN ('wanted', 'open');
CREATE INDEX allowance_wanted ON allowance (id) WHERE state = 'wanted';

-- Visits handed to the keeping branch that it has not booked yet.
CREATE TABLE visit (
  device integer NOT NULL,
  seq bigint NOT NULL,
  branch text NOT NULL,
  number text NOT NULL,
  side text NOT NULL CHECK (side IN ('debit', 'credit')),
  amount bigint NOT NULL CHECK (amount > 0),
  covered bigint NOT NULL CHECK (covered BETWEEN 0 AND amount),
  currency text NOT NULL,
  booked boolean NOT NULL DEFAULT false,
  PRIMARY KEY (device, seq)
);
CREATE INDEX visit_in_transit ON visit (branch) WHERE NOT booked;

CREATE TABLE exception (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  kind text NOT NULL,
  branch text NOT NULL,
  seq bigint NOT NULL,
  account text NOT NULL DEFAULT '',
  amount bigint NOT NULL DEFAULT 0,
  currency text NOT NULL DEFAULT '',
  message text NOT NULL,
  owner text NOT NULL,
  action text NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'settled')),
  decided_by text NOT NULL DEFAULT '',
  note text NOT NULL DEFAULT ''
);
-- An alarm looks for itself before it is raised, however many were settled.
CREATE INDEX exception_open ON exception (branch, kind) WHERE state = 'open';

CREATE TABLE reference (
  name text NOT NULL,
  version integer NOT NULL,
  value jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (name, version)
);

-- Sign-in grants that were signed, so that each is renewed in time and not at every turn.
CREATE TABLE sign_in_grant (
  device integer NOT NULL,
  username text NOT NULL,
  issued_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  PRIMARY KEY (device, username)
);

-- Head office's public key for allowances and grants, and the key's purpose.
CREATE TABLE office_key (
  id integer PRIMARY KEY CHECK (id = 1),
  public_key bytea NOT NULL CHECK (length(public_key) = 32)
);
