/* admit: what SQL leaves to C: dates with gaps, certainty, members that come and go; and time. */
#ifndef ANNALS_STORE_ADMIT_H
#define ANNALS_STORE_ADMIT_H

#include "store/walk.h"

struct admission {
    struct store_reader *r;
    const struct found_filters *found;
    unsigned looked_at;
    char date[EDTF_LONGEST + 1]; /* of the last hit with gaps */
};

enum admitted { ADMIT_NO, ADMIT_YES, ADMIT_FAILED };

/* The row of a statement whose columns are those of walk_time; hit->id lives until db_next. */
void admit_read(const struct db_rows *rows, struct walk_hit *hit);

/* Whether a hit of the SQL answers the query; sets hit->match. ADMIT_FAILED sets *e. */
enum admitted admit_hit(struct admission *a, struct walk_hit *hit, struct err *e);

/* Sets hit->date where it has gaps; it lives until the next call of any of these. */
bool admit_date(struct admission *a, struct walk_hit *hit, struct err *e);

#endif
