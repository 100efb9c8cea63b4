-- A recovery held against haste and ill will: branches heard in the same moment, a copy named twice, a branch let in late,
-- one that speaks of others' accounts. What is not said here stays as 0015 says it.

-- Said again while branches are heard out: what let-in branches are known to have had stays, or their visits would be
-- handed down and their cover taken a second time.
DO $do$
DECLARE
  was text := E'  DELETE FROM lost_item;\n';
  def text := pg_get_functiondef('begin_recovery'::regproc);
BEGIN
  IF strpos(def, was) = 0 THEN RAISE EXCEPTION 'begin_recovery is another'; END IF;
  EXECUTE replace(def, was, '');
END $do$;

-- What is expected is the visit as its keeping branch was told it, account, side and amount; another one is not it.
DO $do$
DECLARE
  was text := E' AND (l.body ->> \'seq\')::bigint = a_seq LIMIT 1;\n';
  now text := E' AND (l.body ->> \'seq\')::bigint = a_seq AND l.body #>> \'{account,number}\' = p_number\n'
    || E'    AND l.body ->> \'side\' = part ->> \'side\' AND (l.body ->> \'amountMinor\')::bigint = total\n'
    || E'    AND l.body ->> \'currency\' = p_currency LIMIT 1;\n';
  def text := pg_get_functiondef('apply_visit'::regproc);
  -- Not while its keeping branch is let in: each of the two would miss the other, and the cover be taken twice.
  start text := E'BEGIN\n  SELECT * INTO home FROM device WHERE branch = p_branch;\n';
BEGIN
  IF strpos(def, was) = 0 OR strpos(def, start) = 0 THEN RAISE EXCEPTION 'apply_visit is another'; END IF;
  def := replace(def, was, now);
  EXECUTE replace(def, start, replace(start, E'BEGIN\n', E'BEGIN\n  PERFORM pg_advisory_xact_lock_shared(7112027);\n'));
END $do$;
DO $do$
DECLARE
  was text := E'AND t.seq = (item ->> \'seq\')::bigint;\n';
  now text := E'AND t.seq = (item ->> \'seq\')::bigint AND t.branch = d.branch\n'
    || E'        AND t.number = item #>> \'{account,number}\' AND t.side = item ->> \'side\'\n'
    || E'        AND t.amount = (item ->> \'amountMinor\')::bigint AND t.currency = item ->> \'currency\';\n';
  def text := pg_get_functiondef('take_lost_item'::regproc);
BEGIN
  IF strpos(def, was) = 0 THEN RAISE EXCEPTION 'take_lost_item is another'; END IF;
  EXECUTE replace(def, was, now);
END $do$;

-- Whoever ends the waiting for a branch does so alone: two at once would each see the other still waited for, and
-- nobody would raise what is left over.
CREATE OR REPLACE FUNCTION apply_recovered(d device, part jsonb) RETURNS void LANGUAGE plpgsql SET search_path = office, pg_temp AS $$
BEGIN
  LOCK TABLE recovering IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM recovering WHERE device = d.id AND copy = part ->> 'copy';
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM spread_orders(d);
  PERFORM end_recovery();
END $$;
CREATE OR REPLACE FUNCTION go_on_without(a_branch text, a_note text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
BEGIN
  IF length(a_note) < 3 THEN RAISE EXCEPTION 'note-missing'; END IF;
  LOCK TABLE recovering IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM recovering r USING device d WHERE d.id = r.device AND d.branch = a_branch;
  IF NOT FOUND THEN RAISE EXCEPTION 'not-waited-for'; END IF;
  INSERT INTO exception (kind, branch, seq, message, owner, action, state, decided_by, note)
  VALUES ('office-recovering', a_branch, 0, 'Head office went on without having heard out branch ' || a_branch || '.',
    'head-office', 'nothing: a person has decided it', 'settled', session_user, a_note);
  PERFORM end_recovery();
END $$;

-- Only a branch that is waited for, decided in the same transaction; said again it raises nothing again.
CREATE OR REPLACE FUNCTION admit_branch(a_branch text, a_from_hash text, some_items jsonb, some_doubts text[], an_admission text,
  a_note text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE d device; one record; said declaration;
BEGIN
  IF length(a_note) < 3 THEN RAISE EXCEPTION 'note-missing'; END IF;
  SELECT * INTO d FROM device WHERE branch = a_branch FOR NO KEY UPDATE;
  IF d.id IS NULL THEN RAISE EXCEPTION 'branch-unknown'; END IF;
  PERFORM pg_advisory_xact_lock(7112027);
  PERFORM 1 FROM recovering WHERE device = d.id FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'not-waited-for'; END IF;
  SELECT * INTO said FROM declaration WHERE device = d.id AND from_hash = a_from_hash FOR UPDATE;
  IF said.device IS NULL THEN RAISE EXCEPTION 'declaration-missing'; END IF;
  UPDATE declaration SET admission = an_admission, admitted_by = session_user WHERE device = d.id;
  FOR one IN SELECT value ->> 'hash' AS hash, (value ->> 'seq')::bigint AS seq, (value ->> 'body')::jsonb AS body
    FROM jsonb_array_elements(some_items) ORDER BY 2 LOOP
    INSERT INTO lost_item (device, hash, seq, body) VALUES (d.id, one.hash, one.seq, one.body) ON CONFLICT DO NOTHING;
    IF FOUND THEN PERFORM take_lost_item(d, one.hash, one.body); END IF;
  END LOOP;
  PERFORM differ(d, '', 0, doubt) FROM unnest(some_doubts) AS doubt
  WHERE NOT EXISTS (SELECT 1 FROM exception WHERE kind = 'lost-item' AND branch = d.branch AND message = doubt);
  UPDATE exception SET state = 'settled', decided_by = session_user, note = a_note
  WHERE branch = a_branch AND kind = 'office-behind' AND state = 'open';
END $$;

-- So that a branch that waits for a person sends what it had once, and not each time it asks.
CREATE FUNCTION is_declared(a_back_hash text, a_from_hash text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = office, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM declaration WHERE device = (own_device()).id
    AND back_hash = a_back_hash AND from_hash = a_from_hash)
$$;
REVOKE ALL ON FUNCTION is_declared FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_declared TO office_workstation;
