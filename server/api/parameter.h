/*
 * parameter: the parameters of every address, one table that reading, messages, documentation and
 * tests follow. Which address takes which is said in route.c.
 */
#ifndef ANNALS_API_PARAMETER_H
#define ANNALS_API_PARAMETER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum {
    PARAMETER_ONE = 0,       /* one value, given once */
    PARAMETER_LIST = 1 << 0, /* a comma separates values: any of them */
    PARAMETER_MANY = 1 << 1, /* may be repeated: all of them */
    PARAMETER_NOT = 1 << 2,  /* takes __not */
    PARAMETER_FLAG = 1 << 3, /* true or false; alone it means true */
    PARAMETER_SET = PARAMETER_LIST | PARAMETER_MANY | PARAMETER_NOT
};

/* X(value, name, flags, meaning) */
#define PARAMETER_TABLE(X)                                                                         \
    X(PARAM_DATE, "date", PARAMETER_ONE,                                                           \
      "An EDTF date or interval: 2021-03, 2021/2022, 2021-06/..; XXXX-02-24 is on this day")       \
    X(PARAM_WHEN, "when", PARAMETER_ONE, "overlaps, within, covers, starts or ends")               \
    X(PARAM_CERTAINTY, "certainty", PARAMETER_ONE, "possible or certain")                          \
    X(PARAM_UNDATED, "undated", PARAMETER_ONE, "exclude, include or only")                         \
    X(PARAM_ACTOR, "actor", PARAMETER_SET, "Who takes part: an id, or scheme:value (iso3166:AZ)")  \
    X(PARAM_ROLE, "role", PARAMETER_LIST | PARAMETER_NOT, "The part that the actor plays")         \
    X(PARAM_MEMBERS, "members", PARAMETER_FLAG, "Count members of an organisation as the actor")   \
    X(PARAM_PLACE, "place", PARAMETER_SET,                                                         \
      "Where, and whatever is part of it: an id or scheme:value")                                  \
    X(PARAM_BBOX, "bbox", PARAMETER_MANY, "A box: minlon,minlat,maxlon,maxlat")                    \
    X(PARAM_NEAR, "near", PARAMETER_MANY, "A circle: lat,lon,km")                                  \
    X(PARAM_TYPE, "type", PARAMETER_SET, "The type of event, its children included")               \
    X(PARAM_TAG, "tag", PARAMETER_SET, "A tag")                                                    \
    X(PARAM_SOURCE, "source", PARAMETER_SET, "The source that tells of it")                        \
    X(PARAM_ID, "id", PARAMETER_SET, "The event itself, by id")                                    \
    X(PARAM_PRECISION, "precision", PARAMETER_SET,                                                 \
      "How exact the date is: second, day, month, season, year, decade, century, millennium")      \
    X(PARAM_RELATED_TO, "related_to", PARAMETER_SET, "An event that it has a relation to or from") \
    X(PARAM_RELATION, "relation", PARAMETER_LIST | PARAMETER_NOT, "The type of that relation")     \
    X(PARAM_DISPUTED, "disputed", PARAMETER_FLAG, "true: sources contradict each other on it")     \
    X(PARAM_CLAIMED_BY, "claimed_by", PARAMETER_SET, "An actor who makes a claim about it")        \
    X(PARAM_STANCE, "stance", PARAMETER_LIST | PARAMETER_NOT, "The stance of that claim")          \
    X(PARAM_Q, "q", PARAMETER_ONE, "Full text: words, \"phrases\", prefix*")                       \
    X(PARAM_POLICY, "policy", PARAMETER_ONE,                                                       \
      "Which account wins: preferred, first, last (by publication) or source:ID")                  \
    X(PARAM_KNOWN_AT, "known_at", PARAMETER_ONE,                                                   \
      "Only what sources certainly published by the end of that date say: 2022-02-21")             \
    X(PARAM_AS_OF, "as_of", PARAMETER_ONE,                                                         \
      "The store at a version (7), day or instant (RFC 3339)")                                     \
    X(PARAM_SORT, "sort", PARAMETER_ONE, "date, -date, relevance, updated or title")               \
    X(PARAM_LIMIT, "limit", PARAMETER_ONE,                                                         \
      "Rows on a page, 1 to 1000; 100 unless given; all streams every row")                        \
    X(PARAM_CURSOR, "cursor", PARAMETER_ONE, "Where the page before ended, as its `next` says")    \
    X(PARAM_COUNT, "count", PARAMETER_FLAG, "Count all that match")                                \
    X(PARAM_FIELDS, "fields", PARAMETER_LIST, "Members, or columns of CSV, to be shown")           \
    X(PARAM_INCLUDE, "include", PARAMETER_LIST, "accounts, relations, claims, evidence")           \
    X(PARAM_LANG, "lang", PARAMETER_LIST, "Languages of names, the dearest first: az,ru")          \
    X(PARAM_PRETTY, "pretty", PARAMETER_FLAG, "JSON laid out for eyes")                            \
    X(PARAM_EXPLAIN, "explain", PARAMETER_FLAG, "Show what each filter was understood as")         \
    X(PARAM_FORMAT, "format", PARAMETER_ONE, "json, ndjson, csv …: as the suffix of the path")     \
    X(PARAM_SHAPE, "shape", PARAMETER_ONE, "array: JSON as a bare list")                           \
    X(PARAM_WIDTH, "width", PARAMETER_ONE, "txt: columns, 40 to 400; svg: pixels, 300 to 4000")    \
    X(PARAM_LANES, "lanes", PARAMETER_ONE,                                                         \
      "Drawings: a lane for each type, actor, place or source, or none; no matter to others")      \
    X(PARAM_BY, "by", PARAMETER_LIST,                                                              \
      "Buckets: day, month, year or decade; facets: actor, place, type, tag, source, role")        \
    X(PARAM_BINS, "bins", PARAMETER_ONE, "So many buckets of equal length, 1 to 10000")            \
    X(PARAM_SPLIT, "split", PARAMETER_ONE, "A series each: type, actor, place, tag or source")     \
    X(PARAM_DEPTH, "depth", PARAMETER_ONE,                                                         \
      "How many steps from the event in the middle, 1 to 4; 1 unless given")                       \
    X(PARAM_SINCE, "since", PARAMETER_ONE, "Changes after this version")                           \
    X(PARAM_PROPERTY, "property", PARAMETER_LIST,                                                  \
      "What accounts contradict each other on: date, type, places, participants")                  \
    X(PARAM_FINGERPRINT, "fingerprint", PARAMETER_ONE,                                             \
      "As a citation gave it, sha-256:…: whether the answer is still the same")                    \
    X(PARAM_UNTIL, "until", PARAMETER_ONE,                                                         \
      "The version, day or instant to compare the cited one with; the newest unless given")        \
    X(PARAM_FROM, "from", PARAMETER_ONE, "A date (EDTF): where the window begins that is shown")   \
    X(PARAM_TO, "to", PARAMETER_ONE, "A date (EDTF): where it ends")                               \
    X(PARAM_SELECTED, "selected", PARAMETER_ONE, "The id of the event that is selected")           \
    X(PARAM_LABEL, "label", PARAMETER_ONE, "What the timeline is called")                          \
    X(PARAM_URL, "url", PARAMETER_ONE,                                                             \
      "The address to be embedded, of this server: its first page, events, one event or an embed") \
    X(PARAM_MAXWIDTH, "maxwidth", PARAMETER_ONE, "Pixels that the frame may be wide, at most")     \
    X(PARAM_MAXHEIGHT, "maxheight", PARAMETER_ONE, "Pixels that it may be high, at most")          \
    X(PARAM_DRY_RUN, "dry_run", PARAMETER_FLAG, "Judge a write and say what it would do, no more") \
    X(PARAM_KEEP_GOING, "keep_going", PARAMETER_FLAG,                                              \
      "Of a batch, write the good records and list the others")                                    \
    X(PARAM_MESSAGE, "message", PARAMETER_ONE, "What a write is for, kept with its changeset")

enum parameter {
#define X(value, name, flags, meaning) value,
    PARAMETER_TABLE(X)
#undef X
        PARAMETERS,
    PARAM_TERM /* a filter of one kind of item, see store_item_terms */
};

/* A set of parameters. */
#define PARAMETER_BIT(p) (UINT64_C(1) << (p))

const char *parameter_name(enum parameter p);
unsigned parameter_flags(enum parameter p);
const char *parameter_meaning(enum parameter p);

bool parameter_find(str name, enum parameter *out);

#endif
