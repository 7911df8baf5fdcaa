/* Everything beside events: sources, actors, places, types, claims and relations. */
#include "api/answer.h"
#include "api/call.h"
#include "api/handlers.h"

/* What a filter's value can be beside an item. */
enum { AN_EVENT = ITEM_KINDS, A_RELATION_TYPE };

/* What a kind is called in a sentence. */
static const char *const with_article[] = {
    [ITEM_SOURCE] = "a source", [ITEM_ACTOR] = "an actor",
    [ITEM_PLACE] = "a place",   [ITEM_TYPE] = "a type",
    [ITEM_CLAIM] = "a claim",   [ITEM_RELATION] = "a relation",
    [AN_EVENT] = "an event",    [A_RELATION_TYPE] = "a relation type",
};

/* The same without its article. */
static const char *singular(int kind)
{
    const char *name = with_article[kind];
    while (*name++ != ' ')
        continue;
    return name;
}

static uint64_t digest(const struct call *x)
{
    const struct question *q = &x->question;
    str words = q->query.text;
    struct strs text = {&words, words.n > 0};
    uint64_t sum = cursor_filter(str_from(x->route->path), false, &text);
    for (size_t i = 0; i < q->term_count; i++)
        sum += cursor_filter(q->terms[i].term, q->terms[i].negate, &q->terms[i].values);
    return sum;
}

/* ---- lists ---- */

/* Filters whose values are things of the store. */
static const struct {
    const char *term;
    int kind;
} references[] = {
    {"source", ITEM_SOURCE},   {"derives_from", ITEM_SOURCE},
    {"member_of", ITEM_ACTOR}, {"speaker", ITEM_ACTOR},
    {"part_of", ITEM_PLACE},   {"parent", ITEM_TYPE},
    {"about", AN_EVENT},       {"from", AN_EVENT},
    {"to", AN_EVENT},          {"event", AN_EVENT},
    {"type", A_RELATION_TYPE},
};

static enum store_found look_up(struct call *x, int kind, str id, struct gone *gone)
{
    struct item item;
    struct event_row row;
    if (kind == AN_EVENT)
        return store_get_event(x->reader, x->version, id, x->arena, &row, gone, &x->err);
    if (kind == A_RELATION_TYPE)
        return store_find_relation_type(x->reader, id, x->arena, gone, &x->err);
    return store_get_item(x->reader, (enum item_kind)kind, x->version, id, x->arena, &item, gone,
                          &x->err);
}

/* Adds a problem for each value of a filter that the store has never known. */
static bool check_filter(struct call *x, const struct item_filter *f, int kind)
{
    str name = f->negate ? arena_printf(x->arena, "%.*s__not", STR_ARG(f->term)) : f->term;
    for (size_t i = 0; i < f->values.n; i++) {
        struct gone gone = {0};
        enum store_found found = look_up(x, kind, f->values.items[i], &gone);
        if (found == STORE_FAILED)
            return false;
        /* Items name an event by the id that it has now. */
        if (found == STORE_MOVED)
            f->values.items[i] = gone.canonical;
        if (found != STORE_NEVER)
            continue;
        struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, name, f->values.items[i],
                                        "the store has never had such %s", with_article[kind]);
        if (gone.nearest.n > 0)
            problem_hint(&x->problems, p, "did you mean \"%.*s\"?", STR_ARG(gone.nearest));
    }
    return true;
}

/* Adds a problem for each value of identifier= that is not scheme:value. */
static void check_identifiers(struct call *x, const struct item_filter *f)
{
    for (size_t i = 0; i < f->values.n; i++) {
        str scheme, value;
        if (str_cut(f->values.items[i], ':', &scheme, &value) && scheme.n > 0 && value.n > 0)
            continue;
        struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("identifier"),
                                        f->values.items[i], "it is not of the form scheme:value");
        problem_hint(&x->problems, p, "such as wikidata:Q227");
    }
}

static bool check_filters(struct call *x)
{
    for (size_t i = 0; i < x->question.term_count; i++) {
        const struct item_filter *f = &x->question.terms[i];
        if (str_eq(f->term, STR("identifier")))
            check_identifiers(x, f);
        for (size_t k = 0; k < sizeof references / sizeof *references; k++)
            if (str_eq(f->term, str_from(references[k].term)) &&
                !check_filter(x, f, references[k].kind))
                return false;
    }
    return !problem_any(&x->problems);
}

bool items_list(struct call *x)
{
    const struct question *q = &x->question;
    struct item_query asked = {.kind = (enum item_kind)x->route->detail,
                               .version = x->version,
                               .text = q->query.text,
                               .filters = q->terms,
                               .filter_count = q->term_count,
                               .limit = q->query.limit,
                               .after = x->cursor.after.id,
                               .count = q->query.count};
    struct item_page found;
    if (!call_cursor_fits(x, digest(x)) || !check_filters(x))
        return false;
    if (!store_find_items(x->reader, &asked, x->arena, &found, &x->err)) {
        /* The words are all that can still be wrong with the question. */
        if (x->err.code == ERR_BAD_PARAMETER)
            problem_add(&x->problems, PROBLEM_PARAMETER, STR("q"), asked.text, "%s", x->err.detail);
        return false;
    }
    struct cursor next = {.version = x->version, .question = digest(x)};
    if (found.n > 0)
        next.after.id = found.items[found.n - 1].id;
    return answer_items(x, &found, &next);
}

/* ---- one of them ---- */

static bool get_item(struct call *x, struct item *item)
{
    struct gone gone;
    enum store_found found = store_get_item(x->reader, (enum item_kind)x->route->detail, x->version,
                                            x->match.id, x->arena, item, &gone, &x->err);
    return found == STORE_FOUND ||
           call_missing(x, singular(x->route->detail), x->match.id, found, &gone);
}

bool items_get(struct call *x)
{
    struct item item;
    return get_item(x, &item) && answer_document(x, item.document);
}

/*
 * The tag names the version that last changed the source, for If-Match; that of a page the version
 * of the store, which stands on it, as names of other things do.
 */
bool sources_get(struct call *x)
{
    struct item item;
    if (!get_item(x, &item))
        return false;
    bool page = x->format == FORMAT_HTML;
    answer_validator(x, page ? 'v' : 's', page ? x->version : item.version);
    return answer_not_modified(x) || answer_document(x, item.document);
}

bool sources_text(struct call *x)
{
    struct item item;
    str text;
    if (!get_item(x, &item) ||
        !store_source_text(x->reader, x->version, x->match.id, x->arena, &text, &x->err))
        return false;
    answer_body(x, 200, format_type(FORMAT_TXT), text);
    return true;
}

bool sources_annotations(struct call *x)
{
    static const str type = STR_INIT(
        "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"");
    struct item item;
    str json;
    if (!get_item(x, &item) ||
        !store_source_annotations(x->reader, x->version, x->match.id, x->arena, &json, &x->err))
        return false;
    answer_body(x, 200, type, json);
    return true;
}
