#include "store/alias.h"

#include "store/put.h"
#include "store/touched.h"

#define MOST_WAITING 10000 /* events whose groups are looked at together */

/* ---- groups ---- */

bool alias_group(const struct at *at, int64_t event, struct alias_group *out)
{
    struct db_rows *rows;
    int64_t first = 0, sink = 0;
    *out = (struct alias_group){.n = 0};
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(alias_group), DB_INT(event), DB_INT(at->version),
                   DB_INT(ALIAS_MOST + 1)))
        return false;
    while (db_next(rows, at->e)) {
        int64_t member = db_i64(rows, 0);
        if (out->n == ALIAS_MOST) {
            out->more = true;
            break;
        }
        out->events[out->n++] = member;
        if (first == 0 || member < first)
            first = member;
        if (db_i64(rows, 1) == 0 && (sink == 0 || member < sink))
            sink = member;
    }
    db_done(rows);
    out->canonical = sink != 0 ? sink : first;
    return at->e->code == ERR_NONE;
}

bool alias_canonical(const struct at *at, int64_t event, int64_t *canonical)
{
    *canonical = event;
    return SQL_ONE(at->db, at->e, canonical, SQL(event_alias_of), DB_INT(event),
                   DB_INT(at->version));
}

bool alias_any(struct store_writer *w, bool *any, struct err *e)
{
    int64_t found = 0;
    if (!SQL_ONE(w->db, e, &found, SQL(alias_any)))
        return false;
    *any = found != 0;
    return true;
}

/* ---- while relations are written ---- */

static str name_of(const int64_t *key)
{
    return (str){(const char *)key, sizeof *key};
}

static void refuse(struct put *p, size_t relation)
{
    const struct document_relation *r = &p->d->relations[relation];
    struct problem *problem = problem_add(
        p->problems, PROBLEM_POINTER,
        arena_printf(p->w->arena, "%.*s/relations/%zu", STR_ARG(p->prefix), relation), r->from,
        "with this relation more than %d events would be the same one", ALIAS_MOST);
    problem_hint(p->problems, problem, "relate them to a whole by \"part_of\" instead");
}

/* The group of an id that may be new. */
static bool group_of(struct put *p, str id, struct alias_group *out)
{
    const struct at at = {p->w->db, p->w->version, p->w->arena, p->e};
    int64_t event;
    *out = (struct alias_group){.n = 1};
    return thing_find(p->w->db, THING_EVENT, id, &event, p->e) &&
           (event == 0 || alias_group(&at, event, out));
}

static bool is_in(const struct alias_group *group, int64_t event)
{
    for (size_t i = 0; i < group->n; i++)
        if (group->events[i] == event)
            return true;
    return false;
}

bool alias_check_record(struct put *p)
{
    for (size_t i = 0; i < p->d->relation_count; i++) {
        const struct document_relation *r = &p->d->relations[i];
        struct alias_group from, to;
        if (!str_eq(r->type, STR(ALIAS_TYPE)))
            continue;
        if (!group_of(p, r->from, &from) || !group_of(p, r->to, &to))
            return false;
        bool together = to.events[0] != 0 && is_in(&from, to.events[0]);
        if (!together && from.n + to.n > ALIAS_MOST)
            refuse(p, i);
    }
    return true;
}

bool alias_check(struct put *p)
{
    const struct at at = {p->w->db, p->w->version, p->w->arena, p->e};
    struct strmap seen; /* events whose group was looked at */
    strmap_init(&seen, p->w->arena);
    for (size_t i = 0; i < p->d->relation_count; i++) {
        const struct document_relation *r = &p->d->relations[i];
        struct alias_group group;
        int64_t event, ignored;
        if (!str_eq(r->type, STR(ALIAS_TYPE)))
            continue;
        if (!resolve_key(p, THING_EVENT, r->from, &event))
            return false;
        if (strmap_get(&seen, name_of(&event), &ignored))
            continue;
        if (!alias_group(&at, event, &group))
            return false;
        if (group.more) {
            refuse(p, i);
            return err_set(p->e, ERR_INVALID_DOCUMENT, "too many events would be the same one");
        }
        for (size_t k = 0; k < group.n; k++)
            strmap_set(&seen, arena_copy(p->w->arena, name_of(&group.events[k])), 1);
    }
    return true;
}

/* ---- bringing the table up to date ---- */

/* Events whose groups are to be looked at. */
struct regrouping {
    struct store_writer *w;
    struct arena *arena;
    int64_t *waiting;
    size_t n, room;
    struct strmap seen; /* keys as bytes */
    struct err *e;
};

static bool is_seen(const struct regrouping *g, int64_t event)
{
    int64_t ignored;
    return strmap_get(&g->seen, name_of(&event), &ignored);
}

static void wait_for(struct regrouping *g, int64_t event)
{
    if (!is_seen(g, event))
        *ARENA_PUSH(g->arena, g->waiting, g->n, g->room) = event;
}

/* Both ends of a touched relation, if it says that they are the same, then or now. */
static bool wait_for_ends(struct regrouping *g, int64_t relation)
{
    struct db_rows *rows;
    if (!SQL_QUERY(g->w->db, g->e, &rows, SQL(alias_ends), DB_INT(relation)))
        return false;
    if (db_next(rows, g->e)) {
        wait_for(g, db_i64(rows, 0));
        wait_for(g, db_i64(rows, 1));
    }
    db_done(rows);
    return g->e->code == ERR_NONE;
}

static bool touch_all(struct regrouping *g, enum sql_name statement, enum thing t, int64_t event)
{
    struct db_rows *rows;
    const struct db_value values[] = {DB_INT(statement), DB_INT(event)};
    if (!sql_query(g->w->db, g->e, &rows, values, 2))
        return false;
    while (db_next(rows, g->e))
        writer_touch(g->w, t, db_i64(rows, 0));
    db_done(rows);
    return g->e->code == ERR_NONE;
}

/* Whoever was in a group with the event until now is in another one perhaps. */
static bool wait_for_old(struct regrouping *g, int64_t event, int64_t old)
{
    struct db_rows *rows;
    if (old != event)
        wait_for(g, old);
    if (!SQL_QUERY(g->w->db, g->e, &rows, SQL(event_aliases), DB_INT(event), DB_INT(g->w->version)))
        return false;
    while (db_next(rows, g->e))
        wait_for(g, db_i64(rows, 0));
    db_done(rows);
    return g->e->code == ERR_NONE;
}

static bool lead(struct regrouping *g, int64_t event, int64_t old, int64_t canonical)
{
    struct store_writer *w = g->w;
    if (old == canonical)
        return true;
    if (old != event && !SQL_EXEC(w->db, g->e, SQL(alias_close), DB_INT(event), DB_INT(w->version)))
        return false;
    if (canonical != event && !SQL_EXEC(w->db, g->e, SQL(alias_add), DB_INT(event),
                                        DB_INT(w->version), DB_INT(canonical)))
        return false;
    writer_touch(w, THING_EVENT, event);
    writer_touch(w, THING_EVENT, old);
    writer_touch(w, THING_EVENT, canonical);
    return touch_all(g, SQL_event_relation_keys, THING_RELATION, event) &&
           touch_all(g, SQL_event_claim_keys, THING_CLAIM, event);
}

static bool regroup(struct regrouping *g, int64_t event)
{
    const struct at at = {g->w->db, g->w->version, g->arena, g->e};
    struct alias_group group;
    if (!alias_group(&at, event, &group))
        return false;
    ENSURE(!group.more);
    for (size_t i = 0; i < group.n; i++) {
        int64_t member = group.events[i], old;
        strmap_set(&g->seen, arena_copy(g->arena, name_of(&member)), 1);
        if (!alias_canonical(&at, member, &old) || !wait_for_old(g, member, old) ||
            !lead(g, member, old, group.canonical))
            return false;
    }
    return true;
}

/* Looks at all that waits, and begins with empty memory: looking twice changes nothing. */
static bool regroup_all(struct regrouping *g)
{
    strmap_init(&g->seen, g->arena);
    while (g->n > 0) {
        int64_t event = g->waiting[--g->n];
        if (!is_seen(g, event) && !regroup(g, event))
            return false;
    }
    arena_reset(g->arena);
    g->waiting = NULL;
    g->room = 0;
    strmap_init(&g->seen, g->arena);
    return true;
}

static bool use_relation(struct store_writer *w, enum thing t, int64_t key, struct err *e)
{
    (void)t;
    (void)e;
    return wait_for_ends(w->regrouping, key) &&
           (w->regrouping->n < MOST_WAITING || regroup_all(w->regrouping));
}

bool alias_settle(struct store_writer *w, struct err *e)
{
    struct regrouping g = {.w = w, .arena = arena_new(), .e = e};
    strmap_init(&g.seen, g.arena);
    w->regrouping = &g;
    bool ok = touched_each(w, THING_RELATION, use_relation, e) && regroup_all(&g);
    w->regrouping = NULL;
    arena_free(g.arena);
    return ok;
}
