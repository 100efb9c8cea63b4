// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The life of the guard: who has it open in which role, loading, sealing, freezing, starting anew.
 */
#include "core.h"

bool qenex_is_zero(const void *bytes, size_t count)
{
	const u8 *at = bytes;

	while (count--)
		if (*at++)
			return false;
	return true;
}

static void begin_epoch(struct qenex_core *core, const u8 epoch[16])
{
	static const u8 zero[32];

	qenex_clear_tables(core);
	core->state = QENEX_STATE_EMPTY;
	core->seals = 0;
	WRITE_ONCE(core->generation, core->generation + 1);
	WRITE_ONCE(core->seq, 0);
	core->acked_seq = 0;
	core->last_real_ns = 0;
	core->next_expiry_ns = U64_MAX;
	core->next_account = QENEX_FIRST_ACCOUNT;
	core->next_transaction = QENEX_FIRST_TRANSACTION;
	core->keyed = false;
	core->key_index = 0;
	memzero_explicit(core->key, 32);
	memzero_explicit(core->token_key, 32);
	memcpy(core->epoch, epoch, 16);
	memset(core->device, 0, 16);
	qenex_genesis(core, 0, zero);
	qenex_anchor_begin(core, 0, zero);
}

/* Makes an EMPTY guard over memory that is zero. */
void qenex_init(struct qenex_core *core, const struct qenex_memory *memory, const u8 epoch[16])
{
	memset(core, 0, sizeof(*core));
	core->memory = *memory;
	begin_epoch(core, epoch);
}

/* A session's slot, or -EBUSY when all are taken. */
int qenex_open(struct qenex_core *core)
{
	u32 index;

	for (index = 0; index < QENEX_SESSIONS_MAX; index++)
		if (!core->sessions[index].used) {
			memset(&core->sessions[index], 0, sizeof(core->sessions[index]));
			core->sessions[index].used = true;
			core->sessions_used++;
			return (int)index;
		}
	return -EBUSY;
}

/* Ends a session whose abandonable holds the host has released; a load not committed is undone. */
void qenex_close(struct qenex_core *core, const struct qenex_caller *caller)
{
	struct qenex_session *session = &core->sessions[caller->session];

	if (session->loading && core->state == QENEX_STATE_LOADING) {
		u8 epoch[16];

		memcpy(epoch, core->epoch, 16);
		begin_epoch(core, epoch);
	}
	memset(session, 0, sizeof(*session));
	core->sessions_used--;
}

/* 0, or -EPERM: whether this session may change anything at all. */
int qenex_may_change(const struct qenex_core *core, const struct qenex_caller *caller)
{
	const struct qenex_session *session = &core->sessions[caller->session];

	if (session->role == QENEX_ROLE_OBSERVER)
		return -EPERM;
	if (session->role == QENEX_ROLE_NONE && (core->seals & QENEX_SEAL_ATTACHED))
		return -EPERM;
	return 0;
}

int qenex_wants_active(const struct qenex_core *core)
{
	switch (core->state) {
	case QENEX_STATE_ACTIVE:
		return 0;
	case QENEX_STATE_FROZEN:
		return -EHOSTDOWN;
	default:
		return -ENODATA;
	}
}

static bool till_taken(const struct qenex_core *core, u64 till)
{
	u32 index;

	for (index = 0; index < QENEX_SESSIONS_MAX; index++)
		if (core->sessions[index].used && core->sessions[index].role == QENEX_ROLE_TELLER &&
		    core->sessions[index].till == till)
			return true;
	return false;
}

int qenex_attach(struct qenex_core *core, const struct qenex_caller *caller,
		 const struct qenex_attach *attach)
{
	struct qenex_session *session = &core->sessions[caller->session];
	bool is_teller = attach->role == QENEX_ROLE_TELLER;

	if (attach->role == QENEX_ROLE_ADMIN && !caller->admin)
		return -EPERM;
	if (attach->role < QENEX_ROLE_OBSERVER || attach->role > QENEX_ROLE_ADMIN ||
	    attach->flags || !qenex_is_zero(attach->reserved, sizeof(attach->reserved)) ||
	    is_teller != !!attach->till)
		return -EINVAL;
	if (session->attached)
		return -EALREADY;
	if (is_teller && till_taken(core, attach->till))
		return -EBUSY;
	session->role = attach->role;
	session->till = attach->till;
	session->attached = true;
	return 0;
}

int qenex_load_begin(struct qenex_core *core, const struct qenex_caller *caller,
		     const struct qenex_load_begin *load)
{
	int error = qenex_may_change(core, caller);

	if (error)
		return error;
	if (load->reserved || load->previous_seq > QENEX_AMOUNT_MAX)
		return -EINVAL;
	if (core->state == QENEX_STATE_FROZEN)
		return -EHOSTDOWN;
	if (core->state != QENEX_STATE_EMPTY)
		return -EISCONN;
	memcpy(core->device, load->device, 16);
	qenex_genesis(core, load->previous_seq, load->previous_digest);
	core->state = QENEX_STATE_LOADING;
	core->sessions[caller->session].loading = true;
	return 0;
}

int qenex_load_commit(struct qenex_core *core, const struct qenex_caller *caller,
		      const struct qenex_load_commit *load)
{
	struct qenex_session *session = &core->sessions[caller->session];
	struct qenex_record *record;
	int error = qenex_may_change(core, caller);

	if (error)
		return error;
	if (core->state == QENEX_STATE_LOADING && !session->loading)
		return -EPERM;
	if (load->reserved || load->pad || load->counter > QENEX_AMOUNT_MAX)
		return -EINVAL;
	if (core->state == QENEX_STATE_FROZEN)
		return -EHOSTDOWN;
	if (core->state != QENEX_STATE_LOADING)
		return -ENODATA;
	if (load->accounts != core->accounts)
		return -EBADMSG;
	session->loading = false;
	core->state = QENEX_STATE_ACTIVE;
	qenex_anchor_begin(core, load->counter, load->value);
	record = qenex_draft(core, QENEX_RECORD_GENESIS);
	record->amount = load->accounts;
	record->debit = load->counter;
	memcpy(record->meta, load->value, 32);
	qenex_append(core, caller);
	return 0;
}

/* Sets seals; none is taken back. The host pins the module when it sees QENEX_SEAL_MODULE. */
int qenex_seal(struct qenex_core *core, const struct qenex_caller *caller,
	       const struct qenex_seal *seal)
{
	int error = qenex_may_change(core, caller);

	if (error)
		return error;
	if (!seal->seals || (seal->seals & ~(u32)QENEX_SEAL_ALL) || seal->pad)
		return -EINVAL;
	error = qenex_wants_active(core);
	if (error)
		return error;
	if ((core->seals | seal->seals) == core->seals)
		return 0;
	core->seals |= seal->seals;
	qenex_draft(core, QENEX_RECORD_SEAL)->amount = core->seals;
	qenex_append(core, caller);
	return 0;
}

int qenex_freeze(struct qenex_core *core, const struct qenex_caller *caller,
		 const struct qenex_freeze *freeze, bool thaw)
{
	struct qenex_record *record;
	int error = qenex_may_change(core, caller);

	if (error)
		return error;
	if (thaw && (!caller->admin || core->sessions[caller->session].role != QENEX_ROLE_ADMIN))
		return -EPERM;
	if (freeze->reserved)
		return -EINVAL;
	if (thaw ? core->state != QENEX_STATE_FROZEN : core->state != QENEX_STATE_ACTIVE)
		return core->state == QENEX_STATE_FROZEN ? -EHOSTDOWN : -ENODATA;
	if (thaw && (core->seals & QENEX_SEAL_RESET))
		return -EROFS;
	core->state = thaw ? QENEX_STATE_ACTIVE : QENEX_STATE_FROZEN;
	record = qenex_draft(core, thaw ? QENEX_RECORD_THAW : QENEX_RECORD_FREEZE);
	memcpy(record->meta, freeze->reason, 32);
	qenex_append(core, caller);
	return 0;
}

/* Back to EMPTY under a new epoch; every session stays open and attached. */
int qenex_reset(struct qenex_core *core, const struct qenex_caller *caller, const u8 epoch[16])
{
	u32 index;

	if (!caller->admin || core->sessions[caller->session].role != QENEX_ROLE_ADMIN)
		return -EPERM;
	if (core->seals & QENEX_SEAL_RESET)
		return -EROFS;
	for (index = 0; index < QENEX_SESSIONS_MAX; index++) {
		core->sessions[index].abandonable = 0;
		core->sessions[index].loading = false;
	}
	begin_epoch(core, epoch);
	return 0;
}

int qenex_info(const struct qenex_core *core, const struct qenex_caller *caller,
	       struct qenex_info *info)
{
	const struct qenex_session *session = &core->sessions[caller->session];
	u32 ring = core->memory.ring_max;

	if (!qenex_is_zero(info, sizeof(*info)))
		return -EINVAL;
	info->abi = QENEX_ABI;
	info->state = core->state;
	info->features = QENEX_FEATURE_HOLDS | QENEX_FEATURE_BATCH | QENEX_FEATURE_LIMITS |
			 QENEX_FEATURE_ANCHOR | QENEX_FEATURE_KEY | QENEX_FEATURE_EVENTS;
	info->seals = core->seals;
	info->role = session->role;
	info->till = session->till;
	info->seq = core->seq;
	info->acked_seq = core->acked_seq;
	info->oldest_seq = core->seq > ring ? core->seq - ring + 1 : core->seq ? 1 : 0;
	info->boot_ns = caller->boot_ns;
	info->accounts = core->accounts;
	info->accounts_max = core->memory.accounts_max;
	info->transfers = core->transfers;
	info->transfers_max = core->memory.transfers_max;
	info->holds = core->holds;
	info->holds_max = QENEX_HOLDS_MAX;
	info->sessions = core->sessions_used;
	info->sessions_max = QENEX_SESSIONS_MAX;
	info->key_level = core->keyed;
	info->ring_max = ring;
	memcpy(info->epoch, core->epoch, 16);
	memcpy(info->device, core->device, 16);
	memcpy(info->digest, core->digest, 32);
	return 0;
}
