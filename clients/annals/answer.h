/*
 * answer: what a server's answers say: the problem document of a refusal, and the changeset of a
 * write. Answers are not trusted: what is not as the interface promises is left out.
 */
#ifndef ANNALS_CLIENT_ANSWER_H
#define ANNALS_CLIENT_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "annals/http.h"
#include "base/arena.h"
#include "base/problem.h"
#include "base/str.h"

/*
 * The summary of a refusal: its title and detail, or the status where it has no problem document;
 * its errors are added to `problems`.
 */
str answer_refusal(const struct http_answer *answer, struct arena *a, struct problems *problems);

#define ANSWER_ACTIONS 3 /* added, changed, removed */

/* Things of one kind to which one thing happened. */
struct answer_change {
    const char *action; /* "added", "changed", "removed" */
    str kind;           /* "events" … */
    int64_t count;
    str *names; /* perhaps fewer than count; of a changed one with its properties: "id (date)" */
    size_t name_count;
};

struct answer_write {
    int64_t changeset; /* 0 for none */
    struct answer_change *changes;
    size_t change_count;
    str *warnings;
    size_t warning_count;
};

/* False: this is not the answer to a write. */
bool answer_write(str json, struct arena *a, struct answer_write *out);

#endif
