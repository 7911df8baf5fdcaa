#include "render/html_frame.h"

#include "model/event.h"
#include "render/html.h"
#include "render/html_reference.h"

/* X(section, address, words) */
#define NAVIGATION(X)                                                                              \
    X("events", "/v1/events", "Events")                                                            \
    X("actors", "/v1/actors", "Actors")                                                            \
    X("places", "/v1/places", "Places")                                                            \
    X("sources", "/v1/sources", "Sources")                                                         \
    X("claims", "/v1/claims", "Claims")                                                            \
    X("relations", "/v1/relations", "Relations")                                                   \
    X("disagreements", "/v1/disagreements", "Disagreements")                                       \
    X("types", "/v1/types", "Types")                                                               \
    X("changesets", "/v1/changesets", "Changes")                                                   \
    X("docs", "/docs", "Reference")

static const struct {
    str section;
    str address;
    const char *words;
} entries[] = {
#define X(section, address, words) {STR_INIT(section), STR_INIT(address), words},
    NAVIGATION(X)
#undef X
};

/* The reference is the same at every version; nothing but events is told by accounts. */
static void add_kept(struct buf *out, const struct html_frame *f, str section)
{
    bool begun = false;
    if (str_eq(section, STR("docs")))
        return;
    html_reference_kept(out, "as_of", f->as_of, &begun);
    if (!str_eq(section, STR("events")))
        return;
    html_reference_kept(out, "policy", f->policy, &begun);
    html_reference_kept(out, "known_at", f->known_at, &begun);
}

static void navigation(struct buf *out, const struct html_frame *f)
{
    buf_add(out, STR("<nav aria-label=\"Sections\"><ul>\n"));
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        buf_add(out, STR("<li><a href=\""));
        html_address(out, entries[i].address);
        add_kept(out, f, entries[i].section);
        buf_printf(out, "\"%s>%s</a></li>\n",
                   str_eq(entries[i].section, f->section) ? " aria-current=\"true\"" : "",
                   entries[i].words);
    }
    buf_add(out, STR("</ul></nav>"));
}

void html_frame_begin(struct buf *out, const struct html_frame *f)
{
    buf_add(out, STR("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\n"
                     "<title>"));
    if (f->title.n > 0)
        html_put(out, "", f->title, " · ");
    html_put(out, "", f->store_title, "</title>\n");
    buf_add(out, STR("<link rel=\"stylesheet\" href=\"/assets/page.css\">\n"));
    buf_add(out, f->head);
    buf_add(out, f->header.n > 0 ? STR("</head>\n<body class=\"explorer\">\n")
                                 : STR("</head>\n<body>\n"));
    buf_add(out, STR("<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header>\n"));
    html_put(out, "<a class=\"store\" href=\"/\">", f->store_title, "</a>\n");
    buf_add(out, f->header);
    navigation(out, f);
    buf_add(out, STR("\n</header>\n<main id=\"main\">\n"));
}

void html_frame_end(struct buf *out, const struct html_frame *f)
{
    buf_add(out, STR("</main>\n<footer>\n<p>Version "));
    html_number(out, (long long)f->version);
    buf_add(out, STR(" of the store"));
    if (f->recorded > 0) {
        struct buf stamp;
        buf_init(&stamp, 64);
        event_write_instant(&stamp, f->recorded);
        html_put(out, ", recorded <time datetime=\"", buf_str(&stamp), "\">");
        html_put(out, "", str_sub(buf_str(&stamp), 0, 10), "</time>");
        buf_free(&stamp);
    }
    if (f->as_of.n > 0)
        buf_add(out, STR(" (<a href=\"/v1/events\">go to the newest</a>)"));
    if (f->licence.n > 0)
        html_put(out, ". Licence of the data: ", f->licence, "");
    html_put(out, ". Served by Annals ", f->software, ".</p>\n</footer>\n</body>\n</html>\n");
}
