#include "api/explain.h"

#include <inttypes.h>

#include "api/answer.h"
#include "api/describe.h"
#include "api/describe_date.h"
#include "api/describe_reading.h"
#include "api/names.h"
#include "base/jout.h"

/* What a filter asks for, and what one that is negated does. */
static const struct {
    const char *with;
    const char *without;
} meanings[] = {
    [FILTER_ACTOR] = {"one of them takes part", "none of them takes part"},
    [FILTER_PLACE] = {"it happens in one of them or in a part of it",
                      "it happens in none of them and in no part of them"},
    [FILTER_TYPE] = {"it is of one of these types or of a type below it",
                     "it is of none of these types and of none below them"},
    [FILTER_TAG] = {"it has one of these tags", "it has none of these tags"},
    [FILTER_SOURCE] = {"one of these sources tells of it", "none of these sources tells of it"},
    [FILTER_ID] = {"it is one of these", "it is none of these"},
    [FILTER_PRECISION] = {"its date is exact to one of these",
                          "its date is exact to none of these"},
    [FILTER_RELATED_TO] = {"it has a relation to or from one of these",
                           "it has no relation to or from any of these"},
    [FILTER_CLAIMED_BY] = {"one of them makes a claim about it",
                           "none of them makes a claim about it"},
};

struct writing {
    struct call *x;
    const struct query *q;
    struct describe_names names;
    size_t looked_up; /* values of all filters */
    struct jout j;
};

static void begin(struct writing *w, str parameter)
{
    jout_object(&w->j);
    jout_member_str(&w->j, "parameter", parameter);
    jout_key(&w->j, "values");
    jout_array(&w->j);
}

static void end(struct writing *w, const char *understood)
{
    jout_array_end(&w->j);
    jout_member_text(&w->j, "understood", understood);
    jout_object_end(&w->j);
}

/* One value and what it means. */
static void write_entry(struct writing *w, str parameter, str value, str understood)
{
    begin(w, parameter);
    jout_str(&w->j, value);
    jout_array_end(&w->j);
    jout_member_str(&w->j, "understood", understood);
    jout_object_end(&w->j);
}

static void write_words(struct writing *w, const char *parameter, const struct strs *words,
                        const char *understood)
{
    if (words->n == 0)
        return;
    begin(w, str_from(parameter));
    for (size_t i = 0; i < words->n; i++)
        jout_str(&w->j, words->items[i]);
    end(w, understood);
}

/* ---- the date ---- */

static void add_bound(struct buf *out, const struct query *q, int64_t seconds,
                      enum period_side side)
{
    edtf_write_bound(out, seconds, side, q->date.value.precision);
}

/* "it starts from 2021-06-01 to 2021-06-30", "it ends on 2021-06-15 or later". */
static void add_side(struct buf *out, const struct query *q, const char *verb, int64_t from,
                     int64_t to)
{
    bool open = from == PERIOD_NO_START, endless = to == PERIOD_NO_END;
    if (from == PERIOD_NO_END || to == PERIOD_NO_START) {
        buf_printf(out, "never %ss", verb);
        return;
    }
    buf_printf(out, open && endless ? "%ss at a time that is not known" : "%ss ", verb);
    if (open && endless)
        return;
    size_t before = out->n;
    if (!open)
        add_bound(out, q, from, PERIOD_START);
    str first = str_sub(buf_str(out), before, out->n);
    if (!open && !endless) {
        struct buf last;
        buf_init(&last, 200);
        add_bound(&last, q, to, PERIOD_END);
        if (!str_eq(first, buf_str(&last)))
            buf_printf(out, " to %.*s", STR_ARG(buf_str(&last)));
        buf_free(&last);
    } else if (endless) {
        buf_add(out, STR(" or later"));
    } else {
        add_bound(out, q, to, PERIOD_END);
        buf_add(out, STR(" or earlier"));
    }
}

/* "June 2021: it starts 2021-06-01 to 2021-06-30 and ends 2021-06-01 to 2021-06-30" */
static void write_date(struct writing *w, struct buf *text)
{
    const struct query *q = w->q;
    const struct period *b = &q->date.value.bounds;
    buf_clear(text);
    edtf_display(text, q->date.text);
    buf_add(text, STR(": it "));
    add_side(text, q, "start", b->earliest, b->start_latest);
    buf_add(text, STR(" and "));
    add_side(text, q, "end", b->end_earliest, b->latest);
    if (q->match.parts != NULL)
        buf_add(text, STR("; days between that the date leaves out do not count"));
    write_entry(w, STR("date"), q->date.text, buf_str(text));
}

static void write_when(struct writing *w, struct buf *text)
{
    const struct query *q = w->q;
    buf_clear(text);
    if (q->match.parts != NULL)
        buf_add(text, STR("of the date from its first to its last day, and then of each day or "
                          "stretch that it names: "));
    buf_add(text, STR("for certain where "));
    describe_date_rule(text, q, true);
    buf_add(text, STR("; possibly where "));
    describe_date_rule(text, q, false);
    write_entry(w, STR("when"), str_from(match_when_name(q->when)), buf_str(text));
    write_entry(w, STR("certainty"), q->certain ? STR("certain") : STR("possible"),
                q->certain              ? STR("only events that match for certain")
                : w->x->question.listed ? STR("events that match for certain and those that may; "
                                              "\"match\" says which")
                                        : STR("events that match for certain and those that may"));
}

static void write_undated(struct writing *w)
{
    switch (describe_undated(w->q)) {
    case UNDATED_DEFAULT:
    case UNDATED_EXCLUDE:
        write_entry(w, STR("undated"), STR("exclude"), STR("events without a date are left out"));
        return;
    case UNDATED_INCLUDE:
        write_entry(w, STR("undated"), STR("include"),
                    STR("events without a date are there too, by date the last"));
        return;
    case UNDATED_ONLY:
        write_entry(w, STR("undated"), STR("only"), STR("only events without a date"));
        return;
    }
}

/* ---- filters ---- */

static bool has_below(const struct writing *w, enum filter_kind kind)
{
    return kind == FILTER_PLACE || kind == FILTER_TYPE || (kind == FILTER_ACTOR && w->q->members);
}

/* False where the store could not say. */
static bool write_match(struct writing *w, const struct filter *f, str value)
{
    struct call *x = w->x;
    struct meaning meaning;
    struct err ignored = {0};
    bool members = f->kind == FILTER_ACTOR && w->q->members;
    if (!store_meaning(x->reader, x->version, f->kind, value, members, x->arena, &meaning,
                       &ignored))
        return false;
    for (size_t i = 0; i < meaning.n && i < EXPLAIN_MOST_VALUES; i++) {
        jout_object(&w->j);
        jout_member_str(&w->j, "value", value);
        jout_member_str(&w->j, "id", meaning.ids[i]);
        jout_member_str(&w->j, "name", w->names.name(w->names.context, f->kind, meaning.ids[i]));
        if (has_below(w, f->kind) && meaning.n == 1) {
            jout_member_i64(&w->j, "below", meaning.below);
            if (meaning.more)
                jout_member_bool(&w->j, "below_more", true);
        }
        jout_object_end(&w->j);
    }
    return true;
}

static void write_filter(struct writing *w, const struct filter *f)
{
    struct jout *j = &w->j;
    size_t unmatched = 0;
    begin(w, f->parameter);
    for (size_t i = 0; i < f->values.n; i++)
        jout_str(j, f->values.items[i]);
    jout_array_end(j);
    jout_member_text(j, "understood",
                     f->negate ? meanings[f->kind].without : meanings[f->kind].with);
    if (f->kind != FILTER_PRECISION) {
        jout_key(j, "matches");
        jout_array(j);
        for (size_t i = 0; i < f->values.n; i++) {
            if (w->looked_up == EXPLAIN_MOST_VALUES || !write_match(w, f, f->values.items[i]))
                unmatched++;
            else
                w->looked_up++;
        }
        jout_array_end(j);
        if (unmatched > 0)
            jout_member_i64(j, "unmatched", (int64_t)unmatched);
    }
    jout_object_end(j);
}

static void write_area(struct writing *w, const struct query_area *area, struct buf *text)
{
    const double box[] = {area->west, area->south, area->east, area->north};
    const double circle[] = {area->lat, area->lon, area->km};
    begin(w, area->parameter);
    for (size_t i = 0; i < (area->is_circle ? 3 : 4); i++)
        jout_f64(&w->j, area->is_circle ? circle[i] : box[i]);
    jout_array_end(&w->j);
    buf_clear(text);
    buf_add(text, STR("one of its places has a point "));
    describe_area(text, area);
    jout_member_str(&w->j, "understood", buf_str(text));
    jout_object_end(&w->j);
}

static bool asks_for(const struct query *q, enum filter_kind kind)
{
    for (size_t i = 0; i < q->filter_count; i++)
        if (q->filters[i].kind == kind && !q->filters[i].negate)
            return true;
    return false;
}

/* Words that say more of the actors, related events and speakers asked for; or of anybody. */
static void write_more(struct writing *w)
{
    const struct query *q = w->q;
    bool actor = asks_for(q, FILTER_ACTOR), related = asks_for(q, FILTER_RELATED_TO);
    bool claimed = asks_for(q, FILTER_CLAIMED_BY);
    write_words(w, "role", &q->roles,
                actor ? "each actor asked for has one of these roles" : "somebody has one of them");
    write_words(w, "role__not", &q->roles_not,
                actor ? "each actor asked for takes part in a role that is none of these"
                      : "nobody has one of them");
    write_words(w, "relation", &q->relations,
                related ? "each relation asked for is of one of these types"
                        : "it has a relation of one of these types");
    write_words(w, "relation__not", &q->relations_not,
                related ? "each relation asked for is of none of these types"
                        : "it has no relation of these types");
    write_words(w, "stance", &q->stances,
                claimed ? "each claim asked for takes one of these stances"
                        : "somebody makes a claim about it that takes one of these stances");
    write_words(w, "stance__not", &q->stances_not,
                claimed ? "each claim asked for takes none of these stances"
                        : "nobody makes a claim about it that takes one of these stances");
    if (q->members && actor)
        write_entry(w, STR("members"), STR("true"),
                    STR("members of an organisation count as it while they are members"));
    if (q->disputed != WHETHER_ANY)
        write_entry(w, STR("disputed"), q->disputed == WHETHER_YES ? STR("true") : STR("false"),
                    q->disputed == WHETHER_YES ? STR("its sources contradict each other")
                                               : STR("its sources do not contradict each other"));
    if (q->text.n > 0)
        write_entry(w, STR("q"), q->text,
                    STR("every word, whatever its case and accents, is in its title, summary, "
                        "names or quotes"));
}

/* ---- the reading ---- */

static void write_policy(struct writing *w, struct buf *text)
{
    static const char *const rules[] = {
        [POLICY_PREFERRED] = "",
        [POLICY_FIRST] = "of the accounts of an event the one published first wins; where several "
                         "were, the one recorded first",
        [POLICY_LAST] = "of the accounts of an event the one published last wins; where several "
                        "were, the one recorded first",
        [POLICY_SOURCE] =
            ", then that of the source of the highest precedence, as in every event without "
            "one by it",
    };
    const struct reading *r = &w->q->reading;
    struct buf value;
    if (r->policy == POLICY_PREFERRED)
        return;
    buf_init(&value, 16 + r->source.n);
    describe_reading_write_policy(&value, r);
    buf_clear(text);
    if (r->policy == POLICY_SOURCE)
        describe_reading_policy(text, r, &w->names);
    buf_add(text, str_from(rules[r->policy]));
    write_entry(w, STR("policy"), buf_str(&value), buf_str(text));
    buf_free(&value);
}

/* "as known on 21 February 2022: 3 of 7 sources were certainly published by then" */
static void write_known(struct writing *w, struct buf *text)
{
    const struct reading *r = &w->q->reading;
    struct err ignored = {0};
    int64_t known, all;
    if (!r->known)
        return;
    buf_clear(text);
    describe_reading_known(text, r);
    if (store_count_known(w->x->reader, w->x->version, r->known_at, &known, &all, &ignored))
        buf_printf(text, ": %" PRId64 " of %" PRId64 " sources", known, all);
    write_entry(w, STR("known_at"), r->known_as_asked.text, buf_str(text));
}

static void write_order(struct writing *w)
{
    static const char *const orders[] = {
        [SORT_DATE] = "by earliest, ties by id, the undated last",
        [SORT_DATE_DESC] = "by earliest, the latest first, the undated last",
        [SORT_RELEVANCE] = "the best match first",
        [SORT_UPDATED] = "the last changed first, ties by id",
        [SORT_TITLE] = "by title, ties by id",
    };
    write_entry(w, STR("sort"), str_from(question_sort_name(w->q->sort)),
                str_from(orders[w->q->sort]));
}

str explain_question(struct call *x)
{
    const struct question *question = &x->question;
    const struct query *q = &question->query;
    struct writing w = {.x = x, .q = q, .names = names_of(x)};
    struct buf out, text;
    buf_init(&out, ANSWER_LARGEST);
    buf_init(&text, 8192);
    jout_init(&w.j, &out);
    jout_array(&w.j);
    if (q->date.text.p != NULL) {
        write_date(&w, &text);
        write_when(&w, &text);
    }
    write_undated(&w);
    for (size_t i = 0; i < q->filter_count; i++)
        write_filter(&w, &q->filters[i]);
    for (size_t i = 0; i < q->area_count; i++)
        write_area(&w, &q->areas[i], &text);
    write_more(&w);
    write_policy(&w, &text);
    write_known(&w, &text);
    if (question->as_of != AS_OF_NEWEST) {
        buf_clear(&text);
        buf_printf(&text, "the store as it was at version %" PRId64, x->version);
        write_entry(&w, STR("as_of"), question->as_of_text, buf_str(&text));
    }
    if (question->listed)
        write_order(&w);
    jout_array_end(&w.j);
    str json = arena_copy(x->arena, buf_str(&out));
    buf_free(&text);
    buf_free(&out);
    return json;
}
