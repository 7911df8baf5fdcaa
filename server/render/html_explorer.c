#include "render/html_explorer.h"

#include "base/err.h"
#include "base/jvalue.h"
#include "render/html.h"
#include "render/html_date.h"
#include "render/html_events.h"
#include "render/html_form.h"
#include "render/html_links.h"
#include "render/html_refusal.h"
#include "render/landing.h"

/* Questions of the first page: more stand in its JSON. */
#define EXAMPLES 3
/* Bytes of the title of an error, at most. */
#define LONGEST_TITLE 200

void html_explorer_head(struct buf *out, const struct page *page)
{
    if (page->landing != NULL)
        buf_add(out, STR("<link rel=\"service-desc\" type=\"application/json\" "
                         "href=\"/openapi.json\">\n"
                         "<link rel=\"service-doc\" type=\"text/html\" href=\"/docs\">\n"));
    buf_add(out, STR("<link rel=\"stylesheet\" href=\"/assets/explorer.css\">\n"
                     "<link rel=\"modulepreload\" href=\"/annals-timeline.js\">\n"
                     "<script type=\"module\" src=\"/assets/explorer.js\"></script>\n"));
}

void html_explorer_header(struct buf *out, const struct page *page)
{
    html_form_search(out, page);
    html_links_view(out, page);
}

/* ---- what is asked ---- */

/* The question as a heading: it begins with a capital. */
static void heading(struct buf *out, const struct page *page)
{
    struct buf sentence;
    str said = jvalue_member(page->query, "description");
    buf_init(&sentence, said.n + page->site->store_title.n + LONGEST_TITLE);
    if (page->landing != NULL)
        buf_add(&sentence, page->site->store_title);
    else if (page->refused != NULL)
        buf_add(&sentence, str_from(err_title(page->refused->code)));
    else
        jvalue_decode(&sentence, jvalue_says(said) ? said : STR("\"events\""));
    if (page->landing == NULL && sentence.n > 0 && sentence.p[0] >= 'a' && sentence.p[0] <= 'z')
        sentence.p[0] = (char)(sentence.p[0] - 'a' + 'A');
    html_put(out, "<h1 id=\"what\" dir=\"auto\">", buf_str(&sentence), "</h1>\n");
    buf_free(&sentence);
}

static void count(struct buf *out, const struct page *page)
{
    buf_add(out, STR("<p>"));
    html_number(out, (long long)page->n);
    buf_add(out, page->n == 1 ? STR(" event") : STR(" events"));
    if (page->matched >= 0 && (size_t)page->matched > page->n) {
        buf_add(out, STR(" of "));
        html_number(out, (long long)page->matched);
    } else if (page->next.n > 0) {
        buf_add(out, STR(" on this page, more follow"));
    }
    buf_add(out, STR("</p>\n"));
}

/* ---- what is here ---- */

static void day(struct buf *out, str text, const char *otherwise)
{
    struct buf quoted;
    if (text.n == 0) {
        buf_add(out, str_from(otherwise));
        return;
    }
    buf_init(&quoted, text.n + 8);
    buf_printf(&quoted, "\"%.*s\"", STR_ARG(text));
    html_date_words(out, buf_str(&quoted));
    buf_free(&quoted);
}

static void counts(struct buf *out, const struct landing *l)
{
    buf_add(out, STR("<p class=\"lead\">Events in time: who says that they happened, when, and in "
                     "which words.</p>\n<ul class=\"counts\">\n"));
    for (size_t i = 0; i < l->count_count; i++) {
        buf_printf(out, "<li><a href=\"/v1/%s\"><b>", l->counts[i].what);
        html_number(out, (long long)l->counts[i].n);
        buf_printf(out, "</b> %s</a></li>\n", l->counts[i].what);
    }
    buf_add(out, STR("</ul>\n"));
    if (l->first_date.n == 0 && l->last_date.n == 0)
        return;
    buf_add(out, STR("<p>From "));
    day(out, l->first_date, "an open start");
    buf_add(out, STR(" to "));
    day(out, l->last_date, "an open end");
    buf_add(out, STR(".</p>\n"));
}

static void examples(struct buf *out, const struct landing *l)
{
    buf_add(out, STR("<details><summary>Questions to try</summary>\n<dl>\n"));
    for (size_t i = 0; i < l->example_count && i < EXAMPLES; i++) {
        html_put(out, "<dt>", l->examples[i].question, "</dt><dd><a href=\"");
        html_address(out, l->examples[i].href);
        html_put(out, "\"><code>", l->examples[i].href, "</code></a></dd>\n");
    }
    buf_add(out, STR("</dl>\n<p>The <a href=\"/docs\">reference</a> says how to ask; this page "
                     "for programs: <a href=\"/?format=json\"><code>/?format=json</code></a>.</p>\n"
                     "</details>\n"));
}

/* ---- the page ---- */

/* Where the script begins, and what it needs to know of the store. */
static void mount(struct buf *out, const struct page_site *site)
{
    buf_printf(out, "<div id=\"explorer\" hidden data-version=\"%lld\" data-events=\"%lld\"",
               (long long)site->version, (long long)site->events);
    html_put(out, " data-title=\"", site->store_title, "\"");
    html_put(out, " data-licence=\"", site->licence, "\"");
    html_put(out, " data-first=\"", site->first_date, "\"");
    html_put(out, " data-last=\"", site->last_date, "\"");
    html_put(out, " data-integrity=\"", site->timeline_integrity, "\"></div>\n");
}

static void nothing(struct buf *out, const struct page *page)
{
    if (page->site->events == 0)
        buf_add(out, STR("<p class=\"lead\">There is no event in this store yet. Load some:</p>\n"
                         "<pre><code>annals load FILE</code></pre>\n"));
    else
        buf_add(out, STR("<p class=\"lead\">No event answers this. Take away one of the filters "
                         "above, or ask for a wider date. <a href=\"/v1/events\">All "
                         "events</a></p>\n"));
}

void html_explorer_body(struct buf *out, const struct page *page)
{
    const struct landing *landing = page->landing;
    heading(out, page);
    mount(out, page->site);
    buf_add(out, STR("<div id=\"plain\">\n"));
    if (landing != NULL)
        counts(out, landing);
    if (page->refused != NULL)
        html_refusal(out, page);
    html_form_asked(out, page);
    html_form_more(out, page);
    if (page->n > 0) {
        buf_add(out, STR("<div class=\"bar\">"));
        count(out, page);
        html_links_formats(out, page);
        buf_add(out, STR("</div>\n<noscript>"));
        html_links_drawing(out, page, "A drawn timeline of the events that are listed below");
        buf_add(out, STR("</noscript>\n"));
        html_events_items(out, page);
        html_links_next(out, page);
    } else if (page->refused == NULL) {
        nothing(out, page);
    }
    if (landing != NULL)
        examples(out, landing);
    buf_add(out, STR("</div>\n"));
}
