/*
 * Two dates, one a line: the first is a question's, the second an event's. Whatever they are, they
 * are compared in bounded time; what matches meets the weak condition of the statements too; and
 * what has gaps is walked from end to end, stretch after stretch, in order and apart.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/check.h"
#include "model/edtf.h"
#include "model/edtf_stretch.h"
#include "model/match.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_stretches(const struct edtf_span *span)
{
    struct edtf_stretches s = edtf_stretch_of(span);
    struct window before, w;
    ENSURE(s.hull.from <= s.hull.to);
    ENSURE(edtf_stretch_next(&s, INT64_MIN, &before) && before.from == s.hull.from);
    ENSURE((before.to != s.hull.to) == s.gapped);
    for (int i = 0; i < 100 && before.to < s.hull.to; i++, before = w) {
        ENSURE(edtf_stretch_next(&s, before.to + 1, &w));
        ENSURE(w.from > before.to + 1 && w.to >= w.from && w.to <= s.hull.to);
        struct window again;
        ENSURE(edtf_stretch_next(&s, w.to, &again) && again.from == w.from && again.to == w.to);
        ENSURE(edtf_stretch_from(&s, before.from + 1, &again) && again.from == w.from);
    }
    ENSURE(edtf_stretch_next(&s, s.hull.to, &w) && w.to == s.hull.to);
    ENSURE(s.hull.to == INT64_MAX || !edtf_stretch_next(&s, s.hull.to + 1, &w));
}

static void check_parts(str date)
{
    struct edtf_parts parts;
    struct edtf_error error;
    ENSURE(edtf_parts_read(date, &parts, &error));
    for (size_t i = 0; i < parts.count; i++)
        check_stretches(&parts.span[i]);
}

static void check_match(enum match_when when, str question, str date, const struct period *bounds)
{
    struct arena *a = arena_new();
    struct match m;
    match_prepare(question, when, a, &m);
    ENSURE((m.parts != NULL) == match_gapped(question));
    enum period_match match = match_event(&m, bounds, date);
    struct match_rule weak = match_rule(when, false);
    weak.around = false;
    ENSURE(match == PERIOD_NO_MATCH || match_rule_holds(weak, bounds, &m.hull));
    if (!match_gapped(date))
        ENSURE(match == match_event(&m, bounds, STR("")));
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str text = {(const char *)data, size}, question, date;
    struct edtf e;
    struct edtf_error error;
    str_cut(text, '\n', &question, &date);
    if (!edtf_parse(question, &e, &error) || !edtf_parse(date, &e, &error)) {
        (void)match_gapped(question);
        return 0;
    }
    check_parts(question);
    check_parts(date);
    for (int i = 0; i < MATCH_WHENS; i++)
        check_match((enum match_when)i, question, date, &e.bounds);
    return 0;
}
