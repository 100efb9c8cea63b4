-- Checks the signature by libsodium where it is here, else by the OpenSSL that the server itself is linked with, and reads
-- pushes in one go: both called out of PL/Python.
CREATE EXTENSION IF NOT EXISTS plpython3u;
CREATE OR REPLACE FUNCTION office.signature_is_right(
  public_key bytea, seq bigint, at bigint, hash bytea, signature bytea) RETURNS boolean
LANGUAGE plpython3u AS $python$
is_right = SD.get("is_right")
if is_right is None:
    from binascii import b2a_base64
    from ctypes import CDLL, c_char_p, c_int, c_size_t, c_ulonglong, c_void_p

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

    # A third of the time of OpenSSL 3. It says yes to nothing to which OpenSSL says no; where it says no, OpenSSL
    # is asked, so that the answers are the same with it and without.
    def quick_verify():
        for name in ("libsodium.so.23", "libsodium.so.26"):
            try:
                found = CDLL(name)
                quick = found.crypto_sign_verify_detached
            except (OSError, AttributeError):
                continue
            if found.sodium_init() < 0:
                continue
            quick.restype, quick.argtypes = c_int, (c_char_p, c_char_p, c_ulonglong, c_char_p)
            return quick
        return lambda *_: -1

    quick = quick_verify()
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
            if key and quick(signature, note, len(note), public_key) == 0:
                return True
            if not key or reset(context) != 1 or begin(context, None, None, None, key) != 1:
                return False
            return verify(context, signature, 64, note, len(note)) == 1
        finally:
            forget()

    # For sift_push in the same session.
    SD["is_right"] = GD["office.is_right"] = is_right
return is_right(public_key, seq, at, hash, signature)
$python$;

-- What judge_events (0004-accept.sql) would book of a push whose events are as most are; null wherever that is not certain.
CREATE OR REPLACE FUNCTION office.sift_push(
  public_key bytea, before_seq bigint, before_hash bytea, hashes bytea, bodies text, signed_at bigint, signature bytea,
  OUT accounts text, OUT currencies text, OUT amounts text, OUT legs text, OUT date text, OUT cash text, OUT rare text)
LANGUAGE plpython3u AS $python$
sift = SD.get("sift")
if sift is None:
    from hashlib import sha256
    from json import JSONDecoder

    if "office.is_right" not in GD:
        plpy.execute("SELECT office.signature_is_right(NULL, NULL, NULL, NULL, NULL)")
    is_right = GD["office.is_right"]

    class Unsure(Exception):
        pass

    def doubt(_=None):
        raise Unsure

    # Canonical texts hold whole numbers only.
    scan = JSONDecoder(parse_float=doubt, parse_constant=doubt).scan_once
    # An event with one of these means more than its legs and its cash.
    watched = frozenset(("office", "accounts", "states", "dateOpened", "dateClosed", "forgets", "staff", "details"))

    def amount_of(text):
        # Seventeen digits: whatever a push adds up to, SQL looks at its range.
        if not (text.isascii() and text.isdecimal() and len(text) <= 17):
            raise Unsure
        amount = int(text)
        if amount == 0:
            raise Unsure
        return amount

    def currency_of(text):
        if not (len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()):
            raise Unsure
        return text

    def add(balances, account, currency, amount):
        if type(account) is not int or not 0 <= account < 1 << 62:
            raise Unsure
        known = balances.get(account)
        if known is None:
            balances[account] = [currency, amount, 1]
        elif known[0] == currency:
            known[1] += amount
            known[2] += 1
        else:
            raise Unsure

    def add_legs(balances, legs):
        if type(legs) is not list:
            raise Unsure
        for leg in legs:
            debit, credit = leg["debit"], leg["credit"]
            currency, amount = currency_of(leg["currency"]), amount_of(leg["amountMinor"])
            if debit == credit:
                raise Unsure
            add(balances, debit, currency, amount)
            add(balances, credit, currency, -amount)

    # As a row of cash_item within an array, both quoted.
    def add_cash(items, seq, activity):
        if type(activity) is not list:
            raise Unsure
        for number, act in enumerate(activity, 1):
            persons = act["persons"]
            if type(persons) is not list:
                raise Unsure
            if not persons:
                continue
            said = "".join(persons)
            # What would need an escape in JSON, in a row or in an array.
            if act["direction"] not in ("in", "out") or '"' in said or "\\" in said or not said.isprintable():
                raise Unsure
            amount, currency = amount_of(act["amountMinor"]), currency_of(act["currency"])
            names = '\\"\\",\\"\\"'.join(persons)
            items.append(f'"({seq},{number},\\"[\\"\\"{names}\\"\\"]\\",{act["direction"]},{currency},{amount})"')

    # Every text carries its hash, bound to the one before it.
    def is_chained(before_hash, hashes, bodies):
        chain, hash = [], before_hash
        for line in bodies.encode().split(b"\n"):
            digest = sha256(hash)
            digest.update(line)
            hash = digest.digest()
            chain.append(hash)
        return b"".join(chain) == hashes

    def read(before_seq, lines):
        balances, items, rare, dates = {}, [], [], set()
        for seq, line in enumerate(lines, before_seq + 1):
            event, end = scan(line, 0)
            data = event["data"]
            if end != len(line):
                raise Unsure
            if not watched.isdisjoint(data):
                rare.append(str(seq))
            journal = data.get("journal")
            if journal is not None:
                add_legs(balances, journal["legs"])
            if "activity" in data:
                add_cash(items, seq, data["activity"])
                dates.add(event["date"])
        # A day ends within few pushes.
        if len(dates) > 1:
            raise Unsure
        return balances, items, rare, dates.pop() if items else None

    def listed(texts):
        return "{" + ",".join(texts) + "}"

    unsure = (None,) * 7

    def sift(public_key, before_seq, before_hash, hashes, bodies, signed_at, signature):
        # An escape by number may stand for what PostgreSQL's text cannot hold.
        if "\\" in bodies and "\\u" in bodies:
            return unsure
        if not is_chained(before_hash, hashes, bodies):
            return unsure
        lines = bodies.split("\n")
        if not is_right(public_key, before_seq + len(lines), signed_at, hashes[-32:], signature):
            return unsure
        try:
            balances, items, rare, date = read(before_seq, lines)
        # Not of the shape most events have: whether it is wrong is for the judge to say.
        except Exception:
            return unsure
        if items and type(date) is not str:
            return unsure
        sums = balances.values()
        return (
            listed(map(str, balances)),
            listed([currency for currency, _, _ in sums]),
            listed([str(amount) for _, amount, _ in sums]),
            listed([str(count) for _, _, count in sums]),
            date,
            listed(items) if items else None,
            listed(rare) if rare else None,
        )

    SD["sift"] = sift
return sift(public_key, before_seq, before_hash, hashes, bodies, signed_at, signature)
$python$;
