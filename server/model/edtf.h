/*
 * edtf: the Extended Date/Time Format of ISO 8601-2:2019, levels 0, 1 and 2, as the Library of
 * Congress describes it. A string is read once from left to right, without allocation; what it
 * means is its four bounds. Where the standard leaves room, docs/reference/dates.md says what we
 * decided.
 */
#ifndef ANNALS_MODEL_EDTF_H
#define ANNALS_MODEL_EDTF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "model/period.h"

/* In bytes: longer strings are refused; a set has at most EDTF_MEMBERS members. */
#define EDTF_LONGEST 512
#define EDTF_MEMBERS 64

/*
 * X(value, name), from fine to coarse: what the date pins down, so 2021-XX-05 is of "year". An
 * interval or set has the coarsest of its parts.
 */
#define EDTF_PRECISION_TABLE(X)                                                                    \
    X(EDTF_SECOND, "second") /* a date with a time: EDTF knows no coarser time of day */           \
    X(EDTF_DAY, "day")                                                                             \
    X(EDTF_MONTH, "month")                                                                         \
    X(EDTF_SEASON, "season") /* seasons, quarters and the other groups of months */                \
    X(EDTF_YEAR, "year")                                                                           \
    X(EDTF_DECADE, "decade")                                                                       \
    X(EDTF_CENTURY, "century")                                                                     \
    X(EDTF_MILLENNIUM, "millennium") /* and whatever is coarser */

enum edtf_precision {
#define X(value, name) value,
    EDTF_PRECISION_TABLE(X)
#undef X
};

/* Of the whole: a qualifier on any part counts. Both "?" and "~" together are "%". These are bits.
 */
enum edtf_qualifier { EDTF_PLAIN = 0, EDTF_UNCERTAIN = 1, EDTF_APPROXIMATE = 2, EDTF_BOTH = 3 };

enum edtf_kind { EDTF_DATE, EDTF_INTERVAL, EDTF_ONE_OF, EDTF_ALL_OF };

struct edtf {
    enum edtf_kind kind;
    int level; /* 0, 1 or 2: the lowest that has all that the string uses */
    enum edtf_precision precision;
    enum edtf_qualifier qualifier;
    struct period bounds;
    bool has_offset;           /* a date-time with Z or an offset: kept and shown, never applied */
    int offset_minutes;        /* of the first date-time that has one */
    bool open_start, open_end; /* ".." */
    bool unknown_start, unknown_end; /* an empty side */
};

struct edtf_error {
    size_t position; /* character (code point) at which the string goes wrong, from 0 */
    char detail[160];
};

/* False, with *error set and *out alone, where text is not valid EDTF. */
bool edtf_parse(str text, struct edtf *out, struct edtf_error *error);

/*
 * A date in words, in English: "15 June 2021", "March 2021", "c. 1846", "spring 1945", "44 BCE",
 * "9 November 2020 to 10 November 2025", "from March 2021", "until 1991?".
 * text is what edtf_parse accepted.
 */
void edtf_display(struct buf *out, str text);

/*
 * One of the four bounds as JSON shows it: as period_write_bound, but always with the time where
 * the date has one, so that midnight is not taken for a whole day. side is PERIOD_START for
 * earliest and end_earliest, PERIOD_END for start_latest and latest. Unbounded writes nothing.
 */
void edtf_write_bound(struct buf *out, int64_t seconds, enum period_side side,
                      enum edtf_precision precision);

const char *edtf_precision_name(enum edtf_precision p);
/* "uncertain", "approximate", "uncertain and approximate", or NULL for none */
const char *edtf_qualifier_name(enum edtf_qualifier q);

/*
 * The line that `annals date` prints, without the newline:
 * {"edtf","valid","level","earliest","start_latest","end_earliest","latest","precision",
 *  "qualifier","error":{"position","detail"}}; what does not apply is null.
 * Text that is not valid UTF-8 is shown with U+FFFD in place of what is wrong.
 */
void edtf_write_json(struct buf *out, str text);

#endif
