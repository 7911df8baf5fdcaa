#include "annals/read/table_key.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/nearest.h"

/* ---- words ---- */

struct problem *compile_complain(struct compile *c, const struct front_node *n, const char *what)
{
    return problem_add_line(c->problems, n->line, n->column, "%s", what);
}

bool compile_keys(struct compile *c, const struct front_node *n, const char *const *keys,
                  const char *what)
{
    if (n->kind != FRONT_MAP) {
        problem_add_line(c->problems, n->line, n->column, "%s is written as  key: value", what);
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
        struct problem *p = problem_add_line(c->problems, child->line, child->column,
                                             "%s has no key \"%.*s\"", what, STR_ARG(child->key));
        if (near.best.n > 0)
            problem_hint(c->problems, p, "\"%.*s\" is near", STR_ARG(near.best));
    }
    return true;
}

str compile_word(struct compile *c, const struct front_node *n)
{
    if (n->kind == FRONT_SCALAR && n->value.kind != CORE_NULL)
        return n->value.text;
    compile_complain(c, n, "this is one word or number");
    return (str){0};
}

void compile_words(struct compile *c, const struct front_node *n, struct table_words *out)
{
    if (n->kind == FRONT_SCALAR) {
        out->items = ARENA_ARRAY(c->arena, str, 1);
        out->items[out->n++] = compile_word(c, n);
        return;
    }
    if (n->kind != FRONT_LIST) {
        compile_complain(c, n, "this is a list of words");
        return;
    }
    out->items = ARENA_ARRAY(c->arena, str, n->count);
    for (const struct front_node *item = n->first; item != NULL; item = item->next)
        out->items[out->n++] = compile_word(c, item);
}

static int by_from(const void *a, const void *b)
{
    return str_cmp(((const struct table_pair *)a)->from, ((const struct table_pair *)b)->from);
}

struct table_pair *compile_pairs(struct compile *c, const struct front_node *n, size_t *count)
{
    if (n->kind != FRONT_MAP) {
        compile_complain(c, n, "this is written as  {from: to, …}");
        return NULL;
    }
    struct table_pair *pairs = ARENA_ARRAY(c->arena, struct table_pair, n->count);
    for (const struct front_node *item = n->first; item != NULL; item = item->next)
        pairs[(*count)++] = (struct table_pair){item->key, compile_word(c, item)};
    if (*count > 0)
        qsort(pairs, *count, sizeof *pairs, by_from);
    return pairs;
}

int compile_choice(struct compile *c, const struct front_node *n, const char *const *words)
{
    str word = n->kind == FRONT_SCALAR ? n->value.text : (str){0};
    str all = {0};
    for (int i = 0; words[i] != NULL; i++) {
        if (str_eq(word, str_from(words[i])))
            return i;
        all = arena_printf(c->arena, "%.*s%s%s", STR_ARG(all), i > 0 ? ", " : "", words[i]);
    }
    problem_add_line(c->problems, n->line, n->column, "this is one of %.*s", STR_ARG(all));
    return 0;
}

/* ---- templates ---- */

static size_t column_number(struct compile *c, str name, const struct front_node *n)
{
    struct table_map *map = c->map;
    for (size_t i = 0; i < map->column_count; i++)
        if (str_eq(map->columns[i], name))
            return i;
    if (map->column_count == TABLE_MOST_COLUMNS) {
        compile_complain(c, n, "more columns than a table may have");
        return 0;
    }
    size_t node_room = map->column_room, node_count = map->column_count;
    *ARENA_PUSH(c->arena, map->columns, map->column_count, map->column_room) = name;
    *ARENA_PUSH(c->arena, map->column_nodes, node_count, node_room) = n;
    return map->column_count - 1;
}

static struct table_piece named_piece(struct compile *c, str name, const struct front_node *n)
{
    if (str_eq(name, STR("_source")))
        return (struct table_piece){.kind = TABLE_SOURCE};
    for (size_t i = 0; i < c->map->value_count; i++)
        if (str_eq(c->map->values[i].name, name))
            return (struct table_piece){.kind = TABLE_NAMED, .number = i};
    return (struct table_piece){.kind = TABLE_COLUMN, .number = column_number(c, name, n)};
}

/* A template under way. */
struct template
{
    struct compile *c;
    const struct front_node *node;
    struct table_choice *choice;
    size_t room;
    bool open;
};

static void push(struct template *t, struct table_piece piece)
{
    *ARENA_PUSH(t->c->arena, t->choice->pieces, t->choice->n, t->room) = piece;
}

/* "{name}" at the beginning of text; the bytes that it takes. */
static size_t take_name(struct template *t, str text)
{
    size_t end = str_find(text, '}');
    if (end == text.n || end == 1) {
        struct problem *p = compile_complain(t->c, t->node,
                                             "a \"{\" begins the name of a column, up to a \"}\"");
        problem_hint(t->c->problems, p, "a brace itself is written as {{");
        return text.n;
    }
    push(t, named_piece(t->c, str_sub(text, 1, end - 1), t->node));
    return end + 1;
}

static size_t take_bracket(struct template *t, char bracket)
{
    bool opens = bracket == '[';
    if (t->open == opens)
        compile_complain(t->c, t->node,
                         opens ? "square brackets are not put into one another here"
                               : "this \"]\" has no \"[\" before it; itself it is written as ]]");
    t->open = opens;
    push(t, (struct table_piece){.kind = opens ? TABLE_OPEN : TABLE_CLOSE});
    return 1;
}

static void compile_template(struct compile *c, const struct front_node *n,
                             struct table_choice *out)
{
    struct template t = {.c = c, .node = n, .choice = out};
    str text = compile_word(c, n);
    for (size_t i = 0; i < text.n;) {
        str rest = str_sub(text, i, text.n);
        char first = rest.p[0];
        size_t special = 0;
        while (special < rest.n && str_find(STR("{[]"), rest.p[special]) == 3)
            special++;
        if (special > 0) {
            push(&t, (struct table_piece){TABLE_LITERAL, str_sub(rest, 0, special), 0});
            i += special;
        } else if (rest.n > 1 && rest.p[1] == first) {
            push(&t, (struct table_piece){TABLE_LITERAL, str_sub(rest, 0, 1), 0});
            i += 2;
        } else {
            i += first == '{' ? take_name(&t, rest) : take_bracket(&t, first);
        }
    }
    if (t.open)
        compile_complain(c, n, "this \"[\" is never closed; itself it is written as [[");
}

/* ---- values ---- */

static const char *const otherwise_words[] = {
#define X(value, word) word,
    TABLE_OTHERWISE_TABLE(X)
#undef X
        NULL};

static const char *const form_words[] = {
#define X(value, word) word,
    TABLE_FORM_TABLE(X)
#undef X
        NULL};

static const char *const value_keys[] = {"value", "missing", "translate", "otherwise", "split",
                                         "as",    "pad",     "when",      NULL};

static void take_number(struct compile *c, const struct front_node *n, int64_t *out)
{
    if (n->kind == FRONT_SCALAR && n->value.kind == CORE_INT && n->value.whole >= 1 &&
        n->value.whole <= 20)
        *out = n->value.whole;
    else
        compile_complain(c, n, "this is a number from 1 to 20");
}

static void compile_options(struct compile *c, const struct front_node *n, struct table_choice *out)
{
    const struct front_node *option;
    if ((option = front_get(n, STR("missing"))) != NULL)
        compile_words(c, option, &out->missing);
    if ((option = front_get(n, STR("translate"))) != NULL)
        out->translate = compile_pairs(c, option, &out->translate_count);
    if ((option = front_get(n, STR("otherwise"))) != NULL)
        out->otherwise = (enum table_otherwise)compile_choice(c, option, otherwise_words);
    if ((option = front_get(n, STR("split"))) != NULL)
        out->split = compile_word(c, option);
    if ((option = front_get(n, STR("as"))) != NULL)
        out->as = (enum table_form)compile_choice(c, option, form_words);
    if ((option = front_get(n, STR("pad"))) != NULL)
        take_number(c, option, &out->pad);
    if ((option = front_get(n, STR("when"))) != NULL)
        out->tests = compile_tests(c, option, &out->test_count);
}

static void compile_one(struct compile *c, const struct front_node *n, struct table_choice *out)
{
    out->node = n;
    if (n->kind == FRONT_SCALAR) {
        compile_template(c, n, out);
        return;
    }
    if (!compile_keys(c, n, value_keys, "a value"))
        return;
    const struct front_node *value = front_get(n, STR("value"));
    if (value == NULL)
        compile_complain(c, n, "this needs \"value\", such as  value: \"{column}\"");
    else
        compile_template(c, value, out);
    compile_options(c, n, out);
}

void compile_value(struct compile *c, const struct front_node *n, struct table_value *out)
{
    if (n->kind != FRONT_LIST) {
        out->choices = ARENA_NEW(c->arena, struct table_choice);
        out->n = 1;
        compile_one(c, n, out->choices);
        return;
    }
    out->choices = ARENA_ARRAY(c->arena, struct table_choice, n->count);
    for (const struct front_node *item = n->first; item != NULL; item = item->next)
        compile_one(c, item, &out->choices[out->n++]);
}

struct table_test *compile_tests(struct compile *c, const struct front_node *n, size_t *count)
{
    if (n->kind != FRONT_MAP) {
        compile_complain(c, n, "a condition is written as  {column: [values]}");
        return NULL;
    }
    struct table_test *tests = ARENA_ARRAY(c->arena, struct table_test, n->count);
    for (const struct front_node *item = n->first; item != NULL; item = item->next) {
        struct table_test *test = &tests[(*count)++];
        test->value.choices = ARENA_NEW(c->arena, struct table_choice);
        test->value.n = 1;
        test->value.choices->node = item;
        test->value.choices->pieces = ARENA_NEW(c->arena, struct table_piece);
        test->value.choices->n = 1;
        *test->value.choices->pieces = named_piece(c, item->key, item);
        compile_words(c, item, &test->words);
    }
    return tests;
}
