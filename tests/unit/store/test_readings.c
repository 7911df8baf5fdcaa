/*
 * Questions in every reading, in combinations by chance, over a small world by chance in which six
 * sources tell of the same events, some under two ids: what the store answers is what a look at
 * the accounts gives that are known then, in the order of the policy.
 */
#include "witnesses.h"

#include <string.h>

#define SEED 20220221u
#define QUESTIONS 1000

static void set_up(void)
{
    world_open(&world, SEED);
    witnesses_tell();
}

static void tear_down(void)
{
    world_close(&world);
}

/* ---- a look at one event ---- */

static bool lists(const struct strs *list, const char *word)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->items[i], str_from(word)))
            return true;
    return false;
}

static bool lists_number(const struct strs *list, char letter, int n)
{
    char id[16];
    id_of(id, letter, n);
    return lists(list, id);
}

/* Whether the list names the event by any of its ids. */
static bool lists_event(const struct strs *list, int event)
{
    for (int i = 0; i < EVENTS; i++)
        if (canonical[i] == event && lists_number(list, 'e', i))
            return true;
    return false;
}

static bool is_related(const struct query *q, const struct filter *f, int event)
{
    for (int i = 0; i < RELATIONS; i++) {
        const struct relation *x = &relations[i];
        int from = canonical[x->from], to = canonical[x->to];
        if (!is_known(x->source, &q->reading) || (from != event && to != event))
            continue;
        if ((f == NULL || !f->negate) && q->relations.n > 0 &&
            !lists(&q->relations, relation_types[x->type]))
            continue;
        if (f == NULL || (from == event && lists_event(&f->values, to)) ||
            (to == event && lists_event(&f->values, from)))
            return true;
    }
    return false;
}

static bool is_claimed(const struct query *q, const struct filter *f, int event)
{
    for (int i = 0; i < CLAIMS; i++) {
        const struct claim *x = &claims[i];
        if (canonical[x->about] == event && is_known(x->source, &q->reading) &&
            ((f != NULL && f->negate) || q->stances.n == 0 ||
             lists(&q->stances, stances[x->stance])) &&
            (f == NULL || lists_number(&f->values, 'a', x->speaker)))
            return true;
    }
    return false;
}

static bool is_told_by(const struct query *q, const struct filter *f, int event)
{
    for (int s = 0; s < SOURCES; s++)
        for (int i = 0; i < EVENTS; i++)
            if (canonical[i] == event && accounts[s][i].told && is_known(s, &q->reading) &&
                lists_number(&f->values, 's', s))
                return true;
    return false;
}

static bool has(const struct query *q, const struct filter *f, const struct seen *x, int event)
{
    switch (f->kind) {
    case FILTER_ACTOR:
        for (int a = 0; a < ACTORS; a++)
            if (x->actors & 1u << a && lists_number(&f->values, 'a', a))
                return true;
        return false;
    case FILTER_PLACE:
        return x->place >= 0 && lists_number(&f->values, 'p', x->place);
    case FILTER_TYPE:
        return x->type >= 0 && lists(&f->values, types[x->type]);
    case FILTER_TAG:
        for (int g = 0; g < TAGS; g++)
            if (x->tags & 1u << g && lists_number(&f->values, 'g', g))
                return true;
        return false;
    case FILTER_SOURCE:
        return is_told_by(q, f, event);
    case FILTER_ID:
        return lists_event(&f->values, event);
    case FILTER_PRECISION:
        return lists(&f->values, edtf_precision_name(x->date->value.precision));
    case FILTER_RELATED_TO:
        return is_related(q, f, event);
    case FILTER_CLAIMED_BY:
        return is_claimed(q, f, event);
    case FILTER_KINDS:
        break;
    }
    abort();
}

static bool asks(const struct query *q, enum filter_kind kind)
{
    for (size_t i = 0; i < q->filter_count; i++)
        if (q->filters[i].kind == kind && !q->filters[i].negate)
            return true;
    return false;
}

static bool answers(const struct query *q, unsigned wanted, int event, struct seen *x)
{
    bool windowed = q->date.text.p != NULL;
    bool undated = q->undated == UNDATED_ONLY || q->undated == UNDATED_INCLUDE ||
                   (q->undated == UNDATED_DEFAULT && !windowed);
    if (!see(event, &q->reading, x))
        return false;
    if (x->date != NULL ? q->undated == UNDATED_ONLY : !undated)
        return false;
    if (x->date != NULL && windowed) {
        enum period_match m = match_event(&q->match, &x->date->value.bounds, STR(""));
        if (m == PERIOD_NO_MATCH || (q->certain && m != PERIOD_CERTAIN))
            return false;
    }
    if ((x->words & wanted) != wanted ||
        (q->disputed != WHETHER_ANY && x->disputed != (q->disputed == WHETHER_YES)))
        return false;
    for (size_t k = 0; k < q->filter_count; k++) {
        const struct filter *f = &q->filters[k];
        if (f->kind == FILTER_PRECISION && x->date == NULL)
            return false;
        if (has(q, f, x, event) == f->negate)
            return false;
    }
    return (q->relations.n == 0 || asks(q, FILTER_RELATED_TO) || is_related(q, NULL, event)) &&
           (q->stances.n == 0 || asks(q, FILTER_CLAIMED_BY) || is_claimed(q, NULL, event));
}

/* ---- questions by chance ---- */

#define MOST_FILTERS 3
struct question {
    struct query q;
    struct filter filters[MOST_FILTERS];
    str values[MOST_FILTERS][3], relation, stance;
    char ids[MOST_FILTERS][3][16], source[16], date[24], text[80];
    unsigned words;
};

static str value_of(struct question *x, enum filter_kind kind, size_t f, size_t v)
{
    static const struct {
        char letter;
        unsigned n;
    } named[FILTER_KINDS] = {[FILTER_ACTOR] = {'a', ACTORS},
                             [FILTER_PLACE] = {'p', PLACES},
                             [FILTER_TAG] = {'g', TAGS},
                             [FILTER_ID] = {'e', EVENTS - 1},
                             [FILTER_RELATED_TO] = {'e', EVENTS - 1},
                             [FILTER_CLAIMED_BY] = {'a', ACTORS},
                             [FILTER_SOURCE] = {'s', SOURCES},
                             [FILTER_TYPE] = {'\0', TYPES},
                             [FILTER_PRECISION] = {'\0', 3}};
    static const char *const precisions[] = {"day", "month", "year"};
    unsigned n = any(named[kind].n);
    if (kind == FILTER_TYPE)
        return str_from(types[n]);
    if (kind == FILTER_PRECISION)
        return str_from(precisions[n]);
    id_of(x->ids[f][v], named[kind].letter, (int)n);
    return str_from(x->ids[f][v]);
}

static void make_reading(struct question *x)
{
    static const char *const days[] = {"2018", "2019-07-01", "2020-05-03", "2020-05-02",
                                       "2021", "2021-07",    "2023-02-28", "2100"};
    struct reading *r = &x->q.reading;
    struct edtf_error where;
    r->policy = (enum policy)any(POLICIES);
    if (r->policy == POLICY_SOURCE) {
        id_of(x->source, 's', (int)any(SOURCES));
        r->source = str_from(x->source);
    }
    r->known = any(2);
    if (!r->known)
        return;
    r->known_as_asked.text = str_from(days[any(sizeof days / sizeof *days)]);
    ck_assert(edtf_parse(r->known_as_asked.text, &r->known_as_asked.value, &where));
    r->known_at = r->known_as_asked.value.bounds.latest;
}

static void make_filters(struct question *x)
{
    struct query *q = &x->q;
    q->filters = x->filters;
    q->filter_count = any(4) == 0 ? 0 : any(MOST_FILTERS);
    for (size_t f = 0; f < q->filter_count; f++) {
        struct filter *made = &x->filters[f];
        *made = (struct filter){.kind = (enum filter_kind)any(FILTER_KINDS),
                                .negate = any(4) == 0,
                                .values = {x->values[f], 1 + any(3)},
                                .parameter = STR("x")};
        for (size_t v = 0; v < made->values.n; v++)
            x->values[f][v] = value_of(x, made->kind, f, v);
    }
    if (any(8) == 0) {
        x->relation = str_from(relation_types[any(3)]);
        q->relations = (struct strs){&x->relation, 1};
    }
    if (any(8) == 0) {
        x->stance = str_from(stances[any(2)]);
        q->stances = (struct strs){&x->stance, 1};
    }
}

static void make_question(struct question *x)
{
    static const enum query_sort sorts[] = {SORT_DATE, SORT_DATE_DESC, SORT_TITLE, SORT_UPDATED,
                                            SORT_RELEVANCE};
    *x = (struct question){.q = {.version = store_version(world.store)}};
    struct query *q = &x->q;
    make_reading(x);
    make_filters(x);
    q->disputed = any(5) == 0 ? (enum query_whether)(1 + any(2)) : WHETHER_ANY;
    q->undated = any(3) == 0 ? (enum query_undated)any(4) : UNDATED_DEFAULT;
    q->sort = sorts[any(5)];
    q->limit = 1 + any(40);
    q->count = any(2);
    x->words = any(3) == 0 ? 1 + any((1u << WORDS) - 1) : 0;
    x->words &= any(2) ? 3u : 7u;
    for (unsigned k = 0; k < WORDS; k++)
        if (x->words & 1u << k)
            snprintf(x->text + strlen(x->text), sizeof x->text - strlen(x->text), "%s ", words[k]);
    q->text = str_from(x->text);
    if (any(2)) {
        struct edtf_error where;
        unsigned y = 2008 + any(12);
        snprintf(x->date, sizeof x->date, "%u/%u", y, y + any(6));
        q->date.text = str_from(x->date);
        ck_assert(edtf_parse(q->date.text, &q->date.value, &where));
        q->when = (enum match_when)any(MATCH_WHENS);
        q->certain = any(3) == 0;
        match_prepare(q->date.text, q->when, world.arena, &q->match);
    }
}

/* What was asked, for a message. */
static const char *tell(const struct question *x)
{
    static char out[1500];
    const struct query *q = &x->q;
    int n = snprintf(out, sizeof out,
                     "policy=%d%s known_at=%.*s sort=%d undated=%d disputed=%d date=%s when=%d "
                     "text=%s relation=%.*s stance=%.*s",
                     q->reading.policy, x->source, STR_ARG(q->reading.known_as_asked.text), q->sort,
                     q->undated, q->disputed, x->date, q->when, x->text, STR_ARG(x->relation),
                     STR_ARG(x->stance));
    for (size_t f = 0; f < q->filter_count; f++) {
        n += snprintf(out + n, sizeof out - (size_t)n, " kind%d%s", x->filters[f].kind,
                      x->filters[f].negate ? "__not=" : "=");
        for (size_t v = 0; v < x->filters[f].values.n; v++)
            n += snprintf(out + n, sizeof out - (size_t)n, "%.*s,", STR_ARG(x->values[f][v]));
    }
    return out;
}

/* ---- the store's answer ---- */

static bool follows(const struct query *q, const struct event_row *a, const struct event_row *b)
{
    int by_id = str_cmp(a->id, b->id), by_title = str_cmp(a->title, b->title);
    bool down = q->sort == SORT_DATE_DESC;
    if (q->sort == SORT_TITLE)
        return by_title < 0 || (by_title == 0 && by_id < 0);
    if (q->sort == SORT_UPDATED)
        return a->updated > b->updated || (a->updated == b->updated && by_id < 0);
    if (q->sort == SORT_RELEVANCE && q->text.n > 0)
        return true;
    if (!a->dated || !b->dated)
        return a->dated || (!b->dated && by_id < 0);
    if (a->bounds.earliest != b->bounds.earliest)
        return (a->bounds.earliest < b->bounds.earliest) != down;
    return down ? by_id > 0 : by_id < 0;
}

static void go_on(struct query *q, const struct event_row *last, size_t given, struct arena *a)
{
    bool relevance = q->sort == SORT_RELEVANCE && q->text.n > 0;
    q->after = (struct query_after){.given = true,
                                    .number = q->sort == SORT_UPDATED ? last->updated
                                              : relevance             ? (int64_t)given
                                                                      : last->bounds.earliest,
                                    .undated = !last->dated,
                                    .text = arena_copy(a, last->title),
                                    .id = arena_copy(a, last->id)};
}

static void check_row(const struct question *x, const struct event_row *row, bool *given)
{
    struct seen seen;
    int event = number(row->id);
    ck_assert_msg(!given[event], "e%03d twice: %s", event, tell(x));
    ck_assert_msg(canonical[event] == event, "e%03d is another: %s", event, tell(x));
    ck_assert_msg(answers(&x->q, x->words, event, &seen), "e%03d: %s", event, tell(x));
    given[event] = true;
    str date = seen.date != NULL ? seen.date->text : STR("");
    ck_assert_msg(str_eq(row->date, date), "e%03d is of %.*s, not %.*s: %s", event,
                  STR_ARG(row->date), STR_ARG(date), tell(x));
    ck_assert_msg(str_eq(row->title, str_from(seen.title)), "e%03d is called %.*s, not %s: %s",
                  event, STR_ARG(row->title), seen.title, tell(x));
}

/* All pages; the number of events. */
static size_t check_pages(struct question *x, size_t n)
{
    static bool given[EVENTS];
    struct query *q = &x->q;
    struct arena *a = arena_new();
    const struct event_row *last = NULL;
    size_t found = 0;
    memset(given, 0, sizeof given);
    for (bool more = true; more;) {
        struct event_page page;
        struct problems problems;
        problem_init(&problems, a);
        ck_assert_msg(store_find_events(world.reader, q, a, &page, &problems, &world.err),
                      "%s %.*s", world.err.detail,
                      STR_ARG(problems.n ? problems.items[0].detail : STR("")));
        ck_assert_msg(!q->count || page.matched == (int64_t)n, "%lld, not %zu: %s",
                      (long long)page.matched, n, tell(x));
        for (size_t i = 0; i < page.n; i++, found++) {
            check_row(x, &page.rows[i], given);
            ck_assert_msg(last == NULL || follows(q, last, &page.rows[i]), "%.*s out of order: %s",
                          STR_ARG(page.rows[i].id), tell(x));
            last = &page.rows[i];
        }
        more = page.more;
        if (more)
            go_on(q, last, found, a);
    }
    q->after = (struct query_after){.given = false};
    arena_free(a);
    return found;
}

/* As many events in the histogram; of each source as many in the facets. */
static void check_counts(struct question *x, const struct seen *all, const bool *does, size_t n)
{
    struct arena *a = arena_new();
    struct problems problems;
    struct histogram h;
    struct facet_values *facets;
    const struct histogram_ask ask = {.by = HISTOGRAM_BINS, .bins = 9, .split = FACET_TYPE};
    size_t facet_count, undated = 0, of_type = 0;
    int64_t matched, told = 0, in_series = 0;
    const char *type = types[any(TYPES)];
    for (int i = 0; i < EVENTS; i++) {
        undated += does[i] && all[i].date == NULL;
        of_type += does[i] && all[i].type >= 0 && strcmp(types[all[i].type], type) == 0;
    }
    problem_init(&problems, a);
    ck_assert_msg(store_histogram(world.reader, &x->q, &ask, a, &h, &problems, &world.err), "%s",
                  world.err.detail);
    ck_assert_msg(h.matched == (int64_t)n && h.undated == (int64_t)undated, "%lld %lld: %s",
                  (long long)h.matched, (long long)h.undated, tell(x));
    for (size_t i = 0; i < h.series_count; i++)
        if (str_eq(h.series[i].id, str_from(type)))
            in_series = h.series[i].matched;
    ck_assert_msg(in_series == (int64_t)of_type, "%lld, not %zu of %s: %s", (long long)in_series,
                  of_type, type, tell(x));
    ck_assert_msg(store_facets(world.reader, &x->q, 1u << FACET_TYPE, 100, a, &facets, &facet_count,
                               &matched, &problems, &world.err),
                  "%s", world.err.detail);
    for (size_t i = 0; i < facets[0].n; i++)
        if (str_eq(facets[0].values[i].id, str_from(type)))
            told = facets[0].values[i].count;
    ck_assert_msg(matched == (int64_t)n && told == (int64_t)of_type, "%lld %lld: %s",
                  (long long)matched, (long long)told, tell(x));
    arena_free(a);
}

START_TEST(every_reading_is_answered_as_a_look_does)
{
    int found_some = 0, found_many = 0;
    for (int i = 0; i < QUESTIONS; i++) {
        static struct seen all[EVENTS];
        static bool does[EVENTS];
        struct question x;
        size_t n = 0;
        make_question(&x); /* its ids are within it, and it stays where it is */
        for (int k = 0; k < EVENTS; k++) {
            does[k] = canonical[k] == k && answers(&x.q, x.words, k, &all[k]);
            n += does[k];
        }
        size_t found = check_pages(&x, n);
        ck_assert_msg(found == n, "%zu, not %zu: %s", found, n, tell(&x));
        if (i % 3 == 0)
            check_counts(&x, all, does, n);
        found_some += n > 0;
        found_many += n > 20;
    }
    /* The questions are not such that nothing answers them. */
    ck_assert_int_gt(found_some, QUESTIONS / 4);
    ck_assert_int_gt(found_many, QUESTIONS / 10);
    world_expect_sound(&world);
}
END_TEST

/* ---- one event ---- */

START_TEST(one_event_is_read_as_a_look_does)
{
    struct problems problems;
    int64_t version = store_version(world.store);
    problem_init(&problems, world.arena);
    for (int i = 0; i < EVENTS * 12; i++) {
        struct question x = {.source = ""};
        struct event_row row;
        struct gone gone;
        struct seen seen;
        char id[16], other[16];
        int event = i % EVENTS;
        make_reading(&x);
        id_of(id, 'e', event);
        id_of(other, 'e', canonical[event]);
        enum store_found found = store_read_event(world.reader, version, &x.q.reading, str_from(id),
                                                  world.arena, &row, &gone, &problems, &world.err);
        if (canonical[event] != event) {
            ck_assert_int_eq(found, STORE_MOVED);
            ck_assert(str_eq(gone.canonical, str_from(other)));
        } else if (see(event, &x.q.reading, &seen)) {
            ck_assert_msg(found == STORE_FOUND, "%d %s: %s", found, world.err.detail, tell(&x));
            ck_assert(str_eq(row.title, str_from(seen.title)));
        } else if (is_told(event)) {
            ck_assert_msg(found == STORE_UNHEARD, "%d: %s", found, tell(&x));
            ck_assert_int_gt(gone.known_from, x.q.reading.known_at);
            ck_assert_int_eq(gone.known_from, told_from(event));
        } else {
            ck_assert_int_eq(found, STORE_NEVER);
        }
    }
}
END_TEST

START_TEST(an_unknown_source_is_a_problem)
{
    struct event_page page;
    struct problems problems;
    struct event_row row;
    struct gone gone;
    struct query q = {.version = store_version(world.store),
                      .limit = 10,
                      .reading = {.policy = POLICY_SOURCE, .source = STR("s00")}};
    problem_init(&problems, world.arena);
    ck_assert(!store_find_events(world.reader, &q, world.arena, &page, &problems, &world.err));
    ck_assert_int_eq(world.err.code, ERR_BAD_PARAMETER);
    ck_assert_uint_eq(problems.n, 1);
    ck_assert(str_eq(problems.items[0].at, STR("policy")));
    ck_assert(str_search(problems.items[0].hint, STR("source:s00"), 0) < problems.items[0].hint.n);
    ck_assert_int_eq(store_read_event(world.reader, q.version, &q.reading, STR("e001"), world.arena,
                                      &row, &gone, &problems, &world.err),
                     STORE_FAILED);
    ck_assert_uint_eq(problems.n, 2);
}
END_TEST

/* One event that so many tell of that single sources are told apart at present alone. */
static void crowd(void)
{
    struct buf json;
    buf_init(&json, 1 << 16);
    for (int i = 0; i < 26; i++) {
        buf_clear(&json);
        buf_printf(&json,
                   "{\"annals\":1,\"source\":{\"id\":\"c%d\",\"title\":\"C\",\"published\":\"%d\"},"
                   "\"events\":[{\"id\":\"crowd\",\"title\":\"told by %d\",\"date\":\"%d\"}]}",
                   i, 1950 + i, i, 1900 + i);
        world_put(&world, &json);
    }
    buf_free(&json);
}

START_TEST(a_crowd_is_read_as_of_now)
{
    struct event_page page;
    struct problems problems;
    struct event_row row;
    struct gone gone;
    crowd();
    struct query q = {.version = store_version(world.store),
                      .limit = 1000,
                      .reading = {.policy = POLICY_SOURCE, .source = STR("c20")}};
    problem_init(&problems, world.arena);
    ck_assert(store_find_events(world.reader, &q, world.arena, &page, &problems, &world.err));
    ck_assert_int_eq(store_read_event(world.reader, q.version, &q.reading, STR("crowd"),
                                      world.arena, &row, &gone, &problems, &world.err),
                     STORE_FOUND);
    ck_assert(str_eq(row.date, STR("1920")));
    /* As it was known before all 26 had told, it cannot be; who told of others can be asked. */
    q.reading.known = true;
    q.reading.known_at = 0; /* the first second of 1970: c20 had not told, which changes nothing */
    ck_assert(store_find_events(world.reader, &q, world.arena, &page, &problems, &world.err));
    q.reading.source = STR("c19");
    ck_assert(!store_find_events(world.reader, &q, world.arena, &page, &problems, &world.err));
    ck_assert_int_eq(world.err.code, ERR_CROWDED);
    ck_assert(str_search(str_from(world.err.detail), STR("\"crowd\""), 0) <
              strlen(world.err.detail));
    ck_assert_int_eq(store_read_event(world.reader, q.version, &q.reading, STR("crowd"),
                                      world.arena, &row, &gone, &problems, &world.err),
                     STORE_FAILED);
    q.reading.source = STR("s000");
    ck_assert(store_find_events(world.reader, &q, world.arena, &page, &problems, &world.err));
    q.reading.policy = POLICY_LAST;
    ck_assert_int_eq(store_read_event(world.reader, q.version, &q.reading, STR("crowd"),
                                      world.arena, &row, &gone, &problems, &world.err),
                     STORE_FOUND);
    ck_assert(str_eq(row.date, STR("1919"))); /* published in 1969 */
    ck_assert_uint_eq(problems.n, 0);
}
END_TEST

CHECK_MAIN_WITH("readings", set_up, tear_down, every_reading_is_answered_as_a_look_does,
                one_event_is_read_as_a_look_does, an_unknown_source_is_a_problem,
                a_crowd_is_read_as_of_now)
