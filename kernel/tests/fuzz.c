// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Random ioctls from several processes, while one watches the invariants and one follows the chain.
 *
 *   fuzz PROCESSES CALLS SEED
 *
 * fuzz-calls.c makes the calls; one in six is spoilt.
 */
#define _GNU_SOURCE
#include "fuzz-calls.h"

struct shared {
	uint64_t done;
	uint64_t by_errno[140];
	uint64_t by_command[COMMANDS];
	int over;
	int broken;
};

static struct shared *shared;

static void count_success(unsigned long command, int error)
{
	if (!error)
		__atomic_fetch_add(&shared->by_command[index_of(command)], 1, 0);
}

/* After a RESET the guard may be keyed and loaded; frozen, an admin may thaw it. */
static void follow_up(int *fd, unsigned long command, int error, uint64_t *state)
{
	struct qenex_attach admin = { .role = QENEX_ROLE_ADMIN };
	struct qenex_load_begin load = { .device = { 1 } };
	struct qenex_freeze reason = { 0 };
	struct qenex_key key = { .key = { 1 } };

	if (command == QENEX_RESET && !error) {
		if (chance(state) & 1)
			count_success(QENEX_KEY_SET, call(*fd, QENEX_KEY_SET, &key));
		if (chance(state) & 1)
			count_success(QENEX_LOAD_BEGIN, call(*fd, QENEX_LOAD_BEGIN, &load));
	}
	if (error != EHOSTDOWN || chance(state) % 8)
		return;
	close(*fd);
	*fd = open_device(O_RDWR);
	if (!call(*fd, QENEX_ATTACH, &admin))
		call(*fd, QENEX_THAW, &reason);
}

static void fuzz(uint64_t calls, uint64_t seed)
{
	struct qenex_transfer legs[LEGS];
	union argument argument;
	uint64_t state = seed * 0x9e3779b97f4a7c15ULL + 1;
	int fds[2] = { open_device(O_RDWR), open_device(O_RDWR) };

	for (uint64_t i = 0; i < calls; i++) {
		int which = chance(&state) & 1, index = choose_command(&state), error;

		if (chance(&state) % 60 == 0) {
			close(fds[which]);
			fds[which] = open_device(chance(&state) % 16 ? O_RDWR : O_RDONLY);
		}
		fill_argument(&argument, fds[which], commands[index], legs, &state);
		if (chance(&state) % 6 == 0)
			error = spoilt_call(fds[which], commands[index], &argument, &state);
		else
			error = call(fds[which], commands[index], &argument);
		follow_up(&fds[which], commands[index], error, &state);
		__atomic_fetch_add(&shared->by_errno[error < 140 ? error : 139], 1, 0);
		count_success(commands[index], error);
		__atomic_fetch_add(&shared->done, 1, 0);
	}
}

/* Looks at all accounts at one instant, again and again. */
static void watch(void)
{
	static struct qenex_account accounts[QENEX_LIST_MAX];
	int fd = open_device(O_RDONLY);
	uint64_t looks = 0;

	while (!__atomic_load_n(&shared->over, 0)) {
		struct qenex_list list = { .array = (uintptr_t)accounts, .count = QENEX_LIST_MAX };
		unsigned __int128 posted[2] = { 0 }, pending[2] = { 0 };

		if (call(fd, QENEX_ACCOUNT_LIST, &list))
			continue;
		if (list.total > QENEX_LIST_MAX) {
			printf("# more accounts than can be seen at one instant\n");
			shared->broken = 1;
		}
		for (uint32_t i = 0; i < list.count; i++) {
			struct qenex_account *one = &accounts[i];

			if (one->debits_posted + one->debits_pending > INT64_MAX ||
			    one->credits_posted + one->credits_pending > INT64_MAX)
				shared->broken = 1;
			if (one->currency != 978)
				continue;
			posted[0] += one->debits_posted;
			posted[1] += one->credits_posted;
			pending[0] += one->debits_pending;
			pending[1] += one->credits_pending;
		}
		if (posted[0] != posted[1] || pending[0] != pending[1]) {
			printf("# debits differ from credits at record %llu\n",
			       (unsigned long long)list.seq);
			shared->broken = 1;
		}
		looks++;
	}
	printf("# invariants held in %llu looks\n", (unsigned long long)looks);
	_exit(shared->broken);
}

/* Reads the stream and recomputes every link it can. */
static void follow(void)
{
	static struct qenex_record records[32];
	int fd = open_device(O_RDONLY | O_NONBLOCK);
	struct pollfd waiting = { .fd = fd, .events = POLLIN };
	uint8_t bytes[180], digest[32];
	uint64_t previous = 0, links = 0, gaps = 0, epochs = 0;

	while (!__atomic_load_n(&shared->over, 0)) {
		ssize_t got = read(fd, records, sizeof(records));

		if (got < 0 && errno == EAGAIN)
			poll(&waiting, 1, 100);
		if (got < 0 && errno == EPIPE) {
			gaps++;
			previous = 0;
		}
		for (ssize_t i = 0; i < got / (ssize_t)sizeof(*records); i++) {
			epochs += records[i].seq == 1;
			if (previous && records[i].seq == previous + 1) {
				memcpy(bytes, "QBJ1", 4);
				memcpy(bytes + 4, digest, 32);
				memcpy(bytes + 36, &records[i], 144);
				sha256(bytes, 180, digest);
				links++;
				if (memcmp(digest, records[i].digest, 32)) {
					printf("# chain broken at %llu\n",
					       (unsigned long long)records[i].seq);
					shared->broken = 1;
				}
			} else if (previous && records[i].seq != 1) {
				printf("# record %llu follows %llu\n",
				       (unsigned long long)records[i].seq,
				       (unsigned long long)previous);
				shared->broken = 1;
			}
			memcpy(digest, records[i].digest, 32);
			previous = records[i].seq;
		}
	}
	printf("# %llu links of the chain checked, %llu gaps, %llu epochs\n",
	       (unsigned long long)links, (unsigned long long)gaps, (unsigned long long)epochs);
	_exit(shared->broken);
}

int main(int count, char **arguments)
{
	uint64_t processes = count > 1 ? strtoull(arguments[1], NULL, 0) : 8;
	uint64_t calls = count > 2 ? strtoull(arguments[2], NULL, 0) : 50000;
	uint64_t seed = count > 3 ? strtoull(arguments[3], NULL, 0) : 1;
	pid_t watcher, follower;
	int status, failed = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	watcher = fork();
	if (!watcher)
		watch();
	follower = fork();
	if (!follower)
		follow();
	for (uint64_t i = 0; i < processes; i++)
		if (!fork()) {
			fuzz((calls + processes - 1) / processes, seed * 1000 + i);
			_exit(0);
		}
	for (uint64_t i = 0; i < processes; i++) {
		wait(&status);
		if (status)
			printf("# a process ended with status %x\n", status);
		failed |= status;
	}
	shared->over = 1;
	waitpid(watcher, &status, 0);
	failed |= status;
	waitpid(follower, &status, 0);
	failed |= status;
	printf("# %llu calls;", (unsigned long long)shared->done);
	for (int i = 0; i < 140; i++)
		if (shared->by_errno[i])
			printf(" %s %llu", i ? strerrorname_np(i) : "success",
			       (unsigned long long)shared->by_errno[i]);
	printf("\n");
	for (int i = 0; i < COMMANDS; i++)
		if (!shared->by_command[i] && calls >= 20000)
			printf("# never successful: number %lu\n", _IOC_NR(commands[i]));
	printf("%sok fuzz %llu calls from %llu processes, seed %llu\n", failed ? "not " : "",
	       (unsigned long long)calls, (unsigned long long)processes, (unsigned long long)seed);
	return failed ? 1 : 0;
}
