#include "http/cache.h"

#include <pthread.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"

/* A power of two. Threads meet at a lock only when their keys fall into one shard. */
#define SHARDS 8
/* One bucket for so many bytes: about the size of a small answer. */
#define BYTES_PER_BUCKET 4096
/* What an entry costs beside its body: itself, and the library's response with its headers. */
#define OVERHEAD 1024

struct entry {
    struct cached public; /* first: what callers see */
    atomic_uint holds;    /* one of the shard while it is linked, one of each caller */
    uint64_t hash;
    unsigned variant;
    str target;
    size_t cost;
    struct entry *chain;         /* in its bucket */
    struct entry *newer, *older; /* in the order of use */
    char text[];                 /* the target, then the etag */
};

struct shard {
    alignas(64) pthread_mutex_t lock;
    struct entry **buckets;
    size_t bucket_count;
    struct entry *newest, *oldest;
    size_t used, most;
};

struct cache {
    struct shard shards[SHARDS];
    uint64_t seed; /* so that nobody can choose targets that collide */
};

struct cache *cache_new(size_t bytes)
{
    struct cache *c = aligned_alloc(alignof(struct cache), sizeof *c);
    ENSURE(c != NULL);
    memset(c, 0, sizeof *c);
    hash_random(&c->seed, sizeof c->seed);
    for (size_t i = 0; i < SHARDS; i++) {
        struct shard *s = &c->shards[i];
        pthread_mutex_init(&s->lock, NULL);
        s->most = bytes / SHARDS;
        s->bucket_count = s->most / BYTES_PER_BUCKET + 1;
        s->buckets = calloc(s->bucket_count, sizeof(struct entry *));
        ENSURE(s->buckets != NULL);
    }
    return c;
}

static void let_go(struct entry *e)
{
    if (atomic_fetch_sub_explicit(&e->holds, 1, memory_order_acq_rel) > 1)
        return;
    MHD_destroy_response(e->public.response);
    free(e);
}

static struct entry **bucket(struct shard *s, uint64_t hash)
{
    return &s->buckets[(hash / SHARDS) % s->bucket_count];
}

static void use_unlink(struct shard *s, struct entry *e)
{
    *(e->newer ? &e->newer->older : &s->newest) = e->older;
    *(e->older ? &e->older->newer : &s->oldest) = e->newer;
}

static void use_link(struct shard *s, struct entry *e)
{
    e->newer = NULL;
    e->older = s->newest;
    *(s->newest ? &s->newest->newer : &s->oldest) = e;
    s->newest = e;
}

static void drop(struct shard *s, struct entry *e)
{
    struct entry **link = bucket(s, e->hash);
    while (*link != e)
        link = &(*link)->chain;
    *link = e->chain;
    use_unlink(s, e);
    s->used -= e->cost;
    let_go(e);
}

void cache_free(struct cache *c)
{
    if (c == NULL)
        return;
    for (size_t i = 0; i < SHARDS; i++) {
        struct shard *s = &c->shards[i];
        while (s->oldest != NULL)
            drop(s, s->oldest);
        free(s->buckets);
        pthread_mutex_destroy(&s->lock);
    }
    free(c);
}

static uint64_t hash_of(const struct cache *c, const struct cache_key *key)
{
    uint64_t h = hash_table64(c->seed + key->variant, key->target);
    return h ^ (h >> 32);
}

static struct entry *look_up(struct shard *s, uint64_t hash, const struct cache_key *key)
{
    struct entry *e = *bucket(s, hash);
    while (e != NULL &&
           (e->hash != hash || e->variant != key->variant || !str_eq(e->target, key->target)))
        e = e->chain;
    return e;
}

const struct cached *cache_find(struct cache *c, const struct cache_key *key, int64_t version)
{
    uint64_t hash = hash_of(c, key);
    struct shard *s = &c->shards[hash % SHARDS];
    pthread_mutex_lock(&s->lock);
    struct entry *e = look_up(s, hash, key);
    if (e != NULL && e->public.version != -1 && e->public.version != version) {
        drop(s, e);
        e = NULL;
    }
    if (e != NULL) {
        atomic_fetch_add_explicit(&e->holds, 1, memory_order_relaxed);
        if (e->newer != NULL) {
            use_unlink(s, e);
            use_link(s, e);
        }
    }
    pthread_mutex_unlock(&s->lock);
    return e ? &e->public : NULL;
}

static struct entry *entry_new(const struct cache_key *key, const struct cached *answer)
{
    size_t text = key->target.n + answer->etag.n;
    struct entry *e = malloc(sizeof *e + text);
    ENSURE(e != NULL);
    *e = (struct entry){
        .public = *answer,
        .holds = 1,
        .variant = key->variant,
        .target = {e->text, key->target.n},
        .cost = OVERHEAD + text + answer->size,
    };
    memcpy(e->text, key->target.p, key->target.n);
    if (answer->etag.n > 0)
        memcpy(e->text + key->target.n, answer->etag.p, answer->etag.n);
    e->public.etag.p = e->text + key->target.n;
    return e;
}

const struct cached *cache_put(struct cache *c, const struct cache_key *key,
                               const struct cached *answer)
{
    struct entry *e = entry_new(key, answer);
    e->hash = hash_of(c, key);
    struct shard *s = &c->shards[e->hash % SHARDS];
    if (e->cost > s->most / 2)
        return &e->public;
    atomic_fetch_add_explicit(&e->holds, 1, memory_order_relaxed);
    pthread_mutex_lock(&s->lock);
    struct entry *before = look_up(s, e->hash, key);
    if (before != NULL)
        drop(s, before);
    while (s->used + e->cost > s->most)
        drop(s, s->oldest);
    struct entry **head = bucket(s, e->hash);
    e->chain = *head;
    *head = e;
    use_link(s, e);
    s->used += e->cost;
    pthread_mutex_unlock(&s->lock);
    return &e->public;
}

void cache_release(const struct cached *entry)
{
    /* `public` is the entry's first member, and every entry was made writable by entry_new. */
    let_go((struct entry *)(uintptr_t)entry);
}

size_t cache_used(struct cache *c)
{
    size_t used = 0;
    for (size_t i = 0; i < SHARDS; i++) {
        pthread_mutex_lock(&c->shards[i].lock);
        used += c->shards[i].used;
        pthread_mutex_unlock(&c->shards[i].lock);
    }
    return used;
}
