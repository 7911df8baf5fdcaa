#include "model/anchor.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/strmap.h"
#include "base/utf8.h"
#include "model/text_index.h"

/* Words of so many code points hardly stand in a text twice. */
#define LONG_WORDS 32

/* Prefix and suffix together must have so many bytes to tell a place by. */
#define SHORTEST_CONTEXT 8

/* By how many code points a changed place may have grown or shrunk between its neighbours. */
#define MOST_GROWTH 64

/* One anchor in the order of the text. */
struct spot {
    const struct anchor *anchor;
    struct anchor_result *result;
    int64_t length;                  /* of the words, in code points */
    unsigned char digest[HASH_SIZE]; /* where there are no words */
    bool found;
    bool firm;         /* found where no doubt is left */
    int64_t shift;     /* of the place found against the recorded one */
    bool searched;     /* its digest, in the whole text */
    int64_t seen;      /* where that was found, or -1 */
    struct spot *same; /* the next spot with the same digest, during a search */
};

struct proof {
    struct text_index index;
    struct text_budget budget;
    struct arena *arena;
    struct spot *spots;
    size_t n;
    bool bounded;       /* the recorded length is known: */
    int64_t last_shift; /* by how much the text has grown */
};

/* ---- looking at one place ---- */

static bool has_context(const struct spot *s)
{
    return s->anchor->prefix.n > 0 || s->anchor->suffix.n > 0;
}

/* Whether prefix and suffix, as far as there are any, stand around the bytes [from, to). */
static bool between(const struct proof *p, const struct spot *s, size_t from, size_t to)
{
    return str_ends(str_sub(p->index.text, 0, from), s->anchor->prefix) &&
           str_starts(str_sub(p->index.text, to, p->index.text.n), s->anchor->suffix);
}

/* Whether the words stand at code point `at`; *fits: and the surroundings around them. */
static bool stands(struct proof *p, const struct spot *s, int64_t at, bool *fits)
{
    if (at < 0 || at > (int64_t)p->index.points - s->length)
        return false;
    str span = text_index_slice(&p->index, (size_t)at, (size_t)(at + s->length));
    if (!text_budget_pay(&p->budget, span.n))
        return false;
    if (s->anchor->exact.n > 0) {
        if (!str_eq(span, s->anchor->exact))
            return false;
    } else {
        unsigned char digest[HASH_SIZE];
        hash_sha256(span, digest);
        if (memcmp(digest, s->digest, HASH_SIZE) != 0)
            return false;
    }
    size_t from = (size_t)(span.p - p->index.text.p);
    *fits = between(p, s, from, from + span.n);
    return true;
}

static void take(struct spot *s, int64_t at, bool firm)
{
    s->found = true;
    s->shift = at - s->anchor->start;
    s->firm = firm;
}

/* ---- looking everywhere ---- */

static int64_t distance(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

struct surroundings {
    struct proof *proof;
    const struct spot *spot;
};

static bool surrounded(const void *context, size_t byte)
{
    const struct surroundings *c = context;
    const struct anchor *a = c->spot->anchor;
    return text_budget_pay(&c->proof->budget, a->prefix.n + a->suffix.n) &&
           between(c->proof, c->spot, byte, byte + a->exact.n);
}

/* The occurrence of words nearest to `expected`, first among those that have the surroundings. */
static int64_t search_words(struct proof *p, const struct spot *s, int64_t expected, bool *fits)
{
    struct surroundings context = {p, s};
    size_t near = text_index_byte(&p->index, expected > 0 ? (size_t)expected : 0);
    size_t found;
    *fits = text_index_find(&p->index, s->anchor->exact, near, surrounded, &context, &p->budget,
                            &found);
    if (!*fits && (!has_context(s) || !text_index_find(&p->index, s->anchor->exact, near, NULL,
                                                       NULL, &p->budget, &found)))
        return -1;
    return (int64_t)text_index_point(&p->index, found);
}

/* All spots of one length that have a digest alone and are not found yet, by digest. */
static struct strmap wanted_digests(struct proof *p, int64_t length)
{
    struct strmap wanted;
    strmap_init(&wanted, p->arena);
    for (size_t i = 0; i < p->n; i++) {
        struct spot *s = &p->spots[i];
        if (s->length != length || s->anchor->exact.n > 0 || s->found || s->searched)
            continue;
        str key = {(const char *)s->digest, HASH_SIZE};
        int64_t first;
        s->searched = true;
        s->same = strmap_get(&wanted, key, &first) ? &p->spots[first] : NULL;
        strmap_set(&wanted, key, (int64_t)i);
    }
    return wanted;
}

/* Hashes every window of one length once and notes, for each spot that wants it, the nearest. */
static void search_digests(struct proof *p, int64_t length, int64_t shift)
{
    struct strmap wanted = wanted_digests(p, length);
    str text = p->index.text;
    size_t from = 0;
    size_t to = text_index_byte(&p->index, (size_t)length);
    for (int64_t at = 0; at + length <= (int64_t)p->index.points; at++) {
        unsigned char digest[HASH_SIZE];
        if (!text_budget_pay(&p->budget, to - from))
            return;
        hash_sha256(str_sub(text, from, to - from), digest);
        int64_t first;
        bool hit = strmap_get(&wanted, (str){(const char *)digest, HASH_SIZE}, &first);
        for (struct spot *s = hit ? &p->spots[first] : NULL; s != NULL; s = s->same) {
            int64_t expected = s->anchor->start + shift;
            if (!text_budget_pay(&p->budget, 0))
                return;
            if (s->seen < 0 || distance(at, expected) < distance(s->seen, expected))
                s->seen = at;
        }
        from += utf8_sequence(str_sub(text, from, 4));
        to += utf8_sequence(str_sub(text, to, 4));
    }
}

/* Anywhere, nearest to the expected shift first. */
static void search(struct proof *p, struct spot *s, int64_t shift)
{
    bool fits = false;
    int64_t at;
    if (s->anchor->exact.n > 0) {
        at = search_words(p, s, s->anchor->start + shift, &fits);
    } else {
        if (!s->searched)
            search_digests(p, s->length, shift);
        at = s->seen;
    }
    if (at >= 0)
        take(s, at, s->length >= LONG_WORDS || (fits && has_context(s)));
    else
        s->result->unsearched = p->budget.spent;
}

/* ---- all anchors together ---- */

/*
 * Forward: each at the shift that holds, at the one that was found last, or where it was recorded;
 * else anywhere. A shift found by short words holds as soon as LONG_WORDS code points agree on it.
 */
static void find_forward(struct proof *p)
{
    int64_t holds = 0;
    int64_t last = 0;
    int64_t agreed = 0;
    for (size_t i = 0; i < p->n; i++) {
        struct spot *s = &p->spots[i];
        const int64_t shifts[] = {holds, last, 0};
        bool fits = false;
        for (size_t k = 0; k < sizeof shifts / sizeof *shifts && !s->found; k++)
            if (stands(p, s, s->anchor->start + shifts[k], &fits) && fits)
                take(s, s->anchor->start + shifts[k], shifts[k] == holds || shifts[k] == 0);
        if (!s->found)
            search(p, s, holds);
        if (!s->found)
            continue;
        agreed = s->shift == last ? agreed + s->length : s->length;
        last = s->shift;
        s->firm = s->firm || agreed >= LONG_WORDS;
        if (s->firm)
            holds = last;
    }
}

/* Backward: what was found late is known to those before it. */
static void find_backward(struct proof *p)
{
    bool known = p->bounded;
    int64_t shift = p->last_shift;
    for (size_t i = p->n; i-- > 0;) {
        struct spot *s = &p->spots[i];
        bool alone = s->firm && i > 0 && p->spots[i - 1].firm && p->spots[i - 1].shift == shift;
        bool fits;
        if (known && s->shift != shift && (!s->firm || alone) &&
            stands(p, s, s->anchor->start + shift, &fits) && fits)
            take(s, s->anchor->start + shift, true);
        else if (known && s->found && s->shift == shift)
            s->firm = true;
        if (s->firm) {
            known = true;
            shift = s->shift;
        }
    }
}

/* Around a place: the shifts of the firm spots before and after it. */
struct neighbours {
    int64_t before;
    int64_t after;
    bool both;
};

/* Short words found by themselves stay found only between what stands before and after them. */
static void judge(struct spot *s, const struct neighbours *around)
{
    int64_t low = around->before < around->after ? around->before : around->after;
    int64_t high = around->before < around->after ? around->after : around->before;
    if (around->both && (s->shift < low || s->shift > high))
        s->found = false;
}

/* A place between two neighbours that hardly moved against each other. */
static bool known_between(const struct proof *p, const struct spot *s,
                          const struct neighbours *around, struct anchor_result *result)
{
    int64_t start = s->anchor->start + around->before;
    int64_t end = s->anchor->end + around->after;
    if (!around->both || distance(around->before, around->after) > MOST_GROWTH || start < 0 ||
        end <= start || end > (int64_t)p->index.points)
        return false;
    result->start = start;
    result->end = end;
    return true;
}

static size_t context_reach(const struct spot *s)
{
    return (size_t)s->length * 2 + MOST_GROWTH;
}

/* Whether the suffix follows a prefix that begins at byte, with room for other words between. */
static bool suffix_follows(const void *context, size_t byte)
{
    const struct surroundings *c = context;
    const struct anchor *a = c->spot->anchor;
    str after = str_sub(c->proof->index.text, byte + a->prefix.n,
                        context_reach(c->spot) + a->suffix.n);
    return a->suffix.n == 0 || (text_budget_pay(&c->proof->budget, after.n) &&
                                str_search(after, a->suffix, 0) < after.n);
}

/* A place between its prefix and suffix, or beside the one that there is. */
static bool known_by_context(struct proof *p, const struct spot *s, int64_t shift,
                             struct anchor_result *result)
{
    const struct anchor *a = s->anchor;
    if (a->prefix.n + a->suffix.n < SHORTEST_CONTEXT)
        return false;
    struct surroundings context = {p, s};
    str text = p->index.text;
    int64_t expected = a->start + shift > 0 ? a->start + shift : 0;
    size_t near = text_index_byte(&p->index, (size_t)expected);
    size_t found;
    if (a->prefix.n == 0) {
        if (!text_index_find(&p->index, a->suffix, near, NULL, NULL, &p->budget, &found))
            return false;
        result->end = (int64_t)text_index_point(&p->index, found);
        result->start = result->end > s->length ? result->end - s->length : 0;
        return true;
    }
    if (!text_index_find(&p->index, a->prefix, near, suffix_follows, &context, &p->budget, &found))
        return false;
    size_t from = found + a->prefix.n;
    result->start = (int64_t)text_index_point(&p->index, from);
    result->end = result->start + s->length;
    if (a->suffix.n > 0)
        result->end = (int64_t)text_index_point(&p->index, str_search(text, a->suffix, from));
    if (result->end > (int64_t)p->index.points)
        result->end = (int64_t)p->index.points;
    return true;
}

/* For each spot the shifts of the nearest firm ones; the ends of the text are firm where known. */
static struct neighbours *find_neighbours(const struct proof *p)
{
    struct neighbours *around = ARENA_ARRAY(p->arena, struct neighbours, p->n);
    int64_t before = 0;
    for (size_t i = 0; i < p->n; i++) {
        around[i].before = before;
        if (p->spots[i].firm)
            before = p->spots[i].shift;
    }
    bool known = p->bounded;
    int64_t after = p->last_shift;
    for (size_t i = p->n; i-- > 0;) {
        around[i].after = after;
        around[i].both = known;
        if (p->spots[i].firm) {
            after = p->spots[i].shift;
            known = true;
        }
    }
    return around;
}

static void conclude(struct proof *p)
{
    const struct neighbours *around = find_neighbours(p);
    for (size_t i = 0; i < p->n; i++) {
        struct spot *s = &p->spots[i];
        struct anchor_result *result = s->result;
        if (s->found && !s->firm)
            judge(s, &around[i]);
        if (s->found) {
            result->state = s->shift == 0 ? ANCHOR_EXACT : ANCHOR_MOVED;
            result->start = s->anchor->start + s->shift;
            result->end = result->start + s->length;
            result->unsearched = false;
        } else if (known_by_context(p, s, around[i].before, result) ||
                   known_between(p, s, &around[i], result)) {
            result->state = ANCHOR_DRIFTED;
        }
    }
}

/* ---- in and out ---- */

static int by_place(const void *a, const void *b)
{
    const struct anchor *x = ((const struct spot *)a)->anchor;
    const struct anchor *y = ((const struct spot *)b)->anchor;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* False for an anchor that says nothing that could be proved. */
static bool spot_init(struct spot *s, const struct anchor *a, struct anchor_result *result)
{
    *s = (struct spot){.anchor = a, .result = result, .seen = -1};
    s->length = a->exact.n > 0 ? (int64_t)utf8_count(a->exact) : a->end - a->start;
    return a->start >= 0 && a->end > a->start && a->end <= INT32_MAX &&
           (a->exact.n > 0 || hash_from_hex(a->digest, s->digest, HASH_SIZE));
}

struct anchor_result *anchor_prove(str text, int64_t length, const struct anchor *anchors, size_t n,
                                   struct arena *arena)
{
    struct anchor_result *results = ARENA_ARRAY(arena, struct anchor_result, n);
    struct proof p = {.arena = arena, .budget = {.left = ANCHOR_BUDGET}, .bounded = length >= 0};
    text_index_init(&p.index, text, arena);
    p.last_shift = p.bounded ? (int64_t)p.index.points - length : 0;
    p.spots = ARENA_ARRAY(arena, struct spot, n);
    for (size_t i = 0; i < n; i++) {
        results[i] = (struct anchor_result){.state = ANCHOR_MISSING, .start = -1, .end = -1};
        p.n += spot_init(&p.spots[p.n], &anchors[i], &results[i]);
    }
    if (p.n > 1)
        qsort(p.spots, p.n, sizeof *p.spots, by_place);
    find_forward(&p);
    find_backward(&p);
    conclude(&p);
    return results;
}

const char *anchor_state_name(enum anchor_state state)
{
    static const char *const names[] = {
#define X(state, name, meaning) [state] = name,
        ANCHOR_TABLE(X)
#undef X
    };
    return names[state];
}
