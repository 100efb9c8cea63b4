/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the core wants of the kernel, in plain C, so that it runs in user space under sanitizers. */
#ifndef QENEX_CORE_USER_H
#define QENEX_CORE_USER_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <linux/types.h>

typedef __u64 u64;
typedef __s64 s64;
typedef __u32 u32;
typedef __u8 u8;

#define S64_MAX INT64_MAX
#define U64_MAX UINT64_MAX
#define min_t(type, a, b) ({ type a_ = (a), b_ = (b); a_ < b_ ? a_ : b_; })
#define READ_ONCE(x) __atomic_load_n(&(x), __ATOMIC_RELAXED)
#define WRITE_ONCE(x, value) __atomic_store_n(&(x), value, __ATOMIC_RELAXED)
/* Pairs with the reads without the lock, as in the kernel. */
#define smp_store_release(p, value) __atomic_store_n(p, value, __ATOMIC_RELEASE)
#define memzero_explicit(p, count) explicit_bzero(p, count)

/* SHA-256 of FIPS 180-4; written for the tests, the module uses the kernel's. */
void sha256(const u8 *data, unsigned int length, u8 *out);

#endif /* QENEX_CORE_USER_H */
