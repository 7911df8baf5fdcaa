#include "base/hash.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include "base/check.h"

void hash_sha256(str bytes, unsigned char out[HASH_SIZE])
{
    int status = gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes.n ? bytes.p : "", bytes.n, out);
    ENSURE(status == 0);
}

void hash_sha256_hex(str bytes, char out[HASH_HEX_SIZE + 1])
{
    unsigned char digest[HASH_SIZE];
    hash_sha256(bytes, digest);
    hash_hex(digest, HASH_SIZE, out);
}

void hash_hex(const unsigned char *bytes, size_t n, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * n] = '\0';
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool hash_from_hex(str hex, unsigned char *out, size_t n)
{
    if (hex.n != 2 * n)
        return false;
    for (size_t i = 0; i < n; i++) {
        int high = hex_digit(hex.p[2 * i]);
        int low = hex_digit(hex.p[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (unsigned char)(high * 16 + low);
    }
    return true;
}

void hash_random(void *out, size_t n)
{
    int status = gnutls_rnd(GNUTLS_RND_KEY, out, n);
    ENSURE(status == 0);
}

bool hash_equal(const void *a, const void *b, size_t n)
{
    return gnutls_memcmp(a, b, n) == 0;
}

uint64_t hash_table64(uint64_t seed, str bytes)
{
    uint64_t h = 0xcbf29ce484222325u ^ seed;
    for (size_t i = 0; i < bytes.n; i++) {
        h ^= (unsigned char)bytes.p[i];
        h *= 0x100000001b3u;
    }
    return h;
}
