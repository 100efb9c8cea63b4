/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * The interface of /dev/qenex_banking, used as it stands by the module, by C programs and by the
 * addon, so that one file says what the kernel guard takes, answers and refuses.
 *
 * Rules of the interface
 *  - Magic 0xBD. A command is told by its number and direction; the size in it is the caller's
 *    size of the struct: smaller than ours is EINVAL, larger with a tail that is not zero is E2BIG,
 *    larger with a zero tail is taken (the tail comes back as it was). So a struct may grow at its
 *    end without a new number. No struct carries a version; what is there is asked with QENEX_INFO.
 *  - Every struct has fixed-size fields, natural alignment, explicit padding and a size that is a
 *    multiple of 8: the same bytes for 32-bit and 64-bit callers. Pointers are __u64.
 *  - Reserved, padding and (out) fields are 0 on input, or the call is refused with EINVAL.
 *    Exception: the four requests with the predecessor's names ignore what is in their (out)
 *    fields, because its README reuses them.
 *  - Account ids 1..2^63-1, amounts 1..2^63-1 in minor units, currency is ISO 4217's number
 *    (1..999), a transfer id is 16 bytes that are not all zero (a UUID without hyphens).
 *  - Success is 0. A refusal is -1 with errno, one meaning each (below), and changes nothing.
 *    On a refusal of TRANSFER and BATCH `result` (and `leg`) say the fine reason.
 *  - After EFAULT, EINTR or the death of the caller the outcome is unknown: ask QENEX_LOOKUP or
 *    send the same id again. Never send the same business with a new id.
 *
 * Order in which a call is judged; the first that applies is the answer
 *   1 ENOTTY       number or direction unknown
 *   2 EINVAL       size smaller than ours;  E2BIG  larger, with a tail that is not zero
 *   3 EFAULT       the struct (or a batch's array) cannot be read
 *   4 EPERM        caller is not the address space that opened the device (fork, passed
 *                  descriptor); capability or role is missing; a session that is not attached as
 *                  teller or admin changes something after QENEX_SEAL_ATTACHED
 *   5 EINVAL       reserved or out field not 0, unknown flag or kind, value out of its range
 *     ELOOP        debit and credit are the same account
 *   6 EHOSTDOWN    guard is FROZEN;  ENODATA  guard is EMPTY or LOADING, not ACTIVE
 *     EISCONN      guard is past the state the command wants (LOAD_BEGIN when not EMPTY)
 *     EROFS        what the command changes is sealed
 *   7 id known     same content: 0 with result REPLAYED and the first receipt, nothing changes;
 *     EEXIST       other content (or the account exists)
 *   8 ENOENT       debit account, credit account or account unknown (result tells which)
 *     ESRCH        transfer or hold unknown
 *   9 EXDEV        currency of an account differs from the transfer's
 *  10 ESTALE       hold was posted, voided or abandoned before;  ETIME  hold has expired
 *  11 ERANGE       partial posting above the hold
 *  12 EACCES       account is frozen
 *  13 EMSGSIZE     amount above the account's transfer_max
 *     EDQUOT       insufficient: balance with holds and overdraft does not cover the amount
 *     ENETDOWN     hard offline allowance (amount or number) is used up: go online first
 *  14 EOVERFLOW    a total would pass 2^63-1 (debit side, credit side)
 *  15 ENOSPC       a table is full: accounts, transfers (CHECKPOINT makes room), holds
 *  Within 8..15 the debit account is looked at before the credit account. A batch judges leg by
 *  leg, in order, each seeing what the legs before it did.
 *  Other errors with one meaning each: EBADMSG digest differs from the chain's (CHECKPOINT,
 *  LOAD_COMMIT), EILSEQ anchor does not follow (ANCHOR_EXTEND), EBUSY till is attached by a live
 *  session (or the number of sessions is reached, at open), EALREADY session is attached or the
 *  key is set, EKEYREJECTED token does not fit, EPIPE (read) records were overwritten before they
 *  were read, EAGAIN (read) nothing new, EINTR a fatal signal before anything was done.
 *
 * Expiry: a hold whose time has come is released before any later command is judged, and within
 * about a second when nobody calls; while FROZEN too, as is what a closing session abandons. A new
 * RESERVE whose time is already past is ETIME (EXPIRED, step 10); the repeat of one that has
 * expired gets its receipt. A hold can always be settled: frozen accounts and full tables do not
 * keep it (its room was kept). A descriptor opened read-only is an OBSERVER. BATCH judges its own
 * fields (count, flags, out fields) before it reads the array; all legs' fields (step 5) before
 * the guard's state and the ids.
 *
 * State = fold(records): each change appends one 176-byte record to a SHA-256 chain,
 *   digest_n = SHA-256("QBJ1" || digest_(n-1) || bytes 0..143 of record n),
 * digest_0 = SHA-256("QBG1" || epoch[16] || device[16] || previous_seq || previous_digest[32]).
 * Anchor extension is not a record; its register is its own chain (see qenex_anchor).
 *
 * Changes to this header are additive; they are listed here.
 *   abi 1: first. Since then only said more exactly: expiry, settling, BATCH's order, allowances.
 */
#ifndef _UAPI_QENEX_BANKING_H
#define _UAPI_QENEX_BANKING_H

#include <linux/types.h>
#include <linux/ioctl.h>

#define QENEX_DEVICE_PATH "/dev/qenex_banking"
#define QENEX_ABI 1
#define QENEX_IOC_MAGIC 0xBD

/* ---- The predecessor's four calls: its names, its fields, in its order ---------------------- */

/*
 * Opens an account. initial_balance in minor units, 0..2^63-1; currency ISO 4217's number. The
 * account cannot be overdrawn. Numbers are given from 1000000001 on. Makes an EMPTY guard ACTIVE.
 * Errors: EPERM, EINVAL, EHOSTDOWN, ENODATA (while LOADING), EROFS, ENOSPC.
 */
struct qenex_account_request {
	__s64 initial_balance;
	__u32 currency;
	__u32 account_type;		/* 0 or 1, a checking account; there is no other */
	__u64 account_number;		/* out */
};						/* 24 */

/* Balance of an account: what was credited less what was debited. Errors: ENOENT, EINVAL. */
struct qenex_balance_request {
	__u64 account_number;
	__s64 balance;			/* out */
};						/* 16 */

/*
 * Moves amount from one account to the other, at once. Not repeatable by id (the request has none):
 * new programs use QENEX_POST_TRANSFER. Ids are given from 2 on. Errors as steps 4..15 above.
 */
struct qenex_transfer_request {
	__u64 from_account;		/* is debited */
	__u64 to_account;		/* is credited */
	__s64 amount;
	__u32 currency;
	__u32 pad;
	__u64 transaction_id;		/* out */
};						/* 40 */

#define QENEX_STATUS_COMPLETED 2	/* what status of a posted transfer reads */

/* Status of a transfer by the id QENEX_TRANSFER gave. Errors: ESRCH, EINVAL. */
struct qenex_transaction_request {
	__u64 transaction_id;
	__u32 status;			/* out */
	__u32 pad;
};						/* 16 */

/* ---- Version and capabilities ---------------------------------------------------------------- */

#define QENEX_STATE_EMPTY	0	/* nothing loaded: LOAD_BEGIN, or the predecessor's calls */
#define QENEX_STATE_LOADING	1	/* between LOAD_BEGIN and LOAD_COMMIT */
#define QENEX_STATE_ACTIVE	2
#define QENEX_STATE_FROZEN	3	/* nothing is changed until an admin thaws it */

#define QENEX_FEATURE_HOLDS	1
#define QENEX_FEATURE_BATCH	2
#define QENEX_FEATURE_LIMITS	4
#define QENEX_FEATURE_ANCHOR	8
#define QENEX_FEATURE_KEY	16	/* quotes can carry a MAC */
#define QENEX_FEATURE_EVENTS	32	/* read(2) and poll(2) */

#define QENEX_ROLE_NONE		0	/* as opened: may read, change until SEAL_ATTACHED */
#define QENEX_ROLE_OBSERVER	1	/* may read only, from then on */
#define QENEX_ROLE_TELLER	2	/* one live session a till */
#define QENEX_ROLE_ADMIN	3	/* wants CAP_SYS_ADMIN */

#define QENEX_SEAL_ACCOUNTS	1	/* no more accounts */
#define QENEX_SEAL_LIMITS	2	/* limits may be tightened only, by anyone */
#define QENEX_SEAL_RESET	4	/* no RESET, no THAW */
#define QENEX_SEAL_MODULE	8	/* module cannot be unloaded until the machine restarts */
#define QENEX_SEAL_ATTACHED	16	/* only attached tellers and admins may change anything */
#define QENEX_SEAL_ALL		31

/* What is there and how full it is. Any state, any role. Errors: EPERM (foreign address space). */
struct qenex_info {
	__u32 abi;			/* out: QENEX_ABI */
	__u32 state;			/* out: QENEX_STATE_* */
	__u64 features;			/* out: QENEX_FEATURE_* */
	__u32 seals;			/* out: QENEX_SEAL_* */
	__u32 role;			/* out: this session's QENEX_ROLE_* */
	__u64 till;			/* out: this session's till, 0 when none */
	__u64 seq;			/* out: last record, 0 when none */
	__u64 acked_seq;		/* out: last CHECKPOINT */
	__u64 oldest_seq;		/* out: oldest record read(2) can still give, 0 when none */
	__u64 boot_ns;			/* out: now, CLOCK_BOOTTIME */
	__u32 accounts;			/* out */
	__u32 accounts_max;		/* out: module parameter max_accounts */
	__u32 transfers;		/* out: remembered, for replays and LOOKUP */
	__u32 transfers_max;		/* out: module parameter max_transfers */
	__u32 holds;			/* out */
	__u32 holds_max;		/* out */
	__u32 sessions;			/* out */
	__u32 sessions_max;		/* out */
	__u32 key_level;		/* out: 0 no key, 1 key set */
	__u32 ring_max;			/* out: records read(2) can hold */
	__u8 epoch[16];			/* out: random, new at each load of the module and RESET */
	__u8 device[16];		/* out: as given to LOAD_BEGIN */
	__u8 digest[32];		/* out: of record seq (digest_0 when none) */
};						/* 168 */

/*
 * Says who this session is; once a session. A till is any number but 0 that names the place of
 * posting; TELLER wants one, the others want 0. Errors: EINVAL, EPERM, EALREADY, EBUSY.
 */
struct qenex_attach {
	__u32 role;
	__u32 flags;			/* 0 */
	__u64 till;
	__u64 reserved[2];
};						/* 32 */

/* ---- Accounts -------------------------------------------------------------------------------- */

#define QENEX_ACCOUNT_DEBIT_LIMITED	1	/* debits <= credits + overdraft: customer */
#define QENEX_ACCOUNT_CREDIT_LIMITED	2	/* credits <= debits + overdraft: cash in a till */
#define QENEX_ACCOUNT_FROZEN		4	/* every transfer is refused with EACCES */
#define QENEX_ACCOUNT_FLAGS		7

/*
 * An account: totals since it was opened, holds beside them. What may still be debited is
 * credits_posted + overdraft - debits_posted - debits_pending (for CREDIT_LIMITED the other
 * way round). Pending totals of the other side never count as cover.
 * offline_*: transfers with QENEX_TRANSFER_OFFLINE that draw on the account (debit it when it
 * is DEBIT_LIMITED, credit it when it is CREDIT_LIMITED) add to offline_used and offline_count,
 * at once, holds too. What a hold did not post is given back to offline_used, and a hold that
 * posted nothing to offline_count (never below 0, should a reset have come between). 0 in
 * offline_hard or offline_count_max = none allowed offline. Above offline_soft a transfer is taken
 * with result SOFT_LIMIT. transfer_max 0 = no limit, and holds for the account on either side of
 * the transfer.
 */
struct qenex_account {
	__u64 id;
	__u32 currency;
	__u32 flags;			/* QENEX_ACCOUNT_* */
	__u64 debits_posted;		/* in for ACCOUNT_CREATE: opening totals */
	__u64 credits_posted;
	__u64 debits_pending;		/* out */
	__u64 credits_pending;		/* out */
	__u64 overdraft;
	__u64 transfer_max;
	__u64 offline_soft;
	__u64 offline_hard;
	__u64 offline_used;		/* in for ACCOUNT_CREATE while LOADING, else out */
	__u32 offline_count;		/* as offline_used */
	__u32 offline_count_max;
	__u64 version;			/* out: seq of the last record that changed it */
	__u64 reserved[3];
};						/* 128 */

/*
 * Up to 64 accounts from position `first` (order of creation) at one instant: no transfer is half
 * seen. Errors: EINVAL (count 0 or above 64), EFAULT.
 */
struct qenex_list {
	__u64 array;			/* of struct qenex_account, or qenex_transfer for HOLDS */
	__u64 first;			/* ACCOUNT_LIST: position from 0; HOLDS: seq above this */
	__u32 count;			/* in: room; out: filled */
	__u32 total;			/* out: accounts, or holds */
	__u64 seq;			/* out: the instant */
};						/* 32 */

/* ---- Transfers ------------------------------------------------------------------------------- */

#define QENEX_KIND_POST		1	/* at once */
#define QENEX_KIND_RESERVE	2	/* a hold, posted or voided later; outlives its process */
#define QENEX_KIND_POST_PENDING	3	/* posts a hold: amount 0 = whole, else the rest is freed */
#define QENEX_KIND_VOID		4	/* releases a hold */

#define QENEX_TRANSFER_OFFLINE	1	/* counts against offline allowances (POST, RESERVE) */
#define QENEX_TRANSFER_ABANDON	2	/* RESERVE: released when the session that made it closes */
#define QENEX_TRANSFER_FLAGS	3

#define QENEX_TRANSFER_PENDING		1	/* state of a hold */
#define QENEX_TRANSFER_POSTED		2	/* of POST, POST_PENDING, and of a hold posted */
#define QENEX_TRANSFER_VOIDED		3	/* of VOID, and of a hold voided */
#define QENEX_TRANSFER_EXPIRED		4
#define QENEX_TRANSFER_ABANDONED	5

#define QENEX_RESULT_OK			0
#define QENEX_RESULT_REPLAYED		1	/* errno 0 */
#define QENEX_RESULT_SOFT_LIMIT		2	/* errno 0: taken, but ask a supervisor */
#define QENEX_RESULT_BAD_FIELD		10	/* EINVAL */
#define QENEX_RESULT_SAME_ACCOUNT	11	/* ELOOP */
#define QENEX_RESULT_NOT_ACTIVE		12	/* ENODATA */
#define QENEX_RESULT_GUARD_FROZEN	13	/* EHOSTDOWN */
#define QENEX_RESULT_ID_DIFFERS		14	/* EEXIST: id known with other content */
#define QENEX_RESULT_BATCH_MIXED	15	/* EEXIST: some ids of a batch known, some new */
#define QENEX_RESULT_NO_DEBIT		16	/* ENOENT */
#define QENEX_RESULT_NO_CREDIT		17	/* ENOENT */
#define QENEX_RESULT_NO_PENDING		18	/* ESRCH */
#define QENEX_RESULT_CURRENCY		19	/* EXDEV */
#define QENEX_RESULT_SETTLED		20	/* ESTALE */
#define QENEX_RESULT_EXPIRED		21	/* ETIME */
#define QENEX_RESULT_ABOVE_PENDING	22	/* ERANGE */
#define QENEX_RESULT_DEBIT_FROZEN	23	/* EACCES */
#define QENEX_RESULT_CREDIT_FROZEN	24	/* EACCES */
#define QENEX_RESULT_TRANSFER_MAX	25	/* EMSGSIZE */
#define QENEX_RESULT_INSUFFICIENT	26	/* EDQUOT: account debited does not cover it */
#define QENEX_RESULT_INSUFFICIENT_CREDIT 27 /* EDQUOT: of a CREDIT_LIMITED account */
#define QENEX_RESULT_OFFLINE_AMOUNT	28	/* ENETDOWN */
#define QENEX_RESULT_OFFLINE_COUNT	29	/* ENETDOWN */
#define QENEX_RESULT_OVERFLOW_DEBIT	30	/* EOVERFLOW */
#define QENEX_RESULT_OVERFLOW_CREDIT	31	/* EOVERFLOW */
#define QENEX_RESULT_TRANSFERS_FULL	32	/* ENOSPC */
#define QENEX_RESULT_HOLDS_FULL		33	/* ENOSPC */
#define QENEX_RESULT_NOT_PERMITTED	34	/* EPERM */

/* A hold may expire at most this far ahead. */
#define QENEX_EXPIRY_MAX_NS (24ULL * 3600 * 1000000000)
#define QENEX_BATCH_MAX 16
#define QENEX_LIST_MAX 64

/*
 * One transfer. POST and RESERVE: debit, credit, amount, currency given, pending_id zero.
 * POST_PENDING and VOID: pending_id given; debit, credit, currency and expires_boot_ns 0;
 * amount 0 for VOID. Same content, for a replay: every input field but none of the out fields.
 * QENEX_LOOKUP: id in, everything else 0 in and out. It gives the transfer as it was sent
 * (debit, credit, amount, currency of POST_PENDING and VOID filled from the hold), its state and
 * its receipt; result OK. Errors there: EINVAL, ENODATA (EMPTY), ESRCH.
 */
struct qenex_transfer {
	__u8 id[16];
	__u8 pending_id[16];
	__u64 debit;
	__u64 credit;
	__u64 amount;
	__u32 currency;
	__u32 code;			/* caller's own, not looked at */
	__u32 kind;			/* QENEX_KIND_* */
	__u32 flags;			/* QENEX_TRANSFER_OFFLINE, _ABANDON */
	__u64 expires_boot_ns;		/* RESERVE: CLOCK_BOOTTIME, absolute; 0 = never */
	__u8 meta[32];			/* SHA-256 of the business this stands for, or zero */
	__u32 result;			/* out: QENEX_RESULT_* */
	__u32 state;			/* out: QENEX_TRANSFER_PENDING.. */
	__u64 seq;			/* out: its record */
	__u64 boot_ns;			/* out: when, CLOCK_BOOTTIME */
	__u64 real_ns;			/* out: when, CLOCK_REALTIME */
	__u8 digest[32];		/* out: of its record */
	__u64 reserved[2];
};						/* 192 */

/*
 * 1..16 transfers, all or none, as one step nobody sees the half of. Each leg's out fields are
 * filled. A batch sent again (every id known, same content) is REPLAYED. Errors as TRANSFER; `leg`
 * is the index of the leg refused, `result` its reason; EINVAL for count.
 */
struct qenex_batch {
	__u64 array;			/* of struct qenex_transfer */
	__u32 count;
	__u32 flags;			/* 0 */
	__u32 leg;			/* out: leg refused, 0 otherwise */
	__u32 result;			/* out */
	__u64 reserved;
};						/* 32 */

/* ---- Load, limits, seal, freeze -------------------------------------------------------------- */

/*
 * Starts an epoch from the ledger: EMPTY -> LOADING. Then ACCOUNT_CREATE for each account, then
 * LOAD_COMMIT, all in one session; when it closes before the commit the guard is EMPTY again.
 * Errors: EPERM, EINVAL, EISCONN (not EMPTY).
 */
struct qenex_load_begin {
	__u8 device[16];		/* who this station is */
	__u64 previous_seq;		/* last epoch's head, 0 when unknown */
	__u8 previous_digest[32];
	__u64 reserved;
};						/* 64 */

/*
 * LOADING -> ACTIVE, and sets the anchor to the ledger's head. Errors: EPERM (other session),
 * EINVAL, ENODATA (not LOADING), EBADMSG (accounts differs from the number created).
 */
struct qenex_load_commit {
	__u32 accounts;			/* how many were created */
	__u32 pad;
	__u64 counter;			/* seq of the ledger's last event (0 = empty log) */
	__u8 value[32];			/* its hash */
	__u64 reserved;
};						/* 56 */

/*
 * New limits of an account; flags replace its flags. After SEAL_LIMITS everyone only tightens
 * (EROFS after ENOENT): less overdraft, lower maxima, limited or frozen where it was not. Errors:
 * EPERM, EINVAL, EHOSTDOWN, ENODATA, ENOENT, EROFS.
 */
struct qenex_limits {
	__u64 id;
	__u32 flags;
	__u32 offline_count_max;
	__u64 overdraft;
	__u64 transfer_max;
	__u64 offline_soft;
	__u64 offline_hard;
	__u64 reserved[2];
};						/* 64 */

/*
 * Sets an account's offline_used and offline_count to 0 after head office has settled. With a
 * key: token = HMAC-SHA-256(SHA-256("QBO0" || key_0), "QBO1" || epoch || id || version) with the
 * account's present version and the key as it was set (EKEYREJECTED). Without a key: zero token,
 * and after SEAL_LIMITS CAP_SYS_ADMIN. Errors: EPERM, EINVAL, EHOSTDOWN, ENODATA, ENOENT.
 */
struct qenex_offline_reset {
	__u64 id;
	__u8 token[32];
	__u64 reserved;
};						/* 48 */

/* Key of this epoch's quotes; ADMIN, once, while EMPTY. Never readable again. EALREADY when set. */
struct qenex_key {
	__u8 key[32];
	__u64 reserved;
};						/* 40 */

/* Sets QENEX_SEAL_* bits; none is ever taken back. Errors: EPERM, EINVAL, ENODATA, EHOSTDOWN. */
struct qenex_seal {
	__u32 seals;
	__u32 pad;
};						/* 8 */

/* FREEZE: any who may change. THAW: ADMIN, not after SEAL_RESET (EROFS). reason: SHA-256 of why. */
struct qenex_freeze {
	__u8 reason[32];
	__u64 reserved;
};						/* 40 */

/* ---- Anchor ---------------------------------------------------------------------------------- */

/*
 * Extends the register by the ledger's head: counter is the seq of the last event of the commit,
 * value its hash, previous the counter before (compare and extend; several events at once are one
 * extension).
 *   register_0 = SHA-256("QBA0" || epoch || device || counter || value)    (LOAD_COMMIT)
 *   register'  = SHA-256("QBA1" || register || counter || value)           (numbers little-endian)
 * The same counter and value again is taken and changes nothing (a lost answer). Errors: EPERM,
 * EINVAL, EHOSTDOWN, ENODATA, EILSEQ (previous is not the counter, or counter does not grow; the
 * present counter and value come back in the struct).
 */
struct qenex_anchor {
	__u64 previous;
	__u64 counter;
	__u8 value[32];
	__u8 reg[32];			/* out */
	__u64 reserved;
};						/* 88 */

/*
 * Says where the register stands. digest = SHA-256("QBQ1" || bytes 0..183 of this struct);
 * mac = HMAC-SHA-256(key_k, digest) with key_(k+1) = SHA-256("QBK1" || key_k), the key of a quote
 * being destroyed with it (key_index tells k); zero without a key. Any role. Errors: EPERM,
 * EINVAL, ENODATA (EMPTY, LOADING). FROZEN answers too.
 */
struct qenex_quote {
	__u8 nonce[32];			/* in */
	__u64 counter;			/* out */
	__u8 value[32];			/* out */
	__u8 reg[32];			/* out */
	__u8 epoch[16];			/* out: boot id of the guard */
	__u64 seq;			/* out: last record of the transfer chain */
	__u8 chain[32];			/* out: its digest */
	__u64 boot_ns;			/* out */
	__u64 key_index;		/* out */
	__u32 seals;			/* out */
	__u32 state;			/* out */
	__u8 digest[32];		/* out, @184 */
	__u8 mac[32];			/* out, @216 */
	__u64 reserved;
};						/* 256 */

/*
 * "The ledger is durable up to record seq, whose digest is this": settled transfers up to seq may
 * be forgotten when room is wanted (their ids are no longer known then; a hold is never forgotten).
 * seq 1..info.seq, not less than the last one. The digest is checked while the record is still in
 * the ring; EBADMSG freezes the guard. Errors: EPERM, EINVAL, EHOSTDOWN, ENODATA, ERANGE (seq
 * ahead, or below the last one), ETIME (record no longer in the ring), EBADMSG.
 */
struct qenex_checkpoint {
	__u64 seq;
	__u8 digest[32];
	__u64 reserved;
};						/* 48 */

/* ---- Statistics and events ------------------------------------------------------------------- */

/*
 * Counted since the module was loaded. latency[i]: TRANSFER and BATCH calls that took
 * 2^i..2^(i+1)-1 ns inside the kernel (one in eight is measured).
 */
struct qenex_statistics {
	__u64 posted;
	__u64 reserved_holds;
	__u64 posted_holds;
	__u64 voided;
	__u64 expired;
	__u64 abandoned;
	__u64 replayed;
	__u64 refused;
	__u64 soft_limits;
	__u64 anchored;
	__u64 quotes;
	__u64 overruns;			/* readers that lost records */
	__u64 reserved[4];
	__u64 latency[32];
};						/* 384 */

#define QENEX_RECORD_GENESIS	1	/* amount = accounts, debit = log's seq, meta = its hash */
#define QENEX_RECORD_ACCOUNT	2	/* meta = SHA-256 of the 128 bytes of the account */
#define QENEX_RECORD_LIMITS	3	/* as ACCOUNT, after the change */
#define QENEX_RECORD_POST	4
#define QENEX_RECORD_RESERVE	5
#define QENEX_RECORD_POST_PENDING 6	/* amount = what was posted */
#define QENEX_RECORD_VOID	7
#define QENEX_RECORD_EXPIRE	8
#define QENEX_RECORD_ABANDON	9
#define QENEX_RECORD_CHECKPOINT	10	/* amount = seq, meta = digest */
#define QENEX_RECORD_OFFLINE_RESET 11
#define QENEX_RECORD_SEAL	12	/* amount = seals after it */
#define QENEX_RECORD_FREEZE	13	/* meta = reason */
#define QENEX_RECORD_THAW	14

#define QENEX_RECORD_OFFLINE	1	/* flags: as the transfer's */
#define QENEX_RECORD_SOFT_LIMIT	4
#define QENEX_RECORD_CLOCK_BACK	8	/* CLOCK_REALTIME is behind the record before by over 2 s */
#define QENEX_RECORD_KEYED	16

/*
 * What read(2) gives: whole records only, in order, from the oldest on; a buffer smaller than
 * one record is EINVAL. A reader that was overtaken gets EPIPE once, then goes on at the oldest
 * record. poll(2): EPOLLIN when there is a record this descriptor has not read.
 */
struct qenex_record {
	__u64 seq;
	__u64 boot_ns;
	__u64 real_ns;
	__u8 id[16];
	__u8 pending_id[16];
	__u64 debit;			/* the account for ACCOUNT, LIMITS, OFFLINE_RESET */
	__u64 credit;
	__u64 amount;
	__u32 currency;
	__u32 code;
	__u32 kind;			/* QENEX_RECORD_* */
	__u32 uid;			/* of the caller, in the initial namespace */
	__u64 till;
	__u8 meta[32];
	__u32 flags;
	__u32 pad;
	__u8 digest[32];		/* @144 */
};						/* 176 */

/* ---- Numbers --------------------------------------------------------------------------------- */

#define QENEX_CREATE_ACCOUNT	_IOWR(QENEX_IOC_MAGIC, 1, struct qenex_account_request)
#define QENEX_GET_BALANCE	_IOWR(QENEX_IOC_MAGIC, 2, struct qenex_balance_request)
#define QENEX_TRANSFER		_IOWR(QENEX_IOC_MAGIC, 3, struct qenex_transfer_request)
#define QENEX_GET_TRANSACTION	_IOWR(QENEX_IOC_MAGIC, 4, struct qenex_transaction_request)

#define QENEX_INFO		_IOWR(QENEX_IOC_MAGIC, 16, struct qenex_info)
#define QENEX_ATTACH		_IOW(QENEX_IOC_MAGIC, 17, struct qenex_attach)
#define QENEX_ACCOUNT_CREATE	_IOW(QENEX_IOC_MAGIC, 18, struct qenex_account)
#define QENEX_ACCOUNT_GET	_IOWR(QENEX_IOC_MAGIC, 19, struct qenex_account) /* id in, rest 0 */
#define QENEX_ACCOUNT_LIST	_IOWR(QENEX_IOC_MAGIC, 20, struct qenex_list)
#define QENEX_POST_TRANSFER	_IOWR(QENEX_IOC_MAGIC, 21, struct qenex_transfer) /* every kind */
#define QENEX_BATCH		_IOWR(QENEX_IOC_MAGIC, 22, struct qenex_batch)
#define QENEX_LOOKUP		_IOWR(QENEX_IOC_MAGIC, 23, struct qenex_transfer)
#define QENEX_HOLDS		_IOWR(QENEX_IOC_MAGIC, 24, struct qenex_list)
#define QENEX_CHECKPOINT	_IOW(QENEX_IOC_MAGIC, 25, struct qenex_checkpoint)
#define QENEX_LOAD_BEGIN	_IOW(QENEX_IOC_MAGIC, 26, struct qenex_load_begin)
#define QENEX_LOAD_COMMIT	_IOW(QENEX_IOC_MAGIC, 27, struct qenex_load_commit)
#define QENEX_LIMITS		_IOW(QENEX_IOC_MAGIC, 28, struct qenex_limits)
#define QENEX_OFFLINE_RESET	_IOW(QENEX_IOC_MAGIC, 29, struct qenex_offline_reset)
#define QENEX_KEY_SET		_IOW(QENEX_IOC_MAGIC, 30, struct qenex_key)
#define QENEX_SEAL		_IOW(QENEX_IOC_MAGIC, 31, struct qenex_seal)
#define QENEX_FREEZE		_IOW(QENEX_IOC_MAGIC, 32, struct qenex_freeze)
#define QENEX_THAW		_IOW(QENEX_IOC_MAGIC, 33, struct qenex_freeze)
#define QENEX_RESET		_IO(QENEX_IOC_MAGIC, 34)	/* ADMIN; EROFS after SEAL_RESET */
#define QENEX_ANCHOR_EXTEND	_IOWR(QENEX_IOC_MAGIC, 35, struct qenex_anchor)
#define QENEX_ANCHOR_QUOTE	_IOWR(QENEX_IOC_MAGIC, 36, struct qenex_quote)
#define QENEX_STATISTICS	_IOWR(QENEX_IOC_MAGIC, 37, struct qenex_statistics)

#endif /* _UAPI_QENEX_BANKING_H */
