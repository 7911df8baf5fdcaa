/* The record of a write, and the answer that names exactly what it added, changed and removed. */
#include <stdio.h>

#include "base/jout.h"
#include "store/writer.h"

/* An answer names this many things of a kind and action, and warnings; beyond, it counts them. */
#define NAMED 1000
#define LARGEST_ANSWER ((size_t)64 * 1024 * 1024)

/* Kinds in the order in which answers list them. */
static const char *const kinds[] = {"sources", "events",         "accounts",    "relations",
                                    "claims",  "actors",         "places",      "types",
                                    "roles",   "relation_types", "descriptions"};

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

static void write_kind(struct jout *j, const struct store_writer *w, enum change_action action,
                       const char *kind)
{
    size_t found = 0;
    for (size_t i = 0; i < w->entry_count; i++) {
        const struct change_entry *entry = &w->entries[i];
        if (entry->action != action || !str_eq(str_from(entry->kind), str_from(kind)))
            continue;
        if (found++ == 0) {
            jout_key(j, kind);
            jout_array(j);
        }
        if (found <= NAMED)
            write_entry(j, entry);
    }
    if (found > 0)
        jout_array_end(j);
    if (found > NAMED) {
        char more[64];
        snprintf(more, sizeof more, "%s_count", kind);
        jout_member_i64(j, more, (int64_t)found);
    }
}

static void write_action(struct jout *j, const struct store_writer *w, const char *key,
                         enum change_action action)
{
    jout_key(j, key);
    jout_object(j);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        write_kind(j, w, action, kinds[i]);
    jout_object_end(j);
}

str changeset_answer(const struct store_writer *w, bool changed, struct arena *a)
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
    for (size_t i = 0; i < w->warning_count && i < NAMED; i++)
        jout_str(&j, w->warnings[i]);
    jout_array_end(&j);
    if (w->warning_count > NAMED)
        jout_member_i64(&j, "warnings_count", (int64_t)w->warning_count);
    jout_object_end(&j);
    ENSURE(!buf_failed(&out));
    str answer = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return answer;
}

bool changeset_record(struct store_writer *w, str answer, struct err *e)
{
    for (size_t i = 0; i < w->entry_count; i++) {
        const struct change_entry *entry = &w->entries[i];
        if (!SQL_EXEC(w->db, e, SQL(change_add), DB_INT(w->version), DB_INT((int64_t)i),
                      DB_INT(entry->action), DB_STR(str_from(entry->kind)), DB_STR(entry->id),
                      DB_STR(entry->properties)))
            return false;
    }
    return SQL_EXEC(w->db, e, SQL(changeset_add), DB_INT(w->version), DB_INT(w->now),
                    DB_STR(w->change.author), DB_STR(w->change.message), DB_STR(answer));
}
