-- Checks the signature by the OpenSSL that the server itself is linked with, called out of PL/Python.
CREATE EXTENSION IF NOT EXISTS plpython3u;
CREATE OR REPLACE FUNCTION office.signature_is_right(
  public_key bytea, seq bigint, at bigint, hash bytea, signature bytea) RETURNS boolean
LANGUAGE plpython3u AS $python$
is_right = SD.get("is_right")
if is_right is None:
    from binascii import b2a_base64
    from ctypes import CDLL, c_char_p, c_int, c_size_t, c_void_p

    # The server's own libcrypto: whichever version it is, and nothing that is not loaded already.
    library = CDLL(None)

    def bound(name, result, *arguments):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
        return function

    new_key = bound("EVP_PKEY_new_raw_public_key", c_void_p, c_int, c_void_p, c_char_p, c_size_t)
    free_key = bound("EVP_PKEY_free", None, c_void_p)
    reset = bound("EVP_MD_CTX_reset", c_int, c_void_p)
    begin = bound("EVP_DigestVerifyInit", c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
    verify = bound("EVP_DigestVerify", c_int, c_void_p, c_char_p, c_size_t, c_char_p, c_size_t)
    # The queue of errors is shared with the server's own TLS: nothing of ours stays in it.
    forget = bound("ERR_clear_error", None)
    context = bound("EVP_MD_CTX_new", c_void_p)()
    ed25519 = 1087
    keys = {}
    # Points of small order, by their y, as libsodium and newer OpenSSL refuse them: with such a key one
    # signature is right for many notes, and this server's OpenSSL may not look.
    small = {bytes.fromhex(y) for y in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )}

    def key_of(raw):
        key = keys.get(raw)
        if key is None:
            if raw[:31] + bytes([raw[31] & 127]) in small:
                return None
            # A session speaks for one device; whoever asks about many must not fill the memory.
            if len(keys) >= 64:
                for old in keys.values():
                    free_key(old)
                keys.clear()
            key = new_key(ed25519, None, raw, 32)
            if key:
                keys[raw] = key
        return key

    def is_right(public_key, seq, at, hash, signature):
        if not (public_key and hash and signature) or seq is None or at is None:
            return False
        if len(public_key) != 32 or len(hash) != 32 or len(signature) != 64:
            return False
        head = b2a_base64(hash, newline=False).decode()
        note = f"qenex-teller/log\n{seq}\n{head}\n{at}\n".encode()
        try:
            key = key_of(public_key)
            if not key or reset(context) != 1 or begin(context, None, None, None, key) != 1:
                return False
            return verify(context, signature, 64, note, len(note)) == 1
        finally:
            forget()

    SD["is_right"] = is_right
return is_right(public_key, seq, at, hash, signature)
$python$;
