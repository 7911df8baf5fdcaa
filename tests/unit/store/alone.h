/*
 * alone: what the conditions of SQL answer by themselves, without the second look that walks take
 * in C. That look hides a condition that lets too much through, and counts made by SQL do without.
 */
#ifndef ANNALS_TESTS_STORE_ALONE_H
#define ANNALS_TESTS_STORE_ALONE_H

#include "check_main.h"
#include "store/filter.h"
#include "store/window.h"

/* Adds what one statement gives, whose rows are the dated or the undated ones. */
static inline void alone_add(struct store_reader *r, const struct found_filters *found, bool dated,
                             struct arena *a, struct strs *out, size_t *room)
{
    struct sql_builder *b = ARENA_NEW(a, struct sql_builder);
    struct db_rows *rows;
    struct err e = {0};
    sql_builder_init(b);
    SQL_ADD(b, SQL(events_sorted));
    dated ? SQL_ADD(b, SQL(walk_dated)) : SQL_ADD(b, SQL(walk_undated));
    if (dated)
        window_add(b, found->query);
    filter_add(b, found, SIZE_MAX);
    ck_assert_msg(sql_builder_query(b, r->db, &rows, &e), "%s", e.detail);
    while (db_next(rows, &e))
        *ARENA_PUSH(a, out->items, out->n, *room) = arena_copy(a, db_str(rows, 1));
    ck_assert_msg(e.code == ERR_NONE, "%s", e.detail);
    db_done(rows);
    sql_builder_free(b);
}

/* The ids of the events, in no order, each as often as it comes. */
static inline struct strs alone_ids(struct store_reader *r, const struct query *q, struct arena *a)
{
    struct found_filters *found = ARENA_NEW(a, struct found_filters);
    struct problems problems;
    struct err e = {0};
    struct strs ids = {0};
    size_t room = 0;
    problem_init(&problems, a);
    ck_assert_msg(filter_find(r->db, q, a, found, &problems, &e), "%s", e.detail);
    if (!found->nothing && filter_wants_dated(q))
        alone_add(r, found, true, a, &ids, &room);
    if (!found->nothing && filter_wants_undated(q))
        alone_add(r, found, false, a, &ids, &room);
    return ids;
}

#endif
