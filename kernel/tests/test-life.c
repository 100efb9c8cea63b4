// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The guard's life: roles, foreign processes, loading, sealing, freezing, the predecessor's calls. */
#include "selftest.h"

static int attach(int fd, uint32_t role, uint64_t till)
{
	struct qenex_attach request = { .role = role, .till = till };

	return call(fd, QENEX_ATTACH, &request);
}

static void test_roles(void)
{
	int fd = fresh_accounts(), other = open_device(O_RDWR), reader = open_device(O_RDONLY);
	struct qenex_transfer transfer = post(1, 1, 2, 1);
	struct qenex_seal seal = { .seals = QENEX_SEAL_ATTACHED };

	WANT(EINVAL, attach(fd, QENEX_ROLE_TELLER, 0));
	WANT(EINVAL, attach(fd, QENEX_ROLE_OBSERVER, 5));
	WANT(EINVAL, attach(fd, 4, 0));
	WANT(0, attach(fd, QENEX_ROLE_TELLER, 7));
	WANT(EALREADY, attach(fd, QENEX_ROLE_OBSERVER, 0));
	WANT(EBUSY, attach(other, QENEX_ROLE_TELLER, 7));
	CHECK(info(fd).role == QENEX_ROLE_TELLER && info(fd).till == 7);
	WANT(EPERM, call(reader, QENEX_POST_TRANSFER, &transfer));
	CHECK(transfer.result == QENEX_RESULT_NOT_PERMITTED);
	CHECK(get(reader, 1).credits_posted == 1000000);
	transfer.result = 0;
	WANT(0, call(other, QENEX_POST_TRANSFER, &transfer));
	WANT(0, call(fd, QENEX_SEAL, &seal));
	transfer = post(2, 1, 2, 1);
	WANT(EPERM, call(other, QENEX_POST_TRANSFER, &transfer));
	transfer = post(2, 1, 2, 1);
	WANT(0, call(fd, QENEX_POST_TRANSFER, &transfer));
	close(fd);
	/* The till is free again when its session closes. */
	WANT(0, attach(other, QENEX_ROLE_TELLER, 7));
	close(other);
	close(reader);
}

/* Runs a function in a child; its exit code. */
static int in_child(int (*run)(int), int fd)
{
	int status;
	pid_t child = fork();

	if (!child)
		_exit(run(fd));
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

static int ask_info(int fd)
{
	struct qenex_info asked = { 0 };
	char bytes[256];

	if (read(fd, bytes, sizeof(bytes)) != -1 || errno != EPERM)
		return 254;
	return call(fd, QENEX_INFO, &asked);
}

static int drop_root_and_attach(int fd)
{
	(void)fd;
	int mine = open_device(O_RDWR);

	if (setgid(1000) || setuid(1000))
		return 254;
	return attach(mine, QENEX_ROLE_ADMIN, 0);
}

static int open_as_user(int fd)
{
	(void)fd;
	if (setgid(1000) || setuid(1000))
		return 254;
	return open(QENEX_DEVICE_PATH, O_RDWR) < 0 ? errno : 0;
}

static int receive_and_ask(int socket)
{
	char byte, control[CMSG_SPACE(sizeof(int))];
	struct iovec vector = { &byte, 1 };
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control,
				  .msg_controllen = sizeof(control) };
	int fd;

	if (recvmsg(socket, &message, 0) != 1 || !CMSG_FIRSTHDR(&message))
		return 254;
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fd));
	return ask_info(fd);
}

static void test_foreign(void)
{
	int fd = fresh_accounts(), sockets[2], status;
	char byte = 0, control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec vector = { &byte, 1 };
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control,
				  .msg_controllen = sizeof(control) };
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	pid_t child;

	WANT(EPERM, in_child(ask_info, fd));
	WANT(EPERM, in_child(drop_root_and_attach, fd));
	WANT(EACCES, in_child(open_as_user, fd));
	socketpair(AF_UNIX, SOCK_STREAM, 0, sockets);
	child = fork();
	if (!child) {
		close(fd);
		_exit(receive_and_ask(sockets[1]));
	}
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(header), &fd, sizeof(fd));
	CHECK(sendmsg(sockets[0], &message, 0) == 1);
	waitpid(child, &status, 0);
	CHECK(WEXITSTATUS(status) == EPERM);
	CHECK(info(fd).state == QENEX_STATE_ACTIVE);
	close(sockets[0]);
	close(sockets[1]);
	close(fd);
}

static void test_sessions_full(void)
{
	int fds[QENEX_LIST_MAX + 1], open_count = 0, extra;

	fresh();
	while (open_count < QENEX_LIST_MAX) {
		fds[open_count] = open(QENEX_DEVICE_PATH, O_RDWR | O_CLOEXEC);
		if (fds[open_count] < 0)
			break;
		open_count++;
	}
	CHECK(open_count == 64);
	extra = open(QENEX_DEVICE_PATH, O_RDWR | O_CLOEXEC);
	CHECK(extra == -1 && errno == EBUSY);
	while (open_count--)
		close(fds[open_count]);
}

static void test_abandon(void)
{
	int fd = fresh_accounts(), other = open_device(O_RDWR);
	struct qenex_transfer stays = reserve(1, 1, 2, 10), goes = reserve(2, 1, 2, 20);
	struct qenex_transfer settled = reserve(3, 1, 2, 40);
	struct qenex_transfer done = settle(4, 3, QENEX_KIND_POST_PENDING, 0), asked = { 0 };

	goes.flags = QENEX_TRANSFER_ABANDON;
	settled.flags = QENEX_TRANSFER_ABANDON;
	WANT(0, call(fd, QENEX_POST_TRANSFER, &stays));
	WANT(0, call(fd, QENEX_POST_TRANSFER, &goes));
	WANT(0, call(fd, QENEX_POST_TRANSFER, &settled));
	WANT(0, call(other, QENEX_POST_TRANSFER, &done));
	CHECK(get(other, 1).debits_pending == 30);
	close(fd);
	CHECK(get(other, 1).debits_pending == 10 && get(other, 1).debits_posted == 40);
	memcpy(asked.id, goes.id, 16);
	WANT(0, call(other, QENEX_LOOKUP, &asked));
	CHECK(asked.state == QENEX_TRANSFER_ABANDONED);
	asked = settle(5, 2, QENEX_KIND_POST_PENDING, 0);
	WANT(ESTALE, call(other, QENEX_POST_TRANSFER, &asked));
	close(other);
}

static int die_with_hold(int fd)
{
	struct qenex_transfer hold = reserve(1, 1, 2, 25);

	(void)fd;
	fd = open_device(O_RDWR);
	hold.flags = QENEX_TRANSFER_ABANDON;
	if (call(fd, QENEX_POST_TRANSFER, &hold))
		return 1;
	kill(getpid(), SIGKILL);
	return 2;
}

static void test_killed(void)
{
	int fd = fresh_accounts();

	CHECK(in_child(die_with_hold, fd) == 255);
	/* wait() returned: the file was closed before that, and the hold with it. */
	CHECK(get(fd, 1).debits_pending == 0 && info(fd).holds == 0);
	close(fd);
}

static void test_load(void)
{
	struct qenex_load_begin begin = { .device = { 1, 2, 3 }, .previous_seq = 9 };
	struct qenex_load_commit commit = { .accounts = 1, .counter = 41, .value = { 4 } };
	struct qenex_account one = account(10, QENEX_ACCOUNT_DEBIT_LIMITED, 5);
	struct qenex_transfer transfer = post(1, 10, 11, 1);
	struct qenex_quote quote = { 0 };
	int fd, other;

	fresh();
	fd = open_device(O_RDWR);
	other = open_device(O_RDWR);
	WANT(ENODATA, call(fd, QENEX_POST_TRANSFER, &transfer));
	CHECK(transfer.result == QENEX_RESULT_NOT_ACTIVE);
	WANT(ENODATA, call(fd, QENEX_ANCHOR_QUOTE, &quote));
	WANT(0, call(fd, QENEX_LOAD_BEGIN, &begin));
	WANT(EISCONN, call(other, QENEX_LOAD_BEGIN, &begin));
	WANT(EPERM, call(other, QENEX_ACCOUNT_CREATE, &one));
	one.offline_used = 3;
	one.offline_count = 1;
	WANT(0, call(fd, QENEX_ACCOUNT_CREATE, &one));
	WANT(EPERM, call(other, QENEX_LOAD_COMMIT, &commit));
	commit.accounts = 2;
	WANT(EBADMSG, call(fd, QENEX_LOAD_COMMIT, &commit));
	commit.accounts = 1;
	close(fd);
	/* Half a load is none. */
	CHECK(info(other).state == QENEX_STATE_EMPTY && info(other).accounts == 0);
	WANT(0, call(other, QENEX_LOAD_BEGIN, &begin));
	WANT(0, call(other, QENEX_ACCOUNT_CREATE, &one));
	WANT(0, call(other, QENEX_LOAD_COMMIT, &commit));
	WANT(ENODATA, call(other, QENEX_LOAD_COMMIT, &commit));
	WANT(0, call(other, QENEX_ANCHOR_QUOTE, &quote));
	CHECK(quote.counter == 41 && quote.value[0] == 4 && info(other).device[2] == 3);
	CHECK(get(other, 10).offline_used == 3);
	close(other);
}

static void test_seals(void)
{
	int fd = fresh_accounts();
	struct qenex_seal seal = { .seals = QENEX_SEAL_ACCOUNTS | QENEX_SEAL_LIMITS };
	struct qenex_limits limits = { .id = 1, .flags = QENEX_ACCOUNT_DEBIT_LIMITED };
	struct qenex_account one = account(10, 0, 0);
	struct qenex_freeze freeze = { .reason = { 1 } };
	struct qenex_account_request named = { .currency = 840 };

	limits.overdraft = 500;
	limits.transfer_max = 100;
	WANT(0, call(fd, QENEX_LIMITS, &limits));
	CHECK(get(fd, 1).overdraft == 500);
	WANT(0, call(fd, QENEX_SEAL, &seal));
	WANT(0, call(fd, QENEX_SEAL, &seal));
	WANT(EROFS, call(fd, QENEX_ACCOUNT_CREATE, &one));
	WANT(EROFS, call(fd, QENEX_CREATE_ACCOUNT, &named));
	limits.overdraft = 501;
	WANT(EROFS, call(fd, QENEX_LIMITS, &limits));
	limits.overdraft = 400;
	limits.transfer_max = 0;
	WANT(EROFS, call(fd, QENEX_LIMITS, &limits));
	limits.transfer_max = 99;
	limits.flags = 0;
	WANT(EROFS, call(fd, QENEX_LIMITS, &limits));
	limits.flags = QENEX_ACCOUNT_DEBIT_LIMITED | QENEX_ACCOUNT_FROZEN;
	WANT(0, call(fd, QENEX_LIMITS, &limits));
	limits.flags = QENEX_ACCOUNT_DEBIT_LIMITED;
	WANT(EROFS, call(fd, QENEX_LIMITS, &limits));
	limits.id = 99;
	WANT(ENOENT, call(fd, QENEX_LIMITS, &limits));
	WANT(0, call(fd, QENEX_FREEZE, &freeze));
	WANT(EHOSTDOWN, call(fd, QENEX_FREEZE, &freeze));
	WANT(EHOSTDOWN, call(fd, QENEX_SEAL, &seal));
	CHECK(get(fd, 1).overdraft == 400);
	WANT(EPERM, call(fd, QENEX_THAW, &freeze));
	WANT(0, attach(fd, QENEX_ROLE_ADMIN, 0));
	WANT(0, call(fd, QENEX_THAW, &freeze));
	CHECK(info(fd).state == QENEX_STATE_ACTIVE);
	close(fd);
}

static void test_tables_full(void)
{
	int fd = fresh_accounts();
	struct qenex_info full = info(fd);
	struct qenex_transfer transfer;
	struct qenex_checkpoint checkpoint = { 0 };
	struct qenex_account one;
	uint64_t number = 1;

	one = account(100, 0, 0);
	for (uint32_t i = full.accounts; i < full.accounts_max; i++, one.id++)
		if (call(fd, QENEX_ACCOUNT_CREATE, &one))
			CHECK(!"account below the maximum refused");
	WANT(ENOSPC, call(fd, QENEX_ACCOUNT_CREATE, &one));
	transfer = reserve(1000000, 1, 2, 1);
	WANT(0, call(fd, QENEX_POST_TRANSFER, &transfer));
	do {
		transfer = post(number++, 4, 2, 1);
	} while (!call(fd, QENEX_POST_TRANSFER, &transfer));
	CHECK(errno == ENOSPC && transfer.result == QENEX_RESULT_TRANSFERS_FULL);
	/* The hold can be settled all the same: its room was kept. */
	transfer = settle(2000000, 1000000, QENEX_KIND_POST_PENDING, 0);
	WANT(0, call(fd, QENEX_POST_TRANSFER, &transfer));
	full = info(fd);
	CHECK(full.transfers == full.transfers_max);
	checkpoint.seq = full.seq;
	WANT(EBADMSG, (checkpoint.digest[0] = ~full.digest[0],
		       call(fd, QENEX_CHECKPOINT, &checkpoint)));
	CHECK(info(fd).state == QENEX_STATE_FROZEN);
	close(fd);
}

static void test_checkpoint(void)
{
	int fd = fresh_accounts();
	struct qenex_checkpoint checkpoint = { 0 };
	struct qenex_transfer transfer, asked = { 0 };
	struct qenex_info now = info(fd);

	do {
		transfer = post(now.transfers + 1, 4, 2, 1);
		CHECK(!call(fd, QENEX_POST_TRANSFER, &transfer));
		now = info(fd);
	} while (now.transfers < now.transfers_max);
	checkpoint.seq = now.seq + 1;
	WANT(ERANGE, call(fd, QENEX_CHECKPOINT, &checkpoint));
	checkpoint.seq = now.seq;
	memcpy(checkpoint.digest, now.digest, 32);
	WANT(0, call(fd, QENEX_CHECKPOINT, &checkpoint));
	checkpoint.seq = 1;
	WANT(ERANGE, call(fd, QENEX_CHECKPOINT, &checkpoint));
	/* Nothing was forgotten yet; the next transfer takes the oldest one's place. */
	number_id(asked.id, 1, 1);
	WANT(0, call(fd, QENEX_LOOKUP, &asked));
	transfer = post(5000000, 4, 2, 1);
	WANT(0, call(fd, QENEX_POST_TRANSFER, &transfer));
	memset(&asked, 0, sizeof(asked));
	number_id(asked.id, 1, 1);
	WANT(ESRCH, call(fd, QENEX_LOOKUP, &asked));
	close(fd);
}

static void test_predecessor(void)
{
	struct qenex_account_request one = { .initial_balance = 100000, .currency = 840 }, two = one;
	struct qenex_transfer_request transfer = { .amount = 5000, .currency = 840 };
	struct qenex_balance_request balance = { 0 };
	struct qenex_transaction_request status = { 0 };
	int fd;

	fresh();
	fd = open_device(O_RDWR);
	WANT(0, call(fd, QENEX_CREATE_ACCOUNT, &one));
	WANT(0, call(fd, QENEX_CREATE_ACCOUNT, &two));
	CHECK(one.account_number == 1000000001 && two.account_number == 1000000002);
	transfer.from_account = one.account_number;
	transfer.to_account = two.account_number;
	WANT(0, call(fd, QENEX_TRANSFER, &transfer));
	CHECK(transfer.transaction_id == 2);
	balance.account_number = one.account_number;
	WANT(0, call(fd, QENEX_GET_BALANCE, &balance));
	CHECK(balance.balance == 95000);
	status.transaction_id = 2;
	WANT(0, call(fd, QENEX_GET_TRANSACTION, &status));
	CHECK(status.status == QENEX_STATUS_COMPLETED);
	status.transaction_id = 3;
	WANT(ESRCH, call(fd, QENEX_GET_TRANSACTION, &status));
	transfer.amount = -5;
	WANT(EINVAL, call(fd, QENEX_TRANSFER, &transfer));
	transfer.amount = 95001;
	WANT(EDQUOT, call(fd, QENEX_TRANSFER, &transfer));
	transfer.currency = 978;
	WANT(EXDEV, call(fd, QENEX_TRANSFER, &transfer));
	transfer.to_account = transfer.from_account;
	WANT(ELOOP, call(fd, QENEX_TRANSFER, &transfer));
	one.initial_balance = -1;
	WANT(EINVAL, call(fd, QENEX_CREATE_ACCOUNT, &one));
	balance.account_number = 5;
	WANT(ENOENT, call(fd, QENEX_GET_BALANCE, &balance));
	close(fd);
}

const struct test life_tests[] = {
	{ "roles: teller one a till, observer reads, sealed to attached ones", test_roles },
	{ "another address space, another user, a passed descriptor are refused", test_foreign },
	{ "the number of sessions is bounded", test_sessions_full },
	{ "a session that closes releases what it flagged so, and nothing else", test_abandon },
	{ "a killed process's flagged hold is released before wait() returns", test_killed },
	{ "loading: one session, whole or not at all", test_load },
	{ "seals: limits only tighten, accounts stay, frozen is frozen", test_seals },
	{ "full tables refuse, a hold can always be settled", test_tables_full },
	{ "a checkpoint lets the oldest be forgotten", test_checkpoint },
	{ "the predecessor's four calls", test_predecessor },
	{ 0 }
};
