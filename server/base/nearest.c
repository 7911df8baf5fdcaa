#include "base/nearest.h"

#define LONGEST 64

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t min3(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

/* Optimal string alignment distance. Both at most LONGEST bytes. */
static size_t distance(str a, str b)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.n; j++)
        above[j] = before[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            char x = lower(a.p[i - 1]), y = lower(b.p[j - 1]);
            row[j] = min3(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == lower(b.p[j - 2]) && lower(a.p[i - 2]) == y &&
                before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b.n];
}

void nearest_try(struct nearest *n, str candidate)
{
    if (n->word.n > LONGEST || candidate.n > LONGEST || n->word.n == 0)
        return;
    size_t allowed = n->word.n / 3 > 0 ? n->word.n / 3 : 1;
    size_t d = distance(n->word, candidate);
    if (d <= allowed && (n->best.n == 0 || d < n->distance)) {
        n->best = candidate;
        n->distance = d;
    }
}
