-- What a workstation asks while the line is up, what people at head office decide, what is shown.

CREATE FUNCTION open_line(a_public_key bytea, a_head_seq bigint, a_down_seq bigint,
  OUT branch text, OUT received_seq bigint, OUT received_hash bytea, OUT down_seq bigint,
  OUT system_identifier text, OUT timeline integer, OUT now_at bigint, OUT office_public_key bytea,
  OUT reads_all boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE d device;
BEGIN
  IF pg_is_in_recovery() THEN RAISE EXCEPTION 'office-is-replica'; END IF;
  SELECT * INTO d FROM device WHERE role = session_user FOR NO KEY UPDATE;
  IF d.id IS NULL THEN RAISE EXCEPTION 'device-unknown'; END IF;
  IF d.public_key IS NULL THEN
    UPDATE device SET public_key = a_public_key WHERE id = d.id;
  ELSIF d.public_key <> a_public_key THEN
    PERFORM alarm(d, 'device-foreign', 'Branch ' || d.branch || ' was opened with another device''s key.');
    branch := ''; RETURN;
  END IF;
  UPDATE device SET head_seq = greatest(head_seq, a_head_seq), down_applied = a_down_seq, seen_at = now()
  WHERE id = d.id;
  branch := d.branch; received_seq := d.received_seq; received_hash := d.received_hash;
  down_seq := down_seq_of(d.id); now_at := now_ms();
  SELECT s.system_identifier::text INTO system_identifier FROM pg_control_system() s;
  -- The timeline that is written now: the control file tells it only after the next checkpoint.
  timeline := ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer;
  SELECT public_key INTO office_public_key FROM office_key;
  reads_all := pg_has_role(session_user, 'office_reader', 'member');
END $$;

-- An account of another branch, by its exact number: name and currency, no balance.
CREATE FUNCTION find_account(a_branch text, a_number text,
  OUT name text, OUT currency text, OUT product text, OUT state text)
RETURNS SETOF record LANGUAGE sql SECURITY DEFINER SET search_path = office, pg_temp AS $$
  SELECT account.name, account.currency, account.product, account.state
  FROM account JOIN device ON device.id = account.device
  WHERE device.branch = a_branch AND account.number = a_number AND account.customer IS NOT NULL
    AND (own_device()).id IS NOT NULL
$$;

-- Asks the keeping branch for what is missing beyond what it was asked for already.
CREATE FUNCTION want_share(home integer, p pool, missing bigint)
RETURNS void LANGUAGE plpgsql SET search_path = office, pg_temp AS $$
BEGIN
  IF missing <= p.wanted THEN RETURN; END IF;
  UPDATE pool SET wanted = missing WHERE branch = p.branch AND number = p.number;
  PERFORM hand_down(home, jsonb_build_object('kind', 'share-wanted',
    'account', jsonb_build_object('branch', p.branch, 'number', p.number),
    'amountMinor', (missing - p.wanted)::text, 'currency', p.currency));
END $$;

CREATE FUNCTION reserve(a_key text, a_branch text, a_number text, an_amount bigint, a_currency text,
  OUT kind text, OUT reason text, OUT message text, OUT free_minor bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE d device := own_device(); known reservation; home device; p pool;
BEGIN
  kind := 'declined';
  IF d.id IS NULL THEN RAISE EXCEPTION 'device-unknown'; END IF;
  IF an_amount < 1 THEN RAISE EXCEPTION 'amount-not-positive'; END IF;
  IF d.stopped <> '' THEN reason := 'device-stopped'; message := d.stopped; RETURN; END IF;
  SELECT * INTO known FROM reservation WHERE key = a_key FOR UPDATE;
  IF known.key IS NOT NULL AND known.state <> 'waiting' THEN
    IF known.device = d.id AND known.amount = an_amount AND known.state = 'reserved' THEN
      kind := 'reserved'; RETURN;
    END IF;
    reason := 'reservation-ended';
    message := 'This reservation was made, used or given up before.'; RETURN;
  END IF;
  IF known.key IS NOT NULL AND (known.device <> d.id OR known.amount <> an_amount) THEN
    reason := 'key-reused'; message := 'This key stands for something else.'; RETURN;
  END IF;
  SELECT * INTO home FROM device WHERE branch = a_branch;
  IF home.id IS NULL THEN
    reason := 'home-unknown'; message := 'No branch ' || a_branch || ' keeps accounts.'; RETURN;
  END IF;
  INSERT INTO pool (branch, number, currency) VALUES (a_branch, a_number, a_currency) ON CONFLICT DO NOTHING;
  SELECT * INTO p FROM pool WHERE branch = a_branch AND number = a_number FOR UPDATE;
  IF p.currency <> a_currency THEN
    reason := 'wrong-currency'; message := 'The account is kept in ' || p.currency || '.'; RETURN;
  END IF;
  INSERT INTO reservation (key, device, branch, number, amount, currency, state)
  VALUES (a_key, d.id, a_branch, a_number, an_amount, a_currency,
    CASE WHEN p.free >= an_amount THEN 'reserved' ELSE 'waiting' END)
  ON CONFLICT (key) DO UPDATE SET state = excluded.state;
  free_minor := p.free;
  IF p.free >= an_amount THEN
    UPDATE pool SET free = free - an_amount WHERE branch = a_branch AND number = a_number;
    kind := 'reserved';
  ELSE
    kind := 'waiting';
    -- The keeping branch has answered all it was asked, and it is not enough.
    IF known.key IS NOT NULL AND p.wanted = 0 THEN
      UPDATE reservation SET state = 'released' WHERE key = a_key;
      kind := 'declined'; reason := 'not-enough-available';
      message := 'The account does not have as much available.'; RETURN;
    END IF;
    PERFORM want_share(home.id, p, an_amount - p.free);
  END IF;
END $$;

-- Sets an allowance apart out of what is free; the office service signs it and hands it down.
CREATE FUNCTION grant_allowance(to_branch text, a_key text, a_branch text, a_number text, a_till integer,
  an_amount bigint, life_ms bigint, by_whom text, OUT kind text, OUT id bigint, OUT free_minor bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE d device; home device; p pool; known allowance; holder account;
BEGIN
  SELECT * INTO d FROM device WHERE branch = to_branch;
  SELECT * INTO home FROM device WHERE branch = a_branch;
  IF d.public_key IS NULL OR home.id IS NULL OR d.id = home.id THEN RAISE EXCEPTION 'branch-unknown'; END IF;
  IF life_ms < 1 OR life_ms > 345600000 THEN RAISE EXCEPTION 'life-too-long'; END IF;
  SELECT * INTO known FROM allowance WHERE key = a_key;
  IF known.id IS NOT NULL THEN kind := 'granted'; id := known.id; RETURN; END IF;
  SELECT * INTO holder FROM account WHERE device = home.id AND number = a_number AND customer IS NOT NULL;
  IF holder.id IS NULL THEN RAISE EXCEPTION 'account-unknown'; END IF;
  INSERT INTO pool (branch, number, currency) VALUES (a_branch, a_number, holder.currency) ON CONFLICT DO NOTHING;
  SELECT * INTO p FROM pool WHERE branch = a_branch AND number = a_number FOR UPDATE;
  free_minor := p.free;
  IF an_amount < 1 OR an_amount > p.free THEN
    kind := 'waiting';
    IF an_amount > p.free THEN PERFORM want_share(home.id, p, an_amount - p.free); END IF;
    RETURN;
  END IF;
  UPDATE pool SET free = free - an_amount WHERE branch = a_branch AND number = a_number;
  INSERT INTO allowance (key, device, branch, number, name, till, amount, currency, issued_at, expires_at, decided_by)
  VALUES (a_key, d.id, a_branch, a_number, holder.name, a_till, an_amount, p.currency, now_ms(), now_ms() + life_ms, by_whom)
  RETURNING allowance.id INTO id;
  kind := 'granted';
  PERFORM pg_notify('office_work', 'allowance');
END $$;

CREATE FUNCTION ask_allowance(a_key text, a_branch text, a_number text, a_till integer, an_amount bigint, life_ms bigint,
  OUT kind text, OUT id bigint, OUT free_minor bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = office, pg_temp AS $$
  SELECT g.kind, g.id, g.free_minor FROM grant_allowance((own_device()).branch, a_key, a_branch, a_number,
    a_till, an_amount, life_ms, session_user::text) g
$$;

-- The office service has signed it: it counts at the branch from now on.
CREATE FUNCTION sign_allowance(an_id bigint, a_signature bytea) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE a allowance; d device;
BEGIN
  UPDATE allowance SET state = 'open', signature = a_signature WHERE id = an_id AND state = 'wanted'
  RETURNING * INTO a;
  IF a.id IS NULL THEN RETURN; END IF;
  SELECT * INTO d FROM device WHERE id = a.device;
  PERFORM hand_down(d.id, jsonb_build_object('kind', 'allowance', 'signature', encode(a_signature, 'hex'),
    'allowance', jsonb_build_object('id', a.id::text, 'branch', d.branch, 'device', encode(d.public_key, 'hex'),
      'account', jsonb_build_object('branch', a.branch, 'number', a.number), 'name', a.name, 'till', a.till,
      'amountMinor', a.amount::text, 'currency', a.currency, 'issuedAt', a.issued_at, 'expiresAt', a.expires_at)));
END $$;

-- A person gives up an allowance that the branch cannot give back. Never the clock.
CREATE FUNCTION write_off_allowance(an_id bigint, a_note text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE a allowance;
BEGIN
  IF length(a_note) < 3 THEN RAISE EXCEPTION 'note-missing'; END IF;
  UPDATE allowance SET state = 'written-off', decided_by = session_user, note = a_note
  WHERE id = an_id AND state = 'open' RETURNING * INTO a;
  IF a.id IS NULL THEN RAISE EXCEPTION 'allowance-ended'; END IF;
  UPDATE pool SET free = free + a.amount - a.spent WHERE branch = a.branch AND number = a.number;
  PERFORM hand_down(a.device, jsonb_build_object('kind', 'written-off', 'allowance', a.id::text));
END $$;

CREATE FUNCTION sign_in_grants_due() RETURNS TABLE (device integer, branch text, device_key text, username text, roles jsonb)
LANGUAGE sql SECURITY DEFINER SET search_path = office, pg_temp AS $$
  SELECT s.device, d.branch, encode(d.public_key, 'hex'), s.username, s.roles
  FROM staff s JOIN device d ON d.id = s.device LEFT JOIN sign_in_grant g ON g.device = s.device AND g.username = s.username
  WHERE NOT s.disabled AND NOT s.withheld AND d.stopped = '' AND d.public_key IS NOT NULL
    AND d.seen_at > now() - interval '10 minutes'
    AND coalesce(g.issued_at, 0) < now_ms() - 43200000 LIMIT 500
$$;

CREATE FUNCTION sign_in_granted(a_device integer, a_grant jsonb, a_signature text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
BEGIN
  INSERT INTO sign_in_grant (device, username, issued_at, expires_at)
  VALUES (a_device, a_grant ->> 'user', (a_grant ->> 'issuedAt')::bigint, (a_grant ->> 'expiresAt')::bigint)
  ON CONFLICT (device, username) DO UPDATE SET issued_at = excluded.issued_at, expires_at = excluded.expires_at;
  PERFORM hand_down(a_device, jsonb_build_object('kind', 'grant', 'grant', a_grant, 'signature', a_signature));
END $$;

CREATE FUNCTION checkpoint_checked(a_device integer, a_seq bigint, is_right boolean) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE d device;
BEGIN
  SELECT * INTO d FROM device WHERE id = a_device FOR NO KEY UPDATE;
  IF is_right THEN UPDATE device SET verified_seq = greatest(verified_seq, a_seq) WHERE id = a_device;
  ELSE
    UPDATE device SET stopped = 'The head of event ' || a_seq || ' is not signed by this device.',
      wrong_heads = wrong_heads || a_seq WHERE id = a_device;
    PERFORM alarm(d, 'signature-wrong', 'The head of event ' || a_seq || ' of branch ' || d.branch || ' is not signed by its device.');
  END IF;
END $$;

CREATE FUNCTION resume_device(a_branch text, a_note text) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
  UPDATE device SET stopped = '' WHERE branch = a_branch AND length(a_note) >= 3
$$;

CREATE FUNCTION settle_exception(an_id bigint, an_action text, a_note text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE e exception; d device;
BEGIN
  UPDATE exception SET state = 'settled', decided_by = session_user, note = a_note
  WHERE id = an_id AND state = 'open' RETURNING * INTO e;
  IF e.id IS NULL THEN RAISE EXCEPTION 'exception-settled'; END IF;
  SELECT * INTO d FROM device WHERE branch = e.branch;
  IF d.id IS NOT NULL THEN
    PERFORM hand_down(d.id, jsonb_build_object('kind', 'decision', 'exception', e.id::text, 'action', an_action, 'note', a_note));
  END IF;
END $$;

-- Lists, limits, rates, staff rules and the day's end, to every branch by the same cursor.
CREATE FUNCTION publish_reference(a_name text, a_value jsonb) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE v integer;
BEGIN
  SELECT coalesce(max(version), 0) + 1 INTO v FROM reference WHERE name = a_name;
  INSERT INTO reference (name, version, value) VALUES (a_name, v, a_value);
  PERFORM hand_down(id, jsonb_build_object('kind', 'reference', 'name', a_name, 'version', v, 'value', a_value))
  FROM device ORDER BY id;
  RETURN v;
END $$;

-- A branch that lost its disk gets its own log back, as it was written, push by push: those that begin
-- within the next so many events.
CREATE FUNCTION hand_out_log(after_seq bigint, most integer, OUT first_seq bigint, OUT hashes bytea, OUT bodies text)
RETURNS SETOF record LANGUAGE sql STABLE SECURITY DEFINER SET search_path = office, pg_temp AS $$
  SELECT p.first_seq, p.hashes, p.bodies FROM push p
  -- No push holds more than a thousand events.
  WHERE p.device = (own_device()).id AND p.last_seq > after_seq AND p.last_seq < after_seq + least(most, 20000) + 1000
    AND p.first_seq <= after_seq + least(most, 20000)
  ORDER BY p.last_seq
$$;

CREATE FUNCTION own_exceptions() RETURNS SETOF exception LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = office, pg_temp AS $$
  SELECT * FROM exception e WHERE e.state = 'open' AND (e.branch = (own_device()).branch
    OR split_part(e.account, '/', 1) = (own_device()).branch) ORDER BY id DESC LIMIT 200
$$;

-- A supervisor settles what is the branch's own to settle: what its own account could not bear, what
-- it paid without cover. Everything else is head office's.
CREATE FUNCTION settle_own_exception(an_id bigint, a_note text) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
BEGIN
  UPDATE exception SET state = 'settled', decided_by = session_user, note = a_note
  WHERE id = an_id AND state = 'open' AND owner = 'branch-supervisor' AND branch = (own_device()).branch
    AND length(a_note) >= 3;
  RETURN FOUND;
END $$;
