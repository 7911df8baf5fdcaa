#include "base/likeness.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "base/word.h"

#define MOST_WORDS 16
#define LONGEST 64 /* letters of a name that is compared letter by letter */
/* Letters from which on one may differ, and two. */
#define ONE_FROM 6
#define TWO_FROM 12

str likeness_fold(str name, struct arena *a)
{
    struct buf out;
    size_t at = 0;
    str folded = fold_copy(name, a), word;
    buf_init(&out, SIZE_MAX / 2); /* no longer than the folded text */
    while (word_next(folded, &at, &word)) {
        if (out.n > 0)
            buf_add_char(&out, ' ');
        buf_add(&out, word);
    }
    str joined = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return joined;
}

static int by_bytes(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

/* The words in the order of their bytes; 0 for more than there is room for. */
static size_t sorted_words(str name, str words[MOST_WORDS])
{
    size_t n = 0;
    bool more = name.n > 0;
    while (more) {
        if (n == MOST_WORDS)
            return 0;
        more = str_cut(name, ' ', &words[n++], &name);
    }
    if (n > 0)
        qsort(words, n, sizeof *words, by_bytes);
    return n;
}

static bool same_words(str a, str b)
{
    str x[MOST_WORDS], y[MOST_WORDS];
    if (a.n != b.n)
        return false;
    size_t n = sorted_words(a, x);
    if (n < 2 || sorted_words(b, y) != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!str_eq(x[i], y[i]))
            return false;
    return true;
}

/* The code points of a name as numbers; 0 for more than there is room for. */
static size_t letters_of(str name, uint32_t letters[LONGEST])
{
    size_t n = 0;
    for (size_t at = 0; at < name.n; n++) {
        size_t size = utf8_sequence(str_sub(name, at, name.n));
        if (n == LONGEST || size == 0)
            return 0;
        letters[n] = 0;
        for (size_t i = 0; i < size; i++)
            letters[n] = letters[n] << 8 | (unsigned char)name.p[at + i];
        at += size;
    }
    return n;
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Insertions, deletions and substitutions from one to the other. */
static size_t distance(const uint32_t *x, size_t n, const uint32_t *y, size_t m)
{
    size_t row[LONGEST + 1];
    for (size_t k = 0; k <= m; k++)
        row[k] = k;
    for (size_t i = 1; i <= n; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t k = 1; k <= m; k++) {
            size_t above = row[k];
            row[k] = least(above + 1, row[k - 1] + 1, corner + (x[i - 1] != y[k - 1]));
            corner = above;
        }
    }
    return row[m];
}

bool likeness_near(str a, str b)
{
    uint32_t x[LONGEST], y[LONGEST];
    if (str_eq(a, b))
        return false;
    if (same_words(a, b))
        return true;
    size_t n = letters_of(a, x), m = letters_of(b, y);
    size_t shorter = n < m ? n : m, longer = n < m ? m : n;
    size_t allowed = shorter >= TWO_FROM ? 2 : shorter >= ONE_FROM ? 1 : 0;
    return allowed > 0 && longer - shorter <= allowed && distance(x, n, y, m) <= allowed;
}
