/*
 * db: the engine seam. A connection runs statements with bound parameters; nothing above it knows
 * which engine answers. One implementation, in db/sqlite/, is linked.
 *
 * A connection belongs to one thread at a time. SQL comes as a struct db_sql, whose text need not
 * outlive the call: prepared statements are kept by a copy of it.
 */
#ifndef ANNALS_DB_DB_H
#define ANNALS_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct db;      /* a connection */
struct db_rows; /* a statement under way */

enum db_mode {
    DB_READ,  /* must exist, is never written */
    DB_WRITE, /* must exist */
    DB_CREATE /* is made when it does not exist */
};

/*
 * False with ERR_STORE and what is wrong in plain words: not there, no permission, not a database,
 * damaged. A DB_WRITE or DB_CREATE connection waits up to five seconds for another writer.
 */
bool db_open(const char *path, enum db_mode mode, struct db **out, struct err *e);
void db_close(struct db *db); /* NULL is fine */

/* Statements begun from now on end with ERR_DEADLINE after so many milliseconds; 0: never. */
void db_deadline(struct db *db, int milliseconds);

/* For loops between statements: false with ERR_DEADLINE when that time is over. */
bool db_in_time(struct db *db, struct err *e);

enum db_kind { DB_NULL, DB_I64, DB_F64, DB_TEXT, DB_BLOB };

struct db_value {
    enum db_kind kind;
    int64_t i64;
    double f64;
    str text; /* of DB_TEXT and DB_BLOB; must live until db_done */
};

#define DB_INT(x) ((struct db_value){.kind = DB_I64, .i64 = (x)})
#define DB_REAL(x) ((struct db_value){.kind = DB_F64, .f64 = (x)})
#define DB_STR(x) ((struct db_value){.kind = DB_TEXT, .text = (x)})
#define DB_BYTES(x) ((struct db_value){.kind = DB_BLOB, .text = (x)})
#define DB_NOTHING ((struct db_value){.kind = DB_NULL})
/* NULL where the str was absent */
#define DB_STR_OR_NULL(x) ((x).p ? DB_STR(x) : DB_NOTHING)

struct db_sql {
    str text;
    uint64_t hash; /* db_sql_hash(text) */
};
uint64_t db_sql_hash(str text);

/* Starts a statement whose $1 … $n take the n values. End it with db_done. */
bool db_query(struct db *db, const struct db_sql *sql, const struct db_value *values, size_t n,
              struct db_rows **out, struct err *e);

/* The next row, with e->code ERR_NONE; or false: at the end likewise, else with what went wrong. */
bool db_next(struct db_rows *rows, struct err *e);

/* Columns of the present row, from 0; strs live until db_next or db_done. */
bool db_is_null(const struct db_rows *rows, int column);
int64_t db_i64(const struct db_rows *rows, int column);
double db_f64(const struct db_rows *rows, int column);
str db_str(const struct db_rows *rows, int column); /* p is NULL for NULL */

void db_done(struct db_rows *rows); /* NULL is fine */

/* Runs a statement without rows. */
bool db_exec(struct db *db, const struct db_sql *sql, const struct db_value *values, size_t n,
             struct err *e);

/* Runs a script of several statements, without parameters. */
bool db_script(struct db *db, str sql, struct err *e);

/* Opens the write transaction: nobody else writes until commit or rollback. */
bool db_begin(struct db *db, struct err *e);
bool db_commit(struct db *db, struct err *e);
void db_rollback(struct db *db); /* where none is open, nothing */

/* Reads until db_rollback see the store as it is at the first of them. */
bool db_begin_read(struct db *db, struct err *e);

/*
 * The engine's own check of its file. Calls `found` with each finding. False when the check could
 * not run.
 */
bool db_check(struct db *db, void (*found)(void *context, str finding), void *context,
              struct err *e);

/*
 * Writes the whole database as it is at one moment into a new file, which is on disk when this
 * answers; others go on reading and writing. False when there is such a file already: nothing is
 * overwritten.
 */
bool db_backup(struct db *db, const char *path, struct err *e);

#endif
