/*
 * project: from the tables of what was said to the rows that are queried. The same functions build
 * a row when it is written and when the check proves it, at any version.
 */
#ifndef ANNALS_STORE_PROJECT_H
#define ANNALS_STORE_PROJECT_H

#include "model/event.h"
#include "store/internal.h"
#include "store/thing.h"

/* Where and when to look. */
struct at {
    struct db *db;
    int64_t version;
    struct arena *arena;
    struct err *e;
};

/* ---- events ---- */

/*
 * The accounts of an event and of those that are the same, in the order of the preferred policy; *n
 * 0 where there are none. event of an account is empty where it is told under the id asked for.
 * memory: of what things are called, see memory.h; or NULL.
 */
struct memory;
bool project_load_accounts(const struct at *at, struct memory *memory, int64_t event,
                           struct account **accounts, size_t *n);

/* Those that are heard in a reading, in its order. */
bool project_load_heard(const struct at *at, int64_t event, const struct reading *reading,
                        struct account **accounts, size_t *n);

/* Keys of what a source derives from, directly or not, in order; of long lines the nearest. */
bool project_derivation(const struct at *at, int64_t source, struct ancestors *out);

/* ---- items ---- */

struct item_link {
    const char *term;
    str value;
};

/* An item as it is to be listed. */
struct item_draft {
    bool exists;
    str id;
    struct buf document; /* one JSON object, without its version; owned */
    struct buf search;   /* folded words; owned */
    bool has_point;      /* of a place */
    double lat, lon;
    struct item_link *links;
    size_t link_count, link_room;
};

/* Fills the draft of a thing that is listed: not an event, a tag, a role or a relation type. */
bool project_draft(const struct at *at, enum thing t, int64_t key, struct item_draft *draft);
void project_draft_free(struct item_draft *draft);

/* Which kind of list a thing is in; ITEM_KINDS for none. */
enum item_kind project_item_kind(enum thing t);
enum thing project_item_thing(enum item_kind kind);

/* ---- pieces ---- */

/*
 * Names of the members in which two documents of a kind differ, joined by commas; those that say
 * when (version, updated) apart.
 */
str project_differing(str before, str after, struct arena *a);

/* An array of evidence as it hangs on an owner: start, end, exact or digest, supports. */
bool project_write_evidence(const struct at *at, int64_t owner, struct jout *j);

/* The elements of that array alone, each with the source's id in front unless it is empty. */
bool project_write_spans(const struct at *at, int64_t owner, str source, struct jout *j);

/* Every name of an actor or place, folded, separated by blanks; in the arena. */
bool project_names(const struct at *at, enum thing t, int64_t key, str *folded);

/* All that is above a place (what it is part of) or a type (its parents), without itself. */
bool project_above(const struct at *at, enum thing t, int64_t key, struct ancestors *out);

/* The other way: keys, a JSON array, and all that is below them, each once. */
bool project_below(const struct at *at, enum thing t, str keys, struct ancestors *out);

#endif
