// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Judges and makes transfers: one or up to sixteen as one step, in the fixed order of errors the
 * interface promises. A leg changes accounts while the batch is judged; the first refusal undoes
 * them all, and only a batch that stands is written to the chain.
 */
#include "judge.h"

static bool same_content(const struct qenex_entry *entry, const struct qenex_transfer *transfer)
{
	const struct qenex_transfer *known = &entry->transfer;
	bool money = is_new_money(transfer);

	return known->kind == transfer->kind && known->flags == transfer->flags &&
	       known->code == transfer->code && entry->amount_sent == transfer->amount &&
	       known->expires_boot_ns == transfer->expires_boot_ns &&
	       (!money || (known->debit == transfer->debit && known->credit == transfer->credit &&
			   known->currency == transfer->currency)) &&
	       !memcmp(known->pending_id, transfer->pending_id, 16) &&
	       !memcmp(known->meta, transfer->meta, 32);
}

static void give_receipt(const struct qenex_entry *entry, struct qenex_transfer *transfer,
			 u32 result)
{
	transfer->result = result;
	transfer->state = entry->transfer.state;
	transfer->seq = entry->transfer.seq;
	transfer->boot_ns = entry->transfer.boot_ns;
	transfer->real_ns = entry->transfer.real_ns;
	memcpy(transfer->digest, entry->transfer.digest, 32);
}

/*
 * A batch whose ids are all known with the same content is a repeat: 1. All new: 0. Else -EEXIST.
 * Looked at before any balance, so that a repeat gets its receipt however the balances stand.
 */
static int find_repeat(struct qenex_core *core, struct qenex_transfer *legs, u32 count, u32 *leg)
{
	u32 known = 0;
	u32 index;

	for (index = 0; index < count; index++) {
		u32 found = qenex_find_entry(core, legs[index].id);

		*leg = index;
		if (found == QENEX_NONE) {
			if (known)
				return REFUSE(&legs[index], QENEX_RESULT_BATCH_MIXED, EEXIST);
			continue;
		}
		if (!same_content(&core->memory.entries[found], &legs[index]))
			return REFUSE(&legs[index], QENEX_RESULT_ID_DIFFERS, EEXIST);
		if (known != index)
			return REFUSE(&legs[index], QENEX_RESULT_BATCH_MIXED, EEXIST);
		known++;
	}
	*leg = 0;
	if (!known)
		return 0;
	for (index = 0; index < count; index++)
		give_receipt(&core->memory.entries[qenex_find_entry(core, legs[index].id)],
			     &legs[index], QENEX_RESULT_REPLAYED);
	core->statistics.replayed++;
	return 1;
}

/* Every hold keeps room for one entry more, so that it can be settled when the table is full. */
static int judge_room(struct qenex_core *core, struct qenex_transfer *transfer)
{
	bool reserve = transfer->kind == QENEX_KIND_RESERVE;
	bool settles = !is_new_money(transfer);

	if (!qenex_make_room(core, 1 + core->holds + (reserve ? 1 : 0) - (settles ? 1 : 0)))
		return REFUSE(transfer, QENEX_RESULT_TRANSFERS_FULL, ENOSPC);
	if (reserve && core->holds == QENEX_HOLDS_MAX)
		return REFUSE(transfer, QENEX_RESULT_HOLDS_FULL, ENOSPC);
	return 0;
}

static bool count_offline(struct qenex_account *account, u64 amount)
{
	account->offline_used += amount;
	account->offline_count++;
	return account->offline_used > account->offline_soft;
}

static struct qenex_entry *enter(struct qenex_core *core, struct qenex_transfer *transfer,
				 u32 debit, u32 credit, struct qenex_undo *undo)
{
	u32 index = qenex_take_entry(core, transfer);
	struct qenex_entry *entry = &core->memory.entries[index];

	undo->entry = index;
	undo->debit = core->memory.slots[debit].account;
	undo->credit = core->memory.slots[credit].account;
	entry->amount_sent = transfer->amount;
	entry->debit = debit;
	entry->credit = credit;
	return entry;
}

/* Changes the totals for POST or RESERVE, which has been judged. */
static void make_money(struct qenex_core *core, struct qenex_entry *entry,
		       struct qenex_transfer *transfer, u32 session)
{
	struct qenex_account *debit = &core->memory.slots[entry->debit].account;
	struct qenex_account *credit = &core->memory.slots[entry->credit].account;
	bool offline = transfer->flags & QENEX_TRANSFER_OFFLINE;
	bool hold = transfer->kind == QENEX_KIND_RESERVE;
	bool soft = false;

	*(hold ? &debit->debits_pending : &debit->debits_posted) += transfer->amount;
	*(hold ? &credit->credits_pending : &credit->credits_posted) += transfer->amount;
	entry->debit_offline = offline && (debit->flags & QENEX_ACCOUNT_DEBIT_LIMITED);
	entry->credit_offline = offline && (credit->flags & QENEX_ACCOUNT_CREDIT_LIMITED);
	if (entry->debit_offline)
		soft |= count_offline(debit, transfer->amount);
	if (entry->credit_offline)
		soft |= count_offline(credit, transfer->amount);
	entry->session = session;
	entry->transfer.state = hold ? QENEX_TRANSFER_PENDING : QENEX_TRANSFER_POSTED;
	entry->transfer.result = soft ? QENEX_RESULT_SOFT_LIMIT : QENEX_RESULT_OK;
	core->holds += hold;
}

/* Steps 8 to 15 for POST and RESERVE. */
static int apply_money(struct qenex_core *core, const struct qenex_caller *caller,
		       struct qenex_transfer *transfer, struct qenex_undo *undo)
{
	u32 debit = qenex_find_account(core, transfer->debit);
	u32 credit = qenex_find_account(core, transfer->credit);
	const struct qenex_account *from, *to;
	int error;

	if (debit == QENEX_NONE)
		return REFUSE(transfer, QENEX_RESULT_NO_DEBIT, ENOENT);
	if (credit == QENEX_NONE)
		return REFUSE(transfer, QENEX_RESULT_NO_CREDIT, ENOENT);
	from = &core->memory.slots[debit].account;
	to = &core->memory.slots[credit].account;
	if (from->currency != transfer->currency || to->currency != transfer->currency)
		return REFUSE(transfer, QENEX_RESULT_CURRENCY, EXDEV);
	if (transfer->expires_boot_ns && transfer->expires_boot_ns <= caller->boot_ns)
		return REFUSE(transfer, QENEX_RESULT_EXPIRED, ETIME);
	error = qenex_judge_limits(transfer, from, to);
	if (!error)
		error = judge_room(core, transfer);
	if (error)
		return error;
	make_money(core, enter(core, transfer, debit, credit, undo), transfer, caller->session);
	return 0;
}

/* Steps 8 to 15 for POST_PENDING and VOID: a frozen account does not keep a hold from its end. */
static int apply_settlement(struct qenex_core *core, struct qenex_transfer *transfer,
			    struct qenex_undo *undo)
{
	u32 pending = qenex_find_entry(core, transfer->pending_id);
	bool posts = transfer->kind == QENEX_KIND_POST_PENDING;
	struct qenex_entry *hold, *entry;
	u64 posted;
	int error;

	if (pending == QENEX_NONE ||
	    core->memory.entries[pending].transfer.kind != QENEX_KIND_RESERVE)
		return REFUSE(transfer, QENEX_RESULT_NO_PENDING, ESRCH);
	hold = &core->memory.entries[pending];
	if (hold->transfer.state == QENEX_TRANSFER_EXPIRED)
		return REFUSE(transfer, QENEX_RESULT_EXPIRED, ETIME);
	if (hold->transfer.state != QENEX_TRANSFER_PENDING)
		return REFUSE(transfer, QENEX_RESULT_SETTLED, ESTALE);
	if (transfer->amount > hold->transfer.amount)
		return REFUSE(transfer, QENEX_RESULT_ABOVE_PENDING, ERANGE);
	error = judge_room(core, transfer);
	if (error)
		return error;
	entry = enter(core, transfer, hold->debit, hold->credit, undo);
	undo->pending = pending;
	posted = !posts ? 0 : transfer->amount ? transfer->amount : hold->transfer.amount;
	entry->transfer.debit = hold->transfer.debit;
	entry->transfer.credit = hold->transfer.credit;
	entry->transfer.currency = hold->transfer.currency;
	entry->transfer.amount = posts ? posted : hold->transfer.amount;
	entry->transfer.state = posts ? QENEX_TRANSFER_POSTED : QENEX_TRANSFER_VOIDED;
	entry->transfer.result = QENEX_RESULT_OK;
	hold->transfer.state = entry->transfer.state;
	qenex_release_hold(core, pending, posted);
	return 0;
}

/* Takes a leg back; legs are undone last first. */
static void take_back(struct qenex_core *core, const struct qenex_undo *undo)
{
	struct qenex_entry *entry = &core->memory.entries[undo->entry];

	core->memory.slots[entry->debit].account = undo->debit;
	core->memory.slots[entry->credit].account = undo->credit;
	if (undo->pending != QENEX_NONE)
		core->memory.entries[undo->pending].transfer.state = QENEX_TRANSFER_PENDING;
	qenex_give_entry_back(core, undo->entry);
}

static void count(struct qenex_core *core, const struct qenex_transfer *transfer)
{
	struct qenex_statistics *statistics = &core->statistics;

	statistics->posted += transfer->kind == QENEX_KIND_POST;
	statistics->reserved_holds += transfer->kind == QENEX_KIND_RESERVE;
	statistics->posted_holds += transfer->kind == QENEX_KIND_POST_PENDING;
	statistics->voided += transfer->kind == QENEX_KIND_VOID;
	statistics->soft_limits += transfer->result == QENEX_RESULT_SOFT_LIMIT;
}

/* A hold that was settled becomes one of those that may be forgotten one day. */
static void retire_hold(struct qenex_core *core, u32 pending, u64 seq)
{
	struct qenex_entry *hold = &core->memory.entries[pending];

	hold->settled_seq = seq;
	qenex_list_remove(core, pending, true);
	qenex_list_append(core, pending, false);
	if (hold->transfer.flags & QENEX_TRANSFER_ABANDON)
		core->sessions[hold->session].abandonable--;
}

/* Writes the leg's record, its receipt, and its place in the lists. */
static void write_down(struct qenex_core *core, const struct qenex_caller *caller,
		       const struct qenex_undo *undo)
{
	struct qenex_entry *entry = &core->memory.entries[undo->entry];
	struct qenex_transfer *transfer = &entry->transfer;
	struct qenex_session *session = &core->sessions[caller->session];
	bool hold = transfer->kind == QENEX_KIND_RESERVE;
	u32 kind = transfer->kind + QENEX_RECORD_POST - QENEX_KIND_POST;
	struct qenex_record *record = qenex_draft(core, kind);

	memcpy(record->id, transfer->id, 16);
	memcpy(record->pending_id, transfer->pending_id, 16);
	record->debit = transfer->debit;
	record->credit = transfer->credit;
	record->amount = transfer->amount;
	record->currency = transfer->currency;
	record->code = transfer->code;
	memcpy(record->meta, transfer->meta, 32);
	record->flags = transfer->flags & QENEX_TRANSFER_OFFLINE;
	if (transfer->result == QENEX_RESULT_SOFT_LIMIT)
		record->flags |= QENEX_RECORD_SOFT_LIMIT;
	transfer->seq = qenex_append(core, caller);
	transfer->boot_ns = caller->boot_ns;
	transfer->real_ns = caller->real_ns;
	memcpy(transfer->digest, core->digest, 32);
	core->memory.slots[entry->debit].account.version = transfer->seq;
	core->memory.slots[entry->credit].account.version = transfer->seq;
	entry->settled_seq = transfer->seq;
	if (undo->pending != QENEX_NONE)
		retire_hold(core, undo->pending, transfer->seq);
	qenex_list_append(core, undo->entry, hold);
	if (hold && (transfer->flags & QENEX_TRANSFER_ABANDON))
		session->abandonable++;
	if (transfer->expires_boot_ns && transfer->expires_boot_ns < core->next_expiry_ns)
		WRITE_ONCE(core->next_expiry_ns, transfer->expires_boot_ns);
	count(core, transfer);
}

/* Judges and applies all legs, or none. */
static int apply_all(struct qenex_core *core, const struct qenex_caller *caller,
		     struct qenex_transfer *legs, u32 count, u32 *leg)
{
	u32 holds = core->holds;
	u32 index;

	for (index = 0; index < count; index++) {
		struct qenex_undo *undo = &core->undo[index];
		int error;

		undo->pending = QENEX_NONE;
		if (qenex_find_entry(core, legs[index].id) != QENEX_NONE)
			error = REFUSE(&legs[index], QENEX_RESULT_ID_DIFFERS, EEXIST);
		else if (is_new_money(&legs[index]))
			error = apply_money(core, caller, &legs[index], undo);
		else
			error = apply_settlement(core, &legs[index], undo);
		if (error) {
			*leg = index;
			while (index--)
				take_back(core, &core->undo[index]);
			core->holds = holds;
			return error;
		}
	}
	return 0;
}

static int judge_guard(const struct qenex_core *core, struct qenex_transfer *transfer)
{
	int error = qenex_wants_active(core);

	if (error == -EHOSTDOWN)
		transfer->result = QENEX_RESULT_GUARD_FROZEN;
	if (error == -ENODATA)
		transfer->result = QENEX_RESULT_NOT_ACTIVE;
	return error;
}

static int judge_batch(struct qenex_core *core, const struct qenex_caller *caller,
		       struct qenex_transfer *legs, u32 count, u32 *leg)
{
	int error = qenex_may_change(core, caller);
	u32 index;

	if (error)
		return REFUSE(&legs[0], QENEX_RESULT_NOT_PERMITTED, EPERM);
	for (index = 0; index < count; index++) {
		error = qenex_judge_fields(&legs[index], caller->boot_ns);
		*leg = index;
		if (error)
			return error;
	}
	*leg = 0;
	error = judge_guard(core, &legs[0]);
	if (!error)
		error = find_repeat(core, legs, count, leg);
	if (error)
		return error;
	return apply_all(core, caller, legs, count, leg);
}

/*
 * Makes 1..QENEX_BATCH_MAX transfers as one step. 0, with each leg's receipt; or -errno with the
 * index of the leg refused and its result, and nothing changed.
 */
int qenex_transfer_batch(struct qenex_core *core, const struct qenex_caller *caller,
			 struct qenex_transfer *legs, u32 count, u32 *leg)
{
	int error;
	u32 index;

	*leg = 0;
	error = judge_batch(core, caller, legs, count, leg);
	if (error > 0)
		return 0;
	if (error) {
		core->statistics.refused++;
		return error;
	}
	for (index = 0; index < count; index++)
		write_down(core, caller, &core->undo[index]);
	for (index = 0; index < count; index++) {
		const struct qenex_entry *entry =
			&core->memory.entries[core->undo[index].entry];

		give_receipt(entry, &legs[index], entry->transfer.result);
	}
	return 0;
}
