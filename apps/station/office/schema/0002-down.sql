-- What head office sends down, what it raises, and whose session this is.

CREATE FUNCTION own_device() RETURNS device LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = office, pg_temp AS
$$ SELECT * FROM device WHERE role = session_user $$;

CREATE FUNCTION now_ms() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint $$;

-- Appends one item to a device's list, bound to all before it.
CREATE FUNCTION hand_down(to_device integer, item jsonb) RETURNS bigint LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE h down_head; body text := item::text; next bytea;
BEGIN
  INSERT INTO down_head (device) VALUES (to_device) ON CONFLICT DO NOTHING;
  SELECT * INTO h FROM down_head WHERE device = to_device FOR UPDATE;
  next := sha256(h.hash || convert_to(body, 'UTF8'));
  INSERT INTO down (device, seq, hash, body) VALUES (to_device, h.seq + 1, next, body);
  UPDATE down_head SET seq = h.seq + 1, hash = next WHERE device = to_device;
  RETURN h.seq + 1;
END $$;

CREATE FUNCTION down_seq_of(a_device integer) RETURNS bigint LANGUAGE sql STABLE
SET search_path = office, pg_temp AS
$$ SELECT coalesce((SELECT seq FROM down_head WHERE device = a_device), 0) $$;

CREATE FUNCTION raise_exception(
  a_kind text, a_branch text, a_seq bigint, an_account text, an_amount bigint, a_currency text,
  a_message text, an_owner text, an_action text) RETURNS void LANGUAGE sql
SET search_path = office, pg_temp AS $$
  INSERT INTO exception (kind, branch, seq, account, amount, currency, message, owner, action)
  VALUES (a_kind, a_branch, a_seq, an_account, an_amount, a_currency, a_message, an_owner, an_action)
$$;

CREATE FUNCTION alarm(d device, a_kind text, a_message text) RETURNS void LANGUAGE sql
SET search_path = office, pg_temp AS $$
  SELECT raise_exception(a_kind, d.branch, d.received_seq, '', 0, '', a_message, 'security',
    'compare the two logs, then let the device in again or not')
  -- The same alarm is raised once until somebody has settled it.
  WHERE NOT EXISTS (SELECT 1 FROM exception WHERE kind = a_kind AND branch = d.branch
    AND message = a_message AND state = 'open')
$$;

CREATE FUNCTION hand_out_events(
  after_seq bigint, after_hash bytea, most integer,
  OUT seq bigint, OUT hash bytea, OUT body text) RETURNS SETOF record LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE d device := own_device();
BEGIN
  IF d.id IS NULL THEN RAISE EXCEPTION 'device-unknown'; END IF;
  IF after_seq > 0 AND NOT EXISTS (SELECT 1 FROM down
    WHERE down.device = d.id AND down.seq = after_seq AND down.hash = after_hash) THEN
    RAISE EXCEPTION 'office-forked';
  END IF;
  UPDATE device SET down_applied = greatest(down_applied, after_seq), seen_at = now()
  WHERE id = d.id AND down_applied < after_seq;
  RETURN QUERY SELECT down.seq, down.hash, down.body FROM down
    WHERE down.device = d.id AND down.seq > after_seq ORDER BY down.seq LIMIT least(most, 500);
END $$;
