// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Lets the first, second, third ... allocation or user copy of every command, of open and of read
 * fail (fail-nth of the debug kernel), and sees that each call is then done wholly or not at all,
 * and that asking again ends it.
 */
#define _GNU_SOURCE
#include "device.h"

static int nth_file;
static int injected, failed;

static void arm(int nth)
{
	char text[16];
	int length = snprintf(text, sizeof(text), "%d", nth);

	/* What is still armed may hit this very write; then it is armed no more. */
	if (pwrite(nth_file, text, length, 0) != length)
		CHECK_CALL(pwrite(nth_file, text, length, 0) != length);
}

/* Whether the failure happened: what is left of the count is 0. */
static bool went_off(void)
{
	char text[16] = { 0 };
	/* A read that fails was hit itself, so the call before it was not. */
	bool gone = pread(nth_file, text, sizeof(text) - 1, 0) > 0 && atoi(text) == 0;

	arm(0);
	return gone;
}

/* Where the guard stands when a command is tried. */
enum stage { WORKING, EMPTY, LOADING, FROZEN };

static uint64_t named_id;		/* of the predecessor's transfer made while staging */

/* Empties the guard; for WORKING and FROZEN three accounts and some transfers are made. */
static void reset(enum stage stage)
{
	int fd = open_device(O_RDWR);
	struct qenex_attach admin = { .role = QENEX_ROLE_ADMIN };
	struct qenex_transfer_request named = { .from_account = 1, .to_account = 2, .amount = 1,
						.currency = 978 };
	struct qenex_transfer known = post(50, 1, 2, 1), held = reserve(51, 1, 2, 1);
	struct qenex_account one;

	CHECK_CALL((errno = call(fd, QENEX_ATTACH, &admin)));
	CHECK_CALL((errno = call(fd, QENEX_RESET, NULL)));
	for (uint64_t id = 1; id <= 3 && (stage == WORKING || stage == FROZEN); id++) {
		one = account(id, QENEX_ACCOUNT_DEBIT_LIMITED, 1000);
		CHECK_CALL((errno = call(fd, QENEX_ACCOUNT_CREATE, &one)));
	}
	if (stage == WORKING) {
		CHECK_CALL((errno = call(fd, QENEX_TRANSFER, &named)));
		CHECK_CALL((errno = call(fd, QENEX_POST_TRANSFER, &known)));
		CHECK_CALL((errno = call(fd, QENEX_POST_TRANSFER, &held)));
		named_id = named.transaction_id;
	}
	close(fd);
}

struct subject {
	const char *name;
	unsigned long command;
	union {
		struct qenex_transfer transfer;
		struct qenex_account account;
		struct qenex_batch batch;
		struct qenex_list list;
		struct qenex_anchor anchor;
		struct qenex_limits limits;
		struct qenex_seal seal;
		struct qenex_attach attach;
		struct qenex_account_request account_request;
		struct qenex_balance_request balance_request;
		struct qenex_transfer_request transfer_request;
		struct qenex_transaction_request transaction_request;
		struct qenex_checkpoint checkpoint;
		struct qenex_load_begin load_begin;
		struct qenex_load_commit load_commit;
		struct qenex_offline_reset offline_reset;
		struct qenex_key key;
		uint8_t bytes[400];
	} with;
	bool repeatable;		/* asked again it is 0 and appends nothing */
	bool admin;			/* wants an attached admin */
	enum stage stage;
};

static struct qenex_transfer legs[4], legs_sent[4];
static struct qenex_account accounts_seen[4];

/*
 * A descriptor at which the guard stands as the command wants it; fills in what only the guard
 * knows.
 */
static int stage(struct subject *subject)
{
	struct qenex_attach admin = { .role = QENEX_ROLE_ADMIN };
	struct qenex_load_begin load = { .device = { 1 } };
	struct qenex_account one = account(1, QENEX_ACCOUNT_DEBIT_LIMITED, 1000);
	struct qenex_freeze freeze = { .reason = { 1 } };
	struct qenex_info head;
	int fd;

	reset(subject->stage);
	memcpy(legs, legs_sent, sizeof(legs));
	fd = open_device(O_RDWR);
	if (subject->admin)
		CHECK_CALL((errno = call(fd, QENEX_ATTACH, &admin)));
	if (subject->stage == LOADING) {
		CHECK_CALL((errno = call(fd, QENEX_LOAD_BEGIN, &load)));
		CHECK_CALL((errno = call(fd, QENEX_ACCOUNT_CREATE, &one)));
	}
	if (subject->stage == FROZEN)
		CHECK_CALL((errno = call(fd, QENEX_FREEZE, &freeze)));
	head = info(fd);
	if (subject->command == QENEX_CHECKPOINT) {
		subject->with.checkpoint.seq = head.seq;
		memcpy(subject->with.checkpoint.digest, head.digest, 32);
	}
	if (subject->command == QENEX_GET_TRANSACTION)
		subject->with.transaction_request.transaction_id = named_id;
	return fd;
}

/* What the command does to the chain when nothing fails: that much or nothing is right. */
static int64_t records_of(const struct subject *subject)
{
	struct subject sent = *subject;
	int fd = stage(&sent);
	struct qenex_info before = info(fd);
	int error = call(fd, subject->command, &sent.with);
	struct qenex_info after = info(fd);

	close(fd);
	if (error) {
		printf("# %s without a failure gave %s\n", subject->name, strerror(error));
		failed = 1;
	}
	return (int64_t)(after.seq - before.seq);
}

static void sweep(const struct subject *subject)
{
	int64_t records = records_of(subject);

	for (int nth = 1; nth < 100; nth++) {
		struct subject sent = *subject, again;
		int fd = stage(&sent);
		struct qenex_info before = info(fd), after;
		bool gone;
		int error;

		again = sent;
		arm(nth);
		error = call(fd, subject->command, &sent.with);
		gone = went_off();
		injected += gone;
		after = info(fd);
		if (error && error != ENOMEM && error != EFAULT) {
			printf("# %s nth %d gave %s\n", subject->name, nth, strerror(error));
			failed = 1;
		}
		if (after.seq != before.seq && after.seq != before.seq + records) {
			printf("# %s nth %d left %d records\n", subject->name, nth,
			       (int)(after.seq - before.seq));
			failed = 1;
		}
		if (error && subject->repeatable) {
			memcpy(legs, legs_sent, sizeof(legs));
			error = call(fd, subject->command, &again.with);
			after = info(fd);
			if (error || after.seq != before.seq + records) {
				printf("# %s nth %d asked again: %s\n", subject->name, nth,
				       strerror(error));
				failed = 1;
			}
		}
		close(fd);
		if (!gone) {
			printf("# %s: %d points\n", subject->name, nth - 1);
			return;
		}
	}
}

/* A read that failed is read again from where it was: no record is lost between the two. */
static void sweep_read(void)
{
	for (int nth = 1; nth < 100; nth++) {
		struct qenex_record records[2];
		ssize_t got;
		bool gone;
		int fd, error;

		reset(WORKING);
		fd = open_device(O_RDWR | O_NONBLOCK);
		arm(nth);
		got = read(fd, records, sizeof(records));
		error = got < 0 ? errno : 0;
		gone = went_off();
		injected += gone;
		if (error)
			got = read(fd, records, sizeof(records));
		if ((error && error != ENOMEM && error != EFAULT) ||
		    got < (ssize_t)sizeof(*records) || records[0].seq != 1) {
			printf("# read nth %d gave %s, then %d bytes\n", nth, strerror(error),
			       (int)got);
			failed = 1;
		}
		close(fd);
		if (!gone) {
			printf("# read: %d points\n", nth - 1);
			return;
		}
	}
}

static void sweep_open(void)
{
	for (int nth = 1; nth < 100; nth++) {
		struct qenex_info before, after;
		int fd, error, watcher = open_device(O_RDWR);
		bool gone;

		before = info(watcher);
		arm(nth);
		fd = open(QENEX_DEVICE_PATH, O_RDWR | O_CLOEXEC);
		error = fd < 0 ? errno : 0;
		gone = went_off();
		injected += gone;
		after = info(watcher);
		if ((error && error != ENOMEM && error != EFAULT) ||
		    after.sessions != before.sessions + !error) {
			printf("# open nth %d gave %s and %u sessions\n", nth, strerror(error),
			       after.sessions);
			failed = 1;
		}
		if (fd >= 0)
			close(fd);
		close(watcher);
		if (!gone) {
			printf("# open: %d points\n", nth - 1);
			return;
		}
	}
}

/*
 * Every command the module has is among the subjects: one it knows is EINVAL for a size of 0, and
 * ENOTTY is one it does not know. RESET has no struct, and is seen by its name.
 */
static void check_all_there(const struct subject *subjects, size_t count)
{
	int fd = open_device(O_RDWR), known = 0;

	for (unsigned int number = 0; number < 256; number++) {
		bool there = false, wanted = number == _IOC_NR(QENEX_RESET);

		for (unsigned int way = 1; way < 4; way++)
			if (ioctl(fd, _IOC(way, QENEX_IOC_MAGIC, number, 0), NULL) && errno == EINVAL)
				wanted = true;
		for (size_t i = 0; i < count; i++)
			there |= _IOC_NR(subjects[i].command) == number;
		known += wanted;
		if (wanted && !there) {
			printf("# command %u is not swept\n", number);
			failed = 1;
		}
	}
	close(fd);
	printf("# %d commands, open and read\n", known);
}

int main(void)
{
	struct subject subjects[] = {
		{ .name = "INFO", .command = QENEX_INFO, .repeatable = true },
		{ .name = "ATTACH", .command = QENEX_ATTACH, .with.attach = { .role = 2, .till = 9 } },
		{ .name = "ACCOUNT_CREATE", .command = QENEX_ACCOUNT_CREATE,
		  .with.account = { .id = 9, .currency = 978 } },
		{ .name = "ACCOUNT_GET", .command = QENEX_ACCOUNT_GET, .with.account = { .id = 1 },
		  .repeatable = true },
		{ .name = "ACCOUNT_LIST", .command = QENEX_ACCOUNT_LIST,
		  .with.list = { .array = (uintptr_t)accounts_seen, .count = 4 },
		  .repeatable = true },
		{ .name = "HOLDS", .command = QENEX_HOLDS,
		  .with.list = { .array = (uintptr_t)legs, .count = 4 }, .repeatable = true },
		{ .name = "POST", .command = QENEX_POST_TRANSFER, .with.transfer = post(1, 1, 2, 5),
		  .repeatable = true },
		{ .name = "RESERVE", .command = QENEX_POST_TRANSFER,
		  .with.transfer = reserve(1, 1, 2, 5), .repeatable = true },
		{ .name = "BATCH", .command = QENEX_BATCH,
		  .with.batch = { .array = (uintptr_t)legs, .count = 4 },
		  .repeatable = true },
		{ .name = "LIMITS", .command = QENEX_LIMITS,
		  .with.limits = { .id = 1, .flags = 1, .overdraft = 4 } },
		{ .name = "SEAL", .command = QENEX_SEAL, .with.seal = { .seals = 2 } },
		{ .name = "FREEZE", .command = QENEX_FREEZE },
		{ .name = "ANCHOR_EXTEND", .command = QENEX_ANCHOR_EXTEND,
		  .with.anchor = { .counter = 1 }, .repeatable = true },
		{ .name = "ANCHOR_QUOTE", .command = QENEX_ANCHOR_QUOTE, .repeatable = true },
		{ .name = "STATISTICS", .command = QENEX_STATISTICS, .repeatable = true },
		{ .name = "CREATE_ACCOUNT", .command = QENEX_CREATE_ACCOUNT,
		  .with.account_request = { .initial_balance = 7, .currency = 978 } },
		{ .name = "GET_BALANCE", .command = QENEX_GET_BALANCE,
		  .with.balance_request = { .account_number = 1 }, .repeatable = true },
		{ .name = "TRANSFER", .command = QENEX_TRANSFER,
		  .with.transfer_request = { .from_account = 1, .to_account = 2, .amount = 5,
					     .currency = 978 } },
		{ .name = "GET_TRANSACTION", .command = QENEX_GET_TRANSACTION, .repeatable = true },
		{ .name = "LOOKUP", .command = QENEX_LOOKUP, .repeatable = true },
		{ .name = "SETTLE", .command = QENEX_POST_TRANSFER,
		  .with.transfer = settle(3, 51, QENEX_KIND_VOID, 0), .repeatable = true },
		{ .name = "CHECKPOINT", .command = QENEX_CHECKPOINT },
		{ .name = "LOAD_BEGIN", .command = QENEX_LOAD_BEGIN, .stage = EMPTY,
		  .with.load_begin = { .device = { 1 } } },
		{ .name = "LOAD_COMMIT", .command = QENEX_LOAD_COMMIT, .stage = LOADING,
		  .with.load_commit = { .accounts = 1, .counter = 1 } },
		{ .name = "OFFLINE_RESET", .command = QENEX_OFFLINE_RESET, .admin = true,
		  .with.offline_reset = { .id = 1 } },
		{ .name = "KEY_SET", .command = QENEX_KEY_SET, .admin = true, .stage = EMPTY,
		  .with.key = { .key = { 1 } } },
		{ .name = "THAW", .command = QENEX_THAW, .admin = true, .stage = FROZEN },
		{ .name = "RESET", .command = QENEX_RESET, .admin = true },
	};

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (int i = 0; i < 4; i++)
		legs_sent[i] = post(100 + i, 1, 2, 5);
	for (size_t i = 0; i < sizeof(subjects) / sizeof(*subjects); i++)
		if (subjects[i].command == QENEX_LOOKUP)
			memcpy(subjects[i].with.transfer.id, post(50, 1, 2, 1).id, 16);
	nth_file = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);
	CHECK_CALL(nth_file < 0);
	check_all_there(subjects, sizeof(subjects) / sizeof(*subjects));
	sweep_open();
	sweep_read();
	for (size_t i = 0; i < sizeof(subjects) / sizeof(*subjects); i++)
		sweep(&subjects[i]);
	printf("%sok fail-nth: %d failures injected\n", failed || !injected ? "not " : "", injected);
	return failed || !injected;
}
