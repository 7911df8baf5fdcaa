/*
 * standoff: what the schemes of stand-off annotation have in common (brat, W3C Web Annotation):
 * mentions, which are spans of a text under a label, and links from one mention to another. What
 * the labels mean (read/mapping.h) turns them into events, actors, places, dates and claims.
 */
#ifndef ANNALS_CLIENT_READ_STANDOFF_H
#define ANNALS_CLIENT_READ_STANDOFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "annals/read/leftover.h"
#include "annals/read/mapping.h"
#include "annals/read/reader.h"
#include "annals/read/text.h"
#include "base/strmap.h"

struct standoff_span {
    size_t from, to; /* bytes of the text */
};

struct standoff_name {
    str scheme, value;
    struct standoff_name *next;
};

struct standoff_word {
    str word;
    struct standoff_word *next;
};

/* What hangs on one mention; more is left out, and told. */
#define STANDOFF_MOST_NAMES 64
#define STANDOFF_MOST_TAGS 64
#define STANDOFF_MOST_SUMMARY ((size_t)60 * 1024) /* bytes */

/* Strs are borrowed: they live as long as the reading. */
struct mention {
    str id;                         /* its own in the file: the thing becomes SOURCE-id */
    str label;                      /* what the scheme calls it, for notes */
    struct mapping_meaning meaning; /* MAPPING_UNKNOWN: it stands for nothing */
    bool is_trigger;                /* the words only hint at the thing, and do not say it */
    struct standoff_span *spans;
    size_t span_count, span_room;
    str words;                              /* of its spans, a blank between them: standoff_words */
    str date;                               /* of MAPPING_DATE: EDTF; empty where there is none */
    struct standoff_name *names;            /* identifiers */
    struct standoff_word *tags;             /* of an event */
    struct standoff_word *told, *last_told; /* parts of the summary of an event or claim */
    size_t name_count, tag_count, told_bytes;
    int64_t line, column;
    /* for standoff.c */
    struct mention *same;                 /* towards the first that means the same thing */
    struct mention *member, *last_member; /* those that mean the same, in their order */
    struct standoff_link *links;          /* to and from it, in the order of the file */
    struct standoff_link *last_link;
    str thing;     /* the id in the document */
    size_t met_by; /* the number of the event that was last to take its words */
};

struct standoff_link {
    struct mention *from, *to;
    str label;
    bool is_argument; /* of an event: it takes part even where no mapping explains the label */
    int64_t line, column;
    struct standoff_link *next_from, *next_to; /* in the lists of its ends */
};

struct standoff {
    const struct reading_ask *ask;
    struct arena *arena;
    struct builder *out;
    struct text text;
    str source;           /* id */
    struct leftover left; /* what is left out, and what became of things */
    struct strmap seen;   /* what must stand once: words declared, participants, relations */
    struct mention **all;
    size_t n, room;
};

/* text: valid UTF-8 that outlives *s. */
void standoff_init(struct standoff *s, const struct reading_ask *ask, str text,
                   struct builder *out);

/* A mention without spans and meaning; it stands for nothing until it is given one. */
struct mention *standoff_mention(struct standoff *s, str id, str label, int64_t line,
                                 int64_t column);
void standoff_span(struct standoff *s, struct mention *m, size_t from, size_t to);

/* Sets its words, after its last span. */
void standoff_words(struct standoff *s, struct mention *m);

/* An identifier, a tag, some words of the summary; each kept once. */
void standoff_name(struct standoff *s, struct mention *m, str scheme, str value);
void standoff_tag(struct standoff *s, struct mention *m, str tag);
void standoff_tell(struct standoff *s, struct mention *m, str words);

struct standoff_link *standoff_link(struct standoff *s, struct mention *from, struct mention *to,
                                    str label, int64_t line, int64_t column);

/* The file says that both mean the same thing. */
void standoff_same(struct mention *a, struct mention *b);

/* The mention that stands for the thing: the first of those that mean the same, as far as known. */
struct mention *standoff_thing(struct mention *m);

/*
 * Writes the source and all that the mentions mean, and tells what was left out. found: what the
 * reader knows of the source beyond its text, as for mapping_source.
 */
void standoff_write(struct standoff *s, const struct mapping_finding *found);

/* Words as one line of at most 120 code points: a title. */
str standoff_title(str words, struct arena *a);

#endif
