/* Changesets: what each write did. */
#include <inttypes.h>

#include "api/answer.h"
#include "api/call.h"
#include "api/handlers.h"
#include "base/num.h"

bool changesets_list(struct call *x)
{
    const struct question *q = &x->question;
    struct strs none = {0};
    uint64_t digest = cursor_filter(str_from(x->route->path), false, &none);
    int64_t before = x->cursor.after.given ? x->cursor.after.number : 0;
    struct item_page found;
    if (!call_cursor_fits(x, digest) ||
        !store_find_changesets(x->reader, x->version, before, q->query.limit, x->arena, &found,
                               &x->err))
        return false;
    found.matched = -1;
    struct cursor next = {.version = x->version, .question = digest};
    if (found.n > 0)
        next.after.number = found.items[found.n - 1].version;
    return answer_items(x, &found, &next);
}

bool changesets_get(struct call *x)
{
    int64_t number;
    struct item item;
    if (!num_parse_range(x->match.id, 1, INT64_MAX, &number))
        return err_set(&x->err, ERR_NOT_FOUND, "Changesets are numbered 1, 2, 3 …; not \"%.*s\".",
                       STR_ARG(str_sub(x->match.id, 0, 60)));
    enum store_found found = store_get_changeset(x->reader, number, x->arena, &item, &x->err);
    if (found == STORE_FAILED)
        return false;
    if (found != STORE_FOUND)
        return err_set(&x->err, ERR_NOT_FOUND,
                       "There is no changeset %" PRId64 "; the newest is %" PRId64 ".", number,
                       x->newest);
    return answer_document(x, item.document);
}
