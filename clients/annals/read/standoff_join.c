/* Which mentions mean the same actor or place. */
#include "annals/read/standoff_parts.h"

#define LONGEST_NAME 1000 /* bytes of words that join what they name */

/* Whether two lists name one thing differently under one scheme. */
static bool contradict(const struct mention *a, const struct mention *b)
{
    for (const struct standoff_name *x = a->names; x != NULL; x = x->next)
        for (const struct standoff_name *y = b->names; y != NULL; y = y->next)
            if (str_eq(x->scheme, y->scheme) && !str_eq(x->value, y->value))
                return true;
    return false;
}

/* Joins m to the mention that stands under a key, or lets it stand there. */
static void join(struct standoff *s, struct strmap *by, str key, struct mention *m, size_t number)
{
    int64_t there;
    if (!strmap_get(by, key, &there)) {
        strmap_set(by, key, (int64_t)number);
        return;
    }
    struct mention *other = s->all[there];
    if (!contradict(other, m)) {
        standoff_same(other, m);
        for (const struct standoff_name *x = m->names; x != NULL; x = x->next)
            standoff_name(s, other, x->scheme, x->value);
    }
}

void standoff_join(struct standoff *s)
{
    struct strmap by;
    strmap_init(&by, s->arena);
    for (size_t i = 0; i < s->n; i++) {
        struct mention *m = s->all[i];
        if (m->meaning.label != MAPPING_ACTOR && m->meaning.label != MAPPING_PLACE)
            continue;
        for (const struct standoff_name *x = m->names; x != NULL; x = x->next)
            join(s, &by,
                 arena_printf(s->arena, "i %.*s\t%.*s\t%.*s", STR_ARG(m->label), STR_ARG(x->scheme),
                              STR_ARG(x->value)),
                 m, i);
        if (m->words.n <= LONGEST_NAME)
            join(s, &by,
                 arena_printf(s->arena, "w %.*s\t%.*s", STR_ARG(m->label), STR_ARG(m->words)), m,
                 i);
    }
    for (size_t i = 0; i < s->n; i++) {
        struct mention *m = s->all[i], *first = standoff_thing(m);
        if (first == m)
            continue;
        if (first->last_member == NULL)
            first->member = m;
        else
            first->last_member->member = m;
        first->last_member = m;
    }
}
