// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Many processes move money at once; at the end the records, replayed in their order, must give
 * the very accounts the guard has, and explain every receipt that was handed out.
 *
 *   stress PROCESSES TRANSFERS
 *
 * All along a reader checks that the sum of balances never changes, and a follower replays the
 * stream. The guard's ring has to hold all records (max_records), so that nothing escapes the
 * follower.
 */
#define _GNU_SOURCE
#include "device.h"

#define ACCOUNTS 60
#define OPENING 1000000ULL

struct shared {
	int over;
	int broken;
	uint64_t next;			/* number of the next transfer */
	uint64_t refused;
	uint64_t receipts[];		/* by number: the record's seq as handed out */
};

static struct shared *shared;
static uint64_t numbers_max;

static void keep_receipt(uint64_t number, uint64_t seq)
{
	shared->receipts[number] = seq;
}

static uint64_t new_number(void)
{
	return __atomic_add_fetch(&shared->next, 1, 0);
}

static struct qenex_transfer some_post(uint64_t *state, uint32_t kind)
{
	struct qenex_transfer transfer = post(new_number(), 1 + chance(state) % ACCOUNTS, 0,
					      1 + chance(state) % (OPENING / 3));

	transfer.kind = kind;
	transfer.credit = 1 + (transfer.debit + chance(state) % (ACCOUNTS - 1)) % ACCOUNTS;
	return transfer;
}

static uint64_t number_of(const uint8_t id[16])
{
	uint64_t number;

	memcpy(&number, id + 8, 8);
	return number;
}

static bool submit(int fd, struct qenex_transfer *transfer)
{
	int error = call(fd, QENEX_POST_TRANSFER, transfer);

	if (!error) {
		keep_receipt(number_of(transfer->id), transfer->seq);
		return true;
	}
	if (error != EDQUOT) {
		printf("# refused with %s\n", strerror(error));
		shared->broken = 1;
	}
	__atomic_fetch_add(&shared->refused, 1, 0);
	return false;
}

static void move_batch(int fd, uint64_t *state)
{
	struct qenex_transfer legs[4];
	struct qenex_batch batch = { .array = (uintptr_t)legs, .count = 4 };

	for (int i = 0; i < 4; i++)
		legs[i] = some_post(state, QENEX_KIND_POST);
	if (call(fd, QENEX_BATCH, &batch)) {
		__atomic_fetch_add(&shared->refused, 1, 0);
		return;
	}
	for (int i = 0; i < 4; i++)
		keep_receipt(number_of(legs[i].id), legs[i].seq);
}

static void move_money(uint64_t count, uint64_t seed)
{
	uint64_t state = seed * 0x9e3779b97f4a7c15ULL + 1;
	int fd = open_device(O_RDWR);

	for (uint64_t i = 0; i < count && !shared->broken; i++) {
		struct qenex_transfer transfer;

		switch (chance(&state) % 4) {
		case 0: {
			uint64_t hold;

			transfer = some_post(&state, QENEX_KIND_RESERVE);
			hold = number_of(transfer.id);
			if (!submit(fd, &transfer))
				break;
			transfer = settle(new_number(), hold,
					  chance(&state) % 3 ? QENEX_KIND_POST_PENDING : QENEX_KIND_VOID, 0);
			submit(fd, &transfer);
			break;
		}
		case 1:
			move_batch(fd, &state);
			break;
		default:
			transfer = some_post(&state, QENEX_KIND_POST);
			submit(fd, &transfer);
		}
	}
}

static void watch(void)
{
	static struct qenex_account accounts[QENEX_LIST_MAX];
	int fd = open_device(O_RDONLY);
	uint64_t looks = 0;

	while (!__atomic_load_n(&shared->over, 0)) {
		struct qenex_list list = { .array = (uintptr_t)accounts, .count = QENEX_LIST_MAX };
		uint64_t sum = 0, single;

		CHECK_CALL(call(fd, QENEX_ACCOUNT_LIST, &list));
		for (uint32_t i = 0; i < list.count; i++) {
			sum += accounts[i].credits_posted - accounts[i].debits_posted;
			if (accounts[i].debits_posted + accounts[i].debits_pending >
			    accounts[i].credits_posted)
				shared->broken = 1;
		}
		if (sum != ACCOUNTS * OPENING) {
			printf("# sum of balances is %llu at record %llu\n",
			       (unsigned long long)sum, (unsigned long long)list.seq);
			shared->broken = 1;
		}
		/* The read without the lock must not see half a change either. */
		struct qenex_account one = get(fd, 1 + looks % ACCOUNTS);

		single = one.debits_posted + one.debits_pending;
		if (one.id != 1 + looks % ACCOUNTS || single > one.credits_posted)
			shared->broken = 1;
		looks++;
	}
	printf("# the sum of balances held in %llu looks\n", (unsigned long long)looks);
	_exit(shared->broken);
}

/* Applies a record to the accounts; false when the accounts would not have allowed it. */
static bool fold(struct qenex_account *accounts, const struct qenex_record *record)
{
	struct qenex_account *debit = &accounts[record->debit], *credit = &accounts[record->credit];

	switch (record->kind) {
	case QENEX_RECORD_ACCOUNT:
		*debit = account(record->debit, QENEX_ACCOUNT_DEBIT_LIMITED, OPENING);
		return true;
	case QENEX_RECORD_POST:
		debit->debits_posted += record->amount;
		credit->credits_posted += record->amount;
		break;
	case QENEX_RECORD_RESERVE:
		debit->debits_pending += record->amount;
		credit->credits_pending += record->amount;
		break;
	case QENEX_RECORD_POST_PENDING:
		debit->debits_posted += record->amount;
		credit->credits_posted += record->amount;
		/* fall through */
	case QENEX_RECORD_VOID:
		debit->debits_pending -= record->amount;
		credit->credits_pending -= record->amount;
		break;
	}
	debit->version = record->seq;
	credit->version = record->seq;
	return debit->debits_posted + debit->debits_pending <= debit->credits_posted;
}

static void follow(int ready)
{
	static struct qenex_account accounts[QENEX_LIST_MAX];
	static struct qenex_record record;
	int fd = open_device(O_RDONLY | O_NONBLOCK);
	uint8_t bytes[180], digest[32] = { 0 };
	uint64_t expected = 1, explained = 0;
	struct qenex_info now;

	if (write(ready, "", 1) != 1)
		_exit(1);
	for (;;) {
		ssize_t got = read(fd, &record, sizeof(record));

		if (got < 0 && errno == EAGAIN) {
			struct pollfd waiting = { .fd = fd, .events = POLLIN };

			if (__atomic_load_n(&shared->over, 0))
				break;
			poll(&waiting, 1, 100);
			continue;
		}
		if (got != sizeof(record) || record.seq != expected || !fold(accounts, &record)) {
			printf("# record %llu does not fit\n", (unsigned long long)expected);
			_exit(1);
		}
		memcpy(bytes, "QBJ1", 4);
		memcpy(bytes + 4, digest, 32);
		memcpy(bytes + 36, &record, 144);
		sha256(bytes, 180, digest);
		if (expected > 1 && memcmp(digest, record.digest, 32)) {
			printf("# chain broken at %llu\n", (unsigned long long)expected);
			_exit(1);
		}
		memcpy(digest, record.digest, 32);
		if (record.kind >= QENEX_RECORD_POST && record.kind <= QENEX_RECORD_VOID) {
			uint64_t number = number_of(record.id);

			if (shared->receipts[number] && shared->receipts[number] != record.seq)
				shared->broken = 1;
			explained++;
		}
		expected++;
	}
	now = info(fd);
	if (now.seq + 1 != expected || memcmp(now.digest, digest, 32))
		shared->broken = 1;
	for (uint64_t id = 1; id <= ACCOUNTS; id++) {
		struct qenex_account held = get(fd, id);

		if (memcmp(&held, &accounts[id], sizeof(held))) {
			printf("# account %llu differs from its records\n", (unsigned long long)id);
			shared->broken = 1;
		}
	}
	for (uint64_t number = 1; number <= shared->next; number++)
		explained -= !!shared->receipts[number];
	if (explained) {
		printf("# receipts and records differ by %lld\n", (long long)explained);
		shared->broken = 1;
	}
	printf("# %llu records replayed give the same accounts, receipts and head\n",
	       (unsigned long long)expected - 1);
	_exit(shared->broken);
}

static void prepare(void)
{
	int fd = open_device(O_RDWR);
	struct qenex_attach admin = { .role = QENEX_ROLE_ADMIN };
	struct qenex_account one;

	CHECK_CALL(call(fd, QENEX_ATTACH, &admin));
	CHECK_CALL(call(fd, QENEX_RESET, NULL));
	for (uint64_t id = 1; id <= ACCOUNTS; id++) {
		one = account(id, QENEX_ACCOUNT_DEBIT_LIMITED, OPENING);
		CHECK_CALL(call(fd, QENEX_ACCOUNT_CREATE, &one));
	}
	close(fd);
}

int main(int count, char **arguments)
{
	uint64_t processes = count > 1 ? strtoull(arguments[1], NULL, 0) : 8;
	uint64_t transfers = count > 2 ? strtoull(arguments[2], NULL, 0) : 20000;
	pid_t watcher, follower;
	int status, failed = 0, ready[2];
	uint64_t from;
	char byte;

	setvbuf(stdout, NULL, _IOLBF, 0);
	numbers_max = transfers * 4 + processes * 4 + 16;
	shared = mmap(NULL, sizeof(*shared) + numbers_max * 8, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	prepare();
	CHECK_CALL(pipe(ready));
	watcher = fork();
	if (!watcher)
		watch();
	follower = fork();
	if (!follower)
		follow(ready[1]);
	CHECK_CALL(read(ready[0], &byte, 1) != 1);
	from = boot_ns();
	for (uint64_t i = 0; i < processes; i++)
		if (!fork()) {
			move_money((transfers + processes - 1) / processes, i + 1);
			_exit(0);
		}
	for (uint64_t i = 0; i < processes; i++) {
		wait(&status);
		failed |= status;
	}
	from = boot_ns() - from;
	shared->over = 1;
	waitpid(watcher, &status, 0);
	failed |= status;
	waitpid(follower, &status, 0);
	failed |= status;
	printf("# %llu steps, %llu refused, %llu steps a second\n", (unsigned long long)transfers,
	       (unsigned long long)shared->refused,
	       (unsigned long long)(transfers * 1000000000ULL / from));
	printf("%sok stress %llu steps from %llu processes\n", failed ? "not " : "",
	       (unsigned long long)transfers, (unsigned long long)processes);
	return failed ? 1 : 0;
}
