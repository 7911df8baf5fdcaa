#include "base/check.h"
#include "base/jout.h"
#include "base/utf8.h"
#include "model/edtf.h"

void edtf_write_bound(struct buf *out, int64_t seconds, enum period_side side,
                      enum edtf_precision precision)
{
    if (!period_unbounded(seconds))
        period_write_bound(out, seconds, precision == EDTF_SECOND ? PERIOD_SECOND : side);
}

static void member_bound(struct jout *j, const char *key, int64_t seconds, enum period_side side,
                         enum edtf_precision precision)
{
    struct buf words;
    buf_init(&words, 64);
    edtf_write_bound(&words, seconds, side, precision);
    jout_member_str_or_null(j, key, buf_str(&words));
    buf_free(&words);
}

static void members_valid(struct jout *j, const struct edtf *e)
{
    const struct period *p = &e->bounds;
    jout_member_bool(j, "valid", true);
    jout_member_i64(j, "level", e->level);
    member_bound(j, "earliest", p->earliest, PERIOD_START, e->precision);
    member_bound(j, "start_latest", p->start_latest, PERIOD_END, e->precision);
    member_bound(j, "end_earliest", p->end_earliest, PERIOD_START, e->precision);
    member_bound(j, "latest", p->latest, PERIOD_END, e->precision);
    jout_member_text(j, "precision", edtf_precision_name(e->precision));
    jout_member_text(j, "qualifier", edtf_qualifier_name(e->qualifier));
    jout_member_text(j, "error", NULL);
}

static void members_invalid(struct jout *j, const struct edtf_error *error)
{
    static const char *const nothing[] = {"level",  "earliest",  "start_latest", "end_earliest",
                                          "latest", "precision", "qualifier"};
    jout_member_bool(j, "valid", false);
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        jout_member_text(j, nothing[i], NULL);
    jout_key(j, "error");
    jout_object(j);
    jout_member_i64(j, "position", (int64_t)error->position);
    jout_member_text(j, "detail", error->detail);
    jout_object_end(j);
}

/* text with U+FFFD in place of each byte that is not UTF-8. */
static void add_clean(struct buf *out, str text)
{
    while (text.n > 0) {
        size_t good = utf8_invalid_at(text);
        buf_add(out, str_sub(text, 0, good));
        if (good < text.n)
            buf_add(out, STR("\xEF\xBF\xBD"));
        text = str_sub(text, good + 1, text.n);
    }
}

void edtf_write_json(struct buf *out, str text)
{
    struct edtf e;
    struct edtf_error error;
    struct buf clean;
    size_t cap;
    ENSURE(!__builtin_mul_overflow(text.n, 3, &cap));
    buf_init(&clean, cap);
    add_clean(&clean, text);
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    jout_member_str(&j, "edtf", buf_str(&clean));
    if (edtf_parse(text, &e, &error))
        members_valid(&j, &e);
    else
        members_invalid(&j, &error);
    jout_object_end(&j);
    buf_free(&clean);
}
