-- Checks the signature by pgsodium, where a bank's cluster has it.
CREATE EXTENSION IF NOT EXISTS pgsodium;
CREATE OR REPLACE FUNCTION office.signature_is_right(
  public_key bytea, seq bigint, at bigint, hash bytea, signature bytea) RETURNS boolean
LANGUAGE sql AS $$
SELECT coalesce(CASE
  WHEN length(public_key) <> 32 OR length(hash) <> 32 OR length(signature) <> 64 THEN false
  ELSE pgsodium.crypto_sign_verify_detached(signature, convert_to(
    E'qenex-teller/log\n' || seq || E'\n' || encode(hash, 'base64') || E'\n' || at || E'\n', 'UTF8'), public_key)
  END, false)
$$;
