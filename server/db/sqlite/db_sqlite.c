/* db over SQLite: the only file that includes its header. */
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/log.h"
#include "db/sqlite/db_sqlite.h"

#define KEPT_STATEMENTS 256
/* Where a text may be kept, by its hash: one question keeps several copies of a text under way. */
#define SLOTS 16
#define MOST_PARAMETERS 512
#define STEPS_BETWEEN_CLOCK_LOOKS 2000
#define APPLICATION_ID 0x416e6e6c /* "Annl", in the file's header */
/* Small memory of a connection, without locks: so many pieces of so many bytes. */
#define LOOKASIDE_SIZE 1200
#define LOOKASIDE_COUNT 800
#define HEAP_LIMIT ((sqlite3_int64)256 * 1024 * 1024)

struct db_rows {
    struct db *db;
    sqlite3_stmt *stmt;
    char *sql;
    size_t sql_n;
    uint64_t hash;
    uint64_t used; /* by the connection's clock, for the choice of which to drop */
    bool busy;
    bool kept;
    short index[MOST_PARAMETERS + 1]; /* SQLite's index of $k, 0 where the text has none */
};

struct db {
    sqlite3 *sqlite;
    bool writes;
    struct db_rows *kept[KEPT_STATEMENTS];
    uint64_t clock;
    int deadline_ms;
    struct timespec deadline;
};

uint64_t db_sql_hash(str text)
{
    return hash_table64(0, text);
}

/* ---- errors ---- */

static enum err_code code_of(int status)
{
    switch (status & 0xFF) {
    case SQLITE_INTERRUPT:
        return ERR_DEADLINE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_OVERLOADED;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
        return ERR_STORE;
    default:
        return ERR_INTERNAL;
    }
}

static const char *plain_words(int status, const char *engine)
{
    switch (status & 0xFF) {
    case SQLITE_INTERRUPT:
        return "the time allowed for a question ran out";
    case SQLITE_FULL:
        return "the disk is full";
    case SQLITE_IOERR:
        return "the disk does not read or write";
    case SQLITE_CORRUPT:
        return "the file is damaged";
    case SQLITE_NOTADB:
        return "the file is not an Annals store";
    case SQLITE_READONLY:
        return "the file may not be written";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another writer holds the store";
    default:
        return engine;
    }
}

static bool fail(struct db *db, int status, const char *doing, struct err *e)
{
    enum err_code code = code_of(status);
    const char *engine = db->sqlite ? sqlite3_errmsg(db->sqlite) : sqlite3_errstr(status);
    if (code != ERR_DEADLINE)
        log_line(LOG_ERROR, "store", "doing=\"%s\" status=%d message=\"%s\"", doing, status,
                 engine);
    return err_set(e, code, "%s", plain_words(status, engine));
}

/* ---- opening ---- */

static int look_at_clock(void *context)
{
    struct db *db = context;
    if (db->deadline_ms == 0)
        return 0;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > db->deadline.tv_sec ||
           (now.tv_sec == db->deadline.tv_sec && now.tv_nsec > db->deadline.tv_nsec);
}

static void start_deadline(struct db *db)
{
    if (db->deadline_ms == 0)
        return;
    clock_gettime(CLOCK_MONOTONIC, &db->deadline);
    db->deadline.tv_nsec += (long)(db->deadline_ms % 1000) * 1000000;
    db->deadline.tv_sec += db->deadline_ms / 1000 + db->deadline.tv_nsec / 1000000000;
    db->deadline.tv_nsec %= 1000000000;
}

static void set_up_process(void)
{
    sqlite3_initialize();
    sqlite3_hard_heap_limit64(HEAP_LIMIT);
}

static bool pragma(struct db *db, const char *sql, int64_t *value)
{
    sqlite3_stmt *stmt = NULL;
    int status = sqlite3_prepare_v2(db->sqlite, sql, -1, &stmt, NULL);
    if (status == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
        *value = sqlite3_column_int64(stmt, 0);
    return sqlite3_finalize(stmt) == SQLITE_OK && status == SQLITE_OK;
}

/* Before anything is set: a database that another program made is left as it is. */
static bool is_ours(struct db *db, struct err *e)
{
    int64_t tables = 0, id = 0;
    if (!pragma(db, "SELECT count(*) FROM sqlite_schema", &tables) ||
        !pragma(db, "PRAGMA application_id", &id))
        return fail(db, sqlite3_errcode(db->sqlite), "open", e);
    return tables == 0 || id == APPLICATION_ID ||
           err_set(e, ERR_STORE, "it is a database of another program");
}

static bool configure(struct db *db, enum db_mode mode, struct err *e)
{
    static const char reader[] = "PRAGMA query_only=ON; PRAGMA mmap_size=1073741824;"
                                 "PRAGMA cache_size=-16384;";
    static const char writer[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                                 "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=2000;"
                                 "PRAGMA journal_size_limit=67108864;";
    /* Before the first statement; the many that are kept fill what there is by default. */
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_LOOKASIDE, (void *)NULL, LOOKASIDE_SIZE,
                      LOOKASIDE_COUNT);
    sqlite3_extended_result_codes(db->sqlite, 1);
    sqlite3_busy_timeout(db->sqlite, 5000);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
    sqlite3_progress_handler(db->sqlite, STEPS_BETWEEN_CLOCK_LOOKS, look_at_clock, db);
    if (!is_ours(db, e))
        return false;
    db->writes = mode != DB_READ;
    int status = sqlite3_exec(db->sqlite, db->writes ? writer : reader, NULL, NULL, NULL);
    return status == SQLITE_OK || fail(db, status, "open", e);
}

/*
 * A store that may only be read (a read-only file system, the example store) has no writer beside
 * it: opened as immutable it needs no journal files next to it.
 */
static char *as_uri(const char *path, bool immutable)
{
    struct buf uri;
    buf_init(&uri, 16384);
    buf_add(&uri, STR("file:"));
    for (const char *p = path; *p != '\0'; p++) {
        if (*p == '%' || *p == '?' || *p == '#')
            buf_printf(&uri, "%%%02X", (unsigned char)*p);
        else
            buf_add_char(&uri, *p);
    }
    if (immutable)
        buf_add(&uri, STR("?immutable=1"));
    buf_add_char(&uri, '\0');
    size_t n;
    return buf_take(&uri, &n);
}

static bool has_journal(const char *path)
{
    char name[4200];
    snprintf(name, sizeof name, "%s-wal", path);
    FILE *f = fopen(name, "rb");
    if (f == NULL)
        return false;
    bool filled = getc(f) != EOF;
    fclose(f);
    return filled;
}

static int open_flags(enum db_mode mode)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
    if (mode == DB_READ)
        return flags | SQLITE_OPEN_READONLY;
    return flags | SQLITE_OPEN_READWRITE | (mode == DB_CREATE ? SQLITE_OPEN_CREATE : 0);
}

bool db_open(const char *path, enum db_mode mode, struct db **out, struct err *e)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_up_process);

    struct db *db = calloc(1, sizeof *db);
    ENSURE(db != NULL);
    char *uri = as_uri(path, false);
    int status = sqlite3_open_v2(uri, &db->sqlite, open_flags(mode), NULL);
    free(uri);
    struct err first = {0};
    bool ok = status == SQLITE_OK ? configure(db, mode, &first) : fail(db, status, "open", &first);
    if (!ok && mode == DB_READ && !has_journal(path)) {
        sqlite3_close_v2(db->sqlite);
        db->sqlite = NULL;
        uri = as_uri(path, true);
        status = sqlite3_open_v2(uri, &db->sqlite, open_flags(mode), NULL);
        free(uri);
        ok = status == SQLITE_OK && configure(db, mode, &first);
    }
    if (!ok) {
        err_set(e, ERR_STORE, "%s: %s", path, first.detail);
        db_close(db);
        return false;
    }
    *out = db;
    return true;
}

static void forget(struct db_rows *rows)
{
    sqlite3_finalize(rows->stmt);
    free(rows->sql);
    free(rows);
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    for (size_t i = 0; i < KEPT_STATEMENTS; i++)
        if (db->kept[i] != NULL)
            forget(db->kept[i]);
    /* Readers may close after the writer, and could not fold the journal into the file. */
    if (db->writes)
        sqlite3_wal_checkpoint_v2(db->sqlite, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_close_v2(db->sqlite);
    free(db);
}

void db_deadline(struct db *db, int milliseconds)
{
    db->deadline_ms = milliseconds;
    start_deadline(db);
}

bool db_in_time(struct db *db, struct err *e)
{
    return !look_at_clock(db) || err_set(e, ERR_DEADLINE, "%s", plain_words(SQLITE_INTERRUPT, ""));
}

/* ---- statements ---- */

static struct db_rows *find_kept(struct db *db, const struct db_sql *sql)
{
    size_t start = (size_t)(sql->hash % KEPT_STATEMENTS);
    for (size_t i = 0; i < SLOTS; i++) {
        struct db_rows *rows = db->kept[(start + i) % KEPT_STATEMENTS];
        if (rows != NULL && rows->hash == sql->hash && !rows->busy &&
            str_eq((str){rows->sql, rows->sql_n}, sql->text))
            return rows;
    }
    return NULL;
}

/* Puts a new statement where it will be looked for, in place of the one unused for longest. */
static void keep(struct db *db, struct db_rows *rows)
{
    size_t start = (size_t)(rows->hash % KEPT_STATEMENTS);
    struct db_rows **place = NULL;
    for (size_t i = 0; i < SLOTS; i++) {
        struct db_rows **slot = &db->kept[(start + i) % KEPT_STATEMENTS];
        if (*slot == NULL) {
            place = slot;
            break;
        }
        if (!(*slot)->busy && (place == NULL || (*slot)->used < (*place)->used))
            place = slot;
    }
    if (place == NULL)
        return; /* all of them are under way: db_done forgets this one */
    if (*place != NULL)
        forget(*place);
    *place = rows;
    rows->kept = true;
}

static struct db_rows *prepare(struct db *db, const struct db_sql *sql, struct err *e)
{
    ENSURE(sql->text.n < 1000000);
    sqlite3_stmt *stmt = NULL;
    int status = sqlite3_prepare_v3(db->sqlite, sql->text.p, (int)sql->text.n,
                                    SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
    if (status != SQLITE_OK) {
        fail(db, status, "prepare", e);
        return NULL;
    }
    struct db_rows *rows = calloc(1, sizeof *rows);
    ENSURE(rows != NULL);
    rows->db = db;
    rows->stmt = stmt;
    rows->hash = sql->hash;
    rows->sql = malloc(sql->text.n + 1);
    ENSURE(rows->sql != NULL);
    memcpy(rows->sql, sql->text.p, sql->text.n);
    rows->sql[sql->text.n] = '\0';
    rows->sql_n = sql->text.n;
    int count = sqlite3_bind_parameter_count(stmt);
    for (int i = 1; i <= count; i++) {
        const char *name = sqlite3_bind_parameter_name(stmt, i);
        ENSURE(name != NULL && name[0] == '$');
        long k = strtol(name + 1, NULL, 10);
        ENSURE(k >= 1 && k <= MOST_PARAMETERS);
        rows->index[k] = (short)i;
    }
    keep(db, rows);
    return rows;
}

static int bind(struct db_rows *rows, int index, const struct db_value *v)
{
    switch (v->kind) {
    case DB_NULL:
        return sqlite3_bind_null(rows->stmt, index);
    case DB_I64:
        return sqlite3_bind_int64(rows->stmt, index, v->i64);
    case DB_F64:
        return sqlite3_bind_double(rows->stmt, index, v->f64);
    case DB_TEXT:
        return sqlite3_bind_text64(rows->stmt, index, v->text.n ? v->text.p : "", v->text.n,
                                   SQLITE_STATIC, SQLITE_UTF8);
    case DB_BLOB:
        return sqlite3_bind_blob64(rows->stmt, index, v->text.n ? v->text.p : "", v->text.n,
                                   SQLITE_STATIC);
    }
    UNREACHABLE();
}

bool db_query(struct db *db, const struct db_sql *sql, const struct db_value *values, size_t n,
              struct db_rows **out, struct err *e)
{
    ENSURE(n <= MOST_PARAMETERS);
    struct db_rows *rows = find_kept(db, sql);
    if (rows == NULL)
        rows = prepare(db, sql, e);
    if (rows == NULL)
        return false;
    rows->busy = true;
    rows->used = ++db->clock;
    for (size_t k = 0; k < n; k++) {
        if (rows->index[k + 1] == 0)
            continue;
        int status = bind(rows, rows->index[k + 1], &values[k]);
        if (status != SQLITE_OK) {
            db_done(rows);
            return fail(db, status, "bind", e);
        }
    }
    *out = rows;
    return true;
}

bool db_next(struct db_rows *rows, struct err *e)
{
    int status = sqlite3_step(rows->stmt);
    e->code = ERR_NONE;
    if (status == SQLITE_ROW)
        return true;
    if (status == SQLITE_DONE)
        return false;
    return fail(rows->db, status, rows->sql, e);
}

bool db_is_null(const struct db_rows *rows, int column)
{
    return sqlite3_column_type(rows->stmt, column) == SQLITE_NULL;
}

int64_t db_i64(const struct db_rows *rows, int column)
{
    return sqlite3_column_int64(rows->stmt, column);
}

double db_f64(const struct db_rows *rows, int column)
{
    return sqlite3_column_double(rows->stmt, column);
}

str db_str(const struct db_rows *rows, int column)
{
    if (db_is_null(rows, column))
        return (str){NULL, 0};
    const void *p = sqlite3_column_blob(rows->stmt, column);
    int n = sqlite3_column_bytes(rows->stmt, column);
    return (str){n > 0 ? p : "", (size_t)n};
}

void db_done(struct db_rows *rows)
{
    if (rows == NULL)
        return;
    sqlite3_reset(rows->stmt);
    sqlite3_clear_bindings(rows->stmt);
    rows->busy = false;
    if (!rows->kept)
        forget(rows);
}

bool db_exec(struct db *db, const struct db_sql *sql, const struct db_value *values, size_t n,
             struct err *e)
{
    struct db_rows *rows;
    if (!db_query(db, sql, values, n, &rows, e))
        return false;
    while (db_next(rows, e))
        ;
    db_done(rows);
    return e->code == ERR_NONE;
}

bool db_script(struct db *db, str sql, struct err *e)
{
    char *text = malloc(sql.n + 1);
    ENSURE(text != NULL);
    memcpy(text, sql.p, sql.n);
    text[sql.n] = '\0';
    int status = sqlite3_exec(db->sqlite, text, NULL, NULL, NULL);
    free(text);
    return status == SQLITE_OK || fail(db, status, "script", e);
}

/* ---- transactions ---- */

static bool transact(struct db *db, const char *sql, const char *doing, struct err *e)
{
    int status = sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);
    return status == SQLITE_OK || fail(db, status, doing, e);
}

bool db_begin(struct db *db, struct err *e)
{
    return transact(db, "BEGIN IMMEDIATE", "begin", e);
}

bool db_begin_read(struct db *db, struct err *e)
{
    return transact(db, "BEGIN DEFERRED", "begin", e);
}

bool db_commit(struct db *db, struct err *e)
{
    return transact(db, "COMMIT", "commit", e);
}

void db_rollback(struct db *db)
{
    if (!sqlite3_get_autocommit(db->sqlite))
        sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
}

sqlite3 *db_sqlite_handle(struct db *db)
{
    return db->sqlite;
}

/* ---- check ---- */

static void report(const struct db_rows *rows, bool integrity,
                   void (*found)(void *context, str finding), void *context)
{
    str finding = db_str(rows, 0);
    if (integrity) {
        if (!str_eq(finding, STR("ok")))
            found(context, finding);
        return;
    }
    char text[200];
    int n = snprintf(text, sizeof text,
                     "row %lld of %.*s refers to a row of %.*s that is not there",
                     (long long)db_i64(rows, 1), STR_ARG(finding), STR_ARG(db_str(rows, 2)));
    found(context, (str){text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1});
}

bool db_check(struct db *db, void (*found)(void *context, str finding), void *context,
              struct err *e)
{
    static const char *const checks[] = {"PRAGMA integrity_check(100)", "PRAGMA foreign_key_check"};
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        struct db_sql sql = {.text = str_from(checks[i])};
        sql.hash = db_sql_hash(sql.text);
        struct db_rows *rows;
        if (!db_query(db, &sql, NULL, 0, &rows, e))
            return false;
        while (db_next(rows, e))
            report(rows, i == 0, found, context);
        db_done(rows);
        if (e->code != ERR_NONE)
            return false;
    }
    return true;
}
