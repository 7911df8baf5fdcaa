/*
 * The words by which events are found. The engine of full text closes a segment of its index
 * whenever keys go backwards, so the words of a change are gathered and given to it in the order of
 * their keys.
 */
#include <stdlib.h>

#include "store/writer.h"

#define GATHERED_MOST ((size_t)8 * 1024 * 1024) /* bytes; then they are written */

static int by_row(const void *a, const void *b)
{
    const struct search_words *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

bool project_search_flush(struct store_writer *w, struct err *e)
{
    if (w->word_count > 0)
        qsort(w->words, w->word_count, sizeof w->words[0], by_row);
    bool ok = true;
    for (size_t i = 0; i < w->word_count && ok; i++) {
        const struct search_words *x = &w->words[i];
        ok = SQL_EXEC(w->db, e, SQL(event_search_add), DB_INT(x->row), DB_STR(x->columns[0]),
                      DB_STR(x->columns[1]), DB_STR(x->columns[2]), DB_STR(x->columns[3]),
                      DB_STR(x->columns[4]));
    }
    w->words = NULL;
    w->word_count = w->word_room = 0;
    arena_reset(w->gathered);
    return ok;
}

bool project_search_add(struct store_writer *w, int64_t row, const struct words *words,
                        struct err *e)
{
    struct search_words *kept = ARENA_PUSH(w->gathered, w->words, w->word_count, w->word_room);
    kept->row = row;
    for (size_t i = 0; i < WORD_COLUMNS; i++)
        kept->columns[i] = arena_copy(w->gathered, words->columns[i]);
    return arena_used(w->gathered) < GATHERED_MOST || project_search_flush(w, e);
}
