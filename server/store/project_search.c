/*
 * The words by which events are found. The engine of full text closes a segment of its index
 * whenever keys go backwards, so the words of a change are gathered and given to it in the order of
 * their keys.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/fold.h"
#include "store/project.h"
#include "store/writer.h"

#define LARGEST_SEARCH ((size_t)1024 * 1024)
#define GATHERED_MOST ((size_t)8 * 1024 * 1024) /* bytes; then they are written */

/* The names of a thing, kept for the rest of the change: many events name the same few. */
static bool names_of(struct store_writer *w, enum thing t, int64_t key, str *names, struct err *e)
{
    str *kept;
    int64_t at;
    str as_text = arena_copy(w->arena, (str){(const char *)&key, sizeof key});
    if (strmap_get(&w->names, as_text, &at)) {
        *names = w->name_texts[at];
        return true;
    }
    const struct at where = {w->db, w->version, w->arena, e};
    if (!project_names(&where, t, key, names))
        return false;
    strmap_set(&w->names, as_text, (int64_t)w->name_count);
    kept = ARENA_PUSH(w->arena, w->name_texts, w->name_count, w->name_room);
    *kept = *names;
    return true;
}

static bool add_names(struct store_writer *w, const struct account *m, struct buf *names,
                      struct err *e)
{
    str text;
    for (size_t i = 0; i < m->participant_count; i++) {
        if (!names_of(w, THING_ACTOR, m->participants[i].actor_key, &text, e))
            return false;
        buf_add(names, text);
    }
    for (size_t i = 0; i < m->place_count; i++) {
        if (!names_of(w, THING_PLACE, m->places[i].place_key, &text, e))
            return false;
        buf_add(names, text);
    }
    return true;
}

static bool add_quotes(struct store_writer *w, int64_t account, struct buf *quotes, struct err *e)
{
    struct db_rows *rows;
    if (!SQL_QUERY(w->db, e, &rows, SQL(owner_quotes), DB_INT(account)))
        return false;
    while (db_next(rows, e)) {
        fold_append(quotes, db_str(rows, 0));
        buf_add_char(quotes, ' ');
    }
    db_done(rows);
    return e->code == ERR_NONE;
}

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

/* Words of all accounts, not of the winning one alone: who remembers the other title finds it. */
bool project_search_add(struct store_writer *w, int64_t row, const struct account *accounts,
                        size_t n, const struct links *links, struct err *e)
{
    struct buf columns[SEARCH_COLUMNS];
    for (size_t i = 0; i < SEARCH_COLUMNS; i++)
        buf_init(&columns[i], LARGEST_SEARCH);
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        fold_append(&columns[0], accounts[i].title);
        fold_append(&columns[1], accounts[i].summary);
        buf_add_char(&columns[0], ' ');
        buf_add_char(&columns[1], ' ');
        ok = add_names(w, &accounts[i], &columns[2], e) &&
             add_quotes(w, accounts[i].key, &columns[3], e);
    }
    for (size_t i = 0; i < links->n; i++)
        if (links->items[i].target > 0 &&
            (i == 0 || links->items[i].target != links->items[i - 1].target))
            buf_printf(&columns[4], LINK_WORD "%" PRId64 " ", links->items[i].target);
    /* Texts are found by their first mebibyte; a link that is left out would hide the event. */
    if (ok && buf_failed(&columns[4]))
        ok = err_set(e, ERR_TOO_LARGE, "an event is linked to more than %zu MiB of things",
                     LARGEST_SEARCH >> 20);
    struct search_words *words = ARENA_PUSH(w->gathered, w->words, w->word_count, w->word_room);
    words->row = row;
    for (size_t i = 0; i < SEARCH_COLUMNS; i++) {
        words->columns[i] = arena_copy(w->gathered, buf_str(&columns[i]));
        buf_free(&columns[i]);
    }
    return ok && (arena_used(w->gathered) < GATHERED_MOST || project_search_flush(w, e));
}
