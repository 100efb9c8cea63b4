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

-- A branch's certificate ends after a year: it asks for the next one itself, over the line it has proven with the
-- present one. The office service signs; this table only carries request and answer.
CREATE TABLE certificate_request (
  device integer PRIMARY KEY REFERENCES device,
  request bytea NOT NULL CHECK (octet_length(request) BETWEEN 1 AND 2048),
  asked_at timestamptz NOT NULL DEFAULT now(),
  -- PEM once signed; why not, where it is not.
  certificate text NOT NULL DEFAULT '',
  refused text NOT NULL DEFAULT '',
  -- Serial of the certificate this device's line was opened with last, as TLS saw it, and whether older ones are revoked.
  shown numeric,
  is_settled boolean NOT NULL DEFAULT false
);

-- Asked again with the same request, the same answer. Another request takes its place once a minute at most.
CREATE FUNCTION ask_certificate(a_request bytea, OUT certificate text, OUT refused text) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE d device;
BEGIN
  d := own_device();
  INSERT INTO certificate_request AS c (device, request) VALUES (d.id, a_request)
  ON CONFLICT (device) DO UPDATE SET request = excluded.request, asked_at = now(), certificate = '', refused = '',
    shown = NULL, is_settled = false
    WHERE c.request <> excluded.request AND c.asked_at < now() - interval '1 minute';
  IF FOUND THEN PERFORM pg_notify('office_work', ''); END IF;
  SELECT c.certificate, c.refused INTO certificate, refused FROM certificate_request c
  WHERE c.device = d.id AND c.request = a_request;
END $$;

-- The line that asks this was opened with the certificate TLS saw, whatever the branch may say of it.
CREATE FUNCTION certificate_shown() RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
  UPDATE certificate_request c SET shown = s.client_serial, is_settled = false
  FROM pg_catalog.pg_stat_ssl s
  WHERE c.device = (own_device()).id AND s.pid = pg_catalog.pg_backend_pid() AND s.client_serial IS NOT NULL
    AND c.shown IS DISTINCT FROM s.client_serial
$$;

REVOKE ALL ON certificate_request FROM PUBLIC;
REVOKE ALL ON FUNCTION ask_certificate, certificate_shown FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ask_certificate, certificate_shown TO office_workstation;
