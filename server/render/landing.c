#include "render/landing.h"

#include "base/jout.h"
#include "model/event.h"
#include "render/html.h"
#include "render/html_date.h"
#include "render/html_frame.h"

static void json_facts(struct jout *j, const struct landing *l)
{
    jout_member_str_or_null(j, "licence", l->licence);
    jout_key(j, "software");
    jout_object(j);
    jout_member_text(j, "name", "Annals");
    jout_member_str(j, "version", l->software_version);
    jout_object_end(j);
    jout_member_str(j, "store", l->store_id);
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

/* ---- the page ---- */

static void html_day(struct buf *out, str day, const char *otherwise)
{
    struct buf quoted;
    if (day.n == 0) {
        buf_add(out, str_from(otherwise));
        return;
    }
    buf_init(&quoted, day.n + 8);
    buf_printf(&quoted, "\"%.*s\"", STR_ARG(day));
    html_date_words(out, buf_str(&quoted));
    buf_free(&quoted);
}

static void html_counts(struct buf *out, const struct landing *l)
{
    buf_add(out, STR("<h2>What is here</h2>\n<ul class=\"counts\">\n"));
    for (size_t i = 0; i < l->count_count; i++) {
        buf_printf(out, "<li><a href=\"/v1/%s\"><b>", l->counts[i].what);
        html_number(out, (long long)l->counts[i].n);
        buf_printf(out, "</b> %s</a></li>\n", l->counts[i].what);
    }
    buf_add(out, STR("</ul>\n"));
    if (l->first_date.n == 0 && l->last_date.n == 0)
        return;
    buf_add(out, STR("<p>From "));
    html_day(out, l->first_date, "an open start");
    buf_add(out, STR(" to "));
    html_day(out, l->last_date, "an open end");
    buf_add(out, STR(".</p>\n"));
}

static void html_search(struct buf *out)
{
    buf_add(out,
            STR("<form method=\"get\" role=\"search\" action=\"/v1/events\"><div class=\"row\">\n"
                "<label>Words <input type=\"search\" name=\"q\" "
                "placeholder=\"words, &quot;a phrase&quot;, prefix*\"></label>\n"
                "<label>Date <input type=\"text\" name=\"date\" "
                "placeholder=\"2021-06, 1846/1851, 2021-06/..\" autocomplete=\"off\" "
                "spellcheck=\"false\"></label>\n"
                "<div><button>Show events</button></div>\n</div></form>\n"));
}

static void html_examples(struct buf *out, const struct landing *l)
{
    buf_add(out, STR("<h2>Try</h2>\n<dl>\n"));
    for (size_t i = 0; i < l->example_count; i++) {
        html_put(out, "<dt>", l->examples[i].question, "</dt><dd><a href=\"");
        html_address(out, l->examples[i].href);
        html_put(out, "\"><code>", l->examples[i].href, "</code></a></dd>\n");
    }
    buf_add(out, STR("</dl>\n"));
}

void landing_write_html(struct buf *out, const struct landing *l)
{
    const struct html_frame frame = {
        .store_title = l->title,
        .licence = l->licence,
        .software = l->software_version,
        .version = l->version,
        .recorded = l->recorded,
        .head = STR("<link rel=\"service-desc\" type=\"application/json\" href=\"/openapi.json\">\n"
                    "<link rel=\"service-doc\" type=\"text/html\" href=\"/docs\">\n"),
    };
    html_frame_begin(out, &frame);
    html_put(out, "<h1>", l->title, "</h1>\n");
    html_put(out, "<p class=\"lead\">", l->description, "</p>\n");
    html_search(out);
    html_counts(out, l);
    html_examples(out, l);
    buf_add(out, STR("<h2>Filters</h2>\n<dl>\n"));
    for (size_t i = 0; i < l->filter_count; i++) {
        buf_printf(out, "<dt><a href=\"/docs#parameter-%s\"><code>%s</code></a></dt>",
                   l->filters[i].name, l->filters[i].name);
        html_put(out, "<dd>", str_from(l->filters[i].meaning), "</dd>\n");
    }
    html_put(out, "</dl>\n<p>Formats: ", l->formats,
             ". The <a href=\"/docs\">reference</a> says all of it; this page as JSON: "
             "<a href=\"/?format=json\"><code>/?format=json</code></a>.</p>\n");
    html_frame_end(out, &frame);
}
