-- What head office sees of all branches together. Read by the role office_reader only.

CREATE VIEW branch_line AS
SELECT branch, name, stopped, received_seq, encode(received_hash, 'hex') AS received_hash, verified_seq,
  head_seq - received_seq AS behind, h.down_seq,
  h.down_seq - down_applied AS down_behind, business_date,
  day_state, seen_at,
  (SELECT count(*) FROM exception e WHERE e.branch = d.branch AND e.state = 'open') AS exceptions,
  (SELECT count(*) FROM visit v WHERE v.branch = d.branch AND NOT v.booked) AS in_transit,
  (SELECT coalesce(sum(a.amount - a.spent), 0)::bigint FROM allowance a WHERE a.device = d.id AND a.state IN ('wanted', 'open')) AS allowances
FROM device d CROSS JOIN LATERAL
  (SELECT coalesce((SELECT seq FROM down_head WHERE device = d.id), 0) AS down_seq) h;

-- The branch's trial balance: by product and class, debits minus credits.
CREATE VIEW trial_balance AS
SELECT d.branch, b.currency, a.product, a.class, sum(b.posted)::bigint AS posted, count(*) AS accounts
FROM balance b JOIN account a ON a.device = b.device AND a.id = b.account JOIN device d ON d.id = b.device
GROUP BY d.branch, b.currency, a.product, a.class;

-- Cash and customers' money by branch: what could be asked for, and what is there.
CREATE VIEW liquidity AS
SELECT branch, currency,
  coalesce(sum(posted) FILTER (WHERE product IN ('vault', 'till', 'transit')), 0)::bigint AS cash,
  coalesce(-sum(posted) FILTER (WHERE class = 'liability' AND product IN ('checking', 'savings')), 0)::bigint AS deposits,
  coalesce(sum(posted) FILTER (WHERE product IN ('loan', 'credit')), 0)::bigint AS loans
FROM trial_balance GROUP BY branch, currency;

-- Cash of one person on one business date over all branches; in and out apart, never netted. An item
-- counts once for a person, however many names it stands under (owner and who stood at the desk).
CREATE VIEW cash_by_person AS
SELECT date, currency, direction, identity,
  coalesce((SELECT min(name) FROM person p WHERE p.identity = i.identity), '') AS name,
  sum(amount)::bigint AS amount, count(*) AS items, count(DISTINCT device) AS branches,
  string_agg(DISTINCT branch, ', ') AS at
FROM (
  SELECT DISTINCT c.device, d.branch, c.seq, c.item, c.date, c.currency, c.direction, c.amount,
    coalesce(p.identity, c.person) AS identity
  FROM cash c JOIN device d ON d.id = c.device
  LEFT JOIN person p ON p.device = c.device AND c.person = 'customer:' || p.customer
) i
GROUP BY date, currency, direction, identity;

-- The newest business date with cash on it, found by the index and not by adding everything up.
CREATE VIEW newest_cash_date AS SELECT max(date) AS date FROM push_cash;

-- Proves the books: every balance again from the texts of the events. Empty, or they are wrong.
CREATE FUNCTION wrong_balances() RETURNS TABLE (branch text, account bigint, kept bigint, summed bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = office, pg_temp AS $$
  WITH leg AS (
    SELECT e.device, (l ->> 'debit')::bigint AS debit, (l ->> 'credit')::bigint AS credit, (l ->> 'amountMinor')::bigint AS amount
    FROM event e, jsonb_array_elements(e.body::jsonb #> '{data,journal,legs}') AS l
  ), summed AS (
    SELECT device, account, sum(amount) AS posted FROM (
      SELECT device, debit AS account, amount FROM leg UNION ALL SELECT device, credit, -amount FROM leg) s
    GROUP BY device, account
  )
  SELECT d.branch, coalesce(b.account, s.account), b.posted, s.posted::bigint
  FROM summed s FULL JOIN balance b ON b.device = s.device AND b.account = s.account
  JOIN device d ON d.id = coalesce(s.device, b.device)
  WHERE b.posted IS DISTINCT FROM s.posted
$$;
