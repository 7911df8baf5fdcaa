#include "annals/match.h"

#include "base/check.h"
#include "base/likeness.h"
#include "base/utf8.h"

#define SAME_LETTERS 3 /* with which near names begin, as the server seeks them */

static const struct {
    const char *segment;
    enum record_kind kind;
} lists[] = {
#define X(value, kind, segment) {segment, kind},
    MATCH_TABLE(X)
#undef X
};

const char *match_segment(enum match_list list)
{
    ENSURE(list < MATCH_LISTS);
    return lists[list].segment;
}

enum record_kind match_kind(enum match_list list)
{
    ENSURE(list < MATCH_LISTS);
    return lists[list].kind;
}

enum match_list match_list_of(enum record_kind kind)
{
    int list = 0;
    while (list < MATCH_LISTS && lists[list].kind != kind)
        list++;
    return (enum match_list)list;
}

void match_init(struct match *m, struct http *http, str source,
                const struct match_decisions *decisions, struct arena *a)
{
    *m = (struct match){
        .arena = a, .http = http, .source = arena_copy(a, source), .decisions = decisions};
    for (int list = 0; list < MATCH_LISTS; list++) {
        strmap_init(&m->own[list], a);
        strmap_init(&m->taken[list], a);
        strmap_init(&m->links[list], a);
    }
}

/* ---- tables from what is compared to things ---- */

/* Things of the store by a key that several can have: chains in the order of coming. */
struct index {
    struct strmap first; /* key to number of a link */
    struct index_link {
        const struct match_thing *thing;
        int64_t next; /* -1 at the end */
    } * links;
    size_t n, room;
};

static void index_add(struct index *x, str key, const struct match_thing *thing, struct arena *a)
{
    int64_t before = -1;
    strmap_get(&x->first, key, &before);
    *ARENA_PUSH(a, x->links, x->n, x->room) = (struct index_link){thing, before};
    strmap_set(&x->first, key, (int64_t)x->n - 1);
}

/* Those of one thing, each once. */
struct several {
    const struct match_thing **items;
    size_t n, room;
};

static void index_take(const struct index *x, str key, struct several *out, struct arena *a)
{
    int64_t at;
    if (!strmap_get(&x->first, key, &at))
        return;
    for (; at >= 0; at = x->links[at].next) {
        bool there = false;
        for (size_t i = 0; i < out->n; i++)
            there = there || str_eq(out->items[i]->id, x->links[at].thing->id);
        if (!there)
            *ARENA_PUSH(a, out->items, out->n, out->room) = x->links[at].thing;
    }
}

static str identifier_text(const struct identifier *x, struct arena *a)
{
    return arena_printf(a, "%.*s:%.*s", STR_ARG(x->scheme), STR_ARG(x->value));
}

/* ---- the questions ---- */

struct looking {
    struct match *m;
    enum match_list list;
    const struct match_thing **things; /* that the store does not have under their id */
    size_t n, room;
    struct index identifiers, names;
    struct index letters; /* with which words of near names begin */
};

/* A comma stands between values: one that holds it cannot be asked for. */
static void add_value(struct strs *out, size_t *room, str value, struct arena *a)
{
    if (value.n > 0 && str_find(value, ',') == value.n)
        *ARENA_PUSH(a, out->items, out->n, *room) = value;
}

static void doubt(struct match_finding *f)
{
    f->verdict = MATCH_DOUBTFUL;
    f->why = "another thing of this source is the same one";
}

static void keep(struct match *m, const struct match_finding *f)
{
    int64_t there;
    struct match_finding *kept = ARENA_PUSH(m->arena, m->findings, m->n, m->room);
    *kept = *f;
    /* Two things of a source cannot be one of the store, nor one that it describes itself. */
    if (f->verdict == MATCH_LINKED && (strmap_get(&m->taken[f->list], f->to, &there) ||
                                       strmap_get(&m->own[f->list], f->to, &there)))
        doubt(kept);
    m->linked += kept->verdict == MATCH_LINKED;
    m->doubtful += kept->verdict == MATCH_DOUBTFUL;
    if (kept->verdict != MATCH_LINKED)
        return;
    strmap_set(&m->links[f->list], f->thing->id, (int64_t)m->n - 1);
    strmap_set(&m->taken[f->list], f->to, 1);
}

/* Which of some ids the store has. */
static bool find_known(struct looking *x, const struct strs *ids, struct strmap *known,
                       struct err *e)
{
    struct match_found found = {0};
    strmap_init(known, x->m->arena);
    if (!match_ask(x->m, x->list, "id", ids, &found, e))
        return false;
    for (size_t i = 0; i < found.n; i++)
        strmap_set(known, found.things[i].id, 1);
    return true;
}

/* A decision goes before everything else, also of what the store has under its own id by now. */
static void decide(struct looking *x, const struct match_thing *thing, str decided,
                   const struct strmap *known)
{
    int64_t there;
    struct match_finding f = {.list = x->list,
                              .thing = thing,
                              .verdict = MATCH_LINKED,
                              .lasting = true,
                              .to = decided,
                              .by = STR("a decision")};
    if (str_eq(decided, STR("new")) || str_eq(decided, thing->id))
        return;
    if (!strmap_get(known, decided, &there)) {
        f.verdict = MATCH_DOUBTFUL;
        f.why = "the decision names a thing that the store does not have";
    }
    keep(x->m, &f);
}

/* Keeps those of which nothing is known yet. */
static bool skip_known(struct looking *x, const struct match_thing *things, size_t n, struct err *e)
{
    struct match *m = x->m;
    struct strs ids = {0};
    struct strmap known;
    int64_t there;
    size_t room = 0;
    for (size_t i = 0; i < n; i++) {
        str decided = match_decisions_of(m->decisions, x->list, things[i].id);
        add_value(&ids, &room, decided.n > 0 ? decided : things[i].id, m->arena);
    }
    if (!find_known(x, &ids, &known, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        str decided = match_decisions_of(m->decisions, x->list, things[i].id);
        if (decided.n > 0)
            decide(x, &things[i], decided, &known);
        else if (!strmap_get(&known, things[i].id, &there))
            *ARENA_PUSH(m->arena, x->things, x->n, x->room) = &things[i];
    }
    return true;
}

static bool look_for_identifiers(struct looking *x, struct err *e)
{
    struct arena *a = x->m->arena;
    struct strs values = {0};
    struct match_found found = {0};
    size_t room = 0;
    strmap_init(&x->identifiers.first, a);
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < x->things[i]->identifiers.n; k++)
            add_value(&values, &room, identifier_text(&x->things[i]->identifiers.items[k], a), a);
    if (!match_ask(x->m, x->list, "identifier", &values, &found, e))
        return false;
    for (size_t i = 0; i < found.n; i++)
        for (size_t k = 0; k < found.things[i].identifiers.n; k++)
            index_add(&x->identifiers, identifier_text(&found.things[i].identifiers.items[k], a),
                      &found.things[i], a);
    return true;
}

static bool look_for_names(struct looking *x, struct err *e)
{
    struct arena *a = x->m->arena;
    struct strs values = {0};
    struct match_found found = {0};
    size_t room = 0;
    strmap_init(&x->names.first, a);
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < x->things[i]->fold_count; k++)
            add_value(&values, &room, x->things[i]->folds[k], a);
    if (!match_ask(x->m, x->list, "name", &values, &found, e))
        return false;
    for (size_t i = 0; i < found.n; i++)
        for (size_t k = 0; k < found.things[i].fold_count; k++)
            index_add(&x->names, found.things[i].folds[k], &found.things[i], a);
    return true;
}

static void gather(const struct looking *x, const struct match_thing *thing, struct match_case *c)
{
    struct arena *a = x->m->arena;
    struct several identified = {0}, named = {0};
    for (size_t i = 0; i < thing->identifiers.n; i++)
        index_take(&x->identifiers, identifier_text(&thing->identifiers.items[i], a), &identified,
                   a);
    for (size_t i = 0; i < thing->fold_count; i++)
        index_take(&x->names, thing->folds[i], &named, a);
    *c = (struct match_case){.m = x->m,
                             .list = x->list,
                             .thing = thing,
                             .by_identifier = identified.items,
                             .identified = identified.n,
                             .by_name = named.items,
                             .named = named.n};
}

/* Near names share the first letters of one of their words: by these they are found again. */
static void index_near(struct looking *x, const struct match_found *found)
{
    struct arena *a = x->m->arena;
    strmap_init(&x->letters.first, a);
    for (size_t i = 0; i < found->n; i++) {
        const struct match_thing *t = &found->things[i];
        for (size_t k = 0; k < t->fold_count; k++) {
            str word, rest = t->folds[k];
            for (bool more = rest.n > 0; more;) {
                more = str_cut(rest, ' ', &word, &rest);
                index_add(&x->letters, utf8_slice(word, 0, SAME_LETTERS), t, a);
            }
        }
    }
}

static bool is_near(str fold, const struct match_thing *t)
{
    for (size_t k = 0; k < t->fold_count; k++)
        if (likeness_near(fold, t->folds[k]))
            return true;
    return false;
}

static void gather_near(const struct looking *x, struct match_case *c)
{
    struct several near = {0};
    const struct match_thing *before = NULL;
    str fold = c->thing->fold_count > 0 ? c->thing->folds[0] : STR("");
    int64_t at = -1;
    strmap_get(&x->letters.first, utf8_slice(fold, 0, SAME_LETTERS), &at);
    for (; at >= 0; at = x->letters.links[at].next) {
        const struct match_thing *t = x->letters.links[at].thing;
        bool there = t == before || !is_near(fold, t);
        for (size_t i = 0; i < near.n && !there; i++)
            there = str_eq(near.items[i]->id, t->id);
        if (!there)
            *ARENA_PUSH(x->m->arena, near.items, near.n, near.room) = t;
        before = t;
    }
    c->near = near.items;
    c->nearby = near.n;
}

/* ---- what comes of it ---- */

/* Where several are the same thing of the store, none of them is certain; what lasts goes first. */
static void keep_all(struct match *m, struct match_finding *all, size_t n)
{
    struct strmap wanted;
    strmap_init(&wanted, m->arena);
    for (size_t i = 0; i < n; i++) {
        int64_t before = 0;
        if (all[i].verdict != MATCH_LINKED || all[i].lasting)
            continue;
        strmap_get(&wanted, all[i].to, &before);
        strmap_set(&wanted, all[i].to, before + 1);
    }
    for (size_t i = 0; i < n; i++)
        if (all[i].lasting)
            keep(m, &all[i]);
    for (size_t i = 0; i < n; i++) {
        int64_t claims = 0;
        if (all[i].lasting)
            continue;
        if (all[i].verdict == MATCH_LINKED && strmap_get(&wanted, all[i].to, &claims) && claims > 1)
            doubt(&all[i]);
        keep(m, &all[i]);
    }
}

static bool decide_all(struct looking *x, struct err *e)
{
    struct match *m = x->m;
    struct match_case *cases = ARENA_ARRAY(m->arena, struct match_case, x->n);
    struct match_finding *all = ARENA_ARRAY(m->arena, struct match_finding, x->n);
    struct strs open = {0};
    struct match_found found = {0};
    size_t room = 0, n = 0;
    for (size_t i = 0; i < x->n; i++) {
        gather(x, x->things[i], &cases[i]);
        if (cases[i].identified + cases[i].named == 0 && x->things[i]->fold_count > 0)
            add_value(&open, &room, x->things[i]->folds[0], m->arena);
    }
    if (!match_ask(m, x->list, "name_near", &open, &found, e))
        return false;
    index_near(x, &found);
    for (size_t i = 0; i < x->n; i++) {
        if (cases[i].identified + cases[i].named == 0)
            gather_near(x, &cases[i]);
        n += match_decide(&cases[i], &all[n]);
    }
    keep_all(m, all, n);
    return true;
}

bool match_look(struct match *m, enum match_list list, const struct match_thing *things, size_t n,
                struct err *e)
{
    struct looking x = {.m = m, .list = list};
    for (size_t i = 0; i < n; i++)
        strmap_set(&m->own[list], things[i].id, 1);
    return skip_known(&x, things, n, e) && look_for_identifiers(&x, e) && look_for_names(&x, e) &&
           decide_all(&x, e);
}

str match_id(const struct match *m, enum record_kind kind, str id)
{
    enum match_list list = match_list_of(kind);
    int64_t number;
    if (list == MATCH_LISTS || !strmap_get(&m->links[list], id, &number))
        return id;
    return m->findings[number].to;
}
