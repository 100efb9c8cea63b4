// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Money: each refusal for its one reason, repeats, holds, batches, allowances. */
#include "selftest.h"

static int submit(int fd, struct qenex_transfer *transfer)
{
	return call(fd, QENEX_POST_TRANSFER, transfer);
}

/* Sends and expects errno and result, and that no total of any account has changed on a refusal. */
static void refused(int fd, struct qenex_transfer transfer, int error, uint32_t result)
{
	struct qenex_account before[5], after[5];
	uint64_t seq = info(fd).seq;

	for (int i = 0; i < 5; i++)
		before[i] = get(fd, i + 1);
	WANT(error, submit(fd, &transfer));
	CHECK(transfer.result == result);
	if (transfer.result != result)
		printf("# result %u, wanted %u\n", transfer.result, result);
	for (int i = 0; i < 5; i++)
		after[i] = get(fd, i + 1);
	CHECK(!memcmp(before, after, sizeof(before)));
	CHECK(info(fd).seq == seq);
}

static void test_post(void)
{
	int fd = fresh_accounts();
	struct qenex_transfer transfer = post(1, 1, 2, 300);

	WANT(0, submit(fd, &transfer));
	CHECK(transfer.result == QENEX_RESULT_OK && transfer.state == QENEX_TRANSFER_POSTED);
	CHECK(transfer.seq == info(fd).seq && transfer.boot_ns && transfer.real_ns);
	CHECK(get(fd, 1).debits_posted == 300 && get(fd, 2).credits_posted == 300);
	CHECK(get(fd, 1).version == transfer.seq && get(fd, 2).version == transfer.seq);
	close(fd);
}

static void test_refusals(void)
{
	int fd = fresh_accounts();
	struct qenex_account frozen = account(6, QENEX_ACCOUNT_FROZEN, 0);
	struct qenex_account small = account(7, 0, 0);
	struct qenex_account full = account(8, 0, INT64_MAX - 10);
	struct qenex_transfer dollars = post(20, 5, 1, 5);

	small.transfer_max = 50;
	full.debits_posted = INT64_MAX - 10;
	WANT(0, call(fd, QENEX_ACCOUNT_CREATE, &frozen));
	WANT(0, call(fd, QENEX_ACCOUNT_CREATE, &small));
	WANT(0, call(fd, QENEX_ACCOUNT_CREATE, &full));
	refused(fd, post(20, 99, 98, 1), ENOENT, QENEX_RESULT_NO_DEBIT);
	refused(fd, post(20, 1, 98, 1), ENOENT, QENEX_RESULT_NO_CREDIT);
	refused(fd, post(20, 1, 1, 1), ELOOP, QENEX_RESULT_SAME_ACCOUNT);
	refused(fd, post(20, 1, 5, 1), EXDEV, QENEX_RESULT_CURRENCY);
	refused(fd, post(20, 5, 1, 1), EXDEV, QENEX_RESULT_CURRENCY);
	dollars.currency = 840;
	refused(fd, dollars, EXDEV, QENEX_RESULT_CURRENCY);
	refused(fd, post(20, 6, 1, 1), EACCES, QENEX_RESULT_DEBIT_FROZEN);
	refused(fd, post(20, 1, 6, 1), EACCES, QENEX_RESULT_CREDIT_FROZEN);
	refused(fd, post(20, 7, 1, 51), EMSGSIZE, QENEX_RESULT_TRANSFER_MAX);
	refused(fd, post(20, 1, 7, 51), EMSGSIZE, QENEX_RESULT_TRANSFER_MAX);
	refused(fd, post(20, 1, 2, 1000001), EDQUOT, QENEX_RESULT_INSUFFICIENT);
	refused(fd, post(20, 2, 1, 1), EDQUOT, QENEX_RESULT_INSUFFICIENT);
	refused(fd, post(20, 1, 3, 1), EDQUOT, QENEX_RESULT_INSUFFICIENT_CREDIT);
	refused(fd, post(20, 8, 4, 11), EOVERFLOW, QENEX_RESULT_OVERFLOW_DEBIT);
	refused(fd, post(20, 4, 8, 11), EOVERFLOW, QENEX_RESULT_OVERFLOW_CREDIT);
	refused(fd, settle(20, 77, QENEX_KIND_VOID, 0), ESRCH, QENEX_RESULT_NO_PENDING);
	close(fd);
}

/* Two reasons at once: the earlier in the header's order is given. */
static void test_precedence(void)
{
	int fd = fresh_accounts();
	struct qenex_account both = account(6, QENEX_ACCOUNT_FROZEN | QENEX_ACCOUNT_DEBIT_LIMITED, 0);
	struct qenex_transfer transfer = post(1, 1, 2, 5);

	both.transfer_max = 1;
	WANT(0, call(fd, QENEX_ACCOUNT_CREATE, &both));
	WANT(0, submit(fd, &transfer));
	refused(fd, post(1, 98, 99, 7), EEXIST, QENEX_RESULT_ID_DIFFERS);
	refused(fd, post(2, 98, 5, 7), ENOENT, QENEX_RESULT_NO_DEBIT);
	refused(fd, post(2, 6, 5, 7), EXDEV, QENEX_RESULT_CURRENCY);
	refused(fd, post(2, 6, 2, 7), EACCES, QENEX_RESULT_DEBIT_FROZEN);
	transfer = post(2, 6, 6, 0);
	refused(fd, transfer, EINVAL, QENEX_RESULT_BAD_FIELD);
	close(fd);
}

static void test_till(void)
{
	int fd = fresh_accounts();
	struct qenex_transfer in = post(1, 3, 4, 500), out = post(2, 4, 3, 501);

	WANT(0, submit(fd, &in));
	refused(fd, out, EDQUOT, QENEX_RESULT_INSUFFICIENT_CREDIT);
	out.amount = 500;
	WANT(0, submit(fd, &out));
	refused(fd, post(3, 4, 3, 1), EDQUOT, QENEX_RESULT_INSUFFICIENT_CREDIT);
	close(fd);
}

static void test_repeat(void)
{
	int fd = fresh_accounts();
	struct qenex_transfer first = post(1, 1, 2, 1000000), again = first, other;

	WANT(0, submit(fd, &first));
	/* Nothing is left on account 1: a repeat must still get its receipt. */
	WANT(0, submit(fd, &again));
	CHECK(again.result == QENEX_RESULT_REPLAYED && again.seq == first.seq);
	CHECK(!memcmp(again.digest, first.digest, 32) && again.real_ns == first.real_ns);
	CHECK(get(fd, 1).debits_posted == 1000000);
	other = post(1, 1, 2, 999);
	refused(fd, other, EEXIST, QENEX_RESULT_ID_DIFFERS);
	other = post(1, 1, 2, 1000000);
	other.meta[31] = 1;
	refused(fd, other, EEXIST, QENEX_RESULT_ID_DIFFERS);
	other = post(1, 1, 2, 1000000);
	other.code = 1;
	refused(fd, other, EEXIST, QENEX_RESULT_ID_DIFFERS);
	close(fd);
}

static void test_hold(void)
{
	int fd = fresh_accounts();
	struct qenex_transfer hold = reserve(1, 1, 2, 600), done = settle(2, 1, QENEX_KIND_POST_PENDING, 0);
	struct qenex_transfer asked = { 0 };

	WANT(0, submit(fd, &hold));
	CHECK(hold.state == QENEX_TRANSFER_PENDING);
	CHECK(get(fd, 1).debits_pending == 600 && get(fd, 2).credits_pending == 600);
	refused(fd, post(9, 1, 2, 999401), EDQUOT, QENEX_RESULT_INSUFFICIENT);
	/* What is coming in is no cover. */
	refused(fd, post(9, 2, 1, 1), EDQUOT, QENEX_RESULT_INSUFFICIENT);
	refused(fd, settle(2, 1, QENEX_KIND_POST_PENDING, 601), ERANGE, QENEX_RESULT_ABOVE_PENDING);
	close(fd);
	fd = open_device(O_RDWR);
	CHECK(get(fd, 1).debits_pending == 600);
	WANT(0, submit(fd, &done));
	CHECK(get(fd, 1).debits_pending == 0 && get(fd, 1).debits_posted == 600);
	CHECK(get(fd, 2).credits_pending == 0 && get(fd, 2).credits_posted == 600);
	memcpy(asked.id, hold.id, 16);
	WANT(0, call(fd, QENEX_LOOKUP, &asked));
	CHECK(asked.state == QENEX_TRANSFER_POSTED && asked.seq == hold.seq && asked.amount == 600);
	refused(fd, settle(3, 1, QENEX_KIND_VOID, 0), ESTALE, QENEX_RESULT_SETTLED);
	WANT(0, (done = settle(2, 1, QENEX_KIND_POST_PENDING, 0), submit(fd, &done)));
	CHECK(done.result == QENEX_RESULT_REPLAYED);
	close(fd);
}

static void test_partial_and_void(void)
{
	int fd = fresh_accounts();
	struct qenex_transfer one = reserve(1, 1, 2, 600), two = reserve(2, 1, 2, 50);
	struct qenex_transfer part = settle(3, 1, QENEX_KIND_POST_PENDING, 200);
	struct qenex_transfer none = settle(4, 2, QENEX_KIND_VOID, 0);
	struct qenex_transfer holds[4];
	struct qenex_list list = { .array = (uintptr_t)holds, .count = 4 };

	WANT(0, submit(fd, &one));
	WANT(0, submit(fd, &two));
	WANT(0, call(fd, QENEX_HOLDS, &list));
	CHECK(list.count == 2 && list.total == 2 && holds[0].seq == one.seq &&
	      holds[1].seq == two.seq);
	list = (struct qenex_list){ .array = (uintptr_t)holds, .count = 4, .first = one.seq };
	WANT(0, call(fd, QENEX_HOLDS, &list));
	CHECK(list.count == 1 && holds[0].seq == two.seq);
	WANT(0, submit(fd, &part));
	WANT(0, submit(fd, &none));
	CHECK(get(fd, 1).debits_posted == 200 && get(fd, 1).debits_pending == 0);
	CHECK(get(fd, 2).credits_posted == 200 && get(fd, 2).credits_pending == 0);
	CHECK(info(fd).holds == 0);
	close(fd);
}

static void test_expiry(void)
{
	int fd = fresh_accounts();
	struct qenex_transfer hold = reserve(1, 1, 2, 600), late = reserve(2, 1, 2, 1);
	struct qenex_account now;

	hold.expires_boot_ns = boot_ns() + 300000000;
	WANT(0, submit(fd, &hold));
	late.expires_boot_ns = 1;
	refused(fd, late, ETIME, QENEX_RESULT_EXPIRED);
	late.expires_boot_ns = boot_ns() + QENEX_EXPIRY_MAX_NS + 5000000000;
	refused(fd, late, EINVAL, QENEX_RESULT_BAD_FIELD);
	/* Waits for the guard's own work, not for a call of ours: poll wakes when its record is there. */
	while (boot_ns() < hold.expires_boot_ns)
		usleep(20000);
	now = get(fd, 1);
	CHECK(now.debits_pending == 0 && now.debits_posted == 0);
	refused(fd, settle(3, 1, QENEX_KIND_POST_PENDING, 0), ETIME, QENEX_RESULT_EXPIRED);
	/* The repeat of a hold that has expired still gets its receipt, and says so. */
	hold.result = hold.state = 0;
	hold.seq = hold.boot_ns = hold.real_ns = 0;
	memset(hold.digest, 0, 32);
	WANT(0, submit(fd, &hold));
	CHECK(hold.result == QENEX_RESULT_REPLAYED && hold.state == QENEX_TRANSFER_EXPIRED);
	close(fd);
}

static int send_batch(int fd, struct qenex_transfer *legs, uint32_t count, struct qenex_batch *batch)
{
	*batch = (struct qenex_batch){ .array = (uintptr_t)legs, .count = count };
	return call(fd, QENEX_BATCH, batch);
}

static void test_batch(void)
{
	int fd = fresh_accounts();
	struct qenex_batch batch;
	struct qenex_transfer legs[QENEX_BATCH_MAX + 1];
	uint64_t seq;

	/* The leg refused at every place: all before it are undone. */
	for (uint32_t bad = 0; bad < 4; bad++) {
		for (uint32_t i = 0; i < 4; i++)
			legs[i] = post(10 + i, 1, 2, i == bad ? 1000001 : 10);
		legs[3].kind = bad == 3 ? QENEX_KIND_POST : QENEX_KIND_RESERVE;
		seq = info(fd).seq;
		WANT(EDQUOT, send_batch(fd, legs, 4, &batch));
		CHECK(batch.leg == bad && batch.result == QENEX_RESULT_INSUFFICIENT);
		CHECK(info(fd).seq == seq && info(fd).transfers == 0 && info(fd).holds == 0);
		CHECK(get(fd, 1).debits_posted == 0 && get(fd, 1).debits_pending == 0);
		CHECK(get(fd, 2).credits_posted == 0);
	}
	/* A leg may spend what a leg before it brought; a hold made and posted in one batch. */
	legs[0] = post(10, 1, 2, 100);
	legs[1] = post(11, 2, 4, 70);
	legs[2] = reserve(12, 2, 4, 30);
	legs[3] = settle(13, 12, QENEX_KIND_POST_PENDING, 0);
	WANT(0, send_batch(fd, legs, 4, &batch));
	CHECK(get(fd, 2).debits_posted == 100 && get(fd, 2).credits_posted == 100);
	CHECK(legs[3].seq == legs[0].seq + 3 && info(fd).holds == 0);
	for (uint32_t i = 0; i < 4; i++) {
		legs[i].result = legs[i].state = 0;
		legs[i].seq = legs[i].boot_ns = legs[i].real_ns = 0;
		memset(legs[i].digest, 0, 32);
	}
	seq = info(fd).seq;
	WANT(0, send_batch(fd, legs, 4, &batch));
	CHECK(legs[0].result == QENEX_RESULT_REPLAYED && legs[3].result == QENEX_RESULT_REPLAYED);
	CHECK(info(fd).seq == seq);
	legs[0] = post(10, 1, 2, 100);
	legs[1] = post(50, 1, 2, 100);
	WANT(EEXIST, send_batch(fd, legs, 2, &batch));
	CHECK(batch.leg == 1 && batch.result == QENEX_RESULT_BATCH_MIXED);
	legs[0] = post(51, 1, 2, 100);
	legs[1] = post(51, 1, 2, 100);
	WANT(EEXIST, send_batch(fd, legs, 2, &batch));
	CHECK(get(fd, 1).debits_posted == 100);
	/* A hold settled by a leg is held again when a later leg is refused. */
	legs[0] = reserve(60, 1, 2, 5);
	WANT(0, send_batch(fd, legs, 1, &batch));
	legs[0] = settle(61, 60, QENEX_KIND_VOID, 0);
	legs[1] = post(62, 99, 1, 1);
	WANT(ENOENT, send_batch(fd, legs, 2, &batch));
	CHECK(get(fd, 1).debits_pending == 5 && info(fd).holds == 1);
	legs[0] = settle(61, 60, QENEX_KIND_VOID, 0);
	WANT(0, send_batch(fd, legs, 1, &batch));
	CHECK(get(fd, 1).debits_pending == 0);
	WANT(EINVAL, send_batch(fd, legs, 0, &batch));
	WANT(EINVAL, send_batch(fd, legs, QENEX_BATCH_MAX + 1, &batch));
	WANT(EFAULT, send_batch(fd, (struct qenex_transfer *)8, 2, &batch));
	close(fd);
}

static void test_offline(void)
{
	int fd = fresh_accounts();
	struct qenex_account allowed = account(6, QENEX_ACCOUNT_DEBIT_LIMITED, 1000000);
	struct qenex_transfer transfer;
	struct qenex_offline_reset reset = { .id = 6 };

	allowed.offline_soft = 100;
	allowed.offline_hard = 250;
	allowed.offline_count_max = 3;
	WANT(0, call(fd, QENEX_ACCOUNT_CREATE, &allowed));
	transfer = post(1, 6, 4, 100);
	transfer.flags = QENEX_TRANSFER_OFFLINE;
	WANT(0, submit(fd, &transfer));
	CHECK(transfer.result == QENEX_RESULT_OK);
	transfer = reserve(2, 6, 4, 150);
	transfer.flags = QENEX_TRANSFER_OFFLINE;
	WANT(0, submit(fd, &transfer));
	CHECK(transfer.result == QENEX_RESULT_SOFT_LIMIT && get(fd, 6).offline_used == 250);
	transfer = post(3, 6, 4, 1);
	transfer.flags = QENEX_TRANSFER_OFFLINE;
	refused(fd, transfer, ENETDOWN, QENEX_RESULT_OFFLINE_AMOUNT);
	transfer = settle(4, 2, QENEX_KIND_VOID, 0);
	WANT(0, submit(fd, &transfer));
	CHECK(get(fd, 6).offline_used == 100 && get(fd, 6).offline_count == 1);
	for (int i = 0; i < 2; i++) {
		transfer = post(5 + i, 6, 4, 1);
		transfer.flags = QENEX_TRANSFER_OFFLINE;
		WANT(0, submit(fd, &transfer));
	}
	transfer = post(7, 6, 4, 1);
	transfer.flags = QENEX_TRANSFER_OFFLINE;
	refused(fd, transfer, ENETDOWN, QENEX_RESULT_OFFLINE_COUNT);
	WANT(0, call(fd, QENEX_OFFLINE_RESET, &reset));
	CHECK(get(fd, 6).offline_used == 0 && get(fd, 6).offline_count == 0);
	WANT(0, submit(fd, &transfer));
	close(fd);
}

const struct test money_tests[] = {
	{ "a transfer moves its amount and gives a receipt", test_post },
	{ "each refusal has its one errno and result and changes nothing", test_refusals },
	{ "of two reasons the earlier in the order is given", test_precedence },
	{ "a till never gives more cash than it has", test_till },
	{ "the same id again gives the first receipt, other content EEXIST", test_repeat },
	{ "a hold keeps its amount, outlives its session, is posted once", test_hold },
	{ "a hold posted in part or voided releases the rest", test_partial_and_void },
	{ "a hold expires by itself", test_expiry },
	{ "a batch is made whole or not at all", test_batch },
	{ "offline allowances: soft, hard, number, given back, reset", test_offline },
	{ 0 }
};
