#include "annals/read/mapping.h"

#include <stdio.h>
#include <string.h>

#include "annals/input.h"
#include "annals/read/reader.h"
#include "annals/read/table_map.h"
#include "base/check.h"
#include "base/nearest.h"
#include "embedded.h"
#include "model/document.h"
#include "model/vocabulary.h"

#define MAPPING_LARGEST ((size_t)1024 * 1024)
#define ENDING ".yaml"

static const char *const label_words[] = {
#define X(value, word) word,
    MAPPING_LABEL_TABLE(X)
#undef X
};

/* X(key): what a mapping may hold */
#define ROOT_TABLE(X)                                                                              \
    X("mapping")                                                                                   \
    X("description")                                                                               \
    X("source")                                                                                    \
    X("labels")                                                                                    \
    X("types")                                                                                     \
    X("roles")                                                                                     \
    X("relation_types")                                                                            \
    X("table")

/* X(key, shape): what it may say of the source: one word, a list of words, or a number */
#define SOURCE_TABLE(X)                                                                            \
    X("id", 'w')                                                                                   \
    X("title", 'w')                                                                                \
    X("creators", 'l')                                                                             \
    X("publisher", 'w')                                                                            \
    X("published", 'w')                                                                            \
    X("url", 'w')                                                                                  \
    X("language", 'w')                                                                             \
    X("licence", 'w')                                                                              \
    X("derives_from", 'l')                                                                         \
    X("precedence", 'n')                                                                           \
    X("text_access", 'w')

/* X(key): of a declared type, role or relation type */
#define TERM_TABLE(X)                                                                              \
    X("id")                                                                                        \
    X("label")                                                                                     \
    X("parent")                                                                                    \
    X("description")

#define X(key) key,
static const char *const root_keys[] = {ROOT_TABLE(X) NULL};
static const char *const term_keys[] = {TERM_TABLE(X) NULL};
#undef X
#define X(key, shape) key,
static const char *const source_keys[] = {SOURCE_TABLE(X) NULL};
#undef X
#define X(key, shape) shape,
static const char source_shapes[] = {SOURCE_TABLE(X)};
#undef X

/* ---- problems ---- */

static struct problem *complain(struct problems *all, const struct front_node *n, const char *what)
{
    return problem_add_line(all, n->line, n->column, "%s", what);
}

/* The keys of a mapping are known ones. False where it is none. */
static bool check_keys(const struct front_node *n, const char *const *keys, const char *what,
                       struct problems *all)
{
    if (n->kind != FRONT_MAP) {
        problem_add_line(all, n->line, n->column, "%s is written as  key: value", what);
        return false;
    }
    for (const struct front_node *child = n->first; child != NULL; child = child->next) {
        struct nearest near = {.word = child->key};
        bool known = false;
        for (size_t k = 0; keys[k] != NULL && !known; k++) {
            known = str_eq(child->key, str_from(keys[k]));
            nearest_try(&near, str_from(keys[k]));
        }
        if (known)
            continue;
        struct problem *p = problem_add_line(all, child->line, child->column,
                                             "%s has no key \"%.*s\"", what, STR_ARG(child->key));
        if (near.best.n > 0)
            problem_hint(all, p, "\"%.*s\" is near", STR_ARG(near.best));
    }
    return true;
}

static bool is_words(const struct front_node *n)
{
    return n->kind == FRONT_SCALAR && n->value.kind != CORE_NULL && n->value.kind != CORE_BOOL;
}

/* ---- the parts ---- */

static size_t source_key(str key)
{
    for (size_t k = 0; source_keys[k] != NULL; k++)
        if (str_eq(key, str_from(source_keys[k])))
            return k;
    return sizeof source_shapes;
}

static void check_source(const struct front_node *source, struct problems *all)
{
    if (!check_keys(source, source_keys, "\"source\" of a mapping", all))
        return;
    for (const struct front_node *n = source->first; n != NULL; n = n->next) {
        size_t k = source_key(n->key);
        if (k == sizeof source_shapes)
            continue;
        bool list = source_shapes[k] == 'l' && n->kind == FRONT_LIST;
        for (const struct front_node *item = list ? n->first : NULL; item; item = item->next)
            if (!is_words(item))
                complain(all, item, "this is one word or name of a list");
        if (source_shapes[k] == 'n' && (n->kind != FRONT_SCALAR || n->value.kind != CORE_INT))
            complain(all, n, "this is a whole number");
        else if (source_shapes[k] == 'l' ? !list : !is_words(n))
            complain(all, n, source_shapes[k] == 'l' ? "this is a list" : "this is one value");
    }
}

/* The terms that the mapping declares are checked for their form by whoever decodes them. */
static void check_terms(const struct front_node *list, struct problems *all)
{
    if (list->kind != FRONT_LIST) {
        complain(all, list, "this is a list of  {id: …, label: …}");
        return;
    }
    for (const struct front_node *n = list->first; n != NULL; n = n->next) {
        if (!check_keys(n, term_keys, "a declared word", all))
            continue;
        const struct front_node *id = front_get(n, STR("id"));
        if (id == NULL || !is_words(id) || !document_is_id(id->value.text))
            complain(all, n, "a declared word needs an \"id\" of a-z, 0-9, \"-\" and \"_\"");
        for (const struct front_node *value = n->first; value != NULL; value = value->next)
            if (!is_words(value))
                complain(all, value, "this is one value");
    }
}

static enum mapping_label label_from(str word)
{
    for (int l = 0; l < MAPPING_UNKNOWN; l++)
        if (str_eq(word, str_from(label_words[l])))
            return (enum mapping_label)l;
    return MAPPING_UNKNOWN;
}

/* How a meaning is written: "event", or {event: assault}. */
static struct mapping_meaning meaning_of(const struct front_node *n)
{
    if (n->kind == FRONT_SCALAR)
        return (struct mapping_meaning){.label = label_from(n->value.text)};
    if (n->kind != FRONT_MAP || n->count != 1 || !is_words(n->first))
        return (struct mapping_meaning){.label = MAPPING_UNKNOWN};
    return (struct mapping_meaning){label_from(n->first->key), n->first->value.text};
}

/* What is wrong with the value of a meaning; NULL for nothing. */
static const char *meaning_fault(const struct mapping_meaning *m)
{
    bool said = m->value.n > 0;
    switch (m->label) {
    case MAPPING_EVENT:
        return !said || document_is_id(m->value) ? NULL
                                                 : "an event's type is an id: a-z, 0-9, \"-\"";
    case MAPPING_ACTOR:
        return !said || vocabulary_has(VOCABULARY_ACTOR_KIND, m->value)
                   ? NULL
                   : "an actor's kind is state, organisation, person or group";
    case MAPPING_ROLE:
        return document_is_id(m->value) ? NULL : "a role is written as  {role: initiator}";
    case MAPPING_RELATION:
        return document_is_id(m->value) ? NULL : "a relation is written as  {relation: part_of}";
    case MAPPING_CLAIM:
        return vocabulary_has(VOCABULARY_STANCE, m->value)
                   ? NULL
                   : "a claim is written with its stance, as  {claim: asserts}";
    case MAPPING_PLACE:
    case MAPPING_DATE:
    case MAPPING_IGNORE:
        return said ? "nothing stands behind place, date and ignore" : NULL;
    case MAPPING_UNKNOWN:
        return "a label is event, actor, place, date, role, relation, claim or ignore";
    }
    UNREACHABLE();
}

static void check_labels(const struct front_node *labels, struct problems *all)
{
    if (labels->kind != FRONT_MAP) {
        complain(all, labels, "labels are written as  Attack: {event: assault}");
        return;
    }
    for (const struct front_node *n = labels->first; n != NULL; n = n->next) {
        struct mapping_meaning m = meaning_of(n);
        const char *fault = meaning_fault(&m);
        if (fault != NULL)
            complain(all, n, fault);
    }
}

static void check_parts(const struct front_node *root, struct problems *all)
{
    static const struct {
        const char *key;
        void (*check)(const struct front_node *n, struct problems *all);
    } parts[] = {{"source", check_source},
                 {"labels", check_labels},
                 {"types", check_terms},
                 {"roles", check_terms},
                 {"relation_types", check_terms}};
    if (!check_keys(root, root_keys, "a mapping", all))
        return;
    const struct front_node *version = front_get(root, STR("mapping"));
    if (version == NULL || version->value.kind != CORE_INT || version->value.whole != 1)
        complain(all, version != NULL ? version : root, "a mapping begins with  mapping: 1");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const struct front_node *n = front_get(root, str_from(parts[i].key));
        if (n != NULL)
            parts[i].check(n, all);
    }
}

/* ---- reading ---- */

const char *const *mapping_presets(size_t *n)
{
    static char names[64][40];
    static const char *list[64];
    *n = presets_count;
    ENSURE(presets_count <= sizeof list / sizeof *list);
    for (size_t i = 0; i < presets_count; i++) {
        size_t stem = strlen(presets_files[i].name) - strlen(ENDING);
        ENSURE(stem < sizeof names[i]);
        memcpy(names[i], presets_files[i].name, stem);
        names[i][stem] = '\0';
        list[i] = names[i];
    }
    return list;
}

/* The bytes of a preset, or an empty str. */
static str preset_bytes(str name)
{
    for (size_t i = 0; i < presets_count; i++) {
        str file = str_from(presets_files[i].name);
        if (str_eq(name, str_sub(file, 0, file.n - strlen(ENDING))))
            return (str){(const char *)presets_files[i].bytes, presets_files[i].n};
    }
    return (str){0};
}

static bool read_file(const char *name, struct arena *a, str *bytes, struct err *e)
{
    struct err why = {0};
    if (input_read_file(name, MAPPING_LARGEST, a, bytes, &why))
        return true;
    str presets = {0};
    struct nearest near = {.word = str_from(name)};
    size_t n;
    const char *const *all = mapping_presets(&n);
    for (size_t i = 0; i < n; i++) {
        presets = arena_printf(a, "%.*s%s%s", STR_ARG(presets), i > 0 ? ", " : "", all[i]);
        nearest_try(&near, str_from(all[i]));
    }
    if (near.best.n > 0)
        return err_set(e, ERR_NOT_FOUND, "there is no mapping %s; is the preset %.*s meant?", name,
                       STR_ARG(near.best));
    return err_set(e, ERR_NOT_FOUND, "the mapping %s %s; the presets are %.*s", name, why.detail,
                   STR_ARG(presets));
}

struct mapping *mapping_parse(str name, str bytes, struct arena *a, struct problems *problems)
{
    size_t before = problems->n;
    if (!reader_check(bytes, MAPPING_LARGEST, problems))
        return NULL;
    struct mapping *m = ARENA_NEW(a, struct mapping);
    m->name = name;
    m->root = front_read(bytes, 1, a, problems);
    if (m->root == NULL) {
        if (problems->n == before)
            problem_add_line(problems, 1, 1, "the mapping is empty; it begins with  mapping: 1");
        return NULL;
    }
    check_parts(m->root, problems);
    const struct front_node *table = front_get(m->root, STR("table"));
    if (table != NULL)
        m->table = table_map_compile(table, a, problems);
    return problems->n == before ? m : NULL;
}

struct mapping *mapping_read(const char *name, struct arena *a, struct problems *problems,
                             struct err *e)
{
    str bytes = preset_bytes(str_from(name));
    if (bytes.n == 0 && !read_file(name, a, &bytes, e))
        return NULL;
    return mapping_parse(arena_copy(a, str_from(name)), bytes, a, problems);
}

/* ---- use ---- */

struct mapping_meaning mapping_label(const struct mapping *map, str label)
{
    const struct front_node *labels = map != NULL ? front_get(map->root, STR("labels")) : NULL;
    const struct front_node *n = front_get(labels, label);
    return n != NULL ? meaning_of(n) : (struct mapping_meaning){.label = MAPPING_UNKNOWN};
}

str mapping_source_id(const struct mapping *map, str otherwise)
{
    const struct front_node *source = map != NULL ? front_get(map->root, STR("source")) : NULL;
    const struct front_node *id = front_get(source, STR("id"));
    return id != NULL ? id->value.text : otherwise;
}

static void write_value(struct jout *j, const struct front_node *n)
{
    if (n->kind == FRONT_LIST) {
        jout_array(j);
        for (const struct front_node *item = n->first; item != NULL; item = item->next)
            jout_str(j, item->value.text);
        jout_array_end(j);
    } else if (str_eq(n->key, STR("precedence"))) {
        core_write(j, &n->value);
    } else {
        jout_str(j, n->value.text);
    }
}

void mapping_source(const struct mapping *map, struct jout *j, str id,
                    const struct mapping_finding *found)
{
    const struct front_node *source = map != NULL ? front_get(map->root, STR("source")) : NULL;
    jout_member_str(j, "id", mapping_source_id(map, id));
    for (const struct front_node *n = source != NULL ? source->first : NULL; n; n = n->next) {
        if (str_eq(n->key, STR("id")))
            continue;
        jout_key_str(j, n->key);
        write_value(j, n);
    }
    for (; found != NULL && found->key != NULL; found++)
        if (front_get(source, str_from(found->key)) == NULL)
            jout_member_str_if(j, found->key, found->value);
}

static void declare(const struct front_node *list, enum build_kind kind, struct builder *b)
{
    for (const struct front_node *n = list != NULL ? list->first : NULL; n != NULL; n = n->next) {
        struct jout *j = builder_begin(b, kind, 1, 1);
        for (const struct front_node *value = n->first; value != NULL; value = value->next) {
            jout_key_str(j, value->key);
            jout_str(j, value->value.text);
        }
        builder_end(b);
    }
}

void mapping_declare(const struct mapping *map, struct builder *b)
{
    if (map == NULL)
        return;
    declare(front_get(map->root, STR("types")), BUILD_TYPE, b);
    declare(front_get(map->root, STR("roles")), BUILD_ROLE, b);
    declare(front_get(map->root, STR("relation_types")), BUILD_RELATION_TYPE, b);
}

bool mapping_declares(const struct mapping *map, enum build_kind kind, str id)
{
    const struct front_node *list = NULL;
    if (map != NULL)
        list = front_get(map->root, str_from(build_key(kind)));
    for (const struct front_node *n = list != NULL ? list->first : NULL; n != NULL; n = n->next)
        if (str_eq(front_get(n, STR("id"))->value.text, id))
            return true;
    return false;
}
