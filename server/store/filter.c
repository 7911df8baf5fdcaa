#include "store/filter.h"

#include "base/fold.h"
#include "store/project.h"

static enum thing thing_of(enum filter_kind kind)
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
    else if (t != THING_TAG)
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
    buf_add_char(&out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add_char(&out, ',');
        buf_add_i64(&out, keys[i]);
    }
    buf_add_char(&out, ']');
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

/* A place includes what is part of it, a type its children. */
static bool take_in_below(struct finder *f, enum thing t, struct found_filter *out)
{
    struct ancestors below;
    if (!project_below(&f->at, t, out->list, &below))
        return false;
    out->keys = below.keys;
    out->n = below.n;
    out->list = as_list(below.keys, below.n, f->at.arena);
    return true;
}

static bool find_filter(struct finder *f, const struct filter *asked, struct found_filter *out)
{
    f->keys = NULL;
    f->n = f->room = 0;
    for (size_t i = 0; i < asked->values.n; i++) {
        if (asked->kind == FILTER_PRECISION)
            push(f, precision_number(asked->values.items[i]));
        else if (!find_value(f, thing_of(asked->kind), asked->parameter, asked->values.items[i]))
            return false;
    }
    *out = (struct found_filter){asked, f->keys, f->n, as_list(f->keys, f->n, f->at.arena)};
    return (asked->kind != FILTER_PLACE && asked->kind != FILTER_TYPE) ||
           take_in_below(f, thing_of(asked->kind), out);
}

static bool find_roles(struct finder *f, const struct strs *asked, const char *parameter, str *out)
{
    if (asked->n == 0)
        return true;
    f->keys = NULL;
    f->n = f->room = 0;
    for (size_t i = 0; i < asked->n; i++)
        if (!find_value(f, THING_ROLE, str_from(parameter), asked->items[i]))
            return false;
    *out = as_list(f->keys, f->n, f->at.arena);
    return true;
}

bool filter_find(struct db *db, const struct query *q, struct arena *a, struct found_filters *out,
                 struct problems *problems, struct err *e)
{
    struct finder f = {.at = {db, q->version, a, e}, .problems = problems};
    size_t before = problems->n + problems->more;
    *out = (struct found_filters){0};
    ENSURE(q->filter_count <= QUERY_MOST_FILTERS);
    for (size_t i = 0; i < q->filter_count; i++)
        if (!find_filter(&f, &q->filters[i], &out->items[out->n++]))
            return false;
    if (!find_roles(&f, &q->roles, "role", &out->roles) ||
        !find_roles(&f, &q->roles_not, "role__not", &out->roles_not))
        return false;
    if (problems->n + problems->more > before)
        return err_set(e, ERR_BAD_PARAMETER, "a value is not known here");
    return true;
}

/* ---- SQL ---- */

static void add_actor(struct sql_builder *b, const struct found_filters *filters,
                      const struct found_filter *f)
{
    if (f->asked->negate)
        SQL_ADD(b, SQL(events_not_linked), DB_STR(f->list));
    else if (filters->roles.p != NULL && filters->roles_not.p != NULL)
        SQL_ADD(b, SQL(events_linked_in_both), DB_STR(f->list), DB_STR(filters->roles),
                DB_STR(filters->roles_not));
    else if (filters->roles.p != NULL)
        SQL_ADD(b, SQL(events_linked_in), DB_STR(f->list), DB_STR(filters->roles));
    else if (filters->roles_not.p != NULL)
        SQL_ADD(b, SQL(events_linked_not_in), DB_STR(f->list), DB_STR(filters->roles_not));
    else
        SQL_ADD(b, SQL(events_linked), DB_STR(f->list));
}

static void add_one(struct sql_builder *b, const struct found_filters *filters,
                    const struct found_filter *f)
{
    switch (f->asked->kind) {
    case FILTER_ACTOR:
        add_actor(b, filters, f);
        return;
    case FILTER_PLACE:
    case FILTER_TYPE:
    case FILTER_TAG:
    case FILTER_SOURCE:
        if (f->asked->negate)
            SQL_ADD(b, SQL(events_not_linked), DB_STR(f->list));
        else
            SQL_ADD(b, SQL(events_linked), DB_STR(f->list));
        return;
    case FILTER_ID:
        if (f->asked->negate)
            SQL_ADD(b, SQL(events_not_these), DB_STR(f->list));
        else
            SQL_ADD(b, SQL(events_these), DB_STR(f->list));
        return;
    case FILTER_PRECISION:
        if (f->asked->negate)
            SQL_ADD(b, SQL(events_not_precise), DB_STR(f->list));
        else
            SQL_ADD(b, SQL(events_precise), DB_STR(f->list));
        return;
    case FILTER_RELATED_TO:
    case FILTER_CLAIMED_BY:
    case FILTER_KINDS:
        break;
    }
    UNREACHABLE();
}

static bool asks_for_actor(const struct found_filters *filters)
{
    for (size_t i = 0; i < filters->n; i++)
        if (filters->items[i].asked->kind == FILTER_ACTOR && !filters->items[i].asked->negate)
            return true;
    return false;
}

void filter_add(struct sql_builder *b, const struct found_filters *filters, size_t except)
{
    for (size_t i = 0; i < filters->n; i++)
        if (i != except)
            add_one(b, filters, &filters->items[i]);
    if (asks_for_actor(filters))
        return;
    /* Without an actor the role alone is asked for: somebody has it, or nobody. */
    if (filters->roles.p != NULL)
        SQL_ADD(b, SQL(events_with_role), DB_STR(filters->roles));
    if (filters->roles_not.p != NULL)
        SQL_ADD(b, SQL(events_without_role), DB_STR(filters->roles_not));
}

size_t filter_driver(const struct found_filters *filters)
{
    bool roles = filters->roles.p != NULL || filters->roles_not.p != NULL;
    for (size_t i = 0; i < filters->n; i++) {
        const struct found_filter *f = &filters->items[i];
        enum filter_kind kind = f->asked->kind;
        if (!f->asked->negate && f->n == 1 && kind != FILTER_ID && kind != FILTER_PRECISION &&
            !(kind == FILTER_ACTOR && roles))
            return i;
    }
    return SIZE_MAX;
}

/* ---- full text ---- */

static bool is_word_byte(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* The words between from and to as one quoted phrase; their number. */
static size_t add_phrase(struct buf *out, str folded, bool prefix)
{
    size_t words = 0;
    bool inside = false;
    for (size_t i = 0; i < folded.n; i++) {
        bool word = is_word_byte(folded.p[i]);
        if (word && !inside)
            buf_add(out, words++ == 0 ? (out->n ? STR(" \"") : STR("\"")) : STR(" "));
        if (word)
            buf_add_char(out, folded.p[i]);
        inside = word;
    }
    if (words > 0)
        buf_add(out, prefix ? STR("\"*") : STR("\""));
    return words;
}

bool filter_match_expression(str text, struct arena *a, str *expression, struct err *e)
{
    struct buf folded, out;
    buf_init(&folded, (size_t)1024 * 1024);
    buf_init(&out, (size_t)1024 * 1024);
    fold_append(&folded, text);
    str rest = buf_str(&folded);
    size_t words = 0;
    while (rest.n > 0) {
        bool quoted = rest.p[0] == '"';
        if (quoted)
            rest = str_sub(rest, 1, rest.n);
        size_t end = 0;
        while (end < rest.n && rest.p[end] != '"' && (quoted || rest.p[end] != ' '))
            end++;
        str part = str_sub(rest, 0, end);
        bool star = str_ends(part, STR("*")) || str_starts(str_sub(rest, end, 2), STR("\"*"));
        words += add_phrase(&out, part, star);
        bool closes = end < rest.n && (quoted || rest.p[end] == ' ');
        rest = str_sub(rest, end + (closes ? 1 : 0), rest.n);
    }
    *expression = arena_copy(a, buf_str(&out));
    buf_free(&folded);
    buf_free(&out);
    if (words > QUERY_MOST_WORDS)
        return err_set(e, ERR_BAD_PARAMETER, "at most %d words can be searched for at once",
                       QUERY_MOST_WORDS);
    return true;
}
