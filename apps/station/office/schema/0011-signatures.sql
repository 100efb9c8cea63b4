-- Asks of each push whether its device signed it, before it is taken, and keeps orders as a person signed them.

-- Whether the device signed this head of its log (station/ledger/checkpoint.ts says which bytes); null: this
-- cluster cannot tell. The office program puts the best it finds in its place at each start (signatures.ts).
CREATE FUNCTION signature_is_right(public_key bytea, seq bigint, at bigint, hash bytea, signature bytea)
RETURNS boolean LANGUAGE sql AS 'SELECT NULL::boolean';

-- Signed in hex by whoever gave the order, with head office's key, which is never in this database: what is
-- written here by other hands is refused by every branch (protocol/orders.ts).
ALTER TABLE reference ADD COLUMN signature text NOT NULL DEFAULT '';

DROP FUNCTION publish_reference(text, jsonb);
DROP FUNCTION instruct_branch(text, text, jsonb);
DROP FUNCTION write_off_allowance(bigint, text);
DROP FUNCTION settle_exception(bigint, text, text);

-- The number of the next order of this name, counted over all branches together: whoever it is for, no branch
-- ever sees a lower one after a higher, so that an older one said again is known as such.
CREATE FUNCTION next_version(a_name text) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = office, pg_temp AS
$$ SELECT coalesce(max(version), 0) + 1 FROM reference WHERE split_part(name, '/', 1) = a_name $$;

-- To 'all' branches, or to one alone: its people are nobody else's business.
CREATE FUNCTION give_order(a_branch text, a_name text, a_version integer, a_value jsonb, a_signature text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = office, pg_temp AS $$
BEGIN
  IF a_name !~ '^[a-z][a-z0-9-]{0,63}$' THEN RAISE EXCEPTION 'order-name-wrong'; END IF;
  IF a_branch <> 'all' AND NOT EXISTS (SELECT 1 FROM device WHERE branch = a_branch) THEN
    RAISE EXCEPTION 'branch-unknown';
  END IF;
  LOCK TABLE reference IN SHARE ROW EXCLUSIVE MODE;
  -- The signature binds the number: two people who take the same one cannot both have it.
  IF a_version <> next_version(a_name) THEN RAISE EXCEPTION 'version-taken'; END IF;
  INSERT INTO reference (name, version, value, signature)
  VALUES (a_name || CASE WHEN a_branch = 'all' THEN '' ELSE '/' || a_branch END, a_version, a_value, a_signature);
  PERFORM hand_down(id, jsonb_build_object('kind', 'reference', 'name', a_name, 'version', a_version,
    'value', a_value, 'branch', a_branch, 'signature', a_signature))
  FROM device WHERE a_branch = 'all' OR branch = a_branch ORDER BY id;
END $$;

CREATE OR REPLACE FUNCTION hand_down_reference() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
BEGIN
  PERFORM hand_down(NEW.id, jsonb_build_object('kind', 'reference', 'name', r.name, 'version', r.version,
    'value', r.value, 'branch', 'all', 'signature', r.signature))
  FROM (SELECT DISTINCT ON (name) * FROM reference WHERE name NOT LIKE '%/%' ORDER BY name, version DESC) r
  ORDER BY r.name;
  RETURN NULL;
END $$;

-- A person gives up an allowance that the branch cannot give back. Never the clock.
CREATE FUNCTION write_off_allowance(an_id bigint, a_note text, a_signature text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE a allowance;
BEGIN
  IF length(a_note) < 3 THEN RAISE EXCEPTION 'note-missing'; END IF;
  UPDATE allowance SET state = 'written-off', decided_by = session_user, note = a_note
  WHERE id = an_id AND state = 'open' RETURNING * INTO a;
  IF a.id IS NULL THEN RAISE EXCEPTION 'allowance-ended'; END IF;
  UPDATE pool SET free = free + a.amount - a.spent WHERE branch = a.branch AND number = a.number;
  PERFORM hand_down(a.device, jsonb_build_object('kind', 'written-off', 'allowance', a.id::text,
    'signature', a_signature));
END $$;

CREATE FUNCTION settle_exception(an_id bigint, an_action text, a_note text, a_signature text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE e exception; d device;
BEGIN
  UPDATE exception SET state = 'settled', decided_by = session_user, note = a_note
  WHERE id = an_id AND state = 'open' RETURNING * INTO e;
  IF e.id IS NULL THEN RAISE EXCEPTION 'exception-settled'; END IF;
  SELECT * INTO d FROM device WHERE branch = e.branch;
  IF d.id IS NOT NULL THEN
    PERFORM hand_down(d.id, jsonb_build_object('kind', 'decision', 'exception', e.id::text, 'action', an_action,
      'note', a_note, 'signature', a_signature));
  END IF;
END $$;

REVOKE ALL ON FUNCTION signature_is_right, next_version, give_order, write_off_allowance, settle_exception FROM PUBLIC;
GRANT EXECUTE ON FUNCTION next_version, give_order, write_off_allowance, settle_exception TO office_clerk;
