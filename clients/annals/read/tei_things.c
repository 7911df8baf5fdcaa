/* Persons, organisations and places of TEI: entries of lists, and names in the text that refer. */
#include <stdlib.h>
#include <string.h>

#include "annals/read/authority.h"
#include "annals/read/sentence.h"
#include "annals/read/tei_flow.h"
#include "annals/read/tei_parts.h"

#define LONGEST_NAME 300     /* code points */
#define MOST_NAMES 100       /* of one thing */
#define MOST_IDENTIFIERS 100 /* of one thing */

/* X(element, kind, kind of actor): entries of lists */
#define ENTRY_TABLE(X)                                                                             \
    X("person", BUILD_ACTOR, "person")                                                             \
    X("personGrp", BUILD_ACTOR, "group")                                                           \
    X("org", BUILD_ACTOR, "organisation")                                                          \
    X("place", BUILD_PLACE, NULL)

/* X(element or type, kind, kind of actor): names; what name and rs name is said by their type */
#define NAME_TABLE(X)                                                                              \
    X("persName", BUILD_ACTOR, "person")                                                           \
    X("person", BUILD_ACTOR, "person")                                                             \
    X("orgName", BUILD_ACTOR, "organisation")                                                      \
    X("org", BUILD_ACTOR, "organisation")                                                          \
    X("organisation", BUILD_ACTOR, "organisation")                                                 \
    X("organization", BUILD_ACTOR, "organisation")                                                 \
    X("placeName", BUILD_PLACE, NULL)                                                              \
    X("place", BUILD_PLACE, NULL)                                                                  \
    X("geogName", BUILD_PLACE, NULL)                                                               \
    X("settlement", BUILD_PLACE, NULL)                                                             \
    X("district", BUILD_PLACE, NULL)                                                               \
    X("region", BUILD_PLACE, NULL)                                                                 \
    X("country", BUILD_PLACE, NULL)                                                                \
    X("bloc", BUILD_PLACE, NULL)

struct sort {
    const char *name;
    enum build_kind kind;
    const char *actor_kind;
};

static const struct sort entries[] = {
#define X(name, kind, actor_kind) {name, kind, actor_kind},
    ENTRY_TABLE(X)
#undef X
};

static const struct sort names[] = {
#define X(name, kind, actor_kind) {name, kind, actor_kind},
    NAME_TABLE(X)
#undef X
};

/* Children of an entry that say nothing that is left out. */
static const char *const quiet[] = {"name",  "head",      "label",     "idno",  "note",
                                    "p",     "desc",      "person",    "place", "org",
                                    "event", "listEvent", "listPlace", "bibl",  "listOrg"};

static const struct sort *entry_of(const struct xml_node *n)
{
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (xml_is(n, entries[i].name))
            return &entries[i];
    return NULL;
}

static const struct sort *name_of(const struct xml_node *n)
{
    bool general = xml_is(n, "name") || xml_is(n, "rs");
    str word = general ? xml_get(n, "type") : n->name;
    if (n->kind != XML_ELEMENT || entry_of(n) != NULL)
        return NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(word, str_from(names[i].name)))
            return &names[i];
    return NULL;
}

bool tei_things_is(const struct xml_node *n)
{
    return entry_of(n) != NULL || name_of(n) != NULL;
}

/* ---- identifiers ---- */

static void add_identifier(struct tei_parts *p, struct tei_identifier **first,
                           struct tei_identifier **last, str scheme, str value)
{
    size_t count = 0;
    value = sentence_line(value, LONGEST_NAME, p->arena);
    if (scheme.n == 0 || value.n == 0)
        return;
    for (const struct tei_identifier *i = *first; i != NULL; i = i->next)
        if (str_eq(i->scheme, scheme) || ++count == MOST_IDENTIFIERS)
            return;
    struct tei_identifier *mine = ARENA_NEW(p->arena, struct tei_identifier);
    *mine = (struct tei_identifier){scheme, value, NULL};
    if (*first == NULL)
        *first = mine;
    else
        (*last)->next = mine;
    *last = mine;
}

/* Each of the addresses that an attribute holds, with blanks between. */
static void add_addresses(struct tei_parts *p, struct tei_identifier **first,
                          struct tei_identifier **last, str list)
{
    str address, scheme, value;
    for (bool more = list.n > 0; more;) {
        more = str_cut(list, ' ', &address, &list);
        if (address.n > 0 && authority_of(address, p->arena, &scheme, &value))
            add_identifier(p, first, last, scheme, value);
    }
}

static void add_idno(struct tei_parts *p, const struct xml_node *n, struct tei_identifier **first,
                     struct tei_identifier **last)
{
    str scheme, value = xml_words(n, NULL, p->arena), type = xml_get(n, "type");
    if (authority_of(value, p->arena, &scheme, &value))
        add_identifier(p, first, last, scheme, value);
    else
        add_identifier(p, first, last, authority_scheme(type, p->arena), value);
}

void tei_things_identify(struct tei_parts *p, const struct xml_node *n,
                         struct tei_identifier **first, struct tei_identifier **last)
{
    static const char *const references[] = {"ref", "sameAs"};
    for (size_t i = 0; i < sizeof references / sizeof *references; i++)
        add_addresses(p, first, last, xml_get(n, references[i]));
    for (const struct xml_node *i = xml_child(n, "idno"); i != NULL; i = xml_again(i, "idno"))
        add_idno(p, i, first, last);
}

void tei_things_write_identifiers(struct jout *j, const struct tei_identifier *first)
{
    if (first == NULL)
        return;
    jout_key(j, "identifiers");
    jout_object(j);
    for (const struct tei_identifier *i = first; i != NULL; i = i->next) {
        jout_key_str(j, i->scheme);
        jout_str(j, i->value);
    }
    jout_object_end(j);
}

/* ---- making things ---- */

static struct tei_thing *add_thing(struct tei_parts *p, const struct sort *sort, str id,
                                   const struct xml_node *n)
{
    struct tei_thing *t = ARENA_NEW(p->arena, struct tei_thing);
    *t = (struct tei_thing){
        .kind = sort->kind, .actor_kind = sort->actor_kind, .id = id, .node = n};
    if (p->things == NULL)
        p->things = t;
    else
        p->last_thing->next = t;
    p->last_thing = t;
    *ARENA_PUSH(p->arena, p->by_number, p->thing_count, p->thing_room) = t;
    return t;
}

static void add_name(struct tei_parts *p, struct tei_thing *t, const struct xml_node *n)
{
    str name = sentence_line(xml_words(n, tei_flow, p->arena), LONGEST_NAME, p->arena);
    if (name.n == 0)
        return;
    for (const struct tei_name *i = t->names; i != NULL; i = i->next)
        if (str_eq(i->name, name))
            return;
    if (t->name_count == MOST_NAMES) {
        leftover_add(&p->leftover, n->line, n->column, "left out: a name of what has %d already",
                     MOST_NAMES);
        return;
    }
    t->name_count++;
    struct tei_name *mine = ARENA_NEW(p->arena, struct tei_name);
    *mine = (struct tei_name){name, tei_language(n, p->arena), NULL};
    if (t->names == NULL)
        t->names = mine;
    else
        t->last_name->next = mine;
    t->last_name = mine;
}

static void add_mention(struct tei_parts *p, struct tei_thing *t, const struct xml_node *n)
{
    if (!tei_has_words(n))
        return;
    struct tei_mention *mine = ARENA_NEW(p->arena, struct tei_mention);
    *mine = (struct tei_mention){n, NULL};
    if (t->mentions == NULL)
        t->mentions = mine;
    else
        t->last_mention->next = mine;
    t->last_mention = mine;
}

/* Latitude and longitude, WGS 84, with a blank or comma between, as TEI has them. */
static bool read_point(str words, double *lat, double *lon)
{
    char *end, *rest;
    if (words.n == 0 || words.n > 80)
        return false;
    *lat = strtod(words.p, &end);
    if (end == words.p)
        return false;
    while (*end == ' ' || *end == ',')
        end++;
    *lon = strtod(end, &rest);
    return rest != end && *rest == '\0' && *lat >= -90 && *lat <= 90 && *lon >= -180 && *lon <= 180;
}

static void locate(struct tei_parts *p, struct tei_thing *t, const struct xml_node *n)
{
    const struct xml_node *location = xml_child(n, "location");
    const struct xml_node *geo = xml_child(location, "geo");
    if (t->kind != BUILD_PLACE || geo == NULL)
        return;
    t->has_point = read_point(xml_words(geo, NULL, p->arena), &t->lat, &t->lon);
    if (!t->has_point)
        problem_add_line(p->ask->notes, geo->line, geo->column,
                         "this is not a latitude and a longitude in degrees: left out");
}

static bool is_quiet(const struct xml_node *n)
{
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++)
        if (xml_is(n, quiet[i]))
            return true;
    return n->kind != XML_ELEMENT || name_of(n) != NULL ||
           (xml_is(n, "location") && xml_child(n, "geo") != NULL);
}

/* An entry of a list: its children that are names are its names. */
static void read_entry(struct tei_parts *p, struct xml_node *n)
{
    struct tei_thing *t = add_thing(p, entry_of(n), tei_id(p, n), n);
    n->mark = t;
    tei_things_identify(p, n, &t->identifiers, &t->last_identifier);
    for (struct xml_node *child = n->first; child != NULL; child = child->next) {
        if (xml_is(child, "name") || name_of(child) != NULL) {
            add_name(p, t, child);
            add_mention(p, t, child);
            tei_things_identify(p, child, &t->identifiers, &t->last_identifier);
            child->mark = t;
        } else if (!is_quiet(child)) {
            leftover_add(&p->leftover, child->line, child->column, "left out: <%.*s> of a <%.*s>",
                         STR_ARG(child->name), STR_ARG(n->name));
        }
    }
    locate(p, t, n);
}

/* ---- mentions ---- */

static struct tei_thing *known(const struct tei_parts *p, str key)
{
    int64_t number;
    return strmap_get(&p->known, key, &number) ? p->by_number[number] : NULL;
}

static void know(struct tei_parts *p, str key, size_t number)
{
    if (known(p, key) == NULL)
        strmap_set(&p->known, key, (int64_t)number);
}

static str identifier_key(struct tei_parts *p, str scheme, str value)
{
    return arena_printf(p->arena, "%.*s:%.*s", STR_ARG(scheme), STR_ARG(value));
}

/* The entry of a list that a reference names, or NULL. */
static struct tei_thing *entry_at(const struct tei_parts *p, str reference)
{
    const struct xml_node *entry = tei_find(p, reference);
    return entry != NULL && entry_of(entry) != NULL ? entry->mark : NULL;
}

/* What a reference leads to. What no entry here has is made: somebody has listed it elsewhere, and
 * the reference tells it from others. */
static struct tei_thing *refer(struct tei_parts *p, const struct sort *sort,
                               const struct xml_node *n, str reference)
{
    str scheme, value;
    bool address = authority_of(reference, p->arena, &scheme, &value);
    str key = address ? identifier_key(p, scheme, value) : reference;
    struct tei_thing *t = address ? NULL : entry_at(p, reference);
    if (t == NULL)
        t = known(p, key);
    if (t != NULL)
        return t;
    if (str_starts(reference, STR("#")))
        leftover_add(&p->leftover, n->line, n->column,
                     "kept by its reference: what a <%.*s> names that is listed in another file",
                     STR_ARG(n->name));
    str id = reader_id(arena_printf(p->arena, "%.*s-%.*s", STR_ARG(p->source), STR_ARG(key)),
                       p->arena);
    know(p, key, p->thing_count);
    t = add_thing(p, sort, id, n);
    if (address)
        add_identifier(p, &t->identifiers, &t->last_identifier, scheme, value);
    return t;
}

/* What a name names: it says so, or the entry to which it refers does. */
static const struct sort *sort_of(const struct tei_parts *p, const struct xml_node *n)
{
    const struct sort *sort = name_of(n);
    str list = str_trim(xml_get(n, "ref")), reference;
    if (sort != NULL || !(xml_is(n, "name") || xml_is(n, "rs")) || !str_starts(list, STR("#")))
        return sort;
    str_cut(list, ' ', &reference, &list);
    const struct xml_node *entry = tei_find(p, reference);
    return entry != NULL ? entry_of(entry) : NULL;
}

static void read_mention(struct tei_parts *p, struct xml_node *n)
{
    const struct sort *sort = sort_of(p, n);
    str list = str_trim(xml_get(n, "ref")), first;
    if (sort == NULL || n->mark != NULL || xml_words(n, tei_flow, p->arena).n == 0)
        return;
    if (list.n == 0)
        list = str_trim(xml_get(n, "key"));
    if (list.n == 0) {
        leftover_add(&p->leftover, n->line, n->column, "left out: <%.*s> without ref or key",
                     STR_ARG(n->name));
        return;
    }
    str_cut(list, ' ', &first, &list);
    struct tei_thing *t = refer(p, sort, n, first);
    if (t == NULL || t->kind != sort->kind)
        return;
    /* <rs> refers without naming: "the king", "they". */
    if (!xml_is(n, "rs") || t->names == NULL)
        add_name(p, t, n);
    add_mention(p, t, n);
    add_addresses(p, &t->identifiers, &t->last_identifier, list);
    n->mark = t;
}

static bool is_bibliographic(const struct xml_node *n)
{
    for (; n != NULL; n = n->parent)
        if (xml_is(n, "fileDesc") || xml_is(n, "revisionDesc") || xml_is(n, "encodingDesc"))
            return true;
    return false;
}

void tei_things_find(struct tei_parts *p)
{
    for (struct xml_node *n = p->root; n != NULL; n = xml_after(n, p->root))
        if (entry_of(n) != NULL && !is_bibliographic(n))
            read_entry(p, n);
    for (size_t i = 0; i < p->thing_count; i++) {
        struct tei_thing *t = p->by_number[i];
        for (const struct tei_identifier *x = t->identifiers; x != NULL; x = x->next)
            know(p, identifier_key(p, x->scheme, x->value), i);
        for (const struct xml_node *up = t->node->parent; up != NULL && t->within == NULL;
             up = up->parent)
            if (t->kind == BUILD_PLACE && xml_is(up, "place"))
                t->within = up->mark;
    }
    for (struct xml_node *n = p->root; n != NULL; n = xml_after(n, p->root))
        if (sort_of(p, n) != NULL && !is_bibliographic(n))
            read_mention(p, n);
}

/* ---- writing ---- */

static void write_names(struct jout *j, const struct tei_thing *t)
{
    const struct tei_name *first = t->names;
    jout_member_str(j, "name", first != NULL ? first->name : xml_get(t->node, "xml:id"));
    if (first == NULL || (first->next == NULL && first->language.n == 0))
        return;
    jout_key(j, "names");
    jout_array(j);
    for (const struct tei_name *i = first->language.n > 0 ? first : first->next; i; i = i->next) {
        jout_object(j);
        jout_member_str(j, "name", i->name);
        jout_member_str_if(j, "language", i->language);
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void write_thing(struct tei_parts *p, const struct tei_thing *t)
{
    static const char *const supports[] = {"name", NULL};
    struct jout *j = builder_begin(p->out, t->kind, t->node->line, t->node->column);
    jout_member_str(j, "id", t->id);
    write_names(j, t);
    if (t->kind == BUILD_ACTOR)
        jout_member_text(j, "kind", t->actor_kind);
    if (t->has_point) {
        jout_key(j, "lat");
        jout_f64(j, t->lat);
        jout_key(j, "lon");
        jout_f64(j, t->lon);
    }
    tei_things_write_identifiers(j, t->identifiers);
    if (t->within != NULL)
        jout_member_str(j, "part_of", t->within->id);
    jout_key(j, "evidence");
    jout_array(j);
    for (const struct tei_mention *m = t->mentions; m != NULL; m = m->next)
        text_evidence(j, &p->text, m->node->from, m->node->to,
                      xml_is(m->node, "rs") ? NULL : supports);
    jout_array_end(j);
    builder_end(p->out);
}

void tei_things_write(struct tei_parts *p)
{
    for (const struct tei_thing *t = p->things; t != NULL; t = t->next) {
        if (t->names == NULL && xml_get(t->node, "xml:id").n == 0) {
            problem_add_line(p->ask->problems, t->node->line, t->node->column,
                             "this <%.*s> has neither a name nor an xml:id",
                             STR_ARG(t->node->name));
            continue;
        }
        write_thing(p, t);
    }
}
