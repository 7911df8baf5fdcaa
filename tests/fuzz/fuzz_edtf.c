/*
 * Whatever bytes come: reading a date ends, stays within its text, and what it says holds
 * together. Seeds: the strings of tests/data/edtf.
 */
#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/check.h"
#include "base/utf8.h"
#include "model/edtf.h"
#include "model/period.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_value(const struct edtf *e)
{
    const struct period *p = &e->bounds;
    ENSURE(p->earliest <= p->start_latest && p->start_latest <= p->latest);
    ENSURE(p->earliest <= p->end_earliest && p->end_earliest <= p->latest);
    ENSURE(p->earliest != PERIOD_NO_END && p->latest != PERIOD_NO_START);
    ENSURE((p->earliest == PERIOD_NO_START) == (e->open_start || e->unknown_start));
    ENSURE((p->latest == PERIOD_NO_END) == (e->open_end || e->unknown_end));
    ENSURE(e->level >= 0 && e->level <= 2);
    ENSURE(e->kind == EDTF_DATE || e->kind == EDTF_INTERVAL || e->level == 2);
    ENSURE(edtf_precision_name(e->precision) != NULL);
    ENSURE((edtf_qualifier_name(e->qualifier) == NULL) == (e->qualifier == EDTF_PLAIN));
    int cls = period_class(p);
    ENSURE(period_extent(p) <= period_class_extent(cls));
    /* Its own extent as a window: it lies in there for certain. */
    struct window all = {p->earliest, p->latest};
    ENSURE(period_overlaps(p, &all) == PERIOD_CERTAIN);
    ENSURE(!period_disjoint(p, p));
}

static void check_display(str text)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    edtf_display(&out, text);
    ENSURE(!buf_failed(&out) && out.n > 0 && utf8_valid(buf_str(&out)));
    buf_free(&out);
}

static void check_json(str text, bool valid)
{
    struct buf out;
    buf_init(&out, 8 * text.n + 4096);
    edtf_write_json(&out, text);
    ENSURE(!buf_failed(&out));
    json_t *said = json_loadb(out.p, out.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    ENSURE(said != NULL);
    ENSURE(json_is_true(json_object_get(said, "valid")) == valid);
    ENSURE(json_is_null(json_object_get(said, "error")) == valid);
    json_decref(said);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str text = {(const char *)data, size};
    struct edtf e;
    struct edtf_error error;
    bool valid = edtf_parse(text, &e, &error);
    if (valid) {
        check_value(&e);
        check_display(text);
    } else {
        size_t length = strnlen(error.detail, sizeof error.detail);
        ENSURE(length > 0 && length < sizeof error.detail);
        ENSURE(utf8_valid(str_from(error.detail)));
        ENSURE(error.position <= utf8_count(text));
    }
    check_json(text, valid);
    return 0;
}
