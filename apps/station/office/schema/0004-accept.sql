-- Takes a branch's events: judged whole, in order, once, and every balance moved in the same commit. Planned once,
-- one executor for all that is written; every refusal is raised. Set at a time: 30,000 events/s must pass here.

CREATE FUNCTION accept_events(
  before_seq bigint, before_hash bytea, hashes bytea, bodies text, sent_at bigint,
  signed_at bigint, signature bytea,
  OUT kind text, OUT received_seq bigint, OUT received_hash bytea, OUT fresh integer,
  OUT down_seq bigint, OUT reason text, OUT message text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = office, pg_temp
-- A plan made for the length of each array costs a third of the whole push.
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  d device;
  many integer := length(hashes) / 32;
  texts text[];
  broken bigint;
  last_hash bytea := before_hash;
  is_signed boolean;
  line text;
  at integer := 0;
  rare bigint[];
  accounts bigint; moved_accounts bigint;
  one bigint;
  event_json jsonb;
BEGIN
  kind := 'refused'; fresh := 0;
  SELECT * INTO d FROM device WHERE role = session_user FOR NO KEY UPDATE;
  received_seq := d.received_seq; received_hash := d.received_hash;
  IF d.id IS NULL OR d.public_key IS NULL THEN
    reason := 'device-unknown'; message := 'The role ' || session_user || ' is no enrolled device.';
    d.branch := coalesce(d.branch, ''); d.received_seq := 0;
    PERFORM alarm(d, reason, message); RETURN;
  END IF;
  IF d.stopped <> '' THEN reason := 'device-stopped'; message := d.stopped; RETURN; END IF;
  IF many > 1000 OR octet_length(bodies) > 4 * 1024 * 1024 + 1000 THEN
    reason := 'push-too-large';
    message := many || ' events of ' || octet_length(bodies) || ' bytes: send fewer.';
    PERFORM alarm(d, reason, message); RETURN;
  END IF;
  IF abs(sent_at - now_ms()) > 86400000 THEN
    reason := 'clock-off';
    message := 'The clock of the branch differs from head office by more than a day.';
    PERFORM alarm(d, 'clock-off', message); RETURN;
  END IF;
  IF before_seq > d.received_seq THEN
    kind := 'gap';
    PERFORM alarm(d, kind, 'Branch ' || d.branch || ' goes on after event ' || before_seq
      || '; head office has ' || d.received_seq || '.');
    RETURN;
  END IF;

  -- The chain: every text carries its hash, bound to the one before it.
  texts := string_to_array(bodies, E'\n');
  IF many < 1 OR length(hashes) % 32 <> 0 OR many <> cardinality(texts) THEN broken := before_seq + 1;
  ELSE
    FOREACH line IN ARRAY texts LOOP
      at := at + 1;
      last_hash := sha256(last_hash || convert_to(line, 'UTF8'));
      IF last_hash <> substring(hashes FROM at * 32 - 31 FOR 32) THEN broken := before_seq + at; EXIT; END IF;
    END LOOP;
  END IF;
  IF broken IS NOT NULL THEN
    reason := 'event-tampered';
    message := 'Event ' || broken || ' of branch ' || d.branch || ' does not carry its hash.';
    PERFORM alarm(d, 'event-tampered', message); RETURN;
  END IF;

  -- Whose word it is: null where this cluster cannot tell, then the office service looks within a second.
  is_signed := signature_is_right(d.public_key, before_seq + many, signed_at, last_hash, accept_events.signature);
  IF NOT is_signed THEN
    reason := 'signature-wrong';
    message := 'The head of event ' || before_seq + many || ' of branch ' || d.branch || ' is not signed by its device.';
    UPDATE device SET stopped = message WHERE id = d.id;
    PERFORM alarm(d, reason, message); RETURN;
  END IF;

  -- What we have already must be the same; another history under this name stops the device.
  IF before_seq = d.received_seq THEN
    broken := CASE WHEN before_hash <> d.received_hash THEN before_seq END;
  ELSE
    SELECT min(before_seq + n) INTO broken FROM generate_series(0, many) AS n
    WHERE before_seq + n <= d.received_seq AND substring(before_hash || hashes FROM (n * 32 + 1)::integer FOR 32)
      <> coalesce((SELECT e.hash FROM event e WHERE e.device = d.id AND e.seq = before_seq + n),
        decode(repeat('00', 32), 'hex'));
  END IF;
  IF broken IS NOT NULL THEN
    reason := 'log-forked';
    message := 'Event ' || broken || ' of branch ' || d.branch || ' is not the one head office has.';
    UPDATE device SET stopped = message WHERE id = d.id;
    PERFORM alarm(d, 'log-forked', message); RETURN;
  END IF;

  IF before_seq + many > d.received_seq THEN
    BEGIN
      WITH item AS MATERIALIZED (
        SELECT before_seq + n AS seq, substring(hashes FROM (n * 32 - 31)::integer FOR 32) AS hash,
          body, body::jsonb AS event
        FROM unnest(texts) WITH ORDINALITY AS line (body, n)
        WHERE before_seq + n > d.received_seq
      ), put AS (
        INSERT INTO event (device, seq, hash, body) SELECT d.id, seq, hash, body FROM item
      ), leg AS MATERIALIZED (
        SELECT (l ->> 'debit')::bigint AS debit, (l ->> 'credit')::bigint AS credit,
          (l ->> 'amountMinor')::bigint AS amount, l ->> 'currency' AS currency
        FROM item, jsonb_array_elements(event #> '{data,journal,legs}') AS l
      ), side AS (
        SELECT account, currency, sum(amount)::bigint AS posted, count(*) AS legs FROM (
          SELECT debit AS account, currency, amount FROM leg
          UNION ALL SELECT credit, currency, -amount FROM leg) AS both_sides
        GROUP BY account, currency ORDER BY account
      ), moved AS (
        INSERT INTO balance AS b (device, account, currency, posted, legs)
        SELECT d.id, account, currency, posted, legs FROM side
        ON CONFLICT (device, account) DO UPDATE
        SET posted = b.posted + excluded.posted, legs = b.legs + excluded.legs
        WHERE b.currency = excluded.currency
        RETURNING 1
      ), counted AS (
        INSERT INTO cash (device, seq, item, date, person, direction, currency, amount)
        SELECT d.id, seq, position, event ->> 'date', person, a ->> 'direction', a ->> 'currency',
          (a ->> 'amountMinor')::bigint
        FROM item, jsonb_array_elements(event #> '{data,activity}') WITH ORDINALITY AS act (a, position),
          jsonb_array_elements_text(a -> 'persons') AS person
      ), signed AS (
        INSERT INTO checkpoint (device, seq, at, hash, signature, state)
        VALUES (d.id, before_seq + many, signed_at, last_hash, accept_events.signature,
          CASE WHEN is_signed THEN 'right' ELSE 'unchecked' END)
        ON CONFLICT DO NOTHING
      ), known AS (
        UPDATE device t SET received_seq = before_seq + many, received_hash = last_hash,
          head_seq = greatest(t.head_seq, before_seq + many), seen_at = now(),
          verified_seq = CASE WHEN is_signed THEN before_seq + many ELSE t.verified_seq END WHERE t.id = d.id
      )
      SELECT (SELECT count(*) FROM item),
        (SELECT array_agg(seq ORDER BY seq) FROM item WHERE event -> 'data' ?|
          ARRAY['office', 'accounts', 'states', 'dateOpened', 'dateClosed', 'forgets', 'staff', 'details']),
        (SELECT count(*) FROM side), (SELECT count(*) FROM moved)
      INTO fresh, rare, accounts, moved_accounts
      WHERE NOT EXISTS (SELECT 1 FROM leg WHERE amount < 1 OR debit = credit OR currency !~ '^[A-Z]{3}$');
      IF fresh IS NULL OR accounts <> moved_accounts THEN RAISE EXCEPTION 'journal-unlawful'; END IF;
      FOREACH one IN ARRAY coalesce(rare, '{}') LOOP
        event_json := texts[one - before_seq]::jsonb;
        PERFORM apply_facts(d, one, event_json);
        IF event_json -> 'data' ? 'office' THEN
          PERFORM apply_part(d, one, event_json #> '{data,office}');
        END IF;
      END LOOP;
    EXCEPTION
    -- What the branch sent is wrong; a deadlock or a full disk is ours, and the branch asks again.
    WHEN data_exception OR integrity_constraint_violation OR raise_exception OR case_not_found THEN
      fresh := 0;
      reason := CASE WHEN SQLERRM = 'journal-unlawful' THEN 'journal-unlawful' ELSE 'event-not-canonical' END;
      message := 'Branch ' || d.branch || ' sent events after ' || before_seq || ' that cannot be read: ' || SQLERRM;
      PERFORM alarm(d, reason, message); RETURN;
    END;
    received_seq := before_seq + many; received_hash := last_hash;
  END IF;
  -- Effects may have handed something down to this very branch.
  down_seq := coalesce((SELECT h.seq FROM down_head h WHERE h.device = d.id), 0);
  kind := 'accepted';
END $$;
