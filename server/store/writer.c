#include "store/writer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "store/row_key.h"
#include "store/total.h"
#include "store/touched.h"

/* Answers to repeated requests are kept for a day. */
#define IDEMPOTENCY_KEPT ((int64_t)24 * 3600 * 1000000)

/* How much is gathered before it is written down. */
#define RELIEVED_AT ((size_t)24 * 1024 * 1024)

/* No change takes as many keys as are held back for the last one. */
#define KEYS_HELD_BACK (INT64_C(1) << 30)
#define LAST_START ((INT64_C(1) << ROW_KEY_COUNTER_BITS) - KEYS_HELD_BACK)

int64_t writer_key(struct store_writer *w)
{
    ENSURE(w->open && w->next_key < INT64_C(1) << ROW_KEY_COUNTER_BITS);
    return w->next_key++;
}

static enum sql_name make_statement(enum thing t)
{
    static const enum sql_name statements[] = {
#define X(kind, singular, plural, table, vocabulary) [kind] = SQL_##table##_make,
        THING_TABLE(X)
#undef X
    };
    return statements[t];
}

bool writer_identity(struct store_writer *w, enum thing t, str id, int64_t *key, struct err *e)
{
    if (strmap_get(&w->keys[t], id, key) && *key > 0)
        return true;
    if (!thing_find(w->db, t, id, key, e))
        return false;
    if (*key == 0) {
        *key = writer_key(w);
        const struct db_value values[] = {DB_INT(make_statement(t)), DB_INT(*key), DB_STR(id),
                                          DB_INT(thing_vocabulary(t))};
        if (!sql_exec(w->db, e, values, 4))
            return false;
    }
    strmap_set(&w->keys[t], arena_copy(w->arena, id), *key);
    return true;
}

void writer_touch(struct store_writer *w, enum thing t, int64_t key)
{
    keyset_add(&w->touched[t], w->arena, key);
}

void writer_note(struct store_writer *w, enum change_action action, const char *kind, str id,
                 str properties)
{
    struct change_entry *entry = ARENA_PUSH(w->arena, w->entries, w->entry_count, w->entry_room);
    w->noted++;
    *entry = (struct change_entry){action, kind, arena_copy(w->arena, id),
                                   arena_copy(w->arena, properties)};
}

void writer_warn(struct store_writer *w, const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (w->warning_count >= CHANGE_NAMED)
        w->warning_count++;
    else
        *ARENA_PUSH(w->lasting, w->warnings, w->warning_count,
                    w->warning_room) = arena_copy(w->lasting, str_from(text));
}

/* ---- begin, commit, abort ---- */

bool store_writer_open(struct store *s, struct store_writer **out, struct err *e)
{
    if (s->mode == STORE_READ)
        return err_set(e, ERR_READ_ONLY, "%s is served read-only", s->path);
    struct store_writer *w = calloc(1, sizeof *w);
    ENSURE(w != NULL);
    w->store = s;
    w->relieved_at = RELIEVED_AT;
    w->lasting = arena_new();
    w->arena = arena_new();
    w->scratch = arena_new();
    w->gathered = arena_new();
    if (!db_open(s->path, DB_WRITE, &w->db, e)) {
        store_writer_close(w);
        return false;
    }
    *out = w;
    return true;
}

void store_writer_close(struct store_writer *w)
{
    if (w == NULL)
        return;
    if (w->open)
        store_change_abort(w);
    db_close(w->db);
    arena_free(w->lasting);
    arena_free(w->arena);
    arena_free(w->scratch);
    arena_free(w->gathered);
    free(w);
}

/* Empties what can be looked up again. */
static void forget(struct store_writer *w)
{
    arena_reset(w->arena);
    for (size_t i = 0; i < THING_KINDS; i++)
        strmap_init(&w->keys[i], w->arena);
    memory_init(&w->memory, w->arena);
}

bool writer_goes_on(const struct store_writer *w, struct err *e)
{
    return w->change.stop == NULL || !atomic_load_explicit(w->change.stop, memory_order_relaxed) ||
           err_set(e, ERR_OVERLOADED, "Annals is being stopped; nothing was changed");
}

bool writer_relieve(struct store_writer *w, struct err *e)
{
    if (!writer_goes_on(w, e))
        return false;
    if (arena_used(w->arena) < w->relieved_at)
        return true;
    if (!changeset_write(w, e) || !total_write(w, e) || !touched_spill(w, e))
        return false;
    w->totals = NULL;
    w->total_room = 0;
    w->entries = NULL;
    w->entry_room = 0;
    forget(w);
    return true;
}

/* Forgets the last change and opens a transaction on the state of the store. */
static bool start(struct store_writer *w, const struct change *change, struct err *e)
{
    arena_reset(w->lasting);
    arena_reset(w->gathered);
    struct store_writer fresh = {.store = w->store,
                                 .db = w->db,
                                 .relieved_at = w->relieved_at,
                                 .lasting = w->lasting,
                                 .arena = w->arena,
                                 .scratch = w->scratch,
                                 .gathered = w->gathered};
    *w = fresh;
    w->change = *change;
    w->change.author = arena_copy(w->lasting, change->author);
    w->change.message = arena_copy(w->lasting, change->message);
    w->change.idempotency_key = arena_copy(w->lasting, change->idempotency_key);
    forget(w);
    for (size_t i = 0; i < ROW_CLASSES; i++)
        w->reaches[i] = REACH_NONE;
    if (!db_begin(w->db, e))
        return false;
    w->open = true;

    struct db_rows *rows;
    if (!SQL_QUERY(w->db, e, &rows, SQL(store_state)))
        return false;
    if (db_next(rows, e)) {
        w->version = db_i64(rows, 0) + 1;
        w->next_key = db_i64(rows, 1);
    }
    int64_t last = 0;
    db_done(rows);
    if (e->code != ERR_NONE || !SQL_ONE(w->db, e, &last, SQL(changeset_last_time)))
        return false;
    if (w->next_key > LAST_START)
        return err_set(e, ERR_TOO_LARGE,
                       "the store has given out %lld keys and takes no more changes",
                       (long long)w->next_key);
    /* Versions are recorded at growing instants, whatever the clock does. */
    w->now = internal_now();
    if (w->now <= last)
        w->now = last + 1;
    return true;
}

/* Looks for an earlier request with the same key. */
static bool find_replay(struct store_writer *w, struct arena *a, bool *replayed,
                        struct change_result *result, struct err *e)
{
    struct db_rows *rows;
    if (!SQL_QUERY(w->db, e, &rows, SQL(idempotency_find), DB_STR(w->change.author),
                   DB_STR(w->change.idempotency_key)))
        return false;
    bool same = true;
    if (db_next(rows, e)) {
        str fingerprint = db_str(rows, 0);
        same = fingerprint.n == sizeof w->change.fingerprint &&
               hash_equal(fingerprint.p, w->change.fingerprint, fingerprint.n);
        *replayed = same;
        *result = (struct change_result){.status = (int)db_i64(rows, 1),
                                         .version = db_i64(rows, 2),
                                         .replayed = true,
                                         .json = internal_text(rows, 3, a)};
    }
    db_done(rows);
    if (e->code != ERR_NONE)
        return false;
    if (!same)
        return err_set(e, ERR_IDEMPOTENCY,
                       "the Idempotency-Key was used for a request with another target or body; "
                       "take a new key for a new request");
    return true;
}

bool store_change_begin(struct store_writer *w, const struct change *change, struct arena *a,
                        bool *replayed, struct change_result *result, struct err *e)
{
    ENSURE(!w->open);
    *replayed = false;
    bool ok = start(w, change, e);
    if (ok && w->change.idempotency_key.n > 0)
        ok = find_replay(w, a, replayed, result, e);
    if (!ok || *replayed)
        store_change_abort(w);
    return ok;
}

static bool keep_answer(struct store_writer *w, const struct change_result *r, struct err *e)
{
    str fingerprint = {(const char *)w->change.fingerprint, sizeof w->change.fingerprint};
    return SQL_EXEC(w->db, e, SQL(idempotency_forget), DB_INT(w->now - IDEMPOTENCY_KEPT)) &&
           SQL_EXEC(w->db, e, SQL(idempotency_keep), DB_STR(w->change.author),
                    DB_STR(w->change.idempotency_key), DB_BYTES(fingerprint), DB_INT(w->now),
                    DB_INT(r->status), DB_INT(r->version), DB_STR(r->json));
}

bool store_change_commit(struct store_writer *w, struct arena *a, struct change_result *result,
                         struct err *e)
{
    ENSURE(w->open);
    bool changed = w->noted > 0;
    bool ok = !changed || (project_touched(w, e) && changeset_write(w, e));
    *result = (struct change_result){.status = w->source_is_new ? 201 : 200,
                                     .version = changed && !w->change.dry_run ? w->version
                                                                              : w->version - 1,
                                     .json = changeset_answer(w, changed, true, a)};
    if (ok && (w->change.dry_run || (!changed && w->change.idempotency_key.n == 0))) {
        store_change_abort(w);
        return true;
    }
    if (ok && changed)
        ok = changeset_record(w, changeset_answer(w, changed, false, w->lasting), e);
    ok = ok && SQL_EXEC(w->db, e, SQL(store_advance), DB_INT(result->version), DB_INT(w->next_key));
    if (ok && w->change.idempotency_key.n > 0)
        ok = keep_answer(w, result, e);
    ok = ok && db_commit(w->db, e);
    if (!ok) {
        store_change_abort(w);
        return false;
    }
    w->open = false;
    atomic_store(&w->store->version, result->version);
    return true;
}

void store_change_extra(struct store_writer *w, str members)
{
    ENSURE(w->open);
    w->extra = arena_copy(w->lasting, members);
}

void store_change_abort(struct store_writer *w)
{
    db_rollback(w->db);
    w->open = false;
}
