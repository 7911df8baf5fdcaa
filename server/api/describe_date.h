/* describe_date: the date of a question in words, as its `when` takes it. */
#ifndef ANNALS_API_DESCRIBE_DATE_H
#define ANNALS_API_DESCRIBE_DATE_H

#include "base/buf.h"
#include "model/query.h"

/*
 * "overlapping June 2021", "certainly starting between 2020 and March 2021", "in force throughout
 * 15 June 2021", "overlapping 24 February of any year". The query has a date.
 */
void describe_date(struct buf *out, const struct query *q);

/*
 * What `when` asks of an event's own bounds against this date: "the event starts no later than
 * 2021-12-31 and ends no earlier than 2021-01-01". certain: of what matches for certain.
 */
void describe_date_rule(struct buf *out, const struct query *q, bool certain);

#endif
