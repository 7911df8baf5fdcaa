/* From the values of a query to conditions with keys of the store. */
#include "store/filter.h"

#include "base/jout.h"
#include "store/area.h"
#include "store/link.h"
#include "store/prefix.h"

/* Sources by way of which is found what they tell of. */
#define MOST_KNOWN 64

enum thing filter_thing(enum filter_kind kind)
{
    switch (kind) {
    case FILTER_ACTOR:
    case FILTER_CLAIMED_BY:
        return THING_ACTOR;
    case FILTER_PLACE:
        return THING_PLACE;
    case FILTER_TYPE:
        return THING_TYPE;
    case FILTER_TAG:
        return THING_TAG;
    case FILTER_SOURCE:
        return THING_SOURCE;
    case FILTER_ID:
    case FILTER_RELATED_TO:
        return THING_EVENT;
    case FILTER_PRECISION:
    case FILTER_KINDS:
        break;
    }
    UNREACHABLE();
}

struct finder {
    struct at at;
    struct problems *problems;
    int64_t *keys;
    size_t n, room;
};

static void push(struct finder *f, int64_t key)
{
    *ARENA_PUSH(f->at.arena, f->keys, f->n, f->room) = key;
}

/* "wikidata:Q227": all things of the kind that have that identifier at the version. */
static bool by_identifier(struct finder *f, enum thing t, str value, bool *any)
{
    str scheme, rest;
    struct db_rows *rows;
    str_cut(value, ':', &scheme, &rest);
    const struct db_value values[] = {
        DB_INT(t == THING_ACTOR ? SQL_actor_by_identifier : SQL_place_by_identifier),
        DB_STR(scheme), DB_STR(rest), DB_INT(f->at.version)};
    if (!sql_query(f->at.db, f->at.e, &rows, values, 4))
        return false;
    while (db_next(rows, f->at.e)) {
        *any = true;
        if (db_i64(rows, 1) != 0)
            push(f, db_i64(rows, 0));
    }
    db_done(rows);
    return f->at.e->code == ERR_NONE;
}

static bool unknown(struct finder *f, enum thing t, str parameter, str value)
{
    str near;
    if (!thing_nearest(f->at.db, t, value, f->at.arena, &near, f->at.e))
        return false;
    struct problem *p = problem_add(
        f->problems, PROBLEM_PARAMETER, parameter, value, "the store has never had such %s %s",
        t == THING_ACTOR || t == THING_EVENT || t == THING_TYPE ? "an" : "a", thing_singular(t));
    if (near.n > 0)
        problem_hint(f->problems, p, "did you mean \"%.*s\"?", STR_ARG(near));
    else if (t != THING_TAG && t != THING_ROLE && t != THING_RELATION_TYPE)
        problem_hint(f->problems, p, "/v1/%s lists those that there are", thing_plural(t));
    return true;
}

static bool find_value(struct finder *f, enum thing t, str parameter, str value)
{
    int64_t key = 0;
    bool any = false;
    bool identifier = str_find(value, ':') < value.n && (t == THING_ACTOR || t == THING_PLACE);
    if (identifier) {
        if (!by_identifier(f, t, value, &any))
            return false;
    } else {
        if (!thing_find(f->at.db, t, value, &key, f->at.e))
            return false;
        any = key != 0;
        if (any)
            push(f, key);
    }
    return any || unknown(f, t, parameter, value);
}

static str as_list(const int64_t *keys, size_t n, struct arena *a)
{
    struct buf out;
    buf_init(&out, SIZE_MAX / 2); /* the store bounds it */
    sql_write_keys(&out, keys, n);
    str list = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return list;
}

static str as_words(const struct strs *words, struct arena *a)
{
    struct buf out;
    struct jout j;
    buf_init(&out, SIZE_MAX / 2);
    jout_init(&j, &out);
    jout_array(&j);
    for (size_t i = 0; i < words->n; i++)
        jout_str(&j, words->items[i]);
    jout_array_end(&j);
    str list = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return list;
}

static int precision_number(str name)
{
    for (int i = 0; i <= EDTF_MILLENNIUM; i++)
        if (str_eq(name, str_from(edtf_precision_name((enum edtf_precision)i))))
            return i;
    UNREACHABLE(); /* the API knows the same names */
}

static struct found_filter *add(struct found_filters *out, enum found_kind kind)
{
    ENSURE(out->n < FILTER_MOST_CONDITIONS);
    out->items[out->n] = (struct found_filter){.kind = kind};
    return &out->items[out->n++];
}

/* ---- events that are the same ---- */

bool filter_canonical(const struct at *at, int64_t *event, str *id)
{
    struct db_rows *rows;
    *id = (str){0};
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(event_alias_of), DB_INT(*event), DB_INT(at->version)))
        return false;
    if (db_next(rows, at->e)) {
        *event = db_i64(rows, 0);
        *id = internal_text(rows, 1, at->arena);
    }
    db_done(rows);
    return at->e->code == ERR_NONE;
}

/* Takes in all keys of the events that were found: statements are of any of their ids. */
static bool take_in_same(struct finder *f)
{
    size_t asked = f->n;
    for (size_t i = 0; i < asked; i++) {
        struct db_rows *rows;
        int64_t canonical = f->keys[i];
        str id;
        if (!filter_canonical(&f->at, &canonical, &id))
            return false;
        if (canonical != f->keys[i])
            push(f, canonical);
        if (!SQL_QUERY(f->at.db, f->at.e, &rows, SQL(event_aliases), DB_INT(canonical),
                       DB_INT(f->at.version)))
            return false;
        while (db_next(rows, f->at.e))
            if (db_i64(rows, 0) != f->keys[i])
                push(f, db_i64(rows, 0));
        db_done(rows);
        if (f->at.e->code != ERR_NONE)
            return false;
    }
    return true;
}

/* ---- filters with values ---- */

static bool find_keys(struct finder *f, enum thing t, str parameter, const struct strs *values)
{
    f->keys = NULL;
    f->n = f->room = 0;
    for (size_t i = 0; i < values->n; i++)
        if (!find_value(f, t, parameter, values->items[i]))
            return false;
    return true;
}

/* Members are taken in; where each of them is one for ever, there is no time to look at. */
static bool take_in_members(struct finder *f, struct found_filter *out)
{
    struct members all;
    size_t n = 0;
    bool always = true;
    if (!member_find(&f->at, out->keys, out->n, &all))
        return false;
    int64_t *keys = ARENA_ARRAY(f->at.arena, int64_t, all.n + 1);
    for (size_t i = 0; i < all.n; i++) {
        if (n == 0 || keys[n - 1] != all.items[i].actor)
            keys[n++] = all.items[i].actor;
        always = always && all.items[i].window.from == PERIOD_NO_START &&
                 all.items[i].window.to == PERIOD_NO_END;
    }
    out->keys = keys;
    out->n = n;
    if (!always)
        out->members = all;
    return true;
}

static bool find_linked(struct finder *f, const struct query *q, const struct filter *asked,
                        struct found_filter *out)
{
    if (!find_keys(f, filter_thing(asked->kind), asked->parameter, &asked->values))
        return false;
    if (asked->kind == FILTER_RELATED_TO && !take_in_same(f))
        return false;
    out->keys = f->keys;
    out->n = f->n;
    if (asked->kind == FILTER_ACTOR && q->members && !take_in_members(f, out))
        return false;
    out->list = as_list(out->keys, out->n, f->at.arena);
    return true;
}

/* Unknown ids are problems; those of events that are the same as another mean that one. */
static bool find_ids(struct finder *f, const struct filter *asked, struct found_filter *out)
{
    const struct strs ids = {ARENA_ARRAY(f->at.arena, str, asked->values.n), asked->values.n};
    if (!find_keys(f, THING_EVENT, asked->parameter, &asked->values))
        return false;
    for (size_t i = 0; i < ids.n && i < f->n; i++) {
        str canonical;
        if (!filter_canonical(&f->at, &f->keys[i], &canonical))
            return false;
        ids.items[i] = canonical.p != NULL ? canonical : asked->values.items[i];
    }
    out->list = as_words(&ids, f->at.arena);
    return true;
}

/* Each precision is a mark that dated events are linked to: not this one is any of the others. */
static void find_precisions(struct finder *f, const struct filter *asked, struct found_filter *out)
{
    unsigned set = 0;
    f->keys = NULL;
    f->n = f->room = 0;
    for (size_t i = 0; i < asked->values.n; i++)
        set |= 1u << precision_number(asked->values.items[i]);
    if (asked->negate)
        set = ~set;
    for (int p = 0; p <= EDTF_MILLENNIUM; p++)
        if (set & 1u << p)
            push(f, LINK_PRECISION(p));
    out->negate = false;
    out->keys = f->keys;
    out->n = f->n;
    out->list = as_list(f->keys, f->n, f->at.arena);
}

static bool find_filter(struct finder *f, const struct query *q, const struct filter *asked,
                        struct found_filters *out)
{
    static const enum found_kind kinds[FILTER_KINDS] = {
        [FILTER_ACTOR] = FOUND_LINK,      [FILTER_PLACE] = FOUND_LINK,
        [FILTER_TYPE] = FOUND_LINK,       [FILTER_TAG] = FOUND_LINK,
        [FILTER_SOURCE] = FOUND_LINK,     [FILTER_ID] = FOUND_ID,
        [FILTER_PRECISION] = FOUND_LINK,  [FILTER_RELATED_TO] = FOUND_RELATION,
        [FILTER_CLAIMED_BY] = FOUND_CLAIM};
    struct found_filter *made = add(out, kinds[asked->kind]);
    made->negate = asked->negate;
    if (made->kind == FOUND_ID)
        return find_ids(f, asked, made);
    if (asked->kind == FILTER_PRECISION) {
        find_precisions(f, asked, made);
        return true;
    }
    return find_linked(f, q, asked, made);
}

/* ---- what goes with them ---- */

static bool find_list(struct finder *f, enum thing t, const struct strs *asked,
                      const char *parameter, str *out)
{
    if (asked->n == 0)
        return true;
    if (!find_keys(f, t, str_from(parameter), asked))
        return false;
    *out = as_list(f->keys, f->n, f->at.arena);
    return true;
}

/*
 * The words that belong to a kind of filter: roles to those by link to an actor, types of relation
 * to those by relation, stances to those by claim. Without a filter that wants them they stand
 * alone: somebody has the one, or nobody the other.
 */
static void attach(struct found_filters *out, const struct query *q, enum filter_kind to,
                   enum found_kind alone, str with, str without)
{
    bool wanted = false;
    if (with.p == NULL && without.p == NULL)
        return;
    for (size_t i = 0; i < q->filter_count; i++) {
        if (q->filters[i].kind != to || q->filters[i].negate)
            continue;
        out->items[i].with = with;
        out->items[i].without = without;
        wanted = true;
    }
    if (wanted)
        return;
    if (with.p != NULL)
        add(out, alone)->with = with;
    if (without.p != NULL) {
        struct found_filter *none = add(out, alone);
        none->with = without;
        none->negate = true;
    }
}

static bool find_attached(struct finder *f, const struct query *q, struct found_filters *out)
{
    str roles = {0}, roles_not = {0}, types = {0}, types_not = {0}, stances = {0},
        stances_not = {0};
    if (!find_list(f, THING_ROLE, &q->roles, "role", &roles) ||
        !find_list(f, THING_ROLE, &q->roles_not, "role__not", &roles_not) ||
        !find_list(f, THING_RELATION_TYPE, &q->relations, "relation", &types) ||
        !find_list(f, THING_RELATION_TYPE, &q->relations_not, "relation__not", &types_not))
        return false;
    if (q->stances.n > 0)
        stances = as_words(&q->stances, f->at.arena);
    if (q->stances_not.n > 0)
        stances_not = as_words(&q->stances_not, f->at.arena);
    attach(out, q, FILTER_ACTOR, FOUND_ROLE, roles, roles_not);
    attach(out, q, FILTER_RELATED_TO, FOUND_RELATION, types, types_not);
    attach(out, q, FILTER_CLAIMED_BY, FOUND_CLAIM, stances, stances_not);
    return true;
}

/* ---- the rest ---- */

static bool find_areas(struct finder *f, const struct query *q, struct found_filters *out)
{
    ENSURE(q->area_count <= QUERY_MOST_AREAS);
    for (size_t i = 0; i < q->area_count; i++) {
        int64_t *keys;
        struct found_filter *made = add(out, FOUND_LINK);
        if (!area_places(&f->at, &q->areas[i], &keys, &made->n))
            return false;
        made->keys = keys;
        made->own = true;
        made->list = as_list(keys, made->n, f->at.arena);
        out->nothing = out->nothing || made->n == 0;
    }
    return true;
}

static void find_disputed(struct finder *f, const struct query *q, struct found_filters *out)
{
    static const int64_t mark = LINK_DISPUTED;
    if (q->disputed == WHETHER_ANY)
        return;
    struct found_filter *made = add(out, FOUND_LINK);
    made->keys = &mark;
    made->n = 1;
    made->list = as_list(&mark, 1, f->at.arena);
    made->negate = q->disputed == WHETHER_NO;
}

static bool find_text(struct finder *f, const struct query *q, struct found_filters *out)
{
    if (q->text.n == 0)
        return true;
    struct found_filter *made = add(out, FOUND_TEXT);
    str words = words_expression(q->text, f->at.arena);
    out->nothing = out->nothing || words.n == 0;
    return prefix_expand(f->at.db, words, f->at.arena, &made->list, f->at.e);
}

/*
 * What only a few of the sources can have told of is found by way of these: by time, nearly
 * everything would be looked at for nothing.
 */
static bool find_known(struct finder *f, const struct query *q, struct found_filters *out)
{
    struct db_rows *rows;
    int64_t all = 0;
    if (!q->reading.known)
        return true;
    f->keys = NULL;
    f->n = f->room = 0;
    if (!SQL_QUERY(f->at.db, f->at.e, &rows, SQL(sources_known_first), DB_INT(q->version),
                   DB_INT(q->reading.known_at), DB_INT(MOST_KNOWN + 1)))
        return false;
    while (db_next(rows, f->at.e))
        push(f, db_i64(rows, 0));
    db_done(rows);
    out->nothing = out->nothing || f->n == 0;
    if (f->at.e->code != ERR_NONE || !SQL_ONE(f->at.db, f->at.e, &all, SQL(sources_upto),
                                              DB_INT(q->version), DB_INT(2 * (MOST_KNOWN + 1))))
        return false;
    if (f->n == 0 || f->n > MOST_KNOWN || 2 * (int64_t)f->n > all)
        return true;
    struct found_filter *made = add(out, FOUND_LINK);
    made->implied = true;
    made->keys = f->keys;
    made->n = f->n;
    made->list = as_list(f->keys, f->n, f->at.arena);
    return true;
}

bool filter_find(struct db *db, const struct query *q, struct arena *a, struct found_filters *out,
                 struct problems *problems, struct err *e)
{
    struct finder f = {.at = {db, q->version, a, e}, .problems = problems};
    size_t before = problems->n + problems->more;
    *out = (struct found_filters){.query = q};
    ENSURE(q->filter_count <= QUERY_MOST_FILTERS);
    if (!hearing_find(db, &q->reading, a, &out->hearing, problems, e))
        return false;
    for (size_t i = 0; i < q->filter_count; i++)
        if (!find_filter(&f, q, &q->filters[i], out))
            return false;
    if (!find_attached(&f, q, out) || !find_areas(&f, q, out) || !find_text(&f, q, out) ||
        !find_known(&f, q, out))
        return false;
    find_disputed(&f, q, out);
    if (problems->n + problems->more > before)
        return err_set(e, ERR_BAD_PARAMETER, "a value is not known here");
    return hearing_check(db, &out->hearing, q->version, STR(""), e);
}

bool filter_relations(struct db *db, const struct query *q, struct arena *a, str *with,
                      str *without, struct problems *problems, struct err *e)
{
    struct finder f = {.at = {db, q->version, a, e}, .problems = problems};
    size_t before = problems->n + problems->more;
    *with = *without = (str){0};
    if (!find_list(&f, THING_RELATION_TYPE, &q->relations, "relation", with) ||
        !find_list(&f, THING_RELATION_TYPE, &q->relations_not, "relation__not", without))
        return false;
    return problems->n + problems->more == before ||
           err_set(e, ERR_BAD_PARAMETER, "a value is not known here");
}

bool filter_wants_dated(const struct query *q)
{
    return q->undated != UNDATED_ONLY;
}

bool filter_wants_undated(const struct query *q)
{
    return q->undated == UNDATED_ONLY || q->undated == UNDATED_INCLUDE ||
           (q->undated == UNDATED_DEFAULT && q->date.text.p == NULL);
}
