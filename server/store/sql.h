/*
 * sql: the statements of schema/queries.sql, by name. A name that is listed here and not there, or
 * there and not here, ends the program at its start.
 */
#ifndef ANNALS_STORE_SQL_H
#define ANNALS_STORE_SQL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "db/db.h"
#include "store/sql_names.h"

enum sql_name {
#define X(name) SQL_##name,
    SQL_TABLE(X)
#undef X
        SQL_COUNT
};

const struct db_sql *sql_get(enum sql_name name);

/*
 * SQL_EXEC(db, e, SQL(name), values…) runs a statement without rows.
 * SQL_QUERY(db, e, &rows, SQL(name), values…) starts one with rows, to be ended by db_done.
 * SQL_ONE(db, e, &number, SQL(name), values…) takes the first column of the first row; *number is
 * left alone where there is no row.
 */
#define SQL(name) DB_INT(SQL_##name)
#define SQL_ARGUMENTS(...)                                                                         \
    (const struct db_value[]){__VA_ARGS__},                                                        \
        sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value)
#define SQL_EXEC(db, e, ...) sql_exec((db), (e), SQL_ARGUMENTS(__VA_ARGS__))
#define SQL_QUERY(db, e, rows, ...) sql_query((db), (e), (rows), SQL_ARGUMENTS(__VA_ARGS__))
#define SQL_ONE(db, e, number, ...) sql_one((db), (e), (number), SQL_ARGUMENTS(__VA_ARGS__))

/* values[0] is SQL(name), the rest are its parameters. */
bool sql_exec(struct db *db, struct err *e, const struct db_value *values, size_t n);
bool sql_query(struct db *db, struct err *e, struct db_rows **rows, const struct db_value *values,
               size_t n);
bool sql_one(struct db *db, struct err *e, int64_t *number, const struct db_value *values,
             size_t n);

/* Appends keys as a JSON array, as json_each takes a list. */
void sql_write_keys(struct buf *out, const int64_t *keys, size_t n);

/* ---- statements put together from named pieces ---- */

#define SQL_MOST_VALUES 480

/* Starts from {0} with text and values empty; buf_free(&text) at the end. */
struct sql_builder {
    struct buf text;
    struct db_value values[SQL_MOST_VALUES];
    size_t n;
};

void sql_builder_init(struct sql_builder *b);
void sql_builder_free(struct sql_builder *b);

/* Appends a piece and its values: its $1 … become the next free numbers. */
#define SQL_ADD(b, ...) sql_builder_add((b), SQL_ARGUMENTS(__VA_ARGS__))
void sql_builder_add(struct sql_builder *b, const struct db_value *values, size_t n);

/* The statement so far; valid until the builder changes. */
struct db_sql sql_builder_text(const struct sql_builder *b);

bool sql_builder_query(struct sql_builder *b, struct db *db, struct db_rows **rows, struct err *e);

#endif
