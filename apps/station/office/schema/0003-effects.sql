-- What an event means beyond its legs. Each function does what protocol/office-effects.ts says.

CREATE FUNCTION complain(d device, a_seq bigint, part jsonb, a_kind text, an_amount bigint,
  a_message text, an_action text) RETURNS void LANGUAGE sql SET search_path = office, pg_temp AS $$
  SELECT raise_exception(a_kind, d.branch, a_seq,
    (part #>> '{account,branch}') || '/' || (part #>> '{account,number}'), an_amount,
    part ->> 'currency', a_message,
    CASE WHEN a_kind = 'uncovered' THEN 'branch-supervisor' ELSE 'head-office' END, an_action)
$$;

CREATE FUNCTION apply_visit(d device, a_seq bigint, part jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE
  p_branch text := part #>> '{account,branch}';
  p_number text := part #>> '{account,number}';
  p_currency text := part ->> 'currency';
  total bigint := (part ->> 'amountMinor')::bigint;
  covered bigint := 0;
  take bigint;
  held reservation;
  grant_row allowance;
  spend jsonb;
  home device;
BEGIN
  IF part ->> 'side' = 'debit' THEN
    INSERT INTO pool (branch, number, currency) VALUES (p_branch, p_number, p_currency)
    ON CONFLICT DO NOTHING;
    PERFORM 1 FROM pool WHERE branch = p_branch AND number = p_number FOR UPDATE;
    IF part ->> 'reservation' <> '' THEN
      SELECT * INTO held FROM reservation WHERE key = part ->> 'reservation' FOR UPDATE;
      IF held.key IS NULL OR held.state <> 'reserved' OR held.device <> d.id
        OR held.branch <> p_branch OR held.number <> p_number OR held.currency <> p_currency THEN
        PERFORM complain(d, a_seq, part, 'reservation-not-held', total,
          'Reservation ' || (part ->> 'reservation') || ' does not stand for ' || p_branch || '/' || p_number || '.',
          'ask the branch what it saw');
      ELSE
        take := least(total, held.amount);
        covered := covered + take;
        UPDATE reservation SET state = 'confirmed' WHERE key = held.key;
        UPDATE pool SET free = free + held.amount - take WHERE branch = p_branch AND number = p_number;
      END IF;
    END IF;
    FOR spend IN SELECT * FROM jsonb_array_elements(part -> 'spent') LOOP
      SELECT * INTO grant_row FROM allowance WHERE id = (spend ->> 'allowance')::bigint FOR UPDATE;
      IF grant_row.id IS NULL OR grant_row.device <> d.id OR grant_row.branch <> p_branch
        OR grant_row.number <> p_number OR grant_row.state <> 'open' THEN
        PERFORM complain(d, a_seq, part,
          CASE WHEN grant_row.device = d.id AND grant_row.state = 'written-off'
            AND grant_row.branch = p_branch AND grant_row.number = p_number
            THEN 'spent-after-write-off' ELSE 'allowance-unknown' END,
          (spend ->> 'amountMinor')::bigint,
          'Allowance ' || (spend ->> 'allowance') || ' is ' || coalesce(grant_row.state, 'unknown') || ' and was spent.',
          'decide who bears it');
      ELSE
        take := least((spend ->> 'amountMinor')::bigint, grant_row.amount - grant_row.spent);
        UPDATE allowance SET spent = spent + take WHERE id = grant_row.id;
        covered := covered + take;
        IF take < (spend ->> 'amountMinor')::bigint THEN
          PERFORM complain(d, a_seq, part, 'allowance-overspent', (spend ->> 'amountMinor')::bigint - take,
            'Allowance ' || grant_row.id || ' had less left than was spent.', 'stop the device and compare the logs');
        END IF;
      END IF;
    END LOOP;
    SELECT least(total - covered, free) INTO take FROM pool WHERE branch = p_branch AND number = p_number;
    IF take > 0 THEN
      UPDATE pool SET free = free - take WHERE branch = p_branch AND number = p_number;
      covered := covered + take;
    END IF;
    IF covered < total THEN
      PERFORM complain(d, a_seq, part, 'uncovered', total - covered,
        p_branch || '/' || p_number || ' was paid without cover at branch ' || d.branch || '.',
        'see whether the keeping branch could book it');
    END IF;
    UPDATE pool SET shared = shared - covered WHERE branch = p_branch AND number = p_number;
  END IF;
  SELECT * INTO home FROM device WHERE branch = p_branch;
  IF home.id IS NULL THEN
    PERFORM complain(d, a_seq, part, 'home-unknown', total,
      'Account ' || p_branch || '/' || p_number || ' is kept at a branch nobody knows.',
      'find the account and book it by hand');
    RETURN;
  END IF;
  INSERT INTO visit (device, seq, branch, number, side, amount, covered, currency)
  VALUES (d.id, a_seq, p_branch, p_number, part ->> 'side', total, covered, p_currency);
  PERFORM hand_down(home.id, jsonb_build_object('kind', 'visit', 'account', part -> 'account',
    'side', part ->> 'side', 'amountMinor', total::text, 'coveredMinor', covered::text,
    'currency', p_currency, 'branch', d.branch, 'seq', a_seq));
END $$;

CREATE FUNCTION apply_abandoned(d device, a_key text) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE held reservation;
BEGIN
  SELECT * INTO held FROM reservation WHERE key = a_key FOR UPDATE;
  IF held.key IS NULL THEN
    INSERT INTO reservation (key, device, branch, number, amount, currency, state)
    VALUES (a_key, d.id, '', '', 0, '', 'released');
  ELSIF held.device = d.id AND held.state IN ('waiting', 'reserved') THEN
    IF held.state = 'reserved' THEN
      UPDATE pool SET free = free + held.amount WHERE branch = held.branch AND number = held.number;
    END IF;
    UPDATE reservation SET state = 'released' WHERE key = a_key;
  END IF;
END $$;

CREATE FUNCTION apply_returned(d device, a_seq bigint, part jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE a allowance;
BEGIN
  SELECT * INTO a FROM allowance WHERE id = (part ->> 'allowance')::bigint AND device = d.id
    AND state = 'open' FOR UPDATE;
  IF a.id IS NULL THEN RETURN; END IF;
  UPDATE allowance SET state = 'returned' WHERE id = a.id;
  UPDATE pool SET free = free + a.amount - a.spent WHERE branch = a.branch AND number = a.number;
  IF (part ->> 'amountMinor')::bigint <> a.amount - a.spent THEN
    PERFORM raise_exception('allowance-overspent', d.branch, a_seq, a.branch || '/' || a.number,
      a.amount - a.spent - (part ->> 'amountMinor')::bigint, a.currency,
      'Branch ' || d.branch || ' gives back ' || (part ->> 'amountMinor') || ' of allowance ' || a.id
      || ', ' || (a.amount - a.spent) || ' are left here.', 'head-office', 'compare the two logs');
  END IF;
END $$;

CREATE FUNCTION apply_recalled(d device, part jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE p pool; given bigint;
BEGIN
  SELECT * INTO p FROM pool WHERE branch = part #>> '{account,branch}'
    AND number = part #>> '{account,number}' FOR UPDATE;
  given := least((part ->> 'amountMinor')::bigint, p.free);
  IF p.branch IS DISTINCT FROM d.branch OR given IS NULL OR given <= 0 THEN RETURN; END IF;
  UPDATE pool SET free = free - given, shared = shared - given
  WHERE branch = p.branch AND number = p.number;
  PERFORM hand_down(d.id, jsonb_build_object('kind', 'share-returned', 'account', part -> 'account',
    'amountMinor', given::text, 'currency', p.currency));
END $$;

CREATE FUNCTION apply_booked(d device, a_seq bigint, part jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE short bigint := (part ->> 'shortMinor')::bigint;
BEGIN
  UPDATE visit SET booked = true WHERE seq = (part ->> 'seq')::bigint
    AND device = (SELECT id FROM device WHERE branch = part ->> 'branch') AND branch = d.branch;
  IF short > 0 THEN
    PERFORM raise_exception('short', d.branch, a_seq,
      (part #>> '{account,branch}') || '/' || (part #>> '{account,number}'), short, '',
      (part #>> '{account,branch}') || '/' || (part #>> '{account,number}') || ' could not bear '
      || short || ' paid at branch ' || (part ->> 'branch') || '.', 'branch-supervisor',
      'recover it from the customer or write it off');
  END IF;
END $$;

CREATE FUNCTION apply_part(d device, a_seq bigint, part jsonb) RETURNS void LANGUAGE plpgsql
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
  END CASE;
END $$;

-- A reversed posting's cash does not count for the reports.
CREATE FUNCTION forget_cash(a_device integer, a_date text, a_seq bigint) RETURNS void LANGUAGE sql
SET search_path = office, pg_temp AS $$
  WITH kept AS (
    UPDATE push_cash c SET items = ARRAY(SELECT i FROM unnest(c.items) AS i WHERE i.seq <> a_seq)
    WHERE c.device = a_device AND c.date = a_date
      AND EXISTS (SELECT 1 FROM unnest(c.items) AS i WHERE i.seq = a_seq)
      AND EXISTS (SELECT 1 FROM unnest(c.items) AS i WHERE i.seq <> a_seq)
  )
  DELETE FROM push_cash c WHERE c.device = a_device AND c.date = a_date
    AND NOT EXISTS (SELECT 1 FROM unnest(c.items) AS i WHERE i.seq <> a_seq)
$$;

-- What the rarer events say of accounts, days, people and staff.
CREATE FUNCTION apply_facts(d device, a_seq bigint, event jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = office, pg_temp AS $$
DECLARE data jsonb := event -> 'data';
BEGIN
  IF data ? 'accounts' THEN
    INSERT INTO account (device, id, number, product, class, currency, name, customer)
    SELECT d.id, (a ->> 'id')::bigint, a ->> 'number', a ->> 'product', a ->> 'class', a ->> 'currency',
      a ->> 'name', (a ->> 'customer')::bigint FROM jsonb_array_elements(data -> 'accounts') a;
  END IF;
  IF data ? 'states' THEN
    UPDATE account SET state = s ->> 'state' FROM jsonb_array_elements(data -> 'states') s
    WHERE device = d.id AND id = (s ->> 'account')::bigint;
  END IF;
  IF data ? 'dateOpened' THEN
    UPDATE device SET business_date = data ->> 'dateOpened', day_state = 'open' WHERE id = d.id;
  END IF;
  IF data ? 'dateClosed' THEN UPDATE device SET day_state = 'closed' WHERE id = d.id; END IF;
  IF data ? 'forgets' THEN
    PERFORM forget_cash(d.id, data #>> '{forgets,date}', (data #>> '{forgets,journal}')::bigint);
  END IF;
  CASE event ->> 'type'
    WHEN 'customer.registered', 'customer.amended' THEN
      INSERT INTO person (device, customer, name, identity)
      VALUES (d.id, (data ->> 'customer')::bigint,
        coalesce(data #>> '{details,name}', concat_ws(' ', data #>> '{details,givenName}', data #>> '{details,familyName}')),
        coalesce('document:' || upper(regexp_replace(data #>> '{details,documents,0,number}', '[^[:alnum:]]', '', 'g')),
          d.branch || '#' || (data ->> 'customer')))
      ON CONFLICT (device, customer) DO UPDATE SET name = excluded.name, identity = excluded.identity;
    WHEN 'staff.added', 'staff.imported' THEN
      INSERT INTO staff (device, id, username, roles)
      VALUES (d.id, (data ->> 'staff')::bigint, data ->> 'user', data -> 'roles')
      ON CONFLICT (device, id) DO NOTHING;
    WHEN 'staff.roles-set' THEN
      UPDATE staff SET roles = data -> 'roles' WHERE device = d.id AND id = (data ->> 'staff')::bigint;
    WHEN 'staff.disabled' THEN
      UPDATE staff SET disabled = true WHERE device = d.id AND id = (data ->> 'staff')::bigint;
    WHEN 'staff.enabled' THEN
      UPDATE staff SET disabled = false WHERE device = d.id AND id = (data ->> 'staff')::bigint;
    ELSE NULL;
  END CASE;
END $$;
