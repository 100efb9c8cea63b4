// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Makes the calls that fuzz.c sends: random enough to surprise the guard, near enough to sense to
 * get past its first checks.
 *
 * Arguments are made by what the guard knows (ids in use, accounts there are); a spoilt call has a
 * wrong bit, size, pointer or command. Amounts in euros (978) start balanced, so that at every
 * instant their debits equal their credits, whatever anyone sends.
 */
#include "fuzz-calls.h"

#define ACCOUNTS 48
#define IDS 3000
#define HOLDS 150

const unsigned long commands[COMMANDS] = {
	QENEX_CREATE_ACCOUNT, QENEX_GET_BALANCE, QENEX_TRANSFER, QENEX_GET_TRANSACTION,
	QENEX_INFO, QENEX_ATTACH, QENEX_ACCOUNT_CREATE, QENEX_ACCOUNT_GET, QENEX_ACCOUNT_LIST,
	QENEX_POST_TRANSFER, QENEX_BATCH, QENEX_LOOKUP, QENEX_HOLDS, QENEX_CHECKPOINT,
	QENEX_LOAD_BEGIN, QENEX_LOAD_COMMIT, QENEX_LIMITS, QENEX_OFFLINE_RESET, QENEX_KEY_SET,
	QENEX_SEAL, QENEX_FREEZE, QENEX_THAW, QENEX_RESET, QENEX_ANCHOR_EXTEND,
	QENEX_ANCHOR_QUOTE, QENEX_STATISTICS,
};

/* How often each is chosen, of their sum. */
static const uint8_t weights[COMMANDS] = {
	2, 4, 6, 2, 3, 2, 8, 6, 4, 60, 12, 6, 4, 3, 1, 1, 4, 2, 1, 1, 1, 6, 1, 4, 2, 1,
};

static uint64_t some_amount(uint64_t *state)
{
	switch (chance(state) % 12) {
	case 0: return INT64_MAX;
	case 1: return (uint64_t)INT64_MAX + 1;
	case 2: return 0;
	case 3: return chance(state);
	default: return 1 + chance(state) % 1000;
	}
}

static uint64_t some_account(uint64_t *state)
{
	if (chance(state) % 10 == 0)
		return 1000000001 + chance(state) % 8;
	return 1 + chance(state) % (ACCOUNTS + 2);
}

static void some_transfer(struct qenex_transfer *transfer, uint64_t *state)
{
	memset(transfer, 0, sizeof(*transfer));
	transfer->kind = 1 + chance(state) % 4;
	number_id(transfer->id, 1, transfer->kind == QENEX_KIND_RESERVE ? chance(state) % HOLDS :
							HOLDS + chance(state) % IDS);
	transfer->code = chance(state) % 2;
	if (transfer->kind <= QENEX_KIND_RESERVE) {
		transfer->debit = some_account(state);
		transfer->credit = some_account(state);
		transfer->amount = some_amount(state);
		transfer->currency = chance(state) % 16 ? 978 : 840;
		transfer->flags = chance(state) % 4 == 0 ? chance(state) & 3 : 0;
		if (transfer->kind == QENEX_KIND_RESERVE && chance(state) % 4 == 0)
			transfer->expires_boot_ns = boot_ns() + chance(state) % 50000000;
		return;
	}
	number_id(transfer->pending_id, 1, chance(state) % (HOLDS + 5));
	if (transfer->kind == QENEX_KIND_POST_PENDING && chance(state) % 3 == 0)
		transfer->amount = some_amount(state);
}

static void some_account_struct(struct qenex_account *account, uint64_t *state)
{
	account->id = some_account(state);
	account->currency = chance(state) % 6 ? 978 : 840;
	account->flags = chance(state) % 4 == 0 ? chance(state) & 7 : chance(state) & 1;
	account->credits_posted = some_amount(state);
	account->debits_posted = account->credits_posted;
	account->overdraft = chance(state) % 5000;
	account->transfer_max = chance(state) % 4 ? 0 : chance(state) % 2000;
	account->offline_soft = chance(state) % 2000;
	account->offline_hard = chance(state) % 4000;
	account->offline_count_max = chance(state) % 10;
}

static void some_limits(struct qenex_limits *limits, uint64_t *state)
{
	limits->id = some_account(state);
	limits->flags = chance(state) & 1;
	limits->overdraft = chance(state) % 5000;
	limits->offline_hard = chance(state) % 5000;
	limits->offline_count_max = chance(state) % 20;
}

static void checkpoint_now(struct qenex_checkpoint *checkpoint, int fd)
{
	struct qenex_info now = info(fd);

	checkpoint->seq = now.seq;
	memcpy(checkpoint->digest, now.digest, 32);
}

void fill_argument(union argument *argument, int fd, unsigned long command,
		   struct qenex_transfer *legs, uint64_t *state)
{
	memset(argument, 0, sizeof(*argument));
	switch (command) {
	case QENEX_CREATE_ACCOUNT:
		argument->named.currency = 840;
		argument->named.initial_balance = some_amount(state);
		break;
	case QENEX_TRANSFER:
		argument->named_transfer.from_account = some_account(state);
		argument->named_transfer.to_account = some_account(state);
		argument->named_transfer.amount = some_amount(state);
		argument->named_transfer.currency = 840;
		break;
	case QENEX_GET_BALANCE:
	case QENEX_GET_TRANSACTION:
	case QENEX_ACCOUNT_GET:
	case QENEX_OFFLINE_RESET:
		argument->account.id = some_account(state);
		break;
	case QENEX_ATTACH:
		argument->attach.role =
			chance(state) % 4 ? 2 + chance(state) % 2 : chance(state) % 5;
		argument->attach.till = argument->attach.role == 2 ? 1 + chance(state) % 20 : 0;
		break;
	case QENEX_ACCOUNT_CREATE:
		some_account_struct(&argument->account, state);
		break;
	case QENEX_ACCOUNT_LIST:
	case QENEX_HOLDS:
		argument->list.array = (uintptr_t)legs;
		argument->list.count = chance(state) % 66;
		argument->list.first = chance(state) % 8 ? 0 : chance(state);
		break;
	case QENEX_POST_TRANSFER:
		some_transfer(&argument->transfer, state);
		break;
	case QENEX_BATCH:
		argument->batch.array = (uintptr_t)legs;
		argument->batch.count = chance(state) % 18;
		for (int i = 0; i < QENEX_BATCH_MAX; i++)
			some_transfer(&legs[i], state);
		break;
	case QENEX_LOOKUP:
		number_id(argument->transfer.id, 1, chance(state) % IDS);
		break;
	case QENEX_CHECKPOINT:
		checkpoint_now(&argument->checkpoint, fd);
		break;
	case QENEX_LOAD_COMMIT:
		argument->commit.accounts = info(fd).accounts;
		break;
	case QENEX_LIMITS:
		some_limits(&argument->limits, state);
		break;
	case QENEX_KEY_SET:
		argument->bytes[0] = 1;
		break;
	case QENEX_SEAL:
		argument->seal.seals = chance(state) & 3;
		break;
	case QENEX_ANCHOR_EXTEND:
		argument->anchor.previous = chance(state) % 100;
		argument->anchor.counter = argument->anchor.previous + chance(state) % 3;
		break;
	}
}

/* What would make the invariants or the run themselves untrue is put right again. */
static void keep_balanced(union argument *argument, unsigned long command)
{
	if (command == QENEX_ACCOUNT_CREATE && argument->account.currency == 978)
		argument->account.debits_posted = argument->account.credits_posted;
	if (command == QENEX_CREATE_ACCOUNT && argument->named.currency == 978)
		argument->named.currency = 840;
	if (command == QENEX_SEAL)
		argument->seal.seals &= ~(uint32_t)(QENEX_SEAL_RESET | QENEX_SEAL_MODULE);
}

int spoilt_call(int fd, unsigned long command, union argument *argument, uint64_t *state)
{
	void *pointer = argument;
	int size = _IOC_SIZE(command);

	switch (chance(state) % 6) {
	case 0:
	case 1:
	case 2:
		/* Not the address of an array: the guard would write over this program itself. */
		if (size > 8)
			argument->bytes[8 + chance(state) % (size - 8)] ^= 1 << chance(state) % 8;
		break;
	case 3:
		size = chance(state) % 512;
		break;
	case 4:
		pointer = chance(state) & 1 ? (void *)(chance(state) % 65536) :
			  (void *)chance(state);
		break;
	default:
		return call(fd, chance(state), argument);
	}
	keep_balanced(argument, command);
	return call(fd, _IOC(_IOC_DIR(command), _IOC_TYPE(command), _IOC_NR(command), size),
		    pointer);
}

/* RESET, SEAL and FREEZE are rare, or nothing would ever fill up; but each happens. */
static bool is_too_early(unsigned long command, uint64_t *state)
{
	switch (command) {
	case QENEX_RESET:
		return chance(state) % 8;
	case QENEX_SEAL:
		return chance(state) % 40;
	case QENEX_FREEZE:
		return chance(state) % 20;
	}
	return false;
}

int index_of(unsigned long command)
{
	int index = 0;

	while (commands[index] != command)
		index++;
	return index;
}

/* By the weights alone. */
static int some_command(uint64_t *state)
{
	unsigned int total = 0, at;
	int index;

	for (index = 0; index < COMMANDS; index++)
		total += weights[index];
	at = chance(state) % total;
	for (index = 0; at >= weights[index]; index++)
		at -= weights[index];
	return index;
}

int choose_command(uint64_t *state)
{
	int index;

	do {
		index = some_command(state);
	} while (is_too_early(commands[index], state));
	return index;
}
