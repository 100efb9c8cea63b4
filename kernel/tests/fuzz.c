// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Random ioctls from several processes, while one watches the invariants and one follows the chain.
 *
 *   fuzz PROCESSES CALLS SEED
 *
 * Calls are made by what the guard knows (ids in use, accounts there are), then one in six is
 * spoilt: a byte, the size, the pointer. Amounts in euros (978) start balanced, so that at every
 * instant their debits equal their credits, whatever anyone sends.
 */
#define _GNU_SOURCE
#include "device.h"

#define ACCOUNTS 48
#define IDS 3000
#define HOLDS 150
#define COMMANDS 26

static const unsigned long commands[COMMANDS] = {
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

struct shared {
	uint64_t done;
	uint64_t by_errno[140];
	uint64_t by_command[COMMANDS];
	int over;
	int broken;
};

static struct shared *shared;

union argument {
	struct qenex_account account;
	struct qenex_transfer transfer;
	struct qenex_limits limits;
	struct qenex_seal seal;
	struct qenex_account_request named;
	struct qenex_transfer_request named_transfer;
	struct qenex_attach attach;
	struct qenex_list list;
	struct qenex_batch batch;
	struct qenex_anchor anchor;
	struct qenex_checkpoint checkpoint;
	struct qenex_load_commit commit;
	struct qenex_info info;
	uint8_t bytes[512];
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

/* Fills the argument for a command as a program might. */
static void fill(union argument *argument, int fd, unsigned long command,
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
		argument->attach.role = chance(state) % 4 ? 2 + chance(state) % 2 : chance(state) % 5;
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
	case QENEX_CHECKPOINT: {
		struct qenex_info now = info(fd);

		argument->checkpoint.seq = now.seq;
		memcpy(argument->checkpoint.digest, now.digest, 32);
		break;
	}
	case QENEX_LOAD_COMMIT:
		argument->commit.accounts = info(fd).accounts;
		break;
	case QENEX_LIMITS:
		argument->limits.id = some_account(state);
		argument->limits.flags = chance(state) & 1;
		argument->limits.overdraft = chance(state) % 5000;
		argument->limits.offline_hard = chance(state) % 5000;
		argument->limits.offline_count_max = chance(state) % 20;
		break;
	case QENEX_KEY_SET:
		argument->bytes[0] = 1;
		break;
	case QENEX_SEAL:
		argument->seal.seals = chance(state) & 3;
		break;
	case QENEX_ANCHOR_EXTEND: {
		argument->anchor.previous = chance(state) % 100;
		argument->anchor.counter = argument->anchor.previous + chance(state) % 3;
		break;
	}
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

static int spoilt_call(int fd, unsigned long command, union argument *argument, uint64_t *state)
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

static int choose(uint64_t *state)
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

/* After a RESET the guard may be keyed and loaded; frozen, an admin may thaw it. */
static void follow_up(int *fd, unsigned long command, int error, uint64_t *state)
{
	struct qenex_attach admin = { .role = QENEX_ROLE_ADMIN };
	struct qenex_load_begin load = { .device = { 1 } };
	struct qenex_freeze reason = { 0 };
	struct qenex_key key = { .key = { 1 } };

	if (command == QENEX_RESET && !error) {
		if (chance(state) & 1)
			shared->by_command[18] += !call(*fd, QENEX_KEY_SET, &key);
		if (chance(state) & 1)
			shared->by_command[14] += !call(*fd, QENEX_LOAD_BEGIN, &load);
	}
	if (error != EHOSTDOWN || chance(state) % 8)
		return;
	close(*fd);
	*fd = open_device(O_RDWR);
	if (!call(*fd, QENEX_ATTACH, &admin))
		call(*fd, QENEX_THAW, &reason);
}

static void fuzz(uint64_t calls, uint64_t seed)
{
	struct qenex_transfer legs[QENEX_LIST_MAX + 2];
	union argument argument;
	uint64_t state = seed * 0x9e3779b97f4a7c15ULL + 1;
	int fds[2] = { open_device(O_RDWR), open_device(O_RDWR) };

	for (uint64_t i = 0; i < calls; i++) {
		int which = chance(&state) & 1, index, error;

		do {
			index = choose(&state);
		} while (is_too_early(commands[index], &state));

		if (chance(&state) % 60 == 0) {
			close(fds[which]);
			fds[which] = open_device(chance(&state) % 16 ? O_RDWR : O_RDONLY);
		}
		fill(&argument, fds[which], commands[index], legs, &state);
		if (chance(&state) % 6 == 0)
			error = spoilt_call(fds[which], commands[index], &argument, &state);
		else
			error = call(fds[which], commands[index], &argument);
		follow_up(&fds[which], commands[index], error, &state);
		__atomic_fetch_add(&shared->by_errno[error < 140 ? error : 139], 1, 0);
		if (!error)
			__atomic_fetch_add(&shared->by_command[index], 1, 0);
		__atomic_fetch_add(&shared->done, 1, 0);
	}
}

/* Looks at all accounts at one instant, again and again. */
static void watch(void)
{
	static struct qenex_account accounts[QENEX_LIST_MAX];
	int fd = open_device(O_RDONLY);
	uint64_t looks = 0;

	while (!__atomic_load_n(&shared->over, 0)) {
		struct qenex_list list = { .array = (uintptr_t)accounts, .count = QENEX_LIST_MAX };
		unsigned __int128 posted[2] = { 0 }, pending[2] = { 0 };

		if (call(fd, QENEX_ACCOUNT_LIST, &list))
			continue;
		if (list.total > QENEX_LIST_MAX) {
			printf("# more accounts than can be seen at one instant\n");
			shared->broken = 1;
		}
		for (uint32_t i = 0; i < list.count; i++) {
			struct qenex_account *one = &accounts[i];

			if (one->debits_posted + one->debits_pending > INT64_MAX ||
			    one->credits_posted + one->credits_pending > INT64_MAX)
				shared->broken = 1;
			if (one->currency != 978)
				continue;
			posted[0] += one->debits_posted;
			posted[1] += one->credits_posted;
			pending[0] += one->debits_pending;
			pending[1] += one->credits_pending;
		}
		if (posted[0] != posted[1] || pending[0] != pending[1]) {
			printf("# debits differ from credits at record %llu\n",
			       (unsigned long long)list.seq);
			shared->broken = 1;
		}
		looks++;
	}
	printf("# invariants held in %llu looks\n", (unsigned long long)looks);
	_exit(shared->broken);
}

/* Reads the stream and recomputes every link it can. */
static void follow(void)
{
	static struct qenex_record records[32];
	int fd = open_device(O_RDONLY | O_NONBLOCK);
	struct pollfd waiting = { .fd = fd, .events = POLLIN };
	uint8_t bytes[180], digest[32];
	uint64_t previous = 0, links = 0, gaps = 0, epochs = 0;

	while (!__atomic_load_n(&shared->over, 0)) {
		ssize_t got = read(fd, records, sizeof(records));

		if (got < 0 && errno == EAGAIN)
			poll(&waiting, 1, 100);
		if (got < 0 && errno == EPIPE) {
			gaps++;
			previous = 0;
		}
		for (ssize_t i = 0; i < got / (ssize_t)sizeof(*records); i++) {
			epochs += records[i].seq == 1;
			if (previous && records[i].seq == previous + 1) {
				memcpy(bytes, "QBJ1", 4);
				memcpy(bytes + 4, digest, 32);
				memcpy(bytes + 36, &records[i], 144);
				sha256(bytes, 180, digest);
				links++;
				if (memcmp(digest, records[i].digest, 32)) {
					printf("# chain broken at %llu\n",
					       (unsigned long long)records[i].seq);
					shared->broken = 1;
				}
			} else if (previous && records[i].seq != 1) {
				printf("# record %llu follows %llu\n",
				       (unsigned long long)records[i].seq,
				       (unsigned long long)previous);
				shared->broken = 1;
			}
			memcpy(digest, records[i].digest, 32);
			previous = records[i].seq;
		}
	}
	printf("# %llu links of the chain checked, %llu gaps, %llu epochs\n",
	       (unsigned long long)links, (unsigned long long)gaps, (unsigned long long)epochs);
	_exit(shared->broken);
}

int main(int count, char **arguments)
{
	uint64_t processes = count > 1 ? strtoull(arguments[1], NULL, 0) : 8;
	uint64_t calls = count > 2 ? strtoull(arguments[2], NULL, 0) : 50000;
	uint64_t seed = count > 3 ? strtoull(arguments[3], NULL, 0) : 1;
	pid_t watcher, follower;
	int status, failed = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	watcher = fork();
	if (!watcher)
		watch();
	follower = fork();
	if (!follower)
		follow();
	for (uint64_t i = 0; i < processes; i++)
		if (!fork()) {
			fuzz((calls + processes - 1) / processes, seed * 1000 + i);
			_exit(0);
		}
	for (uint64_t i = 0; i < processes; i++) {
		wait(&status);
		if (status)
			printf("# a process ended with status %x\n", status);
		failed |= status;
	}
	shared->over = 1;
	waitpid(watcher, &status, 0);
	failed |= status;
	waitpid(follower, &status, 0);
	failed |= status;
	printf("# %llu calls;", (unsigned long long)shared->done);
	for (int i = 0; i < 140; i++)
		if (shared->by_errno[i])
			printf(" %s %llu", i ? strerrorname_np(i) : "success",
			       (unsigned long long)shared->by_errno[i]);
	printf("\n");
	for (int i = 0; i < COMMANDS; i++)
		if (!shared->by_command[i] && calls >= 20000)
			printf("# never successful: number %lu\n", _IOC_NR(commands[i]));
	printf("%sok fuzz %llu calls from %llu processes, seed %llu\n", failed ? "not " : "",
	       (unsigned long long)calls, (unsigned long long)processes, (unsigned long long)seed);
	return failed ? 1 : 0;
}
