#include "model/document_check.h"

#include "base/strmap.h"
#include "model/document_shape.h"

/* Adds a problem when key was in the list before. what: "id", "participant" … */
static void note(struct reading *r, struct strmap *seen, str key, size_t i, str value,
                 const struct step *at, const char *what)
{
    int64_t first;
    if (strmap_get(seen, key, &first))
        document_problem(r, at, value, "this %s stands here twice, first as number %lld", what,
                         (long long)first);
    else
        strmap_set(seen, key, (int64_t)i);
}

/* Ids of one list, whatever its items are. */
static void check_ids(struct reading *r, const struct field *list, const char *d)
{
    const struct field *id = document_shape_field(list->nested, STR("id"));
    if (id == NULL)
        return;
    size_t n;
    const char *items = document_shape_list(list, d, &n);
    struct strmap seen;
    strmap_init(&seen, r->arena);
    struct step at = {NULL, list->key, 0};
    for (size_t i = 0; i < n && !document_problem_enough(r); i++) {
        str value = *(const str *)(const void *)(items + i * list->nested->size + id->offset);
        struct step item = {&at, NULL, i};
        struct step here = {&item, id->key, 0};
        if (value.n > 0)
            note(r, &seen, value, i, value, &here, "id");
    }
}

/* Ids hold no blank, so that one between them keeps any two apart. */
static str joined(struct reading *r, str a, str b, str c)
{
    return arena_printf(r->arena, "%.*s %.*s %.*s", STR_ARG(a), STR_ARG(b), STR_ARG(c));
}

static void check_participants(struct reading *r, const struct document_event *event,
                               const struct step *at)
{
    struct step list = {at, "participants", 0};
    if (event->participant_count < 2)
        return;
    struct strmap seen;
    strmap_init(&seen, r->arena);
    for (size_t i = 0; i < event->participant_count && !document_problem_enough(r); i++) {
        const struct participant *p = &event->participants[i];
        struct step here = {&list, NULL, i};
        if (p->actor.n > 0)
            note(r, &seen, joined(r, p->actor, p->role, STR("")), i, p->actor, &here,
                 "actor in this role");
    }
}

static void check_relations(struct reading *r, const struct document *d)
{
    struct step list = {NULL, "relations", 0};
    struct strmap seen;
    strmap_init(&seen, r->arena);
    for (size_t i = 0; i < d->relation_count && !document_problem_enough(r); i++) {
        const struct document_relation *relation = &d->relations[i];
        struct step here = {&list, NULL, i};
        struct step to = {&here, "to", 0};
        if (relation->from.n == 0 || relation->type.n == 0 || relation->to.n == 0)
            continue;
        if (str_eq(relation->from, relation->to))
            document_problem(r, &to, relation->to, "an event has no relation to itself");
        note(r, &seen, joined(r, relation->from, relation->type, relation->to), i, STR(""), &here,
             "relation");
    }
}

void document_check_repeats(struct reading *r, const struct document *d)
{
    const struct shape *root = document_shape_root();
    for (size_t i = 0; i < root->field_count; i++)
        if (root->fields[i].kind == FIELD_LIST)
            check_ids(r, &root->fields[i], (const char *)d);
    struct step events = {NULL, "events", 0};
    for (size_t i = 0; i < d->event_count && !document_problem_enough(r); i++) {
        struct step event = {&events, NULL, i};
        check_participants(r, &d->events[i], &event);
    }
    check_relations(r, d);
}
