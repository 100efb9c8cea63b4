// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * What a transfer costs in this very guest, beside getppid and beside the same work without a
 * kernel: batches of each take turns, and so do guards of different sizes; the least and the
 * median of each are printed as JSON, a line for each number of accounts.
 *
 *   cost BATCHES ACCOUNTS...
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

#define SIZES_MAX 4
#define ROUNDS 6

static uint64_t times[SIZES_MAX][WHATS][1024];

/* An empty guard with so many accounts. */
static void fill(int fd, uint64_t wanted)
{
	CHECK_CALL((errno = call(fd, QENEX_RESET, NULL)));
	for (uint64_t id = 1; id <= wanted; id++) {
		struct qenex_account one = account(id, QENEX_ACCOUNT_DEBIT_LIMITED, 1000000000);

		CHECK_CALL((errno = call(fd, QENEX_ACCOUNT_CREATE, &one)));
	}
	accounts = wanted;
}

static void print(uint64_t size, uint64_t measured[WHATS][1024], int batches)
{
	printf("{\"accounts\":%llu", (unsigned long long)size);
	for (int what = 0; what < WHATS; what++) {
		qsort(measured[what], batches, sizeof(uint64_t), by_size);
		printf(",\"%s\":{\"leastNs\":%llu,\"medianNs\":%llu}", names[what],
		       (unsigned long long)measured[what][0],
		       (unsigned long long)measured[what][batches / 2]);
	}
	printf("}\n");
}

int main(int count, char **arguments)
{
	int each = (count > 1 ? atoi(arguments[1]) : 60) / ROUNDS;
	int sizes = count > 2 ? count - 2 : 1;
	struct qenex_attach admin = { .role = QENEX_ROLE_ADMIN };
	int fd = open_device(O_RDWR);

	CHECK_CALL((errno = call(fd, QENEX_ATTACH, &admin)));
	CHECK_CALL((errno = each < 1 || each * ROUNDS > 1024 || sizes > SIZES_MAX));
	for (int round = 0; round < ROUNDS; round++)
		for (int size = 0; size < sizes; size++) {
			fill(fd, count > 2 ? strtoull(arguments[2 + size], NULL, 0) : 1000);
			for (int i = 0; i < each; i++) {
				for (int what = 0; what < WHATS; what++)
					times[size][what][round * each + i] = batch(fd, what);
				checkpoint(fd);
			}
		}
	for (int size = 0; size < sizes; size++)
		print(count > 2 ? strtoull(arguments[2 + size], NULL, 0) : 1000, times[size],
		      each * ROUNDS);
	return 0;
}
