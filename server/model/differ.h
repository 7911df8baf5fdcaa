/*
 * differ: on what two accounts of one event contradict each other. Each account is prepared once,
 * so that a pair costs no more than what the two of them say.
 */
#ifndef ANNALS_MODEL_DIFFER_H
#define ANNALS_MODEL_DIFFER_H

#include "model/event.h"

/* An actor's role by their keys. */
struct differ_role {
    int64_t actor, role;
};

struct differ_account {
    const struct account *account;
    int64_t *types; /* the type and all that is above it, ascending, each once */
    size_t type_count;
    int64_t *places; /* those that are named and all that holds them, ascending, each once */
    bool *named;     /* of each: the account names it itself */
    size_t place_count;
    struct differ_role *roles; /* by actor, then by role, each once; no role is none */
    size_t role_count;
};

#define DIFFER_ALL ((1u << EVENT_DISPUTE_COUNT) - 1)

/* Each of n accounts, in the arena; the accounts are borrowed. */
struct differ_account *differ_prepare(const struct account *accounts, size_t n, struct arena *a);

/*
 * On what two accounts contradict each other, of the properties that are asked for
 * (EVENT_DISPUTED_… both ways): the same whichever comes first. What one of them does not say is
 * contradicted by nothing.
 */
unsigned differ_on(const struct differ_account *a, const struct differ_account *b,
                   unsigned properties);

#endif
