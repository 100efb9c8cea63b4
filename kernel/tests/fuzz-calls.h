/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What fuzz.c sends: a random command, an argument a program might give, ways to spoil the call. */
#ifndef QENEX_TESTS_FUZZ_CALLS_H
#define QENEX_TESTS_FUZZ_CALLS_H

#include "device.h"

#define COMMANDS 26
/* Elements of the array that calls with an array get: two more than a call may name. */
#define LEGS (QENEX_LIST_MAX + 2)

extern const unsigned long commands[COMMANDS];

/* Room for the argument of any command, and for sizes no command has. */
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

/* The place of a command in commands[]; it has to be there. */
int index_of(unsigned long command);

/* The place in commands[] of the one to send next. */
int choose_command(uint64_t *state);

/* Fills the argument for a command as a program might; an array, where there is one, is legs. */
void fill_argument(union argument *argument, int fd, unsigned long command,
		   struct qenex_transfer *legs, uint64_t *state);

/* Sends the command with something wrong; returns 0 or the errno. */
int spoilt_call(int fd, unsigned long command, union argument *argument, uint64_t *state);

#endif
