// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The interface's layout, pinned: sizes and the offsets others count on. Only compiled, for 64 and 32 bits; a
 * change that would break a program fails here.
 */
#include <assert.h>
#include <stddef.h>
#include "../include/uapi/qenex_banking.h"

#define SIZE(name, size) static_assert(sizeof(struct name) == (size), #name)
#define AT(name, field, offset) static_assert(offsetof(struct name, field) == (offset), #field)

SIZE(qenex_account_request, 24);
SIZE(qenex_balance_request, 16);
SIZE(qenex_transfer_request, 40);
SIZE(qenex_transaction_request, 16);
SIZE(qenex_info, 168);
SIZE(qenex_attach, 32);
SIZE(qenex_account, 128);
SIZE(qenex_list, 32);
SIZE(qenex_transfer, 192);
SIZE(qenex_batch, 32);
SIZE(qenex_load_begin, 64);
SIZE(qenex_load_commit, 56);
SIZE(qenex_limits, 64);
SIZE(qenex_offline_reset, 48);
SIZE(qenex_key, 40);
SIZE(qenex_seal, 8);
SIZE(qenex_freeze, 40);
SIZE(qenex_anchor, 88);
SIZE(qenex_quote, 256);
SIZE(qenex_checkpoint, 48);
SIZE(qenex_statistics, 384);
SIZE(qenex_record, 176);
AT(qenex_quote, digest, 184);
AT(qenex_quote, mac, 216);
AT(qenex_record, digest, 144);
AT(qenex_transfer, result, 112);
AT(qenex_transfer, digest, 144);
AT(qenex_account, version, 96);
AT(qenex_account_request, account_number, 16);
AT(qenex_transfer_request, transaction_id, 32);
static_assert(QENEX_POST_TRANSFER == 0xc0c0bd15, "number of POST_TRANSFER");
static_assert(QENEX_TRANSFER == 0xc028bd03, "number of TRANSFER");
