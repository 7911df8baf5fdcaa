/* Events: the list, one of them, and what hangs on one. */
#include "api/events.h"
#include "api/about.h"
#include "api/answer.h"
#include "api/call.h"
#include "api/export.h"
#include "api/handlers.h"
#include "api/links.h"
#include "api/localise.h"
#include "api/moved.h"
#include "api/names.h"
#include "base/check.h"
#include "base/jscan.h"
#include "render/page.h"

/* Members of an event, those that only some questions bring included. */
static const char *const members[] = {"id",       "title",        "summary",     "date",
                                      "type",     "participants", "places",      "tags",
                                      "match",    "accounts",     "version",     "updated",
                                      "disputed", "links",        "identifiers", "evidence",
                                      "claims",   "relations",    "excerpt",     NULL};

/* ---- one row ---- */

/* The members that a row gets on top of its document: match, excerpt, the parts of include=. */
static bool add_members(struct call *x, struct event_row *row, struct page_item *item)
{
    struct splice *added = ARENA_ARRAY(x->arena, struct splice, 2 + QUESTION_PARTS);
    size_t n = 0;
    if (!localise_event(x, &row->document))
        return false;
    if (row->match != PERIOD_NO_MATCH)
        added[n++] = (struct splice){.key = STR("match"),
                                     .value = row->match == PERIOD_CERTAIN ? STR("\"certain\"")
                                                                           : STR("\"possible\"")};
    if (row->excerpt.n > 0)
        added[n++] = (struct splice){.key = STR("excerpt"), .value = row->excerpt};
    for (unsigned part = 0; part < QUESTION_PARTS; part++) {
        if (!(x->question.include & 1u << part))
            continue;
        struct splice *m = &added[n++];
        m->key = str_from(question_part_name((enum event_part)part));
        m->replace = part == PART_ACCOUNTS; /* the document has their number there */
        if (!store_event_part(x->reader, x->version, &x->question.query.reading, row->id,
                              (enum event_part)part, x->arena, &m->value, &x->err))
            return false;
    }
    *item = (struct page_item){row->document, added, n, row};
    return true;
}

/* A part in fields= must be brought by include=; of accounts there is always the number. */
static void check_parts(struct call *x, str field)
{
    for (unsigned part = 0; part < QUESTION_PARTS; part++) {
        const char *name = question_part_name((enum event_part)part);
        if (part == PART_ACCOUNTS || x->question.include & 1u << part ||
            !str_eq(field, str_from(name)))
            continue;
        struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("fields"), field,
                                        "an event shows this only where it is included");
        problem_hint(&x->problems, p, "add include=%s", name);
    }
}

static bool check_fields(struct call *x, const struct event_page *found)
{
    if (x->format == FORMAT_CSV || x->format == FORMAT_GEOJSON)
        return call_fields(x, format_csv_columns, STR(""));
    for (size_t i = 0; i < x->question.fields.n; i++)
        check_parts(x, x->question.fields.items[i]);
    return call_fields(x, members, found->n > 0 ? found->rows[0].document : STR(""));
}

/* ---- the list ---- */

/* How many rows fit into one answer; at least one. */
static size_t fitting(const struct page *page, size_t largest)
{
    size_t bytes = 0;
    for (size_t i = 0; i < page->n; i++) {
        bytes += page->items[i].document.n;
        for (size_t k = 0; k < page->items[i].member_count; k++)
            bytes += page->items[i].members[k].value.n;
        if (bytes > largest && i > 0)
            return i;
    }
    return page->n;
}

/* Where the next page begins: after `last`, which is row number n of this page. */
static struct cursor next_page(struct call *x, const struct event_row *last, size_t n)
{
    enum query_sort sort = x->question.query.sort;
    struct cursor c = {.version = x->version, .question = cursor_question(&x->question.query)};
    c.after.given = true;
    c.after.id = last->id;
    c.after.undated = !last->dated;
    if (sort == SORT_UPDATED)
        c.after.number = last->updated;
    else if (sort == SORT_RELEVANCE)
        c.after.number = (x->cursor.after.given ? x->cursor.after.number : 0) + (int64_t)n;
    else if (last->dated)
        c.after.number = last->bounds.earliest;
    return c;
}

/* Puts the end of the page before into the query. */
static bool resume(struct call *x, struct query *q)
{
    if (!call_cursor_fits(x, cursor_question(q)))
        return false;
    q->after = x->cursor.after;
    if (!q->after.given || q->sort != SORT_TITLE)
        return true;
    /* The cursor holds no titles: the last event has it still, at the cursor's version. */
    struct event_row last;
    struct gone gone;
    enum store_found found = store_read_event(x->reader, q->version, &q->reading, q->after.id,
                                              x->arena, &last, &gone, &x->problems, &x->err);
    if (found != STORE_FOUND)
        return call_missing(x, "event", q->after.id, found, &gone);
    q->after.text = last.title;
    return true;
}

bool events_find(struct call *x, size_t largest, struct events_found *out)
{
    struct query *q = &x->question.query;
    struct event_page found;
    q->version = x->version;
    q->bare = x->format == FORMAT_JSON || x->format == FORMAT_NDJSON;
    if (!resume(x, q) ||
        !store_find_events(x->reader, q, x->arena, &found, &x->problems, &x->err) ||
        !check_fields(x, &found))
        return false;

    struct page *page = &out->page;
    *out = (struct events_found){0};
    *page = (struct page){.items = ARENA_ARRAY(x->arena, struct page_item, found.n),
                          .n = found.n,
                          .array = x->question.array,
                          .fields = x->question.fields,
                          .matched = found.matched,
                          .version = x->version};
    for (size_t i = 0; i < found.n; i++)
        if (!add_members(x, &found.rows[i], &page->items[i]))
            return false;
    page->n = fitting(page, largest);
    out->more = found.more || page->n < found.n;
    if (out->more)
        out->next = next_page(x, &found.rows[page->n - 1], page->n);
    return about_fill(x, NULL, page);
}

/* Rows of a page for people where nobody said how many. */
#define SHOWN_TO_PEOPLE 12

static bool list(struct call *x, const struct landing *landing)
{
    struct events_found found;
    if (x->format == FORMAT_HTML && !x->question.limit_given)
        x->question.query.limit = SHOWN_TO_PEOPLE;
    if (!events_find(x, EVENTS_LARGEST_PAGE, &found))
        return false;
    struct page page = found.page;
    if (found.more)
        page.next = links_next(x, &found.next);
    if ((x->format == FORMAT_JSON && !page.array) || x->format == FORMAT_HTML) {
        page.query = names_query(x);
        page.links = links_write(x, page.next);
    }
    if (x->format == FORMAT_GEOJSON)
        page.links = links_write(x, page.next);
    page.landing = landing;
    return answer_page(x, &page);
}

bool events_list(struct call *x)
{
    return x->question.all ? export_answer(x) : list(x, NULL);
}

/* From another address that shows the same. */
static void become_list(struct call *x)
{
    struct route_match of_events;
    route_find(STR("/v1/events"), &of_events);
    x->route = of_events.any;
    x->match.stem = STR("/v1/events");
    x->question.listed = true;
}

bool events_first(struct call *x, const struct landing *landing)
{
    become_list(x);
    return list(x, landing);
}

void events_refused(struct call *x)
{
    struct err why = x->err;
    struct page page = {
        .matched = -1, .refused = &why, .problems = &x->problems, .version = x->newest};
    answer_refusal(x);
    become_list(x);
    if (answer_page(x, &page))
        x->out->status = err_status(why.code);
    else
        answer_problem(x->out, x->rq, &why, &x->problems, x->arena, false);
}

bool events_known(struct call *x)
{
    struct query q = x->question.query;
    struct event_page ignored;
    q.version = x->version;
    q.limit = 1;
    q.count = false;
    q.sort = SORT_DATE;
    return store_find_events(x->reader, &q, x->arena, &ignored, &x->problems, &x->err);
}

void events_unknown(struct call *x)
{
    struct err before = x->err;
    x->version = x->newest;
    events_known(x);
    x->err = before;
}

/* ---- one event ---- */

/* Whether the event is there to be shown; else *answered says whether it is elsewhere. */
static bool get_event(struct call *x, struct event_row *row, bool *answered)
{
    struct gone gone;
    enum store_found found = store_read_event(x->reader, x->version, &x->question.query.reading,
                                              x->match.id, x->arena, row, &gone, &x->problems,
                                              &x->err);
    *answered = found == STORE_MOVED
                    ? moved_answer(x, gone.canonical)
                    : found != STORE_FOUND && call_missing(x, "event", x->match.id, found, &gone);
    return found == STORE_FOUND;
}

bool events_get(struct call *x)
{
    struct event_page found = {.n = 1, .matched = -1};
    struct event_row row;
    bool answered;
    if (!get_event(x, &row, &answered))
        return answered;
    found.rows = &row;
    /* A page for people says all that hangs on the event. */
    if (x->format == FORMAT_HTML)
        x->question.include = (1u << QUESTION_PARTS) - 1;
    struct page_item item;
    if (!check_fields(x, &found) || !add_members(x, &row, &item))
        return false;
    struct page page = {.items = &item,
                        .n = 1,
                        .single = true,
                        .fields = x->question.fields,
                        .matched = -1,
                        .version = x->version};
    if (x->format == FORMAT_GEOJSON)
        page.links = links_write(x, STR(""));
    /* RFC 8574 */
    str cited = links_pinned(x, arena_printf(x->arena, "/v1/events/%.*s", STR_ARG(row.id)),
                             x->version, STR(""));
    answer_header(x->out, "Link",
                  arena_printf(x->arena, "<%.*s>; rel=\"cite-as\"", STR_ARG(cited)));
    return about_fill(x, &row, &page) && answer_page(x, &page);
}

/* Members that some items of a part have and its first one may not. */
static const char *const *rare_members(int part)
{
    static const char *const of_accounts[] = {"event", "reprint_of", NULL};
    return part == PART_ACCOUNTS ? of_accounts : NULL;
}

bool events_part(struct call *x)
{
    struct event_row row;
    str json, document;
    bool answered;
    if (!get_event(x, &row, &answered))
        return answered;
    if (!store_event_part(x->reader, x->version, &x->question.query.reading, x->match.id,
                          (enum event_part)x->route->detail, x->arena, &json, &x->err))
        return false;
    struct page page = {.array = x->question.array,
                        .fields = x->question.fields,
                        .matched = -1,
                        .version = x->version};
    size_t room = 0;
    for (size_t at = 0; jscan_element(json, &at, &document);)
        *ARENA_PUSH(x->arena, page.items, page.n, room) = (struct page_item){.document = document};
    if (!call_fields(x, rare_members(x->route->detail),
                     page.n > 0 ? page.items[0].document : STR("")))
        return false;
    page.links = links_write(x, STR(""));
    return answer_page(x, &page);
}
