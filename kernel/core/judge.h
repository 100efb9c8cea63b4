/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What judging and making transfers share, so that a refusal is said in one way in both. */
#ifndef QENEX_JUDGE_H
#define QENEX_JUDGE_H

#include "core.h"

/* The fine reason goes into the transfer, the errno to the caller. */
#define REFUSE(transfer, code, error) ((transfer)->result = (code), -(error))

static inline bool is_new_money(const struct qenex_transfer *transfer)
{
	return transfer->kind == QENEX_KIND_POST || transfer->kind == QENEX_KIND_RESERVE;
}

int qenex_judge_fields(struct qenex_transfer *transfer, u64 boot_ns);
int qenex_judge_limits(struct qenex_transfer *transfer, const struct qenex_account *debit,
		       const struct qenex_account *credit);

#endif /* QENEX_JUDGE_H */
