// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The rare ways through the core, each asked for by name in user space: the predecessor's calls, a
 * key's life, what is refused while empty, loading, sealed or frozen.
 */
#include <stdio.h>
#include <stdlib.h>
#include "../core/core.h"

static struct qenex_core core;
static struct qenex_caller caller = { .boot_ns = 1000, .real_ns = 5000, .admin = true };
static int failed;

#define IS(wanted, got) is(#got, wanted, got)

static void is(const char *what, long wanted, long got)
{
	if (wanted == got)
		return;
	printf("not ok core case: %s gave %ld, not %ld\n", what, got, wanted);
	failed = 1;
}

/* An empty guard with one session, of an admin. */
static void begin(void)
{
	static struct qenex_memory tables;
	struct qenex_attach admin = { .role = QENEX_ROLE_ADMIN };
	u8 epoch[16] = { 1 };

	if (!tables.slots)
		tables = (struct qenex_memory) {
			.slots = calloc(16, sizeof(struct qenex_slot)),
			.entries = calloc(64, sizeof(struct qenex_entry)),
			.ring = calloc(16, sizeof(struct qenex_record)),
			.slot_heads = calloc(16, sizeof(u32)),
			.entry_heads = calloc(64, sizeof(u32)),
			.accounts_max = 16, .transfers_max = 64, .ring_max = 16,
			.slot_heads_count = 16, .entry_heads_count = 64,
		};
	qenex_init(&core, &tables, epoch);
	caller.session = (u32)qenex_open(&core);
	IS(0, qenex_attach(&core, &caller, &admin));
	IS(-EALREADY, qenex_attach(&core, &caller, &admin));
}

static void named_calls(void)
{
	struct qenex_account_request open = { .initial_balance = 100, .currency = 978 };
	struct qenex_transfer_request move = { .amount = 60, .currency = 978 };
	struct qenex_balance_request balance = { 0 };
	struct qenex_transaction_request status = { 0 };

	begin();
	IS(0, qenex_create_named(&core, &caller, &open));
	move.from_account = open.account_number;
	IS(0, qenex_create_named(&core, &caller, &open));
	move.to_account = open.account_number;
	IS(1, move.to_account - move.from_account);
	open.initial_balance = -1;
	IS(-EINVAL, qenex_create_named(&core, &caller, &open));
	open.initial_balance = 1;
	open.account_type = 2;
	IS(-EINVAL, qenex_create_named(&core, &caller, &open));
	IS(0, qenex_transfer_named(&core, &caller, &move));
	status.transaction_id = move.transaction_id;
	IS(0, qenex_status_named(&core, &status));
	IS(QENEX_STATUS_COMPLETED, status.status);
	IS(-EDQUOT, qenex_transfer_named(&core, &caller, &move));
	move.amount = 0;
	IS(-EINVAL, qenex_transfer_named(&core, &caller, &move));
	balance.account_number = move.to_account;
	IS(0, qenex_balance_named(&core, &balance));
	IS(160, balance.balance);
	balance.account_number = 5;
	IS(-ENOENT, qenex_balance_named(&core, &balance));
	status.transaction_id = 99;
	IS(-ESRCH, qenex_status_named(&core, &status));
	status.transaction_id = 0;
	IS(-EINVAL, qenex_status_named(&core, &status));
}

static void key_and_token(void)
{
	struct qenex_key key = { .key = { 7 } }, none = { 0 };
	struct qenex_account one = { .id = 1, .currency = 978 };
	struct qenex_quote quote = { .nonce = { 1 } };
	struct qenex_offline_reset reset = { .id = 1, .token = { 1 } };
	struct qenex_account_request open = { .currency = 978 };

	begin();
	IS(-EINVAL, qenex_key_set(&core, &caller, &none));
	IS(0, qenex_key_set(&core, &caller, &key));
	IS(-EALREADY, qenex_key_set(&core, &caller, &key));
	IS(0, qenex_account_create(&core, &caller, &one));
	IS(-EEXIST, qenex_account_create(&core, &caller, &one));
	IS(0, qenex_anchor_quote(&core, &caller, &quote));
	IS(0, qenex_is_zero(quote.mac, 32));
	IS(0, !memcmp(core.key, key.key, 32));
	IS(-EKEYREJECTED, qenex_offline_reset(&core, &caller, &reset));
	reset.id = 2;
	IS(-ENOENT, qenex_offline_reset(&core, &caller, &reset));
	begin();
	IS(0, qenex_create_named(&core, &caller, &open));
	IS(-EISCONN, qenex_key_set(&core, &caller, &key));
	caller.admin = false;
	IS(-EPERM, qenex_key_set(&core, &caller, &key));
	caller.admin = true;
}

static void load_and_seals(void)
{
	struct qenex_load_begin load = { .device = { 1 }, .reserved = 1 };
	struct qenex_load_commit commit = { .accounts = 2, .counter = 1, .value = { 1 } };
	struct qenex_account one = { .id = 1, .currency = 978 };
	struct qenex_account_request named = { .currency = 978 };
	struct qenex_seal seal = { .seals = 64 };
	struct qenex_freeze freeze = { .reserved = 1 };
	struct qenex_limits limits = { .id = 1 };
	u8 epoch[16] = { 2 };

	begin();
	IS(-ENODATA, qenex_limits(&core, &caller, &limits));
	IS(-EINVAL, qenex_load_begin(&core, &caller, &load));
	load.reserved = 0;
	IS(-ENODATA, qenex_load_commit(&core, &caller, &commit));
	IS(0, qenex_load_begin(&core, &caller, &load));
	IS(-EISCONN, qenex_load_begin(&core, &caller, &load));
	IS(0, qenex_account_create(&core, &caller, &one));
	IS(-ENODATA, qenex_create_named(&core, &caller, &named));
	IS(-EBADMSG, qenex_load_commit(&core, &caller, &commit));
	commit.pad = 1;
	IS(-EINVAL, qenex_load_commit(&core, &caller, &commit));
	commit.pad = 0;
	commit.accounts = 1;
	IS(0, qenex_load_commit(&core, &caller, &commit));
	IS(-EINVAL, qenex_seal(&core, &caller, &seal));
	seal.seals = QENEX_SEAL_ACCOUNTS | QENEX_SEAL_RESET;
	IS(0, qenex_seal(&core, &caller, &seal));
	one.id = 2;
	IS(-EROFS, qenex_account_create(&core, &caller, &one));
	IS(-EROFS, qenex_reset(&core, &caller, epoch));
	IS(-EINVAL, qenex_freeze(&core, &caller, &freeze, false));
	freeze.reserved = 0;
	IS(0, qenex_freeze(&core, &caller, &freeze, false));
	IS(-EROFS, qenex_freeze(&core, &caller, &freeze, true));
	IS(-EHOSTDOWN, qenex_account_create(&core, &caller, &one));
	IS(-EHOSTDOWN, qenex_seal(&core, &caller, &seal));
	IS(-EHOSTDOWN, qenex_load_begin(&core, &caller, &load));
	IS(-EHOSTDOWN, qenex_load_commit(&core, &caller, &commit));
	caller.admin = false;
	IS(-EPERM, qenex_reset(&core, &caller, epoch));
	caller.admin = true;
}

static void checkpoints(void)
{
	struct qenex_account one = { .currency = 978 };
	struct qenex_checkpoint at = { .seq = 1, .reserved = 1 };

	begin();
	for (one.id = 1; one.id <= 16; one.id++)
		IS(0, qenex_account_create(&core, &caller, &one));
	IS(-ENOSPC, qenex_account_create(&core, &caller, &one));
	IS(-EINVAL, qenex_checkpoint(&core, &caller, &at));
	at.reserved = 0;
	at.seq = core.seq + 1;
	IS(-ERANGE, qenex_checkpoint(&core, &caller, &at));
	at.seq = core.seq;
	memcpy(at.digest, core.digest, 32);
	IS(0, qenex_checkpoint(&core, &caller, &at));
	IS(-ERANGE, (at.seq = 1, qenex_checkpoint(&core, &caller, &at)));
}

int main(void)
{
	named_calls();
	key_and_token();
	load_and_seals();
	checkpoints();
	printf("%sok core cases\n", failed ? "not " : "");
	return failed;
}
