/*
 * variant: what the accounts of an event give in every reading (model/reading.h). Days of knowledge
 * are cut at those from which one more account is known; for each stretch between there is what is
 * preferred, what differs from that by publication, and what differs when a single source wins.
 * The same function writes the rows of event_row and proves them.
 */
#ifndef ANNALS_STORE_VARIANT_H
#define ANNALS_STORE_VARIANT_H

#include "base/hash.h"
#include "store/link.h"

/* Of an event with more accounts single sources are told apart at present only, and of one with
 * more than the greater number not at all. */
#define VARIANT_SPLIT 24
#define VARIANT_MOST_SINGLES 1000

/* In not_for of what is preferred: single sources are not told apart here, though they may differ.
 */
#define VARIANT_CROWDED 16u

/* The words by which a row is found: of titles, summaries, names, quotes and links. */
#define WORD_COLUMNS 5
struct words {
    str columns[WORD_COLUMNS];
};

/* Digest of what is shown, and after it that of the words: 16 bytes each of SHA-256. */
#define VARIANT_DIGEST_HALF 16
#define VARIANT_DIGEST (2 * VARIANT_DIGEST_HALF)

/* One row, as it ought to be. */
struct variant {
    unsigned not_for;
    int64_t only_for; /* key of a source; 0 for none */
    int64_t known_from, known_until;
    bool lasts;         /* known_until is none */
    bool plain;         /* it is the answer of the plain reading */
    struct event event; /* its version and updated are not set */
    str shown, sources; /* event_write_shown; ids of all that are heard, as in lists */
    struct links links;
    struct words words;
    unsigned char digest[VARIANT_DIGEST];
};

/* What it is given lives until it returns. False ends the whole, with an err. */
typedef bool variant_take(void *context, const struct variant *v);

/*
 * All variants of an event, which is no alias, at a version; the plain one comes last. *n: its
 * accounts, 0 where nobody tells of it. memory may be NULL.
 */
bool variant_each(const struct at *at, int64_t event, str id, struct memory *memory,
                  variant_take *take, void *context, size_t *n);

#endif
