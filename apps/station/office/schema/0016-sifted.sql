-- Books the pushes that hold nothing but what most hold by a shorter way; all others go the way they went.

-- A push of 20 deflates to 2.5 KiB: kept in its row, it needs no second table with a second index.
ALTER TABLE push SET (toast_tuple_target = 4096);

-- The one truth of what a push means, and the only one that ever says no, raises or names anything. Unchanged but for its name.
DO $$ BEGIN
  EXECUTE replace(pg_get_functiondef('accept_events'::regproc), 'accept_events', 'judge_events');
END $$;

-- Chain, signature and texts of a push in one reading: what its legs add up to by account, its cash, which of its events
-- mean more than that. Nulls: it is not sure that judge_events would take the push whole and book exactly this, or this cluster
-- has nothing to read it with. The office program puts the best it finds in its place at each start (verifiers/).
CREATE FUNCTION sift_push(public_key bytea, before_seq bigint, before_hash bytea, hashes bytea, bodies text,
  signed_at bigint, signature bytea,
  OUT accounts text, OUT currencies text, OUT amounts text, OUT legs text, OUT date text, OUT cash text, OUT rare text)
LANGUAGE sql AS 'SELECT NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text';

CREATE OR REPLACE FUNCTION accept_events(
  before_seq bigint, before_hash bytea, hashes bytea, bodies text, sent_at bigint,
  signed_at bigint, signature bytea,
  OUT kind text, OUT received_seq bigint, OUT received_hash bytea, OUT fresh integer,
  OUT down_seq bigint, OUT reason text, OUT message text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = office, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  d device;
  s record;
  many integer := length(hashes) / 32;
  texts text[];
  one bigint;
  event_json jsonb;
BEGIN
  SELECT * INTO d FROM device WHERE role = session_user FOR NO KEY UPDATE;
  -- Only what goes on exactly where the log ends; a null anywhere is not true.
  IF before_seq = d.received_seq AND before_hash = d.received_hash AND d.public_key IS NOT NULL AND d.stopped = ''
    AND many BETWEEN 1 AND 1000 AND octet_length(bodies) <= 4 * 1024 * 1024 + 1000
    AND abs(sent_at - (extract(epoch FROM clock_timestamp()) * 1000)::bigint) <= 86400000 THEN
    s := sift_push(d.public_key, before_seq, before_hash, hashes, bodies, signed_at, signature);
    IF s.accounts IS NOT NULL THEN
      received_seq := before_seq + many;
      received_hash := substring(hashes FROM many * 32 - 31);
      BEGIN
        WITH moved AS (
          INSERT INTO balance AS b (device, account, currency, posted, legs)
          SELECT d.id, each_one.* FROM unnest(s.accounts::bigint[], s.currencies::text[], s.amounts::bigint[], s.legs::bigint[])
            AS each_one
          ON CONFLICT (device, account) DO UPDATE
          SET posted = CASE WHEN b.currency = excluded.currency THEN b.posted + excluded.posted
            ELSE refuse_push('journal-unlawful') END, legs = b.legs + excluded.legs
        ), counted AS (
          INSERT INTO push_cash (device, date, items)
          SELECT d.id, s.date, s.cash::cash_item[] WHERE s.cash IS NOT NULL
        ), put AS (
          INSERT INTO push (device, last_seq, first_seq, signed_at, signature, hashes, bodies)
          VALUES (d.id, accept_events.received_seq, before_seq + 1, signed_at, accept_events.signature, hashes, bodies)
        ), noted AS (
          UPDATE device t SET received_seq = accept_events.received_seq, received_hash = accept_events.received_hash,
            head_seq = greatest(t.head_seq, accept_events.received_seq), seen_at = now(),
            verified_seq = accept_events.received_seq WHERE t.id = d.id
        )
        SELECT coalesce((SELECT h.seq FROM down_head h WHERE h.device = d.id), 0) INTO down_seq;
        IF s.rare IS NOT NULL THEN
          texts := string_to_array(bodies, E'\n');
          FOREACH one IN ARRAY s.rare::bigint[] LOOP
            event_json := texts[one - before_seq]::jsonb;
            PERFORM apply_facts(d, one, event_json);
            IF event_json -> 'data' ? 'office' THEN
              PERFORM apply_part(d, one, event_json #> '{data,office}');
            END IF;
          END LOOP;
          -- Effects may have handed something down to this very branch.
          down_seq := coalesce((SELECT h.seq FROM down_head h WHERE h.device = d.id), 0);
        END IF;
        kind := 'accepted'; fresh := many;
        RETURN;
      EXCEPTION
      -- Nothing of it is kept: what is wrong with it is said by the judge.
      WHEN data_exception OR integrity_constraint_violation OR cardinality_violation OR raise_exception OR case_not_found THEN
        NULL;
      END;
    END IF;
  END IF;
  SELECT * INTO kind, received_seq, received_hash, fresh, down_seq, reason, message
  FROM judge_events(before_seq, before_hash, hashes, bodies, sent_at, signed_at, signature);
END $$;

-- New functions belong to everybody until it is said otherwise.
REVOKE ALL ON FUNCTION judge_events, sift_push FROM PUBLIC;
