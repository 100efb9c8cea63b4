// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * SHA-256 of FIPS 180-4 in plain C, so that the tests check the kernel's digests by other lines
 * than the ones that made them, and the core has one in user space.
 */
#include <stdint.h>
#include <string.h>
#include "sha256.h"

static const uint32_t constants[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};

static uint32_t turn(uint32_t value, int by)
{
	return value >> by | value << (32 - by);
}

static void block(uint32_t state[8], const uint8_t *bytes)
{
	uint32_t w[64], v[8];
	int i;

	for (i = 0; i < 16; i++)
		w[i] = (uint32_t)bytes[4 * i] << 24 | bytes[4 * i + 1] << 16 |
		       bytes[4 * i + 2] << 8 | bytes[4 * i + 3];
	for (; i < 64; i++) {
		uint32_t a = w[i - 15], b = w[i - 2];

		w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >> 3) + w[i - 7] +
		       (turn(b, 17) ^ turn(b, 19) ^ b >> 10);
	}
	memcpy(v, state, 32);
	for (i = 0; i < 64; i++) {
		uint32_t one = v[7] + (turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25)) +
			       ((v[4] & v[5]) ^ (~v[4] & v[6])) + constants[i] + w[i];
		uint32_t two = (turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22)) +
			       ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));

		memmove(v + 1, v, 28);
		v[4] += one;
		v[0] = one + two;
	}
	for (i = 0; i < 8; i++)
		state[i] += v[i];
}

void sha256(const uint8_t *data, unsigned int length, uint8_t *out)
{
	uint32_t state[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
			      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	uint64_t bits = (uint64_t)length * 8;
	uint8_t last[128] = { 0 };
	unsigned int rest = length % 64, blocks = rest < 56 ? 1 : 2;
	int i;

	for (unsigned int at = 0; at + 64 <= length; at += 64)
		block(state, data + at);
	if (rest)
		memcpy(last, data + length - rest, rest);
	last[rest] = 0x80;
	for (i = 0; i < 8; i++)
		last[blocks * 64 - 1 - i] = bits >> (8 * i);
	for (unsigned int at = 0; at < blocks; at++)
		block(state, last + 64 * at);
	for (i = 0; i < 32; i++)
		out[i] = state[i / 4] >> (24 - 8 * (i % 4));
}

void hmac_sha256(const uint8_t key[32], const uint8_t *data, unsigned int length, uint8_t out[32])
{
	uint8_t inner[64 + 128], outer[64 + 32];

	for (int i = 0; i < 64; i++) {
		inner[i] = (i < 32 ? key[i] : 0) ^ 0x36;
		outer[i] = (i < 32 ? key[i] : 0) ^ 0x5c;
	}
	memcpy(inner + 64, data, length);
	sha256(inner, 64 + length, outer + 64);
	sha256(outer, sizeof(outer), out);
}
