// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Holds that end without a command, what is asked about transfers, and the predecessor's four
 * calls.
 */
#include "core.h"

static void give_offline_back(struct qenex_account *account, u64 amount, bool whole)
{
	account->offline_used -= min_t(u64, account->offline_used, amount);
	if (whole && account->offline_count)
		account->offline_count--;
}

/*
 * Moves `posted` of a hold to the posted totals and lets the rest go; the hold stays in its list
 * until the record is written. An allowance is given back for what was not posted, but never below
 * 0.
 */
void qenex_release_hold(struct qenex_core *core, u32 index, u64 posted)
{
	struct qenex_entry *hold = &core->memory.entries[index];
	struct qenex_account *debit = &core->memory.slots[hold->debit].account;
	struct qenex_account *credit = &core->memory.slots[hold->credit].account;
	u64 amount = hold->transfer.amount;

	debit->debits_pending -= amount;
	credit->credits_pending -= amount;
	debit->debits_posted += posted;
	credit->credits_posted += posted;
	if (hold->debit_offline)
		give_offline_back(debit, amount - posted, !posted);
	if (hold->credit_offline)
		give_offline_back(credit, amount - posted, !posted);
	core->holds--;
}

static void end_hold(struct qenex_core *core, const struct qenex_caller *caller, u32 index,
		     u32 state, u32 kind)
{
	struct qenex_entry *hold = &core->memory.entries[index];
	struct qenex_record *record = qenex_draft(core, kind);

	qenex_release_hold(core, index, 0);
	hold->transfer.state = state;
	memcpy(record->pending_id, hold->transfer.id, 16);
	record->debit = hold->transfer.debit;
	record->credit = hold->transfer.credit;
	record->amount = hold->transfer.amount;
	record->currency = hold->transfer.currency;
	hold->settled_seq = qenex_append(core, caller);
	core->memory.slots[hold->debit].account.version = hold->settled_seq;
	core->memory.slots[hold->credit].account.version = hold->settled_seq;
	qenex_list_remove(core, index, true);
	qenex_list_append(core, index, false);
	/* Its session is still open: closing releases such holds before the slot is given away. */
	if (hold->transfer.flags & QENEX_TRANSFER_ABANDON)
		core->sessions[hold->session].abandonable--;
}

/* Releases every hold whose time has come; cheap while none has. */
void qenex_expire(struct qenex_core *core, const struct qenex_caller *caller)
{
	struct qenex_caller clock = *caller;
	u64 next = U64_MAX;
	u32 index = core->holds_first;

	if (caller->boot_ns < core->next_expiry_ns)
		return;
	/* Time did it, not the one who happens to call. */
	clock.session = QENEX_NONE;
	clock.uid = 0;
	while (index != QENEX_NONE) {
		struct qenex_entry *hold = &core->memory.entries[index];
		u64 expires = hold->transfer.expires_boot_ns;
		u32 following = hold->next;

		if (expires && expires <= caller->boot_ns) {
			end_hold(core, &clock, index, QENEX_TRANSFER_EXPIRED, QENEX_RECORD_EXPIRE);
			core->statistics.expired++;
		} else if (expires && expires < next) {
			next = expires;
		}
		index = following;
	}
	WRITE_ONCE(core->next_expiry_ns, next);
}

/* Releases one hold of a session that closes; false when there is none left. */
bool qenex_abandon_one(struct qenex_core *core, const struct qenex_caller *caller)
{
	u32 index = core->holds_first;

	if (!core->sessions[caller->session].abandonable)
		return false;
	while (index != QENEX_NONE) {
		const struct qenex_entry *hold = &core->memory.entries[index];

		if (hold->session == caller->session &&
		    (hold->transfer.flags & QENEX_TRANSFER_ABANDON)) {
			end_hold(core, caller, index, QENEX_TRANSFER_ABANDONED,
				 QENEX_RECORD_ABANDON);
			core->statistics.abandoned++;
			return true;
		}
		index = hold->next;
	}
	return false;
}

/* Fills a transfer by its id: as it was sent, its state, its receipt. */
int qenex_lookup(const struct qenex_core *core, struct qenex_transfer *transfer)
{
	u32 index;

	if (qenex_is_zero(transfer->id, 16) ||
	    !qenex_is_zero((const u8 *)transfer + 16, sizeof(*transfer) - 16))
		return -EINVAL;
	if (core->state == QENEX_STATE_EMPTY)
		return -ENODATA;
	index = qenex_find_entry(core, transfer->id);
	if (index == QENEX_NONE)
		return -ESRCH;
	*transfer = core->memory.entries[index].transfer;
	transfer->result = QENEX_RESULT_OK;
	return 0;
}

/* Copies holds made after record `after`, in the order they were made; returns how many. */
u32 qenex_holds(const struct qenex_core *core, u64 after, u32 count, struct qenex_transfer *out)
{
	u32 index = core->holds_first;
	u32 filled = 0;

	while (index != QENEX_NONE && filled < count) {
		const struct qenex_entry *hold = &core->memory.entries[index];

		if (hold->transfer.seq > after) {
			out[filled] = hold->transfer;
			out[filled++].result = QENEX_RESULT_OK;
		}
		index = hold->next;
	}
	return filled;
}

static void named_id(u8 id[16], u64 number)
{
	memcpy(id, "QENEX-1", 8);
	memcpy(id + 8, &number, 8);
}

int qenex_create_named(struct qenex_core *core, const struct qenex_caller *caller,
		       struct qenex_account_request *request)
{
	struct qenex_account account;
	int error = qenex_may_change(core, caller);

	if (error)
		return error;
	if (request->initial_balance < 0 || request->account_type > 1)
		return -EINVAL;
	if (core->state == QENEX_STATE_LOADING)
		return -ENODATA;
	memset(&account, 0, sizeof(account));
	while (qenex_find_account(core, core->next_account) != QENEX_NONE)
		core->next_account++;
	account.id = core->next_account;
	account.currency = request->currency;
	account.flags = QENEX_ACCOUNT_DEBIT_LIMITED;
	account.credits_posted = (u64)request->initial_balance;
	error = qenex_account_create(core, caller, &account);
	if (error)
		return error;
	core->next_account++;
	request->account_number = account.id;
	return 0;
}

int qenex_transfer_named(struct qenex_core *core, const struct qenex_caller *caller,
			 struct qenex_transfer_request *request)
{
	struct qenex_transfer transfer;
	u32 leg;
	int error = qenex_may_change(core, caller);

	if (error)
		return error;
	if (request->amount <= 0 || request->pad)
		return -EINVAL;
	memset(&transfer, 0, sizeof(transfer));
	named_id(transfer.id, core->next_transaction);
	transfer.debit = request->from_account;
	transfer.credit = request->to_account;
	transfer.amount = (u64)request->amount;
	transfer.currency = request->currency;
	transfer.kind = QENEX_KIND_POST;
	error = qenex_transfer_batch(core, caller, &transfer, 1, &leg);
	if (error)
		return error;
	request->transaction_id = core->next_transaction++;
	return 0;
}

/* May run without the lock, as qenex_account_get(). */
int qenex_balance_named(const struct qenex_core *core, struct qenex_balance_request *request)
{
	struct qenex_account account = { .id = request->account_number };
	int error = qenex_account_get(core, &account);

	if (!error)
		request->balance = (s64)(account.credits_posted - account.debits_posted);
	return error;
}

int qenex_status_named(const struct qenex_core *core, struct qenex_transaction_request *request)
{
	u8 id[16];

	if (!request->transaction_id || request->pad)
		return -EINVAL;
	named_id(id, request->transaction_id);
	if (qenex_find_entry(core, id) == QENEX_NONE)
		return -ESRCH;
	request->status = QENEX_STATUS_COMPLETED;
	return 0;
}
