/* explain: what each part of a question was understood as (explain=true). */
#ifndef ANNALS_API_EXPLAIN_H
#define ANNALS_API_EXPLAIN_H

#include "api/call.h"
#include "base/str.h"

/* Values that are looked up, of all filters together; the rest are counted. */
#define EXPLAIN_MOST_VALUES 100

/*
 * A JSON array in the call's arena, one object for each filter, for the rule of the date, the
 * undated and the order: {"parameter", "values", "understood"}; where values are things of the
 * store also "matches": [{"value", "id", "name", "below"}], below: how many parts, members or
 * children are taken in with it, and "below_more" where there are more; "unmatched" counts values
 * past EXPLAIN_MOST_VALUES, and those that there was no time for.
 */
str explain_question(struct call *x);

#endif
