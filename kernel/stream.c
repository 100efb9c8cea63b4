// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The stream of records: read(2) gives whole records in order, poll(2) says when there are new
 * ones, and a reader that was overtaken is told so once.
 */
#include <linux/uaccess.h>
#include "device.h"

/* Whether there is a record this descriptor has not read. */
static bool has_news(const struct qenex_file *opened)
{
	return READ_ONCE(qenex_guard.core.seq) != READ_ONCE(opened->cursor) ||
	       READ_ONCE(qenex_guard.core.generation) != READ_ONCE(opened->generation);
}

/*
 * Copies up to `wanted` records into the descriptor's buffer. How many, or -EPIPE when the next one
 * was overwritten. `first` is false when this call has already given some to its caller: then the
 * gap is kept for the next call, or it would be hidden behind them.
 */
static int take_records(struct qenex_file *opened, u32 wanted, bool first)
{
	struct qenex_core *core = &qenex_guard.core;
	u32 ring = core->memory.ring_max;
	u32 count = 0;

	spin_lock(&qenex_guard.lock);
	if (opened->generation != core->generation) {
		WRITE_ONCE(opened->generation, core->generation);
		WRITE_ONCE(opened->cursor, 0);
	}
	if (core->seq > ring && opened->cursor < core->seq - ring) {
		if (first) {
			WRITE_ONCE(opened->cursor, core->seq - ring);
			core->statistics.overruns++;
		}
		spin_unlock(&qenex_guard.lock);
		return first ? -EPIPE : 0;
	}
	while (count < wanted && opened->cursor + count < core->seq) {
		opened->records[count] =
			core->memory.ring[(opened->cursor + count + 1) % ring];
		count++;
	}
	spin_unlock(&qenex_guard.lock);
	return count;
}

static ssize_t read_available(struct qenex_file *opened, char __user *buffer, size_t size)
{
	size_t done = 0;

	while (size - done >= sizeof(struct qenex_record)) {
		size_t room = (size - done) / sizeof(struct qenex_record);
		int count = take_records(opened, min_t(size_t, room, QENEX_READ_BATCH), !done);
		size_t bytes;

		if (count <= 0)
			return done ? (ssize_t)done : count;
		bytes = count * sizeof(struct qenex_record);
		if (copy_to_user(buffer + done, opened->records, bytes))
			return done ? (ssize_t)done : -EFAULT;
		WRITE_ONCE(opened->cursor, opened->cursor + count);
		done += bytes;
		if (fatal_signal_pending(current))
			break;
	}
	return done;
}

ssize_t qenex_read(struct file *file, char __user *buffer, size_t size, loff_t *position)
{
	struct qenex_file *opened = file->private_data;
	ssize_t given;

	if (current->mm != opened->mm)
		return -EPERM;
	if (size < sizeof(struct qenex_record))
		return -EINVAL;
	do {
		if (!has_news(opened)) {
			if (file->f_flags & O_NONBLOCK)
				return -EAGAIN;
			if (wait_event_interruptible(qenex_guard.wait, has_news(opened)))
				return -ERESTARTSYS;
		}
		if (mutex_lock_interruptible(&opened->read_lock))
			return -ERESTARTSYS;
		given = read_available(opened, buffer, size);
		mutex_unlock(&opened->read_lock);
	} while (!given);
	return given;
}

__poll_t qenex_poll(struct file *file, struct poll_table_struct *table)
{
	poll_wait(file, &qenex_guard.wait, table);
	return has_news(file->private_data) ? EPOLLIN | EPOLLRDNORM : 0;
}
