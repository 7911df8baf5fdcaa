/* Whether what a source describes is something that the store has: the rules. */
#include <math.h>

#include "annals/match.h"
#include "base/check.h"

#define FAR_APART_KM 50.0
#define EARTH_KM 6371.0088 /* mean radius */

/* Great circle distance by the haversine formula. */
static double distance_km(const struct match_thing *x, const struct match_thing *y)
{
    const double degree = acos(-1.0) / 180;
    double dlat = (y->lat - x->lat) * degree / 2, dlon = (y->lon - x->lon) * degree / 2;
    double h = sin(dlat) * sin(dlat) +
               cos(x->lat * degree) * cos(y->lat * degree) * sin(dlon) * sin(dlon);
    return 2 * EARTH_KM * asin(sqrt(fmin(1, h)));
}

static const struct identifier *identifier_of(const struct match_thing *t, str scheme)
{
    for (size_t i = 0; i < t->identifiers.n; i++)
        if (str_eq(t->identifiers.items[i].scheme, scheme))
            return &t->identifiers.items[i];
    return NULL;
}

/* The first identifier that both have, of one value (or, where `other`, of different ones). */
static const struct identifier *shared(const struct match_thing *x, const struct match_thing *y,
                                       bool other)
{
    for (size_t i = 0; i < x->identifiers.n; i++) {
        const struct identifier *mine = &x->identifiers.items[i];
        const struct identifier *theirs = identifier_of(y, mine->scheme);
        if (theirs != NULL && str_eq(mine->value, theirs->value) != other)
            return mine;
    }
    return NULL;
}

/* What speaks against two things being one; NULL for nothing. */
static const char *contradiction(const struct match_thing *x, const struct match_thing *y)
{
    ENSURE(x != NULL && y != NULL);
    if (shared(x, y, true) != NULL)
        return "another identifier of the same scheme";
    if (x->kind.n > 0 && y->kind.n > 0 && !str_eq(x->kind, y->kind))
        return "another kind";
    if (x->has_point && y->has_point && distance_km(x, y) > FAR_APART_KM)
        return "more than 50 km away";
    return NULL;
}

static bool links_before(const struct match_case *c, const struct match_thing *t)
{
    int64_t there;
    if (strmap_get(&c->m->own[c->list], t->id, &there))
        return false; /* under its own id */
    for (size_t i = 0; i < t->sources.n; i++)
        if (str_eq(t->sources.items[i], c->m->source))
            return true;
    return false;
}

/* The only one among the candidates that this source describes already; NULL for none. */
static const struct match_thing *linked_before(const struct match_case *c,
                                               const struct match_thing *const *all, size_t n)
{
    const struct match_thing *found = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!links_before(c, all[i]))
            continue;
        if (found != NULL)
            return NULL;
        found = all[i];
    }
    return found;
}

static bool link_to(struct match_finding *out, const struct match_thing *thing, str by)
{
    ENSURE(thing != NULL);
    out->verdict = MATCH_LINKED;
    out->to = thing->id;
    out->by = by;
    out->candidates[out->n++] = (struct match_candidate){thing, "it agrees"};
    return true;
}

static bool doubt(struct match_finding *out, const struct match_thing *const *all, size_t n,
                  const char *agrees, const char *why)
{
    out->verdict = MATCH_DOUBTFUL;
    out->why = why;
    for (size_t i = 0; i < n; i++) {
        if (out->n == MATCH_MOST_CANDIDATES) {
            out->more = n - i;
            break;
        }
        const char *against = contradiction(out->thing, all[i]);
        out->candidates[out->n++] = (struct match_candidate){all[i],
                                                             against != NULL ? against : agrees};
    }
    return true;
}

static bool by_identifier(const struct match_case *c, struct match_finding *out)
{
    const struct match_thing *first = c->by_identifier[0];
    const struct identifier *x = shared(c->thing, first, false);
    if (c->identified > 1)
        return doubt(out, c->by_identifier, c->identified, "an identifier agrees",
                     "identifiers agree with several things");
    const char *against = contradiction(c->thing, first);
    if (against != NULL)
        return doubt(out, c->by_identifier, 1, "an identifier agrees",
                     "an identifier agrees, and something speaks against it");
    str by = x != NULL
                 ? arena_printf(c->m->arena, "%.*s:%.*s", STR_ARG(x->scheme), STR_ARG(x->value))
                 : STR("an identifier");
    return link_to(out, first, by);
}

static bool by_name(const struct match_case *c, struct match_finding *out)
{
    if (c->named > 1)
        return doubt(out, c->by_name, c->named, "the name agrees",
                     "the name is that of several things");
    if (contradiction(c->thing, c->by_name[0]) != NULL)
        return doubt(out, c->by_name, 1, "the name agrees",
                     "the name agrees, and something speaks against it");
    return link_to(out, c->by_name[0], STR("the name"));
}

bool match_decide(const struct match_case *c, struct match_finding *out)
{
    *out = (struct match_finding){.list = c->list, .thing = c->thing};
    const struct {
        const struct match_thing **items;
        size_t n;
    } all[] = {{c->by_identifier, c->identified}, {c->by_name, c->named}, {c->near, c->nearby}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const struct match_thing *before = linked_before(c, all[i].items, all[i].n);
        out->lasting = before != NULL;
        if (before != NULL)
            return link_to(out, before, STR("linked before"));
    }
    if (c->identified > 0)
        return by_identifier(c, out);
    if (c->named > 0)
        return by_name(c, out);
    return c->nearby > 0 && doubt(out, c->near, c->nearby, "the name is near", "a name is near");
}
