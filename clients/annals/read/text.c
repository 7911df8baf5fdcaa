#include "annals/read/text.h"

#include "base/check.h"
#include "base/jscan.h"
#include "base/utf8.h"

static const char *const units[] = {
#define X(value, word) word,
    TEXT_UNIT_TABLE(X)
#undef X
};

enum text_unit text_unit_from(str word)
{
    for (int u = 0; u < TEXT_UNITS; u++)
        if (str_eq(word, str_from(units[u])))
            return (enum text_unit)u;
    return TEXT_UNITS;
}

const char *text_unit_name(enum text_unit unit)
{
    ENSURE(unit < TEXT_UNITS);
    return units[unit];
}

/* Whether a byte begins a character. */
static bool begins(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* Code points and UTF-16 code units that begin in a byte. */
static void count(char c, struct text_mark *sum)
{
    if (!begins(c))
        return;
    sum->points++;
    sum->utf16 += (unsigned char)c >= 0xF0 ? 2 : 1;
}

void text_init(struct text *out, str bytes, struct arena *a)
{
    struct text_mark sum = {0};
    *out = (struct text){.bytes = bytes};
    out->marks = ARENA_ARRAY(a, struct text_mark, bytes.n / TEXT_STRIDE + 1);
    for (size_t i = 0; i < bytes.n; i++) {
        if (i % TEXT_STRIDE == 0)
            out->marks[i / TEXT_STRIDE] = sum;
        count(bytes.p[i], &sum);
    }
    if (bytes.n % TEXT_STRIDE == 0)
        out->marks[bytes.n / TEXT_STRIDE] = sum;
    out->length[TEXT_POINTS] = (int64_t)sum.points;
    out->length[TEXT_UTF16] = (int64_t)sum.utf16;
    out->length[TEXT_BYTES] = (int64_t)bytes.n;
}

static size_t in_unit(const struct text_mark *m, enum text_unit unit)
{
    return unit == TEXT_POINTS ? m->points : m->utf16;
}

/* The last mark that lies at or before a position. */
static size_t mark_before(const struct text *t, enum text_unit unit, size_t position)
{
    size_t low = 0, high = t->bytes.n / TEXT_STRIDE + 1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (in_unit(&t->marks[middle], unit) <= position)
            low = middle;
        else
            high = middle;
    }
    return low;
}

bool text_byte(const struct text *t, enum text_unit unit, int64_t position, size_t *byte)
{
    ENSURE(unit < TEXT_UNITS);
    if (position < 0 || position > t->length[unit])
        return false;
    size_t wanted = (size_t)position;
    if (unit == TEXT_BYTES) {
        *byte = wanted;
        return wanted == t->bytes.n || begins(t->bytes.p[wanted]);
    }
    size_t mark = mark_before(t, unit, wanted), at = mark * TEXT_STRIDE;
    struct text_mark sum = t->marks[mark];
    while (at < t->bytes.n && (!begins(t->bytes.p[at]) || in_unit(&sum, unit) < wanted))
        count(t->bytes.p[at++], &sum);
    *byte = at;
    return in_unit(&sum, unit) == wanted;
}

int64_t text_point(const struct text *t, size_t byte)
{
    ENSURE(byte <= t->bytes.n);
    struct text_mark sum = t->marks[byte / TEXT_STRIDE];
    for (size_t at = byte / TEXT_STRIDE * TEXT_STRIDE; at < byte; at++)
        count(t->bytes.p[at], &sum);
    return (int64_t)sum.points;
}

/* The byte that lies at most TEXT_CONTEXT code points before `at`. */
static size_t context_before(str text, size_t at)
{
    for (size_t points = 0; at > 0 && points < TEXT_CONTEXT; points++)
        do
            at--;
        while (at > 0 && !begins(text.p[at]));
    return at;
}

void text_span(struct jout *j, const struct text *t, size_t from, size_t to)
{
    ENSURE(from <= to && to <= t->bytes.n);
    size_t before = context_before(t->bytes, from);
    str after = str_sub(t->bytes, to, t->bytes.n);
    jout_member_i64(j, "start", text_point(t, from));
    jout_member_i64(j, "end", text_point(t, to));
    jout_member_str(j, "exact", str_sub(t->bytes, from, to - from));
    jout_member_str_if(j, "prefix", str_sub(t->bytes, before, from - before));
    jout_member_str_if(j, "suffix", str_sub(after, 0, utf8_offset(after, TEXT_CONTEXT)));
}

void text_evidence(struct jout *j, const struct text *t, size_t from, size_t to,
                   const char *const *supports)
{
    jout_object(j);
    text_span(j, t, from, to);
    if (supports != NULL) {
        jout_key(j, "supports");
        jout_array(j);
        for (size_t i = 0; supports[i] != NULL; i++)
            jout_text(j, supports[i]);
        jout_array_end(j);
    }
    jout_object_end(j);
}

void text_line(const struct text *t, size_t byte, int64_t *line, int64_t *column)
{
    jscan_line(t->bytes, byte, line, column);
}
