#include "render/landing.h"

#include "base/jout.h"
#include "model/event.h"

static void json_facts(struct jout *j, const struct landing *l)
{
    jout_member_str_or_null(j, "licence", l->licence);
    jout_key(j, "software");
    jout_object(j);
    jout_member_text(j, "name", "Annals");
    jout_member_str(j, "version", l->software_version);
    jout_object_end(j);
    jout_member_i64(j, "version", l->version);
    jout_key(j, "recorded");
    if (l->recorded > 0) {
        struct buf stamp;
        buf_init(&stamp, 64);
        event_write_instant(&stamp, l->recorded);
        jout_str(j, buf_str(&stamp));
        buf_free(&stamp);
    } else {
        jout_null(j);
    }
    jout_key(j, "counts");
    jout_object(j);
    for (size_t i = 0; i < l->count_count; i++)
        jout_member_i64(j, l->counts[i].what, l->counts[i].n);
    jout_object_end(j);
    jout_member_str_or_null(j, "first_date", l->first_date);
    jout_member_str_or_null(j, "last_date", l->last_date);
}

static void json_guide(struct jout *j, const struct landing *l)
{
    jout_key(j, "examples");
    jout_array(j);
    for (size_t i = 0; i < l->example_count; i++) {
        jout_object(j);
        jout_member_str(j, "question", l->examples[i].question);
        jout_member_str(j, "href", l->examples[i].href);
        jout_object_end(j);
    }
    jout_array_end(j);
    jout_key(j, "filters");
    jout_object(j);
    for (size_t i = 0; i < l->filter_count; i++)
        jout_member_text(j, l->filters[i].name, l->filters[i].meaning);
    jout_object_end(j);
    jout_member_str(j, "formats", l->formats);
}

void landing_write_json(struct buf *out, const struct landing *l)
{
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    jout_member_str(&j, "title", l->title);
    jout_member_str(&j, "description", l->description);
    json_facts(&j, l);
    json_guide(&j, l);
    jout_key(&j, "links");
    jout_array(&j);
    for (size_t i = 0; i < l->link_count; i++) {
        const struct landing_link *link = &l->links[i];
        jout_object(&j);
        jout_member_text(&j, "rel", link->rel);
        jout_member_text(&j, "href", link->href);
        jout_member_text(&j, "type", link->type);
        jout_member_text(&j, "title", link->title);
        jout_object_end(&j);
    }
    jout_array_end(&j);
    jout_object_end(&j);
}

/* Text that stands in HTML, attributes in double quotes included. */
static void html_text(struct buf *out, str text)
{
    for (size_t i = 0; i < text.n; i++) {
        switch (text.p[i]) {
        case '&':
            buf_add(out, STR("&amp;"));
            break;
        case '<':
            buf_add(out, STR("&lt;"));
            break;
        case '>':
            buf_add(out, STR("&gt;"));
            break;
        case '"':
            buf_add(out, STR("&quot;"));
            break;
        default:
            buf_add_char(out, text.p[i]);
        }
    }
}

static void html_element(struct buf *out, const char *before, str text, const char *after)
{
    buf_add(out, str_from(before));
    html_text(out, text);
    buf_add(out, str_from(after));
}

static const char head[] =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<style>\n"
    ":root{color-scheme:light dark}\n"
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2.5rem auto;padding:0 1rem}\n"
    "h1{line-height:1.2;margin-bottom:.25rem}h2{font-size:1.1rem;margin-top:2rem}\n"
    "code{font-size:.9em;overflow-wrap:anywhere}dt{font-weight:600}dd{margin:0 0 .5rem 0}\n"
    "table{border-collapse:collapse}td{padding:.15rem 1rem .15rem 0;vertical-align:top}\n"
    "td code{overflow-wrap:normal}.n{text-align:right;font-variant-numeric:tabular-nums}\n"
    "</style>\n";

static void html_counts(struct buf *out, const struct landing *l)
{
    buf_add(out, STR("<h2>What is here</h2>\n<table>\n"));
    for (size_t i = 0; i < l->count_count; i++)
        buf_printf(out, "<tr><td class=\"n\">%lld<td><a href=\"/v1/%s\">%s</a>\n",
                   (long long)l->counts[i].n, l->counts[i].what, l->counts[i].what);
    buf_add(out, STR("</table>\n"));
    if (l->first_date.n > 0 || l->last_date.n > 0) {
        html_element(out, "<p>From ", l->first_date.n ? l->first_date : STR("an open start"), " ");
        html_element(out, "to ", l->last_date.n ? l->last_date : STR("an open end"), ".");
    }
    buf_printf(out, "\n<p>Version %lld of the store", (long long)l->version);
    if (l->licence.n > 0)
        html_element(out, ", ", l->licence, "");
    html_element(out, ". Served by Annals ", l->software_version, ".\n");
}

void landing_write_html(struct buf *out, const struct landing *l)
{
    buf_add(out, str_from(head));
    html_element(out, "<title>", l->title, "</title>\n");
    html_element(out, "<h1>", l->title, "</h1>\n");
    html_element(out, "<p>", l->description, "\n");
    html_counts(out, l);
    buf_add(out, STR("<h2>Try</h2>\n<dl>\n"));
    for (size_t i = 0; i < l->example_count; i++) {
        html_element(out, "<dt>", l->examples[i].question, "\n");
        html_element(out, "<dd><a href=\"", l->examples[i].href, "\">");
        html_element(out, "<code>", l->examples[i].href, "</code></a>\n");
    }
    buf_add(out, STR("</dl>\n<h2>Filters</h2>\n<table>\n"));
    for (size_t i = 0; i < l->filter_count; i++) {
        html_element(out, "<tr><td><code>", str_from(l->filters[i].name), "</code>");
        html_element(out, "<td>", str_from(l->filters[i].meaning), "\n");
    }
    html_element(out, "</table>\n<p>Formats: ", l->formats,
                 ". The same page as JSON: <a href=\"/?format=json\"><code>/?format=json</code></a>"
                 "\n</html>\n");
}
