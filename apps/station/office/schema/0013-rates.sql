-- Rates: checked before they leave, and what is held in many currencies added up in one, by the rates of its date.

-- ISO 4217: digits after the point; the same as contract/currencies.ts, to which a test holds it.
CREATE FUNCTION minor_digits(a_currency text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN a_currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV',
      'XAF', 'XOF', 'XPF', 'BYR') THEN 0
    WHEN a_currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
    WHEN a_currency IN ('CLF', 'UYW') THEN 4
    ELSE 2 END
$$;

-- An amount in the list's base, to the nearest minor unit, the half away from zero (Council Regulation (EC) No
-- 1103/97, article 5), over whole numbers: numeric division would round before we do. Null without a rate.
CREATE FUNCTION in_base(list jsonb, an_amount numeric, a_currency text) RETURNS numeric LANGUAGE sql IMMUTABLE
SET search_path = office, pg_temp AS $$
  WITH quoted AS (
    SELECT CASE WHEN a_currency = list ->> 'base' THEN '1' ELSE list #>> ARRAY['rates', a_currency] END AS rate
  ), fraction AS (
    SELECT abs(an_amount) * power(10::numeric, length(split_part(rate, '.', 2)) + minor_digits(list ->> 'base')) AS over,
      replace(rate, '.', '')::numeric * power(10::numeric, minor_digits(a_currency)) AS under
    FROM quoted WHERE rate IS NOT NULL
  )
  SELECT sign(an_amount) * div(2 * trunc(over) + trunc(under), 2 * trunc(under)) FROM fraction
$$;

-- Lists that may not come into force anywhere are not sent to anybody.
CREATE FUNCTION check_rates() RETURNS trigger LANGUAGE plpgsql SET search_path = office, pg_temp AS $$
DECLARE one record; newest text;
BEGIN
  IF NEW.name <> 'rates' THEN RAISE EXCEPTION 'rates-for-all' USING HINT = 'Rates are one for the whole bank.'; END IF;
  IF jsonb_typeof(NEW.value) <> 'object' OR (SELECT count(*) FROM jsonb_object_keys(NEW.value)) <> 3
    OR NEW.value ->> 'base' !~ '^[A-Z]{3}$' OR jsonb_typeof(NEW.value -> 'rates') IS DISTINCT FROM 'object'
    OR NEW.value ->> 'base' IS NULL OR NEW.value ->> 'date' IS NULL OR NEW.value ->> 'date' !~ '^\d{4}-\d{2}-\d{2}$'
    OR to_char((NEW.value ->> 'date')::date, 'YYYY-MM-DD') <> NEW.value ->> 'date'
    OR (SELECT count(*) FROM jsonb_object_keys(NEW.value -> 'rates')) NOT BETWEEN 1 AND 200
    OR NEW.value -> 'rates' ? (NEW.value ->> 'base') THEN
    RAISE EXCEPTION 'rates-invalid' USING HINT = '{"base": "EUR", "date": "2026-11-20", "rates": {"USD": "1.0812"}}';
  END IF;
  FOR one IN SELECT key, value FROM jsonb_each(NEW.value -> 'rates') LOOP
    IF one.key !~ '^[A-Z]{3}$' OR jsonb_typeof(one.value) <> 'string'
      OR one.value #>> '{}' !~ '^(0|[1-9]\d{0,8})(\.\d{1,10})?$' OR one.value #>> '{}' !~ '[1-9]' THEN
      RAISE EXCEPTION 'rates-invalid' USING HINT = one.key || ' is no rate such as "1.0812".';
    END IF;
  END LOOP;
  SELECT max(value ->> 'date') INTO newest FROM reference WHERE name = 'rates';
  IF NEW.value ->> 'date' < newest THEN RAISE EXCEPTION 'rates-older'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rates_checked BEFORE INSERT ON reference FOR EACH ROW
WHEN (NEW.name = 'rates' OR NEW.name LIKE 'rates/%') EXECUTE FUNCTION check_rates();

CREATE VIEW newest_rates AS
SELECT version, value FROM reference WHERE name = 'rates' ORDER BY version DESC LIMIT 1;

-- The list of a date: the newest that is not of a later one; before the first list, the first.
CREATE FUNCTION rates_on(a_date text, OUT version integer, OUT value jsonb) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = office, pg_temp AS $$
  SELECT r.version, r.value FROM reference r WHERE r.name = 'rates'
  ORDER BY (r.value ->> 'date' <= a_date) DESC,
    CASE WHEN r.value ->> 'date' <= a_date THEN r.version ELSE -r.version END DESC LIMIT 1
$$;

-- Cash of one person on one date over all branches and all currencies, in and out apart (31 CFR 1010.313), in the
-- base by the rates of that date. `missing` names what has no rate; the threshold is the one head office published.
CREATE VIEW cash_in_base AS
SELECT c.date, c.direction, c.identity, c.name, r.value ->> 'base' AS base, r.version, r.value ->> 'date' AS rates_date,
  coalesce(sum(in_base(r.value, c.amount, c.currency)), 0)::bigint AS amount, sum(c.items)::bigint AS items,
  count(*) AS currencies, coalesce(string_agg(c.currency, ', ' ORDER BY c.currency)
    FILTER (WHERE in_base(r.value, c.amount, c.currency) IS NULL), '') AS missing,
  string_agg(DISTINCT c.at, ', ') AS at,
  (SELECT (row ->> 'amountMinor')::bigint FROM reference p, jsonb_array_elements(p.value -> 'reportingThresholds') row
    WHERE p.name = 'policy' AND row ->> 'currency' = r.value ->> 'base' ORDER BY p.version DESC LIMIT 1) AS threshold
FROM cash_by_person c CROSS JOIN LATERAL rates_on(c.date) r
GROUP BY c.date, c.direction, c.identity, c.name, r.value, r.version;

REVOKE ALL ON FUNCTION minor_digits, in_base, check_rates, rates_on FROM PUBLIC;
GRANT EXECUTE ON FUNCTION minor_digits, in_base, rates_on TO office_reader;
GRANT SELECT ON newest_rates, cash_in_base TO office_reader;
