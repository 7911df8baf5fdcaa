#include "api/moved.h"

#include "api/answer.h"
#include "api/percent.h"
#include "base/check.h"
#include "base/jout.h"

#define LONGEST ((size_t)64 * 1024)

static str location(struct call *x, str canonical)
{
    str events = STR("/v1/events/"), suffix = x->match.suffix;
    str part = str_sub(x->match.stem, events.n + x->match.id.n, x->match.stem.n);
    struct buf out;
    buf_init(&out, LONGEST);
    buf_add(&out, events);
    buf_add(&out, canonical);
    percent_encode(&out, part);
    if (suffix.n > 0)
        buf_printf(&out, ".%.*s", STR_ARG(suffix));
    if (x->query.n > 0)
        buf_printf(&out, "?%.*s", STR_ARG(x->query));
    ENSURE(!buf_failed(&out));
    str address = arena_copy(x->arena, buf_str(&out));
    buf_free(&out);
    return address;
}

bool moved_answer(struct call *x, str canonical)
{
    str to = location(x, canonical);
    struct buf out;
    struct jout j;
    buf_init(&out, 2 * LONGEST);
    jout_init(&j, &out);
    jout_object(&j);
    jout_member_str(&j, "id", x->match.id);
    jout_member_str(&j, "same_as", canonical);
    jout_member_str(&j, "location", to);
    jout_object_end(&j);
    answer_header(x->out, "Location", to);
    answer_body(x, 308, format_type(FORMAT_JSON), arena_copy(x->arena, buf_str(&out)));
    buf_free(&out);
    return true;
}
