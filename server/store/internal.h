/* internal: what the files of the store share and nobody else sees. */
#ifndef ANNALS_STORE_INTERNAL_H
#define ANNALS_STORE_INTERNAL_H

#include <stdatomic.h>
#include <time.h>

#include "base/check.h"
#include "store/row_key.h"
#include "store/sql.h"
#include "store/store.h"

/* `until` of a row that holds. */
#define FOREVER INT64_MAX

struct store {
    char *path;
    char *folder; /* of path */
    enum store_mode mode;
    _Atomic int64_t version;
    char id[17];
    int lock; /* a descriptor that holds the writers' lock, or -1 */
};

/* How far the rows of a cls extend, as in class_extent; -1 where there is none. */
struct reach {
    int64_t longest, longest_start;
};
#define REACH_NONE ((struct reach){-1, -1})

struct store_reader {
    struct store *store;
    struct db *db;
    struct reach reaches[ROW_CLASSES]; /* by cls; good up to: */
    int64_t reaches_version;
};

/* Microseconds since 1970 UTC. */
static inline int64_t internal_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* A bound, NULL where there is no date. */
#define DB_BOUND(dated, bound) ((dated).text.p ? DB_INT((dated).value.bounds.bound) : DB_NOTHING)
#define DB_BOUNDS(dated)                                                                           \
    DB_BOUND(dated, earliest), DB_BOUND(dated, start_latest), DB_BOUND(dated, end_earliest),       \
        DB_BOUND(dated, latest)

/* A date as written in a column, read again; absent for NULL. */
struct dated internal_dated(str text, struct arena *a);

/* A column's str, copied into the arena; p stays NULL for NULL. */
str internal_text(const struct db_rows *rows, int column, struct arena *a);

#endif
