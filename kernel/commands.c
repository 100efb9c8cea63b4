// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The commands: one fetch of the caller's struct, one locked step of the core, one copy back.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/module.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <linux/uidgid.h>
#include "device.h"

/* Room for the largest struct of the interface. */
union argument {
	struct qenex_account_request account_request;
	struct qenex_balance_request balance_request;
	struct qenex_transfer_request transfer_request;
	struct qenex_transaction_request transaction_request;
	struct qenex_info info;
	struct qenex_attach attach;
	struct qenex_account account;
	struct qenex_list list;
	struct qenex_transfer transfer;
	struct qenex_batch batch;
	struct qenex_checkpoint checkpoint;
	struct qenex_load_begin load_begin;
	struct qenex_load_commit load_commit;
	struct qenex_limits limits;
	struct qenex_offline_reset offline_reset;
	struct qenex_key key;
	struct qenex_seal seal;
	struct qenex_freeze freeze;
	struct qenex_anchor anchor;
	struct qenex_quote quote;
	struct qenex_statistics statistics;
};

#define CORE (&qenex_guard.core)

/* Commands that are one call of the core with its own struct; the lock is held. */
static int run_in_core(unsigned int number, struct qenex_caller *caller, union argument *argument)
{
	switch (number) {
	case QENEX_CREATE_ACCOUNT:
		return qenex_create_named(CORE, caller, &argument->account_request);
	case QENEX_TRANSFER:
		return qenex_transfer_named(CORE, caller, &argument->transfer_request);
	case QENEX_GET_TRANSACTION:
		return qenex_status_named(CORE, &argument->transaction_request);
	case QENEX_INFO:
		return qenex_info(CORE, caller, &argument->info);
	case QENEX_ATTACH:
		return qenex_attach(CORE, caller, &argument->attach);
	case QENEX_ACCOUNT_CREATE:
		return qenex_account_create(CORE, caller, &argument->account);
	case QENEX_LOOKUP:
		return qenex_lookup(CORE, &argument->transfer);
	case QENEX_CHECKPOINT:
		return qenex_checkpoint(CORE, caller, &argument->checkpoint);
	case QENEX_LOAD_BEGIN:
		return qenex_load_begin(CORE, caller, &argument->load_begin);
	case QENEX_LOAD_COMMIT:
		return qenex_load_commit(CORE, caller, &argument->load_commit);
	case QENEX_LIMITS:
		return qenex_limits(CORE, caller, &argument->limits);
	case QENEX_OFFLINE_RESET:
		return qenex_offline_reset(CORE, caller, &argument->offline_reset);
	case QENEX_KEY_SET:
		return qenex_key_set(CORE, caller, &argument->key);
	case QENEX_FREEZE:
		return qenex_freeze(CORE, caller, &argument->freeze, false);
	case QENEX_THAW:
		return qenex_freeze(CORE, caller, &argument->freeze, true);
	case QENEX_ANCHOR_EXTEND:
		return qenex_anchor_extend(CORE, caller, &argument->anchor);
	case QENEX_ANCHOR_QUOTE:
		return qenex_anchor_quote(CORE, caller, &argument->quote);
	default:
		return -ENOTTY;
	}
}

static int run_locked(unsigned int number, struct qenex_caller *caller, union argument *argument)
{
	int error;

	qenex_begin(caller);
	error = run_in_core(number, caller, argument);
	qenex_end();
	return error;
}

/* Whether a read may go without the lock: nothing is waiting to be released first. */
static bool may_read_freely(void)
{
	return READ_ONCE(CORE->next_expiry_ns) > ktime_get_boottime_ns();
}

static int do_account_get(struct qenex_caller *caller, union argument *argument)
{
	struct qenex_account account;
	unsigned int sequence;
	int error;

	if (!may_read_freely()) {
		qenex_begin(caller);
		error = qenex_account_get(CORE, &argument->account);
		qenex_end();
		return error;
	}
	do {
		sequence = read_seqcount_begin(&qenex_guard.sequence);
		account = argument->account;
		error = qenex_account_get(CORE, &account);
	} while (read_seqcount_retry(&qenex_guard.sequence, sequence));
	argument->account = account;
	return error;
}

static int do_balance_named(struct qenex_caller *caller, union argument *argument)
{
	unsigned int sequence;
	int error;

	do {
		sequence = read_seqcount_begin(&qenex_guard.sequence);
		error = qenex_balance_named(CORE, &argument->balance_request);
	} while (read_seqcount_retry(&qenex_guard.sequence, sequence));
	return error;
}

static int do_statistics(struct qenex_caller *caller, union argument *argument)
{
	if (!qenex_is_zero(&argument->statistics, sizeof(argument->statistics)))
		return -EINVAL;
	qenex_begin(caller);
	argument->statistics = CORE->statistics;
	qenex_end();
	return 0;
}

static int do_seal(struct qenex_caller *caller, union argument *argument)
{
	bool pin = false;
	int error;

	qenex_begin(caller);
	error = qenex_seal(CORE, caller, &argument->seal);
	if ((CORE->seals & QENEX_SEAL_MODULE) && !qenex_guard.pinned) {
		qenex_guard.pinned = true;
		pin = true;
	}
	qenex_end();
	if (pin)
		__module_get(THIS_MODULE);
	return error;
}

static int do_reset(struct qenex_caller *caller, union argument *argument)
{
	u8 epoch[16];
	int error;

	get_random_bytes(epoch, sizeof(epoch));
	qenex_begin(caller);
	error = qenex_reset(CORE, caller, epoch);
	qenex_end();
	return error;
}

/* Every eighth record's call is measured, from before the lock to the end of the step. */
static int make_transfers(struct qenex_caller *caller, struct qenex_transfer *legs, u32 count,
			  u32 *leg)
{
	bool sampled = !(READ_ONCE(CORE->seq) & 7);
	u64 from = sampled ? ktime_get_ns() : 0;
	int error;

	qenex_begin(caller);
	error = qenex_transfer_batch(CORE, caller, legs, count, leg);
	if (sampled && !error) {
		u64 took = ktime_get_ns() - from;

		CORE->statistics.latency[took ? min_t(u32, fls64(took) - 1, 31) : 0]++;
	}
	qenex_end();
	return error;
}

static int do_post_transfer(struct qenex_caller *caller, union argument *argument)
{
	u32 leg;

	return make_transfers(caller, &argument->transfer, 1, &leg);
}

static int do_batch(struct qenex_caller *caller, union argument *argument)
{
	struct qenex_batch *batch = &argument->batch;
	void __user *array = u64_to_user_ptr(batch->array);
	struct qenex_transfer *legs;
	size_t bytes;
	u32 leg;
	int error;

	if (!batch->count || batch->count > QENEX_BATCH_MAX || batch->flags || batch->leg ||
	    batch->result || batch->reserved)
		return -EINVAL;
	bytes = batch->count * sizeof(*legs);
	legs = memdup_user(array, bytes);
	if (IS_ERR(legs))
		return PTR_ERR(legs);
	error = make_transfers(caller, legs, batch->count, &leg);
	batch->leg = leg;
	batch->result = legs[leg].result;
	if (!error && copy_to_user(array, legs, bytes))
		error = -EFAULT;
	kfree(legs);
	return error;
}

static int do_list(struct qenex_caller *caller, struct qenex_list *list, bool holds)
{
	size_t size = holds ? sizeof(struct qenex_transfer) : sizeof(struct qenex_account);
	void *copies;
	int error = 0;

	if (!list->count || list->count > QENEX_LIST_MAX || list->total || list->seq)
		return -EINVAL;
	copies = kvmalloc_array(list->count, size, GFP_KERNEL_ACCOUNT);
	if (!copies)
		return -ENOMEM;
	qenex_begin(caller);
	list->total = holds ? CORE->holds : CORE->accounts;
	list->seq = CORE->seq;
	list->count = holds ? qenex_holds(CORE, list->first, list->count, copies) :
			      qenex_account_list(CORE, list->first, list->count, copies);
	qenex_end();
	if (copy_to_user(u64_to_user_ptr(list->array), copies, list->count * size))
		error = -EFAULT;
	kvfree(copies);
	return error;
}

static int do_account_list(struct qenex_caller *caller, union argument *argument)
{
	return do_list(caller, &argument->list, false);
}

static int do_holds(struct qenex_caller *caller, union argument *argument)
{
	return do_list(caller, &argument->list, true);
}

struct command {
	unsigned int number;
	int (*run)(struct qenex_caller *caller, union argument *argument); /* else run_in_core() */
	bool asks_capability;
	bool answers_refusal;		/* the struct goes back on a refusal too */
};

static const struct command commands[] = {
	[_IOC_NR(QENEX_CREATE_ACCOUNT)] = { QENEX_CREATE_ACCOUNT, NULL },
	[_IOC_NR(QENEX_GET_BALANCE)] = { QENEX_GET_BALANCE, do_balance_named },
	[_IOC_NR(QENEX_TRANSFER)] = { QENEX_TRANSFER, NULL },
	[_IOC_NR(QENEX_GET_TRANSACTION)] = { QENEX_GET_TRANSACTION, NULL },
	[_IOC_NR(QENEX_INFO)] = { QENEX_INFO, NULL },
	[_IOC_NR(QENEX_ATTACH)] = { QENEX_ATTACH, NULL, true },
	[_IOC_NR(QENEX_ACCOUNT_CREATE)] = { QENEX_ACCOUNT_CREATE, NULL },
	[_IOC_NR(QENEX_ACCOUNT_GET)] = { QENEX_ACCOUNT_GET, do_account_get },
	[_IOC_NR(QENEX_ACCOUNT_LIST)] = { QENEX_ACCOUNT_LIST, do_account_list },
	[_IOC_NR(QENEX_POST_TRANSFER)] = { QENEX_POST_TRANSFER, do_post_transfer, false, true },
	[_IOC_NR(QENEX_BATCH)] = { QENEX_BATCH, do_batch, false, true },
	[_IOC_NR(QENEX_LOOKUP)] = { QENEX_LOOKUP, NULL },
	[_IOC_NR(QENEX_HOLDS)] = { QENEX_HOLDS, do_holds },
	[_IOC_NR(QENEX_CHECKPOINT)] = { QENEX_CHECKPOINT, NULL },
	[_IOC_NR(QENEX_LOAD_BEGIN)] = { QENEX_LOAD_BEGIN, NULL },
	[_IOC_NR(QENEX_LOAD_COMMIT)] = { QENEX_LOAD_COMMIT, NULL },
	[_IOC_NR(QENEX_LIMITS)] = { QENEX_LIMITS, NULL },
	[_IOC_NR(QENEX_OFFLINE_RESET)] = { QENEX_OFFLINE_RESET, NULL, true },
	[_IOC_NR(QENEX_KEY_SET)] = { QENEX_KEY_SET, NULL, true },
	[_IOC_NR(QENEX_SEAL)] = { QENEX_SEAL, do_seal },
	[_IOC_NR(QENEX_FREEZE)] = { QENEX_FREEZE, NULL },
	[_IOC_NR(QENEX_THAW)] = { QENEX_THAW, NULL, true },
	[_IOC_NR(QENEX_RESET)] = { QENEX_RESET, do_reset, true },
	[_IOC_NR(QENEX_ANCHOR_EXTEND)] = { QENEX_ANCHOR_EXTEND, NULL, false, true },
	[_IOC_NR(QENEX_ANCHOR_QUOTE)] = { QENEX_ANCHOR_QUOTE, NULL },
	[_IOC_NR(QENEX_STATISTICS)] = { QENEX_STATISTICS, do_statistics },
};

/* The command of a number, or NULL: its size may differ from ours, nothing else. */
static const struct command *command_of(unsigned int number)
{
	const struct command *command;

	if (_IOC_TYPE(number) != QENEX_IOC_MAGIC || _IOC_NR(number) >= ARRAY_SIZE(commands))
		return NULL;
	command = &commands[_IOC_NR(number)];
	if (!command->number || _IOC_DIR(command->number) != _IOC_DIR(number))
		return NULL;
	return command;
}

long qenex_ioctl(struct file *file, unsigned int number, unsigned long address)
{
	struct qenex_file *opened = file->private_data;
	struct qenex_caller caller = { .session = opened->session };
	const struct command *command = command_of(number);
	void __user *user = (void __user *)address;
	union argument argument;
	size_t size;
	int error;

	if (!command)
		return -ENOTTY;
	size = _IOC_SIZE(command->number);
	if (_IOC_SIZE(number) < size)
		return -EINVAL;
	error = copy_struct_from_user(&argument, size, user, _IOC_SIZE(number));
	if (error)
		return error;
	if (current->mm != opened->mm)
		return -EPERM;
	caller.uid = from_kuid(&init_user_ns, current_uid());
	if (command->asks_capability)
		caller.admin = capable(CAP_SYS_ADMIN);
	error = command->run ? command->run(&caller, &argument) :
			       run_locked(command->number, &caller, &argument);
	if ((error && !command->answers_refusal) || error == -EFAULT || error == -ENOMEM)
		return error;
	if ((_IOC_DIR(number) & _IOC_READ) && copy_to_user(user, &argument, size))
		return error ? error : -EFAULT;
	return error;
}
