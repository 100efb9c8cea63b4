// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Loads and unloads the module again and again while processes open it, use it and are killed:
 * unloading while it is open is refused, unloading after is not.
 *
 *   reload CYCLES
 */
#define _GNU_SOURCE
#include "device.h"

#define HAMMERS 3

static int load(void)
{
	int file = open("/qenex_banking.ko", O_RDONLY | O_CLOEXEC);
	int error = syscall(SYS_finit_module, file, "max_accounts=64 max_transfers=256", 0) ? errno : 0;

	close(file);
	return error;
}

static int unload(void)
{
	return syscall(SYS_delete_module, "qenex_banking", O_NONBLOCK) ? errno : 0;
}

/* Opens, uses and closes the device as fast as it can, until it is killed. */
static void hammer(uint64_t seed)
{
	uint64_t state = seed, number = 0;
	int held[8] = { -1, -1, -1, -1, -1, -1, -1, -1 };

	for (;;) {
		int fd = open(QENEX_DEVICE_PATH, O_RDWR | O_CLOEXEC);
		struct qenex_account one = account(1 + chance(&state) % 8, 0, 0);
		struct qenex_transfer transfer = reserve(seed << 32 | number++,
							 1 + chance(&state) % 8, 9, 1);

		if (fd < 0)
			continue;
		transfer.flags = QENEX_TRANSFER_ABANDON;
		transfer.expires_boot_ns = boot_ns() + 1000000;
		call(fd, QENEX_ACCOUNT_CREATE, &one);
		one.id = 9;
		call(fd, QENEX_ACCOUNT_CREATE, &one);
		call(fd, QENEX_POST_TRANSFER, &transfer);
		/* Some stay open a while, so that the kill finds them so. */
		close(held[number % 8]);
		held[number % 8] = fd;
	}
}

int main(int count, char **arguments)
{
	int cycles = count > 1 ? atoi(arguments[1]) : 20, busy = 0;

	unload();
	for (int cycle = 0; cycle < cycles; cycle++) {
		pid_t hammers[HAMMERS];
		int fd, error;

		CHECK_CALL((errno = load()));
		for (int i = 0; i < HAMMERS; i++) {
			hammers[i] = fork();
			if (!hammers[i])
				hammer(cycle * HAMMERS + i + 1);
		}
		fd = open_device(O_RDWR);
		error = unload();
		if (error != EWOULDBLOCK && error != EBUSY) {
			printf("not ok unloaded while open: %s\n", strerror(error));
			return 1;
		}
		busy++;
		/* Tries to unload while it is in use, so that opening and unloading race. */
		close(fd);
		error = cycle & 1 ? unload() : EWOULDBLOCK;
		for (int i = 0; i < HAMMERS; i++) {
			kill(hammers[i], SIGKILL);
			waitpid(hammers[i], NULL, 0);
		}
		if (error)
			error = unload();
		if (error) {
			printf("not ok cannot unload when closed: %s\n", strerror(error));
			return 1;
		}
	}
	CHECK_CALL((errno = load()));
	printf("ok reload %d times, %d unloads refused while open\n", cycles, busy);
	return 0;
}
