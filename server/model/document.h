/*
 * document: an annotated source document, decoded: what one source says, as plain structs in an
 * arena. Decoding checks everything that can be checked without a store: shapes, keys, ids, dates,
 * numbers, closed vocabularies, repeats, circles, offsets and words against the text. Ids of
 * sources, events, actors, places, types, roles and relation types are checked for their form
 * alone: whether the document, the store or the shipped vocabulary has them is for the store to
 * say.
 *
 * Every array here is `items` + count; every str lives in the arena of the decode. A str that was
 * absent has a NULL p; an empty one that was given has n == 0 and p set.
 */
#ifndef ANNALS_MODEL_DOCUMENT_H
#define ANNALS_MODEL_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/str.h"
#include "model/edtf.h"

#define DOCUMENT_LARGEST ((size_t)8 * 1024 * 1024)
#define DOCUMENT_DEPTH 32
#define DOCUMENT_TOKENS 1000000
#define DOCUMENT_LONGEST_ID 128

struct strs {
    str *items;
    size_t n;
};

/* A date as written and what it means. text.p is NULL where none was given. */
struct dated {
    str text;
    struct edtf value;
};

struct identifier {
    str scheme; /* "wikidata", "iso3166" … */
    str value;
};

struct identifiers {
    struct identifier *items; /* sorted by scheme; each scheme once */
    size_t n;
};

/*
 * The words that support something: code points [start, end) of the source's text, with the words
 * (exact, and prefix and suffix for finding them again) or the SHA-256 of their UTF-8 (digest, 64
 * lower-case hexadecimal digits). Where neither was given, exact is filled in from a public text
 * and digest from a withheld one. Words given with a withheld text are kept: whoever quotes them
 * answers for it.
 */
struct evidence {
    int64_t start;
    int64_t end;
    str exact;
    str prefix;
    str suffix;
    str digest;
    struct strs supports; /* names of properties of what it hangs on, sorted; may be empty */
};

struct evidences {
    struct evidence *items;
    size_t n;
};

struct document_source {
    str id;
    str title;
    struct strs creators;
    str publisher;
    struct dated published;
    str url;
    str language; /* BCP 47 */
    str licence;
    struct strs derives_from; /* ids of sources */
    int64_t precedence;       /* the highest wins under the default policy; 0 unless given */
    bool withheld;            /* text_access "withheld": the text may not be given out */
    str text;                 /* where it is given, withheld or not */
    str text_sha256;          /* 64 lower-case digits; computed where the text is given */
    int64_t text_length;      /* in code points; -1 where there is no text at all */
};

struct name {
    str name;
    str language;
    str script;        /* ISO 15924 */
    str used_by;       /* id of an actor */
    struct dated date; /* when it is used: "since when" */
};

struct names {
    struct name *items;
    size_t n;
};

/* actor.member_of and place.part_of: in what, and when. */
struct containment {
    str in;
    struct dated date;
};

struct containments {
    struct containment *items;
    size_t n;
};

struct document_actor {
    str id;
    str name;
    str kind; /* state organisation person group */
    struct identifiers identifiers;
    struct names names;
    struct containments member_of;
    struct evidences evidence;
};

struct document_place {
    str id;
    str name;
    bool has_point;
    double lat; /* degrees, -90 to 90; NAN without a point */
    double lon; /* degrees, -180 to 180; NAN without a point */
    struct identifiers identifiers;
    struct names names;
    struct containments part_of;
    struct evidences evidence;
};

/* A word of a vocabulary that the document declares. */
struct document_term {
    str id;
    str label;
    str parent; /* id of a term of the same vocabulary, or absent */
    str description;
};

struct participant {
    str actor;
    str role; /* empty where not said */
};

struct document_event {
    str id;
    str title;
    str summary;
    struct dated date;
    str type;
    struct participant *participants;
    size_t participant_count;
    struct strs places;
    struct strs tags;
    struct identifiers identifiers;
    struct evidences evidence;
};

struct document_relation {
    str from;
    str type;
    str to;
    struct evidences evidence;
};

struct document_claim {
    str id;
    str speaker;
    str stance; /* asserts denies accuses proposes promises acknowledges */
    struct strs about;
    str text;
    struct dated date;
    struct evidences evidence;
};

struct document {
    struct document_source source;
    struct document_actor *actors;
    size_t actor_count;
    struct document_place *places;
    size_t place_count;
    struct document_term *types;
    size_t type_count;
    struct document_term *roles;
    size_t role_count;
    struct document_term *relation_types;
    size_t relation_type_count;
    struct document_event *events;
    size_t event_count;
    struct document_relation *relations;
    size_t relation_count;
    struct document_claim *claims;
    size_t claim_count;
};

/*
 * Decodes one document. json is untrusted bytes. Every problem found is added to `problems`, with
 * a JSON pointer (or line and column where the JSON itself is broken); the answer is NULL when
 * there was one. *syntax is set to whether the failure is one of JSON rather than of meaning.
 * The document lives in `arena`; json need not outlive the call.
 */
struct document *document_decode(str json, struct arena *arena, struct problems *problems,
                                 bool *syntax);

/*
 * The same for finding all that is wrong at once: a document with problems is answered too, without
 * the parts that were refused, so that the store can look for what it refers to. NULL where the
 * JSON itself is broken, and where more was wrong than `problems` holds.
 */
struct document *document_decode_anyway(str json, struct arena *arena, struct problems *problems,
                                        bool *syntax);

/* Whether text is an id: [a-z0-9][a-z0-9_-]*, at most DOCUMENT_LONGEST_ID bytes. */
bool document_is_id(str text);

/* X(kind, name): the parts that a document is made of */
#define DOCUMENT_KIND_TABLE(X)                                                                     \
    X(DOCUMENT_SOURCE, "source")                                                                   \
    X(DOCUMENT_ACTOR, "actor")                                                                     \
    X(DOCUMENT_PLACE, "place")                                                                     \
    X(DOCUMENT_TERM, "term")                                                                       \
    X(DOCUMENT_EVENT, "event")                                                                     \
    X(DOCUMENT_RELATION, "relation")                                                               \
    X(DOCUMENT_CLAIM, "claim")

enum document_kind {
#define X(kind, name) kind,
    DOCUMENT_KIND_TABLE(X)
#undef X
        DOCUMENT_KINDS
};

/*
 * A digest of the meaning of a part, property by property in the order of its table of keys: each
 * DOCUMENT_PROPERTY_DIGEST bytes long, the beginning of the SHA-256 of an unambiguous
 * serialisation; all zero where the property is absent or empty. The same for two values exactly
 * when they say the same; evidence is a property like the others. Answers how many properties
 * there are. part: a struct document_source, document_actor …, as kind says.
 */
#define DOCUMENT_PROPERTY_DIGEST 16
#define DOCUMENT_MOST_PROPERTIES 16
#define DOCUMENT_MOST_DIGEST (DOCUMENT_MOST_PROPERTIES * DOCUMENT_PROPERTY_DIGEST)
size_t document_digest(enum document_kind kind, const void *part,
                       unsigned char out[DOCUMENT_MOST_DIGEST]);

/* The key of a property by its number in a digest: "title", "participants" … */
const char *document_property_name(enum document_kind kind, size_t property);

#endif
