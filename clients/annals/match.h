/*
 * match: finding the same thing. Actors and places that are about to be loaded and that the store
 * does not have under their id are looked for among those that it has: by identifier, then by
 * name. What is certain is linked: references go to the store's id. What is doubtful stays as it
 * is and is listed, with a small file in which a person decides. Nothing is merged in silence.
 *
 * Certain is: an identifier agrees with exactly one thing, and none of the same scheme contradicts;
 * or a name in full agrees with exactly one, and neither kind, identifier nor place on the map
 * contradicts. A thing that this source was linked to before stays linked.
 */
#ifndef ANNALS_CLIENT_MATCH_H
#define ANNALS_CLIENT_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "annals/http.h"
#include "annals/input.h"
#include "base/jout.h"
#include "base/strmap.h"
#include "model/record.h"

/* X(value, kind of record, segment of the address and key of the decisions) */
#define MATCH_TABLE(X)                                                                             \
    X(MATCH_ACTORS, RECORD_ACTOR, "actors")                                                        \
    X(MATCH_PLACES, RECORD_PLACE, "places")

enum match_list {
#define X(value, kind, segment) value,
    MATCH_TABLE(X)
#undef X
        MATCH_LISTS
};

const char *match_segment(enum match_list list);
enum record_kind match_kind(enum match_list list);

/* MATCH_LISTS for a kind of record that is not matched. */
enum match_list match_list_of(enum record_kind kind);

/* An actor or place, as a file or the store describes it. */
struct match_thing {
    str id;
    str name;
    str kind; /* of an actor; may be empty */
    struct identifiers identifiers;
    str *folds; /* all its names as they are compared (base/likeness.h), the main one first */
    size_t fold_count;
    bool has_point;
    double lat, lon;
    struct strs sources; /* of a thing of the store: who describes it */
};

struct match_candidate {
    const struct match_thing *thing;
    const char *why; /* "the name agrees" … */
};

#define MATCH_MOST_CANDIDATES 5 /* that are named */

enum match_verdict { MATCH_LINKED, MATCH_DOUBTFUL };

struct match_finding {
    enum match_list list;
    enum match_verdict verdict;
    const struct match_thing *thing;
    bool lasting;    /* by a decision, or linked before */
    str to;          /* MATCH_LINKED: the store's id */
    str by;          /* MATCH_LINKED: "wikidata:Q227", "the name", "a decision" … */
    const char *why; /* MATCH_DOUBTFUL */
    struct match_candidate candidates[MATCH_MOST_CANDIDATES]; /* MATCH_LINKED: what `to` is */
    size_t n;                                                 /* of candidates */
    size_t more;                                              /* candidates that are not named */
};

struct match_decisions;

/* A matching: of one document, or of a stream of records of one source. */
struct match {
    struct arena *arena;
    struct http *http;
    str source;
    const struct match_decisions *decisions; /* NULL for none */
    struct strmap own[MATCH_LISTS];          /* ids that the source describes by itself */
    struct strmap taken[MATCH_LISTS];        /* ids of the store that something is linked to */
    struct strmap links[MATCH_LISTS];        /* ids of the source to numbers of findings */
    struct match_finding *findings;
    size_t n, room;
    size_t linked, doubtful;
    struct http_answer refusal; /* of a server that does not answer a look-up; status 0 for none */
};

void match_init(struct match *m, struct http *http, str source,
                const struct match_decisions *decisions, struct arena *a);

/*
 * Looks for things of one list, in few requests: some hundred names each. False: the server cannot
 * be asked; *e says why, or m->refusal what it answered. Everything lives in the arena.
 */
bool match_look(struct match *m, enum match_list list, const struct match_thing *things, size_t n,
                struct err *e);

/* The id to write instead of one of the source's: the same one where it is not linked. */
str match_id(const struct match *m, enum record_kind kind, str id);

/* ---- match_document.c ---- */

/*
 * Matches a document and, where something is linked, writes it anew: *json, with all its lists in
 * their order. Otherwise *json stays as it was.
 */
bool match_document(struct match *m, const struct document *d, str *json, struct err *e);

/* The same for a part of a document as text: its ids and references. */
str match_rewrite(const struct match *m, enum record_kind kind, str json, struct arena *a);

/* ---- match_look.c: what the store has ---- */

/* An actor or place out of its JSON, of a record or an item. False where it has no id and name. */
bool match_thing_read(str json, struct arena *a, struct match_thing *out);

/* Things found by one filter; each value finds any number. */
struct match_found {
    struct match_thing *things;
    size_t n, room;
};
bool match_ask(struct match *m, enum match_list list, const char *filter, const struct strs *values,
               struct match_found *out, struct err *e);

/* ---- match_decide.c ---- */

/* What is known of one thing's candidates. */
struct match_case {
    const struct match *m;
    enum match_list list;
    const struct match_thing *thing;
    const struct match_thing **by_identifier, **by_name, **near;
    size_t identified, named, nearby;
};

/* False: nothing speaks for it, it is new. */
bool match_decide(const struct match_case *c, struct match_finding *out);

/* ---- match_decisions.c ---- */

struct match_decisions *match_decisions_new(struct arena *a);

/*
 * Adds what a file of decisions says: YAML, {actors: {their-id: an-id-of-the-store or new},
 * places: {…}}. What was decided otherwise before is a problem. False: problems say what is wrong
 * at its lines. The bytes must live as long as the decisions.
 */
bool match_decisions_add(struct match_decisions *d, str bytes, struct problems *problems);

/* The same for a file. False also where it cannot be read; *e says why. */
bool match_decisions_read(struct match_decisions *d, const char *path, struct problems *problems,
                          struct err *e);

/* What was decided of an id: empty for nothing, "new", or an id of the store. */
str match_decisions_of(const struct match_decisions *d, enum match_list list, str id);

/* Whether a file is called as one of decisions is. */
bool match_decisions_named(str name);

/* ---- match_doubts.c ---- */

/* What is doubtful in one file, which may hold several sources. */
struct match_doubts {
    const struct match *const *all;
    size_t n;
    const struct match_decisions *decided; /* doubts of these are not asked again; or NULL */
    const char *input;                     /* the path of the file */
};

/*
 * Sees to it that all that is doubtful stands in a file for a person to decide: every thing as
 * new, with its candidates in comments. The file is INPUT.decisions.yaml beside the input, or in
 * the current folder where nothing can be written there, or the input is no file. One that is there
 * already is never touched: what stands in none of them goes to INPUT.decisions.2.yaml and so on.
 * *path names the new one, else the first one; NULL where there is nothing to decide. False: *e
 * says why none can be written.
 */
#define MATCH_MOST_DECISIONS 250 /* of a list in one file */
bool match_doubts_keep(const struct match_doubts *x, struct arena *a, const char **path,
                       struct err *e);

/* ---- match_show.c ---- */

/* What was linked and what is doubtful, on the standard output, each line indented. */
void match_show(const struct match *m, const char *decisions);

/* Members "linked" and "doubtful" of an object. */
void match_write(const struct match *m, struct jout *j);

#endif
