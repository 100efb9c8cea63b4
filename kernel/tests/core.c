// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The core in user space under sanitizers: random histories with a clock of their own, every
 * invariant after each step, and the promise that a refusal changes nothing checked byte for byte.
 *
 *   core HISTORIES STEPS SEED
 */
#include <stdio.h>
#include <stdlib.h>
#include "../core/core.h"

#define ACCOUNTS 12
#define TRANSFERS 48
#define RING 32

static struct qenex_core core;
static uint64_t state;
static u64 refusals[64];

static uint64_t chance(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state * 0x2545f4914f6cdd1dULL;
}

static void fail(const char *what)
{
	printf("not ok core: %s (record %llu)\n", what, (unsigned long long)core.seq);
	exit(1);
}

#define HOLDS(condition) do { if (!(condition)) fail(#condition); } while (0)

static struct qenex_memory memory(void)
{
	struct qenex_memory memory = {
		.slots = calloc(ACCOUNTS, sizeof(struct qenex_slot)),
		.entries = calloc(TRANSFERS, sizeof(struct qenex_entry)),
		.ring = calloc(RING, sizeof(struct qenex_record)),
		.slot_heads = calloc(16, sizeof(u32)),
		.entry_heads = calloc(128, sizeof(u32)),
		.accounts_max = ACCOUNTS,
		.transfers_max = TRANSFERS,
		.ring_max = RING,
		.slot_heads_count = 16,
		.entry_heads_count = 128,
	};

	return memory;
}

/* Sums of all accounts, and what the holds say they must be. */
static void check_sums(void)
{
	unsigned __int128 posted = 0, credited = 0;
	u64 debits[ACCOUNTS] = { 0 }, credits[ACCOUNTS] = { 0 };
	u32 index, holds = 0, listed = 0, last = QENEX_NONE;

	for (index = core.holds_first; index != QENEX_NONE; index = core.memory.entries[index].next) {
		const struct qenex_entry *hold = &core.memory.entries[index];

		HOLDS(hold->transfer.state == QENEX_TRANSFER_PENDING && hold->previous == last);
		HOLDS(hold->transfer.kind == QENEX_KIND_RESERVE);
		debits[hold->debit] += hold->transfer.amount;
		credits[hold->credit] += hold->transfer.amount;
		last = index;
		holds++;
	}
	HOLDS(holds == core.holds && core.holds_last == last);
	for (index = core.settled_first, last = QENEX_NONE; index != QENEX_NONE;
	     index = core.memory.entries[index].next) {
		HOLDS(core.memory.entries[index].transfer.state != QENEX_TRANSFER_PENDING);
		HOLDS(last == QENEX_NONE || core.memory.entries[last].settled_seq <=
					    core.memory.entries[index].settled_seq);
		last = index;
		listed++;
	}
	HOLDS(listed + holds == core.transfers && core.transfers + holds <= TRANSFERS);
	for (index = 0; index < core.accounts; index++) {
		const struct qenex_account *one = &core.memory.slots[index].account;

		posted += one->debits_posted;
		credited += one->credits_posted;
		HOLDS(one->debits_pending == debits[index] && one->credits_pending == credits[index]);
		HOLDS(one->debits_posted + one->debits_pending <= QENEX_AMOUNT_MAX);
		HOLDS(one->credits_posted + one->credits_pending <= QENEX_AMOUNT_MAX);
		if ((one->flags & QENEX_ACCOUNT_DEBIT_LIMITED) && one->overdraft == 100)
			HOLDS(one->debits_posted + one->debits_pending <= one->credits_posted + 100);
	}
	HOLDS(posted == credited);
}

/* What must be the same after a refusal: everything but counters, undo space and forgotten ids. */
static void digest_of_accounts(u8 out[32])
{
	sha256((const u8 *)core.memory.slots, ACCOUNTS * sizeof(struct qenex_slot), out);
}

static const u8 *some_hold(void)
{
	u64 skip = chance() % core.holds;
	u32 index = core.holds_first;

	while (skip--)
		index = core.memory.entries[index].next;
	return core.memory.entries[index].transfer.id;
}

static void some_transfer(struct qenex_transfer *transfer, u64 now)
{
	memset(transfer, 0, sizeof(*transfer));
	transfer->kind = 1 + chance() % 4;
	transfer->id[0] = 1 + chance() % 60;
	transfer->id[1] = transfer->kind == QENEX_KIND_RESERVE ? 1 : 2 + chance() % 30;
	if (transfer->kind > QENEX_KIND_RESERVE) {
		transfer->pending_id[0] = 1 + chance() % 60;
		transfer->pending_id[1] = 1;
		if (core.holds && chance() % 4)
			memcpy(transfer->pending_id, some_hold(), 16);
		if (transfer->kind == QENEX_KIND_POST_PENDING && chance() % 3 == 0)
			transfer->amount = 1 + chance() % 80;
	} else {
		transfer->debit = 1 + chance() % (ACCOUNTS + 1);
		transfer->credit = 1 + chance() % (ACCOUNTS + 1);
		transfer->amount = chance() % 20 ? 1 + chance() % 100 : chance() >> (chance() % 64);
		transfer->currency = 978;
		transfer->flags = chance() % 3 ? 0 : chance() & 3;
		if (transfer->kind == QENEX_KIND_RESERVE && chance() % 3 == 0)
			transfer->expires_boot_ns = now + chance() % 400;
	}
	if (chance() % 60 == 0)
		((u8 *)transfer)[chance() % sizeof(*transfer)] ^= 1 << chance() % 8;
}

/* Ids and records of what was made, to ask again later. */
static struct {
	u8 id[16];
	u64 seq;
} made[64];
static u32 made_count;

static void remember(const struct qenex_transfer *transfer)
{
	struct qenex_transfer asked = { 0 }, hold = { 0 };

	memcpy(made[made_count % 64].id, transfer->id, 16);
	made[made_count++ % 64].seq = transfer->seq;
	memcpy(asked.id, transfer->id, 16);
	HOLDS(!qenex_lookup(&core, &asked) && asked.seq == transfer->seq);
	HOLDS(asked.debit != asked.credit);
	if (transfer->kind <= QENEX_KIND_RESERVE)
		return;
	memcpy(hold.id, transfer->pending_id, 16);
	HOLDS(!qenex_lookup(&core, &hold) && hold.kind == QENEX_KIND_RESERVE);
	HOLDS(asked.amount <= hold.amount && asked.amount && asked.debit == hold.debit);
	HOLDS(hold.state == (transfer->kind == QENEX_KIND_VOID ? QENEX_TRANSFER_VOIDED :
								 QENEX_TRANSFER_POSTED));
}

/* What was made and not acknowledged is known for ever; a hold is known while it is held. */
static void check_memory(void)
{
	for (u32 i = 0; i < 64 && i < made_count; i++) {
		struct qenex_transfer asked = { 0 };
		int error;

		memcpy(asked.id, made[i].id, 16);
		error = qenex_lookup(&core, &asked);
		HOLDS(!error || made[i].seq <= core.acked_seq);
		HOLDS(error || made[i].seq == asked.seq || made[i].seq <= core.acked_seq);
	}
}

/* The same again is a repeat with the same receipt. */
static void check_repeat(struct qenex_caller *caller, const struct qenex_transfer *sent,
			 const struct qenex_transfer *legs, u32 count)
{
	struct qenex_transfer again[QENEX_BATCH_MAX];
	u32 leg;

	memcpy(again, sent, sizeof(again));
	HOLDS(!qenex_transfer_batch(&core, caller, again, count, &leg));
	for (u32 i = 0; i < count; i++) {
		HOLDS(again[i].result == QENEX_RESULT_REPLAYED && again[i].seq == legs[i].seq);
		HOLDS(!memcmp(again[i].digest, legs[i].digest, 32));
	}
}

static void step_transfers(struct qenex_caller *caller)
{
	struct qenex_transfer legs[QENEX_BATCH_MAX], sent[QENEX_BATCH_MAX];
	u32 count = chance() % 3 ? 1 : 1 + chance() % (chance() % 4 ? 4 : QENEX_BATCH_MAX), leg = 0, holds = core.holds;
	u8 before[32], after[32];
	u64 seq = core.seq;
	int error;

	for (u32 i = 0; i < count; i++)
		some_transfer(&legs[i], caller->boot_ns);
	memcpy(sent, legs, sizeof(sent));
	digest_of_accounts(before);
	error = qenex_transfer_batch(&core, caller, legs, count, &leg);
	digest_of_accounts(after);
	if (error) {
		HOLDS(!memcmp(before, after, 32) && core.seq == seq && core.holds == holds);
		HOLDS(leg < count && legs[leg].result >= QENEX_RESULT_BAD_FIELD);
		refusals[legs[leg].result]++;
		/* A hold can always be settled. */
		HOLDS(count > 1 || legs[0].kind <= QENEX_KIND_RESERVE ||
		      legs[0].result != QENEX_RESULT_TRANSFERS_FULL);
		return;
	}
	HOLDS(legs[0].result <= QENEX_RESULT_SOFT_LIMIT && legs[0].seq);
	if (legs[0].result == QENEX_RESULT_REPLAYED) {
		HOLDS(!memcmp(before, after, 32) && core.seq == seq);
		return;
	}
	HOLDS(core.seq == seq + count && legs[count - 1].seq == core.seq);
	HOLDS(!memcmp(legs[count - 1].digest, core.digest, 32));
	for (u32 i = 0; i < count; i++)
		remember(&legs[i]);
	digest_of_accounts(before);
	check_repeat(caller, sent, legs, count);
	digest_of_accounts(after);
	HOLDS(!memcmp(before, after, 32) && core.seq == seq + count);
}

static void step_other(struct qenex_caller *caller)
{
	struct qenex_checkpoint checkpoint = { .seq = core.seq };
	struct qenex_limits limits = { .id = 1 + chance() % ACCOUNTS, .overdraft = 7 };
	struct qenex_anchor anchor = { .previous = core.counter,
				       .counter = core.counter + chance() % 3 };
	struct qenex_quote quote = { 0 };
	u32 slot;

	switch (chance() % 6) {
	case 0:
		memcpy(checkpoint.digest, core.digest, 32);
		qenex_checkpoint(&core, caller, &checkpoint);
		break;
	case 1:
		limits.flags = chance() & QENEX_ACCOUNT_FLAGS;
		limits.offline_hard = chance() % 1000;
		limits.offline_count_max = chance() % 9;
		/* The watched accounts keep their overdraft; the others may become anything. */
		slot = qenex_find_account(&core, limits.id);
		if (slot != QENEX_NONE && core.memory.slots[slot].account.overdraft != 100)
			qenex_limits(&core, caller, &limits);
		break;
	case 2:
		qenex_anchor_extend(&core, caller, &anchor);
		qenex_anchor_quote(&core, caller, &quote);
		break;
	case 3:
		while (qenex_abandon_one(&core, caller))
			;
		qenex_close(&core, caller);
		HOLDS(core.sessions_used == 0);
		HOLDS(qenex_open(&core) == (int)caller->session);
	}
}

/* Time releases what is due, all of it, and posts nothing. */
static void step_expiry(const struct qenex_caller *caller)
{
	unsigned __int128 before = 0, after = 0;
	u32 index;

	for (index = 0; index < core.accounts; index++)
		before += core.memory.slots[index].account.debits_posted;
	qenex_expire(&core, caller);
	for (index = 0; index < core.accounts; index++)
		after += core.memory.slots[index].account.debits_posted;
	HOLDS(before == after);
	for (index = core.holds_first; index != QENEX_NONE;
	     index = core.memory.entries[index].next) {
		u64 expires = core.memory.entries[index].transfer.expires_boot_ns;

		HOLDS(!expires || expires > caller->boot_ns);
	}
}

static void run_history(u64 steps, u64 seed)
{
	struct qenex_memory tables = memory();
	struct qenex_caller caller = { .boot_ns = 1000, .real_ns = 5000, .admin = true };
	u8 epoch[16] = { 1 };

	state = seed * 0x9e3779b97f4a7c15ULL + 1;
	made_count = 0;
	qenex_init(&core, &tables, epoch);
	caller.session = (u32)qenex_open(&core);
	for (u64 id = 1; id <= ACCOUNTS; id++) {
		struct qenex_account one = { .id = id, .currency = 978 };

		one.flags = chance() % 2 ? 0 : chance() & 3;
		one.overdraft = id & 1 ? 100 : 2000;
		one.debits_posted = chance() % 8 ? chance() % 5000 : QENEX_AMOUNT_MAX - 50;
		one.credits_posted = one.debits_posted;
		one.offline_hard = chance() % 4000;
		one.offline_soft = chance() % 2 ? 0 : one.offline_hard / 2;
		one.offline_count_max = chance() % 50;
		HOLDS(!qenex_account_create(&core, &caller, &one));
	}
	for (u64 step = 0; step < steps; step++) {
		caller.boot_ns += chance() % 40;
		caller.real_ns += chance() % 40;
		step_expiry(&caller);
		if (chance() % 8)
			step_transfers(&caller);
		else
			step_other(&caller);
		check_sums();
		check_memory();
	}
	free(tables.slots);
	free(tables.entries);
	free(tables.ring);
	free(tables.slot_heads);
	free(tables.entry_heads);
}

int main(int count, char **arguments)
{
	u64 histories = count > 1 ? strtoull(arguments[1], NULL, 0) : 100;
	u64 steps = count > 2 ? strtoull(arguments[2], NULL, 0) : 300;
	u64 seed = count > 3 ? strtoull(arguments[3], NULL, 0) : 1, posted = 0, refused = 0;
	u64 expired = 0, soft = 0, settled = 0;

	for (u64 history = 0; history < histories; history++) {
		run_history(steps, seed * 100000 + history);
		posted += core.statistics.posted + core.statistics.reserved_holds;
		settled += core.statistics.posted_holds + core.statistics.voided;
		refused += core.statistics.refused;
		expired += core.statistics.expired + core.statistics.abandoned;
		soft += core.statistics.soft_limits;
	}
	printf("ok core %llu histories of %llu steps: %llu made, %llu settled, %llu ended, %llu refused, %llu soft\n",
	       (unsigned long long)histories, (unsigned long long)steps, (unsigned long long)posted,
	       (unsigned long long)settled, (unsigned long long)expired,
	       (unsigned long long)refused, (unsigned long long)soft);
	for (u32 result = 0; result < 64; result++)
		if (refusals[result])
			printf("# result %u: %llu\n", result, (unsigned long long)refusals[result]);
	/* A short run may miss the rare ones; then it proves less, but nothing wrong. */
	return posted && settled && expired && (soft || histories < 100) ? 0 : 1;
}
