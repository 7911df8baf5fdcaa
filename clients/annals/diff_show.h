/* diff_show: one difference between two versions, for people and for machines. */
#ifndef ANNALS_CLIENT_DIFF_SHOW_H
#define ANNALS_CLIENT_DIFF_SHOW_H

#include "annals/diff_ids.h"

/* X(value, word, sign, style) */
#define DIFF_ACTION_TABLE(X)                                                                       \
    X(DIFF_ADDED, "added", "+", TERM_GREEN)                                                        \
    X(DIFF_REMOVED, "removed", "-", TERM_RED)                                                      \
    X(DIFF_CHANGED, "changed", "~", TERM_YELLOW)

enum diff_action {
#define X(value, word, sign, style) value,
    DIFF_ACTION_TABLE(X)
#undef X
        DIFF_ACTIONS
};

const char *diff_show_word(enum diff_action action);

/* One thing at both versions, as JSON objects; empty where it is not there. */
struct diff_thing {
    enum diff_kind kind;
    enum diff_action action;
    str id;
    str before, after;
};

/* On the standard output, in lines of at most `width` columns; 0 for any length. */
void diff_show(const struct diff_thing *d, int width, struct arena *a);

/* One line of JSON: {"kind", "id", "action", "changes"}. */
void diff_show_json(const struct diff_thing *d, struct arena *a);

#endif
