/*
 * brat_line: one line of a brat stand-off file, taken apart
 * (https://brat.nlplab.org/standoff.html). Whether what it refers to is there is not looked at.
 *
 *     T1  Person 0 5;8 12        words      text-bound annotation, its fragments and their words
 *     E1  Attack:T2 Target:T1               event: trigger and arguments
 *     R1  Located Arg1:T1 Arg2:T3           relation
 *     *   Equiv T1 T4 T7                    the same thing
 *     A1  Negation E1                       attribute, and M1 likewise; it may have a value
 *     N1  Reference T1 Wikipedia:53 words   normalization; or as the BioNLP shared tasks write it:
 *     N1  OntoBiotope Annotation:T1 Referent:OBT:001
 *     #1  AnnotatorNotes E1      words      note
 */
#ifndef ANNALS_CLIENT_READ_BRAT_LINE_H
#define ANNALS_CLIENT_READ_BRAT_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/str.h"

/* X(kind, letters, what it is) */
#define BRAT_KIND_TABLE(X)                                                                         \
    X(BRAT_TEXT, "T", "a text-bound annotation")                                                   \
    X(BRAT_EVENT, "E", "an event")                                                                 \
    X(BRAT_RELATION, "R", "a relation")                                                            \
    X(BRAT_SAME, "*", "an equivalence")                                                            \
    X(BRAT_ATTRIBUTE, "AM", "an attribute")                                                        \
    X(BRAT_NAME, "N", "a normalization")                                                           \
    X(BRAT_NOTE, "#", "a note")

enum brat_kind {
#define X(kind, letters, what) kind,
    BRAT_KIND_TABLE(X)
#undef X
        BRAT_KINDS
};

/* A fragment of a text-bound annotation, or something that an event, a relation or an equivalence
 * refers to. */
struct brat_part {
    int64_t start, end;
    str role; /* "Theme2"; empty in an equivalence */
    str id;
};

struct mention; /* read/standoff.h */

struct brat_line {
    enum brat_kind kind;
    str id;
    str label;               /* of an event that of its trigger */
    str target;              /* of attributes, normalizations, notes; of an event the trigger */
    str value;               /* of an attribute, which may have none, and a normalization */
    bool is_referent;        /* the value of a normalization is under the scheme label */
    str words;               /* of text, normalizations, notes */
    struct brat_part *parts; /* fragments; arguments; equals */
    size_t part_count;
    str whole;
    int64_t number;          /* of the line, from 1 */
    bool is_second;          /* it stands in the .a2 file */
    struct mention *mention; /* for brat.c */
};

/* What reading lines needs. */
struct brat_lines {
    struct arena *arena;
    struct problems *problems;
};

/* False: it is empty, or a problem. whole is valid UTF-8, without its line end, and outlives *out.
 */
bool brat_line_read(const struct brat_lines *all, str whole, int64_t number, bool is_second,
                    struct brat_line *out);

/* A problem at a part of the line; at lies in line->whole. Answers it, for a hint. */
struct problem *brat_line_problem(const struct brat_lines *all, const struct brat_line *line,
                                  str at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
