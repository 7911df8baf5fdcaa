/* edtf_parts: a whole EDTF string, part by part: a date, an interval, or the members of a set. */
#ifndef ANNALS_MODEL_EDTF_PARTS_H
#define ANNALS_MODEL_EDTF_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "model/edtf.h"
#include "model/edtf_date.h"
#include "model/edtf_extent.h"

enum edtf_end { EDTF_GIVEN, EDTF_OPEN, EDTF_UNKNOWN };

struct edtf_side {
    enum edtf_end end;
    struct edtf_date date; /* where it is EDTF_GIVEN, with its extent */
    struct edtf_extent extent;
};

/* A date alone (its left side), an interval a/b, or a range a..b in a set. */
struct edtf_span {
    bool range;
    struct edtf_side left, right;
};

struct edtf_parts {
    enum edtf_kind kind;
    size_t count; /* 1 outside of sets */
    struct edtf_span span[EDTF_MEMBERS];
};

/* False with *error set where text is not valid EDTF. Fills count spans and no more. */
bool edtf_parts_read(str text, struct edtf_parts *out, struct edtf_error *error);

/* The four bounds of one span of a date, interval or set of that kind. */
struct period edtf_parts_bounds(enum edtf_kind kind, const struct edtf_span *span);

#endif
