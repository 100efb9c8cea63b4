// SPDX-License-Identifier: MIT
/*
 * The module's own rules (kernel/core) inside Node, for tests: so that they and the guard in memory can be
 * asked the same ten thousand times a second, on a clock the test sets. Never part of the program.
 */
#define NAPI_VERSION 8
#include <node_api.h>
#include <stdlib.h>
#include <unistd.h>
#include "../../../kernel/core/core.h"

#define ACCOUNTS 16384u
#define HEADS 65536u

static u32 accounts_max = ACCOUNTS, transfers_max = 32768, ring_max = 8192;
static struct qenex_core *core;
static u64 boot_ns = 1, real_ns = 1;
static u8 next_epoch[16];

static struct qenex_caller caller_of(u32 session)
{
	struct qenex_caller caller = { .boot_ns = boot_ns, .real_ns = real_ns,
				       .session = session, .uid = getuid(), .admin = true };

	qenex_expire(core, &caller);
	return caller;
}

static void begin(void)
{
	struct qenex_memory memory = {
		.slots = calloc(accounts_max, sizeof(struct qenex_slot)),
		.entries = calloc(transfers_max, sizeof(struct qenex_entry)),
		.ring = calloc(ring_max, sizeof(struct qenex_record)),
		.slot_heads = calloc(HEADS, sizeof(u32)), .entry_heads = calloc(HEADS, sizeof(u32)),
		.accounts_max = accounts_max, .transfers_max = transfers_max, .ring_max = ring_max,
		.slot_heads_count = HEADS, .entry_heads_count = HEADS,
	};

	if (core) {
		free(core->memory.slots);
		free(core->memory.entries);
		free(core->memory.ring);
		free(core->memory.slot_heads);
		free(core->memory.entry_heads);
		free(core);
	}
	core = calloc(1, sizeof(*core));
	qenex_init(core, &memory, next_epoch);
}

static int list(struct qenex_list *asked, void *array, bool holds)
{
	if (!asked->count || asked->count > QENEX_LIST_MAX || asked->total || asked->seq)
		return -EINVAL;
	asked->total = holds ? core->holds : core->accounts;
	asked->seq = core->seq;
	asked->count = holds ? qenex_holds(core, asked->first, asked->count, array) :
			       qenex_account_list(core, asked->first, asked->count, array);
	return 0;
}

static int batch_of(const struct qenex_caller *caller, struct qenex_batch *batch, void *array)
{
	struct qenex_transfer *legs = array;
	u32 leg;
	int error;

	if (!batch->count || batch->count > QENEX_BATCH_MAX || batch->flags || batch->leg ||
	    batch->result || batch->reserved)
		return -EINVAL;
	error = qenex_transfer_batch(core, caller, legs, batch->count, &leg);
	batch->leg = leg;
	batch->result = legs[leg].result;
	return error;
}

static int statistics(struct qenex_statistics *asked)
{
	*asked = core->statistics;
	return 0;
}

/* What the device refuses before it takes the lock, and so before anything expires. */
static bool has_bad_count(u32 request, const void *bytes)
{
	u32 count;

	if (request == QENEX_BATCH) {
		count = ((const struct qenex_batch *)bytes)->count;
		return !count || count > QENEX_BATCH_MAX;
	}
	if (request != QENEX_ACCOUNT_LIST && request != QENEX_HOLDS)
		return false;
	count = ((const struct qenex_list *)bytes)->count;
	return !count || count > QENEX_LIST_MAX;
}

static int run(u32 session, u32 request, void *bytes, void *array)
{
	struct qenex_caller caller;
	u32 leg;

	if (has_bad_count(request, bytes))
		return -EINVAL;
	caller = caller_of(session);

	switch (request) {
	case QENEX_INFO: return qenex_info(core, &caller, bytes);
	case QENEX_ATTACH: return qenex_attach(core, &caller, bytes);
	case QENEX_ACCOUNT_CREATE: return qenex_account_create(core, &caller, bytes);
	case QENEX_ACCOUNT_GET: return qenex_account_get(core, bytes);
	case QENEX_ACCOUNT_LIST: return list(bytes, array, false);
	case QENEX_POST_TRANSFER: return qenex_transfer_batch(core, &caller, bytes, 1, &leg);
	case QENEX_BATCH: return batch_of(&caller, bytes, array);
	case QENEX_LOOKUP: return qenex_lookup(core, bytes);
	case QENEX_HOLDS: return list(bytes, array, true);
	case QENEX_CHECKPOINT: return qenex_checkpoint(core, &caller, bytes);
	case QENEX_LOAD_BEGIN: return qenex_load_begin(core, &caller, bytes);
	case QENEX_LOAD_COMMIT: return qenex_load_commit(core, &caller, bytes);
	case QENEX_LIMITS: return qenex_limits(core, &caller, bytes);
	case QENEX_OFFLINE_RESET: return qenex_offline_reset(core, &caller, bytes);
	case QENEX_KEY_SET: return qenex_key_set(core, &caller, bytes);
	case QENEX_SEAL: return qenex_seal(core, &caller, bytes);
	case QENEX_FREEZE: return qenex_freeze(core, &caller, bytes, false);
	case QENEX_THAW: return qenex_freeze(core, &caller, bytes, true);
	case QENEX_RESET: return qenex_reset(core, &caller, next_epoch);
	case QENEX_ANCHOR_EXTEND: return qenex_anchor_extend(core, &caller, bytes);
	case QENEX_ANCHOR_QUOTE: return qenex_anchor_quote(core, &caller, bytes);
	case QENEX_STATISTICS: return statistics(bytes);
	default: return -ENOTTY;
	}
}

static napi_value number(napi_env env, int value)
{
	napi_value result;

	napi_create_int32(env, value, &result);
	return result;
}

static void *bytes_of(napi_env env, napi_value value, size_t *length)
{
	void *data = NULL;

	napi_get_typedarray_info(env, value, NULL, length, &data, NULL, NULL);
	return data;
}

/* open(): a session, as a number (0 is none, so it is one more than the core's). */
static napi_value open_session(napi_env env, napi_callback_info info)
{
	int session;

	(void)info;
	if (!core)
		begin();
	session = qenex_open(core);
	return number(env, session < 0 ? session : session + 1);
}

/* call(session, request, bytes[, array]): the answer, 0 or a negative errno; whole pages in copies. */
static napi_value call(napi_env env, napi_callback_info info)
{
	napi_value given[4];
	size_t count = 4, length = 0, more = 0;
	u32 session = 0, request = 0;
	u8 copy[512];
	void *bytes, *array;
	int error;

	napi_get_cb_info(env, info, &count, given, NULL, NULL);
	napi_get_value_uint32(env, given[0], &session);
	napi_get_value_uint32(env, given[1], &request);
	bytes = bytes_of(env, given[2], &length);
	array = count > 3 ? bytes_of(env, given[3], &more) : NULL;
	/* As the device: what a refused call did to its struct is seen only where the header says so. */
	if (length)
		memcpy(copy, bytes, length);
	error = run(session - 1, request, copy, array);
	if (length && (!error || request == QENEX_POST_TRANSFER || request == QENEX_BATCH ||
	    request == QENEX_ANCHOR_EXTEND))
		memcpy(bytes, copy, length);
	return number(env, error);
}

static napi_value close_session(napi_env env, napi_callback_info info)
{
	napi_value given[1];
	size_t count = 1;
	u32 session = 0;
	struct qenex_caller caller;

	napi_get_cb_info(env, info, &count, given, NULL, NULL);
	napi_get_value_uint32(env, given[0], &session);
	caller = caller_of(session - 1);
	while (qenex_abandon_one(core, &caller))
		;
	qenex_close(core, &caller);
	return number(env, 0);
}

/* setClock(bootNs, realNs), both BigInt. */
static napi_value set_clock(napi_env env, napi_callback_info info)
{
	napi_value given[2];
	size_t count = 2;
	bool lossless;
	uint64_t boot, real;

	napi_get_cb_info(env, info, &count, given, NULL, NULL);
	napi_get_value_bigint_uint64(env, given[0], &boot, &lossless);
	napi_get_value_bigint_uint64(env, given[1], &real, &lossless);
	boot_ns = boot;
	real_ns = real;
	return number(env, 0);
}

/* start(epoch, transfersMax, ringMax): a guard that has just been loaded, with no session. */
static napi_value start(napi_env env, napi_callback_info info)
{
	napi_value given[3];
	size_t count = 3, length;

	napi_get_cb_info(env, info, &count, given, NULL, NULL);
	memcpy(next_epoch, bytes_of(env, given[0], &length), 16);
	napi_get_value_uint32(env, given[1], &transfers_max);
	napi_get_value_uint32(env, given[2], &ring_max);
	begin();
	return number(env, 0);
}

/* setEpoch(epoch): of the next RESET. */
static napi_value set_epoch(napi_env env, napi_callback_info info)
{
	napi_value given[1];
	size_t count = 1, length;

	napi_get_cb_info(env, info, &count, given, NULL, NULL);
	memcpy(next_epoch, bytes_of(env, given[0], &length), 16);
	return number(env, 0);
}

NAPI_MODULE_INIT()
{
	static const struct {
		const char *name;
		napi_callback function;
	} functions[] = {
		{ "open", open_session }, { "call", call }, { "close", close_session },
		{ "setClock", set_clock }, { "start", start }, { "setEpoch", set_epoch },
	};
	size_t index;

	for (index = 0; index < sizeof(functions) / sizeof(functions[0]); index++) {
		napi_value function;

		napi_create_function(env, functions[index].name, NAPI_AUTO_LENGTH,
				     functions[index].function, NULL, &function);
		napi_set_named_property(env, exports, functions[index].name, function);
	}
	return exports;
}
