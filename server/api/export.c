#include "api/export.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/call_again.h"
#include "api/events.h"

/* What a piece is made of at most: rows, and bytes of documents. */
#define MOST_ROWS QUERY_LARGEST_LIMIT
#define LARGEST_PIECE ((size_t)256 * 1024)
/* Rows of the first piece; from then on as many as the ones before make probable. */
#define FIRST_ROWS 200
#define FEWEST_ROWS 16
/* A piece may take so many times as long as an ordinary question. */
#define PATIENCE 4

struct export
{
    struct api_stream stream; /* first */
    struct arena *arena;      /* of this and of `call` */
    struct call *call;        /* the question, read again; without reader, arena and answer */
    struct api_request request;
    struct cursor next; /* where the next piece begins */
    struct buf next_id; /* its id */
    struct buf waiting; /* the first piece, until it is asked for */
    bool begun;         /* it was asked for */
    bool more;          /* events follow */
    int64_t rows;       /* to ask for next */
    int deadline_ms;    /* for a piece */
};

/* ---- pieces ---- */

static bool render(struct call *x, struct events_found *found, bool continues, struct buf *out)
{
    found->page.continues = continues;
    format_write(x->format)(out, &found->page);
    if (buf_failed(out))
        err_set(&x->err, ERR_OVERLOADED, "A row is larger than 64 MiB.");
    return !buf_failed(out);
}

/* Bytes of documents, as events_find counts them. */
static size_t size_of(const struct page *page)
{
    size_t bytes = 0;
    for (size_t i = 0; i < page->n; i++) {
        bytes += page->items[i].document.n;
        for (size_t k = 0; k < page->items[i].member_count; k++)
            bytes += page->items[i].members[k].value.n;
    }
    return bytes;
}

/* Keeps where to go on; rows of this kind let us guess how many make a good piece. */
static void remember(struct export *x, const struct events_found *found)
{
    x->more = found->more;
    if (!found->more)
        return;
    buf_clear(&x->next_id);
    buf_add(&x->next_id, found->next.after.id);
    x->next = found->next;
    x->next.after.id = buf_str(&x->next_id);
    size_t rows = LARGEST_PIECE / (size_of(&found->page) / found->page.n + 1);
    x->rows = rows < FEWEST_ROWS ? FEWEST_ROWS : rows > MOST_ROWS ? MOST_ROWS : (int64_t)rows;
}

/* The question as of this piece, in the memory of this piece. */
static struct call *call_for_piece(const struct export *x, struct store_reader *reader,
                                   struct arena *arena)
{
    struct call *call = ARENA_NEW(arena, struct call);
    *call = *x->call;
    call->reader = reader;
    call->arena = arena;
    call->cursor = x->next;
    call->question.query.limit = x->rows;
    problem_init(&call->problems, arena);
    return call;
}

static void say_why(const struct call *call, struct err *e)
{
    *e = call->err;
    if (e->code == ERR_NONE && call->problems.n > 0)
        err_set(e, ERR_BAD_PARAMETER, "%.*s: %.*s", STR_ARG(call->problems.items[0].at),
                STR_ARG(call->problems.items[0].detail));
}

static enum api_stream_state next_piece(struct export *x, struct store_reader *reader,
                                        struct arena *arena, str *piece, struct err *e)
{
    struct events_found found;
    struct call *call;
    bool tried_fewer = false;
    for (;;) {
        store_reader_deadline(reader, x->deadline_ms);
        call = call_for_piece(x, reader, arena);
        if (events_find(call, LARGEST_PIECE, &found))
            break;
        say_why(call, e);
        if (e->code != ERR_DEADLINE || tried_fewer)
            return API_STREAM_BROKEN;
        x->rows = FEWEST_ROWS;
        tried_fewer = true;
        *e = (struct err){0};
    }
    x->more = false;
    if (found.page.n == 0)
        return API_STREAM_END;
    struct buf out;
    buf_init(&out, ANSWER_LARGEST);
    if (!render(call, &found, true, &out)) {
        buf_free(&out);
        *e = call->err;
        return API_STREAM_BROKEN;
    }
    remember(x, &found);
    size_t n;
    piece->p = buf_take(&out, &n);
    piece->n = n;
    arena_adopt(arena, (void *)(uintptr_t)piece->p);
    return x->more ? API_STREAM_MORE : API_STREAM_END;
}

static enum api_stream_state next(struct api_stream *stream, struct store_reader *reader,
                                  struct arena *arena, str *piece, struct err *e)
{
    struct export *x = (struct export *)stream;
    if (x->begun) {
        buf_free(&x->waiting);
        return next_piece(x, reader, arena, piece, e);
    }
    x->begun = true;
    *piece = buf_str(&x->waiting);
    return API_STREAM_MORE;
}

static void end(struct api_stream *stream)
{
    struct export *x = (struct export *)stream;
    buf_free(&x->waiting);
    buf_free(&x->next_id);
    arena_free(x->arena);
}

/* ---- from a call to a stream ---- */

static struct export *export_new(const struct call *x)
{
    struct arena *arena = arena_new();
    struct export *new = ARENA_NEW(arena, struct export);
    *new = (struct export){.stream = {.next = next, .free = end},
                           .arena = arena,
                           .deadline_ms = x->api->settings.deadline_ms * PATIENCE};
    new->call = call_again(x, arena, &new->request);
    new->call->question.query.bare = x->question.query.bare;
    buf_init(&new->next_id, ROUTE_LONGEST_PATH);
    buf_init(&new->waiting, ANSWER_LARGEST);
    return new;
}

/* Of the most relevant rows each page would rank all the ones before it again. */
static bool has_lasting_order(struct call *x)
{
    if (x->question.query.sort != SORT_RELEVANCE)
        return true;
    struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("sort"), STR("relevance"),
                                    "the most relevant come page by page, not with limit=all");
    problem_hint(&x->problems, p, "sort by date, updated or title");
    return false;
}

bool export_answer(struct call *x)
{
    struct events_found found;
    struct buf first;
    if (!has_lasting_order(x))
        return false;
    x->question.query.limit = FIRST_ROWS;
    if (!events_find(x, LARGEST_PIECE, &found))
        return false;
    if (!found.more)
        return answer_page(x, &found.page);
    buf_init(&first, ANSWER_LARGEST);
    if (!render(x, &found, false, &first)) {
        buf_free(&first);
        return false;
    }
    struct export *new = export_new(x);
    new->waiting = first;
    remember(new, &found);
    x->out->status = 200;
    x->out->type = format_type(x->format);
    x->out->stream = &new->stream;
    x->out->keep = false;
    answer_header(x->out, "Annals-Version", arena_printf(x->arena, "%" PRId64, x->version));
    return true;
}
