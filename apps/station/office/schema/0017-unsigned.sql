-- A push that its device has not signed is refused and raised, and the device is heard on: who has a branch's certificate
-- and password and not its key must not be able to silence it. A second history under its name still stops it.

CREATE FUNCTION alarm_unsigned(d device) RETURNS void LANGUAGE sql SET search_path = office, pg_temp AS $$
  SELECT raise_exception('signature-wrong', d.branch, d.received_seq, '', 0, '',
    'Something was sent with the certificate and password of branch ' || d.branch || ' that its device has not signed.',
    'security', 'its certificate and password are in other hands: enrol the branch anew, then settle this')
  -- Once, however often it is tried and whatever number it names.
  WHERE NOT EXISTS (SELECT 1 FROM exception WHERE kind = 'signature-wrong' AND branch = d.branch AND state = 'open')
$$;
REVOKE ALL ON FUNCTION alarm_unsigned FROM PUBLIC;

-- The judge of pushes (0004-accept.sql) as it stands, but for these two lines.
DO $do$
DECLARE
  was text := E'    UPDATE device SET stopped = message WHERE id = d.id;\n    PERFORM alarm(d, reason, message); RETURN;\n  END IF;\n\n  -- What we have already must be the same';
  now text := E'    PERFORM alarm_unsigned(d); RETURN;\n  END IF;\n\n  -- What we have already must be the same';
  judge text;
BEGIN
  SELECT pg_get_functiondef(p.oid) INTO STRICT judge FROM pg_proc p
  WHERE p.pronamespace = 'office'::regnamespace AND strpos(p.prosrc, was) > 0;
  EXECUTE replace(judge, was, now);
END $do$;
