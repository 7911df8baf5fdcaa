/* What a mapping says of dates, events and what these refer to; the other half of table_key. */
#include <stddef.h>

#include "annals/read/table_key.h"
#include "base/check.h"
#include "model/document.h"

#define DATE_DEPTH 4 /* of dates within dates */

/* ---- members by a table of keys ---- */

enum member_kind {
    MEMBER_VALUE,
    MEMBER_DATE,
    MEMBER_IDENTIFIERS,
    MEMBER_WORD,  /* str */
    MEMBER_TESTS, /* the count stands at count_offset, as for lists */
    MEMBER_ACTORS,
    MEMBER_PLACES,
    MEMBER_RELATIONS,
    MEMBER_PART_OF,
    MEMBER_OWN /* read by whoever has the table */
};

struct member {
    const char *key;
    enum member_kind kind;
    size_t offset, count_offset;
};

#define MOST_MEMBERS 20

static void compile_actors(struct compile *c, const struct front_node *n, struct table_actor **out,
                           size_t *count);
static void compile_places(struct compile *c, const struct front_node *n, struct table_place **out,
                           size_t *count);
static void compile_relations(struct compile *c, const struct front_node *n,
                              struct table_relation **out, size_t *count);
static void compile_place(struct compile *c, const struct front_node *n, struct table_place *out);

static bool is_scheme(str name)
{
    return document_is_id(name) && name.n <= 64 && name.p[0] >= 'a';
}

static void compile_identifiers(struct compile *c, const struct front_node *n,
                                struct table_identifiers *out)
{
    if (n->kind != FRONT_MAP) {
        compile_complain(c, n, "identifiers are written as  {scheme: \"{column}\"}");
        return;
    }
    out->items = ARENA_ARRAY(c->arena, struct table_identifier, n->count);
    for (const struct front_node *item = n->first; item != NULL; item = item->next) {
        struct table_identifier *id = &out->items[out->n++];
        id->scheme = item->key;
        if (!is_scheme(item->key))
            compile_complain(c, item,
                             "a scheme has lower-case letters a-z, digits, \"-\" and \"_\"");
        compile_value(c, item, &id->value);
    }
}

static void compile_part_of(struct compile *c, const struct front_node *n, struct table_place **out)
{
    if (c->depth >= TABLE_PLACE_DEPTH) {
        compile_complain(c, n, "places lie in one another at most 8 deep");
        return;
    }
    c->depth++;
    *out = ARENA_NEW(c->arena, struct table_place);
    compile_place(c, n, *out);
    c->depth--;
}

static void compile_member(struct compile *c, const struct front_node *n, const struct member *m,
                           char *base)
{
    void *at = base + m->offset;
    size_t *count = (void *)(base + m->count_offset);
    switch (m->kind) {
    case MEMBER_VALUE:
        compile_value(c, n, at);
        return;
    case MEMBER_DATE:
        compile_date(c, n, at);
        return;
    case MEMBER_IDENTIFIERS:
        compile_identifiers(c, n, at);
        return;
    case MEMBER_WORD:
        *(str *)at = compile_word(c, n);
        return;
    case MEMBER_TESTS:
        *(struct table_test **)at = compile_tests(c, n, count);
        return;
    case MEMBER_ACTORS:
        compile_actors(c, n, at, count);
        return;
    case MEMBER_PLACES:
        compile_places(c, n, at, count);
        return;
    case MEMBER_RELATIONS:
        compile_relations(c, n, at, count);
        return;
    case MEMBER_PART_OF:
        compile_part_of(c, n, at);
        return;
    case MEMBER_OWN:
        return;
    }
    UNREACHABLE();
}

static bool compile_members(struct compile *c, const struct front_node *n,
                            const struct member *members, size_t count, void *base,
                            const char *what)
{
    const char *keys[MOST_MEMBERS + 1] = {0};
    ENSURE(count <= MOST_MEMBERS);
    for (size_t i = 0; i < count; i++)
        keys[i] = members[i].key;
    if (!compile_keys(c, n, keys, what))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct front_node *child = front_get(n, str_from(members[i].key));
        if (child != NULL)
            compile_member(c, child, &members[i], base);
    }
    return true;
}

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define AT(type, member) offsetof(struct type, member)
#define WHEN(type)                                                                                 \
    {                                                                                              \
        "when", MEMBER_TESTS, AT(type, tests), AT(type, test_count)                                \
    }

/* ---- dates ---- */

static const struct member date_members[] = {
    {"value", MEMBER_VALUE, AT(table_date_choice, value), 0},
#define X(member, key) {key, MEMBER_VALUE, AT(table_date_choice, member), 0},
    TABLE_PART_TABLE(X)
#undef X
        {"start", MEMBER_DATE, AT(table_date_choice, start), 0},
    {"end", MEMBER_DATE, AT(table_date_choice, end), 0},
    {"earliest", MEMBER_DATE, AT(table_date_choice, earliest), 0},
    {"latest", MEMBER_DATE, AT(table_date_choice, latest), 0},
    {"precision", MEMBER_VALUE, AT(table_date_choice, precision), 0},
    {"qualifier", MEMBER_VALUE, AT(table_date_choice, qualifier), 0},
    {"format", MEMBER_OWN, 0, 0},
    {"without_start", MEMBER_OWN, 0, 0},
    {"without_end", MEMBER_OWN, 0, 0},
    {"years", MEMBER_OWN, 0, 0},
    {"midnight", MEMBER_OWN, 0, 0},
    WHEN(table_date_choice),
};

static const char *const side_words[] = {
#define X(value, word) word,
    TABLE_SIDE_TABLE(X)
#undef X
        NULL};
static const char *const year_words[] = {"astronomical", "historical", NULL};
static const char *const midnight_words[] = {"time", "day", NULL};

/* The ways to say a date exclude each other. */
static void check_ways(struct compile *c, const struct table_date_choice *d)
{
    bool parts = d->month.n > 0 || d->day.n > 0 || d->time.n > 0 || d->hour.n > 0 ||
                 d->minute.n > 0 || d->second.n > 0;
    int ways = (d->value.n > 0) + (d->year.n > 0) + (d->start.n > 0 || d->end.n > 0) +
               (d->earliest.n > 0 || d->latest.n > 0);
    if (ways != 1)
        compile_complain(c, d->node,
                         "a date is one of: value; year, month and day; start and end; earliest "
                         "and latest");
    else if (parts && d->year.n == 0)
        compile_complain(c, d->node, "month, day and time stand beside a year");
    else if ((d->start.n > 0) != (d->end.n > 0) || (d->earliest.n > 0) != (d->latest.n > 0))
        compile_complain(c, d->node, "start needs end, and earliest needs latest");
}

/* A pattern: %Y %m %d %B %b %H %M %S %p %*; other signs stand for themselves. */
static void check_format(struct compile *c, const struct front_node *n, str format)
{
    if (str_eq(format, STR("edtf")) || str_eq(format, STR("iso")))
        return;
    bool year = false;
    for (size_t i = 0; i < format.n; i++) {
        if (format.p[i] != '%')
            continue;
        i++;
        if (i == format.n || str_find(STR("YmdBbHMSp*%"), format.p[i]) == 11) {
            compile_complain(c, n, "a pattern knows %Y %m %d %B %b %H %M %S %p %* and %%");
            return;
        }
        year = year || format.p[i] == 'Y';
    }
    if (!year)
        compile_complain(c, n,
                         "a format is edtf, iso or a pattern with a year of four digits, such as "
                         "\"%d/%m/%Y\"");
}

static void compile_date_choice(struct compile *c, const struct front_node *n,
                                struct table_date_choice *out)
{
    const struct front_node *child;
    out->node = n;
    out->without_start = TABLE_SIDE_UNKNOWN;
    if (n->kind == FRONT_SCALAR) {
        compile_value(c, n, &out->value);
        return;
    }
    if (!compile_members(c, n, date_members, COUNT(date_members), out, "a date"))
        return;
    if ((child = front_get(n, STR("format"))) != NULL)
        compile_words(c, child, &out->formats);
    for (size_t i = 0; i < out->formats.n; i++)
        check_format(c, child, out->formats.items[i]);
    if ((child = front_get(n, STR("without_start"))) != NULL)
        out->without_start = (enum table_side)compile_choice(c, child, side_words);
    if ((child = front_get(n, STR("without_end"))) != NULL)
        out->without_end = (enum table_side)compile_choice(c, child, side_words);
    if ((child = front_get(n, STR("years"))) != NULL)
        out->historical = compile_choice(c, child, year_words) == 1;
    if ((child = front_get(n, STR("midnight"))) != NULL)
        out->whole_days = compile_choice(c, child, midnight_words) == 1;
    check_ways(c, out);
}

void compile_date(struct compile *c, const struct front_node *n, struct table_date *out)
{
    if (c->depth >= DATE_DEPTH) {
        compile_complain(c, n, "dates stand in one another at most 4 deep");
        return;
    }
    c->depth++;
    size_t count = n->kind == FRONT_LIST ? n->count : 1;
    out->choices = ARENA_ARRAY(c->arena, struct table_date_choice, count);
    if (n->kind != FRONT_LIST)
        compile_date_choice(c, n, &out->choices[out->n++]);
    else
        for (const struct front_node *item = n->first; item != NULL; item = item->next)
            compile_date_choice(c, item, &out->choices[out->n++]);
    c->depth--;
}

/* ---- actors, places, relations ---- */

static const struct member actor_members[] = {
    {"id", MEMBER_VALUE, AT(table_actor, id), 0},
    {"name", MEMBER_VALUE, AT(table_actor, name), 0},
    {"kind", MEMBER_VALUE, AT(table_actor, kind), 0},
    {"role", MEMBER_VALUE, AT(table_actor, role), 0},
    {"names", MEMBER_VALUE, AT(table_actor, names), 0},
    {"identifiers", MEMBER_IDENTIFIERS, AT(table_actor, identifiers), 0},
    {"split", MEMBER_WORD, AT(table_actor, split), 0},
    WHEN(table_actor),
};

static const struct member place_members[] = {
    {"id", MEMBER_VALUE, AT(table_place, id), 0},
    {"name", MEMBER_VALUE, AT(table_place, name), 0},
    {"lat", MEMBER_VALUE, AT(table_place, lat), 0},
    {"lon", MEMBER_VALUE, AT(table_place, lon), 0},
    {"names", MEMBER_VALUE, AT(table_place, names), 0},
    {"identifiers", MEMBER_IDENTIFIERS, AT(table_place, identifiers), 0},
    {"part_of", MEMBER_PART_OF, AT(table_place, part_of), 0},
    {"split", MEMBER_WORD, AT(table_place, split), 0},
    WHEN(table_place),
};

static const struct member relation_members[] = {
    {"type", MEMBER_VALUE, AT(table_relation, type), 0},
    {"from", MEMBER_VALUE, AT(table_relation, from), 0},
    {"to", MEMBER_VALUE, AT(table_relation, to), 0},
    WHEN(table_relation),
};

/* The items of a list of mappings; NULL and a problem for anything else. */
static const struct front_node *items_of(struct compile *c, const struct front_node *n)
{
    if (n->kind == FRONT_LIST)
        return n->first;
    compile_complain(c, n, "this is a list, each item of which begins with a hyphen");
    return NULL;
}

static void compile_actors(struct compile *c, const struct front_node *n, struct table_actor **out,
                           size_t *count)
{
    const struct front_node *item = items_of(c, n);
    *out = ARENA_ARRAY(c->arena, struct table_actor, n->count);
    for (; item != NULL; item = item->next) {
        struct table_actor *actor = &(*out)[(*count)++];
        actor->node = item;
        if (compile_members(c, item, actor_members, COUNT(actor_members), actor, "a participant") &&
            actor->name.n == 0)
            compile_complain(c, item, "a participant needs a \"name\"");
    }
}

static void compile_place(struct compile *c, const struct front_node *n, struct table_place *out)
{
    out->node = n;
    if (!compile_members(c, n, place_members, COUNT(place_members), out, "a place"))
        return;
    if (out->name.n == 0)
        compile_complain(c, n, "a place needs a \"name\"");
    if ((out->lat.n > 0) != (out->lon.n > 0))
        compile_complain(c, n, "\"lat\" needs \"lon\"");
}

static void compile_places(struct compile *c, const struct front_node *n, struct table_place **out,
                           size_t *count)
{
    const struct front_node *item = items_of(c, n);
    *out = ARENA_ARRAY(c->arena, struct table_place, n->count);
    for (; item != NULL; item = item->next)
        compile_place(c, item, &(*out)[(*count)++]);
}

static void compile_relations(struct compile *c, const struct front_node *n,
                              struct table_relation **out, size_t *count)
{
    const struct front_node *item = items_of(c, n);
    *out = ARENA_ARRAY(c->arena, struct table_relation, n->count);
    for (; item != NULL; item = item->next) {
        struct table_relation *r = &(*out)[(*count)++];
        r->node = item;
        if (compile_members(c, item, relation_members, COUNT(relation_members), r, "a relation") &&
            (r->type.n == 0 || (r->from.n == 0) == (r->to.n == 0)))
            compile_complain(c, item,
                             "a relation needs \"type\" and the other event: \"to\" or \"from\"");
    }
}

/* ---- events ---- */

static const struct member event_members[] = {
    {"id", MEMBER_VALUE, AT(table_event, id), 0},
    {"title", MEMBER_VALUE, AT(table_event, title), 0},
    {"summary", MEMBER_VALUE, AT(table_event, summary), 0},
    {"type", MEMBER_VALUE, AT(table_event, type), 0},
    {"tags", MEMBER_VALUE, AT(table_event, tags), 0},
    {"date", MEMBER_DATE, AT(table_event, date), 0},
    {"identifiers", MEMBER_IDENTIFIERS, AT(table_event, identifiers), 0},
    {"participants", MEMBER_ACTORS, AT(table_event, participants),
     AT(table_event, participant_count)},
    {"places", MEMBER_PLACES, AT(table_event, places), AT(table_event, place_count)},
    {"relations", MEMBER_RELATIONS, AT(table_event, relations), AT(table_event, relation_count)},
    WHEN(table_event),
};

void compile_event(struct compile *c, const struct front_node *n, struct table_event *out)
{
    out->node = n;
    if (compile_members(c, n, event_members, COUNT(event_members), out, "an event") &&
        out->id.n == 0)
        compile_complain(c, n, "an event needs an \"id\", such as  \"x-{number}\"");
}
