#include "annals/read/webannotation.h"

#include "annals/read/authority.h"
#include "annals/read/web_anchor.h"
#include "annals/read/web_body.h"
#include "annals/read/web_check.h"
#include "annals/read/web_hypothesis.h"
#include "annals/read/web_own.h"
#include "base/jscan.h"
#include "base/jvalue.h"
#include "model/document_form.h"
#include "model/edtf.h"

struct annotation {
    str value;
    str address; /* its id, as written */
    struct mention *mention;
    struct web_targets targets;
    struct web_bodies bodies;
};

struct annotations {
    struct web w;
    struct annotation **items;
    size_t n, room;
    struct strmap by_address; /* ids as written, to numbers in items */
    struct strmap by_name;    /* their last parts, likewise */
    bool is_own;
    struct web_own own;
    str source; /* the document that the text is of */
    str title;  /* of that document, as far as it is told */
    bool has_anchor;
    bool is_hypothesis; /* as that service writes them */
};

/* ---- which file is it ---- */

static bool is_annotation(str object)
{
    static const char *const types[] = {"Annotation", "AnnotationPage", "AnnotationCollection"};
    str type = jvalue_member(object, "type");
    bool found = jvalue_member(object, "@context").n > 0;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        found = found || jvalue_is(type, types[i]);
    return found && jvalue_member(object, "annals").n == 0;
}

bool webannotation_is(str bytes)
{
    size_t at = 0;
    str first;
    while (at < bytes.n && (bytes.p[at] == ' ' || bytes.p[at] == '\n' || bytes.p[at] == '\r' ||
                            bytes.p[at] == '\t'))
        at++;
    bytes = str_sub(bytes, at, bytes.n);
    at = 0;
    if (web_is_array(bytes))
        return jscan_element(bytes, &at, &first) &&
               (is_annotation(first) || web_hypothesis_is(first));
    if (jvalue_member(bytes, "annals").n > 0)
        return false; /* it is found early, and what is missing late */
    return is_annotation(bytes) || web_hypothesis_is(bytes) || web_hypothesis_list(bytes).n > 0;
}

/* ---- annotations ---- */

/* The last part of an address: "http://example.org/anno1" is "anno1". */
static str last_part(str address)
{
    size_t from = address.n;
    while (from > 0 && address.p[from - 1] != '/' && address.p[from - 1] != '#' &&
           address.p[from - 1] != ':')
        from--;
    return str_sub(address, from, address.n);
}

/* What an annotation is called in this file: by its id, else by its number. */
static str name_of(struct annotations *all, const struct annotation *x)
{
    int64_t there;
    struct arena *a = all->w.ask->arena;
    str name = last_part(x->address);
    if (name.n == 0)
        return arena_printf(a, "n%zu", all->n + 1);
    if (strmap_get(&all->by_name, name, &there))
        return arena_printf(a, "%.*s-n%zu", STR_ARG(name), all->n + 1);
    strmap_set(&all->by_name, name, (int64_t)all->n);
    return name;
}

static void add(struct annotations *all, str value)
{
    struct web *w = &all->w;
    struct annotation *x = ARENA_NEW(w->ask->arena, struct annotation);
    int64_t line, column, first;
    web_within(w, value);
    if (all->is_hypothesis)
        web_hypothesis_check(w, value);
    else
        web_check_annotation(w, value);
    if (!web_is_object(value))
        return;
    *x = (struct annotation){.value = value, .address = web_member(w, value, "id")};
    if (x->address.n > 0 && strmap_get(&all->by_address, x->address, &first))
        web_problem(w, jvalue_member(value, "id"), "the annotation number %lld has this id too",
                    (long long)first + 1);
    else if (x->address.n > 0)
        strmap_set(&all->by_address, x->address, (int64_t)all->n);
    web_target_read(w, jvalue_member(value, "target"), &x->targets);
    if (all->is_own) {
        web_own_read(&all->own, value, &x->targets);
    } else {
        web_place(w, value, &line, &column);
        x->mention = standoff_mention(&w->s, name_of(all, x), (str){0}, line, column);
        if (all->is_hypothesis)
            web_hypothesis_read(w, value, x->mention, &x->bodies);
        else
            web_body_read(w, value, x->mention, &x->bodies);
    }
    if (all->is_hypothesis && all->title.n == 0)
        all->title = web_hypothesis_title(w, value);
    *ARENA_PUSH(w->ask->arena, all->items, all->n, all->room) = x;
    all->has_anchor = all->has_anchor || x->targets.n > 0;
    if (x->targets.source.n == 0)
        return;
    if (x->targets.differ || (all->source.n > 0 && !str_eq(all->source, x->targets.source)))
        web_problem(w, jvalue_member(value, "target"),
                    "annotations of several documents stand in this file: %.*s and %.*s",
                    STR_ARG(str_sub(all->source, 0, 200)),
                    STR_ARG(str_sub(x->targets.source, 0, 200)));
    all->source = x->targets.source;
}

static void check_context(struct annotations *all, str object)
{
    str context = jvalue_member(object, "@context");
    if (!web_check_context(&all->w, context)) {
        struct problem *p = web_problem(&all->w, context.n > 0 ? context : object,
                                        "this is not said to be a Web Annotation");
        problem_hint(all->w.ask->problems, p,
                     "\"@context\": \"http://www.w3.org/ns/anno.jsonld\" says it");
    }
    all->is_own = all->is_own || web_own_is(&all->w, context);
}

/* The value of the file: one annotation, several, or a page of them. */
static void add_all(struct annotations *all, str root)
{
    struct web *w = &all->w;
    str item, first = jvalue_member(root, "first"), items = jvalue_member(root, "items");
    if (web_hypothesis_list(root).n > 0) {
        all->is_hypothesis = true;
        root = web_hypothesis_list(root);
    }
    if (web_is_array(root)) {
        for (size_t at = 0; jscan_element(root, &at, &item);) {
            all->is_hypothesis = all->is_hypothesis || (all->n == 0 && web_hypothesis_is(item));
            if (!all->is_hypothesis)
                check_context(all, item);
            add(all, item);
        }
        return;
    }
    all->is_hypothesis = web_hypothesis_is(root);
    if (all->is_hypothesis) {
        add(all, root);
        return;
    }
    check_context(all, root);
    bool is_collection = web_has_type(w, root, "AnnotationCollection");
    if (!is_collection && !web_has_type(w, root, "AnnotationPage")) {
        add(all, root);
        return;
    }
    str page = is_collection && items.n == 0 ? first : root;
    items = jvalue_member(page, "items");
    if (!web_is_array(items)) {
        struct problem *p = web_problem(w, root, "the annotations of this %s stand elsewhere",
                                        is_collection ? "collection" : "page");
        problem_hint(w->ask->problems, p, "load its pages");
        return;
    }
    for (size_t at = 0; jscan_element(items, &at, &item);)
        add(all, item);
    if (jvalue_says(jvalue_member(page, "next")))
        web_left_out(w, jvalue_member(page, "next"),
                     "page that follows this one and stands elsewhere");
}

/* ---- what they mean ---- */

static bool is_date(str words)
{
    struct edtf value;
    struct edtf_error error;
    return edtf_parse(words, &value, &error);
}

/* A date is the words, or what a body says of them. */
static void settle_date(struct web *w, const struct annotation *x)
{
    struct mention *m = x->mention;
    if (is_date(m->words))
        m->date = m->words;
    for (const struct standoff_word *t = m->told; m->date.n == 0 && t != NULL; t = t->next)
        if (is_date(t->word))
            m->date = t->word;
    if (m->date.n == 0)
        web_left_out(w, x->value, "date whose words and bodies are no EDTF");
}

/* Without a word of a mapping on labels, whatever is tagged or described is an event. */
static bool explains_labels(const struct mapping *map)
{
    return map != NULL && front_get(map->root, STR("labels")) != NULL;
}

/* Without a label the scheme of an identifier is one. What a gazetteer lists is a place. */
static void name_meaning(struct web *w, struct mention *m)
{
    for (const struct standoff_name *x = m->names; x != NULL; x = x->next) {
        struct mapping_meaning meaning = mapping_label(w->ask->map, x->scheme);
        if (meaning.label == MAPPING_UNKNOWN && authority_is_gazetteer(x->scheme))
            meaning.label = MAPPING_PLACE;
        if (meaning.label == MAPPING_UNKNOWN)
            continue;
        m->label = x->scheme;
        m->meaning = meaning;
        return;
    }
}

static void find_meaning(struct web *w, const struct annotation *x)
{
    struct mention *m = x->mention;
    for (const struct standoff_word *l = x->bodies.labels; l != NULL; l = l->next) {
        struct mapping_meaning meaning = mapping_label(w->ask->map, l->word);
        if (meaning.label == MAPPING_UNKNOWN && str_eq_nocase(l->word, STR("event")))
            meaning.label = MAPPING_EVENT;
        if (m->label.n == 0 || meaning.label != MAPPING_UNKNOWN)
            m->label = l->word;
        m->meaning = meaning;
        if (meaning.label != MAPPING_UNKNOWN)
            break;
    }
    if (x->bodies.labels == NULL)
        name_meaning(w, m);
    bool any = !explains_labels(w->ask->map);
    if (m->meaning.label == MAPPING_UNKNOWN && any && x->bodies.is_described)
        m->meaning.label = MAPPING_EVENT;
    if (m->meaning.label != MAPPING_UNKNOWN || (m->label.n > 0 && !any))
        return;
    web_left_out(w, x->value,
                 "comment or highlight without a tag, a class, an identifier or a "
                 "description");
    m->meaning.label = MAPPING_IGNORE;
}

/* Labels that no mapping explains are tags of their event. */
static void add_tags(struct web *w, const struct annotation *x)
{
    for (const struct standoff_word *l = x->bodies.labels; l != NULL; l = l->next) {
        if (mapping_label(w->ask->map, l->word).label != MAPPING_UNKNOWN ||
            str_eq_nocase(l->word, STR("event")))
            continue;
        if (document_form_fault(FORM_TAG, l->word, w->ask->arena).n == 0)
            standoff_tag(&w->s, x->mention, l->word);
        else
            web_left_out(w, x->value, "tag that is too long or holds a comma");
    }
}

/* What only events have. */
static void tell_lost(struct web *w, const struct annotation *x)
{
    enum mapping_label label = x->mention->meaning.label;
    if (label != MAPPING_ACTOR && label != MAPPING_PLACE)
        return;
    if (x->mention->told != NULL)
        web_left_out(w, x->value, "comment or description of what is no event");
    if (x->bodies.labels != NULL && x->bodies.labels->next != NULL)
        web_left_out(w, x->value, "further tags of what is no event");
}

static void add_link(struct annotations *all, const struct annotation *x)
{
    struct web *w = &all->w;
    int64_t from, to, line, column;
    str label = x->bodies.labels != NULL ? x->bodies.labels->word : STR("linking");
    x->mention->meaning.label = MAPPING_IGNORE;
    if (x->targets.whole_count != 2 || x->targets.n > 0 ||
        !strmap_get(&all->by_address, x->targets.wholes[0], &from) ||
        !strmap_get(&all->by_address, x->targets.wholes[1], &to)) {
        web_left_out(w, x->value,
                     "link that does not lead from one annotation of the file to "
                     "another");
        return;
    }
    web_place(w, x->value, &line, &column);
    standoff_link(&w->s, all->items[from]->mention, all->items[to]->mention, label, line, column);
}

static void settle(struct annotations *all, const struct annotation *x)
{
    struct web *w = &all->w;
    web_within(w, x->value);
    if (x->bodies.is_link) {
        add_link(all, x);
        return;
    }
    if (x->targets.n == 0) {
        web_left_out(w, x->value, "annotation of a whole document, or of what is no text");
        x->mention->meaning.label = MAPPING_IGNORE;
        return;
    }
    for (size_t i = 0; i < x->targets.n; i++)
        if (x->targets.anchors[i]->found)
            standoff_span(&w->s, x->mention, x->targets.anchors[i]->from,
                          x->targets.anchors[i]->to);
    standoff_words(&w->s, x->mention);
    find_meaning(w, x);
    if (x->mention->meaning.label == MAPPING_DATE)
        settle_date(w, x);
    if (x->mention->meaning.label == MAPPING_EVENT)
        add_tags(w, x);
    tell_lost(w, x);
}

/* ---- the text ---- */

static void find_anchors(struct annotations *all)
{
    struct web_anchor **anchors = NULL;
    size_t n = 0, room = 0;
    for (size_t i = 0; i < all->n; i++)
        for (size_t k = 0; k < all->items[i]->targets.n; k++)
            *ARENA_PUSH(all->w.ask->arena, anchors, n, room) = all->items[i]->targets.anchors[k];
    web_anchor_find(&all->w, anchors, n);
}

/* Whether there is something to read: annotations of a text, and the text. */
static bool has_ground(struct annotations *all, bool has_text, const char *why)
{
    const struct reading_ask *ask = all->w.ask;
    struct problem *p;
    if (all->n == 0)
        return true;
    if (!all->has_anchor && problem_any(ask->problems))
        return false; /* what is wrong is said already */
    if (!all->has_anchor) {
        p = problem_add_line(ask->problems, 1, 1, "no annotation here points into a text");
        problem_hint(ask->problems, p,
                     "a TextPositionSelector or a TextQuoteSelector does so; annotations of "
                     "images, sound or whole pages are not read");
        return false;
    }
    if (!has_text) {
        p = problem_add_line(ask->problems, 1, 1, "the text of these annotations is missing: %s",
                             why);
        problem_hint(ask->problems, p, "--text FILE names it");
    }
    return has_text;
}

static void write(struct annotations *all, str root)
{
    struct web *w = &all->w;
    str label = all->is_hypothesis ? all->title : web_member(w, root, "label"), url = all->source;
    if (document_form_fault(FORM_URL, url, w->ask->arena).n > 0)
        url = (str){0};
    const struct mapping_finding found[] = {
        {"title", label.n > 0 ? standoff_title(label, w->ask->arena) : reader_title(w->ask)},
        {"url", url},
        {NULL, {0}}};
    for (size_t i = 0; !all->is_own && i < all->n; i++)
        settle(all, all->items[i]);
    standoff_write(&w->s, found);
    if (all->is_own)
        web_own_write(&all->own);
}

bool webannotation_read(const struct reading_ask *ask, struct builder *out)
{
    struct annotations all = {.w = {.ask = ask}};
    const char *why = "nothing stands beside it";
    str text = {0};
    if (!web_parse(&all.w))
        return false;
    bool has_text = ask->beside != NULL && ask->beside(ask->context, "txt", &text, &why);
    if (has_text && !reader_check_text(ask, text))
        return false;
    standoff_init(&all.w.s, ask, text, out);
    strmap_init(&all.by_address, ask->arena);
    strmap_init(&all.by_name, ask->arena);
    web_own_init(&all.own, &all.w);
    str root = str_trim(ask->bytes);
    add_all(&all, root);
    if (!has_ground(&all, has_text, why))
        return false;
    find_anchors(&all);
    write(&all, root);
    return true;
}
