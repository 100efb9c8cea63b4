/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What every test that talks to the device wants: opening it, calling it, short ways to say a transfer. */
#ifndef QENEX_TESTS_DEVICE_H
#define QENEX_TESTS_DEVICE_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "../include/uapi/qenex_banking.h"
#include "sha256.h"

/* 0, or the errno of a call. */
static inline int call(int fd, unsigned long command, void *argument)
{
	return ioctl(fd, command, argument) ? errno : 0;
}

/* What a test cannot go on without. */
#define CHECK_CALL(failed) do {						\
	if (failed) {							\
		fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #failed, strerror(errno)); \
		_exit(2);						\
	}								\
} while (0)

static inline int open_device(int flags)
{
	int fd = open(QENEX_DEVICE_PATH, flags | O_CLOEXEC);

	if (fd < 0) {
		perror("open " QENEX_DEVICE_PATH);
		exit(2);
	}
	return fd;
}

static inline uint64_t boot_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

/* Small and fast (xorshift), so that a seed gives the same run anywhere. */
static inline uint64_t chance(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state * 0x2545f4914f6cdd1dULL;
}

static inline void number_id(uint8_t id[16], uint64_t space, uint64_t number)
{
	memcpy(id, &space, 8);
	memcpy(id + 8, &number, 8);
}

static inline struct qenex_transfer post(uint64_t number, uint64_t debit, uint64_t credit,
					 uint64_t amount)
{
	struct qenex_transfer transfer = { .debit = debit, .credit = credit, .amount = amount,
					   .currency = 978, .kind = QENEX_KIND_POST };

	number_id(transfer.id, 1, number);
	return transfer;
}

static inline struct qenex_transfer reserve(uint64_t number, uint64_t debit, uint64_t credit,
					    uint64_t amount)
{
	struct qenex_transfer transfer = post(number, debit, credit, amount);

	transfer.kind = QENEX_KIND_RESERVE;
	return transfer;
}

static inline struct qenex_transfer settle(uint64_t number, uint64_t hold, uint32_t kind,
					   uint64_t amount)
{
	struct qenex_transfer transfer = { .amount = amount, .kind = kind };

	number_id(transfer.id, 1, number);
	number_id(transfer.pending_id, 1, hold);
	return transfer;
}

static inline struct qenex_account account(uint64_t id, uint32_t flags, uint64_t credits)
{
	struct qenex_account account = { .id = id, .currency = 978, .flags = flags,
					 .credits_posted = credits };

	return account;
}

static inline struct qenex_account get(int fd, uint64_t id)
{
	struct qenex_account account = { .id = id };

	call(fd, QENEX_ACCOUNT_GET, &account);
	return account;
}

static inline struct qenex_info info(int fd)
{
	struct qenex_info info = { 0 };

	call(fd, QENEX_INFO, &info);
	return info;
}

#endif
