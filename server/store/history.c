/* The history of one event: every changeset that did something to it, and what. */
#include "base/jout.h"
#include "model/difference.h"
#include "store/writer.h"

#define LARGEST_ENTRY ((size_t)16 * 1024 * 1024)
/* Accounts, relations and claims that one entry lists; beyond, it says that there are more. */
#define MOST_PARTS 200
#define LARGEST_PAGE ((size_t)4 * 1024 * 1024)

enum joined { JOINED_NO_MORE, JOINED_HERE, JOINED_INTO, JOINED_OUT_OF };
enum part { PART_OF_ACCOUNT, PART_OF_RELATION, PART_OF_CLAIM };

/* One version of the event as it is put together. */
struct entry {
    const struct at *at;
    int64_t event;
    str id;
    int64_t version;
    int64_t action; /* of enum change_action; 0 where what is shown stayed as it was */
    struct strs joined[JOINED_OUT_OF + 1];
    struct differences differences;
};

/* ---- what the event shows ---- */

/* The event as it is shown at a version; empty where it is not there. */
static bool shown_at(struct store_reader *r, struct entry *x, int64_t version, str *document)
{
    struct event_row row;
    struct gone gone;
    enum store_found found = store_get_event(r, version, x->id, x->at->arena, &row, &gone,
                                             x->at->e);
    *document = found == STORE_FOUND ? row.document : STR("");
    return found != STORE_FAILED;
}

static bool compare(struct store_reader *r, struct entry *x)
{
    str before, after;
    if (!shown_at(r, x, x->version - 1, &before) || !shown_at(r, x, x->version, &after))
        return false;
    difference_find(before, after, x->at->arena, &x->differences);
    return true;
}

static bool read_joined(struct entry *x)
{
    struct db_rows *rows;
    size_t room[JOINED_OUT_OF + 1] = {0};
    if (!SQL_QUERY(x->at->db, x->at->e, &rows, SQL(event_joined), DB_INT(x->event),
                   DB_INT(x->version)))
        return false;
    while (db_next(rows, x->at->e)) {
        int64_t how = db_i64(rows, 0);
        ENSURE(how >= JOINED_NO_MORE && how <= JOINED_OUT_OF);
        struct strs *list = &x->joined[how];
        *ARENA_PUSH(x->at->arena, list->items, list->n, room[how]) = internal_text(rows, 1,
                                                                                   x->at->arena);
    }
    db_done(rows);
    return x->at->e->code == ERR_NONE;
}

static const char *action_of(const struct entry *x)
{
    if (x->joined[JOINED_HERE].n > 0 || x->joined[JOINED_INTO].n > 0)
        return "merged";
    if (x->joined[JOINED_NO_MORE].n > 0 || x->joined[JOINED_OUT_OF].n > 0)
        return "split";
    return x->action == CHANGE_ADDED     ? "added"
           : x->action == CHANGE_REMOVED ? "removed"
                                         : "changed";
}

static void write_joined(struct jout *j, const char *key, const struct strs *ids)
{
    if (ids->n == 0)
        return;
    jout_key(j, key);
    jout_array(j);
    for (size_t i = 0; i < ids->n; i++)
        jout_str(j, ids->items[i]);
    jout_array_end(j);
}

/* ---- accounts, relations and claims ---- */

static void write_names(struct jout *j, str names)
{
    str name;
    jout_key(j, "properties");
    jout_array(j);
    while (names.n > 0) {
        str_cut(names, ',', &name, &names);
        jout_str(j, name);
    }
    jout_array_end(j);
}

static void write_part(struct jout *j, const struct entry *x, enum part what,
                       const struct db_rows *rows)
{
    bool ended = db_i64(rows, 4) != 0, begun = db_i64(rows, 5) != 0;
    str event = db_str(rows, 3);
    jout_object(j);
    if (what != PART_OF_ACCOUNT)
        jout_member_str(j, "id", db_str(rows, 2));
    jout_member_str_if(j, "type", db_str(rows, 7));
    jout_member_str_if(j, "direction", db_str(rows, 8));
    jout_member_str(j, "source", db_str(rows, 1));
    if (event.p != NULL && (what == PART_OF_RELATION || !str_eq(event, x->id)))
        jout_member_str(j, "event", event);
    jout_member_text(j, "action", ended && begun ? "changed" : begun ? "added" : "removed");
    write_names(j, ended && begun ? db_str(rows, 6) : STR(""));
    jout_object_end(j);
}

/* The three lists; *n is how many entries they have. */
static bool write_parts(struct jout *j, const struct entry *x, size_t *n)
{
    static const char *const keys[] = {[PART_OF_ACCOUNT] = "accounts",
                                       [PART_OF_RELATION] = "relations",
                                       [PART_OF_CLAIM] = "claims"};
    struct db_rows *rows;
    bool more = false;
    *n = 0;
    if (!SQL_QUERY(x->at->db, x->at->e, &rows, SQL(event_version_parts), DB_INT(x->event),
                   DB_INT(x->version), DB_INT(MOST_PARTS + 1)))
        return false;
    bool there = db_next(rows, x->at->e);
    for (enum part what = PART_OF_ACCOUNT; what <= PART_OF_CLAIM; what++) {
        jout_key(j, keys[what]);
        jout_array(j);
        while (there && db_i64(rows, 0) == (int64_t)what) {
            if (*n == MOST_PARTS) {
                more = true;
                break;
            }
            write_part(j, x, what, rows);
            (*n)++;
            there = db_next(rows, x->at->e);
        }
        jout_array_end(j);
    }
    db_done(rows);
    if (more)
        jout_member_bool(j, "more", true);
    return more || x->at->e->code == ERR_NONE;
}

/* ---- one entry ---- */

static bool write_changeset(struct jout *j, const struct entry *x)
{
    struct db_rows *rows;
    struct buf stamp;
    if (!SQL_QUERY(x->at->db, x->at->e, &rows, SQL(changeset_by_version), DB_INT(x->version)))
        return false;
    bool there = db_next(rows, x->at->e);
    ENSURE(there || x->at->e->code != ERR_NONE); /* every version was made by a changeset */
    if (there) {
        buf_init(&stamp, 64);
        event_write_instant(&stamp, db_i64(rows, 0));
        jout_member_i64(j, "version", x->version);
        jout_member_str(j, "recorded", buf_str(&stamp));
        jout_member_str(j, "author", db_str(rows, 1));
        jout_member_str(j, "message", db_str(rows, 2));
        buf_free(&stamp);
    }
    db_done(rows);
    return there;
}

static void write_links(struct jout *j, const struct entry *x)
{
    jout_key(j, "links");
    jout_array(j);
    jout_object(j);
    jout_member_text(j, "rel", "version");
    jout_member_str(j, "href",
                    arena_printf(x->at->arena, "/v1/events/%.*s?as_of=%lld", STR_ARG(x->id),
                                 (long long)x->version));
    jout_object_end(j);
    jout_object(j);
    jout_member_text(j, "rel", "changeset");
    jout_member_str(j, "href",
                    arena_printf(x->at->arena, "/v1/changesets/%lld", (long long)x->version));
    jout_object_end(j);
    jout_array_end(j);
}

/* Answers with *says false where nothing of the event was touched after all. */
static bool write_entry(struct store_reader *r, struct entry *x, struct buf *out, bool *says)
{
    struct jout j;
    size_t parts, joined = 0;
    jout_init(&j, out);
    if (!SQL_ONE(x->at->db, x->at->e, &x->action, SQL(event_change), DB_INT(x->event),
                 DB_INT(x->version)) ||
        !read_joined(x) || !compare(r, x))
        return false;
    jout_object(&j);
    if (!write_changeset(&j, x))
        return false;
    jout_member_text(&j, "action", action_of(x));
    jout_key(&j, "changes");
    difference_write(&j, &x->differences);
    if (!write_parts(&j, x, &parts))
        return false;
    write_joined(&j, "merged", &x->joined[JOINED_HERE]);
    write_joined(&j, "split", &x->joined[JOINED_NO_MORE]);
    write_joined(&j, "merged_into", &x->joined[JOINED_INTO]);
    write_joined(&j, "split_from", &x->joined[JOINED_OUT_OF]);
    write_links(&j, x);
    jout_object_end(&j);
    for (size_t i = 0; i <= JOINED_OUT_OF; i++)
        joined += x->joined[i].n;
    *says = x->action != 0 || parts > 0 || joined > 0 || x->differences.n > 0;
    return !buf_failed(out) ||
           err_set(x->at->e, ERR_TOO_LARGE, "one entry of the history is larger than 16 MiB");
}

/* ---- the list ---- */

/* Versions that may have an entry, at most `most` from `newest` down. */
static bool read_versions(const struct at *at, int64_t event, int64_t newest, int64_t most,
                          int64_t **versions, size_t *n)
{
    struct db_rows *rows;
    size_t room = 0;
    *versions = NULL;
    *n = 0;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(event_versions), DB_INT(event), DB_INT(newest),
                   DB_INT(most)))
        return false;
    while (db_next(rows, at->e))
        *ARENA_PUSH(at->arena, *versions, *n, room) = db_i64(rows, 0);
    db_done(rows);
    return at->e->code == ERR_NONE;
}

/* A page of entries as it grows. */
struct page {
    struct arena *arena; /* of what is handed out; that of the entries is reset for each */
    struct item_page *out;
    size_t room, bytes;
    int64_t limit;
};

/* Adds the entry of a version, if it has one; where the page is full, out->more is set instead. */
static bool add_entry(struct store_reader *r, struct entry *x, struct page *page)
{
    struct buf text;
    struct item_page *out = page->out;
    bool says = false;
    buf_init(&text, LARGEST_ENTRY);
    bool ok = write_entry(r, x, &text, &says);
    if (ok && says && (out->n == (size_t)page->limit || page->bytes > LARGEST_PAGE)) {
        out->more = true;
    } else if (ok && says) {
        struct item *item = ARENA_PUSH(page->arena, out->items, out->n, page->room);
        item->id = arena_printf(page->arena, "%lld", (long long)x->version);
        item->version = x->version;
        item->document = arena_copy(page->arena, buf_str(&text));
        page->bytes += text.n;
    }
    buf_free(&text);
    return ok;
}

static bool fill(struct store_reader *r, struct page *page, int64_t event, str id, int64_t newest,
                 struct arena *scratch, struct err *e)
{
    const struct at at = {r->db, newest, page->arena, e};
    const struct at of_entry = {r->db, newest, scratch, e};
    while (newest > 0 && !page->out->more) {
        int64_t *versions;
        size_t n;
        if (!read_versions(&at, event, newest, page->limit + 1, &versions, &n))
            return false;
        for (size_t i = 0; i < n && !page->out->more; i++) {
            struct entry x = {.at = &of_entry, .event = event, .id = id, .version = versions[i]};
            arena_reset(scratch);
            if (!db_in_time(r->db, e) || !add_entry(r, &x, page))
                return false;
        }
        bool last = versions == NULL || n < (size_t)page->limit + 1;
        newest = last ? 0 : versions[n - 1] - 1;
    }
    return true;
}

bool store_event_history(struct store_reader *r, int64_t version, str id, int64_t before,
                         int64_t limit, struct arena *a, struct item_page *out, struct err *e)
{
    int64_t event, newest = before > 0 && before - 1 < version ? before - 1 : version;
    struct page page = {.arena = a, .out = out, .limit = limit};
    *out = (struct item_page){.matched = -1};
    if (!thing_find(r->db, THING_EVENT, id, &event, e))
        return false;
    struct arena *scratch = arena_new();
    bool ok = fill(r, &page, event, id, newest, scratch, e);
    arena_free(scratch);
    return ok;
}
