/* describe_reading: how the accounts of the events of a question are read, in words. */
#ifndef ANNALS_API_DESCRIBE_READING_H
#define ANNALS_API_DESCRIBE_READING_H

#include "api/describe.h"
#include "base/jout.h"

/* "where the account published first wins", "where the account of “A report” wins". */
void describe_reading_policy(struct buf *out, const struct reading *r,
                             const struct describe_names *names);

/* "as known on 21 February 2022", "as known by the end of February 2022". r->known is set. */
void describe_reading_known(struct buf *out, const struct reading *r);

/* Both, as far as they were asked for, with `before` before each; nothing of the plain reading. */
void describe_reading(struct buf *out, const struct reading *r, const char *before,
                      const struct describe_names *names);

/* "first", "source:ID", as policy= takes it. */
void describe_reading_write_policy(struct buf *out, const struct reading *r);

/* The members "policy" and "known_at", as far as they were asked for. */
void describe_reading_json(struct jout *j, const struct reading *r);

#endif
