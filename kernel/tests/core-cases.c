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

/* After SEAL_ATTACHED a session that said nothing of itself changes nothing. */
static void strangers(void)
{
	struct qenex_account one = { .id = 1, .currency = 978 };
	struct qenex_seal seal = { .seals = QENEX_SEAL_ATTACHED };
	struct qenex_caller stranger = caller;
	struct qenex_account_request named = { .currency = 978 };
	struct qenex_transfer_request move = { .amount = 1, .currency = 978 };
	struct qenex_limits limits = { .id = 1 };
	struct qenex_offline_reset reset = { .id = 1 };
	struct qenex_load_begin load = { .device = { 1 } };
	struct qenex_load_commit commit = { .accounts = 1 };
	struct qenex_freeze freeze = { .reason = { 1 } };
	struct qenex_checkpoint checkpoint = { .seq = 1 };
	struct qenex_anchor anchor = { .counter = 1 };

	begin();
	IS(0, qenex_account_create(&core, &caller, &one));
	IS(0, qenex_seal(&core, &caller, &seal));
	stranger.session = (u32)qenex_open(&core);
	stranger.admin = false;
	one.id = 2;
	IS(-EPERM, qenex_account_create(&core, &stranger, &one));
	IS(-EPERM, qenex_create_named(&core, &stranger, &named));
	IS(-EPERM, qenex_transfer_named(&core, &stranger, &move));
	IS(-EPERM, qenex_limits(&core, &stranger, &limits));
	IS(-EPERM, qenex_offline_reset(&core, &stranger, &reset));
	IS(-EPERM, qenex_load_begin(&core, &stranger, &load));
	IS(-EPERM, qenex_load_commit(&core, &stranger, &commit));
	IS(-EPERM, qenex_seal(&core, &stranger, &seal));
	IS(-EPERM, qenex_freeze(&core, &stranger, &freeze, false));
	IS(-EPERM, qenex_checkpoint(&core, &stranger, &checkpoint));
	IS(-EPERM, qenex_anchor_extend(&core, &stranger, &anchor));
	IS(2, core.seq);
}

/* Each field that must not be so, alone; and a load that belongs to another session. */
static void malformed(void)
{
	struct qenex_account good = { .id = 1, .currency = 978 }, bad;
	struct qenex_anchor anchor = { .counter = 1, .reserved = 1 };
	struct qenex_quote quote = { 0 };
	struct qenex_info info = { .abi = 1 };
	struct qenex_load_begin load = { .device = { 1 } };
	struct qenex_load_commit commit = { .counter = 1 };
	struct qenex_caller other = caller;

	begin();
	IS(-EINVAL, qenex_info(&core, &caller, &info));
	IS(-ENODATA, qenex_anchor_quote(&core, &caller, &quote));
	IS(-EINVAL, (bad = good, bad.id = 0, qenex_account_create(&core, &caller, &bad)));
	IS(-EINVAL, (bad = good, bad.currency = 1000, qenex_account_create(&core, &caller, &bad)));
	IS(-EINVAL, (bad = good, bad.flags = 8, qenex_account_create(&core, &caller, &bad)));
	IS(-EINVAL, (bad = good, bad.version = 1, qenex_account_create(&core, &caller, &bad)));
	IS(-EINVAL, (bad = good, bad.offline_used = 1, qenex_account_create(&core, &caller, &bad)));
	IS(-EINVAL, (bad = good, bad.offline_soft = QENEX_AMOUNT_MAX + 1ULL,
		     qenex_account_create(&core, &caller, &bad)));
	IS(-EINVAL, (bad = good, bad.reserved[2] = 1, qenex_account_create(&core, &caller, &bad)));
	IS(0, qenex_load_begin(&core, &caller, &load));
	other.session = (u32)qenex_open(&core);
	IS(-EPERM, qenex_load_commit(&core, &other, &commit));
	IS(-EPERM, qenex_account_create(&core, &other, &good));
	IS(0, qenex_load_commit(&core, &caller, &commit));
	IS(-EINVAL, qenex_anchor_extend(&core, &caller, &anchor));
	quote.counter = 1;
	IS(-EINVAL, qenex_anchor_quote(&core, &caller, &quote));
}

/* What a record says beside the change: a clock that was put back, and whose till it was. */
static void records(void)
{
	struct qenex_account one = { .id = 1, .currency = 978 };
	struct qenex_attach teller = { .role = QENEX_ROLE_TELLER, .till = 3 };
	struct qenex_caller late = caller;

	begin();
	late.session = (u32)qenex_open(&core);
	IS(0, qenex_attach(&core, &late, &teller));
	late.real_ns += 3600ULL * 1000000000;
	IS(0, qenex_account_create(&core, &late, &one));
	IS(3, core.memory.ring[1].till);
	IS(0, core.memory.ring[1].flags & QENEX_RECORD_CLOCK_BACK);
	one.id = 2;
	late.real_ns -= 3600ULL * 1000000000;
	IS(0, qenex_account_create(&core, &late, &one));
	IS(QENEX_RECORD_CLOCK_BACK, core.memory.ring[2].flags & QENEX_RECORD_CLOCK_BACK);
}

/* A table that is full takes in nothing more, and still lets a hold end. */
static void full_tables(void)
{
	struct qenex_account one = { .currency = 978 };
	struct qenex_transfer leg = { .debit = 1, .credit = 2, .amount = 1, .currency = 978 };
	struct qenex_transfer held, settling = { .kind = QENEX_KIND_VOID };
	u32 which;
	int error = 0;

	begin();
	for (one.id = 1; one.id <= 2; one.id++)
		IS(0, qenex_account_create(&core, &caller, &one));
	leg.kind = QENEX_KIND_RESERVE;
	leg.id[0] = 200;
	held = leg;
	IS(0, qenex_transfer_batch(&core, &caller, &held, 1, &which));
	leg.kind = QENEX_KIND_POST;
	for (leg.id[0] = 1; !error && leg.id[0] < 100; leg.id[0]++) {
		struct qenex_transfer sent = leg;

		error = qenex_transfer_batch(&core, &caller, &sent, 1, &which);
	}
	IS(-ENOSPC, error);
	memcpy(settling.pending_id, held.id, 16);
	settling.id[0] = 201;
	IS(0, qenex_transfer_batch(&core, &caller, &settling, 1, &which));
	IS(0, core.holds);
}

int main(void)
{
	named_calls();
	key_and_token();
	load_and_seals();
	checkpoints();
	strangers();
	malformed();
	records();
	full_tables();
	printf("%sok core cases\n", failed ? "not " : "");
	return failed;
}
