#include "annals/read/table_map.h"

#include <stdlib.h>
#include <string.h>

#include "annals/read/table_key.h"
#include "base/check.h"

bool table_words_have(const struct table_words *words, str word)
{
    for (size_t i = 0; i < words->n; i++)
        if (str_eq(words->items[i], word))
            return true;
    return false;
}

typedef bool same_name(str a, str b);

/* The column that the mapping knows by this name, as the mapping writes it; empty for none. */
static str known_name(const struct table_map *map, str name, same_name *same)
{
    const struct table_words *const lists[] = {&map->order, &map->absent, &map->ignore,
                                               &map->recognise};
    for (size_t i = 0; i < map->column_count; i++)
        if (map->columns[i].n == name.n && same(map->columns[i], name))
            return map->columns[i];
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t k = 0; k < lists[i]->n; k++)
            if (lists[i]->items[k].n == name.n && same(lists[i]->items[k], name))
                return lists[i]->items[k];
    return (str){0};
}

static str other_name(const struct table_map *map, str name, same_name *same)
{
    for (size_t i = 0; i < map->also_named_count; i++)
        if (map->also_named[i].from.n == name.n && same(map->also_named[i].from, name))
            return map->also_named[i].to;
    return (str){0};
}

/* The name in the mapping; empty where it names no such column. */
static str find_name(const struct table_map *map, str in_file)
{
    same_name *const ways[] = {str_eq, str_eq_nocase};
    for (size_t i = 0; i < sizeof ways / sizeof *ways && in_file.n > 0; i++) {
        str name = other_name(map, in_file, ways[i]);
        if (name.n == 0)
            name = known_name(map, in_file, ways[i]);
        if (name.n > 0)
            return name;
    }
    return (str){0};
}

str table_map_name(const struct table_map *map, str in_file)
{
    str name = find_name(map, in_file);
    return name.n > 0 ? name : in_file;
}

bool table_map_knows(const struct table_map *map, str in_file)
{
    str name = find_name(map, in_file);
    return name.n > 0 && known_name(map, name, str_eq).n > 0;
}

struct table_words table_map_names(const struct table_map *map, const struct table_words *in_file,
                                   struct arena *a)
{
    struct table_words names = {ARENA_ARRAY(a, str, in_file->n + 1), in_file->n};
    for (size_t i = 0; i < in_file->n; i++) {
        str own = in_file->items[i];
        str name = table_map_name(map, own);
        /* The column that bears the name itself goes before those that are also named so. */
        names.items[i] = !str_eq(name, own) && table_words_have(in_file, name) ? own : name;
    }
    return names;
}

static size_t first_column(const struct table_map *map, const struct table_choice *choice)
{
    for (size_t i = 0; i < choice->n; i++) {
        const struct table_piece *p = &choice->pieces[i];
        if (p->kind == TABLE_COLUMN)
            return p->number;
        if (p->kind == TABLE_NAMED && map->values[p->number].column != SIZE_MAX)
            return map->values[p->number].column;
    }
    return SIZE_MAX;
}

size_t table_map_column(const struct table_map *map, const struct table_value *v)
{
    for (size_t i = 0; i < v->n; i++) {
        size_t column = first_column(map, &v->choices[i]);
        if (column != SIZE_MAX)
            return column;
    }
    return SIZE_MAX;
}

/* ---- the keys of the table itself ---- */

static void take_separator(struct compile *c, const struct front_node *n, struct table_map *map)
{
    static const struct {
        const char *word;
        char separator;
    } words[] = {{",", ','}, {";", ';'}, {"|", '|'}, {"tab", '\t'}, {"\t", '\t'}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_eq(compile_word(c, n), str_from(words[i].word)))
            continue;
        map->dialect.separator = words[i].separator;
        map->separator_given = true;
        return;
    }
    compile_complain(c, n, "the separator is \",\", \";\", \"|\" or tab");
}

static void take_format(struct compile *c, const struct front_node *n, struct table_map *map)
{
    str word = compile_word(c, n);
    if (str_eq(word, STR("tsv"))) {
        map->dialect.separator = '\t';
        map->separator_given = true;
    } else if (str_eq(word, STR("jsonl"))) {
        map->dialect.lines = true;
    } else if (!str_eq(word, STR("csv"))) {
        compile_complain(c, n, "the format is csv, tsv or jsonl");
    }
}

static void take_encoding(struct compile *c, const struct front_node *n, struct table_map *map)
{
    map->dialect.encoding = table_encoding_from(compile_word(c, n));
    if (map->dialect.encoding != TABLE_ENCODINGS)
        return;
    map->dialect.encoding = TABLE_UTF8;
    compile_complain(c, n,
                     "the encoding is utf-8, windows-1252, windows-1251, iso-8859-1 or macintosh");
}

static void take_header(struct compile *c, const struct front_node *n, struct table_map *map)
{
    if (n->kind == FRONT_SCALAR && n->value.kind == CORE_BOOL)
        map->header = n->value.whole ? TABLE_HEADER_YES : TABLE_HEADER_NO;
    else if (str_eq(compile_word(c, n), STR("maybe")))
        map->header = TABLE_HEADER_MAYBE;
    else
        compile_complain(c, n, "\"header\" is true, false or maybe");
}

static void take_quotes(struct compile *c, const struct front_node *n, struct table_map *map)
{
    map->quotes_given = true;
    if (n->kind == FRONT_SCALAR && n->value.kind == CORE_BOOL)
        map->dialect.quotes = n->value.whole != 0;
    else
        compile_complain(c, n, "\"quotes\" is true or false");
}

static void take_rows(struct compile *c, const struct front_node *n, struct table_map *map)
{
    str word = compile_word(c, n);
    map->group = str_eq(word, STR("together"));
    if (!map->group && !str_eq(word, STR("apart")))
        compile_complain(c, n, "\"rows\" is apart, or together: those of one id are one event");
}

static void take_controls(struct compile *c, const struct front_node *n, struct table_map *map)
{
    str word = compile_word(c, n);
    map->dialect.drop_controls = str_eq(word, STR("drop"));
    if (!map->dialect.drop_controls && !str_eq(word, STR("refuse")))
        compile_complain(c, n, "\"controls\" is refuse or drop");
}

static void take_lack(struct compile *c, const struct front_node *n, struct table_map *map)
{
    if (n->kind == FRONT_SCALAR && n->value.kind == CORE_INT && n->value.whole >= 0 &&
        n->value.whole < TABLE_MOST_COLUMNS)
        map->may_lack = n->value.whole;
    else
        compile_complain(c, n, "\"may_lack\" is how many of the last columns a row may lack");
}

static void take_order(struct compile *c, const struct front_node *n, struct table_map *map)
{
    compile_words(c, n, &map->order);
}

static void take_absent(struct compile *c, const struct front_node *n, struct table_map *map)
{
    compile_words(c, n, &map->absent);
}

static void take_recognise(struct compile *c, const struct front_node *n, struct table_map *map)
{
    compile_words(c, n, &map->recognise);
}

static void take_missing(struct compile *c, const struct front_node *n, struct table_map *map)
{
    compile_words(c, n, &map->missing);
}

static void take_ignore(struct compile *c, const struct front_node *n, struct table_map *map)
{
    compile_words(c, n, &map->ignore);
}

static void take_authority(struct compile *c, const struct front_node *n, struct table_map *map)
{
    map->authority = compile_word(c, n);
}

static void take_also_named(struct compile *c, const struct front_node *n, struct table_map *map)
{
    map->also_named = compile_pairs(c, n, &map->also_named_count);
}

/* Each value may use those before it. */
static void take_values(struct compile *c, const struct front_node *n, struct table_map *map)
{
    if (n->kind != FRONT_MAP) {
        compile_complain(c, n, "\"values\" is written as  name: {value: \"{column}\", …}");
        return;
    }
    for (const struct front_node *child = n->first; child != NULL; child = child->next) {
        struct table_named named = {.name = child->key};
        compile_value(c, child, &named.value);
        named.column = table_map_column(map, &named.value);
        *ARENA_PUSH(c->arena, map->values, map->value_count, map->value_room) = named;
    }
}

static void take_where(struct compile *c, const struct front_node *n, struct table_map *map)
{
    map->where = compile_tests(c, n, &map->where_count);
}

static void take_unless(struct compile *c, const struct front_node *n, struct table_map *map)
{
    map->unless = compile_tests(c, n, &map->unless_count);
}

static void take_event(struct compile *c, const struct front_node *n, struct table_map *map)
{
    compile_event(c, n, &map->event);
}

static void take_also(struct compile *c, const struct front_node *n, struct table_map *map)
{
    if (n->kind != FRONT_LIST) {
        compile_complain(c, n, "\"also\" is a list of events");
        return;
    }
    map->also = ARENA_ARRAY(c->arena, struct table_event, n->count);
    for (const struct front_node *child = n->first; child != NULL; child = child->next)
        compile_event(c, child, &map->also[map->also_count++]);
}

/* In the order in which they are compiled: what values refer to comes first. */
static const struct {
    const char *key;
    void (*take)(struct compile *c, const struct front_node *n, struct table_map *map);
} parts[] = {
    {"rows", take_rows},
    {"format", take_format},
    {"separator", take_separator},
    {"quotes", take_quotes},
    {"encoding", take_encoding},
    {"header", take_header},
    {"controls", take_controls},
    {"columns", take_order},
    {"may_lack", take_lack},
    {"optional", take_absent},
    {"also_named", take_also_named},
    {"recognise", take_recognise},
    {"missing", take_missing},
    {"ignore", take_ignore},
    {"authority", take_authority},
    {"values", take_values},
    {"where", take_where},
    {"unless", take_unless},
    {"event", take_event},
    {"also", take_also},
};
#define PARTS (sizeof parts / sizeof *parts)

struct table_map *table_map_compile(const struct front_node *table, struct arena *a,
                                    struct problems *problems)
{
    const char *keys[PARTS + 1] = {0};
    struct table_map *map = ARENA_NEW(a, struct table_map);
    struct compile c = {.arena = a, .problems = problems, .map = map};
    for (size_t i = 0; i < PARTS; i++)
        keys[i] = parts[i].key;
    *map = (struct table_map){.dialect = {.separator = ',', .quotes = true}};
    if (!compile_keys(&c, table, keys, "\"table\""))
        return NULL;
    for (size_t i = 0; i < PARTS; i++) {
        const struct front_node *n = front_get(table, str_from(parts[i].key));
        if (n != NULL)
            parts[i].take(&c, n, map);
    }
    if (map->separator_given && map->dialect.separator == '\t' && !map->quotes_given)
        map->dialect.quotes = false;
    if (front_get(table, STR("event")) == NULL)
        compile_complain(&c, table, "a table needs \"event\": what a row becomes");
    if (map->header == TABLE_HEADER_NO && map->order.n == 0 && !map->dialect.lines)
        compile_complain(&c, table, "a table without a header needs \"columns\": their names");
    return map;
}
