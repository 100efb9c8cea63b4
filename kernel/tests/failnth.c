// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Lets the first, second, third ... allocation or user copy of every command fail (fail-nth of the
 * debug kernel), and sees that each call is then done wholly or not at all, and that asking again
 * ends it.
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

static void reset(void)
{
	int fd = open_device(O_RDWR);
	struct qenex_attach admin = { .role = QENEX_ROLE_ADMIN };
	struct qenex_account one;

	CHECK_CALL((errno = call(fd, QENEX_ATTACH, &admin)));
	CHECK_CALL((errno = call(fd, QENEX_RESET, NULL)));
	for (uint64_t id = 1; id <= 3; id++) {
		one = account(id, QENEX_ACCOUNT_DEBIT_LIMITED, 1000);
		CHECK_CALL((errno = call(fd, QENEX_ACCOUNT_CREATE, &one)));
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
		uint8_t bytes[400];
	} with;
	int records;			/* appended when it is done */
	bool repeatable;		/* asked again it is 0 and appends nothing */
};

static struct qenex_transfer legs[4], legs_sent[4];
static struct qenex_account accounts_seen[4];

static void sweep(const struct subject *subject)
{
	for (int nth = 1; nth < 100; nth++) {
		struct subject sent = *subject;
		struct qenex_info before, after;
		bool gone;
		int fd, error;

		reset();
		memcpy(legs, legs_sent, sizeof(legs));
		fd = open_device(O_RDWR);
		before = info(fd);
		arm(nth);
		error = call(fd, subject->command, &sent.with);
		gone = went_off();
		injected += gone;
		after = info(fd);
		if (error && error != ENOMEM && error != EFAULT) {
			printf("# %s nth %d gave %s\n", subject->name, nth, strerror(error));
			failed = 1;
		}
		if (after.seq != before.seq && after.seq != before.seq + subject->records) {
			printf("# %s nth %d left %d records\n", subject->name, nth,
			       (int)(after.seq - before.seq));
			failed = 1;
		}
		if (error && subject->repeatable) {
			sent = *subject;
			memcpy(legs, legs_sent, sizeof(legs));
			error = call(fd, subject->command, &sent.with);
			after = info(fd);
			if (error || after.seq != before.seq + subject->records) {
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

int main(void)
{
	struct subject subjects[] = {
		{ .name = "INFO", .command = QENEX_INFO, .repeatable = true },
		{ .name = "ATTACH", .command = QENEX_ATTACH, .with.attach = { .role = 2, .till = 9 } },
		{ .name = "ACCOUNT_CREATE", .command = QENEX_ACCOUNT_CREATE,
		  .with.account = { .id = 9, .currency = 978 }, .records = 1 },
		{ .name = "ACCOUNT_GET", .command = QENEX_ACCOUNT_GET, .with.account = { .id = 1 },
		  .repeatable = true },
		{ .name = "ACCOUNT_LIST", .command = QENEX_ACCOUNT_LIST,
		  .with.list = { .array = (uintptr_t)accounts_seen, .count = 4 },
		  .repeatable = true },
		{ .name = "HOLDS", .command = QENEX_HOLDS,
		  .with.list = { .array = (uintptr_t)legs, .count = 4 }, .repeatable = true },
		{ .name = "POST", .command = QENEX_POST_TRANSFER, .with.transfer = post(1, 1, 2, 5),
		  .records = 1, .repeatable = true },
		{ .name = "RESERVE", .command = QENEX_POST_TRANSFER,
		  .with.transfer = reserve(1, 1, 2, 5), .records = 1, .repeatable = true },
		{ .name = "BATCH", .command = QENEX_BATCH,
		  .with.batch = { .array = (uintptr_t)legs, .count = 4 }, .records = 4,
		  .repeatable = true },
		{ .name = "LIMITS", .command = QENEX_LIMITS,
		  .with.limits = { .id = 1, .flags = 1, .overdraft = 4 }, .records = 1 },
		{ .name = "SEAL", .command = QENEX_SEAL, .with.seal = { .seals = 2 }, .records = 1 },
		{ .name = "FREEZE", .command = QENEX_FREEZE, .records = 1 },
		{ .name = "ANCHOR_EXTEND", .command = QENEX_ANCHOR_EXTEND,
		  .with.anchor = { .counter = 1 }, .repeatable = true },
		{ .name = "ANCHOR_QUOTE", .command = QENEX_ANCHOR_QUOTE, .repeatable = true },
		{ .name = "STATISTICS", .command = QENEX_STATISTICS, .repeatable = true },
	};

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (int i = 0; i < 4; i++)
		legs_sent[i] = post(100 + i, 1, 2, 5);
	nth_file = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);
	CHECK_CALL(nth_file < 0);
	sweep_open();
	for (size_t i = 0; i < sizeof(subjects) / sizeof(*subjects); i++)
		sweep(&subjects[i]);
	printf("%sok fail-nth: %d failures injected\n", failed || !injected ? "not " : "", injected);
	return failed || !injected;
}
