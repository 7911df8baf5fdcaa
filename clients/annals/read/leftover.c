#include "annals/read/leftover.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

#define LONGEST 400 /* bytes of the words of one kind */

void leftover_init(struct leftover *all, struct arena *a)
{
    *all = (struct leftover){.arena = a};
    strmap_init(&all->index, a);
}

void leftover_add(struct leftover *all, int64_t line, int64_t column, const char *format, ...)
{
    char room[LONGEST];
    int64_t at;
    va_list args;
    va_start(args, format);
    vsnprintf(room, sizeof room, format, args);
    va_end(args);
    str words = str_from(room);
    words = str_sub(words, 0, utf8_invalid_at(words)); /* a cut may fall within a character */
    if (!strmap_get(&all->index, words, &at)) {
        words = arena_copy(all->arena, words);
        at = (int64_t)all->n;
        struct leftover_kind *kind = ARENA_PUSH(all->arena, all->kinds, all->n, all->room);
        *kind = (struct leftover_kind){.words = words, .line = line, .column = column};
        strmap_set(&all->index, words, at);
    }
    all->kinds[at].count++;
}

void leftover_tell(const struct leftover *all, struct problems *notes)
{
    for (size_t i = 0; notes != NULL && i < all->n; i++) {
        const struct leftover_kind *kind = &all->kinds[i];
        problem_add_line(notes, kind->line, kind->column, "%" PRId64 " %.*s", kind->count,
                         STR_ARG(kind->words));
    }
}
