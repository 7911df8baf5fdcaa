/* outcome: what became of one file that was to be loaded, as people and as machines read it. */
#ifndef ANNALS_CLIENT_OUTCOME_H
#define ANNALS_CLIENT_OUTCOME_H

#include "annals/input.h"
#include "annals/match.h"
#include "base/arena.h"
#include "base/str.h"

/* X(value, word in the JSON, words in the summary) */
#define OUTCOME_TABLE(X)                                                                           \
    X(OUTCOME_LOADED, "loaded", "loaded")                                                          \
    X(OUTCOME_UNCHANGED, "unchanged", "without change")                                            \
    X(OUTCOME_INVALID, "invalid", "with problems")                                                 \
    X(OUTCOME_REFUSED, "refused", "refused by the server")                                         \
    X(OUTCOME_UNREADABLE, "unreadable", "unreadable")                                              \
    X(OUTCOME_NOT_SENT, "not_sent", "not sent")                                                    \
    X(OUTCOME_STOPPED, "stopped", "stopped on the way")

enum outcome_kind {
#define X(value, word, words) value,
    OUTCOME_TABLE(X)
#undef X
        OUTCOME_KINDS
};

struct outcome {
    enum outcome_kind kind;
    const char *path;
    struct input input; /* with its problems, those that the server found included */
    str detail;         /* what is wrong with the file or the request as a whole; may be empty */
    str answer;         /* JSON of a server that took it */
    bool dry_run;
    const char *with;          /* the last of the files that went in one request with it, or NULL */
    const struct match *match; /* what was found of its things in the store; NULL for nothing */
    const char *decisions;     /* the file that doubts are written into; or NULL */
};

const char *outcome_word(enum outcome_kind kind);
const char *outcome_words(enum outcome_kind kind);

/* Changes and warnings go to the standard output, problems to standard error. */
void outcome_show(const struct outcome *o, struct arena *a);

/* One line of JSON on the standard output. */
void outcome_write(const struct outcome *o);

/* What was found of a file's things alone, in a line of its own. */
void outcome_write_match(const struct outcome *o);

#endif
