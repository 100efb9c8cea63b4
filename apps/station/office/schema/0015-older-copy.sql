-- An older copy in head office's place learns from the branches what it lost, before it lends anything. Each function
-- does what protocol/office-recovery.ts says.

-- Each time a copy took over, and who still has to be heard out since the newest.
CREATE TABLE recovery (
  copy text PRIMARY KEY CHECK (copy ~ '^[0-9a-f]{32}$'),
  note text NOT NULL,
  begun_by text NOT NULL DEFAULT session_user,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE recovering (
  device integer PRIMARY KEY REFERENCES device,
  copy text NOT NULL REFERENCES recovery
);

-- What a branch says it had after `back`, as its device signed it, and the word that lets it go on from there.
CREATE TABLE declaration (
  device integer PRIMARY KEY REFERENCES device,
  back_seq bigint NOT NULL,
  back_hash text NOT NULL,
  from_seq bigint NOT NULL,
  from_hash text NOT NULL,
  items jsonb NOT NULL,
  signature text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  admission text NOT NULL DEFAULT '',
  admitted_by text NOT NULL DEFAULT ''
);

-- Its items that were taken over, until what caused them has come again.
CREATE TABLE lost_item (
  device integer NOT NULL REFERENCES device,
  hash text NOT NULL,
  seq bigint NOT NULL,
  body jsonb NOT NULL,
  is_matched boolean NOT NULL DEFAULT true,
  is_booked boolean NOT NULL DEFAULT false,
  PRIMARY KEY (device, hash)
);
CREATE INDEX lost_item_open ON lost_item (device, seq) WHERE NOT is_matched;

-- While branches are heard out more may seem lent than is set aside; afterwards only where that was said.
ALTER TABLE pool ADD COLUMN may_lack boolean NOT NULL DEFAULT false;
ALTER TABLE pool DROP CONSTRAINT pool_free_check, DROP CONSTRAINT pool_shared_check,
  ADD CONSTRAINT pool_covered CHECK (may_lack OR (free >= 0 AND shared >= 0));
CREATE FUNCTION mark_pool() RETURNS trigger LANGUAGE plpgsql SET search_path = office, pg_temp AS $$
BEGIN NEW.may_lack := EXISTS (SELECT 1 FROM recovering); RETURN NEW; END $$;
CREATE TRIGGER pool_marked BEFORE INSERT ON pool FOR EACH ROW EXECUTE FUNCTION mark_pool();

-- Taken over from a branch: not asked for, and lent whatever became of the account.
ALTER TABLE allowance ADD COLUMN is_regained boolean NOT NULL DEFAULT false;
CREATE OR REPLACE FUNCTION refuse_blocked() RETURNS trigger LANGUAGE plpgsql SET search_path = office, pg_temp AS $$
BEGIN
  IF NEW.is_regained THEN RETURN NEW; END IF;
  IF EXISTS (SELECT 1 FROM recovering) THEN RAISE EXCEPTION 'office-recovering'; END IF;
  IF EXISTS (SELECT 1 FROM card c WHERE c.branch = NEW.branch AND c.number = NEW.number AND c.state <> 'open')
    OR EXISTS (SELECT 1 FROM account a JOIN device h ON h.id = a.device
      WHERE h.branch = NEW.branch AND a.number = NEW.number AND a.state <> 'open') THEN
    RAISE EXCEPTION 'account-not-open';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION recovering_text() RETURNS text LANGUAGE sql STABLE SET search_path = office, pg_temp AS $$
  SELECT 'Head office was put back to an older copy and lends nothing until it has heard out: '
    || string_agg(d.branch, ', ' ORDER BY d.branch) || '.' FROM recovering r JOIN device d ON d.id = r.device
$$;

CREATE FUNCTION differ(d device, an_account text, an_amount bigint, a_message text) RETURNS void LANGUAGE sql
SET search_path = office, pg_temp AS $$
  SELECT raise_exception('lost-item', d.branch, d.received_seq, an_account, an_amount, '', a_message, 'head-office',
    'ask the branch what it did, then decide who bears it')
$$;

CREATE FUNCTION begin_recovery(a_copy text, a_note text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
BEGIN
  IF length(a_note) < 3 THEN RAISE EXCEPTION 'note-missing'; END IF;
  IF EXISTS (SELECT 1 FROM recovery WHERE copy = a_copy) THEN RETURN; END IF;
  INSERT INTO recovery (copy, note) VALUES (a_copy, a_note);
  DELETE FROM recovering;
  DELETE FROM lost_item;
  DELETE FROM declaration;
  INSERT INTO recovering SELECT id, a_copy FROM device;
  UPDATE pool SET may_lack = true;
  -- A number the lost head office gave must not be given again.
  PERFORM setval(s, nextval(s) + 100000) FROM unnest(ARRAY[pg_get_serial_sequence('office.allowance', 'id'),
    pg_get_serial_sequence('office.exception', 'id')]) AS s;
END $$;

-- The first order of a name after a copy took over leaves room for those that were lost.
CREATE OR REPLACE FUNCTION next_version(a_name text) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = office, pg_temp AS $$
  SELECT coalesce(max(version), 0) + CASE WHEN (SELECT max(at) FROM recovery) > coalesce(max(at), '-infinity')
    THEN 1001 ELSE 1 END FROM reference WHERE split_part(name, '/', 1) = a_name
$$;

-- Enrolled anew while branches are heard out: head office may have lost that it knew it.
CREATE FUNCTION hear_new_device() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
BEGIN
  INSERT INTO recovering SELECT NEW.id, copy FROM recovering LIMIT 1;
  RETURN NULL;
END $$;
CREATE TRIGGER device_heard AFTER INSERT ON device FOR EACH ROW EXECUTE FUNCTION hear_new_device();

-- Asked with each opening: whether head office has the branch's newest item, and whether it waits for its word.
CREATE FUNCTION recovery_question(a_seq bigint, a_hash bytea, OUT is_followed boolean, OUT copy text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE d device := own_device();
BEGIN
  IF d.id IS NULL THEN RAISE EXCEPTION 'device-unknown'; END IF;
  is_followed := a_seq = 0 OR EXISTS (SELECT 1 FROM down WHERE device = d.id AND seq = a_seq AND hash = a_hash);
  copy := coalesce((SELECT r.copy FROM recovering r WHERE r.device = d.id), '');
  IF is_followed OR EXISTS (SELECT 1 FROM exception WHERE kind = 'office-behind' AND branch = d.branch AND state = 'open')
  THEN RETURN; END IF;
  PERFORM raise_exception('office-behind', d.branch, a_seq, '', 0, '', 'Branch ' || d.branch || ' has had item ' || a_seq
    || ' of head office, which head office lacks: it was put back to an older copy.', 'head-office',
    'let it in again once a supervisor there has asked for it');
END $$;

-- The newest of these items that head office has too; 0 for none. Hashes one after the other.
CREATE FUNCTION common_item(some_seqs bigint[], hashes bytea) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = office, pg_temp AS $$
  SELECT coalesce(max(w.seq), 0) FROM down w JOIN unnest(some_seqs) WITH ORDINALITY AS item (seq, n)
    ON w.seq = item.seq AND w.hash = substring(hashes FROM (item.n * 32 - 31)::integer FOR 32)
  WHERE w.device = (own_device()).id
$$;

CREATE FUNCTION declare_items(a_back_seq bigint, a_back_hash text, a_from_seq bigint, a_from_hash text, some_items text,
  a_signature text, a_reason text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE d device := own_device();
BEGIN
  IF d.id IS NULL THEN RAISE EXCEPTION 'device-unknown'; END IF;
  IF octet_length(some_items) > 33554432 OR length(a_reason) > 300 THEN RAISE EXCEPTION 'declaration-too-large'; END IF;
  INSERT INTO declaration AS known (device, back_seq, back_hash, from_seq, from_hash, items, signature, reason)
  VALUES (d.id, a_back_seq, a_back_hash, a_from_seq, a_from_hash, some_items::jsonb, a_signature, a_reason)
  ON CONFLICT (device) DO UPDATE SET back_seq = excluded.back_seq, back_hash = excluded.back_hash,
    from_seq = excluded.from_seq, from_hash = excluded.from_hash, items = excluded.items,
    signature = excluded.signature, reason = excluded.reason, at = now(), admission = '', admitted_by = ''
  WHERE (known.back_hash, known.from_hash) IS DISTINCT FROM (excluded.back_hash, excluded.from_hash);
END $$;

-- The word that lets the branch go on; no row until a person at head office has given it.
CREATE FUNCTION own_admission(OUT back_hash text, OUT from_hash text, OUT admission text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = office, pg_temp AS $$
  SELECT back_hash, from_hash, admission FROM declaration WHERE device = (own_device()).id AND admission <> ''
$$;

CREATE FUNCTION take_lost_allowance(d device, item jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE a jsonb := item -> 'allowance'; known allowance; p_branch text := a #>> '{account,branch}';
  p_number text := a #>> '{account,number}'; total bigint := (a ->> 'amountMinor')::bigint;
BEGIN
  SELECT * INTO known FROM allowance WHERE id = (a ->> 'id')::bigint;
  IF known.id IS NOT NULL THEN
    -- It was granted before the copy and signed after it: what is free is less already.
    IF known.state = 'wanted' AND known.device = d.id AND known.amount = total AND known.branch = p_branch
      AND known.number = p_number AND known.issued_at = (a ->> 'issuedAt')::bigint THEN
      UPDATE allowance SET state = 'open', signature = decode(item ->> 'signature', 'hex') WHERE id = known.id;
    ELSIF known.signature IS DISTINCT FROM decode(item ->> 'signature', 'hex') THEN
      PERFORM differ(d, p_branch || '/' || p_number, total,
        'Allowance ' || known.id || ' of the lost head office is another here: nobody covers it.');
    END IF;
    RETURN;
  END IF;
  INSERT INTO pool (branch, number, currency) VALUES (p_branch, p_number, a ->> 'currency') ON CONFLICT DO NOTHING;
  UPDATE pool SET free = free - total, may_lack = true WHERE branch = p_branch AND number = p_number;
  INSERT INTO allowance (id, key, device, branch, number, name, till, amount, currency, issued_at, expires_at, signature,
    state, decided_by, note, is_regained) OVERRIDING SYSTEM VALUE
  VALUES ((a ->> 'id')::bigint, 'regained-' || (a ->> 'id'), d.id, p_branch, p_number, a ->> 'name', (a ->> 'till')::integer,
    total, a ->> 'currency', (a ->> 'issuedAt')::bigint, (a ->> 'expiresAt')::bigint,
    decode(item ->> 'signature', 'hex'), 'open', session_user, 'taken over from branch ' || d.branch, true);
  PERFORM setval(s, greatest((SELECT max(id) FROM allowance), nextval(s)))
  FROM pg_get_serial_sequence('office.allowance', 'id') AS s;
END $$;

-- Hands a branch the newest order for all that only a branch still knew, where it has not got it.
CREATE FUNCTION spread_orders(d device) RETURNS void LANGUAGE sql SET search_path = office, pg_temp AS $$
  SELECT hand_down(d.id, jsonb_build_object('kind', 'reference', 'name', r.name, 'version', r.version, 'value', r.value,
    'branch', 'all', 'signature', r.signature))
  FROM (SELECT DISTINCT ON (name) * FROM reference WHERE name NOT LIKE '%/%' ORDER BY name, version DESC) r
  WHERE EXISTS (SELECT 1 FROM lost_item l WHERE l.body ->> 'kind' = 'reference' AND l.body ->> 'signature' = r.signature)
    AND NOT EXISTS (SELECT 1 FROM lost_item l WHERE l.device = d.id AND l.body ->> 'signature' = r.signature)
    AND NOT EXISTS (SELECT 1 FROM down w WHERE w.device = d.id AND w.body LIKE '%"reference"%'
      AND w.body::jsonb ->> 'signature' = r.signature)
  ORDER BY r.name
$$;

CREATE FUNCTION take_lost_order(d device, item jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE known reference; full_name text := (item ->> 'name')
  || CASE WHEN item ->> 'branch' = 'all' THEN '' ELSE '/' || (item ->> 'branch') END;
BEGIN
  SELECT * INTO known FROM reference WHERE name = full_name AND version = (item ->> 'version')::integer;
  IF known.name IS NULL THEN
    INSERT INTO reference (name, version, value, signature)
    VALUES (full_name, (item ->> 'version')::integer, item -> 'value', item ->> 'signature');
  ELSIF known.signature <> item ->> 'signature' THEN
    PERFORM differ(d, '', 0, 'Order ' || full_name || ', version ' || known.version || ', of the lost head office is another '
      || 'here: give it anew.');
    RETURN;
  END IF;
  IF item ->> 'branch' = 'all' THEN
    PERFORM spread_orders(h) FROM device h WHERE NOT EXISTS (SELECT 1 FROM recovering r WHERE r.device = h.id);
  END IF;
EXCEPTION WHEN raise_exception OR integrity_constraint_violation THEN
  PERFORM differ(d, '', 0, 'Order ' || full_name || ', version ' || (item ->> 'version')
    || ', of the lost head office is not taken over (' || SQLERRM || '): give it anew.');
END $$;

CREATE FUNCTION take_lost_item(d device, a_hash text, item jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE v visit; more bigint;
BEGIN
  CASE item ->> 'kind'
    WHEN 'allowance' THEN PERFORM take_lost_allowance(d, item);
    WHEN 'reference' THEN PERFORM take_lost_order(d, item);
    WHEN 'card' THEN PERFORM expect_visit(d.id, item #>> '{account,branch}', item #>> '{account,number}');
    WHEN 'share-wanted' THEN
      INSERT INTO pool (branch, number, currency)
      VALUES (item #>> '{account,branch}', item #>> '{account,number}', item ->> 'currency') ON CONFLICT DO NOTHING;
      UPDATE pool SET wanted = wanted + (item ->> 'amountMinor')::bigint
      WHERE branch = item #>> '{account,branch}' AND number = item #>> '{account,number}';
    WHEN 'visit' THEN
      SELECT t.* INTO v FROM visit t JOIN device c ON c.id = t.device
      WHERE c.branch = item ->> 'branch' AND t.seq = (item ->> 'seq')::bigint;
      IF v.device IS NULL THEN
        UPDATE lost_item SET is_matched = false WHERE device = d.id AND hash = a_hash;
        RETURN;
      END IF;
      -- It came again before the keeping branch was let in: our books follow what that one was told.
      more := (item ->> 'coveredMinor')::bigint - v.covered;
      UPDATE visit SET covered = covered + more WHERE device = v.device AND seq = v.seq;
      UPDATE pool SET free = free - more, shared = shared - more, may_lack = true
      WHERE branch = v.branch AND number = v.number;
    WHEN 'share-returned', 'written-off' THEN
      UPDATE lost_item SET is_matched = false WHERE device = d.id AND hash = a_hash;
    ELSE NULL;
  END CASE;
END $$;

-- A person lets the branch in. Who calls has read the declaration, proven its chain, its device's signature and head
-- office's own ones: `some_items` are those that stand, `some_doubts` sentences on those that do not.
CREATE FUNCTION admit_branch(a_branch text, a_from_hash text, some_items jsonb, some_doubts text[], an_admission text,
  a_note text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE d device; one record; is_new boolean;
BEGIN
  IF length(a_note) < 3 THEN RAISE EXCEPTION 'note-missing'; END IF;
  SELECT * INTO d FROM device WHERE branch = a_branch FOR NO KEY UPDATE;
  IF d.id IS NULL THEN RAISE EXCEPTION 'branch-unknown'; END IF;
  UPDATE declaration SET admission = an_admission, admitted_by = session_user WHERE device = d.id AND from_hash = a_from_hash;
  IF NOT FOUND THEN RAISE EXCEPTION 'declaration-missing'; END IF;
  FOR one IN SELECT value ->> 'hash' AS hash, (value ->> 'seq')::bigint AS seq, (value ->> 'body')::jsonb AS body
    FROM jsonb_array_elements(some_items) ORDER BY 2 LOOP
    INSERT INTO lost_item (device, hash, seq, body) VALUES (d.id, one.hash, one.seq, one.body) ON CONFLICT DO NOTHING;
    IF FOUND THEN PERFORM take_lost_item(d, one.hash, one.body); END IF;
  END LOOP;
  PERFORM differ(d, '', 0, doubt) FROM unnest(some_doubts) AS doubt;
  UPDATE exception SET state = 'settled', decided_by = session_user, note = a_note
  WHERE branch = a_branch AND kind = 'office-behind' AND state = 'open';
END $$;

-- The visit its keeping branch was told of by the lost head office, and what else it had.
CREATE FUNCTION lost_of(home integer, a_kind text) RETURNS SETOF lost_item LANGUAGE sql STABLE
SET search_path = office, pg_temp AS $$
  SELECT * FROM lost_item WHERE device = home AND NOT is_matched AND body ->> 'kind' = a_kind ORDER BY seq
$$;

CREATE FUNCTION take_lost_reservation(d device, part jsonb) RETURNS boolean LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM recovering WHERE device = d.id) THEN RETURN false; END IF;
  INSERT INTO reservation AS known (key, device, branch, number, amount, currency, state)
  VALUES (part ->> 'reservation', d.id, part #>> '{account,branch}', part #>> '{account,number}',
    (part ->> 'amountMinor')::bigint, part ->> 'currency', 'confirmed')
  ON CONFLICT (key) DO UPDATE SET state = 'confirmed' WHERE known.device = d.id AND known.state = 'waiting';
  RETURN FOUND;
END $$;

CREATE OR REPLACE FUNCTION apply_visit(d device, a_seq bigint, part jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE
  p_branch text := part #>> '{account,branch}';
  p_number text := part #>> '{account,number}';
  p_currency text := part ->> 'currency';
  total bigint := (part ->> 'amountMinor')::bigint;
  covered bigint := 0;
  take bigint;
  held reservation;
  grant_row allowance;
  spend jsonb;
  home device;
  told lost_item;
BEGIN
  SELECT * INTO home FROM device WHERE branch = p_branch;
  SELECT * INTO told FROM lost_of(home.id, 'visit') l
  WHERE l.body ->> 'branch' = d.branch AND (l.body ->> 'seq')::bigint = a_seq LIMIT 1;
  IF part ->> 'side' = 'debit' THEN
    INSERT INTO pool (branch, number, currency) VALUES (p_branch, p_number, p_currency)
    ON CONFLICT DO NOTHING;
    PERFORM 1 FROM pool WHERE branch = p_branch AND number = p_number FOR UPDATE;
    IF part ->> 'reservation' <> '' THEN
      SELECT * INTO held FROM reservation WHERE key = part ->> 'reservation' FOR UPDATE;
      IF held.key IS NULL OR held.state <> 'reserved' OR held.device <> d.id
        OR held.branch <> p_branch OR held.number <> p_number OR held.currency <> p_currency THEN
        IF (held.key IS NULL OR held.state = 'waiting') AND take_lost_reservation(d, part) THEN
          covered := covered + total;
          UPDATE pool SET free = free - total WHERE branch = p_branch AND number = p_number;
        ELSE
          PERFORM complain(d, a_seq, part, 'reservation-not-held', total,
            'Reservation ' || (part ->> 'reservation') || ' does not stand for ' || p_branch || '/' || p_number || '.',
            'ask the branch what it saw');
        END IF;
      ELSE
        take := least(total, held.amount);
        covered := covered + take;
        UPDATE reservation SET state = 'confirmed' WHERE key = held.key;
        UPDATE pool SET free = free + held.amount - take WHERE branch = p_branch AND number = p_number;
      END IF;
    END IF;
    FOR spend IN SELECT * FROM jsonb_array_elements(part -> 'spent') LOOP
      SELECT * INTO grant_row FROM allowance WHERE id = (spend ->> 'allowance')::bigint FOR UPDATE;
      IF grant_row.id IS NULL OR grant_row.device <> d.id OR grant_row.branch <> p_branch
        OR grant_row.number <> p_number OR grant_row.state <> 'open' THEN
        PERFORM complain(d, a_seq, part,
          CASE WHEN grant_row.device = d.id AND grant_row.state = 'written-off'
            AND grant_row.branch = p_branch AND grant_row.number = p_number
            THEN 'spent-after-write-off' ELSE 'allowance-unknown' END,
          (spend ->> 'amountMinor')::bigint,
          'Allowance ' || (spend ->> 'allowance') || ' is ' || coalesce(grant_row.state, 'unknown') || ' and was spent.',
          'decide who bears it');
      ELSE
        take := least((spend ->> 'amountMinor')::bigint, grant_row.amount - grant_row.spent);
        UPDATE allowance SET spent = spent + take WHERE id = grant_row.id;
        covered := covered + take;
        IF take < (spend ->> 'amountMinor')::bigint THEN
          PERFORM complain(d, a_seq, part, 'allowance-overspent', (spend ->> 'amountMinor')::bigint - take,
            'Allowance ' || grant_row.id || ' had less left than was spent.', 'stop the device and compare the logs');
        END IF;
      END IF;
    END LOOP;
    IF told.device IS NOT NULL THEN
      take := (told.body ->> 'coveredMinor')::bigint - covered;
      UPDATE pool SET free = free - take, may_lack = true WHERE branch = p_branch AND number = p_number;
      covered := covered + take;
    ELSE
      SELECT least(total - covered, free) INTO take FROM pool WHERE branch = p_branch AND number = p_number;
      IF take > 0 THEN
        UPDATE pool SET free = free - take WHERE branch = p_branch AND number = p_number;
        covered := covered + take;
      END IF;
    END IF;
    IF covered < total THEN
      PERFORM complain(d, a_seq, part, 'uncovered', total - covered,
        p_branch || '/' || p_number || ' was paid without cover at branch ' || d.branch || '.',
        'see whether the keeping branch could book it');
    END IF;
    UPDATE pool SET shared = shared - covered WHERE branch = p_branch AND number = p_number;
  END IF;
  IF home.id IS NULL THEN
    PERFORM complain(d, a_seq, part, 'home-unknown', total,
      'Account ' || p_branch || '/' || p_number || ' is kept at a branch nobody knows.',
      'find the account and book it by hand');
    RETURN;
  END IF;
  INSERT INTO visit (device, seq, branch, number, side, amount, covered, currency, booked)
  VALUES (d.id, a_seq, p_branch, p_number, part ->> 'side', total, covered, p_currency, coalesce(told.is_booked, false));
  IF told.device IS NOT NULL THEN
    UPDATE lost_item SET is_matched = true WHERE device = told.device AND hash = told.hash;
    RETURN;
  END IF;
  PERFORM hand_down(home.id, jsonb_build_object('kind', 'visit', 'account', part -> 'account',
    'side', part ->> 'side', 'amountMinor', total::text, 'coveredMinor', covered::text,
    'currency', p_currency, 'branch', d.branch, 'seq', a_seq));
END $$;

CREATE OR REPLACE FUNCTION apply_recalled(d device, part jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE p pool; given bigint; told lost_item;
BEGIN
  SELECT * INTO p FROM pool WHERE branch = part #>> '{account,branch}'
    AND number = part #>> '{account,number}' FOR UPDATE;
  SELECT * INTO told FROM lost_of(d.id, 'share-returned') l WHERE l.body #>> '{account,number}' = p.number LIMIT 1;
  given := coalesce((told.body ->> 'amountMinor')::bigint, least((part ->> 'amountMinor')::bigint, p.free));
  IF p.branch IS DISTINCT FROM d.branch OR given IS NULL OR given <= 0 THEN RETURN; END IF;
  UPDATE pool SET free = free - given, shared = shared - given
  WHERE branch = p.branch AND number = p.number;
  IF told.device IS NOT NULL THEN
    UPDATE lost_item SET is_matched = true WHERE device = told.device AND hash = told.hash;
    RETURN;
  END IF;
  PERFORM hand_down(d.id, jsonb_build_object('kind', 'share-returned', 'account', part -> 'account',
    'amountMinor', given::text, 'currency', p.currency));
END $$;

ALTER FUNCTION apply_booked(device, bigint, jsonb) RENAME TO apply_known_booked;
CREATE FUNCTION apply_booked(d device, a_seq bigint, part jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
BEGIN
  PERFORM apply_known_booked(d, a_seq, part);
  UPDATE lost_item l SET is_booked = true FROM lost_of(d.id, 'visit') o
  WHERE l.device = o.device AND l.hash = o.hash AND l.body ->> 'branch' = part ->> 'branch'
    AND l.body ->> 'seq' = part ->> 'seq';
END $$;

-- The branch goes on by our list: what it was told to write off is written off after all it spent.
CREATE FUNCTION apply_rejoined(d device) RETURNS void LANGUAGE plpgsql SET search_path = office, pg_temp AS $$
DECLARE l lost_item; a allowance;
BEGIN
  FOR l IN SELECT * FROM lost_of(d.id, 'written-off') LOOP
    UPDATE lost_item SET is_matched = true WHERE device = l.device AND hash = l.hash;
    UPDATE allowance SET state = 'written-off', note = 'written off by the lost head office'
    WHERE id = (l.body ->> 'allowance')::bigint AND device = d.id AND state = 'open' RETURNING * INTO a;
    IF FOUND THEN UPDATE pool SET free = free + a.amount - a.spent WHERE branch = a.branch AND number = a.number; END IF;
  END LOOP;
END $$;

-- With the last branch heard out the copy is head office; what is left over is raised.
CREATE FUNCTION end_recovery() RETURNS void LANGUAGE plpgsql SET search_path = office, pg_temp AS $$
DECLARE l lost_item; d device; p pool; taken bigint; home text; number_there text;
BEGIN
  IF EXISTS (SELECT 1 FROM recovering) THEN RETURN; END IF;
  FOR l IN SELECT * FROM lost_item WHERE NOT is_matched AND body ->> 'kind' IN ('visit', 'share-returned') ORDER BY device, seq LOOP
    SELECT * INTO d FROM device WHERE id = l.device;
    home := l.body #>> '{account,branch}'; number_there := l.body #>> '{account,number}';
    taken := coalesce(l.body ->> 'coveredMinor', l.body ->> 'amountMinor')::bigint;
    UPDATE lost_item SET is_matched = true WHERE device = l.device AND hash = l.hash;
    UPDATE pool SET free = free - taken, shared = shared - taken WHERE branch = home AND number = number_there;
    PERFORM differ(d, home || '/' || number_there, (l.body ->> 'amountMinor')::bigint, 'Branch ' || d.branch || ' had '
      || CASE WHEN l.body ->> 'kind' = 'visit' THEN 'visit ' || (l.body ->> 'seq') || ' of branch ' || (l.body ->> 'branch')
        ELSE (l.body ->> 'amountMinor') || ' of what it had set aside' END
      || ' for ' || home || '/' || number_there || ', which is in no log.');
  END LOOP;
  FOR p IN SELECT * FROM pool WHERE free < 0 ORDER BY branch, number LOOP
    PERFORM raise_exception('overlent', p.branch, 0, p.branch || '/' || p.number, -p.free, p.currency,
      'Of ' || p.branch || '/' || p.number || ' ' || -p.free || ' more are lent than were set aside.', 'head-office',
      'write an allowance on it off, or have more set aside');
  END LOOP;
  UPDATE pool SET may_lack = free < 0 OR shared < 0 WHERE may_lack;
END $$;

CREATE FUNCTION apply_recovered(d device, part jsonb) RETURNS void LANGUAGE plpgsql SET search_path = office, pg_temp AS $$
BEGIN
  DELETE FROM recovering WHERE device = d.id AND copy = part ->> 'copy';
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM spread_orders(d);
  PERFORM end_recovery();
END $$;

-- A person waits no longer for a branch: what it was lent is not known, and comes as exceptions when it comes.
CREATE FUNCTION go_on_without(a_branch text, a_note text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
BEGIN
  IF length(a_note) < 3 THEN RAISE EXCEPTION 'note-missing'; END IF;
  DELETE FROM recovering r USING device d WHERE d.id = r.device AND d.branch = a_branch;
  IF NOT FOUND THEN RAISE EXCEPTION 'not-waited-for'; END IF;
  INSERT INTO exception (kind, branch, seq, message, owner, action, state, decided_by, note)
  VALUES ('office-recovering', a_branch, 0, 'Head office went on without having heard out branch ' || a_branch || '.',
    'head-office', 'nothing: a person has decided it', 'settled', session_user, a_note);
  PERFORM end_recovery();
END $$;

CREATE OR REPLACE FUNCTION apply_part(d device, a_seq bigint, part jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
BEGIN
  CASE part ->> 'kind'
    WHEN 'card' THEN PERFORM apply_card(d, part);
    WHEN 'card-ended' THEN PERFORM apply_card_ended(d, part);
    WHEN 'rejoined' THEN PERFORM apply_rejoined(d);
    WHEN 'recovered' THEN PERFORM apply_recovered(d, part);
    ELSE PERFORM apply_money_part(d, a_seq, part);
  END CASE;
END $$;

ALTER FUNCTION reserve(text, text, text, bigint, text) RENAME TO reserve_when_whole;
CREATE FUNCTION reserve(a_key text, a_branch text, a_number text, an_amount bigint, a_currency text,
  OUT kind text, OUT reason text, OUT message text, OUT free_minor bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = office, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM recovering)
    AND NOT EXISTS (SELECT 1 FROM reservation r WHERE r.key = a_key AND r.state <> 'waiting') THEN
    kind := 'declined'; reason := 'office-recovering'; message := recovering_text();
    RETURN;
  END IF;
  SELECT r.kind, r.reason, r.message, r.free_minor INTO kind, reason, message, free_minor
  FROM reserve_when_whole(a_key, a_branch, a_number, an_amount, a_currency) r;
END $$;

REVOKE ALL ON recovery, recovering, declaration, lost_item FROM PUBLIC;
REVOKE ALL ON FUNCTION mark_pool, recovering_text, differ, begin_recovery, hear_new_device, recovery_question, common_item,
  declare_items, own_admission, take_lost_allowance, spread_orders, take_lost_order, take_lost_item, admit_branch, lost_of,
  take_lost_reservation, apply_booked, apply_rejoined, end_recovery, apply_recovered, go_on_without, reserve FROM PUBLIC;
REVOKE ALL ON FUNCTION reserve_when_whole FROM office_workstation;
GRANT EXECUTE ON FUNCTION reserve, recovery_question, common_item, declare_items, own_admission TO office_workstation;
GRANT EXECUTE ON FUNCTION begin_recovery, admit_branch, go_on_without TO office_clerk;
GRANT SELECT ON recovery, recovering, declaration TO office_reader;
