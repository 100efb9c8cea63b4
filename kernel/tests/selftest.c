// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Runs the self-tests of the device, one after the other, and says the outcome as KTAP. */
#include "selftest.h"

int checks_failed;

void fresh(void)
{
	int fd = open_device(O_RDWR);
	struct qenex_attach admin = { .role = QENEX_ROLE_ADMIN };

	if (call(fd, QENEX_ATTACH, &admin) || call(fd, QENEX_RESET, NULL)) {
		perror("cannot reset the guard");
		exit(2);
	}
	close(fd);
}

int fresh_accounts(void)
{
	struct qenex_account accounts[] = {
		account(1, QENEX_ACCOUNT_DEBIT_LIMITED, 1000000),
		account(2, QENEX_ACCOUNT_DEBIT_LIMITED, 0),
		account(3, QENEX_ACCOUNT_CREDIT_LIMITED, 0),
		account(4, 0, 0),
		account(5, QENEX_ACCOUNT_DEBIT_LIMITED, 100),
	};
	int fd;

	fresh();
	fd = open_device(O_RDWR);
	accounts[4].currency = 840;
	for (int i = 0; i < 5; i++)
		WANT(0, call(fd, QENEX_ACCOUNT_CREATE, &accounts[i]));
	return fd;
}

static const struct test *const groups[] = { money_tests, field_tests, life_tests, stream_tests };

int main(int count, char **arguments)
{
	int number = 0, failed = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("KTAP version 1\n");
	for (size_t group = 0; group < sizeof(groups) / sizeof(*groups); group++)
		for (const struct test *test = groups[group]; test->name; test++) {
			if (count > 1 && !strstr(test->name, arguments[1]))
				continue;
			checks_failed = 0;
			test->run();
			failed += !!checks_failed;
			printf("%sok %d %s\n", checks_failed ? "not " : "", ++number, test->name);
		}
	fresh();
	printf("1..%d\n# failed %d\n", number, failed);
	return failed ? 1 : 0;
}
