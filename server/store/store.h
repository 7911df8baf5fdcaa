/*
 * store: the verbs of the domain over a store of events. A struct store is one open file, shared by
 * all threads; each thread that reads has a reader of its own; there is one writer.
 *
 * Every read names the version that it asks about: store_version() for the newest. A version's
 * answers never change. What a call hands out lives in the arena that it was given.
 */
#ifndef ANNALS_STORE_STORE_H
#define ANNALS_STORE_STORE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/problem.h"
#include "model/document.h"
#include "model/document_write.h"
#include "model/event.h"
#include "model/graph.h"
#include "model/query.h"
#include "model/record.h"
#include "model/row.h"

struct store;
struct store_reader;
struct store_writer;

enum store_mode {
    STORE_READ,  /* must exist; nothing is ever written */
    STORE_WRITE, /* must exist; older schemas are migrated */
    STORE_CREATE /* made when it does not exist */
};

/* path is copied. False sets *e: ERR_STORE with what is wrong with the file. */
bool store_open(const char *path, enum store_mode mode, struct store **out, struct err *e);
void store_close(struct store *s); /* after its readers and its writer; NULL is fine */

/*
 * Takes the store for this process, for a daemon that is to serve it: false with ERR_STORE when
 * another daemon has it. Nothing to take for STORE_READ. Commands that write tokens need it not.
 */
bool store_lock(struct store *s, struct err *e);

/* The folder that the store's file is in: where room for large things is looked for. */
const char *store_folder(const struct store *s);

/* The newest version; 0 for an empty store. Never blocks. */
int64_t store_version(const struct store *s);

/* A random identifier given to the store when it was made: 16 lower-case hexadecimal digits. */
str store_id(const struct store *s);

bool store_reader_open(struct store *s, struct store_reader **out, struct err *e);
void store_reader_close(struct store_reader *r);

/* Queries of this reader end with ERR_DEADLINE after so many milliseconds; 0 for never. */
void store_reader_deadline(struct store_reader *r, int milliseconds);

/* ---- versions ---- */

/* The newest version recorded at or before an instant (microseconds since 1970, UTC). */
bool store_version_at(struct store_reader *r, int64_t instant, int64_t *version, struct err *e);

/* When a version was made, microseconds since 1970 UTC; 0 where there is no such version. */
bool store_recorded(struct store_reader *r, int64_t version, int64_t *recorded, struct err *e);

/* Facts about the whole store at a version, for the landing document. */
struct store_summary {
    int64_t version;
    int64_t recorded; /* when that version was made, microseconds since 1970 UTC; 0 for none */
    int64_t events, accounts, sources, actors, places, relations, claims;
    str first_date, last_date; /* EDTF-like days of the outermost bounds; empty without */
};
bool store_summary(struct store_reader *r, int64_t version, struct arena *a,
                   struct store_summary *out, struct err *e);

/* ---- events ---- */

struct event_page {
    struct event_row *rows;
    size_t n;
    bool more;       /* rows follow this page */
    int64_t matched; /* -1 unless query.count */
};

/*
 * Answers a query. Values that the store does not know (an actor, a place, a type, a tag, a source
 * that never existed) are added to `problems` with the nearest that it does; then the answer is
 * false with e->code ERR_BAD_PARAMETER.
 */
bool store_find_events(struct store_reader *r, const struct query *q, struct arena *a,
                       struct event_page *out, struct problems *problems, struct err *e);

/* What one value of a filter stands for. */
struct meaning {
    str *ids; /* of a scheme:value all that have it; else the value itself; none never known */
    size_t n;
    int64_t below; /* parts of the places, members of the actors, children of the types */
    bool more;     /* below was counted no further */
};

/* kind: not FILTER_PRECISION. members: count those of an organisation. Bounded in cost. */
bool store_meaning(struct store_reader *r, int64_t version, enum filter_kind kind, str value,
                   bool members, struct arena *a, struct meaning *out, struct err *e);

/* ---- counting what a query finds ---- */

/* X(value, name) */
#define HISTOGRAM_TABLE(X)                                                                         \
    X(HISTOGRAM_DAY, "day")                                                                        \
    X(HISTOGRAM_MONTH, "month")                                                                    \
    X(HISTOGRAM_YEAR, "year")                                                                      \
    X(HISTOGRAM_DECADE, "decade")
enum histogram_by {
#define X(value, name) value,
    HISTOGRAM_TABLE(X)
#undef X
        HISTOGRAM_BINS /* as many stretches of equal length as asked for */
};

/* X(value, name): what values are counted or told apart by */
#define FACET_TABLE(X)                                                                             \
    X(FACET_ACTOR, "actor")                                                                        \
    X(FACET_PLACE, "place")                                                                        \
    X(FACET_TYPE, "type")                                                                          \
    X(FACET_TAG, "tag")                                                                            \
    X(FACET_SOURCE, "source")                                                                      \
    X(FACET_ROLE, "role")
enum facet {
#define X(value, name) value,
    FACET_TABLE(X)
#undef X
        FACETS
};

#define HISTOGRAM_MOST_BUCKETS 10000
#define HISTOGRAM_MOST_SERIES 20 /* the rest is one more, "other" */

struct histogram_ask {
    enum histogram_by by;
    int bins;         /* 1 to HISTOGRAM_MOST_BUCKETS, for HISTOGRAM_BINS */
    enum facet split; /* FACETS for none; not FACET_ROLE */
};

/* Events that certainly (min) and possibly (max) overlap the bucket. */
struct histogram_bucket {
    struct window window;
    int64_t min, max;
};

struct histogram_series {
    str id, name;                     /* of the actor, type, …; both empty for the rest */
    struct histogram_bucket *buckets; /* as many as the whole has, of the same windows */
    int64_t matched;
};

struct histogram {
    struct histogram_bucket *buckets; /* empty ones too, without gaps; none without dated events */
    size_t n;
    struct histogram_series *series; /* the largest first; an event can be in several */
    size_t series_count;
    int64_t matched; /* events */
    int64_t undated; /* of them: without a date, in no bucket */
};

/*
 * The range is the query's window where that is bounded, else from the first to the last second
 * that an event of the answer pins down. ERR_BAD_PARAMETER with a problem when the range has more
 * buckets than HISTOGRAM_MOST_BUCKETS. Otherwise as store_find_events, limit and order apart.
 */
bool store_histogram(struct store_reader *r, const struct query *q, const struct histogram_ask *ask,
                     struct arena *a, struct histogram *out, struct problems *problems,
                     struct err *e);

struct facet_value {
    str id, name;
    int64_t count; /* events */
};

struct facet_values {
    enum facet facet;
    struct facet_value *values; /* the commonest first, ties by id */
    size_t n;
    bool more;
};

/* facets: set of 1 << FACET_…; *out has one entry for each of them, in the order of the table. */
bool store_facets(struct store_reader *r, const struct query *q, unsigned facets, size_t limit,
                  struct arena *a, struct facet_values **out, size_t *n, int64_t *matched,
                  struct problems *problems, struct err *e);

/* ---- type-ahead ---- */

/* An event, actor or place of which a name begins with what is typed. */
struct suggestion {
    const char *kind; /* "event", "actor", "place" */
    str id;
    str label;      /* its title or name */
    str matched;    /* the name that matches, where that is another one */
    str date;       /* EDTF of an event; else empty */
    int64_t events; /* that an actor or place is part of; 1 of an event */
};

bool store_suggest(struct store_reader *r, int64_t version, str text, int64_t limit,
                   struct arena *a, struct suggestion **out, size_t *n, struct err *e);

/* ---- one event ---- */

enum store_found {
    STORE_FOUND,
    STORE_NEVER,   /* no such id, now or before; nearest gives the closest id, or is empty */
    STORE_GONE,    /* it was there before and is not at this version */
    STORE_MOVED,   /* of events: it is the same as another one, under whose id it is */
    STORE_UNHEARD, /* of events: no source had told of it by the day of the reading */
    STORE_FAILED   /* see the err */
};

struct gone {
    int64_t version;    /* the changeset that removed it, or 0 when it came later than asked for */
    str nearest;        /* for STORE_NEVER: the closest id there is, or empty */
    str canonical;      /* for STORE_MOVED: the id that it has now */
    int64_t known_from; /* for STORE_UNHEARD: from when on it is known, or READING_NEVER */
};

enum store_found store_get_event(struct store_reader *r, int64_t version, str id, struct arena *a,
                                 struct event_row *out, struct gone *gone, struct err *e);

/*
 * The same in a reading. A source in its policy that the store has never had becomes a problem, and
 * the answer STORE_FAILED with ERR_BAD_PARAMETER.
 */
enum store_found store_read_event(struct store_reader *r, int64_t version,
                                  const struct reading *reading, str id, struct arena *a,
                                  struct event_row *out, struct gone *gone,
                                  struct problems *problems, struct err *e);

/* How many of the sources of a version were certainly published by then (seconds of civil time). */
bool store_count_known(struct store_reader *r, int64_t version, int64_t known_at, int64_t *known,
                       int64_t *all, struct err *e);

/*
 * What hangs on an event, and on those that are the same, as far as it is heard in the reading:
 * JSON arrays, finished, in a fixed order: accounts and evidence in that of the reading.
 */
enum event_part { PART_ACCOUNTS, PART_RELATIONS, PART_CLAIMS, PART_EVIDENCE };
bool store_event_part(struct store_reader *r, int64_t version, const struct reading *reading,
                      str event_id, enum event_part part, struct arena *a, str *json,
                      struct err *e);

/*
 * What is within `depth` steps, 1 to GRAPH_DEEPEST, of an event that is there in the reading: of q
 * its version, reading and types of relations count. Unknown types as in store_find_events.
 */
bool store_find_graph(struct store_reader *r, const struct query *q, str event, int depth,
                      struct arena *a, struct graph *out, struct problems *problems, struct err *e);

/* ---- the rest of the store: lists of finished JSON objects ---- */

/* X(kind, path segment) */
#define ITEM_TABLE(X)                                                                              \
    X(ITEM_SOURCE, "sources")                                                                      \
    X(ITEM_ACTOR, "actors")                                                                        \
    X(ITEM_PLACE, "places")                                                                        \
    X(ITEM_TYPE, "types")                                                                          \
    X(ITEM_CLAIM, "claims")                                                                        \
    X(ITEM_RELATION, "relations")

enum item_kind {
#define X(kind, segment) kind,
    ITEM_TABLE(X)
#undef X
        ITEM_KINDS
};

/* A filter on items: one of the words that store_item_terms lists for the kind. */
struct item_filter {
    str term;
    bool negate;
    struct strs values;
};

struct item_query {
    enum item_kind kind;
    int64_t version;
    str text; /* full text over names and titles; empty for none */
    struct item_filter *filters;
    size_t filter_count;
    int64_t limit;
    str after; /* id of the last item of the page before; empty for the first page */
    bool count;
};

struct item {
    str id;
    int64_t version; /* that made it what it is */
    str document;    /* the finished JSON object */
};

struct item_page {
    struct item *items;
    size_t n;
    bool more;
    int64_t matched;
};

/* Ordered by id. */
bool store_find_items(struct store_reader *r, const struct item_query *q, struct arena *a,
                      struct item_page *out, struct err *e);
enum store_found store_get_item(struct store_reader *r, enum item_kind kind, int64_t version,
                                str id, struct arena *a, struct item *out, struct gone *gone,
                                struct err *e);

/* Whether the store has ever had a relation type: STORE_FOUND, STORE_NEVER with the nearest, or
 * STORE_FAILED. */
enum store_found store_find_relation_type(struct store_reader *r, str id, struct arena *a,
                                          struct gone *gone, struct err *e);

/* The filters that a kind of item takes: "kind" for actors, "speaker", "stance", "about" … */
const char *const *store_item_terms(enum item_kind kind, size_t *n);

/* A source's text as it was at a version; false with ERR_TEXT_WITHHELD where it may not be given
 * out, ERR_NOT_FOUND where there is none. */
bool store_source_text(struct store_reader *r, int64_t version, str source, struct arena *a,
                       str *text, struct err *e);

/* W3C Web Annotation: one AnnotationCollection as JSON. */
bool store_source_annotations(struct store_reader *r, int64_t version, str source, struct arena *a,
                              str *json, struct err *e);

/* ---- what sources say, as documents and records ---- */

/*
 * Where a reading of what sources say goes on. {0} begins with the source that was recorded first
 * and goes through all; store_said_begin begins with one and ends with it. A source that was
 * removed still counts where descriptions of it hold, because others refer to them.
 */
struct said_place {
    bool single;
    bool within;    /* a source is at hand */
    int64_t source; /* its key, or that of the one before */
    bool begun;     /* it came itself; its lists follow */
    int list;       /* enum record_kind that is at hand */
    unsigned many;  /* set of 1 << list: longer than sorting is good for */
    bool quotes;    /* its text goes with it */
    size_t n;
    char after[DOCUMENT_LONGEST_ID]; /* the id that came last in the list, n bytes */
};

/* One thing that a source says, as JSON without white space. */
struct said {
    enum record_kind section; /* RECORD_KINDS for the source itself */
    bool bare; /* no more than its id and name: what comes next refers to it, and the whole of it
                  comes later. For records, which are taken in one after the other. */
    str json;
};

enum store_found store_said_begin(struct store_reader *r, int64_t version, str source,
                                  struct arena *a, struct said_place *out, struct gone *gone,
                                  struct err *e);

/*
 * The next things, all of one list and in the order of their ids (relations: of those of
 * /v1/relations), a few hundred kilobytes at most unless one alone is larger; *n is 0 at the end.
 */
bool store_said_next(struct store_reader *r, int64_t version, struct said_place *place,
                     struct arena *a, struct said **out, size_t *n, struct err *e);

/*
 * All that a source says as one annotated source document, one thing to a line. ERR_TOO_LARGE where
 * it would be larger than a document may be. A text that is withheld is not in it: evidence has
 * digests.
 */
bool store_source_document(struct store_reader *r, int64_t version, struct said_place *place,
                           struct arena *a, str *json, struct err *e);

/* Changesets, newest first, before number `before` (0 for the newest); ids are the numbers. */
bool store_find_changesets(struct store_reader *r, int64_t version, int64_t before, int64_t limit,
                           struct arena *a, struct item_page *out, struct err *e);
enum store_found store_get_changeset(struct store_reader *r, int64_t number, struct arena *a,
                                     struct item *out, struct err *e);

/* ---- what accounts contradict each other on, and what was done to one event ---- */

/*
 * Where accounts contradict each other: one finished JSON object for each event and property, in
 * the order of the events by date, and of EVENT_DISPUTE_TABLE within one.
 */
struct disagreement_query {
    const struct query *events; /* its limit, order, count and disputed are not looked at */
    unsigned properties;        /* set of EVENT_DISPUTED_…; all of them where it is 0 */
    unsigned given; /* of the first event: leave out the properties whose number is below this */
    int64_t limit;  /* items */
    bool count, pairs;
};

/* Two sources that contradict each other, the lesser id first. */
struct disagreement_sources {
    str a, b;
    int64_t n[EVENT_DISPUTE_COUNT]; /* on each property */
    int64_t total;
    int64_t widest; /* days between their dates where they lie apart the most; -1 without */
};

/* Events that are looked at for pairs of sources, and pairs that are told apart and shown. */
#define DISAGREEMENT_MOST_EVENTS 1000
#define DISAGREEMENT_MOST_SOURCES 4096
#define DISAGREEMENT_SHOWN_SOURCES 20

struct disagreement_page {
    struct item_page page;    /* ids are those of the events; matched counts items */
    struct query_after after; /* where there are more: the last event given in whole; and */
    unsigned given;           /* of the next one the properties below this number */
    struct disagreement_sources *sources; /* those that differ most often first; where asked for */
    size_t source_count;
    int64_t source_events; /* events that they were counted over */
    bool source_whole;     /* these are all there are */
};

/* As store_find_events. */
bool store_find_disagreements(struct store_reader *r, const struct disagreement_query *q,
                              struct arena *a, struct disagreement_page *out,
                              struct problems *problems, struct err *e);

/*
 * What each changeset up to `version` did to an event, before number `before` (0 for the newest),
 * the newest first. The event may be gone; its id must have been known.
 */
bool store_event_history(struct store_reader *r, int64_t version, str id, int64_t before,
                         int64_t limit, struct arena *a, struct item_page *out, struct err *e);

/* ---- the change feed ---- */

/*
 * Changes are ordered by version and, within one, by position; the first position is 0. Begin with
 * the version that is known already and INT64_MAX.
 */
struct change_query {
    int64_t after_version, after_position;
    int64_t version; /* up to and with this one */
    int64_t limit;
};

struct change_page {
    str *changes; /* JSON objects: "version", "recorded", "action", "kind", "id", "properties" */
    size_t n;
    bool more;
    int64_t version, position; /* of the last one; without any, as in the query */
};

bool store_find_changes(struct store_reader *r, const struct change_query *q, struct arena *a,
                        struct change_page *out, struct err *e);

/*
 * The first version after `since`, as one JSON object: "version", "recorded", "author", "message",
 * "changes"; where there are more than `most` of these, the first ones, and "change_count" says how
 * many there are. STORE_NEVER when there is none yet.
 */
enum store_found store_next_changeset(struct store_reader *r, int64_t since, int64_t most,
                                      struct arena *a, struct item *out, struct err *e);

/* ---- writing ---- */

bool store_writer_open(struct store *s, struct store_writer **out, struct err *e);
void store_writer_close(struct store_writer *w);

struct change {
    str author;  /* name of the token */
    str message; /* may be empty */
    bool dry_run;
    const atomic_bool *stop; /* when it is set, the change ends with ERR_OVERLOADED; or NULL */
    /* Idempotency: key empty for none. fingerprint: SHA-256 of method, target and body. */
    str idempotency_key;
    unsigned char fingerprint[32];
};

/* The answer to a write, to be sent as it is. */
struct change_result {
    int status;      /* 200 or 201 */
    int64_t version; /* of the store afterwards */
    bool replayed;   /* an earlier request with the same key was answered so */
    str json;        /* {"changeset", "version", "added", "changed", "removed", "warnings"} */
};

/*
 * A write is: begin, then any number of puts and deletes, then commit; or abort at any point.
 * Between begin and commit the writer holds the store's one write transaction.
 *
 * begin: when change->idempotency_key was used before with the same fingerprint, *replayed is set,
 * *result is that answer and nothing is open; with another fingerprint false, ERR_IDEMPOTENCY.
 */
bool store_change_begin(struct store_writer *w, const struct change *change, struct arena *a,
                        bool *replayed, struct change_result *result, struct err *e);

/*
 * Everything that this source says becomes what the document says. The document need not outlive
 * the call. pointer_prefix is put before every pointer of a problem. False with
 * ERR_INVALID_DOCUMENT when there are problems; the transaction stays open for abort.
 */
bool store_change_put(struct store_writer *w, const struct document *d, str pointer_prefix,
                      struct problems *problems, struct err *e);

/*
 * The same a part at a time, in constant memory however many there are. What the lines refer to
 * must have been said before, in the change or in the store. Problems, with pointers into the line,
 * leave the part unwritten and the answer true, those too that were there before; whether they end
 * the change is for the caller.
 *
 * source: its own properties become these. A text that the store has of it stays when *s says
 * nothing of one, and is filled in there, in the arena.
 * record: a part of the source of r->document, in place of what the source said of that thing.
 * forget: of a part that was refused: nothing may refer to it on its account.
 * remove: the source no longer says anything of r->id; a warning when it does not now.
 */
bool store_change_source(struct store_writer *w, struct document_source *s, struct arena *a,
                         struct problems *problems, struct err *e);
bool store_change_record(struct store_writer *w, const struct record *r, struct problems *problems,
                         struct err *e);
void store_change_forget(struct store_writer *w, const struct record *r);
bool store_change_remove(struct store_writer *w, str source, const struct record *r, struct err *e);

/* More members for the answer ("\"records\":7"), which the record of the changeset leaves out. */
void store_change_extra(struct store_writer *w, str members);

/*
 * Says that a document is to be put later in the same change: those put before it may refer to what
 * it declares. New sources are recorded in the order of these calls.
 */
bool store_change_declare(struct store_writer *w, const struct document *d, struct err *e);

/* The source's accounts, relations, claims and descriptions go. ERR_NOT_FOUND, ERR_GONE. */
bool store_change_delete(struct store_writer *w, str source, struct err *e);

/* The version that last changed the source, 0 when it is not there, within the transaction. */
bool store_change_source_version(struct store_writer *w, str source, int64_t *version,
                                 struct err *e);

/* Makes it durable (or, for a dry run, undoes it) and answers. */
bool store_change_commit(struct store_writer *w, struct arena *a, struct change_result *result,
                         struct err *e);
void store_change_abort(struct store_writer *w);

/* ---- tokens ---- */

/* X(value, name): each scope includes the ones before it. */
#define SCOPE_TABLE(X)                                                                             \
    X(SCOPE_NONE, "none")                                                                          \
    X(SCOPE_READ, "read")                                                                          \
    X(SCOPE_WRITE, "write")                                                                        \
    X(SCOPE_ADMIN, "admin")
enum scope {
#define X(value, name) value,
    SCOPE_TABLE(X)
#undef X
};

struct token {
    str name;
    enum scope scope;
    int64_t created; /* microseconds since 1970 UTC */
    int64_t revoked; /* 0 while it is good */
};

/* *secret: the whole token, to be shown once; only its hash is kept. Names are unique. */
bool store_token_create(struct store_writer *w, str name, enum scope scope, struct arena *a,
                        str *secret, struct err *e);
bool store_token_list(struct store_writer *w, struct arena *a, struct token **out, size_t *n,
                      struct err *e);
bool store_token_revoke(struct store_writer *w, str name, struct err *e);

/* The token that a bearer presents, compared in constant time. SCOPE_NONE when it is not good. */
bool store_token_check(struct store_reader *r, str presented, struct arena *a, struct token *out,
                       struct err *e);

/* ---- checks ---- */

/*
 * Proves the store: the engine's own check, every reference, versions without gaps, and the
 * projection equal to one rebuilt from the tables. Findings are added to `problems` (their detail
 * says it all); false only when the check itself could not run.
 */
bool store_check(struct store_reader *r, struct problems *problems, struct err *e);

/*
 * A whole store of its newest version in a new file, on disk when this answers, while others go on
 * reading and writing. False where the file is there already.
 */
bool store_backup(struct store_reader *r, const char *path, int64_t *version, struct err *e);

/* Whether the engine can still write and read: cheap; for /readyz. */
bool store_ready(struct store_reader *r, struct err *e);

const char *store_scope_name(enum scope s);
bool store_scope_from(str name, enum scope *out);

#endif
