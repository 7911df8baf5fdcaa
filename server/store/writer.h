/*
 * writer: the one write transaction. What is shared by the files that write: the version being
 * made, new keys, what has been touched and must be projected again, and what to report.
 */
#ifndef ANNALS_STORE_WRITER_H
#define ANNALS_STORE_WRITER_H

#include "base/keyset.h"
#include "base/strmap.h"
#include "store/link.h"

enum change_action { CHANGE_ADDED = 1, CHANGE_CHANGED = 2, CHANGE_REMOVED = 3 };

struct change_entry {
    enum change_action action;
    const char *kind; /* plural: "accounts" */
    str id;
    str properties; /* names joined by commas, for CHANGE_CHANGED */
};

/* The words by which a row will be found: of titles, summaries, names, quotes and links. */
#define SEARCH_COLUMNS 5
struct search_words {
    int64_t row;
    str columns[SEARCH_COLUMNS];
};

/* How much a total grows; see total.h. */
struct total_change {
    int64_t name, change;
};

struct store_writer {
    struct store *store;
    struct db *db;
    bool open; /* a transaction is under way */

    /* Of the change under way; its memory is in `arena`, that of one thing of it in `scratch`. */
    struct arena *arena;
    struct arena *scratch;
    struct change change;
    int64_t version; /* that is being made */
    int64_t now;     /* microseconds since 1970 UTC */
    int64_t next_key;
    bool source_is_new; /* a source came that was not there before */
    struct change_entry *entries;
    size_t entry_count, entry_room;
    str *warnings;
    size_t warning_count, warning_room;
    struct keyset touched[THING_KINDS]; /* keys of identities to be projected again */
    struct strmap keys[THING_KINDS];    /* ids of this change that have a key */
    struct keyset rewritten; /* events of touched[THING_EVENT] that are found by other words or
                                links now, even if they read as before */
    struct strmap names;     /* keys of actors and places, as bytes, to indexes of name_texts */
    str *name_texts;
    size_t name_count, name_room;
    struct link_memory above;             /* what is above places and types */
    struct reach reaches[PERIOD_CLASSES]; /* of the rows written */
    struct total_change *totals;
    size_t total_count, total_room;
    struct arena *gathered; /* memory of: */
    struct search_words *words;
    size_t word_count, word_room;
};

int64_t writer_key(struct store_writer *w);

/* The key of an id, made where there is none. */
bool writer_identity(struct store_writer *w, enum thing t, str id, int64_t *key, struct err *e);

void writer_touch(struct store_writer *w, enum thing t, int64_t key);

/* Copies id and properties. */
void writer_note(struct store_writer *w, enum change_action action, const char *kind, str id,
                 str properties);

void writer_warn(struct store_writer *w, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Ends a row of a table that has since and until, by the statement NAME_close. */
#define WRITER_CLOSE(w, e, name, row)                                                              \
    SQL_EXEC((w)->db, (e), SQL(name##_close), DB_INT(row), DB_INT((w)->version))

/* changeset.c: the answer to a write. Records entries and the changeset unless nothing changed. */
bool changeset_record(struct store_writer *w, str answer, struct err *e);
str changeset_answer(const struct store_writer *w, bool changed, struct arena *a);

/* project.c: brings the projection up to date with what was touched. */
bool project_touched(struct store_writer *w, struct err *e);

/* Lists the types that ship with Annals, in a new store. */
bool project_shipped(struct store_writer *w, struct err *e);

/* project_event.c: rewritten: write a new row even where the document is the same. */
bool project_event(struct store_writer *w, int64_t event, bool rewritten, struct err *e);
bool project_extents(struct store_writer *w, struct err *e); /* after the last event */

/* project_search.c: gathers the words of a row; after the last event all are to be flushed. */
bool project_search_add(struct store_writer *w, int64_t row, const struct account *accounts,
                        size_t n, const struct links *links, struct err *e);
bool project_search_flush(struct store_writer *w, struct err *e);

#endif
