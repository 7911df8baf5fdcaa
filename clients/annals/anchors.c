#include "annals/anchors.h"

#include <jansson.h>
#include <stdlib.h>

#include "annals/read/scheme.h"
#include "base/buf.h"

/* Something that hangs on an anchor, before equal anchors are joined. */
struct hook {
    struct anchor anchor;
    str thing;    /* "event:farrukh" */
    str property; /* "date"; empty for none */
    size_t order; /* in which they came */
};

struct hooks {
    struct arena *arena;
    struct hook *items;
    size_t n;
    size_t room;
};

static void add_hook(struct hooks *all, const struct anchor *anchor, str thing, str property)
{
    struct hook *h = ARENA_PUSH(all->arena, all->items, all->n, all->room);
    *h = (struct hook){.anchor = *anchor, .thing = thing, .property = property, .order = all->n};
}

/* ---- joining ---- */

static int compare_anchors(const struct anchor *a, const struct anchor *b)
{
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    int order = str_cmp(a->exact, b->exact);
    return order != 0 ? order : str_cmp(a->digest, b->digest);
}

static int compare_hooks(const void *x, const void *y)
{
    const struct hook *a = x, *b = y;
    int order = compare_anchors(&a->anchor, &b->anchor);
    if (order == 0)
        order = str_cmp(a->thing, b->thing);
    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

/* What hangs on the anchor of hooks[from, to), which are sorted. */
static str describe(const struct hook *hooks, size_t from, size_t to, struct arena *a)
{
    struct buf out;
    buf_init(&out, SIZE_MAX);
    bool with_property = false;
    for (size_t i = from; i < to; i++) {
        if (i == from || !str_eq(hooks[i].thing, hooks[i - 1].thing)) {
            buf_add(&out, i == from ? STR("") : STR(" "));
            buf_add(&out, hooks[i].thing);
            with_property = false;
        }
        if (hooks[i].property.n > 0) {
            buf_add_char(&out, with_property ? ',' : '#');
            buf_add(&out, hooks[i].property);
            with_property = true;
        }
    }
    str about = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return about;
}

static void join(const struct hooks *all, struct anchors *out)
{
    *out = (struct anchors){.items = ARENA_ARRAY(all->arena, struct anchor, all->n),
                            .abouts = ARENA_ARRAY(all->arena, str, all->n)};
    if (all->n == 0)
        return;
    qsort(all->items, all->n, sizeof *all->items, compare_hooks);
    for (size_t from = 0, to; from < all->n; from = to) {
        to = from + 1;
        while (to < all->n &&
               compare_anchors(&all->items[from].anchor, &all->items[to].anchor) == 0)
            to++;
        out->items[out->n] = all->items[from].anchor;
        out->abouts[out->n++] = describe(all->items, from, to, all->arena);
    }
}

/* ---- from a document ---- */

static void add_evidence(struct hooks *all, const struct evidences *list, str thing)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct evidence *e = &list->items[i];
        struct anchor anchor = {e->start, e->end, e->exact, e->prefix, e->suffix, e->digest};
        if (e->supports.n == 0)
            add_hook(all, &anchor, thing, (str){0});
        for (size_t k = 0; k < e->supports.n; k++)
            add_hook(all, &anchor, thing, e->supports.items[k]);
    }
}

static str thing_name(struct hooks *all, enum scheme s, str id)
{
    return arena_printf(all->arena, "%s:%.*s", scheme_name(s), STR_ARG(id));
}

void anchors_of_document(const struct document *d, struct arena *a, struct anchors *out)
{
    struct hooks all = {.arena = a};
    for (size_t i = 0; i < d->event_count; i++)
        add_evidence(&all, &d->events[i].evidence, thing_name(&all, SCHEME_EVENT, d->events[i].id));
    for (size_t i = 0; i < d->actor_count; i++)
        add_evidence(&all, &d->actors[i].evidence, thing_name(&all, SCHEME_ACTOR, d->actors[i].id));
    for (size_t i = 0; i < d->place_count; i++)
        add_evidence(&all, &d->places[i].evidence, thing_name(&all, SCHEME_PLACE, d->places[i].id));
    for (size_t i = 0; i < d->claim_count; i++)
        add_evidence(&all, &d->claims[i].evidence, thing_name(&all, SCHEME_CLAIM, d->claims[i].id));
    for (size_t i = 0; i < d->relation_count; i++) {
        const struct document_relation *r = &d->relations[i];
        str id = arena_printf(a, "%.*s/%.*s/%.*s", STR_ARG(r->from), STR_ARG(r->type),
                              STR_ARG(r->to));
        add_evidence(&all, &r->evidence, thing_name(&all, SCHEME_RELATION, id));
    }
    join(&all, out);
    out->length = d->source.text_length;
}

/* ---- from a page of annotations ---- */

static str text_of(const json_t *object, const char *key, struct arena *a)
{
    const json_t *value = json_object_get(object, key);
    return arena_copy(a, (str){json_string_value(value), json_string_length(value)});
}

static void take_selector(const json_t *selector, struct anchor *out, struct arena *a)
{
    str type = text_of(selector, "type", a);
    if (str_eq(type, STR("TextPositionSelector"))) {
        out->start = json_integer_value(json_object_get(selector, "start"));
        out->end = json_integer_value(json_object_get(selector, "end"));
    } else if (str_eq(type, STR("TextQuoteSelector"))) {
        out->exact = text_of(selector, "exact", a);
        out->prefix = text_of(selector, "prefix", a);
        out->suffix = text_of(selector, "suffix", a);
    } else if (str_eq(type, STR("annals:DigestSelector"))) {
        out->digest = text_of(selector, "digest", a);
    }
}

/* "/v1/events/farrukh" is "event:farrukh"; what else it may be stays as it is. */
static str thing_of(str address, struct arena *a)
{
    str path = address;
    size_t at = str_search(path, STR("/v1/"), 0);
    str section, id;
    if (at < path.n && str_cut(str_sub(path, at + 4, path.n), '/', &section, &id))
        for (int s = 0; s < SCHEME_OTHER; s++)
            if (str_eq(section, str_from(scheme_section((enum scheme)s))))
                return arena_printf(a, "%s:%.*s", scheme_name((enum scheme)s), STR_ARG(id));
    return address;
}

static void take_bodies(struct hooks *all, const struct anchor *anchor, const json_t *bodies)
{
    for (size_t i = 0; i < json_array_size(bodies); i++) {
        const json_t *body = json_array_get(bodies, i);
        add_hook(all, anchor, thing_of(text_of(body, "source", all->arena), all->arena),
                 text_of(body, "annals:supports", all->arena));
    }
    if (json_array_size(bodies) == 0)
        add_hook(all, anchor, (str){0}, (str){0});
}

static bool take_annotation(struct hooks *all, const json_t *item)
{
    const json_t *selectors = json_object_get(json_object_get(item, "target"), "selector");
    struct anchor anchor = {.start = -1};
    for (size_t i = 0; i < json_array_size(selectors); i++)
        take_selector(json_array_get(selectors, i), &anchor, all->arena);
    if (anchor.start < 0 || anchor.end <= anchor.start)
        return false;
    take_bodies(all, &anchor, json_object_get(item, "body"));
    return true;
}

/* NULL for what is not JSON. */
static json_t *parse(str json)
{
    return json.n > 0 ? json_loadb(json.p, json.n, JSON_ALLOW_NUL, NULL) : NULL;
}

static int64_t length_of(str source)
{
    json_t *root = parse(source);
    const json_t *length = json_object_get(root, "text_length");
    int64_t n = json_is_integer(length) ? json_integer_value(length) : -1;
    json_decref(root);
    return n;
}

bool anchors_of_page(str page, str source, struct arena *a, struct anchors *out, struct err *e)
{
    struct hooks all = {.arena = a};
    json_t *root = parse(page);
    const json_t *items = json_object_get(root, "items");
    if (items == NULL)
        items = json_object_get(json_object_get(root, "first"), "items");
    bool is_page = json_is_array(items);
    bool fine = is_page;
    size_t i = 0;
    for (; fine && i < json_array_size(items); i++)
        fine = take_annotation(&all, json_array_get(items, i));
    json_decref(root);
    if (!is_page)
        return err_set(e, ERR_STORE, "the server's answer is no page of annotations");
    if (!fine)
        return err_set(e, ERR_STORE, "annotation number %zu of the answer has no position", i);
    join(&all, out);
    out->length = length_of(source);
    return true;
}
