/*
 * check_events: the rows of events and the ids that lead to others against what the accounts and
 * relations give, in every reading, at the first and at the last version in which each holds.
 */
#ifndef ANNALS_STORE_CHECK_EVENTS_H
#define ANNALS_STORE_CHECK_EVENTS_H

#include "base/problem.h"
#include "db/db.h"

/* Findings are added to problems; false only when the check could not run. */
bool check_events(struct db *db, int64_t newest, struct problems *problems, struct err *e);

#endif
