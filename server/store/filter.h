/*
 * filter: from the values of a query to keys of the store, and from those to pieces of SQL.
 *
 * A walk over events, or a count of them, begins with filter_find and goes on with walk_open
 * (store/walk.h).
 */
#ifndef ANNALS_STORE_FILTER_H
#define ANNALS_STORE_FILTER_H

#include "store/hearing.h"
#include "store/member.h"
#include "store/words.h"

/* What a condition looks at. */
enum found_kind {
    FOUND_LINK,     /* a link to one of the keys */
    FOUND_ROLE,     /* some participant's role */
    FOUND_ID,       /* its own id */
    FOUND_RELATION, /* a relation to or from one of the keys, or to or from any event */
    FOUND_CLAIM,    /* a claim about it by one of the keys, or by anybody */
    FOUND_TEXT      /* its words */
};

/* One condition on an event, with its values found in the store. */
struct found_filter {
    enum found_kind kind;
    bool negate;
    bool own;            /* FOUND_LINK: its own things alone, not what contains them */
    bool implied;        /* every row of the reading satisfies it: it may drive, and no more */
    const int64_t *keys; /* of FOUND_LINK */
    size_t n;
    str list;    /* keys, ids or numbers as a JSON array; the expression of FOUND_TEXT; p is NULL
                    for any event or speaker */
    str with;    /* roles, types of relation or stances, a JSON array; p is NULL for any */
    str without; /* likewise, for none of these */
    struct members members; /* n > 0 where keys hold members whose time has to be looked at */
};

#define FILTER_MOST_CONDITIONS (QUERY_MOST_FILTERS + QUERY_MOST_AREAS + 8)

struct found_filters {
    const struct query *query;
    struct found_filter items[FILTER_MOST_CONDITIONS];
    size_t n;
    bool nothing; /* no event can answer: the text has no word, an area no place */
    struct hearing hearing;
};

/* What the values of a filter name; not for FILTER_PRECISION, whose values are words. */
enum thing filter_thing(enum filter_kind kind);

/*
 * The event that an event is the same as: *event becomes its key and *id its id; where there is
 * none *event stays and id->p is NULL.
 */
bool filter_canonical(const struct at *at, int64_t *event, str *id);

/*
 * Unknown values become problems and the answer is false with ERR_BAD_PARAMETER. What *out holds
 * lives in the arena.
 */
bool filter_find(struct db *db, const struct query *q, struct arena *a, struct found_filters *out,
                 struct problems *problems, struct err *e);

/*
 * The types of relations that a query asks for, as JSON arrays of their keys; p is NULL where it
 * asks for any. Unknown ones become problems, and the answer is false with ERR_BAD_PARAMETER.
 */
bool filter_relations(struct db *db, const struct query *q, struct arena *a, str *with,
                      str *without, struct problems *problems, struct err *e);

/* Whether the query asks for events with a date, and for those without. */
bool filter_wants_dated(const struct query *q);
bool filter_wants_undated(const struct query *q);

/*
 * Appends " AND …" for the version, the reading and every condition but number `except` (or
 * SIZE_MAX). The row is called r and has key, id, since, until and, for other readings than the
 * plain one, not_for, only_for, known_from and known_until; nothing else of it is looked at. What C
 * has to look at itself (members with a time) is only narrowed down.
 */
void filter_add(struct sql_builder *b, const struct found_filters *found, size_t except);

#endif
