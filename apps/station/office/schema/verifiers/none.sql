-- This cluster cannot check Ed25519: the office service looks within a second after the push.
CREATE OR REPLACE FUNCTION office.signature_is_right(
  public_key bytea, seq bigint, at bigint, hash bytea, signature bytea) RETURNS boolean
LANGUAGE sql AS 'SELECT NULL::boolean';

-- Every push is read by SQL alone.
CREATE OR REPLACE FUNCTION office.sift_push(
  public_key bytea, before_seq bigint, before_hash bytea, hashes bytea, bodies text, signed_at bigint, signature bytea,
  OUT accounts text, OUT currencies text, OUT amounts text, OUT legs text, OUT date text, OUT cash text, OUT rare text)
LANGUAGE sql AS 'SELECT NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text';
