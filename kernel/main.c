// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The module: the memory the guard lives in, the device node, opening and closing it.
 *
 * All tables are taken when the module is loaded and never grow, so that no memory is wanted while
 * money moves. Nothing about accounts or transfers is ever printed.
 */
#define pr_fmt(fmt) "QENEX: " fmt

#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/random.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include "device.h"

static unsigned int max_accounts = 16384;
module_param(max_accounts, uint, 0444);
MODULE_PARM_DESC(max_accounts, "accounts the guard can hold, 16..1048576");

static unsigned int max_transfers = 32768;
module_param(max_transfers, uint, 0444);
MODULE_PARM_DESC(max_transfers, "transfers remembered for repeats, 64..1048576");

static unsigned int max_records = 8192;
module_param(max_records, uint, 0444);
MODULE_PARM_DESC(max_records, "records kept for readers, 16..1048576");

struct qenex_guard qenex_guard = {
	.lock = __SPIN_LOCK_UNLOCKED(qenex_guard.lock),
	.sequence = SEQCNT_SPINLOCK_ZERO(qenex_guard.sequence, &qenex_guard.lock),
	.wait = __WAIT_QUEUE_HEAD_INITIALIZER(qenex_guard.wait),
};

/* Takes the lock and the time; what has expired is released before anything else is judged. */
void qenex_begin(struct qenex_caller *caller)
	__acquires(&qenex_guard.lock)
{
	spin_lock(&qenex_guard.lock);
	write_seqcount_begin(&qenex_guard.sequence);
	caller->boot_ns = ktime_get_boottime_ns();
	caller->real_ns = ktime_get_real_ns();
	qenex_expire(&qenex_guard.core, caller);
}

void qenex_end(void)
	__releases(&qenex_guard.lock)
{
	write_seqcount_end(&qenex_guard.sequence);
	spin_unlock(&qenex_guard.lock);
	if (wq_has_sleeper(&qenex_guard.wait))
		wake_up_interruptible_poll(&qenex_guard.wait, EPOLLIN | EPOLLRDNORM);
	if (READ_ONCE(qenex_guard.core.next_expiry_ns) != U64_MAX &&
	    !delayed_work_pending(&qenex_guard.expiry))
		schedule_delayed_work(&qenex_guard.expiry, HZ);
}

/* Lets holds expire while nobody calls. */
static void expire_work(struct work_struct *work)
{
	struct qenex_caller caller = { .session = QENEX_NONE };

	qenex_begin(&caller);
	qenex_end();
}

static int device_open(struct inode *inode, struct file *file)
{
	struct qenex_caller caller = { .session = QENEX_NONE };
	struct qenex_file *opened;
	int session;

	opened = kzalloc(sizeof(*opened), GFP_KERNEL_ACCOUNT);
	if (!opened)
		return -ENOMEM;
	qenex_begin(&caller);
	session = qenex_open(&qenex_guard.core);
	if (session >= 0 && !(file->f_mode & FMODE_WRITE)) {
		qenex_guard.core.sessions[session].role = QENEX_ROLE_OBSERVER;
		qenex_guard.core.sessions[session].attached = true;
	}
	opened->generation = qenex_guard.core.generation;
	qenex_end();
	if (session < 0) {
		kfree(opened);
		return session;
	}
	opened->session = session;
	opened->mm = current->mm;
	mmgrab(opened->mm);
	mutex_init(&opened->read_lock);
	file->private_data = opened;
	return stream_open(inode, file);
}

static int device_release(struct inode *inode, struct file *file)
{
	struct qenex_file *opened = file->private_data;
	struct qenex_caller caller = { .session = opened->session };
	bool more;

	do {
		qenex_begin(&caller);
		more = qenex_abandon_one(&qenex_guard.core, &caller);
		if (!more)
			qenex_close(&qenex_guard.core, &caller);
		qenex_end();
		cond_resched();
	} while (more);
	mmdrop(opened->mm);
	kfree(opened);
	return 0;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.read = qenex_read,
	.poll = qenex_poll,
	.unlocked_ioctl = qenex_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "qenex_banking",
	.mode = 0660,
	.fops = &operations,
};

static void free_memory(void)
{
	struct qenex_memory *memory = &qenex_guard.core.memory;

	kvfree(memory->slots);
	kvfree(memory->entries);
	kvfree(memory->ring);
	kvfree(memory->slot_heads);
	kvfree(memory->entry_heads);
	memzero_explicit(&qenex_guard.core, sizeof(qenex_guard.core));
}

static int take_memory(struct qenex_memory *memory)
{
	memory->accounts_max = max_accounts;
	memory->transfers_max = max_transfers;
	memory->ring_max = max_records;
	memory->slot_heads_count = roundup_pow_of_two(max_accounts);
	memory->entry_heads_count = roundup_pow_of_two(max_transfers);
	memory->slots = kvcalloc(max_accounts, sizeof(*memory->slots), GFP_KERNEL);
	memory->entries = kvcalloc(max_transfers, sizeof(*memory->entries), GFP_KERNEL);
	memory->ring = kvcalloc(max_records, sizeof(*memory->ring), GFP_KERNEL);
	memory->slot_heads = kvcalloc(memory->slot_heads_count, sizeof(u32), GFP_KERNEL);
	memory->entry_heads = kvcalloc(memory->entry_heads_count, sizeof(u32), GFP_KERNEL);
	if (memory->slots && memory->entries && memory->ring && memory->slot_heads &&
	    memory->entry_heads)
		return 0;
	return -ENOMEM;
}

static int __init qenex_module_init(void)
{
	struct qenex_memory memory = {};
	u8 epoch[16];
	int error;

	if (max_accounts < 16 || max_accounts > 1048576 || max_transfers < 64 ||
	    max_transfers > 1048576 || max_records < 16 || max_records > 1048576) {
		pr_err("a module parameter is outside its range\n");
		return -EINVAL;
	}
	error = take_memory(&memory);
	if (error) {
		qenex_guard.core.memory = memory;
		free_memory();
		return error;
	}
	get_random_bytes(epoch, sizeof(epoch));
	qenex_init(&qenex_guard.core, &memory, epoch);
	INIT_DELAYED_WORK(&qenex_guard.expiry, expire_work);
	error = misc_register(&device);
	if (error) {
		free_memory();
		return error;
	}
	pr_info("guard ready at /dev/qenex_banking, interface %u\n", QENEX_ABI);
	return 0;
}

static void __exit qenex_module_exit(void)
{
	misc_deregister(&device);
	cancel_delayed_work_sync(&qenex_guard.expiry);
	free_memory();
	pr_info("guard unloaded\n");
}

module_init(qenex_module_init);
module_exit(qenex_module_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_AUTHOR("QENEX Teller contributors");
MODULE_DESCRIPTION("QENEX guard: offline balances, limits and the ledger's anchor");
MODULE_VERSION("1.0");
