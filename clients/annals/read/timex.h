/*
 * timex: what the value of a temporal expression means as a date: TIMEX3 (TimeML 1.2.1 and ISO
 * 24617-1) and TIMEX2 (TIDES 2005), with the forms that real corpora hold. The tables in timex.c
 * are the rules; docs/reference/source-formats.md shows them.
 */
#ifndef ANNALS_CLIENT_READ_TIMEX_H
#define ANNALS_CLIENT_READ_TIMEX_H

#include <stdbool.h>

#include "annals/read/when.h"
#include "base/arena.h"
#include "base/str.h"

/* X(value, what an expression of that kind is) */
#define TIMEX_TABLE(X)                                                                             \
    X(TIMEX_DATED, "a date")                                                                       \
    X(TIMEX_EMPTY, "an expression without a value")                                                \
    X(TIMEX_UNRESOLVED, "an expression that its tool did not resolve (UNDEF)")                     \
    X(TIMEX_DURATION, "a duration whose two ends are not dated")                                   \
    X(TIMEX_RECURRING, "a time that recurs (SET)")                                                 \
    X(TIMEX_REFERENCE, "the present, past or future")                                              \
    X(TIMEX_YEARLESS, "a time without a year")                                                     \
    X(TIMEX_FISCAL, "a fiscal year")                                                               \
    X(TIMEX_GEOLOGICAL, "a number of thousands or millions of years")                              \
    X(TIMEX_BAD, "a value that is none")

enum timex_class {
#define X(value, words) value,
    TIMEX_TABLE(X)
#undef X
        TIMEX_CLASSES
};

struct timex {
    enum timex_class is;
    struct when when; /* for TIMEX_DATED */
    bool coarser;     /* a time of day that EDTF cannot hold was left out */
    bool narrowed;    /* START, MID or END of the date: EDTF cannot hold this */
};

/* value, type (DATE, TIME, DURATION, SET; empty in TIMEX2) and mod (may be empty) as the
 * attributes give them. */
struct timex timex_read(str value, str type, str mod, struct arena *a);

const char *timex_words(enum timex_class c);

#endif
