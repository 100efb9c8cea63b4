-- A branch was made again from head office's copy: a person binds its name to the new device's key.

CREATE FUNCTION replace_device(a_branch text, a_key bytea, a_note text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE d device;
BEGIN
  IF length(a_note) < 3 THEN RAISE EXCEPTION 'note-missing'; END IF;
  IF length(a_key) <> 32 THEN RAISE EXCEPTION 'key-wrong'; END IF;
  SELECT * INTO d FROM device WHERE branch = a_branch FOR NO KEY UPDATE;
  IF d.id IS NULL THEN RAISE EXCEPTION 'branch-unknown'; END IF;
  IF d.public_key = a_key THEN RETURN; END IF;
  -- Heads of the old device are checked with the old key, which is gone after this.
  IF EXISTS (SELECT 1 FROM unchecked_head h WHERE h.device = d.id) THEN
    RAISE EXCEPTION 'heads-unchecked' USING HINT = 'The office service checks them within a second: ask again.';
  END IF;
  UPDATE device SET public_key = a_key, stopped = '' WHERE id = d.id;
  -- What was granted to the old device counts for it alone: people get their leave to sign in anew.
  DELETE FROM sign_in_grant WHERE device = d.id;
  INSERT INTO exception (kind, branch, seq, message, owner, action, state, decided_by, note)
  VALUES ('device-replaced', a_branch, d.received_seq, 'Branch ' || a_branch || ' was made again with another device.',
    'security', 'nothing: a person has decided it', 'settled', session_user, a_note);
END $$;

REVOKE ALL ON FUNCTION replace_device FROM PUBLIC;
GRANT EXECUTE ON FUNCTION replace_device TO office_clerk;
