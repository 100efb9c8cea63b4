// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * What a transfer costs in this very guest, beside getppid and beside the same work without a kernel: batches of
 * each take turns, the least and the median of each are printed as JSON.
 *
 *   cost ACCOUNTS BATCHES
 */
#define _GNU_SOURCE
#include "device.h"

#define CALLS 200

enum what { GETPPID, NO_SUCH_CALL, GET, POST, RESERVE_POST, PLAIN, WHATS };
static const char *const names[WHATS] = { "getppid", "unknown", "get", "post", "reservePost", "plain" };

static uint64_t number, accounts, state = 88172645463325252ULL;

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

static void make_post(int fd, uint32_t kind)
{
	struct qenex_transfer transfer = post(++number, 1 + chance(&state) % accounts, 0, 1);

	transfer.credit = 1 + transfer.debit % accounts;
	transfer.kind = kind;
	CHECK_CALL((errno = call(fd, QENEX_POST_TRANSFER, &transfer)));
}

/* The guard forgets what is acknowledged, so that its table never fills. */
static void checkpoint(int fd)
{
	struct qenex_info now = info(fd);
	struct qenex_checkpoint checkpoint = { .seq = now.seq };

	memcpy(checkpoint.digest, now.digest, 32);
	CHECK_CALL((errno = call(fd, QENEX_CHECKPOINT, &checkpoint)));
}

/* Two totals and one link of the chain, in user space. */
static void plain(void)
{
	static uint64_t totals[1024][2];
	static uint8_t bytes[180];
	uint64_t debit = chance(&state) % 1024;

	totals[debit][0]++;
	totals[(debit + 1) % 1024][1]++;
	memcpy(bytes + 36, &debit, 8);
	sha256(bytes, sizeof(bytes), bytes + 4);
}

static uint64_t batch(int fd, enum what what)
{
	uint64_t from = now_ns(), hold;

	for (int i = 0; i < CALLS; i++)
		switch (what) {
		case GETPPID:
			syscall(SYS_getppid);
			break;
		case NO_SUCH_CALL:
			call(fd, _IO(QENEX_IOC_MAGIC, 99), NULL);
			break;
		case GET:
			get(fd, 1 + chance(&state) % accounts);
			break;
		case POST:
			make_post(fd, QENEX_KIND_POST);
			break;
		case RESERVE_POST: {
			struct qenex_transfer done;

			make_post(fd, QENEX_KIND_RESERVE);
			hold = number;
			done = settle(++number, hold, QENEX_KIND_POST_PENDING, 0);
			CHECK_CALL((errno = call(fd, QENEX_POST_TRANSFER, &done)));
			break;
		}
		default:
			plain();
		}
	return (now_ns() - from) / CALLS;
}

static int by_size(const void *a, const void *b)
{
	uint64_t one = *(const uint64_t *)a, two = *(const uint64_t *)b;

	return one < two ? -1 : one > two;
}

int main(int count, char **arguments)
{
	int batches = count > 2 ? atoi(arguments[2]) : 61;
	uint64_t *times[WHATS];
	struct qenex_account one;
	int fd = open_device(O_RDWR);

	accounts = count > 1 ? strtoull(arguments[1], NULL, 0) : 1000;
	for (uint64_t id = info(fd).accounts + 1; id <= accounts; id++) {
		one = account(id, QENEX_ACCOUNT_DEBIT_LIMITED, 1000000000);
		CHECK_CALL((errno = call(fd, QENEX_ACCOUNT_CREATE, &one)));
	}
	number = boot_ns();
	for (int what = 0; what < WHATS; what++)
		times[what] = calloc(batches, sizeof(uint64_t));
	for (int i = 0; i < batches; i++) {
		for (int what = 0; what < WHATS; what++)
			times[what][i] = batch(fd, what);
		checkpoint(fd);
	}
	printf("{\"accounts\":%llu", (unsigned long long)accounts);
	for (int what = 0; what < WHATS; what++) {
		qsort(times[what], batches, sizeof(uint64_t), by_size);
		printf(",\"%s\":{\"leastNs\":%llu,\"medianNs\":%llu}", names[what],
		       (unsigned long long)times[what][0],
		       (unsigned long long)times[what][batches / 2]);
	}
	printf("}\n");
	return 0;
}
