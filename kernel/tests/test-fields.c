// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Bad input: every byte that has to be 0, wrong sizes, wrong numbers, pointers to nowhere. */
#include <stddef.h>
#include "selftest.h"

#define FROM(type, field) { offsetof(struct type, field), sizeof(struct type) - offsetof(struct type, field) }
#define ONLY(type, field) { offsetof(struct type, field), sizeof(((struct type *)0)->field) }

/* A command with a struct it takes, and the ranges in it that have to be 0. */
struct sample {
	const char *name;
	unsigned long command;
	union {
		struct qenex_account account;
		struct qenex_transfer transfer;
		struct qenex_limits limits;
		struct qenex_anchor anchor;
		struct qenex_attach attach;
		struct qenex_list list;
		uint8_t bytes[400];
	} with;
	struct {
		size_t offset;
		size_t size;
	} zero[4];
	int unwritable;			/* what an unmapped struct gives besides EFAULT: nothing */
};

static struct sample samples[] = {
	{ .name = "INFO", .command = QENEX_INFO, .zero = { FROM(qenex_info, abi) } },
	{ .name = "ATTACH", .command = QENEX_ATTACH, .with.attach = { .role = 1 },
	  .zero = { ONLY(qenex_attach, flags), FROM(qenex_attach, till) } },
	{ .name = "ACCOUNT_CREATE", .command = QENEX_ACCOUNT_CREATE,
	  .with.account = { .id = 50, .currency = 978 },
	  .zero = { ONLY(qenex_account, debits_pending), ONLY(qenex_account, credits_pending),
		    ONLY(qenex_account, offline_used), FROM(qenex_account, version) } },
	{ .name = "ACCOUNT_GET", .command = QENEX_ACCOUNT_GET, .with.account = { .id = 1 },
	  .zero = { FROM(qenex_account, currency) } },
	{ .name = "ACCOUNT_LIST", .command = QENEX_ACCOUNT_LIST, .with.list = { .count = 1 },
	  .zero = { FROM(qenex_list, total) } },
	{ .name = "HOLDS", .command = QENEX_HOLDS, .with.list = { .count = 1 },
	  .zero = { FROM(qenex_list, total) } },
	{ .name = "POST_TRANSFER", .command = QENEX_POST_TRANSFER,
	  .with.transfer = { .id = { 7 }, .debit = 1, .credit = 2, .amount = 5, .currency = 978,
			     .kind = QENEX_KIND_POST },
	  .zero = { ONLY(qenex_transfer, pending_id), ONLY(qenex_transfer, expires_boot_ns),
		    FROM(qenex_transfer, result) } },
	{ .name = "POST_PENDING", .command = QENEX_POST_TRANSFER,
	  .with.transfer = { .id = { 8 }, .pending_id = { 9 }, .kind = QENEX_KIND_POST_PENDING },
	  .zero = { { 32, 16 }, ONLY(qenex_transfer, currency), { 68, 12 },
		    FROM(qenex_transfer, result) } },
	{ .name = "VOID", .command = QENEX_POST_TRANSFER,
	  .with.transfer = { .id = { 8 }, .pending_id = { 9 }, .kind = QENEX_KIND_VOID },
	  .zero = { { 32, 28 }, { 68, 12 }, FROM(qenex_transfer, result) } },
	{ .name = "LOOKUP", .command = QENEX_LOOKUP, .with.transfer = { .id = { 7 } },
	  .zero = { FROM(qenex_transfer, pending_id) } },
	{ .name = "CHECKPOINT", .command = QENEX_CHECKPOINT,
	  .zero = { ONLY(qenex_checkpoint, reserved) } },
	{ .name = "LOAD_BEGIN", .command = QENEX_LOAD_BEGIN,
	  .zero = { ONLY(qenex_load_begin, reserved) } },
	{ .name = "LOAD_COMMIT", .command = QENEX_LOAD_COMMIT,
	  .zero = { ONLY(qenex_load_commit, pad), ONLY(qenex_load_commit, reserved) } },
	{ .name = "LIMITS", .command = QENEX_LIMITS, .with.limits = { .id = 1 },
	  .zero = { FROM(qenex_limits, reserved) } },
	{ .name = "OFFLINE_RESET", .command = QENEX_OFFLINE_RESET, .with.limits = { .id = 1 },
	  .zero = { FROM(qenex_offline_reset, token) } },
	{ .name = "SEAL", .command = QENEX_SEAL, .with.bytes = { 1 },
	  .zero = { ONLY(qenex_seal, pad) } },
	{ .name = "FREEZE", .command = QENEX_FREEZE, .zero = { ONLY(qenex_freeze, reserved) } },
	{ .name = "ANCHOR_EXTEND", .command = QENEX_ANCHOR_EXTEND,
	  .with.anchor = { .counter = 1 }, .zero = { FROM(qenex_anchor, reg) } },
	{ .name = "ANCHOR_QUOTE", .command = QENEX_ANCHOR_QUOTE,
	  .zero = { FROM(qenex_quote, counter) } },
	{ .name = "STATISTICS", .command = QENEX_STATISTICS,
	  .zero = { FROM(qenex_statistics, posted) } },
	{ .name = "BATCH", .command = QENEX_BATCH, .with.bytes = { [8] = 1 },
	  .zero = { { 12, 20 } } },
};

#define SAMPLES (sizeof(samples) / sizeof(*samples))

static void test_zero_bytes(void)
{
	int fd = fresh_accounts();

	for (size_t i = 0; i < SAMPLES; i++)
		for (size_t range = 0; range < 4; range++)
			for (size_t at = 0; at < samples[i].zero[range].size; at++) {
				uint8_t bytes[400];
				size_t offset = samples[i].zero[range].offset + at;
				int got;

				memcpy(bytes, samples[i].with.bytes, sizeof(bytes));
				bytes[offset] = 1;
				got = call(fd, samples[i].command, bytes);
				if (got != EINVAL)
					printf("# %s byte %zu: %s\n", samples[i].name, offset,
					       got ? strerror(got) : "success");
				CHECK(got == EINVAL);
			}
	CHECK(info(fd).state == QENEX_STATE_ACTIVE && info(fd).role == QENEX_ROLE_NONE);
	CHECK(info(fd).seals == 0 && info(fd).accounts == 5 && info(fd).seq == 5);
	close(fd);
}

/* The command with another size in its number. */
static unsigned long resized(unsigned long command, int by)
{
	return _IOC(_IOC_DIR(command), _IOC_TYPE(command), _IOC_NR(command),
		    _IOC_SIZE(command) + by);
}

static void test_sizes(void)
{
	int fd = fresh_accounts();

	for (size_t i = 0; i < SAMPLES; i++) {
		uint8_t bytes[400] = { 0 };
		size_t size = _IOC_SIZE(samples[i].command);

		memcpy(bytes, samples[i].with.bytes, size);
		WANT(EINVAL, call(fd, resized(samples[i].command, -8), bytes));
		WANT(EINVAL, call(fd, resized(samples[i].command, -1), bytes));
		bytes[size] = 1;
		WANT(E2BIG, call(fd, resized(samples[i].command, 8), bytes));
		WANT(E2BIG, call(fd, resized(samples[i].command, 1), bytes));
	}
	/* A longer struct of a newer program, its tail zero, is taken. */
	struct {
		struct qenex_account account;
		uint64_t tail;
	} longer = { .account = { .id = 1 } };

	WANT(0, call(fd, resized(QENEX_ACCOUNT_GET, 8), &longer));
	CHECK(longer.account.credits_posted == 1000000 && longer.tail == 0);
	close(fd);
}

static void test_pointers(void)
{
	int fd = fresh_accounts();
	long page = sysconf(_SC_PAGESIZE);
	uint8_t *read_only = mmap(NULL, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint8_t *none = mmap(NULL, page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	for (size_t i = 0; i < SAMPLES; i++) {
		WANT(EFAULT, call(fd, samples[i].command, NULL));
		WANT(EFAULT, call(fd, samples[i].command, none));
		WANT(EFAULT, call(fd, samples[i].command, none - 4));
		WANT(EFAULT, call(fd, samples[i].command, (void *)0xffff888000000000UL));
	}
	/* Done, but the answer cannot be written: EFAULT, and the repeat gives the receipt. */
	struct qenex_transfer transfer = post(1, 1, 2, 300), *sent;

	sent = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	*sent = transfer;
	mprotect(sent, page, PROT_READ);
	WANT(EFAULT, call(fd, QENEX_POST_TRANSFER, sent));
	CHECK(get(fd, 1).debits_posted == 300);
	WANT(0, call(fd, QENEX_POST_TRANSFER, &transfer));
	CHECK(transfer.result == QENEX_RESULT_REPLAYED && get(fd, 1).debits_posted == 300);
	WANT(EFAULT, call(fd, QENEX_INFO, read_only));
	CHECK(read(fd, none, page) == -1 && errno == EFAULT);
	CHECK(read(fd, sent, 1) == -1 && errno == EINVAL);
	munmap(none, page);
	munmap(read_only, page);
	munmap(sent, page);
	close(fd);
}

static void test_numbers(void)
{
	int fd = fresh_accounts();
	uint8_t bytes[400] = { 0 };

	for (int number = 0; number < 256; number++) {
		bool known = (number >= 1 && number <= 4) || (number >= 16 && number <= 37);

		if (!known)
			WANT(ENOTTY, call(fd, _IOC(_IOC_READ | _IOC_WRITE, QENEX_IOC_MAGIC,
						   number, 32), bytes));
		WANT(ENOTTY, call(fd, _IOC(_IOC_READ, QENEX_IOC_MAGIC, number, 384), bytes));
		WANT(ENOTTY, call(fd, _IOC(_IOC_READ | _IOC_WRITE, 'q', number, 32), bytes));
	}
	close(fd);
}

/* Bounds of each field that is a number. */
static void test_bounds(void)
{
	int fd = fresh_accounts();
	const uint64_t max = INT64_MAX;
	struct qenex_transfer transfer;
	struct qenex_account one;

	for (int field = 0; field < 3; field++)
		for (int high = 0; high < 3; high++) {
			uint64_t value = high == 0 ? 0 : high == 1 ? max + 1 : UINT64_MAX;

			transfer = post(1, 4, 3, 1);
			(&transfer.debit)[field] = value;
			WANT(EINVAL, call(fd, QENEX_POST_TRANSFER, &transfer));
		}
	transfer = post(1, 4, 2, max);
	WANT(0, call(fd, QENEX_POST_TRANSFER, &transfer));
	transfer = post(2, 4, 1, 1);
	WANT(EOVERFLOW, call(fd, QENEX_POST_TRANSFER, &transfer));
	for (uint32_t currency = 0; currency < 2; currency++) {
		transfer = post(3, 4, 1, 1);
		transfer.currency = currency ? 1000 : 0;
		WANT(EINVAL, call(fd, QENEX_POST_TRANSFER, &transfer));
		one = account(70, 0, 0);
		one.currency = currency ? 1000 : 0;
		WANT(EINVAL, call(fd, QENEX_ACCOUNT_CREATE, &one));
	}
	for (int kind = 0; kind < 7; kind++) {
		transfer = post(3, 4, 1, 1);
		transfer.kind = kind;
		if (kind == 0 || kind > 4)
			WANT(EINVAL, call(fd, QENEX_POST_TRANSFER, &transfer));
	}
	for (int bit = 2; bit < 32; bit++) {
		transfer = post(3, 4, 1, 1);
		transfer.flags = 1U << bit;
		WANT(EINVAL, call(fd, QENEX_POST_TRANSFER, &transfer));
		one = account(70, 0, 0);
		one.flags = 2U << bit;
		if (bit < 31)
			WANT(EINVAL, call(fd, QENEX_ACCOUNT_CREATE, &one));
	}
	transfer = post(3, 4, 1, 1);
	memset(transfer.id, 0, 16);
	WANT(EINVAL, call(fd, QENEX_POST_TRANSFER, &transfer));
	one = account(1, 0, 0);
	WANT(EEXIST, call(fd, QENEX_ACCOUNT_CREATE, &one));
	one = account(0, 0, 0);
	WANT(EINVAL, call(fd, QENEX_ACCOUNT_CREATE, &one));
	one = account(max, 0, max);
	WANT(0, call(fd, QENEX_ACCOUNT_CREATE, &one));
	one = account(71, 0, max + 1);
	WANT(EINVAL, call(fd, QENEX_ACCOUNT_CREATE, &one));
	close(fd);
}

/* What the kernel gives back has no byte of its stack: the pattern before is gone or ours. */
static void test_no_leak(void)
{
	int fd = fresh_accounts();
	struct qenex_account asked = { .id = 1 };
	struct qenex_info first = info(fd), second;

	WANT(0, call(fd, QENEX_ACCOUNT_GET, &asked));
	for (size_t i = 0; i < sizeof(asked.reserved); i++)
		CHECK(((uint8_t *)asked.reserved)[i] == 0);
	second = info(fd);
	first.boot_ns = second.boot_ns;
	CHECK(!memcmp(&first, &second, sizeof(first)));
	close(fd);
}

const struct test field_tests[] = {
	{ "every byte that has to be 0 is refused when it is not", test_zero_bytes },
	{ "a smaller struct is EINVAL, a longer one E2BIG unless its tail is 0", test_sizes },
	{ "pointers to nowhere are EFAULT; done but unanswered is found again by id", test_pointers },
	{ "unknown numbers and directions are ENOTTY", test_numbers },
	{ "numbers at and beyond their bounds", test_bounds },
	{ "answers carry nothing that is not theirs", test_no_leak },
	{ 0 }
};
