/* The change feed: what every version did, change by change or version by version. */
#include "base/jout.h"
#include "model/event.h"
#include "store/writer.h"

static const char *action_word(int64_t action)
{
    static const char *const words[] = {
        [CHANGE_ADDED] = "added",
        [CHANGE_CHANGED] = "changed",
        [CHANGE_REMOVED] = "removed",
    };
    ENSURE(action >= CHANGE_ADDED && action <= CHANGE_REMOVED);
    return words[action];
}

static void write_recorded(struct jout *j, int64_t microseconds)
{
    struct buf stamp;
    buf_init(&stamp, 64);
    event_write_instant(&stamp, microseconds);
    jout_member_str(j, "recorded", buf_str(&stamp));
    buf_free(&stamp);
}

/* "action", "kind", "id" and "properties", from the four columns that begin at `first`. */
static void write_change(struct jout *j, const struct db_rows *rows, int first)
{
    jout_member_text(j, "action", action_word(db_i64(rows, first)));
    jout_member_str(j, "kind", db_str(rows, first + 1));
    jout_member_str(j, "id", db_str(rows, first + 2));
    jout_key(j, "properties");
    jout_array(j);
    str name, rest = db_str(rows, first + 3);
    while (rest.n > 0) {
        str_cut(rest, ',', &name, &rest);
        jout_str(j, name);
    }
    jout_array_end(j);
}

bool store_find_changes(struct store_reader *r, const struct change_query *q, struct arena *a,
                        struct change_page *out, struct err *e)
{
    struct db_rows *rows;
    struct buf text;
    size_t room = 0;
    *out = (struct change_page){.version = q->after_version, .position = q->after_position};
    if (!SQL_QUERY(r->db, e, &rows, SQL(changes), DB_INT(q->after_version),
                   DB_INT(q->after_position), DB_INT(q->version), DB_INT(q->limit + 1)))
        return false;
    buf_init(&text, SIZE_MAX / 2);
    while (db_next(rows, e)) {
        if (out->n == (size_t)q->limit) {
            out->more = true;
            break;
        }
        struct jout j;
        buf_clear(&text);
        jout_init(&j, &text);
        out->version = db_i64(rows, 0);
        out->position = db_i64(rows, 1);
        jout_object(&j);
        jout_member_i64(&j, "version", out->version);
        write_recorded(&j, db_i64(rows, 2));
        write_change(&j, rows, 3);
        jout_object_end(&j);
        *ARENA_PUSH(a, out->changes, out->n, room) = arena_copy(a, buf_str(&text));
    }
    db_done(rows);
    buf_free(&text);
    return out->more || e->code == ERR_NONE;
}

/* The member "changes": the first `most` of a version; and "change_count" where there are more. */
static bool write_changes(struct jout *j, struct store_reader *r, int64_t version, int64_t most,
                          struct err *e)
{
    struct db_rows *rows;
    int64_t n = 0;
    if (!SQL_QUERY(r->db, e, &rows, SQL(version_changes), DB_INT(version), DB_INT(most + 1)))
        return false;
    jout_key(j, "changes");
    jout_array(j);
    while (n <= most && db_next(rows, e)) {
        if (n++ == most)
            break;
        jout_object(j);
        write_change(j, rows, 0);
        jout_object_end(j);
    }
    jout_array_end(j);
    db_done(rows);
    if (n <= most)
        return e->code == ERR_NONE;
    if (!SQL_ONE(r->db, e, &n, SQL(version_change_count), DB_INT(version)))
        return false;
    jout_member_i64(j, "change_count", n);
    return true;
}

enum store_found store_next_changeset(struct store_reader *r, int64_t since, int64_t most,
                                      struct arena *a, struct item *out, struct err *e)
{
    struct db_rows *rows;
    struct buf text;
    struct jout j;
    if (!SQL_QUERY(r->db, e, &rows, SQL(changeset_after), DB_INT(since)))
        return STORE_FAILED;
    bool found = db_next(rows, e);
    buf_init(&text, SIZE_MAX / 2);
    jout_init(&j, &text);
    if (found) {
        out->version = db_i64(rows, 0);
        jout_object(&j);
        jout_member_i64(&j, "version", out->version);
        write_recorded(&j, db_i64(rows, 1));
        jout_member_str(&j, "author", db_str(rows, 2));
        jout_member_str(&j, "message", db_str(rows, 3));
    }
    db_done(rows);
    bool good = found ? write_changes(&j, r, out->version, most, e) : e->code == ERR_NONE;
    if (found && good) {
        jout_object_end(&j);
        out->id = arena_printf(a, "%lld", (long long)out->version);
        out->document = arena_copy(a, buf_str(&text));
    }
    buf_free(&text);
    return !good ? STORE_FAILED : found ? STORE_FOUND : STORE_NEVER;
}
