#include "model/edtf.h"

#include "base/check.h"
#include "model/edtf_parts.h"

/* ---- what the parts say of the whole ---- */

static void add_date(struct edtf *e, const struct edtf_date *d, bool is_first)
{
    int level = edtf_date_level(d);
    if (edtf_date_masked(d) && e->kind == EDTF_INTERVAL)
        level = 2; /* in an interval, X is of level 2 wherever it stands */
    enum edtf_precision precision = edtf_date_precision(d);
    struct edtf_qualifiers q = edtf_date_qualifiers(d);
    e->level = level > e->level ? level : e->level;
    e->precision = is_first || precision > e->precision ? precision : e->precision;
    e->qualifier = (enum edtf_qualifier)(e->qualifier | q.year | q.month | q.day);
    if (d->has_offset && !e->has_offset) {
        e->has_offset = true;
        e->offset_minutes = d->offset_minutes;
    }
}

static int least_level(enum edtf_kind kind, const struct edtf_span *span)
{
    if (kind == EDTF_ONE_OF || kind == EDTF_ALL_OF)
        return 2;
    bool is_extended = span->range &&
                       (span->left.end != EDTF_GIVEN || span->right.end != EDTF_GIVEN);
    return is_extended ? 1 : 0;
}

/* ---- bounds ---- */

static int64_t min(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t max(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* One of these happened, or all of them did. */
static struct period join(enum edtf_kind kind, struct period a, struct period b)
{
    bool one = kind == EDTF_ONE_OF;
    return (struct period){
        .earliest = min(a.earliest, b.earliest),
        .start_latest = one ? max(a.start_latest, b.start_latest)
                            : min(a.start_latest, b.start_latest),
        .end_earliest = one ? min(a.end_earliest, b.end_earliest)
                            : max(a.end_earliest, b.end_earliest),
        .latest = max(a.latest, b.latest),
    };
}

/* ---- the whole ---- */

static struct edtf meaning(const struct edtf_parts *parts)
{
    struct edtf e = {.kind = parts->kind, .precision = EDTF_MILLENNIUM};
    bool is_first = true;
    for (size_t i = 0; i < parts->count; i++) {
        const struct edtf_span *span = &parts->span[i];
        e.level = (int)max(e.level, least_level(e.kind, span));
        if (span->left.end == EDTF_GIVEN) {
            add_date(&e, &span->left.date, is_first);
            is_first = false;
        }
        if (span->range && span->right.end == EDTF_GIVEN) {
            add_date(&e, &span->right.date, is_first);
            is_first = false;
        }
        e.open_start |= span->left.end == EDTF_OPEN;
        e.unknown_start |= span->left.end == EDTF_UNKNOWN;
        e.open_end |= span->range && span->right.end == EDTF_OPEN;
        e.unknown_end |= span->range && span->right.end == EDTF_UNKNOWN;
        struct period bounds = edtf_parts_bounds(e.kind, span);
        e.bounds = i == 0 ? bounds : join(e.kind, e.bounds, bounds);
    }
    return e;
}

bool edtf_parse(str text, struct edtf *out, struct edtf_error *error)
{
    struct edtf_parts parts;
    if (!edtf_parts_read(text, &parts, error))
        return false;
    *out = meaning(&parts);
    return true;
}

const char *edtf_precision_name(enum edtf_precision p)
{
    static const char *const names[] = {
#define X(value, name) name,
        EDTF_PRECISION_TABLE(X)
#undef X
    };
    ENSURE((size_t)p < sizeof names / sizeof *names);
    return names[p];
}

const char *edtf_qualifier_name(enum edtf_qualifier q)
{
    static const char *const names[] = {NULL, "uncertain", "approximate",
                                        "uncertain and approximate"};
    ENSURE((size_t)q < sizeof names / sizeof *names);
    return names[q];
}
