/*
 * table_map: the part "table" of a mapping, compiled: how the columns of a table become events,
 * and what these refer to. docs/reference/mapping.md describes the language. What is compiled
 * lives in the arena and is never changed, so one mapping may serve many files.
 */
#ifndef ANNALS_CLIENT_READ_TABLE_MAP_H
#define ANNALS_CLIENT_READ_TABLE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "annals/read/front.h"
#include "annals/read/table.h"
#include "base/arena.h"
#include "base/problem.h"
#include "base/str.h"

#define TABLE_MOST_COLUMNS 1024 /* that a mapping names */
#define TABLE_PLACE_DEPTH 8     /* of part_of */

/* ---- values ---- */

enum table_piece_kind {
    TABLE_LITERAL,
    TABLE_COLUMN, /* number: of table_map.columns */
    TABLE_NAMED,  /* number: of table_map.values */
    TABLE_SOURCE, /* "{_source}": the source's id */
    TABLE_OPEN,   /* "[": what follows is left out where a column of it is missing */
    TABLE_CLOSE
};

struct table_piece {
    enum table_piece_kind kind;
    str text;
    size_t number;
};

/* X(value, word): what is made of a text in the end */
#define TABLE_FORM_TABLE(X)                                                                        \
    X(TABLE_AS_TEXT, "text")                                                                       \
    X(TABLE_AS_HTML, "html")     /* plain text out of HTML */                                      \
    X(TABLE_AS_LOWER, "lower")   /* ASCII letters */                                               \
    X(TABLE_AS_TITLE, "title")   /* NORTH KOREA: North Korea */                                    \
    X(TABLE_AS_DIGEST, "digest") /* the beginning of its SHA-256 */                                \
    X(TABLE_AS_URL, "url")       /* an address of the Web; nothing for any other text */           \
    X(TABLE_AS_ID, "id")

enum table_form {
#define X(value, word) value,
    TABLE_FORM_TABLE(X)
#undef X
        TABLE_FORMS
};

/* X(value, word): what becomes of a value that the translation does not have */
#define TABLE_OTHERWISE_TABLE(X)                                                                   \
    X(TABLE_PROBLEM, "problem")                                                                    \
    X(TABLE_MISSING, "missing")                                                                    \
    X(TABLE_KEEP, "keep")

enum table_otherwise {
#define X(value, word) value,
    TABLE_OTHERWISE_TABLE(X)
#undef X
        TABLE_OTHERWISE_KINDS
};

struct table_words {
    str *items;
    size_t n;
};

struct table_pair {
    str from, to;
};

struct table_test;

/* One way to get a value. */
struct table_choice {
    struct table_piece *pieces;
    size_t n;
    struct table_words missing;   /* values that say nothing, besides those of the table */
    struct table_pair *translate; /* sorted by `from` */
    size_t translate_count;
    enum table_otherwise otherwise;
    str split; /* of lists; empty for none */
    enum table_form as;
    int64_t pad; /* zeros before it up to this length */
    struct table_test *tests;
    size_t test_count;
    const struct front_node *node;
};

/* The first choice that says something holds; in lists, all do. */
struct table_value {
    struct table_choice *choices;
    size_t n;
};

/* A condition: the value is one of the words, or none of them. */
struct table_test {
    struct table_value value;
    struct table_words words;
};

struct table_named {
    str name;
    struct table_value value;
    size_t column; /* the first that it takes, for the places of problems; SIZE_MAX for none */
};

/* ---- dates ---- */

/* X(value, word): what a date without an end, or without a start, is */
#define TABLE_SIDE_TABLE(X)                                                                        \
    X(TABLE_SIDE_NONE, "none") /* the date of the other side alone */                              \
    X(TABLE_SIDE_OPEN, "open") /* ".." */                                                          \
    X(TABLE_SIDE_UNKNOWN, "unknown")

enum table_side {
#define X(value, word) value,
    TABLE_SIDE_TABLE(X)
#undef X
        TABLE_SIDES
};

/* X(member, key): the parts of a date that stand in columns of their own */
#define TABLE_PART_TABLE(X)                                                                        \
    X(year, "year")                                                                                \
    X(month, "month")                                                                              \
    X(day, "day")                                                                                  \
    X(time, "time")                                                                                \
    X(hour, "hour")                                                                                \
    X(minute, "minute")                                                                            \
    X(second, "second")

struct table_date_choice;

struct table_date {
    struct table_date_choice *choices;
    size_t n;
};

struct table_date_choice {
    struct table_value value; /* in one piece */
    struct table_words formats;
#define X(member, key) struct table_value member;
    TABLE_PART_TABLE(X)
#undef X
    struct table_date start, end;       /* an interval */
    struct table_date earliest, latest; /* one date between the two */
    enum table_side without_start, without_end;
    struct table_value precision, qualifier;
    bool historical; /* year -44 is 44 BCE, and there is no year 0 */
    bool whole_days; /* a start at midnight is that day, an end at midnight the day before */
    struct table_test *tests;
    size_t test_count;
    const struct front_node *node;
};

/* ---- things ---- */

struct table_identifier {
    str scheme;
    struct table_value value;
};

struct table_identifiers {
    struct table_identifier *items;
    size_t n;
};

struct table_actor {
    struct table_value id, name, kind, role, names;
    struct table_identifiers identifiers;
    str split;
    struct table_test *tests;
    size_t test_count;
    const struct front_node *node;
};

struct table_place {
    struct table_value id, name, lat, lon, names;
    struct table_identifiers identifiers;
    struct table_place *part_of; /* or NULL */
    str split;
    struct table_test *tests;
    size_t test_count;
    const struct front_node *node;
};

struct table_relation {
    struct table_value type, from, to;
    struct table_test *tests;
    size_t test_count;
    const struct front_node *node;
};

struct table_event {
    struct table_value id, title, summary, type, tags;
    struct table_date date;
    struct table_identifiers identifiers;
    struct table_actor *participants;
    size_t participant_count;
    struct table_place *places;
    size_t place_count;
    struct table_relation *relations;
    size_t relation_count;
    struct table_test *tests; /* of an event beside the row's own */
    size_t test_count;
    const struct front_node *node;
};

/* ---- the table ---- */

struct table_map {
    struct table_dialect dialect;
    bool separator_given, quotes_given;
    str separator_word; /* for messages */
    enum { TABLE_HEADER_MAYBE, TABLE_HEADER_YES, TABLE_HEADER_NO } header;
    bool group;                /* rows that follow each other with one id are one event */
    struct table_words order;  /* names of all columns, where there may be no header */
    int64_t may_lack;          /* so many of the last ones */
    struct table_words absent; /* columns that a file need not have */
    struct table_pair *also_named;
    size_t also_named_count;
    struct table_words recognise; /* a header with all of these is of this mapping */
    struct table_words missing;
    struct table_words ignore; /* columns that are left out on purpose */
    str authority;             /* begins the ids of actors and places; empty: the source's id */
    str *columns;              /* every column that some value names */
    const struct front_node **column_nodes; /* where first */
    size_t column_count, column_room;
    struct table_named *values;
    size_t value_count, value_room;
    struct table_test *where, *unless; /* rows that are taken, and that are not */
    size_t where_count, unless_count;
    struct table_event event;
    struct table_event *also;
    size_t also_count;
};

/* Problems are at lines of the mapping. NULL where the part is no mapping at all. */
struct table_map *table_map_compile(const struct front_node *table, struct arena *a,
                                    struct problems *problems);

/* The column's name in the mapping, for a name in the file; the same one where it has no other.
 * Where no name is the same exactly, ASCII letters may differ in case. */
str table_map_name(const struct table_map *map, str in_file);

/* Whether the mapping names a column of that name in the file, be it to leave it out. */
bool table_map_knows(const struct table_map *map, str in_file);

/* The names in the mapping of all columns of a file. */
struct table_words table_map_names(const struct table_map *map, const struct table_words *in_file,
                                   struct arena *a);

/* The first column that a value takes; SIZE_MAX for none. */
size_t table_map_column(const struct table_map *map, const struct table_value *v);

/* Whether the list holds the word, compared exactly. */
bool table_words_have(const struct table_words *words, str word);

#endif
