/* Counts of what a question finds: over time, and by what events are linked to. */
#include <inttypes.h>

#include "api/answer.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/links.h"
#include "api/names.h"
#include "base/jout.h"
#include "model/bucket.h"
#include "render/cell.h"

static void say_counts(struct call *x, int64_t matched)
{
    answer_header(x->out, "Annals-Matched", arena_printf(x->arena, "%" PRId64, matched));
    answer_header(x->out, "Annals-Version", arena_printf(x->arena, "%" PRId64, x->version));
}

/* What every answer of counts ends with. */
static void write_end(struct call *x, struct jout *j)
{
    jout_member_i64(j, "version", x->version);
    jout_key(j, "query");
    jout_raw(j, names_query(x));
    jout_key(j, "links");
    jout_raw(j, links_write(x, STR("")));
    jout_object_end(j);
}

static const char *facet_name(enum facet f)
{
    static const char *const names[] = {
#define X(value, name) name,
        FACET_TABLE(X)
#undef X
    };
    return names[f];
}

/* ---- histogram ---- */

static enum bucket_unit unit_of(const struct histogram_ask *ask)
{
    return (enum bucket_unit)ask->by; /* store/histogram.c holds the two enums together */
}

static const char *by_name(const struct histogram_ask *ask)
{
    static const char *const names[] = {
#define X(value, name) name,
        HISTOGRAM_TABLE(X)
#undef X
            [HISTOGRAM_BINS] = "bins",
    };
    return names[ask->by];
}

/* The bucket as EDTF, and its first and last day or second. */
struct bounds {
    char text[3][80];
};

static const char *kept(struct buf *scratch, char out[80])
{
    size_t n = scratch->n < 79 ? scratch->n : 79;
    for (size_t i = 0; i < n; i++)
        out[i] = scratch->p[i];
    out[n] = '\0';
    buf_clear(scratch);
    return out;
}

static void read_bounds(struct buf *scratch, enum bucket_unit unit, const struct window *w,
                        struct bounds *out)
{
    buckets_label(scratch, unit, w);
    kept(scratch, out->text[0]);
    period_write_bound(scratch, w->from, PERIOD_START);
    kept(scratch, out->text[1]);
    period_write_bound(scratch, w->to, PERIOD_END);
    kept(scratch, out->text[2]);
}

static void write_counts(struct jout *j, const struct histogram_bucket *b)
{
    jout_member_i64(j, "min", b->min);
    jout_member_i64(j, "max", b->max);
    jout_object_end(j);
}

static void write_buckets(struct jout *j, const struct histogram *h, enum bucket_unit unit)
{
    struct buf scratch;
    struct bounds bounds;
    buf_init(&scratch, 400);
    jout_key(j, "buckets");
    jout_array(j);
    for (size_t i = 0; i < h->n; i++) {
        read_bounds(&scratch, unit, &h->buckets[i].window, &bounds);
        jout_object(j);
        jout_member_text(j, "start", bounds.text[0]);
        jout_member_text(j, "from", bounds.text[1]);
        jout_member_text(j, "to", bounds.text[2]);
        write_counts(j, &h->buckets[i]);
    }
    jout_array_end(j);
    buf_free(&scratch);
}

static str series_name(const struct histogram_series *s)
{
    return s->id.n > 0 ? s->name : STR("other");
}

static void write_series(struct jout *j, const struct histogram *h)
{
    jout_key(j, "series");
    jout_array(j);
    for (size_t k = 0; k < h->series_count; k++) {
        const struct histogram_series *s = &h->series[k];
        jout_object(j);
        jout_member_str_or_null(j, "id", s->id);
        jout_member_str(j, "name", series_name(s));
        jout_member_i64(j, "matched", s->matched);
        jout_key(j, "buckets");
        jout_array(j);
        for (size_t i = 0; i < h->n; i++) {
            jout_object(j);
            write_counts(j, &s->buckets[i]);
        }
        jout_array_end(j);
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void histogram_json(struct call *x, struct buf *out, const struct histogram *h)
{
    const struct histogram_ask *ask = &x->question.histogram;
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    jout_member_text(&j, "by", by_name(ask));
    if (ask->split < FACETS)
        jout_member_text(&j, "split", facet_name(ask->split));
    write_buckets(&j, h, unit_of(ask));
    if (ask->split < FACETS)
        write_series(&j, h);
    jout_member_i64(&j, "matched", h->matched);
    jout_member_i64(&j, "undated", h->undated);
    write_end(x, &j);
}

static void write_rows(struct buf *out, const struct histogram *h, enum bucket_unit unit,
                       const struct histogram_series *s)
{
    const struct histogram_bucket *buckets = s != NULL ? s->buckets : h->buckets;
    struct buf scratch;
    struct bounds bounds;
    buf_init(&scratch, 400);
    for (size_t i = 0; i < h->n; i++) {
        if (s != NULL) {
            cell_write(out, s->id);
            buf_add_char(out, ',');
            cell_write_free(out, series_name(s));
            buf_add_char(out, ',');
        }
        read_bounds(&scratch, unit, &buckets[i].window, &bounds);
        buf_printf(out, "%s,%s,%s,%" PRId64 ",%" PRId64 "\r\n", bounds.text[0], bounds.text[1],
                   bounds.text[2], buckets[i].min, buckets[i].max);
    }
    buf_free(&scratch);
}

static void histogram_csv(struct call *x, struct buf *out, const struct histogram *h)
{
    const struct histogram_ask *ask = &x->question.histogram;
    bool split = ask->split < FACETS;
    buf_add(out, split ? STR("series,name,start,from,to,min,max\r\n")
                       : STR("start,from,to,min,max\r\n"));
    if (!split)
        write_rows(out, h, unit_of(ask), NULL);
    for (size_t k = 0; k < h->series_count; k++)
        write_rows(out, h, unit_of(ask), &h->series[k]);
}

bool counting_histogram(struct call *x)
{
    struct query *q = &x->question.query;
    struct histogram found;
    struct buf out;
    q->version = x->version;
    if (!store_histogram(x->reader, q, &x->question.histogram, x->arena, &found, &x->problems,
                         &x->err))
        return false;
    buf_init(&out, ANSWER_LARGEST);
    if (x->format == FORMAT_CSV)
        histogram_csv(x, &out, &found);
    else
        histogram_json(x, &out, &found);
    say_counts(x, found.matched);
    return answer_buf(x, format_type(x->format), &out);
}

/* ---- facets ---- */

static void write_facet(struct call *x, struct jout *j, const struct facet_values *f)
{
    const char *by = facet_name(f->facet);
    jout_object(j);
    jout_member_text(j, "by", by);
    jout_key(j, "values");
    jout_array(j);
    for (size_t i = 0; i < f->n; i++) {
        const struct facet_value *v = &f->values[i];
        jout_object(j);
        jout_member_str(j, "id", v->id);
        jout_member_str(j, "name", v->name);
        jout_member_i64(j, "count", v->count);
        jout_member_str(j, "url", links_events(x, by, v->id));
        jout_object_end(j);
    }
    jout_array_end(j);
    jout_member_bool(j, "more", f->more);
    jout_object_end(j);
}

static void facets_json(struct call *x, struct buf *out, const struct facet_values *found, size_t n,
                        int64_t matched)
{
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    jout_key(&j, "facets");
    jout_array(&j);
    for (size_t i = 0; i < n; i++)
        write_facet(x, &j, &found[i]);
    jout_array_end(&j);
    jout_member_i64(&j, "matched", matched);
    write_end(x, &j);
}

static void facets_csv(struct buf *out, const struct facet_values *found, size_t n)
{
    buf_add(out, STR("facet,id,name,count\r\n"));
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < found[k].n; i++) {
            const struct facet_value *v = &found[k].values[i];
            buf_printf(out, "%s,", facet_name(found[k].facet));
            cell_write_free(out, v->id); /* a tag is free text */
            buf_add_char(out, ',');
            cell_write_free(out, v->name);
            buf_printf(out, ",%" PRId64 "\r\n", v->count);
        }
}

bool counting_facets(struct call *x)
{
    struct query *q = &x->question.query;
    struct facet_values *found;
    size_t n;
    int64_t matched;
    struct buf out;
    q->version = x->version;
    if (!store_facets(x->reader, q, x->question.facets, (size_t)q->limit, x->arena, &found, &n,
                      &matched, &x->problems, &x->err))
        return false;
    buf_init(&out, ANSWER_LARGEST);
    if (x->format == FORMAT_CSV)
        facets_csv(&out, found, n);
    else
        facets_json(x, &out, found, n, matched);
    say_counts(x, matched);
    return answer_buf(x, format_type(x->format), &out);
}
