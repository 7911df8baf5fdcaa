#include "base/keyset.h"

#include <stdlib.h>

#include "base/check.h"

void keyset_add(struct keyset *s, struct arena *a, int64_t key)
{
    /* Runs of the same key are common, and cheap to leave out. */
    if (s->n > 0 && s->keys[s->n - 1] == key)
        return;
    *ARENA_PUSH(a, s->keys, s->n, s->room) = key;
    s->sorted = false;
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

void keyset_settle(struct keyset *s)
{
    if (s->sorted || s->n == 0)
        return;
    qsort(s->keys, s->n, sizeof *s->keys, compare);
    size_t kept = 1;
    for (size_t i = 1; i < s->n; i++)
        if (s->keys[i] != s->keys[kept - 1])
            s->keys[kept++] = s->keys[i];
    s->n = kept;
    s->sorted = true;
}

bool keyset_has(const struct keyset *s, int64_t key)
{
    ENSURE(s->sorted || s->n == 0);
    return s->n > 0 && bsearch(&key, s->keys, s->n, sizeof *s->keys, compare) != NULL;
}
