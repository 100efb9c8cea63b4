-- Who may do what: workstations call functions and see their own rows; readers read; clerks decide.

DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'office_workstation') THEN
    CREATE ROLE office_workstation NOLOGIN; END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'office_reader') THEN
    CREATE ROLE office_reader NOLOGIN; END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'office_clerk') THEN
    CREATE ROLE office_clerk NOLOGIN; END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'office_service') THEN
    CREATE ROLE office_service NOLOGIN; END IF;
END $$;

REVOKE ALL ON ALL TABLES IN SCHEMA office FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA office FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA office REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT USAGE ON SCHEMA office TO office_workstation, office_reader, office_clerk, office_service;

GRANT EXECUTE ON FUNCTION open_line, accept_events, hand_out_events, find_account, reserve, ask_allowance,
  hand_out_log, own_exceptions, settle_own_exception, own_device TO office_workstation;
GRANT EXECUTE ON FUNCTION wrong_balances TO office_reader;
GRANT EXECUTE ON FUNCTION grant_allowance, write_off_allowance, resume_device, settle_exception,
  publish_reference TO office_clerk;
GRANT EXECUTE ON FUNCTION sign_allowance, sign_in_grants_due, sign_in_granted, checkpoint_checked TO office_service;
GRANT SELECT ON unchecked_head, device, allowance TO office_service;
GRANT office_reader TO office_clerk;
GRANT SELECT ON branch_line, trial_balance, liquidity, cash_by_person, newest_cash_date, exception, allowance, visit TO office_reader;

-- A branch sees its own customers and accounts, what it was granted and what visits it: no other row.
GRANT SELECT ON person, account, balance, allowance, visit, exception TO office_workstation;
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
ALTER TABLE balance ENABLE ROW LEVEL SECURITY;
ALTER TABLE allowance ENABLE ROW LEVEL SECURITY;
ALTER TABLE visit ENABLE ROW LEVEL SECURITY;
ALTER TABLE exception ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_person ON person TO office_workstation USING (device = (own_device()).id);
CREATE POLICY own_account ON account TO office_workstation USING (device = (own_device()).id);
CREATE POLICY own_balance ON balance TO office_workstation USING (device = (own_device()).id);
CREATE POLICY own_allowance ON allowance TO office_workstation
  USING (device = (own_device()).id OR branch = (own_device()).branch);
CREATE POLICY own_visit ON visit TO office_workstation
  USING (device = (own_device()).id OR branch = (own_device()).branch);
CREATE POLICY own_exception ON exception TO office_workstation USING (branch = (own_device()).branch);
CREATE POLICY all_allowance ON allowance TO office_reader, office_service USING (true);
CREATE POLICY all_visit ON visit TO office_reader USING (true);
CREATE POLICY all_exception ON exception TO office_reader USING (true);
