#include "api/cite_compare.h"

#include "api/instant.h"
#include "base/check.h"
#include "model/canonical.h"
#include "model/difference.h"

#define LARGEST_FORM ((size_t)16 * 1024 * 1024)

/* ---- one side ---- */

static void side_open(struct cite_side *s, const struct query *q, int64_t version)
{
    *s = (struct cite_side){.version = version, .hash = hash_begin()};
    cite_sweep_open(&s->sweep, q, version);
    buf_init(&s->form, LARGEST_FORM);
}

static void side_close(struct cite_side *s)
{
    if (s->hash != NULL)
        hash_end(s->hash, NULL);
    s->hash = NULL;
    cite_sweep_close(&s->sweep);
    buf_free(&s->form);
}

static bool side_next(struct cite_side *s, struct store_reader *r, struct problems *problems,
                      struct err *e)
{
    buf_clear(&s->form);
    s->row = cite_sweep_next(&s->sweep, r, problems, e);
    if (s->row == NULL)
        return e->code == ERR_NONE && !problem_any(problems);
    canonical_event(&s->form, s->row->document);
    if (buf_failed(&s->form))
        return err_set(e, ERR_TOO_LARGE, "the event \"%.*s\" has more than 16 MiB",
                       STR_ARG(s->row->id));
    s->matched++;
    hash_more(s->hash, buf_str(&s->form));
    hash_more(s->hash, STR("\n"));
    return true;
}

static void side_end(struct cite_side *s)
{
    hash_end(s->hash, s->fingerprint);
    s->hash = NULL;
}

/* ---- what differs ---- */

static void name(struct cite_compare *c, struct cite_list *list, str id, str properties)
{
    list->count++;
    if (list->n < CITE_MOST_NAMED)
        list->items[list->n++] = (struct cite_named){arena_copy(c->arena, id),
                                                     arena_copy(c->arena, properties)};
}

/* Names of the members in which two canonical forms differ, joined by commas. */
static str differing(str before, str after, struct arena *a)
{
    struct differences d;
    struct buf names;
    buf_init(&names, 1024);
    difference_find(before, after, a, &d);
    for (size_t i = 0; i < d.n; i++)
        buf_printf(&names, "%s%.*s", i > 0 ? "," : "", STR_ARG(d.items[i].property));
    str out = arena_copy(a, buf_str(&names));
    buf_free(&names);
    return out;
}

static void name_changed(struct cite_compare *c, str id, str before, str after)
{
    struct arena *scratch = arena_new();
    name(c, &c->changed, id, differing(before, after, scratch));
    arena_free(scratch);
}

/*
 * Whether an event answers at the other version too, at another place in the order; then *form is
 * its canonical form there.
 */
static bool find_elsewhere(const struct cite_compare *c, struct store_reader *r, int64_t version,
                           str id, struct buf *form, bool *found, struct problems *problems,
                           struct err *e)
{
    struct arena *scratch = arena_new();
    struct query q = *c->q;
    struct event_page page;
    struct strs ids = {&id, 1};
    struct filter *filters = ARENA_ARRAY(scratch, struct filter, q.filter_count + 1);
    for (size_t i = 0; i < q.filter_count; i++)
        filters[i] = q.filters[i];
    filters[q.filter_count] = (struct filter){
        .kind = FILTER_ID, .values = ids, .parameter = STR("id")};
    q.filters = filters;
    q.filter_count++;
    q.version = version;
    q.sort = SORT_DATE;
    q.limit = 1;
    q.count = false;
    q.bare = true;
    q.after = (struct query_after){0};
    bool ok = store_find_events(r, &q, scratch, &page, problems, e);
    /* What has become the same as another event answers under that one's id. */
    *found = ok && page.n > 0 && str_eq(page.rows[0].id, id);
    if (*found)
        canonical_event(form, page.rows[0].document);
    arena_free(scratch);
    return ok;
}

/* An event of the answer before that is not at its place in the one after. */
static bool left(struct cite_compare *c, struct store_reader *r, struct problems *problems,
                 struct err *e)
{
    struct buf form;
    bool found;
    buf_init(&form, LARGEST_FORM);
    bool ok = find_elsewhere(c, r, c->after.version, c->before.row->id, &form, &found, problems, e);
    if (ok && found)
        name_changed(c, c->before.row->id, buf_str(&c->before.form), buf_str(&form));
    else if (ok)
        name(c, &c->removed, c->before.row->id, STR(""));
    buf_free(&form);
    return ok;
}

/* The other way; what was elsewhere before is told where it was. */
static bool came(struct cite_compare *c, struct store_reader *r, struct problems *problems,
                 struct err *e)
{
    struct buf form;
    bool found;
    buf_init(&form, LARGEST_FORM);
    bool ok = find_elsewhere(c, r, c->before.version, c->after.row->id, &form, &found, problems, e);
    if (ok && !found)
        name(c, &c->added, c->after.row->id, STR(""));
    buf_free(&form);
    return ok;
}

/* The order of answers: below 0 where a comes first. */
static int compare_places(const struct event_row *a, const struct event_row *b)
{
    if (a->dated != b->dated)
        return a->dated ? -1 : 1;
    if (a->dated && a->bounds.earliest != b->bounds.earliest)
        return a->bounds.earliest < b->bounds.earliest ? -1 : 1;
    return str_cmp(a->id, b->id);
}

/* One step through both answers, which are told apart place by place. */
static bool step_both(struct cite_compare *c, struct store_reader *r, struct problems *problems,
                      struct err *e)
{
    const struct event_row *a = c->before.row, *b = c->after.row;
    int order = a == NULL ? 1 : b == NULL ? -1 : compare_places(a, b);
    if (order < 0)
        return left(c, r, problems, e) && side_next(&c->before, r, problems, e);
    if (order > 0)
        return came(c, r, problems, e) && side_next(&c->after, r, problems, e);
    if (!str_eq(buf_str(&c->before.form), buf_str(&c->after.form)))
        name_changed(c, a->id, buf_str(&c->before.form), buf_str(&c->after.form));
    return side_next(&c->before, r, problems, e) && side_next(&c->after, r, problems, e);
}

/* ---- the whole ---- */

void cite_compare_open(struct cite_compare *c, const struct query *q, int64_t version,
                       int64_t until, struct arena *a)
{
    *c = (struct cite_compare){.arena = a, .q = q, .both = until >= 0};
    side_open(&c->before, q, version);
    if (c->both)
        side_open(&c->after, q, until);
}

void cite_compare_close(struct cite_compare *c)
{
    side_close(&c->before);
    if (c->both)
        side_close(&c->after);
}

static bool step(struct cite_compare *c, struct store_reader *r, struct problems *problems,
                 struct err *e)
{
    if (!c->begun) {
        c->begun = true;
        return side_next(&c->before, r, problems, e) &&
               (!c->both || side_next(&c->after, r, problems, e));
    }
    if (c->before.row == NULL && (!c->both || c->after.row == NULL)) {
        c->done = true;
        side_end(&c->before);
        if (c->both)
            side_end(&c->after);
        return true;
    }
    return c->both ? step_both(c, r, problems, e) : side_next(&c->before, r, problems, e);
}

bool cite_compare_step(struct cite_compare *c, struct store_reader *r, int milliseconds,
                       struct problems *problems, struct err *e)
{
    int64_t end = instant_now() + (int64_t)milliseconds * 1000;
    ENSURE(!c->done);
    do {
        for (int i = 0; i < 64 && !c->done; i++)
            if (!step(c, r, problems, e))
                return false;
    } while (!c->done && instant_now() < end);
    return true;
}
