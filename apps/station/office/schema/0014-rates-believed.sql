-- Rates are believed before they leave: beside the list before them, and beside what they say of themselves. The same rule as
-- bank/rates-plausible.ts, to which a test holds it.

CREATE FUNCTION is_rate(a_value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_typeof(a_value) = 'string' AND a_value #>> '{}' ~ '^(0|[1-9]\d{0,8})(\.\d{1,10})?$'
    AND a_value #>> '{}' ~ '[1-9]', false)
$$;

-- How far two rates lie apart, in basis points of the lesser, rounded up.
CREATE FUNCTION moved_basis_points(one numeric, other numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT div((greatest(one, other) - least(one, other)) * 10000 * 1e20 + least(one, other) * 1e20 - 1, least(one, other) * 1e20)
$$;

-- What the head of the bank lets a rate move in a day, in basis points: its newest policy's, else 10 %.
CREATE FUNCTION rate_move_most() RETURNS numeric LANGUAGE sql STABLE SET search_path = office, pg_temp AS $$
  SELECT coalesce((SELECT (value #>> '{rates,moveBasisPoints}')::numeric FROM reference
    WHERE name = 'policy' AND value #>> '{rates,moveBasisPoints}' ~ '^\d{1,6}$' ORDER BY version DESC LIMIT 1), 1000)
$$;

-- The form: what is no list is sent to nobody.
CREATE FUNCTION check_rates_form(list jsonb) RETURNS void LANGUAGE plpgsql IMMUTABLE SET search_path = office, pg_temp AS $$
DECLARE one record;
BEGIN
  IF jsonb_typeof(list) <> 'object' OR list ->> 'base' IS NULL OR list ->> 'base' !~ '^[A-Z]{3}$'
    OR jsonb_typeof(list -> 'rates') IS DISTINCT FROM 'object'
    OR EXISTS (SELECT 1 FROM jsonb_object_keys(list) key WHERE key NOT IN ('base', 'date', 'rates', 'quotes', 'second'))
    OR list ->> 'date' IS NULL OR list ->> 'date' !~ '^\d{4}-\d{2}-\d{2}$'
    OR to_char((list ->> 'date')::date, 'YYYY-MM-DD') <> list ->> 'date'
    OR (SELECT count(*) FROM jsonb_object_keys(list -> 'rates')) NOT BETWEEN 1 AND 200
    OR list -> 'rates' ? (list ->> 'base')
    OR jsonb_typeof(coalesce(list -> 'quotes', '{}')) <> 'object' THEN
    RAISE EXCEPTION 'rates-invalid' USING HINT = '{"base": "EUR", "date": "2026-11-20", "rates": {"USD": "1.0812"}}';
  END IF;
  FOR one IN SELECT key, value FROM jsonb_each(list -> 'rates') LOOP
    IF one.key !~ '^[A-Z]{3}$' OR NOT is_rate(one.value) THEN
      RAISE EXCEPTION 'rates-invalid' USING HINT = one.key || ' is no rate such as "1.0812".';
    END IF;
  END LOOP;
  IF list ? 'second' AND (coalesce(length(btrim(list #>> '{second,given}')), 0) = 0
    OR coalesce(length(btrim(list #>> '{second,seen}')), 0) = 0
    OR lower(btrim(list #>> '{second,given}')) = lower(btrim(list #>> '{second,seen}'))
    OR coalesce(length(btrim(list #>> '{second,reason}')), 0) < 3
    OR jsonb_typeof(list #> '{second,currencies}') IS DISTINCT FROM 'array') THEN
    RAISE EXCEPTION 'rates-second' USING HINT =
      '"second": {"given": "Ada Lind", "seen": "Sam Berg", "currencies": ["USD"], "reason": "..."}: two people, by name.';
  END IF;
END $$;

-- What a list says of itself: the rate between bid and ask, and its inverse within 0.5 %.
CREATE FUNCTION check_rates_quotes(list jsonb) RETURNS void LANGUAGE plpgsql IMMUTABLE SET search_path = office, pg_temp AS $$
DECLARE one record; mid numeric;
BEGIN
  FOR one IN SELECT key, value FROM jsonb_each(coalesce(list -> 'quotes', '{}')) LOOP
    IF NOT is_rate(list -> 'rates' -> one.key) OR NOT is_rate(one.value -> 'bid') OR NOT is_rate(one.value -> 'ask')
      OR (one.value ? 'inverse' AND NOT is_rate(one.value -> 'inverse')) THEN
      RAISE EXCEPTION 'rates-invalid' USING HINT = one.key || ' is quoted by "bid" and "ask", and may have an "inverse".';
    END IF;
    mid := (list -> 'rates' ->> one.key)::numeric;
    IF mid < (one.value ->> 'bid')::numeric OR mid > (one.value ->> 'ask')::numeric THEN
      RAISE EXCEPTION 'rates-contradict' USING HINT = format('%s: the rate %s does not lie between bid %s and ask %s.',
        one.key, list -> 'rates' ->> one.key, one.value ->> 'bid', one.value ->> 'ask');
    END IF;
    IF one.value ? 'inverse' AND abs(mid * (one.value ->> 'inverse')::numeric - 1) * 10000 > 50 THEN
      RAISE EXCEPTION 'rates-contradict' USING HINT = format('%s: %s and its inverse %s lie too far apart.',
        one.key, list -> 'rates' ->> one.key, one.value ->> 'inverse');
    END IF;
  END LOOP;
END $$;

-- What a second person has to have seen: a move beyond the policy's share a day (five days' worth at most), and a
-- currency some branch keeps accounts in that had a rate and has none.
CREATE FUNCTION rates_doubts(list jsonb, before jsonb) RETURNS TABLE (currency text, message text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = office, pg_temp AS $$
  WITH span AS (SELECT least(greatest((list ->> 'date')::date - (before ->> 'date')::date, 1), 5) * rate_move_most() AS most)
  SELECT old.key, CASE WHEN list -> 'rates' ? old.key
    THEN format('%s goes from %s to %s, where %s %% is the most', old.key, old.value, list -> 'rates' ->> old.key,
      trim_scale(most / 100))
    ELSE format('%s is in use and has no rate any more', old.key) END
  FROM jsonb_each_text(before -> 'rates') AS old CROSS JOIN span
  WHERE CASE WHEN list -> 'rates' ? old.key
    THEN moved_basis_points((list -> 'rates' ->> old.key)::numeric, old.value::numeric) > most
    ELSE EXISTS (SELECT 1 FROM account a WHERE a.currency = old.key) END
  ORDER BY 1
$$;

CREATE OR REPLACE FUNCTION check_rates() RETURNS trigger LANGUAGE plpgsql SET search_path = office, pg_temp AS $$
DECLARE newest text; before jsonb; doubts text;
BEGIN
  IF NEW.name <> 'rates' THEN RAISE EXCEPTION 'rates-for-all' USING HINT = 'Rates are one for the whole bank.'; END IF;
  PERFORM check_rates_form(NEW.value);
  PERFORM check_rates_quotes(NEW.value);
  SELECT max(value ->> 'date') INTO newest FROM reference WHERE name = 'rates';
  IF NEW.value ->> 'date' < newest THEN RAISE EXCEPTION 'rates-older'; END IF;
  -- A list of next year would keep every right one away until then.
  IF (NEW.value ->> 'date')::date > (now() AT TIME ZONE 'UTC')::date + 1 THEN
    RAISE EXCEPTION 'rates-ahead' USING HINT = 'Rates are quoted for today or, in the afternoon before, for tomorrow.';
  END IF;
  SELECT value INTO before FROM reference WHERE name = 'rates' ORDER BY version DESC LIMIT 1;
  IF before IS NOT NULL THEN
    SELECT string_agg(message, '; ') INTO doubts FROM (
      SELECT message FROM rates_doubts(NEW.value, before) d
      WHERE NOT coalesce(NEW.value #> '{second,currencies}' ? d.currency, false) LIMIT 5) AS open;
    IF doubts IS NOT NULL THEN
      RAISE EXCEPTION 'rates-implausible' USING HINT = doubts;
    END IF;
  END IF;
  RETURN NEW;
END $$;

REVOKE ALL ON FUNCTION is_rate, moved_basis_points, rate_move_most, check_rates_form, check_rates_quotes, rates_doubts FROM PUBLIC;
