#include "base/hash.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/check.h"

/* A thread hashes many short texts: what begins a hash costs more than they do, and is kept. */
static pthread_key_t kept;

static void forget(void *handle)
{
    gnutls_hash_deinit(handle, NULL);
}

static void make_key(void)
{
    int status = pthread_key_create(&kept, forget);
    ENSURE(status == 0);
}

static gnutls_hash_hd_t mine(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_key);
    gnutls_hash_hd_t handle = pthread_getspecific(kept);
    if (handle != NULL)
        return handle;
    int status = gnutls_hash_init(&handle, GNUTLS_DIG_SHA256);
    ENSURE(status == 0 && pthread_setspecific(kept, handle) == 0);
    return handle;
}

void hash_sha256(str bytes, unsigned char out[HASH_SIZE])
{
    gnutls_hash_hd_t handle = mine();
    int status = bytes.n > 0 ? gnutls_hash(handle, bytes.p, bytes.n) : 0;
    ENSURE(status == 0);
    gnutls_hash_output(handle, out); /* and it begins anew */
}

void hash_sha384(str bytes, unsigned char out[HASH_SIZE_384])
{
    int status = gnutls_hash_fast(GNUTLS_DIG_SHA384, bytes.n > 0 ? bytes.p : "", bytes.n, out);
    ENSURE(status == 0);
}

void hash_sha256_hex(str bytes, char out[HASH_HEX_SIZE + 1])
{
    unsigned char digest[HASH_SIZE];
    hash_sha256(bytes, digest);
    hash_hex(digest, HASH_SIZE, out);
}

struct hash_running {
    gnutls_hash_hd_t handle;
};

struct hash_running *hash_begin(void)
{
    struct hash_running *h = calloc(1, sizeof *h);
    ENSURE(h != NULL && gnutls_hash_init(&h->handle, GNUTLS_DIG_SHA256) == 0);
    return h;
}

void hash_more(struct hash_running *h, str bytes)
{
    int status = bytes.n > 0 ? gnutls_hash(h->handle, bytes.p, bytes.n) : 0;
    ENSURE(status == 0);
}

void hash_end(struct hash_running *h, unsigned char out[HASH_SIZE])
{
    gnutls_hash_deinit(h->handle, out);
    free(h);
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
