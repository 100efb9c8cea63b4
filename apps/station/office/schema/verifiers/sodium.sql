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

-- Every push is read by SQL alone.
CREATE OR REPLACE FUNCTION office.sift_push(
  public_key bytea, before_seq bigint, before_hash bytea, hashes bytea, bodies text, signed_at bigint, signature bytea,
  OUT accounts text, OUT currencies text, OUT amounts text, OUT legs text, OUT date text, OUT cash text, OUT rare text)
LANGUAGE sql AS 'SELECT NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text';
