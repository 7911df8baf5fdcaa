#include "model/excerpt.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "base/word.h"
#include "model/typed.h"

_Static_assert(EXCERPT_MOST_PHRASES <= 64, "a set of phrases is a uint64_t");

#define MOST_HITS 256 /* in one text */
#define LEAD_SHARE 3  /* of the room beside the hits a third stands before them */

/* ---- what is searched for ---- */

static void add_phrase(struct excerpt_words *out, str folded, bool prefix)
{
    if (out->n == EXCERPT_MOST_PHRASES)
        return;
    struct excerpt_phrase *p = &out->phrases[out->n];
    size_t at = 0;
    str word;
    *p = (struct excerpt_phrase){.prefix = prefix};
    while (p->n < EXCERPT_MOST_WORDS && word_next(folded, &at, &word))
        p->words[p->n++] = word;
    if (p->n == EXCERPT_MOST_WORDS && word_next(folded, &at, &word))
        p->prefix = false;
    if (p->n > 0)
        out->n++;
}

void excerpt_words_read(str typed, struct arena *a, struct excerpt_words *out)
{
    str rest = fold_copy(typed, a);
    struct typed_part part;
    *out = (struct excerpt_words){ARENA_ARRAY(a, struct excerpt_phrase, EXCERPT_MOST_PHRASES), 0};
    while (typed_next(&rest, &part))
        add_phrase(out, part.text, part.prefix);
}

/* ---- where it stands ---- */

/* A word of the text: its folded bytes in struct reader.folded, and where it was written. */
struct word {
    size_t from, to;
    size_t first, last; /* code points */
};

struct hit {
    size_t first, last;
    unsigned phrase;
};

struct reader {
    const struct excerpt_words *words;
    struct buf folded;
    struct word recent[EXCERPT_MOST_WORDS]; /* a ring: word number i at i % its length */
    size_t count;
    struct hit hits[MOST_HITS];
    size_t hit_count;
};

static const struct word *recent(const struct reader *r, size_t back)
{
    return &r->recent[(r->count - 1 - back) % EXCERPT_MOST_WORDS];
}

static str folded_word(const struct reader *r, size_t back)
{
    const struct word *w = recent(r, back);
    return str_sub(buf_str(&r->folded), w->from, w->to - w->from);
}

/* Whether the phrase ends with the word read last. */
static bool ends_here(const struct reader *r, const struct excerpt_phrase *p)
{
    str last = folded_word(r, 0), want = p->words[p->n - 1];
    if (p->prefix ? !str_starts(last, want) : !str_eq(last, want))
        return false;
    if (r->count < p->n)
        return false;
    for (size_t back = 1; back < p->n; back++)
        if (!str_eq(folded_word(r, back), p->words[p->n - 1 - back]))
            return false;
    return true;
}

static void take_word(struct reader *r, size_t from, size_t to, const struct word_run *run)
{
    r->recent[r->count++ % EXCERPT_MOST_WORDS] = (struct word){from, to, run->first, run->last};
    for (unsigned i = 0; i < r->words->n && r->hit_count < MOST_HITS; i++) {
        const struct excerpt_phrase *p = &r->words->phrases[i];
        if (ends_here(r, p))
            r->hits[r->hit_count++] = (struct hit){recent(r, p->n - 1)->first, run->last, i};
    }
}

static void read_text(struct reader *r, str text)
{
    struct word_run run = {0};
    while (r->hit_count < MOST_HITS && word_run_next(text, &run)) {
        size_t base = r->folded.n, at = 0;
        str word;
        fold_append(&r->folded, str_sub(text, run.start, run.end - run.start));
        str folded = str_sub(buf_str(&r->folded), base, r->folded.n - base);
        while (word_next(folded, &at, &word))
            take_word(r, base + at - word.n, base + at, &run);
    }
}

static int by_place(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->last < y->last ? -1 : x->last > y->last;
}

/* ---- what is shown of it ---- */

static int count_bits(uint64_t set)
{
    int n = 0;
    for (; set != 0; set &= set - 1)
        n++;
    return n;
}

/* Code points [first, last) of the text. */
struct stretch {
    size_t first, last;
};

/* The hits that fit into one excerpt with the most different phrases; their number in *found. */
static struct stretch best_hits(const struct reader *r, int *found)
{
    struct stretch best = {0, 0};
    *found = 0;
    for (size_t i = 0; i < r->hit_count; i++) {
        struct stretch s = {r->hits[i].first, r->hits[i].last};
        uint64_t set = 0;
        for (size_t k = i; k < r->hit_count; k++) {
            size_t last = r->hits[k].last > s.last ? r->hits[k].last : s.last;
            if (k > i && last - s.first > EXCERPT_POINTS)
                break;
            s.last = last;
            set |= UINT64_C(1) << r->hits[k].phrase;
        }
        if (count_bits(set) > *found) {
            *found = count_bits(set);
            best = s;
        }
    }
    return best;
}

/* What is around the hits, as far as there is room, cut where words begin and end. */
static struct stretch around(str text, size_t points, struct stretch hits)
{
    if (points <= EXCERPT_POINTS)
        return (struct stretch){0, points};
    if (hits.last - hits.first >= EXCERPT_POINTS)
        return (struct stretch){hits.first, hits.first + EXCERPT_POINTS};
    size_t lead = (EXCERPT_POINTS - (hits.last - hits.first)) / LEAD_SHARE;
    size_t from = hits.first > lead ? hits.first - lead : 0;
    if (from + EXCERPT_POINTS > points)
        from = points - EXCERPT_POINTS;
    size_t to = from + EXCERPT_POINTS;

    struct stretch s = {from == 0 ? 0 : hits.first, to == points ? points : hits.last};
    struct word_run run = {0};
    while (word_run_next(text, &run) && run.first < to) {
        if (run.first >= from && run.first < s.first)
            s.first = run.first;
        if (run.last <= to && run.last > s.last)
            s.last = run.last;
    }
    return s;
}

/* more: the text goes on past what was looked at. */
static str cut_out(str text, size_t points, bool more, struct stretch s, struct arena *a)
{
    struct buf out;
    buf_init(&out, EXCERPT_LOOKED_AT * 2);
    if (s.first > 0)
        buf_add(&out, STR("…"));
    str part = utf8_slice(text, s.first, s.last);
    for (size_t i = 0; i < part.n; i++) {
        unsigned char c = (unsigned char)part.p[i];
        buf_add_char(&out, c < 0x20 || c == 0x7F ? ' ' : part.p[i]);
    }
    if (s.last < points || more)
        buf_add(&out, STR("…"));
    ENSURE(!buf_failed(&out));
    str copy = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return copy;
}

static void add_marks(const struct reader *r, struct stretch s, struct excerpt *out)
{
    size_t shift = s.first > 0 ? 1 : 0; /* the "…" in front */
    for (size_t i = 0; i < r->hit_count; i++) {
        const struct hit *h = &r->hits[i];
        size_t first = h->first > s.first ? h->first : s.first;
        size_t last = h->last < s.last ? h->last : s.last;
        if (first >= last)
            continue;
        struct excerpt_mark mark = {first - s.first + shift, last - s.first + shift};
        struct excerpt_mark *before = out->mark_count ? &out->marks[out->mark_count - 1] : NULL;
        if (before != NULL && mark.start < before->end) {
            if (mark.end > before->end)
                before->end = mark.end;
        } else if (out->mark_count < EXCERPT_MOST_MARKS) {
            out->marks[out->mark_count++] = mark;
        }
    }
}

/* No more of a text than is looked at, cut between two code points. */
static str shortened(str text)
{
    if (text.n <= EXCERPT_LOOKED_AT)
        return text;
    size_t end = EXCERPT_LOOKED_AT;
    while (end > 0 && ((unsigned char)text.p[end] & 0xC0) == 0x80)
        end--;
    return str_sub(text, 0, end);
}

bool excerpt_find(const struct excerpt_words *words, str text, struct arena *a, struct excerpt *out)
{
    struct reader r;
    r.words = words;
    r.count = r.hit_count = 0;
    *out = (struct excerpt){0};
    str looked_at = shortened(text);
    buf_init(&r.folded, EXCERPT_LOOKED_AT * 64); /* one code point folds to 18 at most */
    read_text(&r, looked_at);
    ENSURE(!buf_failed(&r.folded));
    buf_free(&r.folded);
    if (r.hit_count == 0)
        return false;
    qsort(r.hits, r.hit_count, sizeof *r.hits, by_place);
    struct stretch hits = best_hits(&r, &out->found);
    size_t points = utf8_count(looked_at);
    struct stretch s = around(looked_at, points, hits);
    out->text = cut_out(looked_at, points, looked_at.n < text.n, s, a);
    add_marks(&r, s, out);
    return true;
}
