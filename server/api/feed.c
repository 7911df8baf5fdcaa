/* The change feed: pages of changes, and a stream of server-sent events, one for each version. */
#include <inttypes.h>

#include "api/answer.h"
#include "api/call.h"
#include "api/handlers.h"
#include "base/check.h"
#include "base/num.h"

/* Versions are put together into pieces of about so many bytes. */
#define LARGEST_PIECE ((size_t)64 * 1024)
/* What a browser waits before it comes back, milliseconds. */
#define RETRY_MS "2000"

/* ---- where to begin ---- */

static bool refuse_future(struct call *x, enum problem_place place, const char *name, str given)
{
    struct problem *p = problem_add(&x->problems, place, str_from(name), given,
                                    "there is no such version yet");
    problem_hint(&x->problems, p, "the newest is %" PRId64, x->newest);
    return false;
}

/* since=, or `otherwise` without one. */
static bool read_since(struct call *x, int64_t otherwise, int64_t *since)
{
    const struct question *q = &x->question;
    *since = q->since_given ? q->since : otherwise;
    if (*since <= x->newest)
        return true;
    return refuse_future(x, PROBLEM_PARAMETER, "since", arena_printf(x->arena, "%" PRId64, *since));
}

/* The last event that a reader has seen weighs more than since=, which its address keeps. */
static bool read_start(struct call *x, int64_t *since)
{
    str last = str_trim(api_header_get(x->rq, "Last-Event-ID"));
    if (last.n == 0)
        return read_since(x, x->newest, since);
    if (!num_parse_range(last, 0, INT64_MAX, since)) {
        struct problem *p = problem_add(
            &x->problems, PROBLEM_HEADER, STR("Last-Event-ID"), last,
            "not the id of an event of this feed, which is the number of a version");
        problem_hint(&x->problems, p, "the newest is %" PRId64, x->newest);
        return false;
    }
    return *since <= x->newest || refuse_future(x, PROBLEM_HEADER, "Last-Event-ID", last);
}

/* ---- the stream ---- */

struct feed {
    struct api_stream stream; /* first */
    struct arena *arena;      /* of this */
    bool begun;
    int64_t since; /* the version of the last event given */
    int64_t most;  /* changes that one event names; where there are more it counts them */
    int deadline_ms;
};

/* An event. Finished JSON has no line breaks, so that one line of data holds it. */
static void write_event(struct buf *out, const struct item *changeset)
{
    buf_printf(out, "id: %" PRId64 "\nevent: changeset\ndata: ", changeset->version);
    buf_add(out, changeset->document);
    buf_add(out, STR("\n\n"));
}

/* False when it went wrong; *all is set where no version is left. */
static bool write_events(struct feed *x, struct store_reader *reader, struct arena *arena,
                         struct buf *out, bool *all, struct err *e)
{
    *all = false;
    while (!*all && out->n < LARGEST_PIECE) {
        struct item changeset;
        switch (store_next_changeset(reader, x->since, x->most, arena, &changeset, e)) {
        case STORE_FOUND:
            write_event(out, &changeset);
            x->since = changeset.version;
            break;
        case STORE_NEVER:
            *all = true;
            break;
        case STORE_GONE:
        case STORE_MOVED:
        case STORE_UNHEARD:
        case STORE_FAILED:
            return false;
        }
    }
    return true;
}

static enum api_stream_state next(struct api_stream *stream, struct store_reader *reader,
                                  struct arena *arena, str *piece, struct err *e)
{
    struct feed *x = (struct feed *)stream;
    struct buf out;
    bool all;
    buf_init(&out, ANSWER_LARGEST);
    if (!x->begun)
        buf_add(&out, STR("retry: " RETRY_MS "\n\n"));
    store_reader_deadline(reader, x->deadline_ms);
    if (!write_events(x, reader, arena, &out, &all, e)) {
        buf_free(&out);
        return API_STREAM_BROKEN;
    }
    x->begun = true;
    x->stream.waits_past = x->since;
    if (out.n == 0) /* a comment: a sign of life */
        buf_add(&out, STR(":\n\n"));
    size_t n;
    piece->p = buf_take(&out, &n);
    piece->n = n;
    arena_adopt(arena, (void *)(uintptr_t)piece->p);
    return all ? API_STREAM_WAIT : API_STREAM_MORE;
}

static void end(struct api_stream *stream)
{
    arena_free(((struct feed *)stream)->arena);
}

static bool answer_feed(struct call *x)
{
    int64_t since = 0;
    if (x->question.cursor.n > 0) {
        struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("cursor"),
                                        x->question.cursor, "the event stream has no pages");
        problem_hint(&x->problems, p, "say with since= after which version it is to begin");
    }
    if (!read_start(x, &since) || problem_any(&x->problems))
        return false;
    struct arena *arena = arena_new();
    struct feed *feed = ARENA_NEW(arena, struct feed);
    *feed = (struct feed){.stream = {.next = next, .free = end, .feeds = true},
                          .arena = arena,
                          .since = since,
                          .most = x->question.query.limit,
                          .deadline_ms = x->api->settings.deadline_ms};
    x->out->status = 200;
    x->out->type = format_type(x->format);
    x->out->stream = &feed->stream;
    answer_header(x->out, "Cache-Control", STR("no-store"));
    answer_header(x->out, "X-Accel-Buffering", STR("no")); /* what nginx needs to be told */
    return true;
}

/* ---- pages ---- */

/* A page goes on where the one before ended: in a cursor the id is the version. */
static bool read_page_start(struct call *x, int64_t since, struct change_query *q)
{
    const struct query_after *after = &x->cursor.after;
    *q = (struct change_query){.after_version = since,
                               .after_position = INT64_MAX,
                               .version = x->version,
                               .limit = x->question.query.limit};
    if (!after->given)
        return true;
    q->after_position = after->number;
    return num_parse_range(after->id, 0, INT64_MAX, &q->after_version) ||
           err_set(&x->err, ERR_BAD_PARAMETER, "The cursor is of another question.");
}

static bool answer_changes(struct call *x)
{
    int64_t since;
    struct change_query q;
    struct change_page found;
    if (!read_since(x, 0, &since))
        return false;
    str start = arena_printf(x->arena, "%" PRId64, since);
    struct strs starts = {.items = &start, .n = 1};
    uint64_t digest = cursor_filter(str_from(x->route->path), false, &starts);
    if (!call_cursor_fits(x, digest) || !read_page_start(x, since, &q) ||
        !store_find_changes(x->reader, &q, x->arena, &found, &x->err))
        return false;
    struct item_page page = {.items = ARENA_ARRAY(x->arena, struct item, found.n),
                             .n = found.n,
                             .more = found.more,
                             .matched = -1};
    for (size_t i = 0; i < found.n; i++)
        page.items[i].document = found.changes[i];
    struct cursor next = {.version = x->version, .question = digest};
    next.after.given = true;
    next.after.number = found.position;
    next.after.id = arena_printf(x->arena, "%" PRId64, found.version);
    return answer_items(x, &page, &next);
}

bool changes_list(struct call *x)
{
    if (x->format == FORMAT_EVENT_STREAM)
        return answer_feed(x);
    answer_validator(x, 'v', x->version);
    return answer_not_modified(x) || answer_changes(x);
}
