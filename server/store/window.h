/* window: the date of a query as pieces of SQL, from the rules of model/match.h. */
#ifndef ANNALS_STORE_WINDOW_H
#define ANNALS_STORE_WINDOW_H

#include "model/query.h"
#include "store/internal.h"

/*
 * Appends what every dated row that can match has to satisfy: the rule of `when`, as possible. It
 * is exact for a possible match of a row and a query without gaps; for the rest, and for certain
 * matches, match_event decides. Appends nothing without a date.
 */
void window_add(struct sql_builder *b, const struct query *q);

/* In which stretch an event must begin that can match and reaches so far. */
struct window window_of_starts(const struct query *q, const struct reach *reach);

/* How far the events of each class reach at a version, or later; kept by the reader. */
bool window_reaches(struct store_reader *r, int64_t version, const struct reach **reaches,
                    struct err *e);

#endif
