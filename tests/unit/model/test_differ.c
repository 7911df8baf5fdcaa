/*
 * Accounts made by chance, compared as they are prepared and as the words of the contract say it:
 * each place with each place, each role with each role. The two answer the same.
 */
#include <stdio.h>

#include "check_main.h"
#include "model/differ.h"

/* ---- every place with every place, every role with every role ---- */

static bool within(const struct ancestors *chain, int64_t key)
{
    for (size_t i = 0; i < chain->n; i++)
        if (chain->keys[i] == key)
            return true;
    return false;
}

static bool types_differ(const struct account *a, const struct account *b)
{
    return a->type_key != 0 && b->type_key != 0 && a->type_key != b->type_key &&
           !within(&a->type_within, b->type_key) && !within(&b->type_within, a->type_key);
}

static bool places_differ(const struct account *a, const struct account *b)
{
    for (size_t i = 0; i < a->place_count; i++)
        for (size_t k = 0; k < b->place_count; k++) {
            const struct event_place *p = &a->places[i], *q = &b->places[k];
            if (p->place_key == q->place_key || within(&p->within, q->place_key) ||
                within(&q->within, p->place_key))
                return false;
        }
    return a->place_count > 0 && b->place_count > 0;
}

static bool has_part(const struct account *a, const struct event_participant *p, bool same_role)
{
    for (size_t i = 0; i < a->participant_count; i++)
        if (a->participants[i].actor_key == p->actor_key && a->participants[i].role_key != 0 &&
            (!same_role || a->participants[i].role_key == p->role_key))
            return true;
    return false;
}

static bool roles_differ(const struct account *a, const struct account *b)
{
    for (size_t i = 0; i < a->participant_count; i++) {
        const struct event_participant *p = &a->participants[i];
        if (p->role_key != 0 && has_part(b, p, false) && !has_part(b, p, true))
            return true;
    }
    return false;
}

static unsigned brute(const struct account *a, const struct account *b)
{
    unsigned found = 0;
    if (a->date.text.p && b->date.text.p &&
        period_disjoint(&a->date.value.bounds, &b->date.value.bounds))
        found |= EVENT_DISPUTED_DATE;
    if (types_differ(a, b))
        found |= EVENT_DISPUTED_TYPE;
    if (places_differ(a, b))
        found |= EVENT_DISPUTED_PLACES;
    if (roles_differ(a, b) || roles_differ(b, a))
        found |= EVENT_DISPUTED_PARTICIPANTS;
    return found;
}

/* ---- accounts by chance ---- */

#define THINGS 24 /* kinds of places and types; 0 is none */
#define MOST 7    /* places and roles of one account */

static uint32_t state;

static unsigned any(unsigned n)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % n;
}

/* What lies above each thing: one or two of a lesser number, and what is above these; no order. */
struct world {
    int64_t above[THINGS][2 * THINGS];
    size_t n[THINGS];
};

static void add_above(struct world *w, size_t thing, size_t parent)
{
    w->above[thing][w->n[thing]++] = (int64_t)parent;
    for (size_t i = 0; i < w->n[parent] && w->n[thing] < 2 * THINGS; i++) {
        bool known = false;
        for (size_t k = 0; k < w->n[thing]; k++)
            known = known || w->above[thing][k] == w->above[parent][i];
        if (!known)
            w->above[thing][w->n[thing]++] = w->above[parent][i];
    }
}

static void make_world(struct world *w)
{
    *w = (struct world){0};
    for (size_t i = 2; i < THINGS; i++) {
        if (any(3) > 0)
            add_above(w, i, 1 + any((unsigned)i - 1));
        if (any(6) == 0 && w->n[i] < THINGS)
            add_above(w, i, 1 + any((unsigned)i - 1));
    }
}

static struct ancestors above(struct world *w, int64_t thing)
{
    return (struct ancestors){w->above[thing], w->n[thing]};
}

static struct account make(struct world *w, struct arena *a)
{
    static const char *const dates[] = {"2001", "2001-03", "2001-03-04", "2001-04/..", "../2000"};
    struct account out = {.type_key = any(THINGS)};
    struct edtf_error error;
    out.type_within = above(w, out.type_key);
    if (any(4) > 0) {
        out.date.text = str_from(dates[any(5)]);
        ck_hold(edtf_parse(out.date.text, &out.date.value, &error));
    }
    out.place_count = any(MOST);
    out.places = ARENA_ARRAY(a, struct event_place, MOST);
    for (size_t i = 0; i < out.place_count; i++) {
        int64_t place = 1 + any(THINGS - 1);
        out.places[i] = (struct event_place){.place_key = place, .within = above(w, place)};
    }
    out.participant_count = any(MOST);
    out.participants = ARENA_ARRAY(a, struct event_participant, MOST);
    for (size_t i = 0; i < out.participant_count; i++)
        out.participants[i] = (struct event_participant){.actor_key = 1 + any(5),
                                                         .role_key = any(3)};
    return out;
}

START_TEST(the_prepared_differ_as_all_pairs_do)
{
    enum { WORLDS = 400, ACCOUNTS = 24 };
    const char *given = getenv("ANNALS_SEED");
    size_t seen[1 << EVENT_DISPUTE_COUNT] = {0};
    struct arena *a = arena_new();
    state = (given != NULL ? (uint32_t)strtoul(given, NULL, 10) : 20261126) | 1;
    printf("ANNALS_SEED=%u\n", state);
    for (int round = 0; round < WORLDS; round++) {
        struct world w;
        struct account accounts[ACCOUNTS];
        make_world(&w);
        arena_reset(a);
        for (size_t i = 0; i < ACCOUNTS; i++)
            accounts[i] = make(&w, a);
        const struct differ_account *said = differ_prepare(accounts, ACCOUNTS, a);
        for (size_t i = 0; i < ACCOUNTS; i++)
            for (size_t k = 0; k < ACCOUNTS; k++) {
                unsigned wanted = brute(&accounts[i], &accounts[k]), asked = any(1 + DIFFER_ALL);
                seen[wanted]++;
                ck_hold_msg(differ_on(&said[i], &said[k], DIFFER_ALL) == wanted,
                            "world %d: %zu and %zu differ on %u", round, i, k, wanted);
                ck_hold(differ_on(&said[i], &said[k], asked) == (wanted & asked));
            }
    }
    for (size_t i = 0; i <= DIFFER_ALL; i++)
        ck_assert_msg(seen[i] > 20, "%zu came %zu times", i, seen[i]);
    arena_free(a);
}
END_TEST

/* Keys stand once, and a place that is named stands as named. */
START_TEST(keys_stand_once)
{
    static const int64_t up[] = {9, 5};
    struct event_place places[] = {
        {.place_key = 7, .within = {up, 2}}, {.place_key = 7, .within = {up, 2}}, {.place_key = 5}};
    struct event_participant parts[] = {{.actor_key = 2, .role_key = 1},
                                        {.actor_key = 1, .role_key = 3},
                                        {.actor_key = 2, .role_key = 1},
                                        {.actor_key = 3}};
    const struct account account = {.type_key = 5,
                                    .type_within = {up, 2},
                                    .places = places,
                                    .place_count = 3,
                                    .participants = parts,
                                    .participant_count = 4};
    struct arena *a = arena_new();
    const struct differ_account *said = differ_prepare(&account, 1, a);
    ck_assert_uint_eq(said->type_count, 2);
    ck_assert(said->types[0] == 5 && said->types[1] == 9);
    ck_assert_uint_eq(said->place_count, 3);
    ck_assert(said->places[0] == 5 && said->places[1] == 7 && said->places[2] == 9);
    ck_assert(said->named[0] && said->named[1] && !said->named[2]);
    ck_assert_uint_eq(said->role_count, 2);
    ck_assert(said->roles[0].actor == 1 && said->roles[1].actor == 2);
    arena_free(a);
}
END_TEST

/* Nothing is asked of an account but what it was prepared from. */
START_TEST(nothing_contradicts_nothing)
{
    const struct account none[2] = {0};
    struct arena *a = arena_new();
    const struct differ_account *said = differ_prepare(none, 2, a);
    ck_assert_uint_eq(differ_on(&said[0], &said[1], DIFFER_ALL), 0);
    ck_assert_ptr_nonnull(differ_prepare(none, 0, a));
    arena_free(a);
}
END_TEST

CHECK_MAIN("differ", the_prepared_differ_as_all_pairs_do, keys_stand_once,
           nothing_contradicts_nothing)
