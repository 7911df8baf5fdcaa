#include "api/describe.h"

#include <inttypes.h>

#include "api/describe_date.h"
#include "api/describe_reading.h"
#include "base/jout.h"
#include "base/utf8.h"
#include "model/event.h"

#define LONGEST ((size_t)64 * 1024)
#define MOST_NAMES 8     /* of one filter; the rest are counted */
#define LONGEST_TEXT 200 /* code points of the words of a search */

struct sentence {
    struct buf *out;
    const struct query *q;
    const struct describe_names *names;
    bool any; /* a clause stands there already */
};

/* What stands before the values of a filter, and of one that is negated. */
static const struct {
    const char *with;
    const char *without;
} phrases[] = {
    [FILTER_ACTOR] = {"with ", "without "},
    [FILTER_PLACE] = {"in ", "not in "},
    [FILTER_TYPE] = {"of the type ", "not of the type "},
    [FILTER_TAG] = {"tagged ", "not tagged "},
    [FILTER_SOURCE] = {"told by ", "not told by "},
    [FILTER_ID] = {"that are ", "other than "},
    [FILTER_PRECISION] = {"dated to the ", "not dated to the "},
    [FILTER_RELATED_TO] = {"related to ", "not related to "},
    [FILTER_CLAIMED_BY] = {"about which ", "without a claim by "},
};

/* ---- lists of values ---- */

static void add_value(struct sentence *s, enum filter_kind kind, str value)
{
    bool titled = kind == FILTER_ID || kind == FILTER_RELATED_TO || kind == FILTER_SOURCE;
    str name = kind == FILTER_KINDS ? value : s->names->name(s->names->context, kind, value);
    bool quoted = titled && !str_eq(name, value);
    buf_printf(s->out, quoted ? "“%.*s”" : "%.*s", STR_ARG(name));
}

/* "a, b or c". kind: FILTER_KINDS for words that are what they are. last: one more, or NULL. */
static void add_values(struct sentence *s, const struct strs *values, enum filter_kind kind,
                       const char *last)
{
    size_t shown = values->n > MOST_NAMES + 1 ? MOST_NAMES : values->n;
    size_t n = shown + (shown < values->n) + (last != NULL);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add(s->out, i + 1 < n ? STR(", ") : STR(" or "));
        if (i < shown)
            add_value(s, kind, values->items[i]);
        else if (i == shown && shown < values->n)
            buf_printf(s->out, "%zu others", values->n - shown);
        else
            buf_add(s->out, str_from(last));
    }
}

/* Words with what their underscores stand for: “responds to” or “follows”. */
static void add_terms(struct sentence *s, const struct strs *terms)
{
    size_t shown = terms->n > MOST_NAMES + 1 ? MOST_NAMES : terms->n;
    for (size_t i = 0; i < shown; i++) {
        str term = str_sub(terms->items[i], 0, DOCUMENT_LONGEST_ID);
        if (i > 0)
            buf_add(s->out, i + 1 < terms->n ? STR(", ") : STR(" or "));
        buf_add(s->out, STR("“"));
        for (size_t k = 0; k < term.n; k++)
            buf_add_char(s->out, term.p[k] == '_' ? ' ' : term.p[k]);
        buf_add(s->out, STR("”"));
    }
    if (shown < terms->n)
        buf_printf(s->out, " or %zu others", terms->n - shown);
}

/* ---- clauses ---- */

/* What stands between two clauses; again: the second is of the same kind. */
static void begin(struct sentence *s, bool again)
{
    buf_add(s->out, again ? STR(" and ") : s->any ? STR(", ") : STR(" "));
    s->any = true;
}

/* How many filters of a kind, negated or not, and their values. */
static size_t count(const struct query *q, enum filter_kind kind, bool negate, size_t *values)
{
    size_t n = 0;
    *values = 0;
    for (size_t i = 0; i < q->filter_count; i++) {
        const struct filter *f = &q->filters[i];
        if (f->kind != kind || f->negate != negate)
            continue;
        n++;
        *values += f->values.n;
    }
    return n;
}

/* How an event is related, behind what it is related to. */
static void add_relation(struct sentence *s)
{
    const struct query *q = s->q;
    if (q->relations.n > 0) {
        buf_add(s->out, STR(" by "));
        add_terms(s, &q->relations);
    }
    if (q->relations_not.n > 0) {
        buf_add(s->out, q->relations.n > 0 ? STR(" and not by ") : STR(" by other than "));
        add_terms(s, &q->relations_not);
    }
}

/* What a speaker does, behind the name. */
static void add_stances(struct sentence *s)
{
    const struct query *q = s->q;
    buf_add(s->out, STR(" makes a claim"));
    if (q->stances.n > 0) {
        buf_add(s->out, STR(" that "));
        add_values(s, &q->stances, FILTER_KINDS, NULL);
    }
    if (q->stances_not.n > 0) {
        buf_add(s->out, STR(" other than one that "));
        add_values(s, &q->stances_not, FILTER_KINDS, NULL);
    }
}

/* All filters of a kind, negated or not; again: as if one of them stood there already. */
static bool add_filters(struct sentence *s, enum filter_kind kind, bool negate, bool again)
{
    for (size_t i = 0; i < s->q->filter_count; i++) {
        const struct filter *f = &s->q->filters[i];
        if (f->kind != kind || f->negate != negate)
            continue;
        bool members = kind == FILTER_ACTOR && s->q->members;
        begin(s, again);
        buf_add(s->out, str_from(negate ? phrases[kind].without : phrases[kind].with));
        add_values(s, &f->values, kind,
                   !members          ? NULL
                   : f->values.n > 1 ? "a member of theirs"
                                     : "a member of it");
        if (kind == FILTER_RELATED_TO && !negate)
            add_relation(s);
        if (kind == FILTER_CLAIMED_BY && !negate)
            add_stances(s);
        again = true;
    }
    return again;
}

static void add_both(struct sentence *s, enum filter_kind kind)
{
    add_filters(s, kind, false, false);
    add_filters(s, kind, true, false);
}

/* ---- who takes part ---- */

static void add_roles(struct sentence *s, const char *as, const char *not_as)
{
    const struct query *q = s->q;
    if (q->roles.n > 0) {
        buf_add(s->out, str_from(as));
        add_values(s, &q->roles, FILTER_KINDS, NULL);
    }
    if (q->roles_not.n > 0) {
        buf_add(s->out, str_from(q->roles.n > 0 ? " and not as " : not_as));
        add_values(s, &q->roles_not, FILTER_KINDS, NULL);
    }
}

static void add_actors(struct sentence *s)
{
    const struct query *q = s->q;
    size_t values, filters = count(q, FILTER_ACTOR, false, &values);
    add_filters(s, FILTER_ACTOR, false, false);
    if (filters == 1)
        add_roles(s, " as ", " in a part other than ");
    else if (filters > 1)
        add_roles(s, ", each as ", ", each in a part other than ");
    add_filters(s, FILTER_ACTOR, true, false);
    if (filters > 0)
        return;
    if (q->roles.n > 0) {
        begin(s, false);
        buf_add(s->out, STR("with somebody as "));
        add_values(s, &q->roles, FILTER_KINDS, NULL);
    }
    if (q->roles_not.n > 0) {
        begin(s, false);
        buf_add(s->out, STR("with nobody as "));
        add_values(s, &q->roles_not, FILTER_KINDS, NULL);
    }
}

/* ---- where ---- */

static void add_degrees(struct buf *out, double value, const char *positive, const char *negative)
{
    buf_printf(out, "%.9g° %s", value < 0 ? -value : value, value < 0 ? negative : positive);
}

static void add_point(struct buf *out, double lat, double lon)
{
    add_degrees(out, lat, "N", "S");
    buf_add_char(out, ' ');
    add_degrees(out, lon, "E", "W");
}

void describe_area(struct buf *out, const struct query_area *area)
{
    if (area->is_circle) {
        buf_printf(out, "within %.9g km of ", area->km);
        add_point(out, area->lat, area->lon);
        return;
    }
    buf_add(out, STR("in the box from "));
    add_point(out, area->south, area->west);
    buf_add(out, STR(" to "));
    add_point(out, area->north, area->east);
    if (area->west > area->east)
        buf_add(out, STR(" across the 180th meridian"));
}

static void add_areas(struct sentence *s)
{
    for (size_t i = 0; i < s->q->area_count; i++) {
        begin(s, i > 0);
        describe_area(s->out, &s->q->areas[i]);
    }
}

/* ---- relations and claims ---- */

static void add_relations(struct sentence *s)
{
    const struct query *q = s->q;
    bool related = add_filters(s, FILTER_RELATED_TO, false, false);
    add_filters(s, FILTER_RELATED_TO, true, false);
    if (!related && q->relations.n > 0) {
        begin(s, false);
        buf_add(s->out, STR("with a relation "));
        add_terms(s, &q->relations);
    }
    if (!related && q->relations_not.n > 0) {
        begin(s, false);
        buf_add(s->out, STR("without a relation "));
        add_terms(s, &q->relations_not);
    }
}

static void add_claims(struct sentence *s)
{
    const struct query *q = s->q;
    bool claimed = add_filters(s, FILTER_CLAIMED_BY, false, false);
    add_filters(s, FILTER_CLAIMED_BY, true, false);
    if (!claimed && q->stances.n > 0) {
        begin(s, false);
        buf_add(s->out, STR("about which somebody makes a claim that "));
        add_values(s, &q->stances, FILTER_KINDS, NULL);
    }
    if (!claimed && q->stances_not.n > 0) {
        begin(s, false);
        buf_add(s->out, STR("about which nobody makes a claim that "));
        add_values(s, &q->stances_not, FILTER_KINDS, NULL);
    }
    if (q->disputed == WHETHER_ANY)
        return;
    begin(s, false);
    buf_add(s->out, q->disputed == WHETHER_YES ? STR("that sources disagree on")
                                               : STR("that sources do not disagree on"));
}

/* ---- the whole ---- */

static void add_text(struct sentence *s)
{
    str text = s->q->text, shown = utf8_slice(text, 0, LONGEST_TEXT);
    if (text.n == 0)
        return;
    begin(s, false);
    buf_printf(s->out, "that speak of “%.*s%s”", STR_ARG(shown), shown.n < text.n ? "…" : "");
}

/* "all events", "events", "undated events"; the date and what becomes of those without one. */
static void add_subject(struct sentence *s)
{
    const struct query *q = s->q;
    bool dated = q->date.text.p != NULL;
    bool all = !dated && q->filter_count == 0 && q->text.n == 0 && q->roles.n == 0 &&
               q->roles_not.n == 0 && q->relations.n == 0 && q->relations_not.n == 0 &&
               q->stances.n == 0 && q->stances_not.n == 0 && q->area_count == 0 &&
               q->disputed == WHETHER_ANY;
    buf_add(s->out, all ? STR("all ") : STR(""));
    if (q->undated == UNDATED_ONLY)
        buf_add(s->out, STR("undated "));
    else if (q->undated == UNDATED_EXCLUDE && !dated)
        buf_add(s->out, STR("dated "));
    buf_add(s->out, STR("events"));
    if (!dated)
        return;
    buf_add_char(s->out, ' ');
    describe_date(s->out, q);
    if (q->undated == UNDATED_INCLUDE) {
        buf_add(s->out, STR(" or without a date"));
        s->any = true;
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
    struct sentence s = {.out = out, .q = &question->query, .names = names};
    add_subject(&s);
    add_actors(&s);
    add_both(&s, FILTER_TYPE);
    add_both(&s, FILTER_TAG);
    add_both(&s, FILTER_PLACE);
    add_areas(&s);
    add_both(&s, FILTER_SOURCE);
    add_both(&s, FILTER_PRECISION);
    add_both(&s, FILTER_ID);
    add_relations(&s);
    add_claims(&s);
    add_text(&s);
    describe_reading(out, &question->query.reading, ", ", names);
    buf_add(out, str_from(orders[question->query.sort]));
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

/* [minlon, minlat, maxlon, maxlat] or [lat, lon, km] */
static void write_area(struct jout *j, const struct query_area *area)
{
    const double box[] = {area->west, area->south, area->east, area->north};
    const double circle[] = {area->lat, area->lon, area->km};
    const double *numbers = area->is_circle ? circle : box;
    jout_object(j);
    jout_key_str(j, area->parameter);
    jout_array(j);
    for (size_t i = 0; i < (area->is_circle ? 3 : 4); i++)
        jout_f64(j, numbers[i]);
    jout_array_end(j);
    jout_object_end(j);
}

static void write_flag(struct jout *j, const char *parameter, bool value)
{
    jout_object(j);
    jout_member_bool(j, parameter, value);
    jout_object_end(j);
}

static void write_filters(struct jout *j, const struct query *q)
{
    jout_array(j);
    for (size_t i = 0; i < q->filter_count; i++)
        write_filter(j, q->filters[i].parameter, &q->filters[i].values);
    write_filter(j, STR("role"), &q->roles);
    write_filter(j, STR("role__not"), &q->roles_not);
    if (q->members)
        write_flag(j, "members", true);
    for (size_t i = 0; i < q->area_count; i++)
        write_area(j, &q->areas[i]);
    write_filter(j, STR("relation"), &q->relations);
    write_filter(j, STR("relation__not"), &q->relations_not);
    if (q->disputed != WHETHER_ANY)
        write_flag(j, "disputed", q->disputed == WHETHER_YES);
    write_filter(j, STR("stance"), &q->stances);
    write_filter(j, STR("stance__not"), &q->stances_not);
    jout_array_end(j);
}

enum query_undated describe_undated(const struct query *q)
{
    if (q->undated != UNDATED_DEFAULT)
        return q->undated;
    return q->date.text.p != NULL ? UNDATED_EXCLUDE : UNDATED_INCLUDE;
}

void describe_write_json(struct buf *out, const struct question *question, int64_t version,
                         const struct describe_names *names)
{
    static const char *const undated[] = {
        [UNDATED_EXCLUDE] = "exclude", [UNDATED_INCLUDE] = "include", [UNDATED_ONLY] = "only"};
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
        jout_member_text(&j, "when", match_when_name(q->when));
        jout_member_text(&j, "certainty", q->certain ? "certain" : "possible");
    }
    jout_member_text(&j, "undated", undated[describe_undated(q)]);
    if (q->text.n > 0)
        jout_member_str(&j, "q", q->text);
    describe_reading_json(&j, &q->reading);
    jout_key(&j, "filters");
    write_filters(&j, q);
    if (question->listed) {
        jout_member_text(&j, "sort", question_sort_name(q->sort));
        jout_member_i64(&j, "limit", q->limit);
    }
    jout_object_end(&j);
}
