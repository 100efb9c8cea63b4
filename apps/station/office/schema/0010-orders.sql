-- Reference data for one branch, for a branch that comes later, and the word of a branch that could not apply some.

-- For one branch alone: its people are nobody else's business. Numbered by name and branch.
CREATE FUNCTION instruct_branch(a_branch text, a_name text, a_value jsonb) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE v integer; d device; kept text := a_name || '/' || a_branch;
BEGIN
  SELECT * INTO d FROM device WHERE branch = a_branch;
  IF d.id IS NULL THEN RAISE EXCEPTION 'branch-unknown'; END IF;
  SELECT coalesce(max(version), 0) + 1 INTO v FROM reference WHERE name = kept;
  INSERT INTO reference (name, version, value) VALUES (kept, v, a_value);
  PERFORM hand_down(d.id, jsonb_build_object('kind', 'reference', 'name', a_name, 'version', v, 'value', a_value));
  RETURN v;
END $$;

-- A branch that is enrolled later has what every other branch was sent.
CREATE FUNCTION hand_down_reference() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
BEGIN
  PERFORM hand_down(NEW.id, jsonb_build_object('kind', 'reference', 'name', r.name, 'version', r.version, 'value', r.value))
  FROM (SELECT DISTINCT ON (name) * FROM reference WHERE name NOT LIKE '%/%' ORDER BY name, version DESC) r
  ORDER BY r.name;
  RETURN NULL;
END $$;
CREATE TRIGGER device_informed AFTER INSERT ON device FOR EACH ROW EXECUTE FUNCTION hand_down_reference();

CREATE OR REPLACE FUNCTION apply_part(d device, a_seq bigint, part jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
BEGIN
  CASE part ->> 'kind'
    WHEN 'shared' THEN
      IF part #>> '{account,branch}' = d.branch THEN
        INSERT INTO pool AS p (branch, number, currency, shared, free)
        VALUES (d.branch, part #>> '{account,number}', part ->> 'currency',
          (part ->> 'amountMinor')::bigint, (part ->> 'amountMinor')::bigint)
        ON CONFLICT (branch, number) DO UPDATE
        SET shared = p.shared + excluded.shared, free = p.free + excluded.free,
          wanted = greatest(0, p.wanted - (part ->> 'answersMinor')::bigint);
      END IF;
    WHEN 'recalled' THEN PERFORM apply_recalled(d, part);
    WHEN 'abandoned' THEN PERFORM apply_abandoned(d, part ->> 'reservation');
    WHEN 'returned' THEN PERFORM apply_returned(d, a_seq, part);
    WHEN 'visit' THEN PERFORM apply_visit(d, a_seq, part);
    WHEN 'booked' THEN PERFORM apply_booked(d, a_seq, part);
    WHEN 'order-refused' THEN PERFORM raise_exception('order-refused', d.branch, a_seq, '', 0, '',
      'Branch ' || d.branch || ' could not apply ' || (part ->> 'name') || ', version ' || (part ->> 'version')
        || ': ' || (part ->> 'message'), 'head-office', 'send a version that it can apply');
  END CASE;
END $$;

REVOKE ALL ON FUNCTION instruct_branch, hand_down_reference FROM PUBLIC;
GRANT EXECUTE ON FUNCTION instruct_branch TO office_clerk;
