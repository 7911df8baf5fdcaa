#include "api/describe.h"

#include <inttypes.h>

#include "base/jout.h"
#include "model/event.h"

#define LONGEST ((size_t)64 * 1024)

/* What stands before the values of a filter, and of one that is negated. */
static const struct {
    const char *with;
    const char *without;
} phrases[] = {
    [FILTER_ACTOR] = {"with", "without"},
    [FILTER_PLACE] = {"in", "not in"},
    [FILTER_TYPE] = {"of the type", "not of the type"},
    [FILTER_TAG] = {"tagged", "not tagged"},
    [FILTER_SOURCE] = {"told by", "not told by"},
    [FILTER_ID] = {"with the id", "without the id"},
    [FILTER_PRECISION] = {"dated to the", "not dated to the"},
    [FILTER_RELATED_TO] = {"related to", "not related to"},
    [FILTER_CLAIMED_BY] = {"claimed by", "not claimed by"},
};

static void add_values(struct buf *out, const struct strs *values, enum filter_kind kind,
                       const struct describe_names *names)
{
    bool named = kind == FILTER_ACTOR || kind == FILTER_PLACE;
    for (size_t i = 0; i < values->n; i++) {
        str value = values->items[i];
        if (i > 0)
            buf_add(out, i + 1 < values->n ? STR(", ") : STR(" or "));
        buf_add(out, named ? names->name(names->context, kind, value) : value);
    }
}

static void add_roles(struct buf *out, const char *phrase, const struct strs *roles)
{
    if (roles->n == 0)
        return;
    buf_add(out, str_from(phrase));
    add_values(out, roles, FILTER_KINDS, NULL);
}

static void add_filters(struct buf *out, const struct query *q, const struct describe_names *names)
{
    bool again[FILTER_KINDS] = {false};
    bool any = false;
    for (unsigned kind = 0; kind < FILTER_KINDS; kind++) {
        for (size_t i = 0; i < q->filter_count; i++) {
            const struct filter *f = &q->filters[i];
            if (f->kind != kind)
                continue;
            const char *between = again[kind] ? " and" : any ? "," : "";
            const char *phrase = f->negate ? phrases[kind].without : phrases[kind].with;
            buf_printf(out, "%s %s ", between, phrase);
            add_values(out, &f->values, f->kind, names);
            again[kind] = any = true;
        }
        if (kind == FILTER_ACTOR) {
            add_roles(out, again[kind] ? " as " : " with somebody as ", &q->roles);
            add_roles(out, again[kind] ? " not as " : " with somebody not as ", &q->roles_not);
            any = any || q->roles.n > 0 || q->roles_not.n > 0;
        }
    }
}

void describe_sentence(struct buf *out, const struct question *question, int64_t version,
                       const struct describe_names *names)
{
    static const char *const orders[] = {
        [SORT_DATE] = "",
        [SORT_DATE_DESC] = ", the latest first",
        [SORT_RELEVANCE] = ", the best match first",
        [SORT_UPDATED] = ", the last changed first",
        [SORT_TITLE] = ", by title",
    };
    const struct query *q = &question->query;
    bool all = q->date.text.p == NULL && q->filter_count == 0 && q->text.n == 0 &&
               q->roles.n == 0 && q->roles_not.n == 0;
    buf_add(out, all ? STR("all events") : STR("events"));
    if (q->date.text.p != NULL) {
        buf_add(out, STR(" overlapping "));
        edtf_display(out, q->date.text);
    }
    if (q->text.n > 0)
        buf_printf(out, " that speak of %.*s", STR_ARG(q->text));
    add_filters(out, q, names);
    buf_add(out, str_from(orders[q->sort]));
    if (question->as_of != AS_OF_NEWEST)
        buf_printf(out, ", as recorded at version %" PRId64, version);
}

static void write_values(struct jout *j, const struct strs *values)
{
    jout_array(j);
    for (size_t i = 0; i < values->n; i++)
        jout_str(j, values->items[i]);
    jout_array_end(j);
}

static void write_filter(struct jout *j, str parameter, const struct strs *values)
{
    if (values->n == 0)
        return;
    jout_object(j);
    jout_key_str(j, parameter);
    write_values(j, values);
    jout_object_end(j);
}

void describe_write_json(struct buf *out, const struct question *question, int64_t version,
                         const struct describe_names *names)
{
    const struct query *q = &question->query;
    struct buf sentence;
    buf_init(&sentence, LONGEST);
    describe_sentence(&sentence, question, version, names);
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    jout_member_str(&j, "description", buf_str(&sentence));
    buf_free(&sentence);
    if (q->date.text.p != NULL) {
        jout_key(&j, "date");
        event_write_date(&j, &q->date);
    }
    if (q->text.n > 0)
        jout_member_str(&j, "q", q->text);
    jout_key(&j, "filters");
    jout_array(&j);
    for (size_t i = 0; i < q->filter_count; i++)
        write_filter(&j, q->filters[i].parameter, &q->filters[i].values);
    write_filter(&j, STR("role"), &q->roles);
    write_filter(&j, STR("role__not"), &q->roles_not);
    jout_array_end(&j);
    jout_member_text(&j, "sort", question_sort_name(q->sort));
    jout_member_i64(&j, "limit", q->limit);
    jout_object_end(&j);
}
