// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The C example of the predecessor's README, its calls and fields unchanged, with what it left
 * out: the second account, the checks, the answers.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include "qenex_ioctl.h"

static int fail(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	return 1;
}

int main(void)
{
	int fd = open("/dev/qenex_banking", O_RDWR);

	if (fd < 0)
		return fail("open");

	// Create account
	struct qenex_account_request acc_req = {
		.initial_balance = 100000,  // in cents
		.currency = 840  // USD
	};
	if (ioctl(fd, QENEX_CREATE_ACCOUNT, &acc_req))
		return fail("create account");

	struct qenex_account_request other = { .currency = 840 };
	if (ioctl(fd, QENEX_CREATE_ACCOUNT, &other))
		return fail("create the other account");
	__u64 other_account = other.account_number;

	// Transfer funds
	struct qenex_transfer_request tx_req = {
		.from_account = acc_req.account_number,
		.to_account = other_account,
		.amount = 5000,  // in cents
		.currency = 840
	};
	if (ioctl(fd, QENEX_TRANSFER, &tx_req))
		return fail("transfer");

	struct qenex_balance_request bal_req = { .account_number = acc_req.account_number };
	if (ioctl(fd, QENEX_GET_BALANCE, &bal_req))
		return fail("get balance");

	struct qenex_transaction_request status = { .transaction_id = tx_req.transaction_id };
	if (ioctl(fd, QENEX_GET_TRANSACTION, &status))
		return fail("get transaction");
	printf("account %llu has %lld after transaction %llu (status %u)\n",
	       (unsigned long long)acc_req.account_number, (long long)bal_req.balance,
	       (unsigned long long)tx_req.transaction_id, status.status);
	return bal_req.balance == 95000 && status.status == QENEX_STATUS_COMPLETED ? 0 : 1;
}
