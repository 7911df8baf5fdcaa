/*
 * builder: what every reader of a foreign format makes: the things of an annotated source, one
 * after the other, each with its place in the file. They become a document, or go out one by one
 * as records where there are too many for one.
 *
 *     struct jout *j = builder_begin(b, BUILD_EVENT, line, column);
 *     jout_member_str(j, "id", id);
 *     builder_place(b, "/date", date_line, date_column);
 *     jout_member_str(j, "date", date);
 *     builder_end(b);
 *
 * A reader writes what it found; whether that makes sense (ids, dates, references) is for the
 * decoder of documents to say, and builder_locate brings its words back to the line.
 */
#ifndef ANNALS_CLIENT_READ_BUILDER_H
#define ANNALS_CLIENT_READ_BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/jout.h"
#include "base/problem.h"
#include "base/str.h"

/* X(value, word in a record, key in a document): in the order of a document */
#define BUILD_TABLE(X)                                                                             \
    X(BUILD_SOURCE, "source", "source")                                                            \
    X(BUILD_TYPE, "type", "types")                                                                 \
    X(BUILD_ROLE, "role", "roles")                                                                 \
    X(BUILD_RELATION_TYPE, "relation_type", "relation_types")                                      \
    X(BUILD_ACTOR, "actor", "actors")                                                              \
    X(BUILD_PLACE, "place", "places")                                                              \
    X(BUILD_EVENT, "event", "events")                                                              \
    X(BUILD_RELATION, "relation", "relations")                                                     \
    X(BUILD_CLAIM, "claim", "claims")

enum build_kind {
#define X(value, word, key) value,
    BUILD_TABLE(X)
#undef X
        BUILD_KINDS
};

/* Where a member of a thing stands, if not where the thing begins. */
struct built_place {
    str pointer; /* below the thing: "/date", "/evidence/0" */
    int64_t line, column;
};

/* One finished thing. */
struct built {
    enum build_kind kind;
    str json;             /* an object */
    int64_t line, column; /* in the file, from 1, the column in code points */
    struct built_place *places;
    size_t place_count;
};

/* Takes a thing instead of keeping it; it and its memory last for the call alone. False ends the
 * reading. */
typedef bool built_sink(void *to, const struct built *thing);

struct built_list {
    struct built *items;
    size_t n, room;
};

struct builder {
    struct arena *arena;
    struct problems *problems;
    struct built_list kept[BUILD_KINDS];
    built_sink *sink; /* NULL: things are kept */
    void *to;
    struct arena *scratch; /* of the thing under way, where there is a sink; owned */
    size_t kept_bytes;
    bool stopped; /* the sink wants no more, or what is kept fills a document */
    struct built now;
    size_t place_room;
    struct buf out; /* of the thing under way */
    struct jout j;
};

/* problems: where a thing that is too large is told. What is kept lives in the arena; builder_free
 * gives back the room of the thing under way. */
void builder_init(struct builder *b, struct arena *a, struct problems *problems);
void builder_free(struct builder *b);

/* From now on things go to the sink, and nothing of them is kept. */
void builder_stream(struct builder *b, built_sink *sink, void *to);

/* Begins a thing that stands at a line and column; its members are written to what is answered. */
struct jout *builder_begin(struct builder *b, enum build_kind kind, int64_t line, int64_t column);

/* What the pointer leads to, below the thing under way, stands elsewhere. Copied. */
void builder_place(struct builder *b, const char *pointer, int64_t line, int64_t column);

/* Ends it. False: the sink wants no more, or the thing, or all that is kept, is larger than a
 * document may be, which is a problem now. */
bool builder_end(struct builder *b);

/* Adds a thing that was finished elsewhere, as builder_end does. What is kept is copied. */
bool builder_add(struct builder *b, const struct built *thing);

/* Puts a finished thing in the place of one of its kind that was kept, by its number. */
void builder_replace(struct builder *b, size_t number, const struct built *thing);

/* How many of a kind were kept. */
size_t builder_count(const struct builder *b, enum build_kind kind);

/* The document that the things make, in b->arena. False: larger than DOCUMENT_LARGEST, which is a
 * problem now. */
bool builder_document(struct builder *b, str *json);

/* A thing as a record: {"event":{…}} without a line's end. */
void builder_record(struct buf *out, const struct built *thing);

/*
 * Where in the file the value stands that a JSON pointer (RFC 6901) into the document names; the
 * nearest place on the way where the value itself has none. 1 and 1 where nothing is known.
 */
void builder_locate(const struct builder *b, str pointer, int64_t *line, int64_t *column);

const char *build_word(enum build_kind kind); /* in a record */
const char *build_key(enum build_kind kind);  /* in a document */

#endif
