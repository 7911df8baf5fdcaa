/*
 * hearing: a reading (model/reading.h) as the store takes it: its source found, and the pieces of
 * SQL by which the rows of events that answer in it are told from all others.
 */
#ifndef ANNALS_STORE_HEARING_H
#define ANNALS_STORE_HEARING_H

#include "base/problem.h"
#include "model/reading.h"
#include "store/sql.h"

struct hearing {
    bool plain; /* the plain reading: its rows have a cls below ROW_OTHER - 1, and no others do */
    enum policy policy;
    int64_t source;   /* of POLICY_SOURCE: its key */
    int64_t known_at; /* READING_NEVER where nobody asked: then only what still holds answers */
};

/*
 * A source that the store has never had becomes a problem with policy=, and *out is then not to be
 * used. problems may be NULL where it has been looked for before. False sets *e.
 */
bool hearing_find(struct db *db, const struct reading *asked, struct arena *a, struct hearing *out,
                  struct problems *problems, struct err *e);

/*
 * Whether single sources are told apart where the reading is that of one: of events with very many
 * accounts they are not (store/variant.h). False with ERR_CROWDED that names one of which that
 * source tells; id: of the only event that is asked about, or empty.
 */
bool hearing_check(struct db *db, const struct hearing *h, int64_t version, str id, struct err *e);

/*
 * Appends " AND …" for a row called r of event_row, or of event_link with its columns: nothing for
 * the plain reading, whose rows are found by their cls.
 */
void hearing_add(struct sql_builder *b, const struct hearing *h, int64_t version);

/* The greatest key that a row of the reading can have. */
int64_t hearing_last_key(const struct hearing *h);

/* How many of the sources of a version were certainly published by then, and all of them. */
bool hearing_count(struct db *db, int64_t version, int64_t known_at, int64_t *known, int64_t *all,
                   struct err *e);

#endif
