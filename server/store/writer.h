/*
 * writer: the one write transaction. What is shared by the files that write: the version being
 * made, new keys, what has been touched and must be projected again, and what to report.
 */
#ifndef ANNALS_STORE_WRITER_H
#define ANNALS_STORE_WRITER_H

#include "base/keyset.h"
#include "base/strmap.h"
#include "store/variant.h"

enum change_action { CHANGE_ADDED = 1, CHANGE_CHANGED = 2, CHANGE_REMOVED = 3 };

struct change_entry {
    enum change_action action;
    const char *kind; /* plural: "accounts" */
    str id;
    str properties; /* names joined by commas, for CHANGE_CHANGED */
};

/* What changesets name, by kind: so many kinds (changeset.c). */
#define CHANGE_KINDS 11
/* An answer names this many things of a kind and action, and warnings; beyond, it counts them. */
#define CHANGE_NAMED 1000

/* Of one action and kind: how many there are, and the first of them. */
struct change_tally {
    int64_t n;
    struct change_entry *named;
    size_t named_count, named_room;
};

/* The words by which a row will be found (store/variant.h). */
struct search_words {
    int64_t row;
    str columns[WORD_COLUMNS];
};

/* How much a total grows; see total.h. */
struct total_change {
    int64_t name, change;
};

struct store_writer {
    struct store *store;
    struct db *db;
    bool open;          /* a transaction is under way */
    size_t relieved_at; /* bytes of `arena` at which writer_relieve has work to do */

    /*
     * Of the change under way. What can be written or looked up again is in `arena`, which
     * writer_relieve empties; what its answer needs in `lasting`; one thing of it in `scratch`.
     */
    struct arena *lasting;
    struct arena *arena;
    struct arena *scratch;
    struct change change;
    int64_t version; /* that is being made */
    int64_t now;     /* microseconds since 1970 UTC */
    int64_t next_key;
    bool source_is_new; /* a source came that was not there before */
    int64_t noted; /* entries of the whole change; in `entries` those that are not written yet */
    struct change_entry *entries;
    size_t entry_count, entry_room;
    struct change_tally tallies[CHANGE_REMOVED][CHANGE_KINDS]; /* of those that are */
    str extra; /* more members of the answer, without braces; empty for none */
    str *warnings;
    size_t warning_count, warning_room;
    struct keyset touched[THING_KINDS]; /* keys of identities to be projected again, and: */
    bool spilled;                       /* there are more of them in the table (touched.h) */
    struct strmap keys[THING_KINDS];    /* ids of this change that have a key */
    struct memory memory;               /* of what things are called and what is above them */
    struct regrouping *regrouping;      /* alias.c, while it works */
    bool aliased;                       /* some events are the same as others, and: */
    struct strmap merged; /* of these the canonical ones that are projected, as bytes */
    struct reach reaches[ROW_CLASSES]; /* of the rows written, by cls */
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

/*
 * Between two things of a change: keeps its memory bounded, whatever its size, by writing down what
 * was gathered and forgetting what was looked up.
 */
bool writer_relieve(struct store_writer *w, struct err *e);

/* False with ERR_OVERLOADED when the change is to end undone. */
bool writer_goes_on(const struct store_writer *w, struct err *e);

/* Ends a row of a table that has since and until, by the statement NAME_close. */
#define WRITER_CLOSE(w, e, name, row)                                                              \
    SQL_EXEC((w)->db, (e), SQL(name##_close), DB_INT(row), DB_INT((w)->version))

/*
 * changeset.c: the entries so far go to their table, and are counted; afterwards the answer to the
 * write can be made (extra: with the members that only who asked gets to see), and the changeset
 * recorded, unless nothing changed.
 */
bool changeset_write(struct store_writer *w, struct err *e);
bool changeset_record(struct store_writer *w, str answer, struct err *e);
str changeset_answer(const struct store_writer *w, bool changed, bool extra, struct arena *a);

/* project.c: brings the projection up to date with what was touched. */
bool project_touched(struct store_writer *w, struct err *e);

/* Lists the types that ship with Annals, in a new store. */
bool project_shipped(struct store_writer *w, struct err *e);

/*
 * project_event.c: all rows of an event, which is no alias, against those that hold. What is the
 * same stays; a row that shows the same and is found by other words is written anew and keeps the
 * version that it shows.
 */
bool project_event(struct store_writer *w, int64_t event, struct err *e);
bool project_no_event(struct store_writer *w, int64_t event, struct err *e); /* all its rows end */
bool project_extents(struct store_writer *w, struct err *e); /* after the last event */

/* project_search.c: gathers the words of a row; after the last event all are to be flushed. */
bool project_search_add(struct store_writer *w, int64_t row, const struct words *words,
                        struct err *e);
bool project_search_flush(struct store_writer *w, struct err *e);

#endif
