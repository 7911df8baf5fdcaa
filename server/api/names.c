#include "api/names.h"

#include "api/answer.h"
#include "api/describe_reading.h"
#include "api/explain.h"
#include "base/jvalue.h"
#include "model/vocabulary.h"
#include "render/splice.h"

str names_text(str json, struct arena *a)
{
    if (!jvalue_is_text(json))
        return STR("");
    struct buf text;
    buf_init(&text, json.n);
    jvalue_decode(&text, json);
    str out = arena_copy(a, buf_str(&text));
    buf_free(&text);
    return out;
}

/* The text of an item's member, or empty. */
static str item_text(struct call *x, enum item_kind kind, str id, const char *member)
{
    struct item item;
    struct gone gone;
    struct err ignored = {0};
    if (store_get_item(x->reader, kind, x->version, id, x->arena, &item, &gone, &ignored) !=
        STORE_FOUND)
        return STR("");
    return names_text(jvalue_member(item.document, member), x->arena);
}

static str title_of(struct call *x, str id)
{
    struct event_row row;
    struct gone gone;
    struct err ignored = {0};
    enum store_found found = store_get_event(x->reader, x->version, id, x->arena, &row, &gone,
                                             &ignored);
    if (found == STORE_MOVED)
        found = store_get_event(x->reader, x->version, gone.canonical, x->arena, &row, &gone,
                                &ignored);
    return found == STORE_FOUND ? row.title : STR("");
}

/* The id behind a scheme:value, where there is just one. */
static str resolved(struct call *x, enum filter_kind kind, str value)
{
    struct meaning meaning;
    struct err ignored = {0};
    if (str_find(value, ':') == value.n ||
        !store_meaning(x->reader, x->version, kind, value, false, x->arena, &meaning, &ignored) ||
        meaning.n != 1)
        return value;
    return meaning.ids[0];
}

static str find_name(struct call *x, enum filter_kind kind, str id)
{
    switch (kind) {
    case FILTER_ACTOR:
    case FILTER_CLAIMED_BY:
        return item_text(x, ITEM_ACTOR, resolved(x, kind, id), "name");
    case FILTER_PLACE:
        return item_text(x, ITEM_PLACE, resolved(x, kind, id), "name");
    case FILTER_TYPE:
        /* The shipped words say what they mean; what a document declares has a label. */
        return vocabulary_has(VOCABULARY_TYPE, id) ? STR("") : item_text(x, ITEM_TYPE, id, "label");
    case FILTER_SOURCE:
        return item_text(x, ITEM_SOURCE, id, "title");
    case FILTER_ID:
    case FILTER_RELATED_TO:
        return title_of(x, id);
    case FILTER_TAG:
    case FILTER_PRECISION:
    case FILTER_KINDS:
        break;
    }
    return STR("");
}

static str name_of(void *context, enum filter_kind kind, str id)
{
    str name = find_name(context, kind, id);
    return name.n > 0 ? name : id;
}

struct describe_names names_of(struct call *x)
{
    return (struct describe_names){x, name_of};
}

typedef void describer(struct buf *out, const struct question *q, int64_t version,
                       const struct describe_names *names);

static str keep(struct call *x, describer *describe)
{
    struct describe_names names = names_of(x);
    struct buf out;
    buf_init(&out, ANSWER_LARGEST);
    describe(&out, &x->question, x->version, &names);
    str text = arena_copy(x->arena, buf_str(&out));
    buf_free(&out);
    return text;
}

str names_query(struct call *x)
{
    str query = keep(x, describe_write_json);
    if (!x->question.explain)
        return query;
    const struct strs all = {0};
    const struct splice member = {.key = STR("explain"), .value = explain_question(x)};
    struct buf out;
    buf_init(&out, ANSWER_LARGEST);
    splice_write(&out, query, &member, 1, &all);
    query = arena_copy(x->arena, buf_str(&out));
    buf_free(&out);
    return query;
}

str names_sentence(struct call *x)
{
    return keep(x, describe_sentence);
}

str names_title(struct call *x)
{
    str text = names_sentence(x);
    char first = text.n > 0 ? text.p[0] : '\0';
    if (first < 'a' || first > 'z')
        return text;
    return arena_printf(x->arena, "%c%.*s", first - 'a' + 'A', STR_ARG(str_sub(text, 1, text.n)));
}

str names_reading(struct call *x)
{
    static const str before = STR_INIT(", ");
    struct describe_names names = names_of(x);
    struct buf out;
    buf_init(&out, ANSWER_LARGEST);
    describe_reading(&out, &x->question.query.reading, before.p, &names);
    str text = arena_copy(x->arena, str_sub(buf_str(&out), before.n, out.n));
    buf_free(&out);
    return text;
}
