/*
 * record: one line of a batch, decoded. A batch says the same as documents do, a part at a time, so
 * that no size is too large: first a source, then one part of what it says on each line, with the
 * members that the part has in a document.
 *
 *     {"annals":1,"source":{…}}      what follows is said by this source
 *     {"event":{…}}                  put in place of what the source said of it, if it did
 *     {"remove":{"event":"an-id"}}   the source no longer says anything of it
 */
#ifndef ANNALS_MODEL_RECORD_H
#define ANNALS_MODEL_RECORD_H

#include <stdbool.h>

#include "model/document.h"

#define RECORD_LARGEST ((size_t)256 * 1024) /* bytes of a line; of a source, DOCUMENT_LARGEST */

/* X(kind, key of the line, the list of a document that holds such parts) */
#define RECORD_TABLE(X)                                                                            \
    X(RECORD_TYPE, "type", "types")                                                                \
    X(RECORD_ROLE, "role", "roles")                                                                \
    X(RECORD_RELATION_TYPE, "relation_type", "relation_types")                                     \
    X(RECORD_ACTOR, "actor", "actors")                                                             \
    X(RECORD_PLACE, "place", "places")                                                             \
    X(RECORD_EVENT, "event", "events")                                                             \
    X(RECORD_RELATION, "relation", "relations")                                                    \
    X(RECORD_CLAIM, "claim", "claims")

enum record_kind {
#define X(kind, key, list) kind,
    RECORD_TABLE(X)
#undef X
        RECORD_KINDS,
    RECORD_SOURCE, /* the line begins a source */
    RECORD_REMOVE
};

/* The key of a part: "event". Not for RECORD_SOURCE and RECORD_REMOVE. */
const char *record_key(enum record_kind kind);

/* A source with its text made ready for the evidence of its records. */
struct record_source;

/* A decoded line. */
struct record {
    enum record_kind kind;
    struct document *document; /* the source, and in its list the part alone */
    enum record_kind removed;  /* of RECORD_REMOVE: what, and its id; a relation's is "r-…" */
    str id;
};

/*
 * Makes a source ready: its text is checked against its digest and length, which are completed in
 * *said. Lives in the arena, as what *said points to must. NULL when there were problems.
 */
struct record_source *record_begin(struct document_source *said, struct arena *arena,
                                   struct problems *problems);

/* The source that was made ready. */
const struct document_source *record_said(const struct record_source *source);

/*
 * Decodes one line, untrusted bytes. source: of the records so far, NULL at the beginning. Problems
 * have pointers into the line ("/event/date"), or its line 1 and a column where the JSON itself is
 * broken. False when there was one; *out then has the kind, where that is known, and the part as
 * far as it was understood, or no document.
 */
bool record_decode(str line, const struct record_source *source, struct arena *arena,
                   struct problems *problems, struct record *out);

/* Problems from number `first` on, which point into the document of a record, point into its line
 * afterwards: "/events/0/type" becomes "/event/type". */
void record_place(struct problems *problems, size_t first, enum record_kind kind);

#endif
