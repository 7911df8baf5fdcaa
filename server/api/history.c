/* The history of one event: what each changeset did to it. */
#include "api/answer.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/moved.h"

/* What was once there has a history even where it is gone. Else *answered says what to answer. */
static bool has_history(struct call *x, bool *answered)
{
    struct event_row row;
    struct gone gone;
    enum store_found found = store_get_event(x->reader, x->version, x->match.id, x->arena, &row,
                                             &gone, &x->err);
    if (found == STORE_FOUND || (found == STORE_GONE && gone.version > 0))
        return true;
    *answered = found == STORE_MOVED ? moved_answer(x, gone.canonical)
                                     : call_missing(x, "event", x->match.id, found, &gone);
    return false;
}

bool history_list(struct call *x)
{
    struct strs of = {&x->match.id, 1};
    uint64_t digest = cursor_filter(str_from(x->route->path), false, &of);
    int64_t before = x->cursor.after.given ? x->cursor.after.number : 0;
    struct item_page found;
    bool answered;
    if (!has_history(x, &answered))
        return answered;
    if (!call_cursor_fits(x, digest) ||
        !store_event_history(x->reader, x->version, x->match.id, before, x->question.query.limit,
                             x->arena, &found, &x->err))
        return false;
    struct cursor next = {.version = x->version, .question = digest};
    if (found.n > 0)
        next.after.number = found.items[found.n - 1].version;
    return answer_items(x, &found, &next);
}
