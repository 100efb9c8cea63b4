/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The tests' own SHA-256 and HMAC; HMAC takes up to 128 bytes of data and 32 of key. */
#ifndef QENEX_TESTS_SHA256_H
#define QENEX_TESTS_SHA256_H
#include <stdint.h>
void sha256(const uint8_t *data, unsigned int length, uint8_t *out);
void hmac_sha256(const uint8_t key[32], const uint8_t *data, unsigned int length, uint8_t out[32]);
#endif
