/* Records what a program asks of one folder's files, in order, so that a power cut can be played at any point. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/*
 * POWER_CUT_FOLDER names the folder, POWER_CUT_TRACE the file the records go to (none: no trace).
 * While a file "full" stands in the folder, its disk is full: what would make a file longer is
 * written by half at most and then refused with ENOSPC.
 *
 * A record is 24 bytes, little endian, and `length` bytes after them.
 */
struct record {
	uint32_t kind;
	uint32_t file;
	uint64_t offset;
	uint64_t length;
};

enum { NAMED = 1, WRITTEN, RESIZED, SYNCED, UNLINKED, RENAMED, FOLDER_SYNCED };

#define DESCRIPTORS 4096
#define FOLDER_FILE UINT32_MAX

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[4096];
static size_t folder_length;
static int trace = -1;
static uint32_t file_of[DESCRIPTORS];
static char names[256][256];
static uint32_t ids[256];
static uint32_t next_id = 1;

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);
static int (*real_rename)(const char *, const char *);

__attribute__((constructor)) static void start(void)
{
	const char *watched = getenv("POWER_CUT_FOLDER");
	const char *to = getenv("POWER_CUT_TRACE");

	real_open = dlsym(RTLD_NEXT, "open64");
	real_close = dlsym(RTLD_NEXT, "close");
	real_write = dlsym(RTLD_NEXT, "write");
	real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
	real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
	real_fsync = dlsym(RTLD_NEXT, "fsync");
	real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
	real_unlink = dlsym(RTLD_NEXT, "unlink");
	real_rename = dlsym(RTLD_NEXT, "rename");
	if (!watched)
		return;
	snprintf(folder, sizeof(folder), "%s", watched);
	folder_length = strlen(folder);
	if (to)
		trace = real_open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

static void record(uint32_t kind, uint32_t file, uint64_t offset, const void *data, uint64_t length)
{
	struct record head = { kind, file, offset, length };

	if (trace < 0)
		return;
	if (real_write(trace, &head, sizeof(head)) != sizeof(head) ||
	    (length && real_write(trace, data, length) != (ssize_t)length))
		abort();
}

/* The name inside the watched folder, "" for the folder itself, NULL for anything else. */
static const char *inside(const char *path)
{
	if (!folder_length || strncmp(path, folder, folder_length))
		return NULL;
	if (!path[folder_length])
		return "";
	return path[folder_length] == '/' ? path + folder_length + 1 : NULL;
}

static int slot_of(const char *name)
{
	for (int i = 0; i < 256; i++)
		if (ids[i] && !strcmp(names[i], name))
			return i;
	return -1;
}

static uint32_t identify(const char *name)
{
	int slot = slot_of(name);

	if (slot >= 0)
		return ids[slot];
	for (slot = 0; slot < 256 && ids[slot]; slot++)
		;
	if (slot == 256 || strlen(name) >= sizeof(names[0]))
		abort();
	strcpy(names[slot], name);
	ids[slot] = next_id++;
	record(NAMED, ids[slot], 0, name, strlen(name));
	return ids[slot];
}

static int is_full(void)
{
	char path[4200];

	if (!folder_length)
		return 0;
	snprintf(path, sizeof(path), "%s/full", folder);
	return !access(path, F_OK);
}

/* How much of a write there is room for; -1 when none is left. */
static ssize_t room(int fd, off_t offset, size_t length)
{
	struct stat now;

	if (!is_full() || fstat(fd, &now))
		return length;
	if (offset + (off_t)length <= now.st_size)
		return length;
	if (now.st_size > offset)
		return now.st_size - offset;
	return -1;
}

static uint32_t watched(int fd)
{
	return fd >= 0 && fd < DESCRIPTORS ? file_of[fd] : 0;
}

static int opened(const char *path, int flags, mode_t mode)
{
	const char *name = inside(path);
	int fd;

	if (!name)
		return real_open(path, flags, mode);
	pthread_mutex_lock(&lock);
	fd = real_open(path, flags, mode);
	if (fd >= 0 && fd < DESCRIPTORS) {
		file_of[fd] = *name ? identify(name) : FOLDER_FILE;
		if (*name && (flags & O_TRUNC))
			record(RESIZED, file_of[fd], 0, NULL, 0);
	}
	pthread_mutex_unlock(&lock);
	return fd;
}

int open64(const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode;

	va_start(arguments, flags);
	mode = va_arg(arguments, mode_t);
	va_end(arguments);
	return opened(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode;

	va_start(arguments, flags);
	mode = va_arg(arguments, mode_t);
	va_end(arguments);
	return opened(path, flags, mode);
}

int close(int fd)
{
	if (watched(fd)) {
		pthread_mutex_lock(&lock);
		file_of[fd] = 0;
		pthread_mutex_unlock(&lock);
	}
	return real_close(fd);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off_t offset)
{
	ssize_t fits, done;

	if (!watched(fd))
		return real_pwrite(fd, data, length, offset);
	pthread_mutex_lock(&lock);
	fits = room(fd, offset, length);
	done = fits < 0 ? -1 : real_pwrite(fd, data, fits, offset);
	if (done > 0)
		record(WRITTEN, file_of[fd], offset, data, done);
	pthread_mutex_unlock(&lock);
	if (fits < 0)
		errno = ENOSPC;
	return done;
}

ssize_t write(int fd, const void *data, size_t length)
{
	if (!watched(fd))
		return real_write(fd, data, length);
	off_t at = lseek(fd, 0, SEEK_CUR);
	ssize_t done = pwrite64(fd, data, length, at);

	if (done > 0)
		lseek(fd, at + done, SEEK_SET);
	return done;
}

int ftruncate64(int fd, off_t size)
{
	struct stat now;
	int done;

	if (!watched(fd))
		return real_ftruncate(fd, size);
	pthread_mutex_lock(&lock);
	if (is_full() && !fstat(fd, &now) && size > now.st_size) {
		pthread_mutex_unlock(&lock);
		errno = ENOSPC;
		return -1;
	}
	done = real_ftruncate(fd, size);
	if (!done)
		record(RESIZED, file_of[fd], size, NULL, 0);
	pthread_mutex_unlock(&lock);
	return done;
}

static int synced(int fd, int (*real_sync)(int))
{
	uint32_t file = watched(fd);
	int done;

	if (!file)
		return real_sync(fd);
	pthread_mutex_lock(&lock);
	/* A trace is played, not trusted to the disk: the real flush would only cost time. */
	done = trace < 0 ? real_sync(fd) : 0;
	if (!done)
		record(file == FOLDER_FILE ? FOLDER_SYNCED : SYNCED, file, 0, NULL, 0);
	pthread_mutex_unlock(&lock);
	return done;
}

int fsync(int fd)
{
	return synced(fd, real_fsync);
}

int fdatasync(int fd)
{
	return synced(fd, real_fdatasync);
}

int unlink(const char *path)
{
	const char *name = inside(path);
	int done, slot;

	if (!name)
		return real_unlink(path);
	pthread_mutex_lock(&lock);
	if (!access(path, F_OK))
		identify(name);
	done = real_unlink(path);
	slot = slot_of(name);
	if (!done && slot >= 0) {
		record(UNLINKED, ids[slot], 0, NULL, 0);
		ids[slot] = 0;
	}
	pthread_mutex_unlock(&lock);
	return done;
}

int rename(const char *from, const char *to)
{
	const char *old = inside(from), *new = inside(to);
	int done, slot;

	if (!old || !new)
		return real_rename(from, to);
	pthread_mutex_lock(&lock);
	done = real_rename(from, to);
	slot = slot_of(old);
	if (!done && slot >= 0) {
		int gone = slot_of(new);

		if (gone >= 0)
			ids[gone] = 0;
		strcpy(names[slot], new);
		record(RENAMED, ids[slot], 0, new, strlen(new));
	}
	pthread_mutex_unlock(&lock);
	return done;
}
