/* The parameters that say how the answer is shown: order, pages, drawings, counts. */
#include "api/language.h"
#include "api/question_set.h"
#include "base/hash.h"
#include "base/num.h"

static const char *sort_word(size_t i)
{
    return i <= SORT_TITLE ? question_sort_name((enum query_sort)i) : NULL;
}

static const char *include_word(size_t i)
{
    return i < QUESTION_PARTS ? question_part_name((enum event_part)i) : NULL;
}

static void set_sort(struct question_reading *r, const struct argument *a)
{
    size_t index;
    if (question_word(r, a, a->values.items[0], sort_word, &index))
        r->q->query.sort = (enum query_sort)index;
}

static void set_limit(struct question_reading *r, const struct argument *a)
{
    str text = a->values.items[0];
    int most = r->route->most_rows > 0 ? r->route->most_rows : QUERY_LARGEST_LIMIT;
    r->q->limit_given = true;
    if (r->route->unlimited && str_eq(text, STR("all"))) {
        r->q->all = true;
        r->q->query.limit = QUERY_LARGEST_LIMIT;
        return;
    }
    if (num_parse_range(text, 1, most, &r->q->query.limit))
        return;
    struct problem *p = problem_add(r->problems, PROBLEM_PARAMETER, a->name, text,
                                    "it is a whole number from 1 to %d%s", most,
                                    r->route->unlimited ? ", or \"all\"" : "");
    if (r->route->parameters & PARAMETER_BIT(PARAM_CURSOR))
        problem_hint(r->problems, p, "for more rows follow `next` from page to page");
}

static void set_cursor(struct question_reading *r, const struct argument *a)
{
    r->q->cursor = a->values.items[0];
}

static void set_format(struct question_reading *r, const struct argument *a)
{
    r->q->format = a->values.items[0];
}

static void set_fields(struct question_reading *r, const struct argument *a)
{
    r->q->fields = a->values;
}

static void set_include(struct question_reading *r, const struct argument *a)
{
    size_t index;
    for (size_t i = 0; i < a->values.n; i++)
        if (question_word(r, a, a->values.items[i], include_word, &index))
            r->q->include |= 1u << index;
}

static void set_shape(struct question_reading *r, const struct argument *a)
{
    size_t index;
    r->q->array = question_word(r, a, a->values.items[0], words_shape, &index);
}

static void set_message(struct question_reading *r, const struct argument *a)
{
    r->q->message = a->values.items[0];
    if (a->text.n > QUESTION_LONGEST_MESSAGE)
        problem_add(r->problems, PROBLEM_PARAMETER, a->name, a->text, "it is at most %d bytes long",
                    QUESTION_LONGEST_MESSAGE);
}

#define FLAG_SETTER(name, member)                                                                  \
    static void set_##name(struct question_reading *r, const struct argument *a)                   \
    {                                                                                              \
        question_flag(r, a, &r->q->member);                                                        \
    }
FLAG_SETTER(count, query.count)
FLAG_SETTER(pretty, pretty)
FLAG_SETTER(explain, explain)
FLAG_SETTER(dry_run, dry_run)
FLAG_SETTER(keep_going, keep_going)

static void set_lang(struct question_reading *r, const struct argument *a)
{
    bool good = true;
    for (size_t i = 0; i < a->values.n; i++) {
        if (language_is_tag(a->values.items[i]))
            continue;
        struct problem *p = question_refuse(r, a, a->values.items[i],
                                            "not a tag of a language (BCP 47)");
        problem_hint(r->problems, p, "such as az, ru or zh-Hant, the dearest first: az,ru");
        good = false;
    }
    if (good)
        r->q->lang = a->values;
}

/* ---- drawings, counts and changes ---- */

/* Which widths there are depends on the format, which is known later: see call_format. */
static void set_width(struct question_reading *r, const struct argument *a)
{
    int64_t width;
    if (question_number(r, a, 1, QUESTION_LARGEST_WIDTH, &width))
        r->q->width = (int)width;
}

static void set_lanes(struct question_reading *r, const struct argument *a)
{
    size_t index;
    if (!question_word(r, a, a->values.items[0], words_lanes, &index))
        return;
    r->q->lanes = (enum page_lanes)index;
    r->q->lanes_given = true;
}

/* The sizes of buckets where there are buckets (bins=), else facets. */
static void set_by(struct question_reading *r, const struct argument *a)
{
    bool buckets = (r->route->parameters & PARAMETER_BIT(PARAM_BINS)) != 0;
    size_t index;
    if (buckets && a->values.n > 1) {
        question_refuse(r, a, a->text, "one size of bucket can be asked for at once");
        return;
    }
    if (!buckets)
        r->q->facets = 0;
    for (size_t i = 0; i < a->values.n; i++) {
        if (!question_word(r, a, a->values.items[i], buckets ? words_buckets : words_facet, &index))
            continue;
        if (!buckets) {
            r->q->facets |= 1u << index;
            continue;
        }
        r->q->histogram.by = (enum histogram_by)index;
        r->q->histogram_given = true;
    }
}

static void set_bins(struct question_reading *r, const struct argument *a)
{
    int64_t bins;
    if (question_number(r, a, 1, HISTOGRAM_MOST_BUCKETS, &bins))
        r->q->histogram.bins = (int)bins;
}

static void set_split(struct question_reading *r, const struct argument *a)
{
    size_t index;
    if (question_word(r, a, a->values.items[0], words_split, &index))
        r->q->histogram.split = (enum facet)index;
}

static void set_depth(struct question_reading *r, const struct argument *a)
{
    int64_t depth;
    if (question_number(r, a, 1, GRAPH_DEEPEST, &depth))
        r->q->depth = (int)depth;
}

static void set_since(struct question_reading *r, const struct argument *a)
{
    r->q->since_given = question_number(r, a, 0, INT64_MAX, &r->q->since);
}

static void set_property(struct question_reading *r, const struct argument *a)
{
    size_t index;
    for (size_t i = 0; i < a->values.n; i++)
        if (question_word(r, a, a->values.items[i], words_property, &index))
            r->q->properties |= 1u << index;
}

static void set_fingerprint(struct question_reading *r, const struct argument *a)
{
    str text = a->values.items[0], prefix = STR("sha-256:");
    str hex = str_starts(text, prefix) ? str_sub(text, prefix.n, text.n) : STR("");
    r->q->fingerprint_given = hash_from_hex(hex, r->q->fingerprint, sizeof r->q->fingerprint);
    if (r->q->fingerprint_given)
        return;
    struct problem *p = question_refuse(r, a, text, "not the fingerprint of a citation");
    problem_hint(r->problems, p, "sha-256: and 64 hexadecimal digits, as /v1/cite gives it");
}

question_setter *question_shape_setter(enum parameter p)
{
#define S(PARAM, name) [PARAM_##PARAM] = set_##name
    static question_setter *const setters[PARAMETERS] = {
        S(SORT, sort),
        S(LIMIT, limit),
        S(CURSOR, cursor),
        S(COUNT, count),
        S(FIELDS, fields),
        S(INCLUDE, include),
        S(LANG, lang),
        S(PRETTY, pretty),
        S(EXPLAIN, explain),
        S(FORMAT, format),
        S(SHAPE, shape),
        S(WIDTH, width),
        S(LANES, lanes),
        S(BY, by),
        S(BINS, bins),
        S(SPLIT, split),
        S(DEPTH, depth),
        S(SINCE, since),
        S(DRY_RUN, dry_run),
        S(KEEP_GOING, keep_going),
        S(MESSAGE, message),
        S(PROPERTY, property),
        S(FINGERPRINT, fingerprint),
    };
#undef S
    return p < PARAMETERS ? setters[p] : NULL;
}
