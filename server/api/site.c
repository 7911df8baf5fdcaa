#include "api/site.h"

#include <stdlib.h>

#include "api/answer.h"
#include "api/handlers.h"
#include "api/links.h"
#include "api/names.h"
#include "api/negotiate.h"
#include "api/percent.h"
#include "base/jscan.h"
#include "base/jvalue.h"
#include "base/strmap.h"
#include "render/html_form.h"
#include "render/html_reference.h"

/* Names that are looked up for one page, and how deep documents are searched for ids. */
#define MOST_NAMES 400
#define DEEPEST 8
/* A longer address is not led to: it does not fit into a header. */
#define LONGEST_ADDRESS 8000

/* ---- names ---- */

struct naming {
    struct call *x;
    struct page_name *names;
    size_t n;
    struct strmap seen;
    struct err err;
};

static int kind_number(str kind)
{
    static const str segments[] = {
#define X(value, segment) STR_INIT(segment),
        ITEM_TABLE(X)
#undef X
    };
    for (int i = 0; i < ITEM_KINDS; i++)
        if (str_eq(segments[i], kind))
            return i;
    return -1;
}

/* The name in a document, decoded; empty without one that is a plain string. */
static str called(struct arena *a, str document)
{
    static const char *const keys[] = {"name", "title", "label"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t at = 0;
        str key, value;
        while (jscan_member(document, &at, &key, &value)) {
            if (!str_eq(key, str_from(keys[i])) || value.n < 3 || value.p[0] != '"')
                continue;
            struct buf text;
            buf_init(&text, value.n);
            jvalue_decode(&text, value);
            str copy = arena_copy(a, buf_str(&text));
            buf_free(&text);
            return copy;
        }
    }
    return STR("");
}

static str find_name(struct naming *g, str kind, str id)
{
    struct call *x = g->x;
    struct gone gone;
    struct item item;
    struct event_row row;
    int number = kind_number(kind);
    if (number < 0) {
        enum store_found found = store_get_event(x->reader, x->version, id, x->arena, &row, &gone,
                                                 &g->err);
        return found == STORE_FOUND ? row.title : STR("");
    }
    /* These have no names. */
    if (number == ITEM_CLAIM || number == ITEM_RELATION)
        return STR("");
    enum store_found found = store_get_item(x->reader, (enum item_kind)number, x->version, id,
                                            x->arena, &item, &gone, &g->err);
    return found == STORE_FOUND ? called(x->arena, item.document) : STR("");
}

static void want(struct naming *g, str kind, str value)
{
    int64_t ignored;
    str id = str_sub(value, 1, value.n - 2);
    str mark = arena_printf(g->x->arena, "%.*s/%.*s", STR_ARG(kind), STR_ARG(id));
    if (g->n == MOST_NAMES || g->err.code == ERR_DEADLINE || strmap_get(&g->seen, mark, &ignored))
        return;
    strmap_set(&g->seen, mark, 1);
    str name = find_name(g, kind, id);
    if (name.n > 0)
        g->names[g->n++] = (struct page_name){kind, id, name};
}

/* Looks through a value for ids; key: the member that has it. */
static void search(struct naming *g, str key, str value, int depth)
{
    size_t at = 0;
    str name, inner;
    const char *kind = html_reference_kind(key);
    if (depth > DEEPEST || value.n < 3 || g->n == MOST_NAMES)
        return;
    if (value.p[0] == '"' && kind != NULL)
        want(g, str_from(kind), value);
    if (value.p[0] == '[')
        while (jscan_element(value, &at, &inner))
            search(g, key, inner, depth + 1);
    if (value.p[0] == '{')
        while (jscan_member(value, &at, &name, &inner))
            search(g, name, inner, depth + 1);
}

/* Lists of events name whom they speak of themselves. */
static void find_names(struct call *x, const struct page *page, struct page_site *site)
{
    struct naming g = {.x = x};
    if (!page->single && page->n > 0 && page->items[0].row != NULL)
        return;
    g.names = ARENA_ARRAY(x->arena, struct page_name, MOST_NAMES);
    strmap_init(&g.seen, x->arena);
    if (x->match.id.n > 0 && !page->single)
        want(&g, STR("events"), arena_printf(x->arena, "\"%.*s\"", STR_ARG(x->match.id)));
    for (size_t i = 0; i < page->n; i++) {
        search(&g, STR(""), page->items[i].document, 0);
        for (size_t k = 0; k < page->items[i].member_count; k++)
            search(&g, page->items[i].members[k].key, page->items[i].members[k].value, 1);
    }
    qsort(g.names, g.n, sizeof *g.names, html_reference_compare);
    site->names = g.names;
    site->name_count = g.n;
}

/* ---- what was asked ---- */

static str decoded(struct arena *a, str text)
{
    char *p = arena_alloc(a, text.n + 1);
    size_t n;
    return percent_decode(text, PERCENT_QUERY, p, &n) == NULL ? (str){p, n} : STR("");
}

/* They have been understood before: none of them is malformed, and there are few. */
static void read_asked(struct call *x, struct page_site *site)
{
    struct page_field *fields = NULL;
    size_t room = 0;
    str piece, rest = x->query;
    bool more = rest.n > 0;
    while (more) {
        str name, text;
        more = str_cut(rest, '&', &piece, &rest);
        if (piece.n == 0)
            continue;
        bool valued = str_cut(piece, '=', &name, &text);
        struct page_field field = {decoded(x->arena, name),
                                   valued ? decoded(x->arena, text) : STR("true")};
        if (str_eq(field.name, STR("as_of")))
            site->as_of = field.text;
        if (str_eq(field.name, STR("policy")))
            site->policy = field.text;
        if (str_eq(field.name, STR("known_at")))
            site->known_at = field.text;
        *ARENA_PUSH(x->arena, fields, site->asked_count, room) = field;
    }
    site->asked = fields;
}

/* Pages of events say how they can be embedded. */
static void add_oembed(struct call *x, const struct page *page, struct page_site *site)
{
    if (page->refused != NULL)
        return;
    if (x->route->handler != events_list && x->route->handler != events_get &&
        x->route->handler != embed_page)
        return;
    site->oembed = links_oembed(x, x->target);
    if (site->oembed.n > 0)
        answer_header(x->out, "Link",
                      arena_printf(x->arena,
                                   "<%.*s&format=json>; rel=\"alternate\"; "
                                   "type=\"application/json+oembed\"",
                                   STR_ARG(site->oembed)));
}

bool site_fill(struct call *x, struct page *page)
{
    struct page_site *site = ARENA_NEW(x->arena, struct page_site);
    struct store_summary summary;
    if (!store_summary(x->reader, x->version, x->arena, &summary, &x->err))
        return false;
    *site = (struct page_site){
        .store_title = str_from(x->api->settings.title),
        .licence = str_from(x->api->settings.licence),
        .software = STR(ANNALS_VERSION),
        .path = x->match.stem,
        .version = x->version,
        .recorded = summary.recorded,
        .events = summary.events,
        .first_date = summary.first_date,
        .last_date = summary.last_date,
        .timeline_integrity = asset_integrity(x->api->assets, x->api->asset_count, ASSET_TIMELINE)};
    read_asked(x, site);
    site->reading = names_reading(x);
    find_names(x, page, site);
    page->site = site;
    if (page->links.n == 0)
        page->links = links_write(x, page->next);
    add_oembed(x, page, site);
    return true;
}

/* ---- fields left empty ---- */

static bool is_empty_field(struct call *x, str piece)
{
    str name, text;
    if (!str_cut(piece, '=', &name, &text) || text.n > 0)
        return false;
    return html_form_has(decoded(x->arena, name));
}

/* Before the query is understood, which the fields left empty would prevent. */
bool site_is_for_people(struct call *x)
{
    str piece, name, text, asked = x->match.suffix, rest = x->query;
    bool more = rest.n > 0;
    while (more && asked.n == 0) {
        more = str_cut(rest, '&', &piece, &rest);
        if (str_cut(piece, '=', &name, &text) && str_eq(name, STR("format")))
            asked = text;
    }
    bool html = asked.n > 0 ? str_eq(asked, STR("html"))
                            : negotiate_accepted(x->rq) & FORMAT_BIT(FORMAT_HTML);
    return html && x->route->formats & FORMAT_BIT(FORMAT_HTML);
}

bool site_tidied(struct call *x)
{
    struct buf to;
    str piece, rest = x->query;
    bool more = rest.n > 0, any = false;
    if (!site_is_for_people(x))
        return false;
    buf_init(&to, (size_t)64 * 1024);
    percent_clean(&to, x->path);
    char before = '?';
    while (more) {
        more = str_cut(rest, '&', &piece, &rest);
        if (is_empty_field(x, piece)) {
            any = true;
        } else if (piece.n > 0) {
            buf_add_char(&to, before);
            buf_add(&to, piece);
            before = '&';
        }
    }
    any = any && to.n <= LONGEST_ADDRESS && !buf_failed(&to);
    if (any) {
        x->out->status = 303;
        answer_header(x->out, "Location", arena_copy(x->arena, buf_str(&to)));
        answer_header(x->out, "Cache-Control", STR("no-cache"));
    }
    buf_free(&to);
    return any;
}
