#include "api/cite_sweep.h"

/* Bytes of documents that make a good piece, and how many rows it may have. */
#define PIECE ((size_t)512 * 1024)
#define FIRST_ROWS 100
#define FEWEST_ROWS 16

void cite_sweep_open(struct cite_sweep *s, const struct query *q, int64_t version)
{
    *s = (struct cite_sweep){.q = *q, .arena = arena_new()};
    s->q.version = version;
    s->q.sort = SORT_DATE;
    s->q.limit = FIRST_ROWS;
    s->q.count = false;
    s->q.bare = true;
    s->q.after = (struct query_after){0};
    buf_init(&s->last, 1024);
}

void cite_sweep_close(struct cite_sweep *s)
{
    arena_free(s->arena);
    buf_free(&s->last);
    *s = (struct cite_sweep){0};
}

bool cite_sweep_ready(const struct cite_sweep *s)
{
    return s->begun && (s->at < s->page.n || !s->page.more);
}

/* Keeps where to go on, and guesses from rows of this kind how many make a good piece. */
static void remember(struct cite_sweep *s)
{
    const struct event_row *row = &s->page.rows[s->page.n - 1];
    size_t bytes = 0;
    for (size_t i = 0; i < s->page.n; i++)
        bytes += s->page.rows[i].document.n;
    size_t rows = PIECE / (bytes / s->page.n + 1);
    s->q.limit = rows < FEWEST_ROWS           ? FEWEST_ROWS
                 : rows > QUERY_LARGEST_LIMIT ? QUERY_LARGEST_LIMIT
                                              : (int64_t)rows;
    buf_clear(&s->last);
    buf_add(&s->last, row->id);
    s->q.after = (struct query_after){.given = true,
                                      .number = row->dated ? row->bounds.earliest : 0,
                                      .undated = !row->dated,
                                      .id = buf_str(&s->last)};
}

const struct event_row *cite_sweep_next(struct cite_sweep *s, struct store_reader *r,
                                        struct problems *problems, struct err *e)
{
    if (!cite_sweep_ready(s)) {
        if (s->page.n > 0)
            remember(s);
        arena_reset(s->arena);
        s->at = 0;
        s->page = (struct event_page){0};
        if (!store_find_events(r, &s->q, s->arena, &s->page, problems, e))
            return NULL;
        s->begun = true;
    }
    return s->at < s->page.n ? &s->page.rows[s->at++] : NULL;
}
