/*
 * Every filter, in combinations by chance, over a small world by chance: what the store answers is
 * what a look at each event gives, in every order, page by page, and counted.
 */
#include <math.h>

#include "alone.h"
#include "chronicle.h"

#define SEED 20210615u
#define QUESTIONS 1000

static void set_up(void)
{
    world_open(&world, SEED);
}

static void tear_down(void)
{
    world_close(&world);
}

/* ---- a look at one event ---- */

static int number(str id)
{
    return atoi(id.p + 1);
}

static bool lists(const struct strs *list, const char *word)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->items[i], str_from(word)))
            return true;
    return false;
}

static bool fits(const struct strs *with, const struct strs *without, const char *word)
{
    return (with->n == 0 || lists(with, word)) && !lists(without, word);
}

/* Whether the actor belongs to the whole while the event is: all memberships on the way overlap. */
static bool belongs(int actor, int whole, const struct told *x)
{
    struct window w = {PERIOD_NO_START, PERIOD_NO_END};
    while (actor != whole) {
        const struct membership *m = &memberships[actor];
        if (m->whole < 0)
            return false;
        if (m->dated) {
            w.from = m->bounds.earliest > w.from ? m->bounds.earliest : w.from;
            w.to = m->bounds.latest < w.to ? m->bounds.latest : w.to;
        }
        actor = m->whole;
    }
    return w.from <= w.to &&
           (!x->dated || (x->bounds.earliest <= w.to && x->bounds.latest >= w.from));
}

static bool has_actor(const struct query *q, const struct filter *f, const struct told *x)
{
    static const struct strs none = {0};
    for (int k = 0; k < MOST; k++)
        for (size_t v = 0; v < f->values.n && x->actors[k] >= 0; v++) {
            int whole = number(f->values.items[v]);
            bool is = x->actors[k] == whole || (q->members && belongs(x->actors[k], whole, x));
            const char *role = x->actor_roles[k] < 0 ? "" : roles[x->actor_roles[k]];
            if (is && fits(f->negate ? &none : &q->roles, f->negate ? &none : &q->roles_not, role))
                return true;
        }
    return false;
}

static bool has_place(const struct filter *f, const struct told *x)
{
    for (int k = 0; k < MOST; k++)
        for (int p = x->places[k]; p >= 0; p = places[p].whole)
            for (size_t v = 0; v < f->values.n; v++)
                if (number(f->values.items[v]) == p)
                    return true;
    return false;
}

static bool has_relation(const struct query *q, const struct filter *f, int event)
{
    static const struct strs none = {0};
    bool bare = f != NULL && f->negate;
    for (int i = 0; i < EVENTS; i += 2) {
        const struct relation *r = &relations[i];
        if (r->from != event && r->to != event)
            continue;
        int other = r->from == event ? r->to : r->from;
        char id[16];
        id_of(id, 'e', other);
        if ((f == NULL || lists(&f->values, id)) &&
            fits(bare ? &none : &q->relations, bare ? &none : &q->relations_not,
                 relation_types[r->type]))
            return true;
    }
    return false;
}

static bool has_claim(const struct query *q, const struct filter *f, int event)
{
    static const struct strs none = {0};
    bool bare = f != NULL && f->negate;
    for (int i = 0; i < EVENTS; i += 3) {
        char id[16];
        id_of(id, 'a', claims[i].speaker);
        if (claims[i].about == event && (f == NULL || lists(&f->values, id)) &&
            fits(bare ? &none : &q->stances, bare ? &none : &q->stances_not,
                 stances[claims[i].stance]))
            return true;
    }
    return false;
}

static bool passes(const struct query *q, const struct filter *f, int i)
{
    const struct told *x = &events[i];
    switch (f->kind) {
    case FILTER_ACTOR:
        return has_actor(q, f, x) != f->negate;
    case FILTER_PLACE:
        return has_place(f, x) != f->negate;
    case FILTER_TYPE:
        for (int t = x->type; t >= 0; t = parents[t])
            if (lists(&f->values, types[t]))
                return !f->negate;
        return f->negate;
    case FILTER_TAG:
        for (size_t v = 0; v < f->values.n; v++)
            if (number(f->values.items[v]) == x->tag)
                return !f->negate;
        return f->negate;
    case FILTER_SOURCE:
        return (lists(&f->values, "first") || i % 7 == 0) != f->negate;
    case FILTER_ID:
        return lists(&f->values, x->id) != f->negate;
    case FILTER_PRECISION:
        return x->dated && lists(&f->values, edtf_precision_name(x->precision)) != f->negate;
    case FILTER_RELATED_TO:
        return has_relation(q, f, i) != f->negate;
    case FILTER_CLAIMED_BY:
        return has_claim(q, f, i) != f->negate;
    case FILTER_KINDS:
        break;
    }
    abort();
}

static bool wants(const struct query *q, enum filter_kind kind)
{
    for (size_t i = 0; i < q->filter_count; i++)
        if (q->filters[i].kind == kind && !q->filters[i].negate)
            return true;
    return false;
}

/* The words that stand alone where no filter takes them: somebody has them, or nobody. */
static bool passes_alone(const struct query *q, int i)
{
    static const struct strs none = {0};
    const struct told *x = &events[i];
    struct query one = *q, other = *q;
    if (!wants(q, FILTER_ACTOR))
        for (int pass = 0; pass < 2; pass++) {
            const struct strs *list = pass == 0 ? &q->roles : &q->roles_not;
            bool has = false;
            for (int k = 0; k < MOST; k++)
                has = has || (x->actors[k] >= 0 && x->actor_roles[k] >= 0 &&
                              lists(list, roles[x->actor_roles[k]]));
            if (list->n > 0 && has != (pass == 0))
                return false;
        }
    one.relations_not = one.stances_not = none;
    other.relations = q->relations_not;
    other.stances = q->stances_not;
    other.relations_not = other.stances_not = none;
    if (!wants(q, FILTER_RELATED_TO) && ((q->relations.n > 0 && !has_relation(&one, NULL, i)) ||
                                         (q->relations_not.n > 0 && has_relation(&other, NULL, i))))
        return false;
    return wants(q, FILTER_CLAIMED_BY) || ((q->stances.n == 0 || has_claim(&one, NULL, i)) &&
                                           (q->stances_not.n == 0 || !has_claim(&other, NULL, i)));
}

/* By the angle between two vectors: another formula than the store's. */
static double distance(double lat_a, double lon_a, double lat_b, double lon_b)
{
    static const double radians = 0.017453292519943295;
    double cosine = sin(lat_a * radians) * sin(lat_b * radians) +
                    cos(lat_a * radians) * cos(lat_b * radians) * cos((lon_b - lon_a) * radians);
    return 6371.0088 * acos(cosine > 1 ? 1 : cosine < -1 ? -1 : cosine);
}

static bool is_in(const struct query_area *area, const struct told *x)
{
    for (int k = 0; k < MOST; k++) {
        int p = x->places[k];
        if (p < 0 || !places[p].point)
            continue;
        double lat = places[p].lat, lon = places[p].lon;
        bool between = area->west <= area->east ? lon >= area->west && lon <= area->east
                                                : lon >= area->west || lon <= area->east;
        if (area->is_circle ? distance(area->lat, area->lon, lat, lon) <= area->km
                            : between && lat >= area->south && lat <= area->north)
            return true;
    }
    return false;
}

static bool answers(const struct query *q, unsigned wanted_words, int i)
{
    const struct told *x = &events[i];
    bool windowed = q->date.text.p != NULL;
    bool undated = q->undated == UNDATED_ONLY || q->undated == UNDATED_INCLUDE ||
                   (q->undated == UNDATED_DEFAULT && !windowed);
    if (x->dated ? q->undated == UNDATED_ONLY : !undated)
        return false;
    if (x->dated && windowed) {
        enum period_match m = match_event(&q->match, &x->bounds, STR(""));
        if (m == PERIOD_NO_MATCH || (q->certain && m != PERIOD_CERTAIN))
            return false;
    }
    if ((x->words & wanted_words) != wanted_words ||
        (q->disputed != WHETHER_ANY && x->disputed != (q->disputed == WHETHER_YES)))
        return false;
    for (size_t k = 0; k < q->area_count; k++)
        if (!is_in(&q->areas[k], x))
            return false;
    for (size_t k = 0; k < q->filter_count; k++)
        if (!passes(q, &q->filters[k], i))
            return false;
    return passes_alone(q, i);
}

/* ---- questions by chance ---- */

#define MOST_FILTERS 4
struct question {
    struct query q;
    struct filter filters[MOST_FILTERS];
    str values[MOST_FILTERS][4], extra[6][3];
    char ids[MOST_FILTERS][4][16], date[24], text[80];
    struct query_area areas[2];
    unsigned words;
};

static str value_of(struct question *x, enum filter_kind kind, size_t f, size_t v)
{
    static const struct {
        char letter;
        unsigned n;
    } named[FILTER_KINDS] = {[FILTER_ACTOR] = {'a', ACTORS},  [FILTER_PLACE] = {'p', PLACES},
                             [FILTER_TAG] = {'g', TAGS},      [FILTER_ID] = {'e', EVENTS},
                             [FILTER_RELATED_TO] = {'e', 60}, [FILTER_CLAIMED_BY] = {'a', ACTORS},
                             [FILTER_TYPE] = {'\0', TYPES},   [FILTER_SOURCE] = {'\0', 2},
                             [FILTER_PRECISION] = {'\0', 3}};
    static const char *const precisions[] = {"day", "month", "year"};
    unsigned n = any(named[kind].n);
    if (kind == FILTER_TYPE)
        return str_from(types[n]);
    if (kind == FILTER_SOURCE)
        return str_from(n ? "first" : "second");
    if (kind == FILTER_PRECISION)
        return str_from(precisions[n]);
    id_of(x->ids[f][v], named[kind].letter, (int)n);
    return str_from(x->ids[f][v]);
}

static void maybe(struct question *x, size_t which, const char *const *list, struct strs *out)
{
    if (any(6) != 0)
        return;
    size_t n = 1 + any(2);
    for (size_t i = 0; i < n; i++)
        x->extra[which][i] = str_from(list[any(3)]);
    *out = (struct strs){x->extra[which], n};
}

static void make_areas(struct question *x)
{
    x->q.areas = x->areas;
    x->q.area_count = any(8) == 0 ? 1 + any(2) : 0;
    for (size_t i = 0; i < x->q.area_count; i++) {
        struct query_area *a = &x->areas[i];
        /* Off the grid of the places, so that no point lies on an edge. */
        *a = (struct query_area){.is_circle = any(2),
                                 .south = -(int)any(85) - 0.5,
                                 .north = (int)any(85) + 0.5,
                                 .west = (int)any(360) - 180.5,
                                 .east = (int)any(360) - 179.5,
                                 .lat = (int)any(180) - 90.0,
                                 .lon = (int)any(360) - 180.0,
                                 .km = 100.03 + any(9000)};
    }
}

static void make_text(struct question *x)
{
    if (any(3) != 0)
        return;
    x->words = any(4) == 0 ? 1 : any(1u << WORDS) & any(1u << WORDS);
    for (unsigned k = 0; k < WORDS; k++)
        if (x->words & 1u << k)
            snprintf(x->text + strlen(x->text), sizeof x->text - strlen(x->text), "%s ", words[k]);
    x->q.text = str_from(x->text);
}

static void make_question(struct question *x)
{
    static const enum query_sort sorts[] = {SORT_DATE, SORT_DATE_DESC, SORT_TITLE, SORT_UPDATED,
                                            SORT_RELEVANCE};
    *x = (struct question){.q = {.version = store_version(world.store), .bare = false}};
    struct query *q = &x->q;
    q->filters = x->filters;
    q->filter_count = any(MOST_FILTERS);
    for (size_t f = 0; f < q->filter_count; f++) {
        struct filter *made = &x->filters[f];
        *made = (struct filter){.kind = (enum filter_kind)any(FILTER_KINDS),
                                .negate = any(4) == 0,
                                .values = {x->values[f], 1 + any(3)},
                                .parameter = STR("x")};
        if (any(20) == 0)
            made->values.n = 4;
        for (size_t v = 0; v < made->values.n; v++)
            x->values[f][v] = value_of(x, made->kind, f, v);
    }
    maybe(x, 0, roles, &q->roles);
    maybe(x, 1, roles, &q->roles_not);
    maybe(x, 2, relation_types, &q->relations);
    maybe(x, 3, relation_types, &q->relations_not);
    maybe(x, 4, stances, &q->stances);
    maybe(x, 5, stances, &q->stances_not);
    q->members = any(2);
    q->disputed = any(6) == 0 ? (enum query_whether)(1 + any(2)) : WHETHER_ANY;
    q->undated = any(3) == 0 ? (enum query_undated)any(4) : UNDATED_DEFAULT;
    make_areas(x);
    make_text(x);
    q->sort = sorts[any(5)];
    q->limit = 1 + any(60);
    q->count = any(2);
    if (any(2)) {
        struct edtf_error where;
        unsigned y = 1985 + any(30);
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
    static char out[2000];
    int n = snprintf(
        out, sizeof out, "sort=%d undated=%d members=%d disputed=%d date=%s text=%s areas=%zu",
        x->q.sort, x->q.undated, x->q.members, x->q.disputed, x->date, x->text, x->q.area_count);
    for (size_t f = 0; f < x->q.filter_count; f++) {
        n += snprintf(out + n, sizeof out - (size_t)n, " kind%d%s", x->filters[f].kind,
                      x->filters[f].negate ? "__not=" : "=");
        for (size_t v = 0; v < x->filters[f].values.n; v++)
            n += snprintf(out + n, sizeof out - (size_t)n, "%.*s,", STR_ARG(x->values[f][v]));
    }
    for (size_t k = 0; k < 6; k++)
        for (size_t v = 0; v < 2 && x->extra[k][v].n > 0; v++)
            n += snprintf(out + n, sizeof out - (size_t)n, " extra%zu=%.*s", k,
                          STR_ARG(x->extra[k][v]));
    return out;
}

/* Whether b may follow a in the order asked for. */
static bool follows(const struct query *q, const struct event_row *a, const struct event_row *b)
{
    int by_id = str_cmp(a->id, b->id);
    bool down = q->sort == SORT_DATE_DESC;
    switch (q->sort) {
    case SORT_TITLE:
        return str_cmp(a->title, b->title) < 0 || (str_eq(a->title, b->title) && by_id < 0);
    case SORT_UPDATED:
        return a->updated > b->updated || (a->updated == b->updated && by_id < 0);
    case SORT_RELEVANCE:
        if (q->text.n > 0)
            return true;
        break;
    case SORT_DATE:
    case SORT_DATE_DESC:
        break;
    }
    if (!a->dated || !b->dated)
        return a->dated || (!b->dated && by_id < 0);
    if (a->bounds.earliest != b->bounds.earliest)
        return (a->bounds.earliest < b->bounds.earliest) != down;
    return down ? by_id > 0 : by_id < 0;
}

static void go_on(struct query *q, const struct event_row *last, size_t given, struct arena *a)
{
    q->after = (struct query_after){.given = true,
                                    .number = q->sort == SORT_UPDATED ? last->updated
                                              : q->sort == SORT_RELEVANCE && q->text.n > 0
                                                  ? (int64_t)given
                                                  : last->bounds.earliest,
                                    .undated = !last->dated,
                                    .text = arena_copy(a, last->title),
                                    .id = arena_copy(a, last->id)};
}

/*
 * What SQL says by itself: what is possible, and nothing else; of members for a time only that
 * whatever answers is among it.
 */
static void check_alone(struct question *x)
{
    static bool given[EVENTS];
    struct query q = x->q;
    struct arena *a = arena_new();
    bool nothing = q.text.n > 0 && x->words == 0;
    bool times = false;
    q.certain = false;
    for (size_t i = 0; i < q.filter_count; i++)
        times = times || (q.members && q.filters[i].kind == FILTER_ACTOR);
    struct strs ids = alone_ids(world.reader, &q, a);
    memset(given, 0, sizeof given);
    for (size_t i = 0; i < ids.n; i++)
        given[number(ids.items[i])] = true;
    for (int i = 0; i < EVENTS; i++) {
        bool does = !nothing && answers(&q, x->words, i);
        ck_assert_msg(times ? given[i] || !does : given[i] == does, "SQL alone, e%03d is %s: %s", i,
                      given[i] ? "there" : "missing", tell(x));
    }
    arena_free(a);
}

/* The number of events that it finds. */
static size_t check(struct question *x)
{
    struct query *q = &x->q;
    struct arena *a = arena_new();
    static bool given[EVENTS];
    size_t n = 0, found = 0;
    const struct event_row *last = NULL;
    memset(given, 0, sizeof given);
    /* A text without a word finds nothing; a question without a text is not asked about words. */
    bool nothing = q->text.p != NULL && x->words == 0 && q->text.n > 0;
    for (int i = 0; i < EVENTS; i++)
        n += !nothing && answers(q, x->words, i);
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
            int event = number(page.rows[i].id);
            ck_assert_msg(!given[event], "e%03d twice: %s", event, tell(x));
            ck_assert_msg(answers(q, x->words, event), "e%03d: %s", event, tell(x));
            ck_assert_msg(last == NULL || follows(q, last, &page.rows[i]), "e%03d out of order: %s",
                          event, tell(x));
            given[event] = true;
            last = &page.rows[i];
        }
        more = page.more;
        if (more)
            go_on(q, last, found, a);
    }
    ck_assert_msg(found == n, "%zu, not %zu: %s", found, n, tell(x));
    arena_free(a);
    return n;
}

START_TEST(the_store_answers_as_a_look_does)
{
    int found_some = 0, found_many = 0;
    load();
    for (int i = 0; i < QUESTIONS; i++) {
        struct question x;
        make_question(&x); /* its ids are within it, and it stays where it is */
        check_alone(&x);
        size_t n = check(&x);
        found_some += n > 0;
        found_many += n > 20;
    }
    /* The questions are not such that nothing answers them. */
    ck_assert_int_gt(found_some, QUESTIONS / 4);
    ck_assert_int_gt(found_many, QUESTIONS / 10);
    world_expect_sound(&world);
}
END_TEST

CHECK_MAIN_WITH("questions", set_up, tear_down, the_store_answers_as_a_look_does)
