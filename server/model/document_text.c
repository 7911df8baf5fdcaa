#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "model/document_check.h"
#include "model/document_shape.h"
#include "model/document_value.h"
#include "model/text_index.h"

/* Bytes of text under all the evidence of a document together. */
#define MOST_QUOTED ((size_t)64 * 1024 * 1024)

/* Looks at the text for words that stand elsewhere (text_index.h), for the whole document. */
#define SEARCH_BUDGET ((size_t)1000 * 1000)

/* Code points of the text that a problem shows. */
#define LONGEST_SHOWN 80

struct passage {
    struct reading *r;
    const struct document_source *source;
    enum document_footing footing;
    struct text_index index;
    size_t quoted; /* bytes so far */
    struct text_budget search;
    bool asked_for_text;
};

/* ---- the source ---- */

static bool check_own_digest(struct reading *r, struct document_source *s, const struct step *at)
{
    char computed[HASH_HEX_SIZE + 1];
    struct step here = {at, "text_sha256", 0};
    hash_sha256_hex(s->text, computed);
    if (s->text_sha256.n > 0 && !str_eq(s->text_sha256, str_from(computed))) {
        document_problem(r, &here, s->text_sha256, "the SHA-256 of \"text\" is %s", computed);
        return false;
    }
    s->text_sha256 = arena_copy(r->arena, str_from(computed));
    return true;
}

static bool check_own_length(struct reading *r, struct document_source *s, int64_t points,
                             const struct step *at)
{
    struct step here = {at, "text_length", 0};
    if (s->text_length >= 0 && s->text_length != points) {
        str given = arena_printf(r->arena, "%lld", (long long)s->text_length);
        struct problem *p = document_problem(r, &here, given, "\"text\" has %lld code points",
                                             (long long)points);
        if (s->text_length == (int64_t)s->text.n)
            problem_hint(r->problems, p, "this is its length in bytes; count code points");
        return false;
    }
    s->text_length = points;
    return true;
}

static enum document_footing check_source(struct reading *r, struct document_source *s,
                                          struct text_index *index)
{
    struct step at = {NULL, "source", 0};
    if (document_value_refused(s->text) || document_value_refused(s->text_sha256) ||
        s->text_length == DOCUMENT_VALUE_REFUSED)
        return DOCUMENT_UNSOUND;
    if (s->text.n > 0) {
        text_index_init(index, s->text, r->arena);
        bool digest = check_own_digest(r, s, &at);
        bool length = check_own_length(r, s, (int64_t)index->points, &at);
        return digest && length ? DOCUMENT_WHOLE_TEXT : DOCUMENT_UNSOUND;
    }
    if (s->text_sha256.n == 0 && s->text_length < 0)
        return DOCUMENT_NO_TEXT;
    if (s->text_sha256.n > 0 && s->text_length >= 0)
        return DOCUMENT_LENGTH_ALONE;
    const char *missing = s->text_length < 0 ? "text_length" : "text_sha256";
    struct step here = {&at, missing, 0};
    document_problem(r, &here, STR(""),
                     "without \"text\", \"text_sha256\" and \"text_length\" are needed together; "
                     "\"%s\" is missing",
                     missing);
    return DOCUMENT_UNSOUND;
}

/* ---- evidence ---- */

/* Words of the text for a problem: cut, and in one line. */
static str shown(struct passage *c, str words)
{
    size_t cut = utf8_offset(words, LONGEST_SHOWN);
    str copy = arena_printf(c->r->arena, "%.*s%s", STR_ARG(str_sub(words, 0, cut)),
                            cut < words.n ? "…" : "");
    char *p = arena_alloc(c->r->arena, copy.n + 1);
    for (size_t i = 0; i < copy.n; i++)
        p[i] = (unsigned char)copy.p[i] < 0x20 || copy.p[i] == 0x7F ? ' ' : copy.p[i];
    return (str){p, copy.n};
}

static size_t utf16_units(str s)
{
    size_t units = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char byte = (unsigned char)s.p[i];
        units += (byte & 0xC0) != 0x80;
        units += byte >= 0xF0;
    }
    return units;
}

/* Where the words are instead, as the hint of a problem. */
static void hint_where(struct passage *c, struct problem *p, const struct evidence *e, str words)
{
    size_t near = text_index_byte(&c->index, (size_t)e->start);
    size_t found;
    if (c->r->problems->more > 0 ||
        !text_index_find(&c->index, words, near, NULL, NULL, &c->search, &found))
        return;
    size_t start = text_index_point(&c->index, found);
    size_t end = start + utf8_count(words);
    const char *unit = "";
    if (start != (size_t)e->start && found == (size_t)e->start)
        unit = "; count code points, not bytes";
    else if (start != (size_t)e->start &&
             utf16_units(str_sub(c->index.text, 0, found)) == (size_t)e->start)
        unit = "; count code points, not UTF-16 units";
    problem_hint(c->r->problems, p, "these words stand at %zu–%zu%s", start, end, unit);
}

static void check_exact(struct passage *c, const struct evidence *e, str span,
                        const struct step *at)
{
    struct step here = {at, "exact", 0};
    if (e->exact.n == 0 || str_eq(e->exact, span))
        return;
    struct problem *p;
    if (c->source->withheld)
        p = document_problem(c->r, &here, e->exact, "the text has other words at %lld–%lld",
                             (long long)e->start, (long long)e->end);
    else
        p = document_problem(c->r, &here, e->exact, "the text has \"%.*s\" at %lld–%lld",
                             STR_ARG(shown(c, span)), (long long)e->start, (long long)e->end);
    hint_where(c, p, e, e->exact);
}

static void check_digest(struct passage *c, struct evidence *e, str span, const struct step *at)
{
    struct step here = {at, "digest", 0};
    bool wanted = e->digest.p == NULL && e->exact.p == NULL && c->source->withheld;
    if (e->digest.n == 0 && !wanted)
        return;
    char computed[HASH_HEX_SIZE + 1];
    hash_sha256_hex(span, computed);
    if (wanted)
        e->digest = arena_copy(c->r->arena, str_from(computed));
    else if (!str_eq(e->digest, str_from(computed)))
        document_problem(c->r, &here, e->digest, "the SHA-256 of the text at %lld–%lld is %s",
                         (long long)e->start, (long long)e->end, computed);
}

static void check_beside(struct passage *c, str given, str stands, const char *key,
                         const char *where, const struct step *at)
{
    struct step here = {at, key, 0};
    if (c->source->withheld)
        document_problem(c->r, &here, given, "other words stand %s the span", where);
    else
        document_problem(c->r, &here, given, "\"%.*s\" stands %s the span",
                         STR_ARG(shown(c, stands)), where);
}

static void check_context(struct passage *c, const struct evidence *e, str span,
                          const struct step *at)
{
    str text = c->index.text;
    size_t begin = (size_t)(span.p - text.p);
    str before = str_sub(text, 0, begin);
    str after = str_sub(text, begin + span.n, text.n);
    if (!str_ends(before, e->prefix)) {
        size_t points = utf8_count(e->prefix);
        size_t start = (size_t)e->start;
        check_beside(c, e->prefix,
                     text_index_slice(&c->index, start > points ? start - points : 0, start),
                     "prefix", "before", at);
    }
    if (!str_starts(after, e->suffix))
        check_beside(c, e->suffix, utf8_slice(after, 0, utf8_count(e->suffix)), "suffix", "after",
                     at);
}

/* Evidence whose text is at hand. */
static void check_words(struct passage *c, struct evidence *e, const struct step *at)
{
    str span = text_index_slice(&c->index, (size_t)e->start, (size_t)e->end);
    bool within = c->quoted <= MOST_QUOTED;
    c->quoted += span.n;
    if (c->quoted > MOST_QUOTED) {
        if (within)
            document_problem(c->r, at, STR(""),
                             "from here on, the evidence covers more than %zu bytes of text in all",
                             MOST_QUOTED);
        return;
    }
    check_exact(c, e, span, at);
    check_digest(c, e, span, at);
    check_context(c, e, span, at);
    if (e->exact.p == NULL && !c->source->withheld)
        e->exact = span;
}

/* Evidence of a text that is not at hand: its words are not to be quoted. */
static void check_unseen(struct passage *c, const struct evidence *e, const struct step *at)
{
    const struct {
        const char *key;
        str value;
    } quotes[] = {{"exact", e->exact}, {"prefix", e->prefix}, {"suffix", e->suffix}};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        struct step here = {at, quotes[i].key, 0};
        if (quotes[i].value.n == 0)
            continue;
        struct problem *p = document_problem(c->r, &here, quotes[i].value,
                                             "words cannot be checked without the text");
        problem_hint(c->r->problems, p, "give \"digest\" instead, or the source's \"text\"");
    }
    struct step digest = {at, "digest", 0};
    if (e->digest.p == NULL)
        document_problem(c->r, &digest, STR(""),
                         "where the text is not given, evidence needs the SHA-256 of its words");
}

static void check_evidence(struct passage *c, struct evidence *e, const struct step *at)
{
    struct step end = {at, "end", 0};
    str given = arena_printf(c->r->arena, "%lld", (long long)e->end);
    if (c->footing == DOCUMENT_NO_TEXT && !c->asked_for_text) {
        struct problem *p = document_problem(c->r, at, STR(""), "there is no text to point into");
        problem_hint(c->r->problems, p,
                     "give the source its \"text\", or \"text_sha256\" and \"text_length\"");
        c->asked_for_text = true;
    }
    if (c->footing == DOCUMENT_LENGTH_ALONE)
        check_unseen(c, e, at);
    if (e->start < 0 || e->end < 0)
        return;
    if (e->end <= e->start) {
        document_problem(c->r, &end, given, "the end must come after the start, %lld",
                         (long long)e->start);
        return;
    }
    if (c->footing != DOCUMENT_LENGTH_ALONE && c->footing != DOCUMENT_WHOLE_TEXT)
        return;
    if (e->end > c->source->text_length)
        document_problem(c->r, &end, given, "the text ends at %lld",
                         (long long)c->source->text_length);
    else if (c->footing == DOCUMENT_WHOLE_TEXT)
        check_words(c, e, at);
}

static int by_bytes(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

/* In which order the names stand says nothing. */
static void sort_supports(struct strs *names)
{
    if (names->n > 1)
        qsort(names->items, names->n, sizeof *names->items, by_bytes);
}

/* The evidence of every item of one list of the document. */
static void check_list(struct passage *c, const struct field *list, const struct document *d)
{
    const struct field *field = document_shape_field(list->nested, STR("evidence"));
    if (field == NULL)
        return;
    size_t n;
    const char *items = document_shape_list(list, (const char *)d, &n);
    struct step at = {NULL, list->key, 0};
    for (size_t i = 0; i < n; i++) {
        struct step thing = {&at, NULL, i};
        struct step key = {&thing, field->key, 0};
        struct evidences all;
        memcpy(&all, items + i * list->nested->size + field->offset, sizeof all);
        for (size_t k = 0; k < all.n && !document_problem_enough(c->r); k++) {
            struct step here = {&key, NULL, k};
            check_evidence(c, &all.items[k], &here);
            sort_supports(&all.items[k].supports);
        }
    }
}

void document_text_begin(struct reading *r, struct document_source *s, struct document_text *out)
{
    *out = (struct document_text){0};
    out->footing = check_source(r, s, &out->index);
}

void document_text_evidence(struct reading *r, const struct document_text *text, struct document *d)
{
    struct passage c = {.r = r,
                        .source = &d->source,
                        .footing = text->footing,
                        .index = text->index,
                        .search = {.left = SEARCH_BUDGET}};
    const struct shape *root = document_shape_root();
    for (size_t i = 0; i < root->field_count; i++)
        if (root->fields[i].kind == FIELD_LIST)
            check_list(&c, &root->fields[i], d);
}

void document_text_check(struct reading *r, struct document *d)
{
    struct document_text text;
    document_text_begin(r, &d->source, &text);
    document_text_evidence(r, &text, d);
}
