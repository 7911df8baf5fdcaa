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

#define ANSWER_ACTIONS 3

/* "added", "changed", "removed". */
const char *answer_action(int number);

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

/* What the answer to one piece of a batch says. */
struct answer_batch {
    int64_t changeset; /* 0 for none */
    int64_t version;   /* of the store afterwards */
    int64_t refused_lines;
    int64_t told; /* problems on lines of their own */
    str *warnings;
    size_t warning_count;
    struct answer_change *changes;
    size_t change_count;
};

/*
 * One line of such an answer, as NDJSON: a problem, or the changeset, with those problems that an
 * earlier answer to the same request had. Problems are added to `problems`, of which the caller
 * gives a fresh one for each line. False: it is neither.
 */
bool answer_batch_line(str line, struct arena *a, struct problems *problems,
                       struct answer_batch *out);

/* Of the first page of a server: which store it serves, at which version. */
struct answer_landing {
    str store;
    int64_t version;
};
bool answer_landing_ask(struct http *http, struct arena *a, struct answer_landing *out);

#endif
