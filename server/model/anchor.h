/*
 * anchor: proving again, against a text, where the evidence of a source stands: the text may have
 * changed since, or be another reader's copy. Pure: nothing but the text and the anchors counts.
 */
#ifndef ANNALS_MODEL_ANCHOR_H
#define ANNALS_MODEL_ANCHOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* A recorded span [start, end) in code points, with its words or their SHA-256 (64 lower-case
 * hexadecimal digits), or both; what is not known is empty. */
struct anchor {
    int64_t start;
    int64_t end;
    str exact;
    str prefix;
    str suffix;
    str digest;
};

/* X(state, name, meaning) */
#define ANCHOR_TABLE(X)                                                                            \
    X(ANCHOR_EXACT, "exact", "the words stand where they were recorded")                           \
    X(ANCHOR_MOVED, "moved", "the words stand elsewhere")                                          \
    X(ANCHOR_DRIFTED, "drifted", "the place is there, with other words")                           \
    X(ANCHOR_MISSING, "missing", "neither the words nor their place was found")

enum anchor_state {
#define X(state, name, meaning) state,
    ANCHOR_TABLE(X)
#undef X
};

struct anchor_result {
    enum anchor_state state;
    int64_t start; /* where it stands now, in code points; -1 for missing */
    int64_t end;
    bool unsearched; /* the work allowed was spent before all places were tried */
};

/*
 * One result for each of n anchors, in their order, in the arena. text is valid UTF-8. length: code
 * points of the text in which the anchors were recorded, or -1.
 *
 * Words are looked for at the recorded place as shifted by the anchors before, then everywhere,
 * nearest first; prefix and suffix choose between occurrences. Short words that turn up elsewhere
 * count as moved only where the anchors around them leave room for it. A place counts as known,
 * though its words are others (drifted), when prefix and suffix are found around it, or when the
 * anchors before and after it say where it must be.
 *
 * The work is bounded by ANCHOR_BUDGET looks at up to 64 bytes each, hashed or compared.
 */
#define ANCHOR_BUDGET ((size_t)20 * 1000 * 1000)
struct anchor_result *anchor_prove(str text, int64_t length, const struct anchor *anchors, size_t n,
                                   struct arena *arena);

/* "exact", "moved", "drifted" or "missing" */
const char *anchor_state_name(enum anchor_state state);

#endif
