#include "annals/read/web_own.h"

#include "base/jvalue.h"

#define ROOM "/v1/"

bool web_own_is(struct web *w, str context)
{
    str item = {0};
    for (size_t at = 0; web_each(context, &at, &item);)
        if (str_eq(web_member(w, item, "annals"), STR("urn:annals:")))
            return true;
    return false;
}

void web_own_init(struct web_own *own, struct web *w)
{
    *own = (struct web_own){.w = w};
    strmap_init(&own->by_id, w->ask->arena);
}

static struct web_own_event *event_of(struct web_own *own, str id, str body)
{
    int64_t at;
    struct arena *a = own->w->ask->arena;
    if (strmap_get(&own->by_id, id, &at))
        return own->events[at];
    struct web_own_event *event = ARENA_NEW(a, struct web_own_event);
    *event = (struct web_own_event){.id = id, .value = body};
    strmap_set(&own->by_id, id, (int64_t)own->n);
    *ARENA_PUSH(a, own->events, own->n, own->room) = event;
    return event;
}

static void add(struct web_own *own, struct web_own_event *event, const struct web_targets *targets,
                str property)
{
    struct arena *a = own->w->ask->arena;
    struct web_own_evidence *e = event->last;
    if (e == NULL || e->targets != targets) {
        e = ARENA_NEW(a, struct web_own_evidence);
        e->targets = targets;
        if (event->last == NULL)
            event->evidence = e;
        else
            event->last->next = e;
        event->last = e;
    }
    if (property.n == 0)
        return;
    struct standoff_word *word = ARENA_NEW(a, struct standoff_word);
    word->word = property;
    if (e->last == NULL)
        e->supports = word;
    else
        e->last->next = word;
    e->last = word;
}

void web_own_read(struct web_own *own, str annotation, const struct web_targets *targets)
{
    str item = {0}, body = jvalue_member(annotation, "body");
    for (size_t at = 0; web_each(body, &at, &item);) {
        str section = {0}, id = {0}, address = web_member(own->w, item, "source");
        size_t room = str_search(address, STR(ROOM), 0);
        if (room < address.n)
            str_cut(str_sub(address, room + sizeof ROOM - 1, address.n), '/', &section, &id);
        if (str_eq(section, STR("events")) && id.n > 0)
            add(own, event_of(own, id, item), targets, web_member(own->w, item, "annals:supports"));
        else
            web_left_out(own->w, item,
                         "evidence of what is no event: annotations do not hold what it says");
    }
}

static void write_evidence(const struct web_own *own, struct jout *j,
                           const struct web_own_evidence *e)
{
    const struct text *text = &own->w->s.text;
    for (size_t i = 0; i < e->targets->n; i++) {
        const struct web_anchor *anchor = e->targets->anchors[i];
        if (!anchor->found)
            continue;
        jout_object(j);
        text_span(j, text, anchor->from, anchor->to);
        if (e->supports != NULL) {
            jout_key(j, "supports");
            jout_array(j);
            for (const struct standoff_word *s = e->supports; s != NULL; s = s->next)
                jout_str(j, s->word);
            jout_array_end(j);
        }
        jout_object_end(j);
    }
}

void web_own_write(const struct web_own *own)
{
    struct builder *out = own->w->s.out;
    for (size_t i = 0; i < own->n && !out->stopped; i++) {
        const struct web_own_event *event = own->events[i];
        int64_t line, column;
        web_place(own->w, event->value, &line, &column);
        struct jout *j = builder_begin(out, BUILD_EVENT, line, column);
        jout_member_str(j, "id", event->id);
        jout_key(j, "evidence");
        jout_array(j);
        for (const struct web_own_evidence *e = event->evidence; e != NULL; e = e->next)
            write_evidence(own, j, e);
        jout_array_end(j);
        builder_end(out);
    }
}
