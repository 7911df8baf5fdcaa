/*
 * journal: how far a load came, kept in a small file until it is whole, so that the same load goes
 * on where it stopped. It names the pieces that the server has acknowledged, each with its digest:
 * a piece that is made anew and is the same need not be sent again.
 *
 * The file lies in $XDG_STATE_HOME/annals, else ~/.local/state/annals, under a name made from the
 * server, the source and the file.
 */
#ifndef ANNALS_CLIENT_JOURNAL_H
#define ANNALS_CLIENT_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct journal;

/* What a load is told from others by. */
struct journal_of {
    const char *server; /* its address */
    str store;          /* the identifier of its store */
    int64_t version;    /* of that store now: an older one cannot have what was acknowledged */
    str source;
    const char *path; /* of the file */
};

/*
 * Opens the journal of a load, or begins one. It lives in the arena; what is in it of another
 * store, or of versions that the store does not have, is dropped. NULL: no journal can be kept, and
 * *e says why; the load goes on without.
 */
struct journal *journal_open(const struct journal_of *of, struct arena *a, struct err *e);

/* A word by which this load, with all its continuations, differs from every other. */
const char *journal_run(const struct journal *j);

/* Whether the piece of that number and digest was acknowledged; then *refused of its lines were
 * not good. */
bool journal_has(const struct journal *j, int64_t number, const char *digest, int64_t *refused);

/* How many pieces there are in it from earlier. */
int64_t journal_pieces(const struct journal *j);

/* Adds a piece that the server has at `version`. */
void journal_add(struct journal *j, int64_t number, const char *digest, int64_t version,
                 int64_t refused);

/* Closes it. The file goes where the load is whole (done) or there is nothing in it. NULL is fine.
 */
void journal_close(struct journal *j, bool done);

#endif
