/* What sources say, given out again: one as a document, one or all as records of a batch. */
#include <inttypes.h>

#include "api/answer.h"
#include "api/call.h"
#include "api/handlers.h"
#include "base/check.h"

/* A piece, or a document, may take so many times as long as an ordinary question. */
#define PATIENCE 4
#define LARGEST_LINES (8 * DOCUMENT_LARGEST)

/* ---- records, piece by piece ---- */

struct records {
    struct api_stream stream; /* first */
    struct arena *arena;      /* of this */
    struct said_place place;
    int64_t version;
    int deadline_ms;
};

static void write_record(struct buf *out, const struct said *s)
{
    if (s->section == RECORD_KINDS)
        buf_add(out, STR("{\"annals\":1,\"source\":"));
    else
        buf_printf(out, "{\"%s\":", record_key(s->section));
    buf_add(out, s->json);
    buf_add(out, STR("}\n"));
}

static enum api_stream_state next(struct api_stream *stream, struct store_reader *reader,
                                  struct arena *arena, str *piece, struct err *e)
{
    struct records *x = (struct records *)stream;
    struct said *said;
    size_t n;
    struct buf out;
    store_reader_deadline(reader, x->deadline_ms);
    if (!store_said_next(reader, x->version, &x->place, arena, &said, &n, e))
        return API_STREAM_BROKEN;
    if (n == 0)
        return API_STREAM_END;
    buf_init(&out, LARGEST_LINES);
    for (size_t i = 0; i < n; i++)
        write_record(&out, &said[i]);
    if (buf_failed(&out)) {
        buf_free(&out);
        err_set(e, ERR_OVERLOADED, "A piece is larger than %zu MiB.", LARGEST_LINES >> 20);
        return API_STREAM_BROKEN;
    }
    piece->p = buf_take(&out, &piece->n);
    arena_adopt(arena, (void *)(uintptr_t)piece->p);
    return API_STREAM_MORE;
}

static void end(struct api_stream *stream)
{
    arena_free(((struct records *)stream)->arena);
}

static bool answer_records(struct call *x, const struct said_place *place)
{
    struct arena *arena = arena_new();
    struct records *new = ARENA_NEW(arena, struct records);
    *new = (struct records){.stream = {.next = next, .free = end},
                            .arena = arena,
                            .place = *place,
                            .version = x->version,
                            .deadline_ms = x->api->settings.deadline_ms * PATIENCE};
    x->out->status = 200;
    x->out->type = format_type(FORMAT_NDJSON);
    x->out->stream = &new->stream;
    x->out->keep = false;
    answer_header(x->out, "Annals-Version", arena_printf(x->arena, "%" PRId64, x->version));
    return true;
}

/* ---- the addresses ---- */

static bool begin(struct call *x, struct said_place *place)
{
    struct gone gone;
    enum store_found found = store_said_begin(x->reader, x->version, x->match.id, x->arena, place,
                                              &gone, &x->err);
    return found == STORE_FOUND || call_missing(x, "source", x->match.id, found, &gone);
}

bool sources_document(struct call *x)
{
    static const str type = STR_INIT("application/vnd.annals.source+json");
    struct said_place place;
    str json;
    if (!begin(x, &place))
        return false;
    if (x->format == FORMAT_NDJSON)
        return answer_records(x, &place);
    store_reader_deadline(x->reader, x->api->settings.deadline_ms * PATIENCE);
    if (!store_source_document(x->reader, x->version, &place, x->arena, &json, &x->err))
        return false;
    answer_body(x, 200, type, json);
    answer_header(x->out, "Annals-Version", arena_printf(x->arena, "%" PRId64, x->version));
    return true;
}

bool sources_records(struct call *x)
{
    struct said_place place = {0};
    if (x->match.id.n > 0 && !begin(x, &place))
        return false;
    return answer_records(x, &place);
}
