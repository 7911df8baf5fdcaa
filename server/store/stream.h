/*
 * stream: rows of one statement as hits, one after the other, in the order of the walk. Most
 * statements give that order by themselves. Full text gives its rows by key, which is by day: such
 * a stream gathers the keys of each day and reads its rows in order. A short list of candidates is
 * gathered whole.
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

/* Hits that are held, in order. */
struct group {
    struct kept_hit *hits;
    size_t n, at, room;
};

struct statement {
    struct db_sql sql;
    const struct db_value *values;
    size_t n;
};

struct stream;

/* How the rows of one day of full text are read, whose keys are in s->keys. */
struct stream_day {
    void *context;
    /* Few of them: a statement over a list of keys, a JSON array. */
    bool (*few)(void *context, str list, struct db_rows **rows, struct err *e);
    /* Many: the events of the class that begin then, in order, whatever their words. */
    bool (*many)(void *context, int64_t key, struct db_rows **rows, struct err *e);
};

struct stream {
    struct admission *admission;
    bool down;
    const struct query_after *after; /* hits up to here are left out; NULL for none */
    struct db_rows *rows;
    bool filled; /* hit is the next one */
    bool open;   /* it is not yet known whether it answers: stream_decide */

    /* A stream that was not started: hit is the first place where it can have one. */
    bool waits;
    int cls;
    size_t target; /* which of the things that links are of */
    struct window starts;
    struct walk_hit hit;
    struct group *group; /* NULL where the statement gives the order */

    /* Full text in order: rows gives keys. */
    const struct stream_day *day; /* NULL for any other */
    bool pending;                 /* rows stands on a key of the next day */
    int64_t *keys;                /* of the present day, rising; owned */
    size_t key_count, key_room;
    struct db_rows *day_rows; /* of a day with many */
};

/* How hits stand to each other in the order of a walk: below 0, a comes first. */
int stream_compare(const struct walk_hit *a, const struct walk_hit *b, bool down);

/* Starts the statement, goes to the first hit. s->admission, down and after are set. */
bool stream_open(struct stream *s, const struct statement *statement, struct err *e);
bool stream_open_whole(struct stream *s, const struct statement *statement, struct arena *a,
                       struct err *e);

/* The statement gives keys in the order of the walk; s->day is set too. */
bool stream_open_days(struct stream *s, const struct statement *statement, struct arena *a,
                      struct err *e);

/* The next hit, or s->filled is false at the end. */
bool stream_advance(struct stream *s, struct err *e);

/*
 * Looks at the hit, which comes first of all: it is decided, or the stream has gone on. What a walk
 * never comes to is never looked at, where looking is dear: dates with gaps, members.
 */
bool stream_decide(struct stream *s, struct err *e);

void stream_close(struct stream *s);

#endif
