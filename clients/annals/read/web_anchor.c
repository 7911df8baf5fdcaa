#include "annals/read/web_anchor.h"

#include <string.h>

#include "annals/read/web_flat.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "model/anchor.h"

/* Bytes of text that are searched for quotes without a position, all of a file together. */
#define SEARCH_BUDGET ((size_t)1000 * 1000 * 1000)
#define SEARCH_STEP 32 /* what stopping at a place costs beside */

struct finder {
    struct web *w;
    const struct text *text;
    enum text_unit unit;
    size_t budget;
    struct web_flat *flat; /* NULL until it is needed */
};

static str span(const struct finder *f, size_t from, size_t to)
{
    return str_sub(f->text->bytes, from, to - from);
}

static long long point(const struct finder *f, size_t byte)
{
    return (long long)text_point(f->text, byte);
}

/* Pays for work; false where what is left does not suffice. */
static bool pay(struct finder *f, size_t work)
{
    if (work > f->budget)
        return false;
    f->budget -= work;
    return true;
}

/* Whether words are the same but for white space: a line may have been broken elsewhere. */
static bool same_words(str a, str b)
{
    size_t i = 0, k = 0;
    while (i < a.n && k < b.n) {
        if (web_flat_is_space(a.p[i]) != web_flat_is_space(b.p[k]))
            return false;
        if (!web_flat_is_space(a.p[i])) {
            if (a.p[i++] != b.p[k++])
                return false;
            continue;
        }
        while (i < a.n && web_flat_is_space(a.p[i]))
            i++;
        while (k < b.n && web_flat_is_space(b.p[k]))
            k++;
    }
    return i == a.n && k == b.n;
}

/* Whether the words of a span are those of the anchor; true for one without words. */
static bool agrees(struct finder *f, str words, const struct web_anchor *anchor)
{
    char digest[HASH_HEX_SIZE + 1];
    if (anchor->exact.n > 0)
        return same_words(words, anchor->exact);
    if (anchor->digest.n == 0)
        return true;
    if (!pay(f, words.n))
        return false;
    hash_sha256_hex(words, digest);
    return str_eq(anchor->digest, str_from(digest));
}

/* The span that the position means. False: it lies beyond the text or within a character. */
static bool at_position(const struct finder *f, const struct web_anchor *anchor,
                        enum text_unit unit, size_t *from, size_t *to)
{
    if (anchor->is_points)
        unit = TEXT_POINTS;
    return anchor->end > anchor->start && text_byte(f->text, unit, anchor->start, from) &&
           text_byte(f->text, unit, anchor->end, to);
}

static bool has_words(const struct web_anchor *anchor)
{
    return anchor->exact.n > 0 || anchor->digest.n > 0;
}

/* ---- the unit ---- */

static enum text_unit choose_unit(struct finder *f, struct web_anchor *const *anchors, size_t n)
{
    size_t only[2] = {0}, from, to;
    for (size_t i = 0; i < n; i++) {
        const struct web_anchor *x = anchors[i];
        bool fits[2];
        if (x->start < 0 || !has_words(x) || x->outer != NULL || x->is_points)
            continue;
        for (int u = 0; u < 2; u++)
            fits[u] = at_position(f, x, u == 0 ? TEXT_POINTS : TEXT_UTF16, &from, &to) &&
                      agrees(f, span(f, from, to), x);
        only[0] += fits[0] && !fits[1];
        only[1] += fits[1] && !fits[0];
    }
    if (only[1] == 0 || only[0] > 0)
        return TEXT_POINTS;
    problem_add_line(f->w->ask->notes, 1, 1,
                     "positions count UTF-16 code units: %zu quote%s with these alone", only[1],
                     only[1] == 1 ? " agrees" : "s agree");
    return TEXT_UTF16;
}

/* ---- quotes ---- */

struct search {
    size_t n, fitting; /* places where the words stand; those with prefix and suffix too */
    size_t first, first_fit;
};

static bool has_context(const struct finder *f, const struct web_anchor *x, size_t at, size_t from,
                        size_t to)
{
    return str_ends(span(f, from, at), x->prefix) &&
           str_starts(span(f, at + x->exact.n, to), x->suffix);
}

/* Looks for the words within [from, to). False: the work allowed was spent. */
static bool search(struct finder *f, const struct web_anchor *x, size_t from, size_t to,
                   struct search *out)
{
    const char *bytes = f->text->bytes.p;
    *out = (struct search){0};
    while (to - from >= x->exact.n) {
        const char *p = memmem(bytes + from, to - from, x->exact.p, x->exact.n);
        size_t at = p != NULL ? (size_t)(p - bytes) : to;
        size_t work = at - from + x->exact.n + x->prefix.n + x->suffix.n + SEARCH_STEP;
        if (!pay(f, work))
            return false;
        if (p == NULL)
            break;
        if (out->n++ == 0)
            out->first = at;
        if (has_context(f, x, at, 0, f->text->bytes.n) && out->fitting++ == 0)
            out->first_fit = at;
        from = at + 1;
    }
    return true;
}

static void found(struct web_anchor *x, size_t from, size_t to)
{
    x->found = true;
    x->from = from;
    x->to = to;
}

/* Whether one place is meant, and which. */
static bool decides(const struct search *s, size_t *at)
{
    *at = s->fitting == 1 ? s->first_fit : s->first;
    return s->fitting == 1 || (s->n == 1 && s->fitting == 0);
}

static void tell_context(struct finder *f, const struct web_anchor *x, const struct search *s)
{
    if (s->fitting == 0)
        web_left_out(f->w, x->value,
                     "prefix or suffix that the text does not have around the "
                     "only place of the words");
}

/* The text and an anchor's words, every run of white space being one blank. */
static const struct web_flat *flatten(struct finder *f)
{
    if (f->flat == NULL)
        f->flat = web_flat_make(f->text->bytes, f->w->ask->arena);
    return f->flat;
}

static struct web_anchor flat_anchor(const struct finder *f, const struct web_anchor *x)
{
    struct web_anchor flat = *x;
    struct arena *a = f->w->ask->arena;
    flat.exact = web_flat_words(x->exact, a);
    flat.prefix = web_flat_words(x->prefix, a);
    flat.suffix = web_flat_words(x->suffix, a);
    flat.digest = (str){0};
    return flat;
}

/* The same search, white space aside. False: nothing is decided, and *s tells of words that stand
 * nowhere else. */
static bool find_flat(struct finder *f, struct web_anchor *x, size_t from, size_t to,
                      struct search *s)
{
    const struct web_flat *flat = flatten(f);
    struct web_anchor words = flat_anchor(f, x);
    struct finder g = {f->w, &flat->text, f->unit, f->budget, NULL};
    struct search there;
    size_t at;
    bool whole = search(&g, &words, web_flat_at(flat, from), web_flat_at(flat, to), &there);
    f->budget = g.budget;
    if (!whole)
        return false;
    if (!decides(&there, &at)) {
        if (s->n == 0)
            *s = there;
        return false;
    }
    size_t end = at + words.exact.n;
    web_flat_origin(flat, &at, &end);
    found(x, at, end);
    tell_context(f, x, &there);
    return true;
}

/* A quote without a position, or within another segment: it must be the only one. */
static void find_quote(struct finder *f, struct web_anchor *x, size_t from, size_t to)
{
    struct search s;
    size_t at;
    if (!search(f, x, from, to, &s)) {
        web_problem(f->w, x->value, "the text was not searched to its end for these words");
    } else if (decides(&s, &at)) {
        found(x, at, at + x->exact.n);
        tell_context(f, x, &s);
    } else if (find_flat(f, x, from, to, &s)) {
        return;
    } else if (s.n == 0) {
        web_problem(f->w, x->value, "the words \"%.*s\" do not stand in the text",
                    STR_ARG(standoff_title(x->exact, f->w->ask->arena)));
    } else {
        struct problem *p = web_problem(
            f->w, x->value, "the words \"%.*s\" stand %zu times in the text, %s",
            STR_ARG(standoff_title(x->exact, f->w->ask->arena)), s.n,
            s.fitting == 0 ? "never between this prefix and suffix"
                           : "and prefix and suffix do not tell which is meant");
        problem_hint(f->w->ask->problems, p, "a position, or a longer prefix or suffix, tells");
    }
}

/* ---- positions ---- */

static void refuse_position(struct finder *f, const struct web_anchor *x)
{
    int64_t length = f->text->length[x->is_points ? TEXT_POINTS : f->unit];
    if (x->end <= x->start)
        web_problem(f->w, x->value, "the end must come after the start");
    else if (x->end > length)
        web_problem(f->w, x->value, "the text ends at %lld, before position %lld",
                    (long long)length, (long long)x->end);
    else
        web_problem(f->w, x->value, "a position lies within a character");
}

/* A position or quote within another segment. */
static void find_inner(struct finder *f, struct web_anchor *x)
{
    const struct web_anchor *outer = x->outer;
    size_t from, to;
    struct text inside;
    if (!outer->found)
        return;
    if (x->exact.n > 0) {
        find_quote(f, x, outer->from, outer->to);
        return;
    }
    if (!pay(f, outer->to - outer->from)) {
        web_problem(f->w, x->value, "the text was not searched to its end for this position");
        return;
    }
    text_init(&inside, span(f, outer->from, outer->to), f->w->ask->arena);
    struct finder within = {f->w, &inside, f->unit, f->budget, NULL};
    if (!at_position(&within, x, f->unit, &from, &to))
        refuse_position(&within, x);
    else
        found(x, outer->from + from, outer->from + to);
}

/* What a proof says of words that do not stand at their position. False: they stand nowhere for
 * certain. flat: the text that was looked through, or NULL for the text itself. */
static bool take_proof(struct finder *f, struct web_anchor *x, const struct anchor_result *r,
                       const struct web_flat *flat)
{
    size_t from, to;
    int64_t line, column;
    const struct text *text = flat != NULL ? &flat->text : f->text;
    if (r->state > ANCHOR_MOVED || !text_byte(text, TEXT_POINTS, r->start, &from) ||
        !text_byte(text, TEXT_POINTS, r->end, &to) || from == to)
        return false;
    if (flat != NULL)
        web_flat_origin(flat, &from, &to);
    str words = x->exact.n > 0 ? standoff_title(x->exact, f->w->ask->arena) : STR("of this digest");
    found(x, from, to);
    web_place(f->w, x->value, &line, &column);
    problem_add_line(f->w->ask->notes, line, column,
                     "anchored again: \"%.*s\" stands at %lld-%lld, not at %lld-%lld",
                     STR_ARG(words), point(f, from), point(f, to), (long long)x->start,
                     (long long)x->end);
    return true;
}

/* An anchor as code points of the text that is looked through. */
static struct anchor as_anchor(const struct finder *f, const struct web_anchor *x,
                               const struct web_flat *flat)
{
    const struct web_anchor words = flat != NULL ? flat_anchor(f, x) : *x;
    struct anchor out = {x->start, x->end, words.exact, words.prefix, words.suffix, words.digest};
    enum text_unit unit = x->is_points ? TEXT_POINTS : f->unit;
    size_t from, to;
    if (text_byte(f->text, unit, x->start, &from) && text_byte(f->text, unit, x->end, &to)) {
        out.start = flat != NULL ? text_point(&flat->text, web_flat_at(flat, from))
                                 : text_point(f->text, from);
        out.end = flat != NULL ? text_point(&flat->text, web_flat_at(flat, to))
                               : text_point(f->text, to);
    }
    if (out.end <= out.start)
        out.end = out.start + 1;
    return out;
}

/* The words that do not stand at their positions, proved together: their order helps. Those that
 * are not found are the first in off then; answers how many these are. */
static size_t prove_in(struct finder *f, struct web_anchor **off, size_t n,
                       const struct web_flat *flat)
{
    struct arena *a = f->w->ask->arena;
    str bytes = flat != NULL ? flat->text.bytes : f->text->bytes;
    struct anchor *anchors = ARENA_ARRAY(a, struct anchor, n);
    size_t left = 0;
    for (size_t i = 0; i < n; i++)
        anchors[i] = as_anchor(f, off[i], flat);
    struct anchor_result *results = anchor_prove(bytes, -1, anchors, n, a);
    for (size_t i = 0; i < n; i++)
        if (!take_proof(f, off[i], &results[i], flat))
            off[left++] = off[i];
    return left;
}

static void refuse_words(struct finder *f, const struct web_anchor *x)
{
    str words = x->exact.n > 0 ? standoff_title(x->exact, f->w->ask->arena) : STR("of this digest");
    web_problem(f->w, x->value,
                "the words \"%.*s\" stand neither at %lld-%lld nor, for certain, elsewhere in "
                "the text",
                STR_ARG(words), (long long)x->start, (long long)x->end);
}

/* As the words are, then white space aside. */
static void prove(struct finder *f, struct web_anchor **off, size_t n)
{
    size_t quotes = 0, left = prove_in(f, off, n, NULL);
    for (size_t i = 0; i < left; i++) {
        if (off[i]->exact.n == 0)
            refuse_words(f, off[i]);
        else
            off[quotes++] = off[i];
    }
    left = quotes > 0 ? prove_in(f, off, quotes, flatten(f)) : 0;
    for (size_t i = 0; i < left; i++)
        refuse_words(f, off[i]);
}

/* Whether an anchor is done with; else its words stand elsewhere. */
static bool find_one(struct finder *f, struct web_anchor *x)
{
    size_t from, to;
    if (x->outer != NULL) {
        find_inner(f, x);
    } else if (x->start < 0) {
        find_quote(f, x, 0, f->text->bytes.n);
    } else if (at_position(f, x, f->unit, &from, &to) && agrees(f, span(f, from, to), x)) {
        found(x, from, to);
    } else if (has_words(x)) {
        return false;
    } else {
        refuse_position(f, x);
    }
    return true;
}

/* The segment in which another lies, and those in which that one lies: WEB_TARGET_DEEPEST at most.
 */
static void find_outer(struct finder *f, struct web_anchor *x)
{
    if (x->outer != NULL)
        find_outer(f, x->outer);
    if (!x->found && !find_one(f, x))
        prove(f, &x, 1);
}

void web_anchor_find(struct web *w, struct web_anchor *const *anchors, size_t n)
{
    struct finder f = {w, &w->s.text, w->ask->unit, SEARCH_BUDGET, NULL};
    struct web_anchor **off = ARENA_ARRAY(w->ask->arena, struct web_anchor *, n);
    size_t count = 0;
    if (f.unit == TEXT_UNITS)
        f.unit = choose_unit(&f, anchors, n);
    for (size_t i = 0; i < n; i++) {
        struct web_anchor *x = anchors[i];
        if (x->outer != NULL)
            find_outer(&f, x->outer);
        if (!find_one(&f, x))
            off[count++] = x;
    }
    if (count > 0)
        prove(&f, off, count);
}
