-- Opens packed pushes, where the cluster can.

-- PostgreSQL has no inflate to call, but pgcrypto opens OpenPGP messages, whose content may be deflated. Its
-- cipher hides nothing here: the line is TLS. Where a bank's cluster lacks pgcrypto, pushes travel as they are.
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pgcrypto') THEN
    CREATE EXTENSION IF NOT EXISTS pgcrypto SCHEMA office;
  END IF;
END $$;

CREATE FUNCTION opens_packed() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = office, pg_temp AS $$ SELECT to_regproc('office.pgp_sym_decrypt_bytea') IS NOT NULL $$;

-- As accept_events; what cannot be opened is named and raised. 256 KiB unpack to 256 MiB at the very most.
CREATE FUNCTION accept_packed(
  before_seq bigint, before_hash bytea, hashes bytea, packed bytea, sent_at bigint,
  signed_at bigint, signature bytea,
  OUT kind text, OUT received_seq bigint, OUT received_hash bytea, OUT fresh integer,
  OUT down_seq bigint, OUT reason text, OUT message text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE texts text; d device;
BEGIN
  IF octet_length(packed) > 262144 THEN reason := 'push-too-large';
  ELSE
    BEGIN
      texts := convert_from(pgp_sym_decrypt_bytea(packed, 'packed'), 'UTF8');
    EXCEPTION WHEN external_routine_invocation_exception OR data_exception OR program_limit_exceeded THEN
      reason := 'event-tampered';
    END;
  END IF;
  IF reason IS NULL THEN
    SELECT * INTO kind, received_seq, received_hash, fresh, down_seq, reason, message
    FROM accept_events(before_seq, before_hash, hashes, texts, sent_at, signed_at, signature);
    RETURN;
  END IF;
  kind := 'refused'; fresh := 0;
  SELECT * INTO d FROM device WHERE role = session_user;
  d.branch := coalesce(d.branch, '');
  message := 'Branch ' || d.branch || ' sent ' || octet_length(packed)
    || ' packed bytes after event ' || before_seq || ' that cannot be opened.';
  PERFORM alarm(d, reason, message);
END $$;

-- New functions belong to everybody until it is said otherwise.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA office FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accept_packed, opens_packed TO office_workstation;
