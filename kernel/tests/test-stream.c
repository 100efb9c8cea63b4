// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The stream of records, the chain recomputed by other lines, the anchor, quotes and keys. */
#include <stddef.h>
#include "selftest.h"

static void fold_digest(uint8_t digest[32], const struct qenex_record *record)
{
	uint8_t bytes[180];

	memcpy(bytes, "QBJ1", 4);
	memcpy(bytes + 4, digest, 32);
	memcpy(bytes + 36, record, 144);
	sha256(bytes, sizeof(bytes), digest);
}

static void genesis_digest(uint8_t digest[32], const char *tag, const uint8_t epoch[16],
			   const uint8_t device[16], uint64_t seq, const uint8_t previous[32])
{
	uint8_t bytes[76];

	memcpy(bytes, tag, 4);
	memcpy(bytes + 4, epoch, 16);
	memcpy(bytes + 20, device, 16);
	memcpy(bytes + 36, &seq, 8);
	memcpy(bytes + 44, previous, 32);
	sha256(bytes, sizeof(bytes), digest);
}

static void test_chain(void)
{
	int fd = fresh_accounts(), reader = open_device(O_RDONLY | O_NONBLOCK);
	struct qenex_transfer transfer = post(1, 1, 2, 3), hold = reserve(2, 1, 2, 4);
	struct qenex_record records[16];
	struct qenex_info now;
	uint8_t digest[32], zero[32] = { 0 };
	ssize_t bytes;

	transfer.meta[0] = 0xaa;
	WANT(0, call(fd, QENEX_POST_TRANSFER, &transfer));
	WANT(0, call(fd, QENEX_POST_TRANSFER, &hold));
	bytes = read(reader, records, sizeof(records));
	CHECK(bytes == 7 * (ssize_t)sizeof(struct qenex_record));
	now = info(fd);
	genesis_digest(digest, "QBG1", now.epoch, now.device, 0, zero);
	for (int i = 0; i < 7; i++) {
		fold_digest(digest, &records[i]);
		CHECK(records[i].seq == (uint64_t)i + 1);
		CHECK(!memcmp(digest, records[i].digest, 32));
	}
	CHECK(!memcmp(digest, now.digest, 32) && !memcmp(digest, hold.digest, 32));
	CHECK(records[5].kind == QENEX_RECORD_POST && records[5].amount == 3 &&
	      records[5].meta[0] == 0xaa && !memcmp(records[5].id, transfer.id, 16));
	CHECK(read(reader, records, sizeof(records)) == -1 && errno == EAGAIN);
	close(reader);
	close(fd);
}

static void test_poll(void)
{
	int fd = fresh_accounts(), reader = open_device(O_RDONLY | O_NONBLOCK);
	struct pollfd waiting = { .fd = reader, .events = POLLIN };
	struct qenex_transfer transfer = post(1, 1, 2, 3);
	struct qenex_record record;
	int status;
	pid_t child;

	while (read(reader, &record, sizeof(record)) > 0)
		;
	CHECK(poll(&waiting, 1, 0) == 0);
	child = fork();
	if (!child) {
		int mine = open_device(O_RDWR);

		_exit(call(mine, QENEX_POST_TRANSFER, &transfer));
	}
	CHECK(poll(&waiting, 1, 20000) == 1 && (waiting.revents & POLLIN));
	waitpid(child, &status, 0);
	CHECK(read(reader, &record, sizeof(record)) == sizeof(record) && record.amount == 3);
	close(reader);
	/* A blocking read wakes too. */
	reader = open_device(O_RDONLY);
	for (uint64_t left = info(fd).seq; left; left--)
		CHECK(read(reader, &record, sizeof(record)) == sizeof(record));
	child = fork();
	if (!child) {
		int mine = open_device(O_RDWR);

		transfer = post(2, 1, 2, 9);
		_exit(call(mine, QENEX_POST_TRANSFER, &transfer));
	}
	CHECK(read(reader, &record, sizeof(record)) == sizeof(record) && record.amount == 9);
	waitpid(child, &status, 0);
	close(reader);
	close(fd);
}

static void test_overrun(void)
{
	int fd = fresh_accounts(), reader = open_device(O_RDONLY | O_NONBLOCK);
	uint32_t ring = info(fd).ring_max;
	struct qenex_freeze reason = { 0 };
	struct qenex_attach admin = { .role = QENEX_ROLE_ADMIN };
	struct qenex_record record;

	WANT(0, call(fd, QENEX_ATTACH, &admin));
	CHECK(read(reader, &record, sizeof(record)) == sizeof(record) && record.seq == 1);
	for (uint32_t i = 0; i < ring + 5; i++)
		CHECK(!call(fd, i & 1 ? QENEX_THAW : QENEX_FREEZE, &reason));
	CHECK(read(reader, &record, sizeof(record)) == -1 && errno == EPIPE);
	CHECK(read(reader, &record, sizeof(record)) == sizeof(record));
	CHECK(record.seq == info(fd).oldest_seq && record.seq == info(fd).seq - ring + 1);
	close(reader);
	close(fd);
}

/* A reader starts over with the guard, also when only a load is given up. */
static void test_restart(void)
{
	struct qenex_load_begin begin = { .device = { 1 } };
	struct qenex_record record;
	int fd, reader;

	fresh();
	reader = open_device(O_RDONLY | O_NONBLOCK);
	fd = open_device(O_RDWR);
	WANT(0, call(fd, QENEX_LOAD_BEGIN, &begin));
	for (uint64_t id = 1; id <= 3; id++) {
		struct qenex_account one = account(id, 0, 0);

		WANT(0, call(fd, QENEX_ACCOUNT_CREATE, &one));
		CHECK(read(reader, &record, sizeof(record)) == sizeof(record));
	}
	close(fd);
	CHECK(read(reader, &record, sizeof(record)) == -1 && errno == EAGAIN);
	fd = open_device(O_RDWR);
	WANT(0, call(fd, QENEX_ACCOUNT_CREATE, &(struct qenex_account){ .id = 7, .currency = 1 }));
	CHECK(read(reader, &record, sizeof(record)) == sizeof(record));
	CHECK(record.seq == 1 && record.debit == 7);
	fresh();
	CHECK(read(reader, &record, sizeof(record)) == -1 && errno == EAGAIN);
	close(reader);
	close(fd);
}

static void test_anchor(void)
{
	int fd = fresh_accounts();
	struct qenex_anchor anchor = { .previous = 0, .counter = 3, .value = { 9 } }, again;
	struct qenex_quote quote = { .nonce = { 5, 5 } };
	uint8_t reg[32], zero[32] = { 0 }, bytes[188], digest[32];
	struct qenex_info now = info(fd);
	uint64_t counter = 3;

	genesis_digest(reg, "QBA0", now.epoch, now.device, 0, zero);
	WANT(0, call(fd, QENEX_ANCHOR_EXTEND, &anchor));
	memcpy(bytes, "QBA1", 4);
	memcpy(bytes + 4, reg, 32);
	memcpy(bytes + 36, &counter, 8);
	memcpy(bytes + 44, anchor.value, 32);
	sha256(bytes, 76, reg);
	/* The register of an unloaded guard starts at the same 0 and 0s. */
	CHECK(!memcmp(anchor.reg, reg, 32));
	again = (struct qenex_anchor){ .previous = 0, .counter = 3, .value = { 9 } };
	WANT(0, call(fd, QENEX_ANCHOR_EXTEND, &again));
	CHECK(!memcmp(again.reg, reg, 32));
	again = (struct qenex_anchor){ .previous = 0, .counter = 4, .value = { 8 } };
	WANT(EILSEQ, call(fd, QENEX_ANCHOR_EXTEND, &again));
	CHECK(again.counter == 3 && again.value[0] == 9);
	again = (struct qenex_anchor){ .previous = 3, .counter = 3, .value = { 8 } };
	WANT(EILSEQ, call(fd, QENEX_ANCHOR_EXTEND, &again));
	again = (struct qenex_anchor){ .previous = 3, .counter = 2, .value = { 8 } };
	WANT(EILSEQ, call(fd, QENEX_ANCHOR_EXTEND, &again));
	WANT(0, call(fd, QENEX_ANCHOR_QUOTE, &quote));
	memcpy(bytes, "QBQ1", 4);
	memcpy(bytes + 4, &quote, 184);
	sha256(bytes, 188, digest);
	CHECK(!memcmp(quote.digest, digest, 32) && !memcmp(quote.mac, zero, 32));
	CHECK(quote.counter == 3 && !memcmp(quote.reg, reg, 32) && quote.nonce[1] == 5);
	CHECK(!memcmp(quote.chain, info(fd).digest, 32) && quote.seq == info(fd).seq);
	close(fd);
}

static void derive(const char *tag, const uint8_t from[32], uint8_t to[32])
{
	uint8_t bytes[36];

	memcpy(bytes, tag, 4);
	memcpy(bytes + 4, from, 32);
	sha256(bytes, sizeof(bytes), to);
}

static void test_key(void)
{
	struct qenex_key key = { .key = { 1, 2, 3 } };
	struct qenex_attach admin = { .role = QENEX_ROLE_ADMIN };
	struct qenex_account one = account(1, QENEX_ACCOUNT_DEBIT_LIMITED, 5);
	struct qenex_offline_reset reset = { .id = 1 };
	uint8_t current[32], mac[32], token[36];
	struct qenex_info now;
	int fd;

	fresh();
	fd = open_device(O_RDWR);
	WANT(EPERM, call(fd, QENEX_KEY_SET, &key));
	WANT(0, call(fd, QENEX_ATTACH, &admin));
	WANT(0, call(fd, QENEX_KEY_SET, &key));
	WANT(EALREADY, call(fd, QENEX_KEY_SET, &key));
	WANT(0, call(fd, QENEX_ACCOUNT_CREATE, &one));
	memcpy(current, key.key, 32);
	for (uint64_t index = 0; index < 3; index++) {
		struct qenex_quote quote = { 0 };

		WANT(0, call(fd, QENEX_ANCHOR_QUOTE, &quote));
		hmac_sha256(current, quote.digest, 32, mac);
		CHECK(!memcmp(mac, quote.mac, 32) && quote.key_index == index);
		derive("QBK1", current, current);
	}
	now = info(fd);
	CHECK(now.key_level == 1);
	WANT(EKEYREJECTED, call(fd, QENEX_OFFLINE_RESET, &reset));
	derive("QBO0", key.key, current);
	memcpy(token, "QBO1", 4);
	memcpy(token + 4, now.epoch, 16);
	memcpy(token + 20, &one.id, 8);
	memcpy(token + 28, &(uint64_t){ get(fd, 1).version }, 8);
	hmac_sha256(current, token, sizeof(token), reset.token);
	WANT(0, call(fd, QENEX_OFFLINE_RESET, &reset));
	/* A token is good once: the version has moved on. */
	WANT(EKEYREJECTED, call(fd, QENEX_OFFLINE_RESET, &reset));
	close(fd);
}

static void test_statistics(void)
{
	int fd = fresh_accounts();
	struct qenex_statistics before = { 0 }, after = { 0 };
	struct qenex_transfer transfer;
	uint64_t measured = 0;

	WANT(0, call(fd, QENEX_STATISTICS, &before));
	for (uint64_t i = 1; i <= 64; i++) {
		transfer = post(i, 1, 2, 1);
		WANT(0, call(fd, QENEX_POST_TRANSFER, &transfer));
	}
	transfer = post(65, 2, 5, 1);
	WANT(EXDEV, call(fd, QENEX_POST_TRANSFER, &transfer));
	WANT(0, call(fd, QENEX_STATISTICS, &after));
	CHECK(after.posted - before.posted == 64 && after.refused - before.refused == 1);
	for (int i = 0; i < 32; i++)
		measured += after.latency[i] - before.latency[i];
	CHECK(measured == 8);
	close(fd);
}

const struct test stream_tests[] = {
	{ "records lead from the genesis digest to the head", test_chain },
	{ "poll and a blocking read wake for a new record", test_poll },
	{ "a reader that was overtaken gets EPIPE once, then the oldest", test_overrun },
	{ "a reader starts over with the guard", test_restart },
	{ "the anchor only goes forward, a lost answer is asked again", test_anchor },
	{ "a key certifies quotes and is gone after each; tokens are good once", test_key },
	{ "statistics count what was done", test_statistics },
	{ 0 }
};
