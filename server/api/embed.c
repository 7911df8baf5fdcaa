/* The timeline of a question as a page for frames. */
#include "api/answer.h"
#include "api/call.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/links.h"
#include "api/names.h"
#include "api/percent.h"
#include "api/site.h"
#include "api/words.h"
#include "render/html_embed.h"
#include "render/html_frame.h"

/* Events of the list that stands in the place of the drawing where there is none. */
#define LISTED 20

static void add_piece(struct buf *out, char *before, const char *name, str value)
{
    if (value.n == 0)
        return;
    buf_printf(out, "%c%s=", *before, name);
    percent_encode(out, value);
    *before = '&';
}

/* The explorer's address of the same view. */
static str home_of(struct call *x, const struct html_embed *e)
{
    struct buf href;
    char query = str_find(e->src, '?') < e->src.n ? '&' : '?', fragment = '#';
    buf_init(&href, (size_t)64 * 1024);
    buf_add(&href, e->src);
    if (e->from.n + e->to.n > 0)
        add_piece(&href, &query, "date", x->question.query.date.text);
    add_piece(&href, &fragment, "e", e->selected);
    add_piece(&href, &fragment, "lanes", e->lanes);
    str home = arena_copy(x->arena, buf_str(&href));
    buf_free(&href);
    return home;
}

/*
 * Everybody's pages are those too that were opened from a disk or stand inside of an application:
 * as a source "*" would shut these out, so that the directive is left out.
 */
static str ancestors(struct call *x)
{
    str sources = str_from(x->api->settings.embed_ancestors);
    if (str_eq(str_trim(sources), STR("*")))
        return STR("");
    return arena_printf(x->arena, "frame-ancestors %.*s; ", STR_ARG(sources));
}

static void add_headers(struct call *x)
{
    answer_header(x->out, "Content-Security-Policy",
                  arena_printf(x->arena, HTML_FRAME_POLICY "; %.*s" HTML_FRAME_TRUSTED,
                               STR_ARG(ancestors(x))));
    /* A page that is isolated from other origins may frame it too. */
    answer_header(x->out, "Cross-Origin-Embedder-Policy", STR("require-corp"));
    answer_header(x->out, "Cross-Origin-Resource-Policy", STR("cross-origin"));
}

void embed_refused(struct call *x)
{
    struct err why = x->err;
    struct page page = {.matched = -1, .refused = &why, .problems = &x->problems};
    struct buf body;
    answer_refusal(x);
    add_headers(x);
    buf_init(&body, ANSWER_LARGEST);
    html_embed_refusal(&body, str_from(x->api->settings.title), &page);
    if (answer_buf(x, format_type(FORMAT_HTML), &body))
        x->out->status = err_status(why.code);
    else
        answer_problem(x->out, x->rq, &why, &x->problems, x->arena, false);
}

bool embed_page(struct call *x)
{
    struct question *q = &x->question;
    struct events_found found;
    struct buf body;
    q->query.limit = LISTED;
    q->listed = true;
    if (!events_find(x, EVENTS_LARGEST_PAGE, &found))
        return false;
    struct html_embed embed = {
        .title = q->label.n > 0 ? q->label : names_title(x),
        .src = links_of_embed(x),
        .from = q->from.text,
        .to = q->to.text,
        .lanes = q->lanes == LANES_AUTO ? STR("") : str_from(words_lanes((size_t)q->lanes)),
        .selected = q->selected,
        .label = q->label,
    };
    embed.home = home_of(x, &embed);
    if (found.more)
        found.page.next = embed.home;
    if (!site_fill(x, &found.page))
        return false;
    buf_init(&body, ANSWER_LARGEST);
    html_embed_write(&body, &embed, &found.page);
    add_headers(x);
    return answer_buf(x, format_type(FORMAT_HTML), &body);
}
