/* row: an event as a list shows it: what the store hands out and every output format reads. */
#ifndef ANNALS_MODEL_ROW_H
#define ANNALS_MODEL_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "model/edtf.h"
#include "model/period.h"

struct event_row {
    int64_t key; /* of the row, for the calls below */
    str id;
    str title;
    str type; /* id or empty */
    bool dated;
    str date; /* EDTF, empty when undated */
    enum edtf_precision precision;
    enum edtf_qualifier qualifier;
    struct period bounds;
    str place; /* id of the first place, or empty */
    bool has_point;
    double lat, lon;
    str actors;              /* ids joined by "; " */
    str sources;             /* ids joined by "; " */
    int64_t version;         /* that made this row */
    int64_t updated;         /* when, microseconds since 1970 UTC */
    str document;            /* the finished JSON object */
    enum period_match match; /* against the query's window; PERIOD_NO_MATCH without one */
    str excerpt;             /* where the words of the query stand: a JSON object; empty without */
};

#endif
