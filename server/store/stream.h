/*
 * stream: rows of one statement as hits, one after the other, in the order of the walk. Most
 * statements give that order by themselves. Full text gives its rows by key, which is by day:
 * such a stream gathers each day and sorts it. A short list of candidates is gathered whole.
 */
#ifndef ANNALS_STORE_STREAM_H
#define ANNALS_STORE_STREAM_H

#include "store/admit.h"

#define STREAM_LONGEST_ID 128

/* A hit with its id, kept. */
struct kept_hit {
    struct walk_hit hit;
    char id[STREAM_LONGEST_ID];
};

/* Hits of one day of full text, or a whole list of candidates. */
struct group {
    struct kept_hit *hits;
    size_t n, at, room;
    bool more; /* the day has others behind these */
};

/* The statement, and which of its values are the bounds on keys: a large day is read again. */
struct statement {
    struct db_sql sql;
    struct db_value *values;
    size_t n;
    size_t key_least, key_most;
};

struct stream {
    struct admission *admission;
    bool down;
    const struct query_after *after; /* hits up to here are left out; NULL for none */
    struct db_rows *rows;
    bool filled;         /* hit is the next one */
    struct walk_hit hit;
    struct group *group; /* NULL where the statement gives the order */
    bool by_day;         /* group is a day; else it is all there is */
    bool pending;        /* rows stands on a row that is not in the group: of another day */
    int64_t day;         /* some key of the day in the group */
    int64_t least, most; /* keys that are left */
    struct query_after place; /* the last hit of a group that had more */
    char place_id[STREAM_LONGEST_ID];
};

/* How hits stand to each other in the order of a walk: below 0, a comes first. */
int stream_compare(const struct walk_hit *a, const struct walk_hit *b, bool down);

/* Starts the statement, goes to the first hit. s->admission, down, after, least and most are set. */
bool stream_open(struct stream *s, const struct statement *statement, struct err *e);
bool stream_open_by_day(struct stream *s, const struct statement *statement, struct arena *a,
                        struct err *e);
bool stream_open_whole(struct stream *s, const struct statement *statement, struct arena *a,
                       struct err *e);

/* The next hit, or s->filled is false at the end. */
bool stream_advance(struct stream *s, const struct statement *statement, struct err *e);

void stream_close(struct stream *s);

#endif
