#include "annals/read/web.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/jscan.h"
#include "base/jvalue.h"
#include "base/utf8.h"
#include "model/document.h"

#define LONGEST_MESSAGE 600

static void report_syntax(const struct web *w, const json_error_t *error)
{
    str text = str_from(error->text);
    text = str_sub(text, 0, str_search(text, STR(" near '"), 0));
    text = str_sub(text, 0, utf8_invalid_at(text));
    problem_add_line(w->ask->problems, error->line > 0 ? error->line : 1,
                     error->column > 0 ? error->column : 1, "this is not JSON: %.*s",
                     STR_ARG(text));
}

bool web_parse(struct web *w)
{
    json_error_t error;
    size_t at;
    str bytes = w->ask->bytes;
    if (!reader_check(bytes, 4 * DOCUMENT_LARGEST, w->ask->problems))
        return false;
    if (!jscan_within(bytes, WEB_DEEPEST, WEB_MOST, &at)) {
        web_problem(w, str_sub(bytes, at, 0),
                    "nested more than %d deep, or more than %zu keys and values", WEB_DEEPEST,
                    WEB_MOST);
        return false;
    }
    json_t *root = json_loadb(bytes.n > 0 ? bytes.p : "", bytes.n,
                              JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (root == NULL)
        report_syntax(w, &error);
    json_decref(root);
    return root != NULL;
}

void web_place(struct web *w, str value, int64_t *line, int64_t *column)
{
    str bytes = w->ask->bytes;
    size_t to = value.p != NULL ? (size_t)(value.p - bytes.p) : 0;
    if (w->now.line == 0 || to < w->now.at)
        w->now = w->base.line > 0 && w->base.at <= to ? w->base : (struct web_spot){0, 1, 1};
    for (; w->now.at < to; w->now.at++) {
        unsigned char c = (unsigned char)bytes.p[w->now.at];
        if (c == '\n') {
            w->now.line++;
            w->now.column = 1;
        } else {
            w->now.column += (c & 0xC0) != 0x80;
        }
    }
    *line = w->now.line;
    *column = w->now.column;
}

void web_within(struct web *w, str value)
{
    int64_t line, column;
    web_place(w, value, &line, &column);
    w->base = w->now;
}

struct problem *web_problem(struct web *w, str value, const char *format, ...)
{
    char room[LONGEST_MESSAGE];
    int64_t line = 1, column = 1;
    va_list args;
    va_start(args, format);
    vsnprintf(room, sizeof room, format, args);
    va_end(args);
    str words = str_from(room);
    words = str_sub(words, 0, utf8_invalid_at(words)); /* a cut may fall within a character */
    if (w->ask->problems->more == 0)                   /* else nobody will read it */
        web_place(w, value, &line, &column);
    return problem_add_line(w->ask->problems, line, column, "%.*s", STR_ARG(words));
}

void web_left_out(struct web *w, str value, const char *why)
{
    int64_t line, column;
    web_place(w, value, &line, &column);
    leftover_add(&w->s.left, line, column, "left out: %s", why);
}

str web_text(struct web *w, str value)
{
    struct buf out;
    if (!jvalue_is_text(value))
        return (str){0};
    buf_init(&out, value.n * 3); /* an escape of two bytes may stand for U+FFFD */
    jvalue_decode(&out, value);
    str text = arena_copy(w->ask->arena, buf_str(&out));
    buf_free(&out);
    return text;
}

str web_member(struct web *w, str object, const char *name)
{
    return web_text(w, jvalue_member(object, name));
}

bool web_is_object(str value)
{
    return value.n > 0 && value.p[0] == '{';
}

bool web_is_array(str value)
{
    return value.n > 0 && value.p[0] == '[';
}

bool web_each(str value, size_t *at, str *item)
{
    if (web_is_array(value))
        return jscan_element(value, at, item);
    if (*at > 0 || value.n == 0)
        return false;
    *at = 1;
    *item = value;
    return true;
}

bool web_has_type(struct web *w, str object, const char *type)
{
    str item = {0}, types = jvalue_member(object, "type");
    for (size_t at = 0; web_each(types, &at, &item);)
        if (str_eq(web_text(w, item), str_from(type)))
            return true;
    return false;
}

str web_address(struct web *w, str value)
{
    return web_is_object(value) ? web_member(w, value, "id") : web_text(w, value);
}
