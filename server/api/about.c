#include "api/about.h"

#include "api/names.h"

/* The window that a date asks about: its hull. */
static void add_window(const struct call *x, struct page_about *about)
{
    const struct dated *date = &x->question.query.date;
    if (date->text.p == NULL)
        return;
    about->has_window = true;
    about->window = (struct window){date->value.bounds.earliest, date->value.bounds.latest};
    about->window_text = date->text;
}

bool about_fill(struct call *x, const struct event_row *row, struct page *page)
{
    if (x->format == FORMAT_JSON || x->format == FORMAT_NDJSON)
        return true;
    const struct api_settings *s = &x->api->settings;
    struct page_about *about = ARENA_NEW(x->arena, struct page_about);
    about->store_id = store_id(x->api->store);
    about->store_title = str_from(s->title);
    about->licence = str_from(s->licence);
    about->base = str_from(s->public_url);
    about->self = x->target;
    about->width = x->question.width;
    about->lanes = (int)x->question.lanes;
    page->about = about;
    if (x->format == FORMAT_CSV)
        return true; /* which needs to know the base alone */
    about->description = row != NULL ? row->title : names_sentence(x);
    about->title = about->description;
    add_window(x, about);
    return store_recorded(x->reader, x->version, &about->recorded, &x->err);
}
