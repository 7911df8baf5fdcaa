#include "render/citation.h"

#include <inttypes.h>

#include "base/jout.h"
#include "model/edtf.h"
#include "model/period.h"

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

struct citation_day citation_day_of(int64_t microseconds)
{
    struct citation_day d;
    period_civil_from_days(period_day_of(microseconds / 1000000), &d.year, &d.month, &d.day);
    return d;
}

void citation_key(struct buf *out, const struct citation *c)
{
    str digits = str_sub(c->fingerprint, str_find(c->fingerprint, ':') + 1, 8);
    buf_printf(out, "annals-v%" PRId64 "-%.*s", c->version, STR_ARG(digits));
}

/* "24 November 2026" */
static void day_words(struct buf *out, const struct citation_day *d)
{
    buf_printf(out, "%d %s %" PRId64, d->day, months[d->month - 1], d->year);
}

static void day_iso(struct buf *out, const struct citation_day *d)
{
    buf_printf(out, "%04" PRId64 "-%02d-%02d", d->year, d->month, d->day);
}

static void counted(struct buf *out, int64_t n)
{
    buf_printf(out, "%" PRId64 " event%s", n, n == 1 ? "" : "s");
}

/* ---- BibTeX ---- */

/*
 * Text between braces: what is a command to LaTeX is escaped, blanks are one each. BibTeX counts
 * braces before LaTeX sees them, those behind a backslash too: one that is the text's own gets a
 * name, so that all that are written come in pairs.
 */
static const char *named(char c)
{
    switch (c) {
    case '\\':
        return "\\textbackslash{}";
    case '~':
        return "\\textasciitilde{}";
    case '^':
        return "\\textasciicircum{}";
    case '{':
        return "\\textbraceleft{}";
    case '}':
        return "\\textbraceright{}";
    default:
        return NULL;
    }
}

static void latex(struct buf *out, str text)
{
    static const str escaped = STR_INIT("&%$#_");
    bool blank = false, begun = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if ((unsigned char)c <= ' ' || c == 0x7f) {
            blank = begun;
            continue;
        }
        if (blank)
            buf_add_char(out, ' ');
        blank = false;
        begun = true;
        if (named(c) != NULL) {
            buf_add(out, str_from(named(c)));
            continue;
        }
        if (str_find(escaped, c) < escaped.n)
            buf_add_char(out, '\\');
        buf_add_char(out, c);
    }
}

static void field(struct buf *out, const char *name, str text)
{
    if (text.n == 0)
        return;
    buf_printf(out, "  %s = {", name);
    latex(out, text);
    buf_add(out, STR("},\n"));
}

/* "Title (Publisher, published)" */
static void source_words(struct buf *out, const struct citation_source *s)
{
    buf_add(out, s->title.n > 0 ? s->title : s->id);
    if (s->publisher.n == 0 && s->published.n == 0)
        return;
    buf_add(out, STR(" ("));
    buf_add(out, s->publisher);
    if (s->publisher.n > 0 && s->published.n > 0)
        buf_add(out, STR(", "));
    if (s->published.n > 0)
        edtf_display(out, s->published);
    buf_add_char(out, ')');
}

static void sources_words(struct buf *out, const struct citation *c)
{
    for (size_t i = 0; i < c->source_count; i++) {
        if (i > 0)
            buf_add(out, STR("; "));
        source_words(out, &c->sources[i]);
    }
}

static void note(struct buf *out, const struct citation *c)
{
    buf_printf(out, "Version %" PRId64, c->version);
    if (c->has_recorded) {
        buf_add(out, STR(", recorded "));
        day_words(out, &c->recorded);
    }
    buf_add(out, STR("; "));
    counted(out, c->matched);
    buf_printf(out, "; %.*s", STR_ARG(c->fingerprint));
    if (c->source_count > 0) {
        buf_add(out, STR("; told by "));
        sources_words(out, c);
    }
}

void citation_bibtex(struct buf *out, const struct citation *c)
{
    struct buf text;
    buf_init(&text, out->cap);
    buf_add(out, STR("@misc{"));
    citation_key(out, c);
    buf_add(out, STR(",\n"));
    field(out, "title", c->title);
    field(out, "howpublished", c->store_title);
    if (c->has_recorded)
        buf_printf(out, "  year = {%" PRId64 "},\n  month = {%d},\n", c->recorded.year,
                   c->recorded.month);
    buf_printf(out, "  version = {%" PRId64 "},\n", c->version);
    /* An address stands as it is: it is printable ASCII, and without braces. */
    buf_printf(out, "  url = {%.*s},\n  urldate = {", STR_ARG(c->link));
    day_iso(out, &c->accessed);
    buf_add(out, STR("},\n"));
    note(&text, c);
    field(out, "note", buf_str(&text));
    out->failed = out->failed || buf_failed(&text);
    buf_truncate(out, out->n >= 2 ? out->n - 2 : out->n);
    buf_add(out, STR("\n}\n"));
    buf_free(&text);
}

/* ---- CSL-JSON ---- */

static void csl_date(struct jout *j, const char *key, const struct citation_day *d)
{
    jout_key(j, key);
    jout_object(j);
    jout_key(j, "date-parts");
    jout_array(j);
    jout_array(j);
    jout_i64(j, d->year);
    jout_i64(j, d->month);
    jout_i64(j, d->day);
    jout_array_end(j);
    jout_array_end(j);
    jout_object_end(j);
}

void citation_csl(struct buf *out, const struct citation *c)
{
    struct buf text;
    struct jout j;
    buf_init(&text, out->cap);
    jout_init(&j, out);
    jout_object(&j);
    citation_key(&text, c);
    jout_member_str(&j, "id", buf_str(&text));
    jout_member_text(&j, "type", "dataset");
    jout_member_str(&j, "title", c->title);
    jout_member_str_if(&j, "publisher", c->store_title);
    buf_clear(&text);
    buf_printf(&text, "%" PRId64, c->version);
    jout_member_str(&j, "version", buf_str(&text));
    if (c->has_recorded)
        csl_date(&j, "issued", &c->recorded);
    csl_date(&j, "accessed", &c->accessed);
    jout_member_str(&j, "URL", c->link);
    jout_member_text(&j, "medium", "data set");
    buf_clear(&text);
    note(&text, c);
    jout_member_str(&j, "note", buf_str(&text));
    jout_object_end(&j);
    out->failed = out->failed || buf_failed(&text);
    buf_free(&text);
}

/* ---- a sentence ---- */

void citation_text(struct buf *out, const struct citation *c)
{
    buf_printf(out, "%.*s: \"%.*s\". Version %" PRId64, STR_ARG(c->store_title), STR_ARG(c->title),
               c->version);
    if (c->has_recorded) {
        buf_add(out, STR(" of "));
        day_words(out, &c->recorded);
    }
    if (!c->event) {
        buf_add(out, STR(", "));
        counted(out, c->matched);
    }
    if (c->licence.n > 0)
        buf_printf(out, ", %.*s", STR_ARG(c->licence));
    buf_printf(out, ". %.*s (read ", STR_ARG(c->link));
    day_words(out, &c->accessed);
    buf_printf(out, "), %.*s.", STR_ARG(c->fingerprint));
    if (c->source_count > 0) {
        buf_add(out, STR(" Told by: "));
        sources_words(out, c);
        buf_add_char(out, '.');
    }
}
