#include "render/html_refusal.h"

#include "base/err.h"
#include "base/problem.h"
#include "render/html.h"

void html_refusal(struct buf *out, const struct page *page)
{
    html_put(out, "<p class=\"lead\" dir=\"auto\">", str_from(page->refused->detail),
             "</p>\n<ul>\n");
    for (size_t i = 0; i < page->problems->n; i++) {
        const struct problem *p = &page->problems->items[i];
        html_put(out, "<li dir=\"auto\"><b>", p->at, "</b>");
        if (p->value.n > 0)
            html_put(out, " = <code>", p->value, "</code>");
        html_put(out, ": ", p->detail, "");
        if (p->hint.n > 0)
            html_put(out, " (", p->hint, ")");
        buf_add(out, STR("</li>\n"));
    }
    buf_add(out, STR("</ul>\n<p><a href=\"/v1/events\">All events</a>, or what each parameter "
                     "takes: the <a href=\"/docs#parameters\">reference</a>.</p>\n"));
}
