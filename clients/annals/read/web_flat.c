#include "annals/read/web_flat.h"

#include "base/check.h"

bool web_flat_is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Writes the bytes to p, and where each was to origin, unless it is NULL. Answers how many. */
static size_t flatten(str words, char *p, uint32_t *origin)
{
    size_t n = 0;
    for (size_t i = 0; i < words.n; i++) {
        bool space = web_flat_is_space(words.p[i]);
        if (space && n > 0 && p[n - 1] == ' ')
            continue;
        if (origin != NULL)
            origin[n] = (uint32_t)i;
        p[n++] = space ? ' ' : words.p[i];
    }
    return n;
}

struct web_flat *web_flat_make(str text, struct arena *a)
{
    ENSURE(text.n < UINT32_MAX);
    struct web_flat *flat = ARENA_NEW(a, struct web_flat);
    char *p = arena_alloc(a, text.n + 1);
    flat->origin = ARENA_ARRAY(a, uint32_t, text.n + 1);
    size_t n = flatten(text, p, flat->origin);
    flat->origin[n] = (uint32_t)text.n;
    text_init(&flat->text, (str){p, n}, a);
    return flat;
}

str web_flat_words(str words, struct arena *a)
{
    char *p = arena_alloc(a, words.n + 1);
    return (str){p, flatten(words, p, NULL)};
}

size_t web_flat_at(const struct web_flat *flat, size_t byte)
{
    size_t low = 0, high = flat->text.bytes.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (flat->origin[middle] < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void web_flat_origin(const struct web_flat *flat, size_t *from, size_t *to)
{
    ENSURE(*from < *to && *to <= flat->text.bytes.n);
    bool space = flat->text.bytes.p[*to - 1] == ' ';
    *from = flat->origin[*from];
    *to = space ? flat->origin[*to] : (size_t)flat->origin[*to - 1] + 1;
}
