// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Where accounts and transfers are kept: fixed tables with hash chains by index, so that a lookup
 * costs the same with one account or all of them, and nothing is allocated while money moves.
 */
#include "core.h"

static u32 mix(u64 value)
{
	value ^= value >> 33;
	value *= 0xff51afd7ed558ccdULL;
	value ^= value >> 33;
	value *= 0xc4ceb9fe1a85ec53ULL;
	return (u32)(value >> 32);
}

static u32 *slot_head(const struct qenex_core *core, u64 id)
{
	return &core->memory.slot_heads[mix(id) & (core->memory.slot_heads_count - 1)];
}

static u32 *entry_head(const struct qenex_core *core, const u8 id[16])
{
	u64 low, high;

	memcpy(&low, id, 8);
	memcpy(&high, id + 8, 8);
	low ^= mix(high);
	return &core->memory.entry_heads[mix(low) & (core->memory.entry_heads_count - 1)];
}

/*
 * Slot of an account, or QENEX_NONE. May run without the lock: chains are only ever prepended to,
 * and a RESET meanwhile makes the host try again; the count of steps keeps even that walk finite.
 */
u32 qenex_find_account(const struct qenex_core *core, u64 id)
{
	u32 index = READ_ONCE(*slot_head(core, id));
	u32 steps = core->memory.accounts_max;

	while (index < core->memory.accounts_max && steps--) {
		if (core->memory.slots[index].account.id == id)
			return index;
		index = READ_ONCE(core->memory.slots[index].hash_next);
	}
	return QENEX_NONE;
}

/* Adds an account; the caller has seen that there is room and that the id is new. */
void qenex_add_slot(struct qenex_core *core, const struct qenex_account *account)
{
	u32 *head = slot_head(core, account->id);
	u32 index = core->accounts;
	struct qenex_slot *slot = &core->memory.slots[index];

	slot->account = *account;
	slot->hash_next = *head;
	/* A reader without the lock that finds the index finds the account filled in. */
	smp_store_release(head, index);
	core->accounts = index + 1;
}

u32 qenex_find_entry(const struct qenex_core *core, const u8 id[16])
{
	u32 index = *entry_head(core, id);

	while (index != QENEX_NONE && memcmp(core->memory.entries[index].transfer.id, id, 16))
		index = core->memory.entries[index].hash_next;
	return index;
}

static void unhash(struct qenex_core *core, u32 index)
{
	struct qenex_entry *entries = core->memory.entries;
	u32 *link = entry_head(core, entries[index].transfer.id);

	while (*link != index)
		link = &entries[*link].hash_next;
	*link = entries[index].hash_next;
}

/*
 * Sees to it that `wanted` transfers can still be taken in, forgetting the oldest settled ones a
 * checkpoint has acknowledged; false when they are not enough.
 */
bool qenex_make_room(struct qenex_core *core, u32 wanted)
{
	while (core->memory.transfers_max - core->transfers < wanted) {
		u32 oldest = core->settled_first;

		if (oldest == QENEX_NONE ||
		    core->memory.entries[oldest].settled_seq > core->acked_seq)
			return false;
		qenex_list_remove(core, oldest, false);
		qenex_give_entry_back(core, oldest);
	}
	return true;
}

/* A new entry under the transfer's id, in no list yet; the caller has made room. */
u32 qenex_take_entry(struct qenex_core *core, const struct qenex_transfer *transfer)
{
	u32 index = core->free_entry;
	struct qenex_entry *entry = &core->memory.entries[index];
	u32 *head = entry_head(core, transfer->id);

	core->free_entry = entry->next;
	core->transfers++;
	entry->transfer = *transfer;
	entry->hash_next = *head;
	entry->settled_seq = 0;
	entry->debit_offline = false;
	entry->credit_offline = false;
	*head = index;
	return index;
}

void qenex_give_entry_back(struct qenex_core *core, u32 index)
{
	unhash(core, index);
	core->memory.entries[index].next = core->free_entry;
	core->free_entry = index;
	core->transfers--;
}

void qenex_list_append(struct qenex_core *core, u32 index, bool hold)
{
	struct qenex_entry *entries = core->memory.entries;
	u32 *first = hold ? &core->holds_first : &core->settled_first;
	u32 *last = hold ? &core->holds_last : &core->settled_last;

	entries[index].previous = *last;
	entries[index].next = QENEX_NONE;
	if (*last == QENEX_NONE)
		*first = index;
	else
		entries[*last].next = index;
	*last = index;
}

void qenex_list_remove(struct qenex_core *core, u32 index, bool hold)
{
	struct qenex_entry *entries = core->memory.entries;
	u32 previous = entries[index].previous;
	u32 next = entries[index].next;

	if (previous == QENEX_NONE)
		*(hold ? &core->holds_first : &core->settled_first) = next;
	else
		entries[previous].next = next;
	if (next == QENEX_NONE)
		*(hold ? &core->holds_last : &core->settled_last) = previous;
	else
		entries[next].previous = previous;
}

/* Empties the tables; what they held is overwritten, not only forgotten. */
void qenex_clear_tables(struct qenex_core *core)
{
	struct qenex_memory *memory = &core->memory;
	u32 index;

	memset(memory->slot_heads, 0xff, memory->slot_heads_count * sizeof(u32));
	memset(memory->entry_heads, 0xff, memory->entry_heads_count * sizeof(u32));
	memset(memory->slots, 0, (size_t)core->accounts * sizeof(*memory->slots));
	for (index = 0; index < memory->transfers_max; index++)
		memory->entries[index].next = index + 1 < memory->transfers_max ?
					      index + 1 : QENEX_NONE;
	core->free_entry = 0;
	core->accounts = 0;
	core->transfers = 0;
	core->holds = 0;
	core->holds_first = QENEX_NONE;
	core->holds_last = QENEX_NONE;
	core->settled_first = QENEX_NONE;
	core->settled_last = QENEX_NONE;
}
