-- Takes a branch's events: judged whole, in order, once, and every balance moved in the same commit. Planned once,
-- one executor for all that is written; every refusal is raised. Set at a time: 30,000 events/s must pass here.

-- Ends a push that must not be taken, from within the statement that writes it.
CREATE FUNCTION refuse_push(why text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', why; END $$;

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
  chain bytea;
  broken bigint;
  last_hash bytea := before_hash;
  is_signed boolean;
  line text;
  at integer := 0;
  rare bigint[];
  one bigint;
  known bigint;
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
  IF abs(sent_at - (extract(epoch FROM clock_timestamp()) * 1000)::bigint) > 86400000 THEN
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
  is_signed := coalesce(length(accept_events.signature), 0) = 64
    AND signature_is_right(d.public_key, before_seq + many, signed_at, last_hash, accept_events.signature);
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
    -- Stretch by stretch of what is stored. Event 0 is what every log begins after.
    chain := before_hash || hashes;
    SELECT min(n) INTO broken FROM (
      SELECT first_seq, p.hashes AS stored, greatest(first_seq, before_seq) AS low, least(last_seq, before_seq + many) AS high
      FROM push p WHERE p.device = d.id AND last_seq >= before_seq AND last_seq < before_seq + many + 1000
        AND first_seq <= before_seq + many OFFSET 0) stretch, generate_series(low, high) AS n
    WHERE substring(stored FROM ((low - first_seq) * 32 + 1)::integer FOR ((high - low + 1) * 32)::integer)
        <> substring(chain FROM ((low - before_seq) * 32 + 1)::integer FOR ((high - low + 1) * 32)::integer)
      AND substring(stored FROM ((n - first_seq) * 32 + 1)::integer FOR 32)
        <> substring(chain FROM ((n - before_seq) * 32 + 1)::integer FOR 32);
    IF before_seq = 0 AND before_hash <> decode(repeat('00', 32), 'hex') THEN broken := 0; END IF;
  END IF;
  IF broken IS NOT NULL THEN
    reason := 'log-forked';
    message := 'Event ' || broken || ' of branch ' || d.branch || ' is not the one head office has.';
    UPDATE device SET stopped = message WHERE id = d.id;
    PERFORM alarm(d, 'log-forked', message); RETURN;
  END IF;

  IF before_seq + many > d.received_seq THEN
    known := d.received_seq - before_seq;
    fresh := many - known;
    BEGIN
      WITH item AS MATERIALIZED (
        SELECT before_seq + n AS seq, event ->> 'date' AS date, event #> '{data,journal,legs}' AS legs,
          event #> '{data,activity}' AS activity,
          event -> 'data' ?| ARRAY['office', 'accounts', 'states', 'dateOpened', 'dateClosed', 'forgets', 'staff', 'details']
            AS is_rare
        FROM (SELECT n, body::jsonb AS event FROM unnest(texts) WITH ORDINALITY AS line (body, n)
          WHERE n > known OFFSET 0) parsed
      ), moved AS (
        -- Summed first, so that an account the whole push moves is written once.
        INSERT INTO balance AS b (device, account, currency, posted, legs)
        SELECT d.id, account, currency, sum(amount)::bigint, count(*) FROM (
          SELECT CASE sign WHEN 1 THEN debit ELSE credit END AS account, currency,
            CASE WHEN amount > 0 AND debit <> credit AND currency ~ '^[A-Z]{3}$' THEN sign * amount
              ELSE refuse_push('journal-unlawful') END AS amount
          FROM (SELECT (l ->> 'debit')::bigint AS debit, (l ->> 'credit')::bigint AS credit,
              (l ->> 'amountMinor')::bigint AS amount, l ->> 'currency' AS currency
            FROM (SELECT legs -> i AS l FROM item,
              generate_series(0, (SELECT max(jsonb_array_length(legs)) FROM item) - 1) AS i
              WHERE i < jsonb_array_length(legs) OFFSET 0) each_one OFFSET 0) leg,
            (VALUES (1), (-1)) AS both_sides (sign)) side
        GROUP BY account, currency
        ON CONFLICT (device, account) DO UPDATE
        SET posted = CASE WHEN b.currency = excluded.currency THEN b.posted + excluded.posted
          ELSE refuse_push('journal-unlawful') END, legs = b.legs + excluded.legs
      ), counted AS (
        INSERT INTO push_cash (device, date, items)
        SELECT d.id, date, array_agg(ROW(seq, i + 1, act -> 'persons', act ->> 'direction', act ->> 'currency',
          CASE WHEN act ->> 'direction' IN ('in', 'out') AND act ->> 'currency' IS NOT NULL AND (act ->> 'amountMinor')::bigint > 0
            THEN (act ->> 'amountMinor')::bigint ELSE refuse_push('cash-unlawful') END)::cash_item)
        FROM (SELECT seq, date, i, activity -> i AS act FROM item,
          generate_series(0, (SELECT max(jsonb_array_length(activity)) FROM item) - 1) AS i
          WHERE i < jsonb_array_length(activity) OFFSET 0) activities
        WHERE jsonb_array_length(act -> 'persons') > 0
        GROUP BY date
      ), put AS (
        INSERT INTO push (device, last_seq, first_seq, signed_at, signature, hashes, bodies)
        VALUES (d.id, before_seq + many, before_seq + known + 1, signed_at, accept_events.signature,
          CASE WHEN known = 0 THEN hashes ELSE substring(hashes FROM (known * 32 + 1)::integer) END,
          CASE WHEN known = 0 THEN bodies ELSE array_to_string(texts[known + 1:], E'\n') END)
      ), noted AS (
        UPDATE device t SET received_seq = before_seq + many, received_hash = last_hash,
          head_seq = greatest(t.head_seq, before_seq + many), seen_at = now(),
          verified_seq = CASE WHEN is_signed THEN before_seq + many ELSE t.verified_seq END WHERE t.id = d.id
      )
      SELECT array_agg(seq ORDER BY seq), coalesce((SELECT h.seq FROM down_head h WHERE h.device = d.id), 0)
      INTO rare, down_seq FROM item WHERE is_rare;
      FOREACH one IN ARRAY coalesce(rare, '{}') LOOP
        event_json := texts[one - before_seq]::jsonb;
        PERFORM apply_facts(d, one, event_json);
        IF event_json -> 'data' ? 'office' THEN
          PERFORM apply_part(d, one, event_json #> '{data,office}');
        END IF;
      END LOOP;
    EXCEPTION
    -- What the branch sent is wrong; a deadlock or a full disk is ours, and the branch asks again.
    WHEN data_exception OR integrity_constraint_violation OR cardinality_violation OR raise_exception OR case_not_found THEN
      fresh := 0;
      -- A cardinality: one account in two currencies within one push.
      reason := CASE WHEN SQLERRM = 'journal-unlawful' OR SQLSTATE = '21000' THEN 'journal-unlawful'
        ELSE 'event-not-canonical' END;
      message := 'Branch ' || d.branch || ' sent events after ' || before_seq || ' that cannot be read: ' || SQLERRM;
      PERFORM alarm(d, reason, message); RETURN;
    END;
    received_seq := before_seq + many; received_hash := last_hash;
  END IF;
  -- Effects may have handed something down to this very branch. Most pushes have none, and look on the way.
  IF down_seq IS NULL OR rare IS NOT NULL THEN
    down_seq := coalesce((SELECT h.seq FROM down_head h WHERE h.device = d.id), 0);
  END IF;
  kind := 'accepted';
END $$;
