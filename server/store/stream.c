#include "store/stream.h"

#include <stdlib.h>
#include <string.h>

#include "store/row_key.h"

/* Hits of a day that are held at once; a day that has more is read again for the next ones. */
#define DAY_MOST 512

int stream_compare(const struct walk_hit *a, const struct walk_hit *b, bool down)
{
    if (a->dated != b->dated)
        return a->dated ? -1 : 1;
    if (!a->dated)
        return str_cmp(a->id, b->id);
    int order = a->bounds.earliest != b->bounds.earliest
                    ? (a->bounds.earliest < b->bounds.earliest ? -1 : 1)
                    : str_cmp(a->id, b->id);
    return down ? -order : order;
}

/* ---- plain ---- */

static bool next_row(struct stream *s, struct err *e)
{
    while (db_next(s->rows, e)) {
        admit_read(s->rows, &s->hit);
        enum admitted admitted = admit_hit(s->admission, &s->hit, e);
        if (admitted == ADMIT_FAILED)
            return false;
        if (admitted == ADMIT_YES) {
            s->filled = true;
            return true;
        }
    }
    return e->code == ERR_NONE;
}

static bool start(struct stream *s, const struct statement *statement, struct err *e)
{
    db_done(s->rows);
    s->rows = NULL;
    return db_query(s->admission->r->db, &statement->sql, statement->values, statement->n, &s->rows,
                    e);
}

bool stream_open(struct stream *s, const struct statement *statement, struct err *e)
{
    return start(s, statement, e) && next_row(s, e);
}

/* ---- groups ---- */

/* Whether a hit stands behind the place where a page or a part of a day ended. */
static bool is_behind(const struct walk_hit *hit, const struct query_after *after, bool down)
{
    if (after == NULL)
        return true;
    struct walk_hit mark = {.id = after->id, .dated = !after->undated};
    mark.bounds.earliest = after->number;
    return stream_compare(hit, &mark, down) > 0;
}

static void keep(struct kept_hit *kept, const struct walk_hit *hit)
{
    ENSURE(hit->id.n <= sizeof kept->id);
    kept->hit = *hit;
    memcpy(kept->id, hit->id.p, hit->id.n);
}

/* The strs of kept hits point into the hits, which move: set where they are used. */
static struct walk_hit *hit_of(struct kept_hit *kept)
{
    kept->hit.id.p = kept->id;
    return &kept->hit;
}

/* Sifts the hit at i down a heap whose top comes last. */
static void sift(struct group *g, size_t i, bool down)
{
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= g->n)
            return;
        if (child + 1 < g->n && stream_compare(hit_of(&g->hits[child]),
                                               hit_of(&g->hits[child + 1]), down) < 0)
            child++;
        if (stream_compare(hit_of(&g->hits[i]), hit_of(&g->hits[child]), down) >= 0)
            return;
        struct kept_hit other = g->hits[i];
        g->hits[i] = g->hits[child];
        g->hits[child] = other;
        i = child;
    }
}

/* Adds a hit to a day; of more than can be held the first ones stay. */
static void add_to_day(struct group *g, const struct walk_hit *hit, bool down)
{
    if (g->n < DAY_MOST) {
        keep(&g->hits[g->n++], hit);
        return;
    }
    if (!g->more)
        for (size_t i = g->n / 2; i-- > 0;)
            sift(g, i, down);
    g->more = true;
    if (stream_compare(hit, hit_of(&g->hits[0]), down) < 0) {
        keep(&g->hits[0], hit);
        sift(g, 0, down);
    }
}

static int in_order(const void *a, const void *b, void *down)
{
    struct walk_hit x = ((const struct kept_hit *)a)->hit, y = ((const struct kept_hit *)b)->hit;
    x.id.p = ((const struct kept_hit *)a)->id;
    y.id.p = ((const struct kept_hit *)b)->id;
    return stream_compare(&x, &y, *(const bool *)down);
}

static void sort(struct stream *s)
{
    if (s->group->n > 0)
        qsort_r(s->group->hits, s->group->n, sizeof s->group->hits[0], in_order, &s->down);
}

/* Gathers the rows of the day on which `rows` stands; it stands on the next day afterwards. */
static bool gather_day(struct stream *s, struct err *e)
{
    const struct query_after *place = s->place.given ? &s->place : NULL;
    struct group *g = s->group;
    s->day = db_i64(s->rows, 0);
    s->pending = false;
    g->n = g->at = 0;
    g->more = false;
    do {
        struct walk_hit hit;
        admit_read(s->rows, &hit);
        if (row_key_day(hit.row) != row_key_day(s->day)) {
            s->pending = true;
            break;
        }
        if (!is_behind(&hit, s->after, s->down) || !is_behind(&hit, place, s->down))
            continue;
        enum admitted admitted = admit_hit(s->admission, &hit, e);
        if (admitted == ADMIT_FAILED)
            return false;
        if (admitted == ADMIT_YES)
            add_to_day(g, &hit, s->down);
    } while (db_next(s->rows, e));
    sort(s);
    return s->pending || e->code == ERR_NONE;
}

/* Starts the statement on the keys that are left. */
static bool start_keys(struct stream *s, const struct statement *statement, struct err *e)
{
    statement->values[statement->key_least] = DB_INT(s->least);
    statement->values[statement->key_most] = DB_INT(s->most);
    if (!start(s, statement, e))
        return false;
    s->pending = db_next(s->rows, e);
    return s->pending || e->code == ERR_NONE;
}

/* Reads a day again that had more than can be held, for what follows the last hit of it. */
static bool reread(struct stream *s, const struct statement *statement, struct err *e)
{
    const struct walk_hit *last = hit_of(&s->group->hits[s->group->n - 1]);
    memcpy(s->place_id, last->id.p, last->id.n);
    s->place = (struct query_after){.given = true,
                                    .number = last->bounds.earliest,
                                    .id = {s->place_id, last->id.n},
                                    .undated = !last->dated};
    if (s->down)
        s->most = row_key_last_of_day(s->day);
    else
        s->least = row_key_first_of_day(s->day);
    s->group->more = false;
    return start_keys(s, statement, e);
}

static bool next_of_day(struct stream *s, const struct statement *statement, struct err *e)
{
    struct group *g = s->group;
    while (g->at == g->n) {
        if (g->more && !reread(s, statement, e))
            return false;
        if (!s->pending)
            return true;
        if (!gather_day(s, e))
            return false;
    }
    s->hit = *hit_of(&g->hits[g->at++]);
    s->filled = true;
    return true;
}

bool stream_open_by_day(struct stream *s, const struct statement *statement, struct arena *a,
                        struct err *e)
{
    s->group = ARENA_NEW(a, struct group);
    s->group->hits = ARENA_ARRAY(a, struct kept_hit, DAY_MOST);
    s->by_day = true;
    return start_keys(s, statement, e) && next_of_day(s, statement, e);
}

static bool next_of_whole(struct stream *s)
{
    struct group *g = s->group;
    s->filled = g->at < g->n;
    if (s->filled)
        s->hit = *hit_of(&g->hits[g->at++]);
    return true;
}

bool stream_open_whole(struct stream *s, const struct statement *statement, struct arena *a,
                       struct err *e)
{
    s->group = ARENA_NEW(a, struct group);
    struct group *g = s->group;
    bool ok = start(s, statement, e);
    while (ok && db_next(s->rows, e)) {
        struct walk_hit hit;
        admit_read(s->rows, &hit);
        if (!is_behind(&hit, s->after, s->down))
            continue;
        enum admitted admitted = admit_hit(s->admission, &hit, e);
        ok = admitted != ADMIT_FAILED;
        if (admitted == ADMIT_YES)
            keep(ARENA_PUSH(a, g->hits, g->n, g->room), &hit);
    }
    ok = ok && e->code == ERR_NONE;
    db_done(s->rows);
    s->rows = NULL;
    sort(s);
    return ok && next_of_whole(s);
}

bool stream_advance(struct stream *s, const struct statement *statement, struct err *e)
{
    s->filled = false;
    if (s->by_day)
        return next_of_day(s, statement, e);
    return s->group != NULL ? next_of_whole(s) : next_row(s, e);
}

void stream_close(struct stream *s)
{
    db_done(s->rows);
    s->rows = NULL;
    s->filled = false;
}
