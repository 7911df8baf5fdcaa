#include "model/document_problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "model/document.h"

/* Problems that are counted beyond those that are kept. */
#define MOST_MORE 1000

/* Bytes in the words that a hint lists. */
#define LONGEST_LISTING 400

bool document_problem_enough(const struct reading *r)
{
    return r->problems->more >= MOST_MORE;
}

/* Appends the pointer (RFC 6901) of a step. */
static void write_pointer(struct buf *out, const struct step *at)
{
    if (at == NULL)
        return;
    write_pointer(out, at->up);
    buf_add_char(out, '/');
    if (at->key == NULL) {
        buf_add_i64(out, (int64_t)at->index);
        return;
    }
    for (const char *p = at->key; *p; p++) {
        if (*p == '~' || *p == '/')
            buf_add(out, *p == '~' ? STR("~0") : STR("~1"));
        else
            buf_add_char(out, *p);
    }
}

struct problem *document_problem(struct reading *r, const struct step *at, str value,
                                 const char *format, ...)
{
    char detail[600];
    va_list args;
    va_start(args, format);
    vsnprintf(detail, sizeof detail, format, args);
    va_end(args);
    struct buf pointer;
    buf_init(&pointer, DOCUMENT_LARGEST);
    write_pointer(&pointer, at);
    struct problem *p = problem_add(r->problems, PROBLEM_POINTER, buf_str(&pointer), value, "%s",
                                    detail);
    buf_free(&pointer);
    return p;
}

void document_problem_hinted(struct reading *r, const struct step *at, const char *hint,
                             const char *what)
{
    problem_hint(r->problems, document_problem(r, at, STR(""), "%s", what), "%s", hint);
}

static const char *type_name(json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "an array";
    case JSON_STRING:
        return "a string";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    case JSON_TRUE:
    case JSON_FALSE:
        return "true or false";
    case JSON_NULL:
        return "null";
    }
    UNREACHABLE();
}

str document_problem_value(struct reading *r, json_t *json)
{
    if (json_is_string(json))
        return (str){json_string_value(json), json_string_length(json)};
    if (json_is_object(json) || json_is_array(json))
        return STR("");
    char text[64];
    size_t n = json_dumpb(json, text, sizeof text, JSON_ENCODE_ANY | JSON_REAL_PRECISION(17));
    return arena_copy(r->arena, (str){text, n < sizeof text ? n : sizeof text});
}

void document_problem_type(struct reading *r, json_t *json, const char *needed,
                           const struct step *at)
{
    struct problem *p = document_problem(r, at, document_problem_value(r, json),
                                         "%s is needed here, not %s", needed, type_name(json));
    if (json_is_null(json))
        problem_hint(r->problems, p, "leave the key out where there is nothing to say");
    else if (json_is_number(json) && strcmp(needed, "a string") == 0)
        problem_hint(r->problems, p, "put it in quotes");
    else if (json_is_string(json) && strstr(needed, "number") != NULL)
        problem_hint(r->problems, p, "write it without quotes");
}

void document_problem_choose(struct choice *c, str word)
{
    *c = (struct choice){.near = {.word = word}};
    buf_init(&c->all, LONGEST_LISTING);
}

void document_problem_choice(struct choice *c, const char *word)
{
    nearest_try(&c->near, str_from(word));
    buf_printf(&c->all, "%s%s", c->all.n > 0 ? ", " : "", word);
}

void document_problem_chosen(struct reading *r, struct choice *c, struct problem *p)
{
    if (c->near.best.n > 0)
        problem_hint(r->problems, p, "did you mean \"%.*s\"?", STR_ARG(c->near.best));
    else
        problem_hint(r->problems, p, "one of: %.*s", STR_ARG(buf_str(&c->all)));
    buf_free(&c->all);
}
