#include "store/sql.h"

#include <pthread.h>

#include "base/check.h"
#include "embedded.h"

#define LONGEST_STATEMENT 262144

static struct db_sql statements[SQL_COUNT];

static const char *const names[] = {
#define X(name) #name,
    SQL_TABLE(X)
#undef X
};

static struct db_sql *by_name(str name)
{
    for (size_t i = 0; i < SQL_COUNT; i++)
        if (str_eq(name, str_from(names[i])))
            return &statements[i];
    check_failed("schema/queries.sql", 0, "a statement that sql_names.h does not list");
}

/* Splits the file at its lines "-- name: NAME"; a statement ends there or at an empty line. */
static void read_statements(void)
{
    static const str mark = STR_INIT("-- name: ");
    str text = embedded_find("queries.sql");
    size_t at = str_search(text, mark, 0);
    while (at < text.n) {
        str name, rest;
        str_cut(str_sub(text, at + mark.n, text.n), '\n', &name, &rest);
        size_t body = at + mark.n + name.n + 1;
        size_t next = str_search(text, mark, body);
        struct db_sql *statement = by_name(str_trim(name));
        ENSURE(statement->text.p == NULL);
        str whole = str_sub(text, body, next - body);
        statement->text = str_trim(str_sub(whole, 0, str_search(whole, STR("\n\n"), 0)));
        statement->hash = db_sql_hash(statement->text);
        at = next;
    }
    for (size_t i = 0; i < SQL_COUNT; i++)
        if (statements[i].text.n == 0)
            check_failed("schema/queries.sql", 0, names[i]);
}

const struct db_sql *sql_get(enum sql_name name)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_statements);
    ENSURE(name < SQL_COUNT);
    return &statements[name];
}

bool sql_query(struct db *db, struct err *e, struct db_rows **rows, const struct db_value *values,
               size_t n)
{
    return db_query(db, sql_get((enum sql_name)values[0].i64), values + 1, n - 1, rows, e);
}

bool sql_exec(struct db *db, struct err *e, const struct db_value *values, size_t n)
{
    return db_exec(db, sql_get((enum sql_name)values[0].i64), values + 1, n - 1, e);
}

bool sql_one(struct db *db, struct err *e, int64_t *number, const struct db_value *values, size_t n)
{
    struct db_rows *rows;
    if (!sql_query(db, e, &rows, values, n))
        return false;
    if (db_next(rows, e))
        *number = db_i64(rows, 0);
    bool ok = e->code == ERR_NONE;
    db_done(rows);
    return ok;
}

void sql_write_keys(struct buf *out, const int64_t *keys, size_t n)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        buf_add_i64(out, keys[i]);
    }
    buf_add_char(out, ']');
}

void sql_builder_init(struct sql_builder *b)
{
    buf_init(&b->text, LONGEST_STATEMENT);
    b->n = 0;
}

void sql_builder_free(struct sql_builder *b)
{
    buf_free(&b->text);
}

void sql_builder_add(struct sql_builder *b, const struct db_value *values, size_t n)
{
    str piece = sql_get((enum sql_name)values[0].i64)->text;
    size_t base = b->n;
    ENSURE(base + n - 1 <= SQL_MOST_VALUES);
    for (size_t i = 1; i < n; i++)
        b->values[b->n++] = values[i];

    buf_add_char(&b->text, ' ');
    str rest = piece, digits;
    while (str_cut(rest, '$', &piece, &digits)) {
        buf_add(&b->text, piece);
        size_t number = 0, i = 0;
        while (i < digits.n && digits.p[i] >= '0' && digits.p[i] <= '9')
            number = number * 10 + (size_t)(digits.p[i++] - '0');
        ENSURE(number >= 1 && number < n);
        buf_add_char(&b->text, '$');
        buf_add_i64(&b->text, (int64_t)(base + number));
        rest = str_sub(digits, i, digits.n);
    }
    buf_add(&b->text, piece);
    ENSURE(!buf_failed(&b->text));
}

struct db_sql sql_builder_text(const struct sql_builder *b)
{
    str text = buf_str(&b->text);
    return (struct db_sql){.text = text, .hash = db_sql_hash(text)};
}

bool sql_builder_query(struct sql_builder *b, struct db *db, struct db_rows **rows, struct err *e)
{
    struct db_sql sql = sql_builder_text(b);
    return db_query(db, &sql, b->values, b->n, rows, e);
}
