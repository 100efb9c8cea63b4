-- Who may act for an account, sent ahead to the branches it visits and to no other. Each function does what
-- protocol/office-cards.ts says; the card's text stands here alone, in no log, so that it can be erased.

CREATE TABLE visitor (
  device integer NOT NULL REFERENCES device,
  branch text NOT NULL,
  number text NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (branch, number, device)
);

CREATE TABLE card (
  branch text NOT NULL,
  number text NOT NULL,
  version bigint NOT NULL,
  digest bytea NOT NULL CHECK (length(digest) = 32),
  state text NOT NULL CHECK (state IN ('open', 'dormant', 'frozen', 'closed', 'unknown')),
  takes_credits boolean NOT NULL,
  made_at bigint NOT NULL,
  -- Both null until the keeping branch has sent them.
  body text,
  pictures text,
  PRIMARY KEY (branch, number)
);

CREATE FUNCTION hand_down_card(to_device integer, c card) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
BEGIN
  PERFORM hand_down(to_device, jsonb_build_object('kind', 'card',
    'account', jsonb_build_object('branch', c.branch, 'number', c.number), 'version', c.version,
    'digest', encode(c.digest, 'hex'), 'state', c.state, 'takesCredits', c.takes_credits, 'madeAt', c.made_at));
END $$;

CREATE FUNCTION expect_visit(a_device integer, a_branch text, a_number text) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE home device; c card;
BEGIN
  SELECT * INTO home FROM device WHERE branch = a_branch;
  IF home.id IS NULL OR home.id = a_device THEN RETURN; END IF;
  INSERT INTO visitor (device, branch, number) VALUES (a_device, a_branch, a_number) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT * INTO c FROM card WHERE branch = a_branch AND number = a_number;
  IF FOUND THEN PERFORM hand_down_card(a_device, c);
  ELSIF (SELECT count(*) FROM visitor WHERE branch = a_branch AND number = a_number) = 1 THEN
    PERFORM hand_down(home.id, jsonb_build_object('kind', 'card-wanted',
      'account', jsonb_build_object('branch', a_branch, 'number', a_number)));
  END IF;
END $$;

-- Whatever makes an account a guest: an allowance, a reservation, cash that was paid or taken for it.
CREATE FUNCTION guest_expected() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
BEGIN PERFORM expect_visit(NEW.device, NEW.branch, NEW.number); RETURN NULL; END $$;
CREATE TRIGGER allowance_expects AFTER INSERT ON allowance FOR EACH ROW EXECUTE FUNCTION guest_expected();
CREATE TRIGGER reservation_expects AFTER INSERT ON reservation FOR EACH ROW
WHEN (NEW.state IN ('waiting', 'reserved')) EXECUTE FUNCTION guest_expected();
CREATE TRIGGER visit_expects AFTER INSERT ON visit FOR EACH ROW EXECUTE FUNCTION guest_expected();

CREATE FUNCTION apply_card(d device, part jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE c card;
BEGIN
  IF part #>> '{account,branch}' <> d.branch OR NOT EXISTS (SELECT 1 FROM visitor
    WHERE branch = d.branch AND number = part #>> '{account,number}') THEN RETURN; END IF;
  INSERT INTO card AS known (branch, number, version, digest, state, takes_credits, made_at)
  VALUES (d.branch, part #>> '{account,number}', (part ->> 'version')::bigint,
    decode(part ->> 'digest', 'hex'), part ->> 'state', (part ->> 'takesCredits')::boolean,
    (part ->> 'madeAt')::bigint)
  ON CONFLICT (branch, number) DO UPDATE
  SET version = excluded.version, digest = excluded.digest, state = excluded.state,
    takes_credits = excluded.takes_credits, made_at = excluded.made_at,
    -- What stood here before may be what has to be forgotten.
    body = CASE WHEN known.digest = excluded.digest THEN known.body END,
    pictures = CASE WHEN known.digest = excluded.digest THEN known.pictures END
  WHERE known.version < excluded.version
  RETURNING * INTO c;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM hand_down_card(v.device, c) FROM (SELECT visitor.device FROM visitor
    WHERE visitor.branch = c.branch AND visitor.number = c.number ORDER BY 1) v;
END $$;

CREATE FUNCTION apply_card_ended(d device, part jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE p_branch text := part #>> '{account,branch}'; p_number text := part #>> '{account,number}'; c card;
BEGIN
  PERFORM 1 FROM visitor WHERE device = d.id AND branch = p_branch AND number = p_number FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  -- Something was granted meanwhile: the branch is told again.
  IF EXISTS (SELECT 1 FROM allowance a WHERE a.device = d.id AND a.branch = p_branch AND a.number = p_number
      AND a.state IN ('wanted', 'open'))
    OR EXISTS (SELECT 1 FROM reservation r WHERE r.device = d.id AND r.branch = p_branch AND r.number = p_number
      AND r.state IN ('waiting', 'reserved')) THEN
    SELECT * INTO c FROM card WHERE branch = p_branch AND number = p_number;
    IF FOUND THEN PERFORM hand_down_card(d.id, c); END IF;
    RETURN;
  END IF;
  DELETE FROM visitor WHERE device = d.id AND branch = p_branch AND number = p_number;
  IF EXISTS (SELECT 1 FROM visitor WHERE branch = p_branch AND number = p_number) THEN RETURN; END IF;
  DELETE FROM card WHERE branch = p_branch AND number = p_number;
  PERFORM hand_down(home.id, jsonb_build_object('kind', 'card-dropped', 'account', part -> 'account'))
  FROM device home WHERE home.branch = p_branch;
END $$;

-- Parts about money go the way they went; these two are about people.
ALTER FUNCTION apply_part(device, bigint, jsonb) RENAME TO apply_money_part;
CREATE FUNCTION apply_part(d device, a_seq bigint, part jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
BEGIN
  CASE part ->> 'kind'
    WHEN 'card' THEN PERFORM apply_card(d, part);
    WHEN 'card-ended' THEN PERFORM apply_card_ended(d, part);
    ELSE PERFORM apply_money_part(d, a_seq, part);
  END CASE;
END $$;

-- An account that its keeping branch does not call open is lent no more.
CREATE FUNCTION refuse_blocked() RETURNS trigger LANGUAGE plpgsql SET search_path = office, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM card c WHERE c.branch = NEW.branch AND c.number = NEW.number AND c.state <> 'open')
    OR EXISTS (SELECT 1 FROM account a JOIN device h ON h.id = a.device
      WHERE h.branch = NEW.branch AND a.number = NEW.number AND a.state <> 'open') THEN
    RAISE EXCEPTION 'account-not-open';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER allowance_of_open BEFORE INSERT ON allowance FOR EACH ROW EXECUTE FUNCTION refuse_blocked();

ALTER FUNCTION reserve(text, text, text, bigint, text) RENAME TO reserve_of_open;
CREATE FUNCTION reserve(a_key text, a_branch text, a_number text, an_amount bigint, a_currency text,
  OUT kind text, OUT reason text, OUT message text, OUT free_minor bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = office, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM card c WHERE c.branch = a_branch AND c.number = a_number AND c.state <> 'open')
    AND NOT EXISTS (SELECT 1 FROM reservation r WHERE r.key = a_key AND r.state <> 'waiting') THEN
    UPDATE reservation SET state = 'released'
    WHERE key = a_key AND device = (own_device()).id AND state = 'waiting';
    kind := 'declined'; reason := 'account-not-open';
    message := 'The keeping branch says that the account is not open.';
    RETURN;
  END IF;
  SELECT r.kind, r.reason, r.message, r.free_minor INTO kind, reason, message, free_minor
  FROM reserve_of_open(a_key, a_branch, a_number, an_amount, a_currency) r;
END $$;

-- A clerk says that a customer is expected at a branch, before anything is granted to it.
CREATE FUNCTION announce_visit(to_branch text, a_branch text, a_number text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE d device;
BEGIN
  SELECT * INTO d FROM device WHERE branch = to_branch;
  IF d.id IS NULL OR d.branch = a_branch THEN RAISE EXCEPTION 'branch-unknown'; END IF;
  IF NOT EXISTS (SELECT 1 FROM account a JOIN device h ON h.id = a.device WHERE h.branch = a_branch
    AND a.number = a_number AND a.customer IS NOT NULL) THEN RAISE EXCEPTION 'account-unknown'; END IF;
  PERFORM expect_visit(d.id, a_branch, a_number);
END $$;

-- The keeping branch brings the text its event named; nothing else is taken.
CREATE FUNCTION put_card(a_number text, a_body text, some_pictures text) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = office, pg_temp AS $$
DECLARE d device := own_device();
BEGIN
  IF d.id IS NULL THEN RAISE EXCEPTION 'device-unknown'; END IF;
  IF d.stopped <> '' THEN RAISE EXCEPTION 'device-stopped'; END IF;
  IF octet_length(a_body) > 65536 OR octet_length(some_pictures) > 2097152 THEN
    RAISE EXCEPTION 'card-too-large';
  END IF;
  UPDATE card SET body = a_body, pictures = some_pictures WHERE branch = d.branch AND number = a_number
    AND digest = sha256(convert_to(a_body, 'UTF8'));
  RETURN FOUND;
END $$;

-- To a branch the account visits, and to no other: no row.
CREATE FUNCTION hand_out_card(a_branch text, a_number text, OUT body text, OUT pictures text)
RETURNS SETOF record LANGUAGE sql STABLE SECURITY DEFINER SET search_path = office, pg_temp AS $$
  SELECT c.body, c.pictures FROM card c JOIN visitor v ON v.branch = c.branch AND v.number = c.number
  WHERE c.branch = a_branch AND c.number = a_number AND c.body IS NOT NULL
    AND v.device = (own_device()).id AND (own_device()).stopped = ''
$$;

REVOKE ALL ON visitor, card FROM PUBLIC;
REVOKE ALL ON FUNCTION hand_down_card, expect_visit, guest_expected, apply_card, apply_card_ended,
  apply_part, refuse_blocked, reserve, announce_visit, put_card, hand_out_card FROM PUBLIC;
REVOKE ALL ON FUNCTION reserve_of_open FROM office_workstation;
GRANT EXECUTE ON FUNCTION reserve, put_card, hand_out_card TO office_workstation;
GRANT EXECUTE ON FUNCTION announce_visit TO office_clerk;
