// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * What makes the guard's past unchangeable: the chain of records, the anchor the ledger's head is
 * extended into, and the quotes and checkpoints that let others compare.
 */
#include "core.h"

#define CLOCK_BACK_NS 2000000000ULL

#ifdef __KERNEL__
#include <crypto/algapi.h>
#define same_secret(a, b, count) (!crypto_memneq(a, b, count))
#else
#define same_secret(a, b, count) (!memcmp(a, b, count))
#endif

static void hmac_sha256(const u8 key[32], const u8 *data, u32 length, u8 out[32])
{
	u8 inner[64 + 64];
	u8 outer[64 + 32];
	u32 index;

	memset(inner, 0x36, 64);
	memset(outer, 0x5c, 64);
	for (index = 0; index < 32; index++) {
		inner[index] ^= key[index];
		outer[index] ^= key[index];
	}
	memcpy(inner + 64, data, length);
	sha256(inner, 64 + length, outer + 64);
	sha256(outer, sizeof(outer), out);
	memzero_explicit(inner, sizeof(inner));
	memzero_explicit(outer, sizeof(outer));
}

/* SHA-256 of a tag and 32 bytes: the next key, the key of tokens. */
static void derive(const char tag[4], const u8 key[32], u8 out[32])
{
	u8 bytes[4 + 32];

	memcpy(bytes, tag, 4);
	memcpy(bytes + 4, key, 32);
	sha256(bytes, sizeof(bytes), out);
	memzero_explicit(bytes, sizeof(bytes));
}

/* The next record, empty but for its kind; qenex_append() ends it. */
struct qenex_record *qenex_draft(struct qenex_core *core, u32 kind)
{
	struct qenex_record *record = &core->chain.record;

	memset(record, 0, sizeof(*record));
	record->kind = kind;
	return record;
}

/*
 * Links the drafted record to the chain and puts it into the ring; returns its seq. Its digest is
 * core->digest until the next one.
 */
u64 qenex_append(struct qenex_core *core, const struct qenex_caller *caller)
{
	struct qenex_chain *chain = &core->chain;
	struct qenex_record *record = &chain->record;

	record->seq = core->seq + 1;
	record->boot_ns = caller->boot_ns;
	record->real_ns = caller->real_ns;
	record->uid = caller->uid;
	if (caller->session != QENEX_NONE)
		record->till = core->sessions[caller->session].till;
	if (core->last_real_ns > caller->real_ns &&
	    core->last_real_ns - caller->real_ns > CLOCK_BACK_NS)
		record->flags |= QENEX_RECORD_CLOCK_BACK;
	if (core->keyed)
		record->flags |= QENEX_RECORD_KEYED;
	core->last_real_ns = caller->real_ns;
	memcpy(chain->tag, "QBJ1", 4);
	memcpy(chain->previous, core->digest, 32);
	sha256(chain->tag, 4 + 32 + 144, core->digest);
	memcpy(record->digest, core->digest, 32);
	core->memory.ring[record->seq % core->memory.ring_max] = *record;
	WRITE_ONCE(core->seq, record->seq);
	return record->seq;
}

/* Records an account as it now stands; its version is that record's seq. */
void qenex_account_record(struct qenex_core *core, const struct qenex_caller *caller, u32 slot,
			  u32 kind)
{
	struct qenex_account *account = &core->memory.slots[slot].account;
	struct qenex_record *record = qenex_draft(core, kind);

	account->version = core->seq + 1;
	record->debit = account->id;
	record->currency = account->currency;
	sha256((const u8 *)account, sizeof(*account), record->meta);
	qenex_append(core, caller);
}

/* digest_0: binds this epoch to the machine's run, the station and the epoch before. */
void qenex_genesis(struct qenex_core *core, u64 previous_seq, const u8 previous[32])
{
	u8 bytes[4 + 16 + 16 + 8 + 32];

	memcpy(bytes, "QBG1", 4);
	memcpy(bytes + 4, core->epoch, 16);
	memcpy(bytes + 20, core->device, 16);
	memcpy(bytes + 36, &previous_seq, 8);
	memcpy(bytes + 44, previous, 32);
	sha256(bytes, sizeof(bytes), core->digest);
}

/* register_0, over the ledger's head the guard was loaded at. */
void qenex_anchor_begin(struct qenex_core *core, u64 counter, const u8 value[32])
{
	u8 bytes[4 + 16 + 16 + 8 + 32];

	memcpy(bytes, "QBA0", 4);
	memcpy(bytes + 4, core->epoch, 16);
	memcpy(bytes + 20, core->device, 16);
	memcpy(bytes + 36, &counter, 8);
	memcpy(bytes + 44, value, 32);
	sha256(bytes, sizeof(bytes), core->reg);
	core->counter = counter;
	memcpy(core->value, value, 32);
}

static void anchor_step(struct qenex_core *core, const struct qenex_anchor *anchor)
{
	u8 bytes[4 + 32 + 8 + 32];

	memcpy(bytes, "QBA1", 4);
	memcpy(bytes + 4, core->reg, 32);
	memcpy(bytes + 36, &anchor->counter, 8);
	memcpy(bytes + 44, anchor->value, 32);
	sha256(bytes, sizeof(bytes), core->reg);
	core->counter = anchor->counter;
	memcpy(core->value, anchor->value, 32);
	core->statistics.anchored++;
}

/* Extends the register; on EILSEQ the struct says where it stands. */
int qenex_anchor_extend(struct qenex_core *core, const struct qenex_caller *caller,
			struct qenex_anchor *anchor)
{
	int error = qenex_may_change(core, caller);

	if (error)
		return error;
	if (anchor->reserved || !qenex_is_zero(anchor->reg, 32) ||
	    anchor->counter > QENEX_AMOUNT_MAX || anchor->previous > QENEX_AMOUNT_MAX)
		return -EINVAL;
	error = qenex_wants_active(core);
	if (error)
		return error;
	if (anchor->counter != core->counter || memcmp(anchor->value, core->value, 32)) {
		if (anchor->previous == core->counter && anchor->counter > core->counter)
			anchor_step(core, anchor);
		else
			error = -EILSEQ;
	}
	anchor->previous = core->counter;
	anchor->counter = core->counter;
	memcpy(anchor->value, core->value, 32);
	memcpy(anchor->reg, core->reg, 32);
	return error;
}

/* Fills a quote; with a key it is certified, and the key moves on: it cannot be made again. */
int qenex_anchor_quote(struct qenex_core *core, const struct qenex_caller *caller,
		       struct qenex_quote *quote)
{
	u8 bytes[4 + 184];

	(void)caller;
	if (!qenex_is_zero((const u8 *)quote + 32, sizeof(*quote) - 32))
		return -EINVAL;
	if (core->state != QENEX_STATE_ACTIVE && core->state != QENEX_STATE_FROZEN)
		return -ENODATA;
	quote->counter = core->counter;
	memcpy(quote->value, core->value, 32);
	memcpy(quote->reg, core->reg, 32);
	memcpy(quote->epoch, core->epoch, 16);
	quote->seq = core->seq;
	memcpy(quote->chain, core->digest, 32);
	quote->boot_ns = caller->boot_ns;
	quote->key_index = core->key_index;
	quote->seals = core->seals;
	quote->state = core->state;
	memcpy(bytes, "QBQ1", 4);
	memcpy(bytes + 4, quote, 184);
	sha256(bytes, sizeof(bytes), quote->digest);
	core->statistics.quotes++;
	if (core->keyed) {
		hmac_sha256(core->key, quote->digest, 32, quote->mac);
		derive("QBK1", core->key, core->key);
		core->key_index++;
	}
	return 0;
}

/* The oldest record the ring still has, 0 when none. */
static u64 oldest(const struct qenex_core *core)
{
	if (!core->seq)
		return 0;
	return core->seq > core->memory.ring_max ? core->seq - core->memory.ring_max + 1 : 1;
}

/* Takes note of what the ledger has durably; a digest that differs freezes the guard. */
int qenex_checkpoint(struct qenex_core *core, const struct qenex_caller *caller,
		     const struct qenex_checkpoint *checkpoint)
{
	struct qenex_record *record;
	int error = qenex_may_change(core, caller);

	if (error)
		return error;
	if (checkpoint->reserved)
		return -EINVAL;
	error = qenex_wants_active(core);
	if (error)
		return error;
	if (checkpoint->seq > core->seq || checkpoint->seq < core->acked_seq || !checkpoint->seq)
		return -ERANGE;
	if (checkpoint->seq < oldest(core))
		return -ETIME;
	record = &core->memory.ring[checkpoint->seq % core->memory.ring_max];
	if (memcmp(record->digest, checkpoint->digest, 32)) {
		core->state = QENEX_STATE_FROZEN;
		qenex_draft(core, QENEX_RECORD_FREEZE);
		qenex_append(core, caller);
		return -EBADMSG;
	}
	core->acked_seq = checkpoint->seq;
	record = qenex_draft(core, QENEX_RECORD_CHECKPOINT);
	record->amount = checkpoint->seq;
	memcpy(record->meta, checkpoint->digest, 32);
	qenex_append(core, caller);
	return 0;
}

/* Takes the key of the epoch's quotes. */
int qenex_key_set(struct qenex_core *core, const struct qenex_caller *caller,
		  const struct qenex_key *key)
{
	if (!caller->admin || core->sessions[caller->session].role != QENEX_ROLE_ADMIN)
		return -EPERM;
	if (key->reserved || qenex_is_zero(key->key, 32))
		return -EINVAL;
	if (core->keyed)
		return -EALREADY;
	if (core->state != QENEX_STATE_EMPTY)
		return -EISCONN;
	memcpy(core->key, key->key, 32);
	derive("QBO0", key->key, core->token_key);
	core->key_index = 0;
	core->keyed = true;
	return 0;
}

/* Whether head office's token is for this account as it stands now. */
bool qenex_token_fits(const struct qenex_core *core, const struct qenex_account *account,
		      const u8 token[32])
{
	u8 bytes[4 + 16 + 8 + 8];
	u8 expected[32];
	bool fits;

	memcpy(bytes, "QBO1", 4);
	memcpy(bytes + 4, core->epoch, 16);
	memcpy(bytes + 20, &account->id, 8);
	memcpy(bytes + 28, &account->version, 8);
	hmac_sha256(core->token_key, bytes, sizeof(bytes), expected);
	fits = same_secret(expected, token, 32);
	memzero_explicit(expected, sizeof(expected));
	return fits;
}
