#include "store/stream.h"

#include <stdlib.h>
#include <string.h>

#include "store/row_key.h"

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
    s->filled = s->open = db_next(s->rows, e);
    if (s->filled)
        admit_read(s->rows, &s->hit);
    return s->filled || e->code == ERR_NONE;
}

bool stream_decide(struct stream *s, struct err *e)
{
    if (!s->open)
        return true;
    enum admitted admitted = admit_hit(s->admission, &s->hit, e);
    s->open = false;
    return admitted == ADMIT_YES || (admitted == ADMIT_NO && stream_advance(s, e));
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

/* Puts all that a statement gives into the group, and ends it. */
static bool gather(struct stream *s, struct db_rows *rows, struct arena *a, struct err *e)
{
    struct group *g = s->group;
    bool ok = true;
    g->n = g->at = 0;
    while (ok && db_next(rows, e)) {
        struct walk_hit hit;
        admit_read(rows, &hit);
        if (!is_behind(&hit, s->after, s->down))
            continue;
        enum admitted admitted = admit_hit(s->admission, &hit, e);
        ok = admitted != ADMIT_FAILED;
        if (admitted == ADMIT_YES)
            keep(ARENA_PUSH(a, g->hits, g->n, g->room), &hit);
    }
    ok = ok && e->code == ERR_NONE;
    db_done(rows);
    sort(s);
    return ok;
}

static bool next_of_group(struct stream *s)
{
    struct group *g = s->group;
    s->filled = g->at < g->n;
    if (s->filled)
        s->hit = *hit_of(&g->hits[g->at++]);
    return s->filled;
}

bool stream_open_whole(struct stream *s, const struct statement *statement, struct arena *a,
                       struct err *e)
{
    s->group = ARENA_NEW(a, struct group);
    if (!start(s, statement, e))
        return false;
    struct db_rows *rows = s->rows;
    s->rows = NULL;
    if (!gather(s, rows, a, e))
        return false;
    next_of_group(s);
    return true;
}

/* ---- days of full text ---- */

/* Keys up to here are looked up one by one. */
#define FEW 256

static void add_key(struct stream *s, int64_t key)
{
    if (s->key_count == s->key_room) {
        s->key_room = s->key_room ? s->key_room * 2 : FEW;
        s->keys = realloc(s->keys, s->key_room * sizeof s->keys[0]);
        ENSURE(s->keys != NULL);
    }
    s->keys[s->key_count++] = key;
}

/* The keys of the day on which `rows` stands; it stands on the next day afterwards. */
static bool gather_keys(struct stream *s, struct err *e)
{
    int64_t day = row_key_day(db_i64(s->rows, 0));
    s->key_count = 0;
    do {
        int64_t key = db_i64(s->rows, 0);
        if (row_key_day(key) != day)
            break;
        add_key(s, key);
        s->pending = db_next(s->rows, e);
    } while (s->pending);
    if (s->down)
        for (size_t i = 0; i < s->key_count / 2; i++) {
            int64_t other = s->keys[i];
            s->keys[i] = s->keys[s->key_count - 1 - i];
            s->keys[s->key_count - 1 - i] = other;
        }
    return s->pending || e->code == ERR_NONE;
}

static bool is_key(const struct stream *s, int64_t key)
{
    size_t low = 0, high = s->key_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->key_count && s->keys[low] == key;
}

static bool open_few(struct stream *s, struct err *e)
{
    struct buf list;
    struct db_rows *rows = NULL;
    buf_init(&list, FEW * 24);
    sql_write_keys(&list, s->keys, s->key_count);
    ENSURE(!buf_failed(&list) && s->key_count <= s->group->room);
    /* The group has room for them: nothing more is taken from an arena. */
    bool ok = s->day->few(s->day->context, buf_str(&list), &rows, e) && gather(s, rows, NULL, e);
    buf_free(&list);
    return ok;
}

static bool next_of_many(struct stream *s, struct err *e)
{
    while (db_next(s->day_rows, e)) {
        admit_read(s->day_rows, &s->hit);
        enum admitted admitted = is_key(s, s->hit.row) ? admit_hit(s->admission, &s->hit, e)
                                                       : ADMIT_NO;
        if (admitted == ADMIT_FAILED)
            return false;
        s->filled = admitted == ADMIT_YES;
        if (s->filled)
            return true;
    }
    db_done(s->day_rows);
    s->day_rows = NULL;
    return e->code == ERR_NONE;
}

static bool next_of_days(struct stream *s, struct err *e)
{
    for (;;) {
        if (s->day_rows != NULL && !next_of_many(s, e))
            return false;
        if (s->filled || next_of_group(s) || !s->pending)
            return true;
        if (!gather_keys(s, e))
            return false;
        bool few = s->key_count <= FEW;
        if (!(few ? open_few(s, e) : s->day->many(s->day->context, s->keys[0], &s->day_rows, e)))
            return false;
    }
}

bool stream_open_days(struct stream *s, const struct statement *statement, struct arena *a,
                      struct err *e)
{
    s->group = ARENA_NEW(a, struct group);
    s->group->room = FEW;
    s->group->hits = ARENA_ARRAY(a, struct kept_hit, FEW);
    if (!start(s, statement, e))
        return false;
    s->pending = db_next(s->rows, e);
    return s->pending ? next_of_days(s, e) : e->code == ERR_NONE;
}

bool stream_advance(struct stream *s, struct err *e)
{
    s->filled = false;
    if (s->day != NULL)
        return next_of_days(s, e);
    if (s->group == NULL)
        return next_row(s, e);
    next_of_group(s);
    return true;
}

void stream_close(struct stream *s)
{
    db_done(s->rows);
    db_done(s->day_rows);
    free(s->keys);
    *s = (struct stream){0};
}
