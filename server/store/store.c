/* Opening, migrating, versions and the summary of a store. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/num.h"
#include "embedded.h"
#include "model/vocabulary.h"
#include "store/writer.h"

/* ---- migrations ---- */

/* The number at the start of "sqlite/0003_store.sql"; 0 for a file that is no migration. */
static int64_t migration_number(const char *name)
{
    int64_t number = 0;
    str base = str_from(name);
    if (!str_starts(base, STR("sqlite/")) || !str_ends(base, STR(".sql")))
        return 0;
    str digits = str_sub(base, 7, 4);
    while (digits.n > 1 && digits.p[0] == '0')
        digits = str_sub(digits, 1, digits.n);
    return num_parse_i64(digits, &number) ? number : 0;
}

static int64_t newest_migration(void)
{
    int64_t newest = 0;
    for (size_t i = 0; i < embedded_count; i++)
        if (migration_number(embedded_files[i].name) > newest)
            newest = migration_number(embedded_files[i].name);
    return newest;
}

/* The schema that a new store begins with; those before it were never released. */
static int64_t first_migration(void)
{
    int64_t first = newest_migration();
    for (size_t i = 0; i < embedded_count; i++) {
        int64_t number = migration_number(embedded_files[i].name);
        if (number > 0 && number < first)
            first = number;
    }
    return first;
}

/* The schema that the file has: 0 for an empty one. */
static bool schema_of(struct db *db, int64_t *number, struct err *e)
{
    int64_t tables = 0;
    *number = 0;
    if (!SQL_ONE(db, e, &tables, SQL(schema_tables)))
        return false;
    return tables == 0 || SQL_ONE(db, e, number, SQL(schema_number));
}

static bool migrate(struct db *db, int64_t from, struct err *e)
{
    for (size_t i = 0; i < embedded_count; i++) {
        const struct embedded *file = &embedded_files[i];
        int64_t number = migration_number(file->name);
        if (number <= from)
            continue;
        if (!db_script(db, embedded_find(file->name), e) ||
            !SQL_EXEC(db, e, SQL(migration_add), DB_INT(number), DB_STR(str_from(file->name)),
                      DB_INT(internal_now())))
            return false;
    }
    return true;
}

static bool add_vocabulary(struct store_writer *w, enum vocabulary v, struct err *e)
{
    size_t n;
    const struct term *terms = vocabulary_terms(v, &n);
    for (size_t i = 0; i < n; i++)
        if (!SQL_EXEC(w->db, e, SQL(term_ship), DB_INT(writer_key(w)), DB_INT(v),
                      DB_STR(str_from(terms[i].id))))
            return false;
    return true;
}

/* The one row of a new store and the vocabularies that ship with Annals. */
static bool found(struct store_writer *w, struct err *e)
{
    unsigned char random[8];
    char id[17];
    hash_random(random, sizeof random);
    hash_hex(random, sizeof random, id);
    w->next_key = 1;
    return SQL_EXEC(w->db, e, SQL(store_found), DB_STR(str_from(id)), DB_INT(internal_now())) &&
           add_vocabulary(w, VOCABULARY_TYPE, e) && add_vocabulary(w, VOCABULARY_ROLE, e) &&
           add_vocabulary(w, VOCABULARY_RELATION_TYPE, e) && project_shipped(w, e) &&
           SQL_EXEC(w->db, e, SQL(store_advance), DB_INT(0), DB_INT(w->next_key));
}

static bool migrate_in_transaction(struct store *s, struct db *db, int64_t from, struct err *e)
{
    if (!db_begin(db, e))
        return false;
    struct store_writer w = {.store = s, .db = db, .open = true};
    w.arena = arena_new();
    w.scratch = arena_new();
    w.gathered = arena_new();
    bool ok = schema_of(db, &from, e) && migrate(db, from, e) && (from > 0 || found(&w, e)) &&
              db_commit(db, e);
    if (!ok)
        db_rollback(db);
    arena_free(w.arena);
    arena_free(w.scratch);
    arena_free(w.gathered);
    return ok;
}

/* ---- opening ---- */

/* One writing process per file: two would not see each other's versions. */
static bool take_lock(struct store *s, struct err *e)
{
    char name[4200];
    snprintf(name, sizeof name, "%s-lock", s->path);
    s->lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (s->lock < 0)
        return err_set(e, ERR_STORE, "%s: %s", name, strerror(errno));
    if (flock(s->lock, LOCK_EX | LOCK_NB) != 0)
        return err_set(e, ERR_STORE, "%s: another annalsd serves this store", s->path);
    return true;
}

static bool read_state(struct store *s, struct db *db, struct err *e)
{
    struct db_rows *rows;
    if (!SQL_QUERY(db, e, &rows, SQL(store_state)))
        return false;
    if (db_next(rows, e)) {
        atomic_store(&s->version, db_i64(rows, 0));
        str id = db_str(rows, 2);
        ENSURE(id.n < sizeof s->id);
        memcpy(s->id, id.p, id.n);
    }
    db_done(rows);
    return e->code == ERR_NONE;
}

static bool prepare(struct store *s, struct db *db, struct err *e)
{
    int64_t number;
    if (!schema_of(db, &number, e))
        return false;
    if (number > newest_migration())
        return err_set(e, ERR_STORE,
                       "it was written by a newer Annals (schema %lld, this one knows %lld): use "
                       "that one to open it",
                       (long long)number, (long long)newest_migration());
    if (number > 0 && number < first_migration())
        return err_set(e, ERR_STORE,
                       "it was made before the first release (schema %lld): load its sources into "
                       "a new store",
                       (long long)number);
    if (number < newest_migration()) {
        if (s->mode == STORE_READ)
            return err_set(e, ERR_STORE,
                           number == 0 ? "it holds no store"
                                       : "its schema is older: open it once for "
                                         "writing, and it is brought up to date");
        if (number == 0 && s->mode != STORE_CREATE)
            return err_set(e, ERR_STORE, "it holds no store");
        if (!migrate_in_transaction(s, db, number, e))
            return false;
    }
    return read_state(s, db, e);
}

bool store_open(const char *path, enum store_mode mode, struct store **out, struct err *e)
{
    struct store *s = calloc(1, sizeof *s);
    ENSURE(s != NULL);
    s->path = strdup(path);
    ENSURE(s->path != NULL);
    const char *slash = strrchr(path, '/');
    s->folder = slash == NULL ? strdup(".")
                              : strndup(path, slash == path ? 1 : (size_t)(slash - path));
    ENSURE(s->folder != NULL);
    s->mode = mode;
    s->lock = -1;
    struct db *db = NULL;
    struct err why = {0};
    bool ok = db_open(path,
                      mode == STORE_READ     ? DB_READ
                      : mode == STORE_CREATE ? DB_CREATE
                                             : DB_WRITE,
                      &db, e);
    if (ok) {
        ok = prepare(s, db, &why);
        if (!ok)
            err_set(e, why.code == ERR_OVERLOADED ? ERR_STORE : why.code, "%s: %s", path,
                    why.detail);
    }
    db_close(db);
    if (!ok) {
        store_close(s);
        return false;
    }
    *out = s;
    return true;
}

bool store_lock(struct store *s, struct err *e)
{
    return s->mode == STORE_READ || s->lock >= 0 || take_lock(s, e);
}

void store_close(struct store *s)
{
    if (s == NULL)
        return;
    if (s->lock >= 0)
        close(s->lock);
    free(s->path);
    free(s->folder);
    free(s);
}

const char *store_folder(const struct store *s)
{
    return s->folder;
}

int64_t store_version(const struct store *s)
{
    return atomic_load_explicit(&s->version, memory_order_acquire);
}

str store_id(const struct store *s)
{
    return str_from(s->id);
}

bool store_reader_open(struct store *s, struct store_reader **out, struct err *e)
{
    struct store_reader *r = calloc(1, sizeof *r);
    ENSURE(r != NULL);
    r->store = s;
    if (!db_open(s->path, DB_READ, &r->db, e)) {
        free(r);
        return false;
    }
    *out = r;
    return true;
}

void store_reader_close(struct store_reader *r)
{
    if (r == NULL)
        return;
    db_close(r->db);
    free(r);
}

void store_reader_deadline(struct store_reader *r, int milliseconds)
{
    db_deadline(r->db, milliseconds);
}

bool store_ready(struct store_reader *r, struct err *e)
{
    int64_t version = -1;
    if (!SQL_ONE(r->db, e, &version, SQL(store_state)))
        return false;
    return version >= 0 || err_set(e, ERR_STORE, "the store has lost its own row");
}
