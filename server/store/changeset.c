/* The record of a write, and the answer that names exactly what it added, changed and removed. */
#include <stdio.h>

#include "base/jout.h"
#include "store/writer.h"

#define LARGEST_ANSWER ((size_t)64 * 1024 * 1024)

/* Kinds in the order in which answers list them. */
static const char *const kinds[CHANGE_KINDS] = {
    "sources", "events", "accounts", "relations",      "claims",      "actors",
    "places",  "types",  "roles",    "relation_types", "descriptions"};

static void write_entry(struct jout *j, const struct change_entry *entry)
{
    if (entry->action != CHANGE_CHANGED) {
        jout_str(j, entry->id);
        return;
    }
    jout_object(j);
    jout_member_str(j, "id", entry->id);
    jout_key(j, "properties");
    jout_array(j);
    str rest = entry->properties, name;
    while (rest.n > 0) {
        str_cut(rest, ',', &name, &rest);
        jout_str(j, name);
    }
    jout_array_end(j);
    jout_object_end(j);
}

static void write_kind(struct jout *j, const struct change_tally *tally, const char *kind)
{
    if (tally->n == 0)
        return;
    jout_key(j, kind);
    jout_array(j);
    for (size_t i = 0; i < tally->named_count; i++)
        write_entry(j, &tally->named[i]);
    jout_array_end(j);
    if (tally->n > (int64_t)tally->named_count) {
        char more[64];
        snprintf(more, sizeof more, "%s_count", kind);
        jout_member_i64(j, more, tally->n);
    }
}

static void write_action(struct jout *j, const struct store_writer *w, const char *key,
                         enum change_action action)
{
    jout_key(j, key);
    jout_object(j);
    for (size_t i = 0; i < CHANGE_KINDS; i++)
        write_kind(j, &w->tallies[action - 1][i], kinds[i]);
    jout_object_end(j);
}

str changeset_answer(const struct store_writer *w, bool changed, bool extra, struct arena *a)
{
    struct buf out;
    buf_init(&out, LARGEST_ANSWER);
    struct jout j;
    jout_init(&j, &out);
    bool made = changed && !w->change.dry_run;
    jout_object(&j);
    jout_key(&j, "changeset");
    made ? jout_i64(&j, w->version) : jout_null(&j);
    jout_member_i64(&j, "version", made ? w->version : w->version - 1);
    if (w->change.dry_run)
        jout_member_bool(&j, "dry_run", true);
    write_action(&j, w, "added", CHANGE_ADDED);
    write_action(&j, w, "changed", CHANGE_CHANGED);
    write_action(&j, w, "removed", CHANGE_REMOVED);
    jout_key(&j, "warnings");
    jout_array(&j);
    for (size_t i = 0; i < w->warning_count && i < CHANGE_NAMED; i++)
        jout_str(&j, w->warnings[i]);
    jout_array_end(&j);
    if (w->warning_count > CHANGE_NAMED)
        jout_member_i64(&j, "warnings_count", (int64_t)w->warning_count);
    if (extra && w->extra.n > 0) {
        buf_add_char(&out, ',');
        buf_add(&out, w->extra);
    }
    jout_object_end(&j);
    ENSURE(!buf_failed(&out));
    str answer = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return answer;
}

static void count(struct store_writer *w, const struct change_entry *entry)
{
    size_t kind = 0;
    while (!str_eq(str_from(entry->kind), str_from(kinds[kind])))
        ENSURE(++kind < CHANGE_KINDS);
    struct change_tally *tally = &w->tallies[entry->action - 1][kind];
    tally->n++;
    if (tally->named_count == CHANGE_NAMED)
        return;
    *ARENA_PUSH(w->lasting, tally->named, tally->named_count, tally->named_room) =
        (struct change_entry){entry->action, entry->kind, arena_copy(w->lasting, entry->id),
                              arena_copy(w->lasting, entry->properties)};
}

bool changeset_write(struct store_writer *w, struct err *e)
{
    int64_t first = w->noted - (int64_t)w->entry_count;
    for (size_t i = 0; i < w->entry_count; i++) {
        const struct change_entry *entry = &w->entries[i];
        count(w, entry);
        if (!SQL_EXEC(w->db, e, SQL(change_add), DB_INT(w->version), DB_INT(first + (int64_t)i),
                      DB_INT(entry->action), DB_STR(str_from(entry->kind)), DB_STR(entry->id),
                      DB_STR(entry->properties)))
            return false;
    }
    w->entry_count = 0;
    return true;
}

bool changeset_record(struct store_writer *w, str answer, struct err *e)
{
    return SQL_EXEC(w->db, e, SQL(changeset_add), DB_INT(w->version), DB_INT(w->now),
                    DB_STR(w->change.author), DB_STR(w->change.message), DB_STR(answer));
}
