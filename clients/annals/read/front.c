#include "annals/read/front.h"

#include <string.h>
#include <yaml.h>

#include "base/check.h"
#include "base/jscan.h"
#include "base/utf8.h"
#include "model/document.h"

struct reader {
    yaml_parser_t parser;
    str yaml;
    int64_t lines_before;
    struct arena *arena;
    struct problems *problems;
    struct front_node *open[DOCUMENT_DEPTH]; /* the lists and mappings around */
    size_t depth;
    bool has_key;
    bool key_refused; /* the value that follows is read and left out */
    str key;
    size_t nodes;
    struct front_node *root;
};

/* ---- the tree ---- */

static int64_t line_of(const struct reader *r, yaml_mark_t mark)
{
    return (int64_t)mark.line + 1 + r->lines_before;
}

static void complain(struct reader *r, yaml_mark_t mark, const char *what, const char *hint)
{
    struct problem *p = problem_add_line(r->problems, line_of(r, mark), (int64_t)mark.column + 1,
                                         "%s", what);
    problem_hint(r->problems, p, "%s", hint);
}

static struct front_node *innermost(const struct reader *r)
{
    return r->depth > 0 ? r->open[r->depth - 1] : NULL;
}

/* Hangs a finished or opened value where it belongs. */
static struct front_node *add_node(struct reader *r, enum front_kind kind, yaml_mark_t mark)
{
    struct front_node *n = ARENA_NEW(r->arena, struct front_node);
    n->kind = kind;
    n->line = line_of(r, mark);
    n->column = (int64_t)mark.column + 1;
    n->key = r->key;
    struct front_node *parent = innermost(r);
    bool refused = r->key_refused;
    r->has_key = r->key_refused = false;
    r->key = (str){0};
    if (parent == NULL) {
        r->root = n;
    } else if (!refused) {
        if (parent->last != NULL)
            parent->last->next = n;
        else
            parent->first = n;
        parent->last = n;
        parent->count++;
    }
    return n;
}

static bool needs_key(const struct reader *r)
{
    const struct front_node *parent = innermost(r);
    return parent != NULL && parent->kind == FRONT_MAP && !r->has_key;
}

static void take_key(struct reader *r, str key, yaml_mark_t mark)
{
    struct front_node *map = innermost(r);
    r->has_key = true;
    r->key = key;
    const struct front_node *before = front_get(map, key);
    if (before != NULL) {
        r->key_refused = true;
        problem_add_line(r->problems, line_of(r, mark), (int64_t)mark.column + 1,
                         "the key \"%.*s\" stands here twice, first in line %lld",
                         STR_ARG(utf8_slice(key, 0, 60)), (long long)before->line);
    } else if (map->count >= FRONT_MOST_KEYS) {
        r->key_refused = true;
        if (map->count == FRONT_MOST_KEYS)
            problem_add_line(r->problems, line_of(r, mark), (int64_t)mark.column + 1,
                             "more than %d keys in one place", FRONT_MOST_KEYS);
    }
}

/* text ends in a NUL. */
static void take_plain(struct reader *r, struct front_node *n, str text)
{
    if (core_read(text, &n->value))
        return;
    struct problem *p = problem_add_line(r->problems, n->line, n->column,
                                         "\"%.*s\" is a number that JSON cannot hold",
                                         STR_ARG(str_sub(text, 0, 40)));
    problem_hint(r->problems, p, "put it in quotes if it is meant as text");
}

static void take_scalar(struct reader *r, const yaml_event_t *event)
{
    str text = arena_copy(r->arena,
                          (str){(const char *)event->data.scalar.value, event->data.scalar.length});
    if (event->data.scalar.tag != NULL)
        complain(r, event->start_mark, "a YAML tag (\"!\u2026\") is not read here",
                 "leave it out; put the value in quotes if it is meant as text");
    if (needs_key(r)) {
        take_key(r, text, event->start_mark);
        return;
    }
    struct front_node *n = add_node(r, FRONT_SCALAR, event->start_mark);
    n->value = (struct core_value){.kind = CORE_STRING, .text = text};
    if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        take_plain(r, n, text);
}

static bool open_node(struct reader *r, enum front_kind kind, const yaml_event_t *event)
{
    const yaml_char_t *tag = kind == FRONT_LIST ? event->data.sequence_start.tag
                                                : event->data.mapping_start.tag;
    if (tag != NULL)
        complain(r, event->start_mark, "a YAML tag (\"!\u2026\") is not read here", "leave it out");
    if (needs_key(r)) {
        complain(r, event->start_mark, "a key must be a word, not a list or a mapping",
                 "write  key: value");
        return false;
    }
    if (r->depth == DOCUMENT_DEPTH) {
        complain(r, event->start_mark, "the front matter is nested too deeply",
                 "no annotated source needs more than a few levels");
        return false;
    }
    struct front_node *n = add_node(r, kind, event->start_mark);
    r->open[r->depth++] = n;
    return true;
}

static void refuse_anchor(struct reader *r, const yaml_event_t *event)
{
    const yaml_char_t *anchor = NULL;
    if (event->type == YAML_SCALAR_EVENT)
        anchor = event->data.scalar.anchor;
    else if (event->type == YAML_SEQUENCE_START_EVENT)
        anchor = event->data.sequence_start.anchor;
    else if (event->type == YAML_MAPPING_START_EVENT)
        anchor = event->data.mapping_start.anchor;
    if (anchor != NULL)
        complain(r, event->start_mark, "a YAML anchor (\"&\u2026\") is not read here",
                 "leave it out and write the value where it is needed");
}

static bool start_document(struct reader *r, const yaml_event_t *event)
{
    if (r->root != NULL) {
        complain(r, event->start_mark, "a second YAML document begins here",
                 "the front matter is one document, between two lines of three hyphens");
        return false;
    }
    if (event->data.document_start.version_directive != NULL ||
        event->data.document_start.tag_directives.start !=
            event->data.document_start.tag_directives.end) {
        complain(r, event->start_mark, "YAML directives (\"%\u2026\") are not read here",
                 "leave the line out");
        return false;
    }
    return true;
}

/* False where reading cannot go on. */
static bool take(struct reader *r, const yaml_event_t *event)
{
    refuse_anchor(r, event);
    if (++r->nodes > DOCUMENT_TOKENS) {
        complain(r, event->start_mark, "the front matter has too many values",
                 "divide the source into several documents");
        return false;
    }
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return start_document(r, event);
    case YAML_ALIAS_EVENT:
        complain(r, event->start_mark, "a YAML alias (\"*\u2026\") is not read here",
                 "write the value out, or put it in quotes if it is meant as text");
        return false;
    case YAML_SCALAR_EVENT:
        take_scalar(r, event);
        return true;
    case YAML_SEQUENCE_START_EVENT:
        return open_node(r, FRONT_LIST, event);
    case YAML_MAPPING_START_EVENT:
        return open_node(r, FRONT_MAP, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        ENSURE(r->depth > 0);
        r->depth--;
        return true;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return true;
    }
    UNREACHABLE();
}

/* The line that libyaml stumbled in holds a tab before its first word. */
static bool tab_indents(str yaml, size_t line)
{
    size_t at = 0;
    for (; line > 0 && at < yaml.n; line--)
        at += str_find(str_sub(yaml, at, yaml.n), '\n') + 1;
    while (at < yaml.n && yaml.p[at] == ' ')
        at++;
    return at < yaml.n && yaml.p[at] == '\t';
}

/* Where libyaml stumbled; for what never ends, where that began. */
static void stumbled_at(const struct reader *r, int64_t *line, int64_t *column)
{
    const yaml_parser_t *y = &r->parser;
    bool endless = y->context != NULL && strstr(y->problem, "end of stream") != NULL;
    yaml_mark_t mark = endless ? y->context_mark : y->problem_mark;
    *line = (int64_t)mark.line + 1;
    *column = (int64_t)mark.column + 1;
    if (y->error == YAML_READER_ERROR) /* then there is no mark */
        jscan_line(r->yaml, y->problem_offset, line, column);
}

static void syntax_error(struct reader *r)
{
    const yaml_parser_t *y = &r->parser;
    int64_t line, column;
    ENSURE(y->error != YAML_MEMORY_ERROR && y->problem != NULL);
    stumbled_at(r, &line, &column);
    struct problem *p = problem_add_line(r->problems, line + r->lines_before, column,
                                         "the front matter is not well-formed YAML: %s%s%s",
                                         y->problem, y->context != NULL ? ", " : "",
                                         y->context != NULL ? y->context : "");
    if (y->error != YAML_READER_ERROR && tab_indents(r->yaml, y->problem_mark.line))
        problem_hint(r->problems, p, "YAML is indented with blanks, never with tabs");
    else if (strstr(y->problem, "mapping values") != NULL)
        problem_hint(r->problems, p, "a value that holds \": \" needs quotes around it");
}

static bool read_events(struct reader *r)
{
    for (;;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r->parser, &event)) {
            syntax_error(r);
            return false;
        }
        bool last = event.type == YAML_STREAM_END_EVENT;
        bool going = take(r, &event);
        yaml_event_delete(&event);
        if (last || !going)
            return going;
    }
}

struct front_node *front_read(str yaml, int64_t first_line, struct arena *a,
                              struct problems *problems)
{
    struct reader r = {
        .yaml = yaml, .lines_before = first_line - 1, .arena = a, .problems = problems};
    int made = yaml_parser_initialize(&r.parser);
    ENSURE(made);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)(yaml.n ? yaml.p : ""), yaml.n);
    bool whole = read_events(&r);
    yaml_parser_delete(&r.parser);
    return whole ? r.root : NULL;
}

struct front_node *front_get(const struct front_node *map, str key)
{
    if (map == NULL || map->kind != FRONT_MAP)
        return NULL;
    for (struct front_node *n = map->first; n != NULL; n = n->next)
        if (str_eq(n->key, key))
            return n;
    return NULL;
}

struct front_node *front_at(const struct front_node *list, size_t index)
{
    if (list == NULL || list->kind != FRONT_LIST)
        return NULL;
    struct front_node *n = list->first;
    while (n != NULL && index-- > 0)
        n = n->next;
    return n;
}
