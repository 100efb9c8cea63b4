/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the two halves of the device share: the one guard of the machine and an open of it. */
#ifndef QENEX_DEVICE_H
#define QENEX_DEVICE_H

#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include "core/core.h"

#define QENEX_READ_BATCH 8

/*
 * One spinlock orders everything that changes: the chain is a total order anyway, and a lock an
 * account would buy nothing (docs/kernel.md). It is a leaf, held for at most sixteen legs, never
 * over anything that sleeps or touches user memory. The seqcount lets balances be read without it.
 */
struct qenex_guard {
	spinlock_t lock;			/* guards the core and pinned */
	seqcount_spinlock_t sequence;
	struct qenex_core core;
	bool pinned;
	wait_queue_head_t wait;
	struct delayed_work expiry;
};

struct qenex_file {
	struct mm_struct *mm;		/* the opener's; nobody else may use this descriptor */
	u32 session;
	struct mutex read_lock;		/* guards the three below */
	u64 cursor;			/* last record read */
	u64 generation;
	struct qenex_record records[QENEX_READ_BATCH];
};

extern struct qenex_guard qenex_guard;

void qenex_begin(struct qenex_caller *caller);
void qenex_end(void);
long qenex_ioctl(struct file *file, unsigned int command, unsigned long argument);
ssize_t qenex_read(struct file *file, char __user *buffer, size_t size, loff_t *position);
__poll_t qenex_poll(struct file *file, struct poll_table_struct *table);

#endif /* QENEX_DEVICE_H */
