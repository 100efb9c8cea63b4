// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Accounts: opening them, reading them, and the limits within which money may leave them offline.
 */
#include "core.h"

static bool amounts_fit(const u64 *amounts, u32 count)
{
	while (count--)
		if (*amounts++ > QENEX_AMOUNT_MAX)
			return false;
	return true;
}

static bool is_well_formed(const struct qenex_account *account, bool loading)
{
	if (!account->id || account->id > QENEX_AMOUNT_MAX)
		return false;
	if (!account->currency || account->currency > 999)
		return false;
	if (account->flags & ~(u32)QENEX_ACCOUNT_FLAGS)
		return false;
	if (account->debits_pending || account->credits_pending || account->version)
		return false;
	if (!loading && (account->offline_used || account->offline_count))
		return false;
	return amounts_fit(&account->debits_posted, 9) &&
	       qenex_is_zero(account->reserved, sizeof(account->reserved));
}

int qenex_account_create(struct qenex_core *core, const struct qenex_caller *caller,
			 const struct qenex_account *account)
{
	bool loading = core->state == QENEX_STATE_LOADING;
	int error = qenex_may_change(core, caller);

	if (error)
		return error;
	if (loading && !core->sessions[caller->session].loading)
		return -EPERM;
	if (!is_well_formed(account, loading))
		return -EINVAL;
	if (core->state == QENEX_STATE_FROZEN)
		return -EHOSTDOWN;
	if (core->seals & QENEX_SEAL_ACCOUNTS)
		return -EROFS;
	if (qenex_find_account(core, account->id) != QENEX_NONE)
		return -EEXIST;
	if (core->accounts == core->memory.accounts_max)
		return -ENOSPC;
	if (core->state == QENEX_STATE_EMPTY)
		core->state = QENEX_STATE_ACTIVE;
	qenex_add_slot(core, account);
	qenex_account_record(core, caller, core->accounts - 1, QENEX_RECORD_ACCOUNT);
	return 0;
}

/* Fills an account by its id; may run without the lock, see qenex_find_account(). */
int qenex_account_get(const struct qenex_core *core, struct qenex_account *account)
{
	u32 index;

	if (!account->id || account->id > QENEX_AMOUNT_MAX ||
	    !qenex_is_zero((const u8 *)account + 8, sizeof(*account) - 8))
		return -EINVAL;
	index = qenex_find_account(core, account->id);
	if (index == QENEX_NONE)
		return -ENOENT;
	*account = core->memory.slots[index].account;
	return 0;
}

/* Copies accounts from position `first` on; returns how many. */
u32 qenex_account_list(const struct qenex_core *core, u64 first, u32 count,
		       struct qenex_account *out)
{
	u32 filled = 0;

	while (filled < count && first + filled < core->accounts) {
		out[filled] = core->memory.slots[first + filled].account;
		filled++;
	}
	return filled;
}

/* 0 for transfer_max means no limit, so it is the loosest. */
static bool looser_maximum(u64 now, u64 before)
{
	return before && (!now || now > before);
}

static bool loosens(const struct qenex_account *account, const struct qenex_limits *limits)
{
	if (account->flags & ~limits->flags)
		return true;
	return limits->overdraft > account->overdraft ||
	       looser_maximum(limits->transfer_max, account->transfer_max) ||
	       limits->offline_soft > account->offline_soft ||
	       limits->offline_hard > account->offline_hard ||
	       limits->offline_count_max > account->offline_count_max;
}

int qenex_limits(struct qenex_core *core, const struct qenex_caller *caller,
		 const struct qenex_limits *limits)
{
	struct qenex_account *account;
	int error = qenex_may_change(core, caller);
	u32 index;

	if (error)
		return error;
	if (!limits->id || limits->id > QENEX_AMOUNT_MAX ||
	    (limits->flags & ~(u32)QENEX_ACCOUNT_FLAGS) || !amounts_fit(&limits->overdraft, 4) ||
	    !qenex_is_zero(limits->reserved, sizeof(limits->reserved)))
		return -EINVAL;
	error = qenex_wants_active(core);
	if (error)
		return error;
	index = qenex_find_account(core, limits->id);
	if (index == QENEX_NONE)
		return -ENOENT;
	account = &core->memory.slots[index].account;
	if ((core->seals & QENEX_SEAL_LIMITS) && loosens(account, limits))
		return -EROFS;
	account->flags = limits->flags;
	account->offline_count_max = limits->offline_count_max;
	account->overdraft = limits->overdraft;
	account->transfer_max = limits->transfer_max;
	account->offline_soft = limits->offline_soft;
	account->offline_hard = limits->offline_hard;
	qenex_account_record(core, caller, index, QENEX_RECORD_LIMITS);
	return 0;
}

int qenex_offline_reset(struct qenex_core *core, const struct qenex_caller *caller,
			const struct qenex_offline_reset *reset)
{
	struct qenex_account *account;
	int error = qenex_may_change(core, caller);
	u32 index;

	if (error)
		return error;
	if (!core->keyed && (core->seals & QENEX_SEAL_LIMITS) && !caller->admin)
		return -EPERM;
	if (!reset->id || reset->id > QENEX_AMOUNT_MAX || reset->reserved ||
	    (!core->keyed && !qenex_is_zero(reset->token, 32)))
		return -EINVAL;
	error = qenex_wants_active(core);
	if (error)
		return error;
	index = qenex_find_account(core, reset->id);
	if (index == QENEX_NONE)
		return -ENOENT;
	account = &core->memory.slots[index].account;
	if (core->keyed && !qenex_token_fits(core, account, reset->token))
		return -EKEYREJECTED;
	account->offline_used = 0;
	account->offline_count = 0;
	qenex_account_record(core, caller, index, QENEX_RECORD_OFFLINE_RESET);
	return 0;
}
