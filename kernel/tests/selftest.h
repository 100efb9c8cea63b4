/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* A test is a function; a check that fails says where and with what, and the run ends with its count (KTAP). */
#ifndef QENEX_TESTS_SELFTEST_H
#define QENEX_TESTS_SELFTEST_H

#include "device.h"

extern int checks_failed;

#define CHECK(condition) do {							\
	if (!(condition)) {							\
		printf("# %s:%d: not so: %s\n", __FILE__, __LINE__, #condition);	\
		checks_failed++;						\
	}									\
} while (0)

/* Compares an errno (0 for success) and says both names. */
#define WANT(wanted, got_) do {							\
	int got = (got_);							\
	if (got != (wanted)) {							\
		printf("# %s:%d: %s: wanted %s, got %s\n", __FILE__, __LINE__, #got_,	\
		       wanted ? strerror(wanted) : "success", got ? strerror(got) : "success"); \
		checks_failed++;						\
	}									\
} while (0)

struct test {
	const char *name;
	void (*run)(void);
};

/* A guard that is EMPTY again: an admin resets it. */
void fresh(void);
/* A fresh guard that is ACTIVE: 1 a customer with 1,000,000, 2 a customer with 0, 3 a till with no
 * cash, 4 unlimited; all in euros; 5 a customer in dollars with 100. */
int fresh_accounts(void);

extern const struct test money_tests[], field_tests[], life_tests[], stream_tests[];

#endif
