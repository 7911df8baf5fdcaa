/* How to embed an address of this server. */
#include "render/oembed.h"

#include "api/answer.h"
#include "api/call.h"
#include "api/etag.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/links.h"
#include "api/names.h"
#include "api/percent.h"
#include "api/words.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "model/document.h"

/* Pixels, unless asked otherwise. */
#define WIDTH 800
#define HEIGHT 450
/* Problems of the address that are told. */
#define TOLD 5

/* The address, taken apart. All but base is still percent-encoded. */
struct address {
    str base; /* "https://host" */
    str path;
    str query;
    str fragment;
};

/* ---- whose address ---- */

static bool refuse(struct call *x, const char *detail)
{
    struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("url"), x->question.url,
                                    "%s", detail);
    problem_hint(&x->problems, p, "such as url=%.*s/v1/events", STR_ARG(links_base(x)));
    return false;
}

static const struct scheme {
    str name, port; /* that it stands for */
} schemes[] = {{STR_INIT("https://"), STR_INIT(":443")}, {STR_INIT("http://"), STR_INIT(":80")}};

/* A host without the port that goes without saying. */
static str without_port(str host, const struct scheme *s)
{
    return str_ends(host, s->port) ? str_sub(host, 0, host.n - s->port.n) : host;
}

/* The host of a web address and what stands behind it; NULL for any other address. */
static const struct scheme *split(str url, str *host, str *rest)
{
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        const struct scheme *s = &schemes[i];
        if (!str_eq_nocase(str_sub(url, 0, s->name.n), s->name))
            continue;
        size_t end = s->name.n;
        while (end < url.n && str_find(STR("/?#"), url.p[end]) == 3)
            end++;
        *host = without_port(str_sub(url, s->name.n, end - s->name.n), s);
        *rest = str_sub(url, end, url.n);
        return s;
    }
    return NULL;
}

/* Whether a path is below another one; *rest is what stands behind that. */
static bool is_below(str path, str above, str *rest)
{
    *rest = str_sub(path, above.n, path.n);
    return str_starts(path, above) && (rest->n == 0 || str_find(STR("/?#"), rest->p[0]) < 3);
}

/* Below the public address of the server, or by the Host that the request names. */
static bool is_ours(struct call *x, str url, str *base, str *rest)
{
    str asked = str_trim(api_header_get(x->rq, "Host")), host, path, own, above;
    const struct scheme *s = split(url, &host, &path);
    bool public = x->api->settings.public_url[0] != '\0';
    if (s == NULL || host.n == 0)
        return false;
    if (public && split(*base, &own, &above) != NULL && str_eq_nocase(host, own) &&
        is_below(path, above, rest))
        return true;
    *rest = path;
    if (!str_eq_nocase(host, without_port(asked, s)))
        return false;
    if (!public)
        *base = arena_printf(x->arena, "%.*s%.*s", STR_ARG(s->name), STR_ARG(asked));
    return true;
}

static bool take_apart(struct call *x, struct address *out)
{
    str url = x->question.url, rest = url, host, ignored;
    bool path = str_starts(url, STR("/")) && !str_starts(url, STR("//"));
    out->base = links_base(x);
    if (!path && !is_ours(x, url, &out->base, &rest)) {
        if (split(url, &host, &ignored) != NULL)
            return err_set(&x->err, ERR_NOT_FOUND, "The address is not one of this server, %.*s.",
                           STR_ARG(out->base));
        return refuse(x, "not an address of this server");
    }
    struct buf clean;
    buf_init(&clean, 3 * rest.n + 1);
    percent_clean(&clean, rest);
    rest = arena_copy(x->arena, buf_str(&clean));
    buf_free(&clean);
    str_cut(rest, '#', &rest, &out->fragment);
    str_cut(rest, '?', &out->path, &out->query);
    if (out->path.n == 0)
        out->path = STR("/");
    return true;
}

/* ---- what is there ---- */

/* Everything about the address that is wrong is wrong with url=. */
static bool pass_on(struct call *x, const struct call *inner)
{
    for (size_t i = 0; i < inner->problems.n && i < TOLD; i++) {
        const struct problem *wrong = &inner->problems.items[i];
        struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("url"), wrong->value,
                                        "its %.*s: %.*s", STR_ARG(wrong->at),
                                        STR_ARG(wrong->detail));
        if (wrong->hint.n > 0)
            problem_hint(&x->problems, p, "%.*s", STR_ARG(wrong->hint));
    }
    if (inner->err.code != ERR_NONE)
        x->err = inner->err;
    return false;
}

/* Whether a format that is asked for, if any, is that of pages. */
static bool is_page(str format)
{
    return format.n == 0 || str_eq(format, STR("html"));
}

static bool refuse_page(struct call *x, const struct address *a)
{
    return err_set(&x->err, ERR_NOT_FOUND,
                   "What is at %.*s cannot be embedded. What can: the pages of /, /v1/events?…, "
                   "/v1/events/{id} and /embed?….",
                   STR_ARG(str_sub(a->path, 0, 200)));
}

/* Reads the address as if it were asked itself. */
static bool understand(struct call *x, const struct address *a, struct call *inner)
{
    struct arguments arguments;
    *inner = *x;
    inner->path = a->path;
    inner->query = a->query;
    route_find(a->path, &inner->match);
    inner->route = route_of_method(&inner->match, API_GET);
    if (inner->route == NULL ||
        (inner->route->handler != home_page && inner->route->handler != events_list &&
         inner->route->handler != events_get && inner->route->handler != embed_page))
        return refuse_page(x, a);
    problem_init(&inner->problems, x->arena);
    argument_read(a->query, inner->route, x->arena, &inner->problems, &arguments);
    question_read(&arguments, x->arena, &inner->problems, &inner->question);
    inner->question.cursor = (str){0};
    if (!is_page(inner->match.suffix) || !is_page(inner->question.format))
        return refuse_page(x, a);
    if (problem_any(&inner->problems) || !call_version(inner) ||
        (inner->route->handler != events_get && !events_known(inner)))
        return pass_on(x, inner);
    return true;
}

/* The event that the address is of; its id may have become another. */
static bool find_event(struct call *x, struct event_row *row)
{
    struct gone gone;
    str id = x->match.id;
    const struct reading *reading = &x->question.query.reading;
    enum store_found found = store_read_event(x->reader, x->version, reading, id, x->arena, row,
                                              &gone, &x->problems, &x->err);
    if (found == STORE_MOVED) {
        id = gone.canonical;
        found = store_read_event(x->reader, x->version, reading, id, x->arena, row, &gone,
                                 &x->problems, &x->err);
    }
    return found == STORE_FOUND || call_missing(x, "event", id, found, &gone);
}

/* ---- the frame ---- */

static void add(struct buf *out, char *before, const char *name, str value)
{
    if (value.n == 0)
        return;
    buf_printf(out, "%c%s=", *before, name);
    percent_encode(out, value);
    *before = '&';
}

static str decoded(struct call *x, str text)
{
    char *p = arena_alloc(x->arena, text.n + 1);
    size_t n;
    return percent_decode(text, PERCENT_QUERY, p, &n) == NULL ? (str){p, n} : STR("");
}

/* What the explorer keeps in the fragment of its address; it weighs more than what is asked. */
struct view {
    str selected, lanes;
};

static struct view read_view(struct call *x, const struct address *a)
{
    struct view view = {0};
    str piece, rest = a->fragment;
    for (bool more = rest.n > 0; more;) {
        str name, value;
        more = str_cut(rest, '&', &piece, &rest);
        str_cut(piece, '=', &name, &value);
        value = decoded(x, value);
        if (str_eq(name, STR("e")) && document_is_id(value))
            view.selected = value;
        for (size_t i = 0; str_eq(name, STR("lanes")) && words_lanes(i) != NULL; i++)
            if (str_eq(value, str_from(words_lanes(i))))
                view.lanes = value;
    }
    return view;
}

/* The parameters that an embed has too, as they were given. */
static void keep_filters(struct call *x, const struct address *a, const struct view *view,
                         struct buf *out, char *before)
{
    struct route_match embed;
    str piece, rest = a->query, negated = STR("__not");
    route_find(STR("/embed"), &embed);
    for (bool more = rest.n > 0; more;) {
        str name, value;
        enum parameter p;
        more = str_cut(rest, '&', &piece, &rest);
        str_cut(piece, '=', &name, &value);
        name = decoded(x, name);
        if (str_ends(name, negated))
            name = str_sub(name, 0, name.n - negated.n);
        if (!parameter_find(name, &p) || p == PARAM_FORMAT ||
            !(embed.any->parameters & PARAMETER_BIT(p)) ||
            (p == PARAM_SELECTED && view->selected.n > 0) ||
            (p == PARAM_LANES && view->lanes.n > 0))
            continue;
        buf_add_char(out, *before);
        buf_add(out, piece);
        *before = '&';
    }
}

/* row: of the event that is embedded; NULL for the events of a question. */
static str frame_of(struct call *x, const struct address *a, const struct event_row *row)
{
    struct buf href;
    char before = '?';
    buf_init(&href, (size_t)64 * 1024);
    buf_add(&href, a->base);
    buf_add(&href, STR("/embed"));
    if (row != NULL) {
        add(&href, &before, "id", row->id);
        add(&href, &before, "selected", row->id);
        add(&href, &before, "label", utf8_slice(row->title, 0, QUESTION_LONGEST_LABEL / 4));
    }
    const struct view view = row == NULL ? read_view(x, a) : (struct view){0};
    keep_filters(x, a, &view, &href, &before);
    add(&href, &before, "selected", view.selected);
    add(&href, &before, "lanes", view.lanes);
    str frame = arena_copy(x->arena, buf_str(&href));
    buf_free(&href);
    return frame;
}

static str title_of(struct call *inner, const struct event_row *row)
{
    if (row != NULL)
        return row->title;
    if (inner->question.label.n > 0)
        return inner->question.label;
    if (inner->route->handler == home_page)
        return str_from(inner->api->settings.title);
    return names_title(inner);
}

/* The Host is part of the answer: nobody is given that of somebody else. */
static bool add_headers(struct call *x, str base)
{
    uint64_t stamp = hash_table64(x->api->stamp, base);
    x->out->etag = etag_make('o', x->version, stamp, store_id(x->api->store), x->rq, x->arena);
    answer_header(x->out, "ETag", x->out->etag);
    answer_header(x->out, "Cache-Control", STR("no-cache"));
    return answer_not_modified(x);
}

bool oembed_get(struct call *x)
{
    const struct question *q = &x->question;
    struct address address;
    struct event_row row;
    struct buf body;
    if (q->url.n == 0)
        return refuse(x, "there is no address to embed");
    if (!take_apart(x, &address))
        return false;
    struct call *inner = ARENA_NEW(x->arena, struct call);
    if (!understand(x, &address, inner))
        return false;
    bool event = inner->route->handler == events_get;
    if (event && !find_event(inner, &row))
        return pass_on(x, inner);
    if (add_headers(x, address.base))
        return true;
    const struct oembed oembed = {
        .title = title_of(inner, event ? &row : NULL),
        .provider = str_from(x->api->settings.title),
        .home = arena_printf(x->arena, "%.*s/", STR_ARG(address.base)),
        .frame = frame_of(x, &address, event ? &row : NULL),
        .width = q->most_width > 0 && q->most_width < WIDTH ? q->most_width : WIDTH,
        .height = q->most_height > 0 && q->most_height < HEIGHT ? q->most_height : HEIGHT,
    };
    buf_init(&body, ANSWER_LARGEST);
    if (x->format == FORMAT_XML)
        oembed_write_xml(&body, &oembed);
    else
        oembed_write_json(&body, &oembed);
    return answer_buf(x, format_type(x->format), &body);
}
