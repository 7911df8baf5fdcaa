#include "base/problem.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/check.h"
#include "base/utf8.h"

#define LONGEST_VALUE 120

void problem_init(struct problems *all, struct arena *arena)
{
    *all = (struct problems){.arena = arena};
}

/* What is shown of an offending value: valid UTF-8, without control bytes, of bounded length. */
static str shown(struct arena *a, str value)
{
    str cut = arena_copy(a, str_sub(value, 0, LONGEST_VALUE));
    char *p = arena_alloc(a, cut.n + 4);
    size_t n = 0;
    for (size_t i = 0; i < cut.n;) {
        size_t length = utf8_sequence(str_sub(cut, i, 4));
        if (length == 0 || (unsigned char)cut.p[i] < 0x20 || cut.p[i] == 0x7F) {
            bool split = length == 0 && i + 4 > LONGEST_VALUE && value.n > LONGEST_VALUE;
            if (!split)
                p[n++] = '?';
            i++;
            continue;
        }
        for (size_t k = 0; k < length; k++)
            p[n++] = cut.p[i + k];
        i += length;
    }
    str clean = {p, n};
    return value.n > LONGEST_VALUE ? arena_printf(a, "%.*s…", STR_ARG(clean)) : clean;
}

__attribute__((format(printf, 2, 0))) static str format_detail(struct arena *a, const char *format,
                                                               va_list args)
{
    char text[600];
    int n = vsnprintf(text, sizeof text, format, args);
    ENSURE(n >= 0);
    size_t length = (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    str whole = {text, length};
    return arena_copy(a, str_sub(whole, 0, utf8_invalid_at(whole)));
}

static struct problem *next(struct problems *all)
{
    if (all->n < PROBLEM_KEPT)
        return ARENA_PUSH(all->arena, all->items, all->n, all->room);
    all->more++;
    return ARENA_NEW(all->arena, struct problem);
}

struct problem *problem_add(struct problems *all, enum problem_place place, str at, str value,
                            const char *format, ...)
{
    struct problem *p = next(all);
    p->place = place;
    p->at = shown(all->arena, at);
    p->value = shown(all->arena, value);
    va_list args;
    va_start(args, format);
    p->detail = format_detail(all->arena, format, args);
    va_end(args);
    return p;
}

struct problem *problem_add_line(struct problems *all, int64_t line, int64_t column,
                                 const char *format, ...)
{
    struct problem *p = next(all);
    p->place = PROBLEM_LINE;
    p->line = line;
    p->column = column;
    va_list args;
    va_start(args, format);
    p->detail = format_detail(all->arena, format, args);
    va_end(args);
    return p;
}

void problem_hint(struct problems *all, struct problem *p, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    p->hint = format_detail(all->arena, format, args);
    va_end(args);
}

const char *problem_place_name(enum problem_place place)
{
    static const char *const names[] = {"parameter", "header", "pointer", "line"};
    return names[place];
}
