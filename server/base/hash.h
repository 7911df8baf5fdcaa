/*
 * hash: SHA-2, random bytes and comparison in constant time, all by GnuTLS; and a fast keyed
 * hash for tables in memory.
 */
#ifndef ANNALS_BASE_HASH_H
#define ANNALS_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define HASH_SIZE 32
#define HASH_HEX_SIZE 64

/* SHA-256 of the bytes. */
void hash_sha256(str bytes, unsigned char out[HASH_SIZE]);

/* SHA-384 of the bytes, which takes longer to begin: for what is hashed once. */
#define HASH_SIZE_384 48
void hash_sha384(str bytes, unsigned char out[HASH_SIZE_384]);

/* SHA-256 as 64 lower-case hexadecimal digits and a NUL. */
void hash_sha256_hex(str bytes, char out[HASH_HEX_SIZE + 1]);

/*
 * SHA-256 of bytes that come piece by piece: hash_begin, hash_more as often as there are bytes, and
 * hash_end, which frees it; out may be NULL for a digest that nobody wants any more.
 */
struct hash_running;
struct hash_running *hash_begin(void);
void hash_more(struct hash_running *h, str bytes);
void hash_end(struct hash_running *h, unsigned char out[HASH_SIZE]);

/* 2 * n lower-case hexadecimal digits and a NUL. */
void hash_hex(const unsigned char *bytes, size_t n, char *out);

/* Parses exactly 2 * n hexadecimal digits of either case. */
bool hash_from_hex(str hex, unsigned char *out, size_t n);

/* Unpredictable bytes, for tokens and seeds. */
void hash_random(void *out, size_t n);

/* Whether n bytes are equal, in a time that does not depend on where they differ. */
bool hash_equal(const void *a, const void *b, size_t n);

/* FNV-1a from a seed: for tables in memory, not for secrets. */
uint64_t hash_table64(uint64_t seed, str bytes);

#endif
