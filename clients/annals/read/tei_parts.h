/*
 * tei_parts: what the parts of the reader of TEI share: the tree, the plain text, the ids, and the
 * persons, organisations and places that the file lists or mentions. Inside that reader alone.
 */
#ifndef ANNALS_CLIENT_READ_TEI_PARTS_H
#define ANNALS_CLIENT_READ_TEI_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "annals/read/builder.h"
#include "annals/read/leftover.h"
#include "annals/read/reader.h"
#include "annals/read/text.h"
#include "annals/read/xml.h"
#include "base/strmap.h"

/* A name, an identifier, a place where it is mentioned: lists in the order of the file. */
struct tei_name {
    str name, language;
    struct tei_name *next;
};
struct tei_identifier {
    str scheme, value;
    struct tei_identifier *next;
};
struct tei_mention {
    const struct xml_node *node;
    struct tei_mention *next;
};

/* An actor or place. */
struct tei_thing {
    enum build_kind kind; /* BUILD_ACTOR or BUILD_PLACE */
    const char *actor_kind;
    str id;                      /* in the document */
    const struct xml_node *node; /* its entry in a list, or its first mention */
    struct tei_name *names, *last_name;
    size_t name_count;
    struct tei_identifier *identifiers, *last_identifier;
    struct tei_mention *mentions, *last_mention;
    const struct tei_thing *within; /* of a place */
    bool has_point;
    double lat, lon;
    struct tei_thing *next;
};

struct tei_parts {
    const struct reading_ask *ask;
    struct arena *arena;
    struct builder *out;
    struct xml_node *root;
    struct text text;
    str source; /* id */
    struct leftover leftover;
    struct strmap ids; /* xml:id to the number of a node */
    struct xml_node **nodes;
    size_t node_count, node_room;
    struct tei_thing *things, *last_thing;
    struct strmap known; /* "scheme:value" or a key to the number of a thing */
    struct tei_thing **by_number;
    size_t thing_count, thing_room;
    size_t nameless; /* things and events without an id of their own */
};

/* ---- shared ---- */

/* Whether an element has words in the text. */
bool tei_has_words(const struct xml_node *n);

/* The element that "#id" names, or NULL. */
struct xml_node *tei_find(const struct tei_parts *p, str reference);

/* The id of an element's thing in the document: by its xml:id, else counted. */
str tei_id(struct tei_parts *p, const struct xml_node *n);

/* A language tag of an element that is one, or the empty str. */
str tei_language(const struct xml_node *n, struct arena *a);

/* Whether words are a tag of BCP 47. */
bool tei_is_language(str words, struct arena *a);

/* ---- things: tei_things.c ---- */

/* Finds all of them; afterwards the mark of an entry or mention is its struct tei_thing. */
void tei_things_find(struct tei_parts *p);

/* Whether an element is an entry of a list or a name. */
bool tei_things_is(const struct xml_node *n);

/* Adds identifiers that an element gives by its idno children and its references. */
void tei_things_identify(struct tei_parts *p, const struct xml_node *n,
                         struct tei_identifier **first, struct tei_identifier **last);
void tei_things_write_identifiers(struct jout *j, const struct tei_identifier *first);

/* Builds them. */
void tei_things_write(struct tei_parts *p);

/* ---- events: tei_events.c ---- */

/* Builds the events, the relations between them, and what is made of dates elsewhere. */
void tei_events_write(struct tei_parts *p);

#endif
