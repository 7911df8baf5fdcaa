/*
 * answers: the questions of test_history, every filter and every verb among them, and what a
 * version answers to each, as text.
 */
#ifndef ANNALS_TESTS_STORE_ANSWERS_H
#define ANNALS_TESTS_STORE_ANSWERS_H

#include <string.h>

#include "alone.h"

/* One question; the last asks for everything. */
struct asked {
    const char *value; /* of the filter; NULL for none */
    enum filter_kind kind;
    bool negate, members, certain;
    const char *text, *date;
    const char *role, *role_not, *relation, *relation_not, *stance, *stance_not;
    enum match_when when;
    enum query_undated undated;
    enum query_whether disputed;
    enum query_sort sort;
    enum { NOWHERE, IN_CIRCLE, IN_BOX } area;
};

static const struct asked questions[] = {
    {.kind = FILTER_ACTOR, .value = "code:Q1"},
    {.kind = FILTER_ACTOR, .value = "a1"},
    {.kind = FILTER_ACTOR, .value = "a1", .negate = true, .sort = SORT_DATE_DESC},
    {.kind = FILTER_ACTOR, .value = "a2", .role = "host", .sort = SORT_TITLE},
    {.kind = FILTER_ACTOR, .value = "a2", .role_not = "host"},
    {.kind = FILTER_ACTOR, .value = "a0", .members = true},
    {.kind = FILTER_ACTOR, .value = "a0", .members = true, .negate = true},
    {.kind = FILTER_ACTOR, .value = "a1", .members = true, .role_not = "target"},
    {.role = "target"},
    {.role_not = "target", .sort = SORT_UPDATED},
    {.kind = FILTER_PLACE, .value = "code:Q2"},
    {.kind = FILTER_PLACE, .value = "p0"},
    {.kind = FILTER_PLACE, .value = "p0", .negate = true},
    {.kind = FILTER_PLACE, .value = "p0", .text = "title"},
    {.kind = FILTER_TYPE, .value = "assault"},
    {.kind = FILTER_TYPE, .value = "agree", .text = "another", .sort = SORT_RELEVANCE},
    {.kind = FILTER_TYPE, .value = "agree", .negate = true},
    {.kind = FILTER_SOURCE, .value = "s1"},
    {.kind = FILTER_TAG, .value = "one"},
    {.kind = FILTER_ID, .value = "e3"},
    {.kind = FILTER_ID, .value = "e3", .negate = true},
    {.kind = FILTER_PRECISION, .value = "day"},
    {.kind = FILTER_PRECISION, .value = "day", .negate = true},
    {.kind = FILTER_RELATED_TO, .value = "e1"},
    {.kind = FILTER_RELATED_TO, .value = "e1", .negate = true},
    {.kind = FILTER_RELATED_TO, .value = "e1", .relation = "causes"},
    {.relation = "follows"},
    {.relation_not = "follows", .sort = SORT_TITLE},
    {.kind = FILTER_CLAIMED_BY, .value = "a1"},
    {.kind = FILTER_CLAIMED_BY, .value = "a1", .negate = true},
    {.kind = FILTER_CLAIMED_BY, .value = "a1", .stance = "denies"},
    {.stance = "asserts"},
    {.stance_not = "asserts", .sort = SORT_UPDATED},
    {.text = "spectre"},
    {.text = "red"},
    {.text = "\"another title\"", .sort = SORT_RELEVANCE},
    {.text = "tit* as", .sort = SORT_RELEVANCE},
    {.disputed = WHETHER_YES},
    {.disputed = WHETHER_NO, .sort = SORT_DATE_DESC},
    {.area = IN_CIRCLE},
    {.area = IN_BOX},
    {.date = "2020-05"},
    {.date = "2020-05", .certain = true, .undated = UNDATED_INCLUDE},
    {.date = "2020/2021", .when = MATCH_WITHIN, .sort = SORT_DATE_DESC},
    {.date = "2020-07-01", .when = MATCH_COVERS},
    {.date = "2020", .when = MATCH_STARTS, .sort = SORT_TITLE},
    {.date = "../2020", .when = MATCH_ENDS, .certain = true},
    {.date = "XXXX-05-05", .undated = UNDATED_INCLUDE},
    {.undated = UNDATED_ONLY, .sort = SORT_DATE_DESC},
    {.undated = UNDATED_EXCLUDE},
    {.value = NULL},
};
#define QUESTIONS (sizeof questions / sizeof questions[0])

/* A question as it is put; what it points to is in it. */
struct put_question {
    struct query q;
    struct filter filter;
    struct query_area area;
    str value, words[6];
};

static inline void add(struct buf *all, str text)
{
    buf_add(all, text);
    buf_add_char(all, '\n');
}

static inline void put_word(struct put_question *x, size_t which, const char *word,
                            struct strs *list)
{
    x->words[which] = str_from(word);
    *list = (struct strs){&x->words[which], word != NULL};
}

static inline void put_question(struct put_question *x, const struct asked *from, int64_t version,
                                struct arena *a)
{
    *x = (struct put_question){.value = str_from(from->value)};
    x->filter = (struct filter){.kind = from->kind,
                                .negate = from->negate,
                                .values = {&x->value, 1},
                                .parameter = STR("x")};
    x->area = from->area == IN_CIRCLE
                  ? (struct query_area){.is_circle = true, .lat = 1.5, .lon = 1, .km = 100}
                  : (struct query_area){.south = -1, .north = 1.5, .west = 0.5, .east = 3};
    x->q = (struct query){.filters = &x->filter,
                          .filter_count = from->value != NULL,
                          .members = from->members,
                          .disputed = from->disputed,
                          .areas = &x->area,
                          .area_count = from->area != NOWHERE,
                          .text = str_from(from->text),
                          .when = from->when,
                          .certain = from->certain,
                          .undated = from->undated,
                          .sort = from->sort,
                          .count = true,
                          .limit = 1000,
                          .version = version};
    put_word(x, 0, from->role, &x->q.roles);
    put_word(x, 1, from->role_not, &x->q.roles_not);
    put_word(x, 2, from->relation, &x->q.relations);
    put_word(x, 3, from->relation_not, &x->q.relations_not);
    put_word(x, 4, from->stance, &x->q.stances);
    put_word(x, 5, from->stance_not, &x->q.stances_not);
    struct edtf_error where;
    if (from->date == NULL)
        return;
    x->q.date.text = str_from(from->date);
    ck_assert(edtf_parse(x->q.date.text, &x->q.date.value, &where));
    match_prepare(x->q.date.text, from->when, a, &x->q.match);
}

static inline void tell_histogram(struct buf *all, struct store_reader *r, const struct query *q,
                                  size_t which, struct arena *a)
{
    static const enum histogram_by units[] = {HISTOGRAM_MONTH, HISTOGRAM_YEAR, HISTOGRAM_DECADE,
                                              HISTOGRAM_BINS};
    const struct histogram_ask ask = {.by = units[which % 4],
                                      .bins = 7,
                                      .split = which % 6 == 5 ? FACETS : (enum facet)(which % 6)};
    struct histogram h;
    struct problems problems;
    struct err e = {0};
    problem_init(&problems, a);
    /* The range may have too many buckets for a unit. */
    if (!store_histogram(r, q, &ask, a, &h, &problems, &e)) {
        ck_assert_msg(e.code == ERR_BAD_PARAMETER, "%s", e.detail);
        return;
    }
    buf_printf(all, "%lld %lld", (long long)h.matched, (long long)h.undated);
    for (size_t i = 0; i < h.n; i++)
        buf_printf(all, " %lld:%lld-%lld", (long long)h.buckets[i].window.from,
                   (long long)h.buckets[i].min, (long long)h.buckets[i].max);
    for (size_t i = 0; i < h.series_count; i++) {
        buf_printf(all, "\n%.*s %.*s", STR_ARG(h.series[i].id), STR_ARG(h.series[i].name));
        for (size_t k = 0; k < h.n; k++)
            buf_printf(all, " %lld-%lld", (long long)h.series[i].buckets[k].min,
                       (long long)h.series[i].buckets[k].max);
    }
    add(all, STR("."));
}

static inline void tell_facets(struct buf *all, struct store_reader *r, const struct query *q,
                               int64_t matched, struct arena *a)
{
    struct facet_values *facets;
    struct problems problems;
    struct err e = {0};
    size_t n;
    int64_t counted;
    problem_init(&problems, a);
    ck_assert_msg(
        store_facets(r, q, (1u << FACETS) - 1, 100, a, &facets, &n, &counted, &problems, &e), "%s",
        e.detail);
    ck_assert_int_eq(counted, matched);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < facets[i].n; k++) {
            const struct facet_value *v = &facets[i].values[k];
            buf_printf(all, "%.*s %.*s %lld\n", STR_ARG(v->id), STR_ARG(v->name),
                       (long long)v->count);
        }
}

/* What every verb answers to one question; its page is left for more. */
static inline void tell_question(struct buf *all, struct store_reader *r, size_t which,
                                 int64_t version, struct arena *a, struct event_page *page)
{
    struct put_question x;
    struct problems problems;
    struct err e = {0};
    put_question(&x, &questions[which], version, a);
    problem_init(&problems, a);
    *page = (struct event_page){0};
    ck_assert_msg(store_find_events(r, &x.q, a, page, &problems, &e), "%s", e.detail);
    ck_assert_int_eq(page->matched, (int64_t)page->n);
    /* What drives a walk may hide the condition that would have said the same. */
    struct strs ids = alone_ids(r, &x.q, a);
    for (size_t i = 0; i < ids.n; i++)
        add(all, ids.items[i]);
    for (size_t i = 0; i < page->n; i++) {
        add(all, page->rows[i].id);
        buf_add_char(all, (char)('0' + page->rows[i].match));
        add(all, page->rows[i].excerpt);
    }
    if (which % 3 == 0)
        tell_histogram(all, r, &x.q, which / 3, a);
    if (which % 3 == 1)
        tell_facets(all, r, &x.q, page->matched, a);
}

static inline void tell_suggestions(struct buf *all, struct store_reader *r, int64_t version,
                                    struct arena *a)
{
    static const char *const typed[] = {"a", "p1", "ghost", "spec", "an ti", "as 0", "title"};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        struct suggestion *s;
        struct err e = {0};
        size_t n;
        ck_assert_msg(store_suggest(r, version, str_from(typed[i]), 50, a, &s, &n, &e), "%s",
                      e.detail);
        for (size_t k = 0; k < n; k++)
            buf_printf(all, "%s %.*s %.*s %.*s %.*s %lld\n", s[k].kind, STR_ARG(s[k].id),
                       STR_ARG(s[k].label), STR_ARG(s[k].matched), STR_ARG(s[k].date),
                       (long long)s[k].events);
    }
}

#endif
