// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * What can be said of one transfer before anything changes: whether its fields are well formed,
 * and whether two accounts let it pass.
 */
#include "judge.h"

/* Fields of POST and RESERVE. */
static bool money_is_well_formed(const struct qenex_transfer *transfer, u64 boot_ns)
{
	bool reserve = transfer->kind == QENEX_KIND_RESERVE;

	if (!transfer->debit || transfer->debit > QENEX_AMOUNT_MAX ||
	    !transfer->credit || transfer->credit > QENEX_AMOUNT_MAX ||
	    !transfer->amount || transfer->amount > QENEX_AMOUNT_MAX ||
	    !transfer->currency || transfer->currency > 999)
		return false;
	if (!qenex_is_zero(transfer->pending_id, 16))
		return false;
	if (!reserve && ((transfer->flags & QENEX_TRANSFER_ABANDON) || transfer->expires_boot_ns))
		return false;
	return !transfer->expires_boot_ns ||
	       transfer->expires_boot_ns <= boot_ns + QENEX_EXPIRY_MAX_NS;
}

/* Fields of POST_PENDING and VOID. */
static bool settlement_is_well_formed(const struct qenex_transfer *transfer)
{
	if (transfer->debit || transfer->credit || transfer->currency || transfer->flags ||
	    transfer->expires_boot_ns)
		return false;
	if (transfer->kind == QENEX_KIND_VOID && transfer->amount)
		return false;
	return transfer->amount <= QENEX_AMOUNT_MAX && !qenex_is_zero(transfer->pending_id, 16);
}

/* Step 5: 0, -EINVAL or -ELOOP with its result. */
int qenex_judge_fields(struct qenex_transfer *transfer, u64 boot_ns)
{
	const u8 *out = (const u8 *)&transfer->result;
	bool fits = transfer->kind >= QENEX_KIND_POST && transfer->kind <= QENEX_KIND_VOID &&
		    !(transfer->flags & ~(u32)QENEX_TRANSFER_FLAGS) &&
		    !qenex_is_zero(transfer->id, 16) &&
		    qenex_is_zero(out, (size_t)((const u8 *)(transfer + 1) - out));

	if (!fits || !(is_new_money(transfer) ? money_is_well_formed(transfer, boot_ns) :
						settlement_is_well_formed(transfer)))
		return REFUSE(transfer, QENEX_RESULT_BAD_FIELD, EINVAL);
	if (is_new_money(transfer) && transfer->debit == transfer->credit)
		return REFUSE(transfer, QENEX_RESULT_SAME_ACCOUNT, ELOOP);
	return 0;
}

/* What already counts against the cover of a limited account, and the cover. */
static bool is_short(u64 used, u64 pending, u64 amount, u64 cover, u64 overdraft)
{
	/* Each is at most 2^63-1 and used + pending too, so neither side can wrap. */
	return used + pending + amount > cover + overdraft;
}

static bool debit_is_short(const struct qenex_account *account, u64 amount)
{
	return (account->flags & QENEX_ACCOUNT_DEBIT_LIMITED) &&
	       is_short(account->debits_posted, account->debits_pending, amount,
			account->credits_posted, account->overdraft);
}

static bool credit_is_short(const struct qenex_account *account, u64 amount)
{
	return (account->flags & QENEX_ACCOUNT_CREDIT_LIMITED) &&
	       is_short(account->credits_posted, account->credits_pending, amount,
			account->debits_posted, account->overdraft);
}

/* Result code when the offline allowance is used up, else QENEX_RESULT_OK. */
static u32 offline_refusal(const struct qenex_account *account, u64 amount)
{
	if (account->offline_used + amount > account->offline_hard)
		return QENEX_RESULT_OFFLINE_AMOUNT;
	if (account->offline_count >= account->offline_count_max)
		return QENEX_RESULT_OFFLINE_COUNT;
	return QENEX_RESULT_OK;
}

/* Steps 12 to 14: whether two accounts that exist let this amount pass. */
int qenex_judge_limits(struct qenex_transfer *transfer, const struct qenex_account *debit,
		       const struct qenex_account *credit)
{
	bool offline = transfer->flags & QENEX_TRANSFER_OFFLINE;
	u64 amount = transfer->amount;
	u32 refusal = QENEX_RESULT_OK;

	if (debit->flags & QENEX_ACCOUNT_FROZEN)
		return REFUSE(transfer, QENEX_RESULT_DEBIT_FROZEN, EACCES);
	if (credit->flags & QENEX_ACCOUNT_FROZEN)
		return REFUSE(transfer, QENEX_RESULT_CREDIT_FROZEN, EACCES);
	if ((debit->transfer_max && amount > debit->transfer_max) ||
	    (credit->transfer_max && amount > credit->transfer_max))
		return REFUSE(transfer, QENEX_RESULT_TRANSFER_MAX, EMSGSIZE);
	if (debit_is_short(debit, amount))
		return REFUSE(transfer, QENEX_RESULT_INSUFFICIENT, EDQUOT);
	if (credit_is_short(credit, amount))
		return REFUSE(transfer, QENEX_RESULT_INSUFFICIENT_CREDIT, EDQUOT);
	if (offline && (debit->flags & QENEX_ACCOUNT_DEBIT_LIMITED))
		refusal = offline_refusal(debit, amount);
	if (!refusal && offline && (credit->flags & QENEX_ACCOUNT_CREDIT_LIMITED))
		refusal = offline_refusal(credit, amount);
	if (refusal)
		return REFUSE(transfer, refusal, ENETDOWN);
	if (debit->debits_posted + debit->debits_pending + amount > QENEX_AMOUNT_MAX)
		return REFUSE(transfer, QENEX_RESULT_OVERFLOW_DEBIT, EOVERFLOW);
	if (credit->credits_posted + credit->credits_pending + amount > QENEX_AMOUNT_MAX)
		return REFUSE(transfer, QENEX_RESULT_OVERFLOW_CREDIT, EOVERFLOW);
	return 0;
}

