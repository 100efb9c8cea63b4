/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The guard's rules as plain C over memory given once, so that the same lines run in the module
 * and, under sanitizers and a fuzzer, in user space.
 *
 * Nothing here allocates, sleeps, copies from user space or reads a clock: the host (module or
 * test) hands in struct qenex_caller and holds one lock around each call. The host also stands
 * between a reader without the lock and a writer (module: a seqcount).
 */
#ifndef QENEX_CORE_H
#define QENEX_CORE_H

#ifdef __KERNEL__
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>
#include <asm/barrier.h>
#include <crypto/sha2.h>
#else
#include "user.h"
#endif
#include "../include/uapi/qenex_banking.h"

#define QENEX_NONE 0xffffffffu		/* no slot */
#define QENEX_AMOUNT_MAX ((u64)S64_MAX)
#define QENEX_SESSIONS_MAX 64
#define QENEX_HOLDS_MAX 4096
#define QENEX_FIRST_ACCOUNT 1000000001ULL
#define QENEX_FIRST_TRANSACTION 2ULL

/* Who calls, and when; made by the host before it takes the lock. */
struct qenex_caller {
	u64 boot_ns;
	u64 real_ns;
	u32 session;			/* slot qenex_open() gave */
	u32 uid;
	bool admin;			/* has CAP_SYS_ADMIN */
};

struct qenex_session {
	u64 till;
	u32 role;
	u32 abandonable;		/* holds to be released when it closes */
	bool used;
	bool attached;
	bool loading;			/* began the load that is under way */
};

struct qenex_slot {			/* an account */
	struct qenex_account account;
	u32 hash_next;
	u32 pad;
};

struct qenex_entry {			/* a transfer that is remembered */
	struct qenex_transfer transfer;
	u64 amount_sent;		/* amount as it was sent (0 = whole, for POST_PENDING) */
	u64 settled_seq;		/* record after which it can be forgotten */
	u32 hash_next;
	u32 previous;			/* neighbours in the list of holds or of settled ones */
	u32 next;
	u32 debit;			/* account slots */
	u32 credit;
	u32 session;			/* its owner, for QENEX_TRANSFER_ABANDON */
	bool debit_offline;		/* counted against that account's offline allowance */
	bool credit_offline;
};

struct qenex_chain {			/* one link's bytes as they are hashed: tag to byte 143 */
	u32 pad;
	u8 tag[4];
	u8 previous[32];
	struct qenex_record record;
};

struct qenex_undo {			/* what one leg changed, until the whole batch stands */
	struct qenex_account debit;
	struct qenex_account credit;
	u32 entry;
	u32 pending;
};

/* Tables and their sizes, given by the host; sizes are fixed, hash sizes powers of two. */
struct qenex_memory {
	struct qenex_slot *slots;
	struct qenex_entry *entries;
	struct qenex_record *ring;
	u32 *slot_heads;
	u32 *entry_heads;
	u32 accounts_max;
	u32 transfers_max;
	u32 ring_max;
	u32 slot_heads_count;
	u32 entry_heads_count;
};

struct qenex_core {
	struct qenex_memory memory;
	u32 state;
	u32 seals;
	u32 accounts;
	u32 transfers;
	u32 holds;
	u32 sessions_used;
	u32 free_entry;			/* list of free entries by next */
	u32 holds_first, holds_last;
	u32 settled_first, settled_last;
	u64 generation;			/* counts beginnings, so that readers start over */
	u64 seq;
	u64 acked_seq;
	u64 last_real_ns;
	u64 next_expiry_ns;		/* no hold expires before this */
	u64 next_account;
	u64 next_transaction;
	u8 epoch[16];
	u8 device[16];
	u8 digest[32];			/* of record seq */
	struct qenex_chain chain;
	/* anchor */
	u64 counter;
	u8 value[32];
	u8 reg[32];
	/* key */
	bool keyed;
	u64 key_index;
	u8 key[32];
	u8 token_key[32];
	struct qenex_statistics statistics;
	struct qenex_session sessions[QENEX_SESSIONS_MAX];
	struct qenex_undo undo[QENEX_BATCH_MAX];
};

/* table.c: slots, entries, lists */
u32 qenex_find_account(const struct qenex_core *core, u64 id);
u32 qenex_find_entry(const struct qenex_core *core, const u8 id[16]);
void qenex_add_slot(struct qenex_core *core, const struct qenex_account *account);
bool qenex_make_room(struct qenex_core *core, u32 wanted);
u32 qenex_take_entry(struct qenex_core *core, const struct qenex_transfer *transfer);
void qenex_give_entry_back(struct qenex_core *core, u32 index);
void qenex_list_append(struct qenex_core *core, u32 index, bool hold);
void qenex_list_remove(struct qenex_core *core, u32 index, bool hold);
void qenex_clear_tables(struct qenex_core *core);

/* chain.c: records, keys, anchor, quote, checkpoint */
u64 qenex_append(struct qenex_core *core, const struct qenex_caller *caller);
struct qenex_record *qenex_draft(struct qenex_core *core, u32 kind);
void qenex_account_record(struct qenex_core *core, const struct qenex_caller *caller, u32 slot,
			  u32 kind);
void qenex_genesis(struct qenex_core *core, u64 previous_seq, const u8 previous[32]);
void qenex_anchor_begin(struct qenex_core *core, u64 counter, const u8 value[32]);
bool qenex_token_fits(const struct qenex_core *core, const struct qenex_account *account,
		      const u8 token[32]);
int qenex_anchor_extend(struct qenex_core *core, const struct qenex_caller *caller,
			struct qenex_anchor *anchor);
int qenex_anchor_quote(struct qenex_core *core, const struct qenex_caller *caller,
		       struct qenex_quote *quote);
int qenex_checkpoint(struct qenex_core *core, const struct qenex_caller *caller,
		     const struct qenex_checkpoint *checkpoint);
int qenex_key_set(struct qenex_core *core, const struct qenex_caller *caller,
		  const struct qenex_key *key);

/* guard.c: life of the guard and of its sessions */
void qenex_init(struct qenex_core *core, const struct qenex_memory *memory, const u8 epoch[16]);
int qenex_open(struct qenex_core *core);
void qenex_close(struct qenex_core *core, const struct qenex_caller *caller);
int qenex_may_change(const struct qenex_core *core, const struct qenex_caller *caller);
int qenex_wants_active(const struct qenex_core *core);
bool qenex_is_zero(const void *bytes, size_t count);
int qenex_attach(struct qenex_core *core, const struct qenex_caller *caller,
		 const struct qenex_attach *attach);
int qenex_load_begin(struct qenex_core *core, const struct qenex_caller *caller,
		     const struct qenex_load_begin *load);
int qenex_load_commit(struct qenex_core *core, const struct qenex_caller *caller,
		      const struct qenex_load_commit *load);
int qenex_seal(struct qenex_core *core, const struct qenex_caller *caller,
	       const struct qenex_seal *seal);
int qenex_freeze(struct qenex_core *core, const struct qenex_caller *caller,
		 const struct qenex_freeze *freeze, bool thaw);
int qenex_reset(struct qenex_core *core, const struct qenex_caller *caller, const u8 epoch[16]);
int qenex_info(const struct qenex_core *core, const struct qenex_caller *caller,
	       struct qenex_info *info);

/* account.c */
int qenex_account_create(struct qenex_core *core, const struct qenex_caller *caller,
			 const struct qenex_account *account);
int qenex_account_get(const struct qenex_core *core, struct qenex_account *account);
u32 qenex_account_list(const struct qenex_core *core, u64 first, u32 count,
		       struct qenex_account *out);
int qenex_limits(struct qenex_core *core, const struct qenex_caller *caller,
		 const struct qenex_limits *limits);
int qenex_offline_reset(struct qenex_core *core, const struct qenex_caller *caller,
			const struct qenex_offline_reset *reset);

/* transfer.c */
int qenex_transfer_batch(struct qenex_core *core, const struct qenex_caller *caller,
			 struct qenex_transfer *legs, u32 count, u32 *leg);

/* settle.c: holds that end otherwise, what is asked about transfers, the predecessor's calls */
void qenex_expire(struct qenex_core *core, const struct qenex_caller *caller);
bool qenex_abandon_one(struct qenex_core *core, const struct qenex_caller *caller);
void qenex_release_hold(struct qenex_core *core, u32 index, u64 posted);
int qenex_lookup(const struct qenex_core *core, struct qenex_transfer *transfer);
u32 qenex_holds(const struct qenex_core *core, u64 after, u32 count, struct qenex_transfer *out);
int qenex_create_named(struct qenex_core *core, const struct qenex_caller *caller,
		       struct qenex_account_request *request);
int qenex_transfer_named(struct qenex_core *core, const struct qenex_caller *caller,
			 struct qenex_transfer_request *request);
int qenex_balance_named(const struct qenex_core *core, struct qenex_balance_request *request);
int qenex_status_named(const struct qenex_core *core, struct qenex_transaction_request *request);

#endif /* QENEX_CORE_H */
