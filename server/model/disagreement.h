/*
 * disagreement: on one property of one event, who says what. Accounts that say the same are one
 * value; of two values it is known whether they contradict each other (differ_on) and, of dates,
 * by how many days. What an account does not say is no value: silence contradicts nothing.
 */
#ifndef ANNALS_MODEL_DISAGREEMENT_H
#define ANNALS_MODEL_DISAGREEMENT_H

#include "model/event.h"

/* Pairs of values that are kept of one disagreement; there may be more. */
#define DISAGREEMENT_MOST_PAIRS 200

struct disagreement_value {
    const struct account **accounts; /* that say it, in the order of the accounts */
    size_t n;
    int64_t reports; /* sources among them, reprints of other accounts apart */
    const struct event_participant **parts; /* of participants: who is said to be what */
    size_t part_count;
};

/* Values that contradict each other, by number: a is less than b. */
struct disagreement_pair {
    size_t a, b;
};

/*
 * How far two dates lie apart: from the last day of the earlier extent to the first of the later
 * one (least), and from the first day of the earlier to the last of the later (greatest). One day
 * and the next: both 1. greatest is -1 where one of those two is unbounded.
 */
struct disagreement_spread {
    int64_t least, greatest;
};

struct disagreement {
    enum event_dispute_bit property;
    struct disagreement_value *values; /* in the order of the accounts */
    size_t value_count;
    struct disagreement_pair *pairs; /* in order */
    size_t pair_count;               /* kept, at most DISAGREEMENT_MOST_PAIRS */
    size_t contradictions;           /* all of them, at least 1 */
    bool has_spread;                 /* of a date: */
    struct disagreement_spread spread;
    struct disagreement_pair widest; /* the values that are so far apart */
};

/* Asked now and then while values are compared; where it answers false the work ends. */
struct disagreement_watch {
    bool (*goes_on)(void *context);
    void *context;
};

/*
 * On what the accounts of one event contradict each other, in the order of EVENT_DISPUTE_TABLE;
 * answers how many there are, 0 where the watch ended it. reprints: by disagreement_reprints.
 * watch may be NULL. out borrows from the accounts; the rest lives in the arena.
 */
size_t disagreement_find(const struct account *accounts, const bool *reprints, size_t n,
                         const struct disagreement_watch *watch, struct arena *a,
                         struct disagreement out[EVENT_DISPUTE_COUNT]);

/* Of each account whether it is a reprint of another one of them. */
bool *disagreement_reprints(const struct account *accounts, size_t n, struct arena *a);

/* Of two dates whose extents share no second. */
struct disagreement_spread disagreement_apart(const struct period *a, const struct period *b);

/*
 * The members "value" and "display": a date as EDTF, a type by id, places as an array of ids,
 * participants as [{"actor", "role"}], those alone whose roles are contradicted. display: the same
 * with names and in words.
 */
void disagreement_write_value(struct jout *j, const struct disagreement *d, size_t value);

#endif
