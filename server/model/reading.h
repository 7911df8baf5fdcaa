/*
 * reading: how the accounts of an event are read: which of them wins, and who is heard at all. The
 * plain reading, without policy= and known_at=, is what lists show by default.
 */
#ifndef ANNALS_MODEL_READING_H
#define ANNALS_MODEL_READING_H

#include <stdbool.h>
#include <stdint.h>

#include "model/document.h"

/*
 * X(value, name): which account wins. preferred: that of the source with the highest precedence,
 * then the one recorded first. first and last: by publication, ties as recorded. source: that of
 * one source, then the others as in preferred.
 */
#define POLICY_TABLE(X)                                                                            \
    X(POLICY_PREFERRED, "preferred")                                                               \
    X(POLICY_FIRST, "first")                                                                       \
    X(POLICY_LAST, "last")                                                                         \
    X(POLICY_SOURCE, "source")

enum policy {
#define X(value, name) value,
    POLICY_TABLE(X)
#undef X
        POLICIES
};

/*
 * In not_for of a row of an event: it does not answer under this policy. The bit of POLICY_SOURCE
 * says that rows stand beside it in which single sources win (only_for).
 */
#define READING_BIT(policy) (1u << (policy))
#define READING_SINGLES READING_BIT(POLICY_SOURCE)
#define READING_NOT_GENERAL                                                                        \
    (READING_BIT(POLICY_PREFERRED) | READING_BIT(POLICY_FIRST) | READING_BIT(POLICY_LAST))

/* Known at no day: of a source whose date of publication has no end. */
#define READING_NEVER INT64_MAX

struct reading {
    enum policy policy;
    str source; /* of POLICY_SOURCE: its id */
    bool known; /* known_at was asked for: */
    int64_t
        known_at; /* seconds of civil time: only what was known by its end; below READING_NEVER */
    struct dated known_as_asked;
};

static inline bool reading_is_plain(const struct reading *r)
{
    return r->policy == POLICY_PREFERRED && !r->known;
}

#endif
