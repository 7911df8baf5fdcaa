#include "api/docs.h"

#include <inttypes.h>
#include <string.h>

#include "api/answer.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/openapi.h"
#include "api/shape.h"
#include "render/html.h"
#include "render/html_frame.h"

#define LARGEST ((size_t)4 * 1024 * 1024)

static const char *method_name(enum api_method m)
{
    static const char *const names[] = {
#define X(value, name) name,
        API_METHOD_TABLE(X)
#undef X
    };
    return m < API_OTHER ? names[m] : "";
}

/* ---- addresses ---- */

/* A query that makes the example of a list telling. */
static void add_question(struct buf *out, const struct route *route, const struct example_ids *ids)
{
    str path = str_from(route->path);
    if (str_ends(path, STR("/suggest")) && ids->word.n > 0)
        buf_printf(out, "?q=%.*s", STR_ARG(str_sub(ids->word, 0, 3)));
    else if (str_ends(path, STR("/changes")))
        buf_add(out, STR("?since=0"));
    else if (openapi_has(route, PARAM_URL))
        buf_add(out, STR("?url=/v1/events"));
    else if (openapi_has(route, PARAM_DATE) && ids->year.n > 0)
        buf_printf(out, "?date=%.*s", STR_ARG(ids->year));
    else if (openapi_has(route, PARAM_BINS))
        buf_add(out, STR("?bins=12"));
    else if (openapi_has(route, PARAM_LIMIT))
        buf_add(out, STR("?limit=5"));
}

bool docs_example(struct buf *out, const struct route *route, const struct example_ids *ids)
{
    const char *open = strchr(route->path, '{');
    str id = example_of_path(route, ids);
    if (route->method != API_GET || (open != NULL && id.n == 0))
        return false;
    if (str_ends(str_from(route->path), STR("/suggest")) && ids->word.n == 0)
        return false;
    if (open == NULL) {
        buf_add(out, str_from(route->path));
    } else {
        buf_add(out, (str){route->path, (size_t)(open - route->path)});
        html_segment(out, id);
        buf_add(out, str_from(strchr(open, '}') + 1));
    }
    add_question(out, route, ids);
    return true;
}

static void curl(struct buf *out, const struct route *route, str address)
{
    if (route->method == API_GET) {
        html_put(out, "<pre><code>curl \"$ANNALS_URL", address, "\"</code></pre>\n");
        return;
    }
    buf_printf(out, "<pre><code>curl -X %s -H \"Authorization: Bearer $ANNALS_TOKEN\"",
               method_name(route->method));
    if (route->body_cap > 0)
        buf_add(out,
                STR(" \\\n  -H \"Content-Type: application/json\" --data-binary @source.json"));
    html_put(out, " \\\n  \"$ANNALS_URL", str_from(route->path), "\"</code></pre>\n");
}

static void parameters_of(struct buf *out, const struct route *route)
{
    bool any = false;
    for (unsigned p = 0; p < PARAMETERS; p++) {
        if (!openapi_has(route, (enum parameter)p))
            continue;
        const char *name = parameter_name((enum parameter)p);
        buf_printf(out, "%s<a href=\"#parameter-%s\"><code>%s</code></a>",
                   any ? " " : "<dt>parameters</dt><dd>", name, name);
        any = true;
    }
    if (route->terms) {
        size_t n;
        const char *const *terms = store_item_terms((enum item_kind)route->detail, &n);
        for (size_t i = 0; i < n; i++)
            buf_printf(out, " <a href=\"#filters-%u\"><code>%s</code></a>", (unsigned)route->detail,
                       terms[i]);
    }
    buf_add(out, any ? STR("</dd>\n") : STR(""));
}

static void formats_of(struct buf *out, const struct route *route)
{
    buf_add(out, STR("<dt>formats</dt><dd>"));
    for (unsigned f = 0, n = 0; f < FORMATS; f++)
        if (route->formats & FORMAT_BIT(f))
            buf_printf(out, "%s<a href=\"#format-%s\">%s</a>", n++ ? ", " : "",
                       format_name((enum format)f).p, format_name((enum format)f).p);
    buf_add(out, STR("</dd>\n"));
}

static void address(struct buf *out, const struct route *route, const struct example_ids *ids)
{
    struct buf name, example;
    buf_init(&name, 200);
    buf_init(&example, 2000);
    openapi_operation(&name, route);
    html_put(out, "<section class=\"route\" id=\"", buf_str(&name), "\">");
    buf_printf(out, "<h3><span class=\"verb\">%s</span> <code>%s</code></h3>\n<p>%s.</p>\n<dl>\n",
               method_name(route->method), route->path, route->about);
    formats_of(out, route);
    parameters_of(out, route);
    bool shown = docs_example(&example, route, ids);
    if (shown) {
        buf_add(out, STR("<dt>example</dt><dd><a href=\""));
        html_address(out, buf_str(&example));
        html_put(out, "\"><code>", buf_str(&example), "</code></a></dd>\n");
    }
    buf_add(out, STR("</dl>\n"));
    if (shown || route->kind == ROUTE_WRITE)
        curl(out, route, buf_str(&example));
    buf_add(out, STR("</section>\n"));
    buf_free(&name);
    buf_free(&example);
}

/* ---- parameters ---- */

static void values(struct buf *out, enum parameter p, const struct route *route)
{
    struct shape s = shape_of(p, route);
    if (s.kind == SHAPE_WORD) {
        buf_add(out, STR("<dt>values</dt><dd>"));
        for (size_t i = 0; s.words(i) != NULL; i++)
            html_put(out, i ? " <code>" : "<code>", str_from(s.words(i)), "</code>");
        buf_add(out, STR("</dd>\n"));
    } else if (s.kind == SHAPE_NUMBER && s.most < INT64_MAX) {
        buf_printf(out, "<dt>values</dt><dd>%" PRId64 " to %" PRId64 "%s</dd>\n", s.least, s.most,
                   s.or_all ? ", or <code>all</code>" : "");
    } else if (s.kind == SHAPE_NUMBER) {
        buf_printf(out, "<dt>values</dt><dd>%" PRId64 " and more</dd>\n", s.least);
    } else if (s.kind == SHAPE_FLAG) {
        buf_add(out, STR("<dt>values</dt><dd><code>true</code> <code>false</code>; alone it means "
                         "true</dd>\n"));
    }
}

static void several(struct buf *out, const char *name, unsigned flags)
{
    if (!(flags & PARAMETER_SET))
        return;
    buf_add(out, STR("<dt>several</dt><dd>"));
    if (flags & PARAMETER_LIST)
        buf_add(out, STR("a comma: any of them"));
    if (flags & PARAMETER_MANY)
        buf_printf(out, "%srepeated: all of them", flags & PARAMETER_LIST ? "; " : "");
    if (flags & PARAMETER_NOT)
        buf_printf(out, "; <code>%s__not</code>: none of them", name);
    buf_add(out, STR("</dd>\n"));
}

static void parameter(struct buf *out, enum parameter p, const struct example_ids *ids)
{
    const struct route *route = openapi_taken_by(p);
    const char *name = parameter_name(p);
    struct buf facts;
    if (route == NULL)
        return;
    buf_printf(out, "<section class=\"route\" id=\"parameter-%s\"><h3><code>%s</code></h3>\n", name,
               name);
    html_put(out, "<p>", str_from(parameter_meaning(p)), ".</p>\n");
    buf_init(&facts, (size_t)64 * 1024);
    values(&facts, p, route);
    several(&facts, name, parameter_flags(p));
    str example = example_of_parameter(route, p, ids);
    bool shown = example.n > 0 && (p != PARAM_BY || ids->year.n > 0);
    if (shown && route->kind == ROUTE_READ && strchr(route->path, '{') == NULL) {
        struct buf at;
        buf_init(&at, 2000);
        buf_printf(&at, "%s?%s=", route->path, name);
        html_segment(&at, example);
        /* Months of a whole store can be more than are counted. */
        if (p == PARAM_BY)
            buf_printf(&at, "&date=%.*s", STR_ARG(ids->year));
        buf_add(&facts, STR("<dt>example</dt><dd><a href=\""));
        html_address(&facts, buf_str(&at));
        html_put(&facts, "\"><code>", buf_str(&at), "</code></a></dd>\n");
        buf_free(&at);
    }
    if (facts.n > 0) {
        buf_add(out, STR("<dl>\n"));
        buf_add(out, buf_str(&facts));
        buf_add(out, STR("</dl>\n"));
    }
    buf_add(out, STR("</section>\n"));
    buf_free(&facts);
}

static void filters_of_items(struct buf *out, const struct example_ids *ids)
{
    static const char *const kinds[] = {
#define X(kind, segment) segment,
        ITEM_TABLE(X)
#undef X
    };
    buf_add(out, STR("<h2 id=\"filters\">Filters on the rest</h2>\n<p>Each of them takes commas, "
                     "may be repeated, and has its <code>__not</code>.</p>\n"));
    for (unsigned kind = 0; kind < ITEM_KINDS; kind++) {
        size_t n;
        const char *const *terms = store_item_terms((enum item_kind)kind, &n);
        buf_printf(out, "<section class=\"route\" id=\"filters-%u\"><h3>%s</h3>\n<dl>\n", kind,
                   kinds[kind]);
        for (size_t i = 0; i < n; i++) {
            str example = example_of_term((enum item_kind)kind, terms[i], ids);
            buf_printf(out, "<dt><code>%s</code></dt><dd>", terms[i]);
            if (example.n > 0) {
                buf_printf(out, "<a href=\"/v1/%s?%s=", kinds[kind], terms[i]);
                html_segment(out, example);
                buf_printf(out, "\"><code>/v1/%s?%s=", kinds[kind], terms[i]);
                html_put(out, "", example, "</code></a>");
            }
            buf_add(out, STR("</dd>\n"));
        }
        buf_add(out, STR("</dl></section>\n"));
    }
}

/* ---- formats and problems ---- */

/* The formats that are given anywhere. */
static unsigned built_formats(void)
{
    size_t n;
    unsigned set = 0;
    const struct route *routes = route_table(&n);
    for (size_t i = 0; i < n; i++)
        if (routes[i].handler != NULL)
            set |= routes[i].formats;
    return set;
}

static void formats(struct buf *out)
{
    buf_add(out, STR("<h2 id=\"formats\">Formats</h2>\n<p>By the suffix of the path "
                     "(<code>/v1/events.csv</code>), else by <code>format=</code>, else by "
                     "<code>Accept</code>: HTML where <code>text/html</code> is listed, else JSON "
                     "where any JSON is, else NDJSON, CSV, plain text, else JSON.</p>\n"
                     "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Name</th>"
                     "<th scope=\"col\">Media type</th></tr></thead>\n<tbody>\n"));
    for (unsigned f = 0; f < FORMATS; f++)
        if (built_formats() & FORMAT_BIT(f)) {
            str name = format_name((enum format)f);
            buf_printf(out, "<tr id=\"format-%s\"><th scope=\"row\">%s</th>", name.p, name.p);
            html_put(out, "<td><code>", format_type((enum format)f), "</code></td></tr>\n");
        }
    buf_add(out, STR("</tbody></table></div>\n"));
}

static void problems(struct buf *out)
{
    buf_add(out, STR("<h2 id=\"problems\">Problems</h2>\n<p>Every error is "
                     "<code>application/problem+json</code> (RFC 9457), whatever format was asked "
                     "for. Its <code>type</code> leads to one of these.</p>\n"));
    for (unsigned code = ERR_NONE + 1; code <= ERR_DEADLINE; code++) {
        enum err_code c = (enum err_code)code;
        buf_printf(out, "<section class=\"route\" id=\"%s\"><h3>%d <code>%s</code></h3>\n",
                   err_slug(c), err_status(c), err_slug(c));
        html_put(out, "<p><b>", str_from(err_title(c)), ".</b> ");
        html_put(out, "", str_from(docs_problem(c)), "</p></section>\n");
    }
}

/* ---- the page ---- */

static void opening(struct buf *out, const struct docs_facts *f)
{
    buf_add(out, STR("<h1>Reference</h1>\n<p class=\"lead\">Every address, parameter, format and "
                     "problem of this server, with examples that run against this very store. "
                     "The same for programs: <a href=\"/openapi.json\">openapi.json</a>.</p>\n"
                     "<ul class=\"inline\"><li><a href=\"#addresses\">Addresses</a></li>"
                     "<li><a href=\"#parameters\">Parameters</a></li>"
                     "<li><a href=\"#filters\">Filters on the rest</a></li>"
                     "<li><a href=\"#formats\">Formats</a></li>"
                     "<li><a href=\"#problems\">Problems</a></li></ul>\n"
                     "<h2>Begin</h2>\n<pre><code>"));
    html_put(out, "ANNALS_URL=", f->public_url.n > 0 ? f->public_url : STR("http://127.0.0.1:8080"),
             "   # where you reach this page\n");
    if (f->ids.year.n > 0)
        html_put(out, "curl \"$ANNALS_URL/v1/events?date=", f->ids.year, "&amp;pretty\"\n");
    if (f->ids.items[ITEM_ACTOR].n > 0)
        html_put(out, "curl \"$ANNALS_URL/v1/events.csv?actor=", f->ids.items[ITEM_ACTOR], "\"\n");
    buf_add(out, STR("curl \"$ANNALS_URL/v1/events?limit=3\" -H \"Accept: application/x-ndjson\""
                     "</code></pre>\n"
                     "<p>A comma means any of (<code>actor=aze,tur</code>), a repeated parameter "
                     "all of (<code>actor=aze&amp;actor=tur</code>), different parameters must all "
                     "hold, <code>__not</code> behind the name none of "
                     "(<code>type__not=consult</code>). What is not known is a 400 that names it "
                     "and the nearest that is; nothing is ignored in silence, but for fields of a "
                     "form that were left empty.</p>\n"
                     "<p>A list ends with <code>next</code>, the address of its next page, which "
                     "stays at the version that the first page was read at. <code>as_of</code> "
                     "asks any earlier version. Every answer has an <code>ETag</code>.</p>\n"));
}

void docs_write(struct buf *out, const struct docs_facts *f)
{
    const struct html_frame frame = {.title = STR("Reference"),
                                     .store_title = f->title,
                                     .section = STR("docs"),
                                     .licence = f->licence,
                                     .software = f->software,
                                     .version = f->version};
    size_t n;
    const struct route *routes = route_table(&n);
    html_frame_begin(out, &frame);
    opening(out, f);
    buf_add(out, STR("<h2 id=\"addresses\">Addresses</h2>\n"));
    for (size_t i = 0; i < n; i++)
        if (routes[i].handler != NULL)
            address(out, &routes[i], &f->ids);
    buf_add(out, STR("<h2 id=\"parameters\">Parameters</h2>\n"));
    for (unsigned p = 0; p < PARAMETERS; p++)
        parameter(out, (enum parameter)p, &f->ids);
    filters_of_items(out, &f->ids);
    formats(out);
    problems(out);
    html_frame_end(out, &frame);
}

bool docs_page(struct call *x)
{
    struct docs_facts facts = {.title = str_from(x->api->settings.title),
                               .licence = str_from(x->api->settings.licence),
                               .software = STR(ANNALS_VERSION),
                               .public_url = str_from(x->api->settings.public_url),
                               .version = x->version};
    struct buf body;
    if (!example_find(x->reader, x->version, x->arena, &facts.ids, &x->err))
        return false;
    buf_init(&body, LARGEST);
    docs_write(&body, &facts);
    answer_policy(x);
    return answer_buf(x, format_type(FORMAT_HTML), &body);
}
