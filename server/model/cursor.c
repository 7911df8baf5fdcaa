#include "model/cursor.h"

#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"

#define FORM 1       /* of the bytes, changed with them */
#define CHECKSUM 8   /* bytes */
#define LONGEST 1024 /* characters, and bytes; ids have at most 128 */

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* ---- base64url without padding (RFC 4648, section 5) ---- */

static void write_base64(struct buf *out, str bytes)
{
    uint32_t held = 0;
    int bits = 0;
    for (size_t i = 0; i < bytes.n; i++) {
        held = held << 8 | (unsigned char)bytes.p[i];
        for (bits += 8; bits >= 6; bits -= 6)
            buf_add_char(out, alphabet[held >> (bits - 6) & 63]);
    }
    if (bits > 0)
        buf_add_char(out, alphabet[held << (6 - bits) & 63]);
}

static bool read_base64(str text, struct buf *out)
{
    static const str digits = {alphabet, 64};
    uint32_t held = 0;
    int bits = 0;
    for (size_t i = 0; i < text.n; i++) {
        size_t digit = str_find(digits, text.p[i]);
        if (digit == digits.n)
            return false;
        held = held << 6 | (uint32_t)digit;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            buf_add_char(out, (char)(held >> bits & 255));
        }
    }
    /* What is left over belongs to no byte: one spelling for each cursor. */
    return bits < 6 && (held & ((1u << bits) - 1)) == 0;
}

/* ---- the bytes ---- */

static void put_number(struct buf *out, uint64_t number)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        buf_add_char(out, (char)(number >> shift & 255));
}

static bool take_number(str *from, uint64_t *number)
{
    if (from->n < 8)
        return false;
    *number = 0;
    for (size_t i = 0; i < 8; i++)
        *number = *number << 8 | (unsigned char)from->p[i];
    *from = str_sub(*from, 8, from->n);
    return true;
}

static void checksum(str store, str payload, unsigned char out[HASH_SIZE])
{
    struct buf whole;
    buf_init(&whole, store.n + 1 + payload.n);
    buf_add(&whole, store);
    buf_add_char(&whole, '\n');
    buf_add(&whole, payload);
    hash_sha256(buf_str(&whole), out);
    buf_free(&whole);
}

str cursor_write(const struct cursor *c, str store, struct arena *a)
{
    struct buf bytes, text;
    buf_init(&bytes, LONGEST);
    buf_add_char(&bytes, FORM);
    ENSURE(c->given < 8);
    buf_add_char(&bytes, (char)((c->after.undated ? 1 : 0) | (int)c->given << 1));
    put_number(&bytes, (uint64_t)c->version);
    put_number(&bytes, c->question);
    put_number(&bytes, (uint64_t)c->after.number);
    put_number(&bytes, c->after.id.n);
    buf_add(&bytes, c->after.id);
    unsigned char sum[HASH_SIZE];
    checksum(store, buf_str(&bytes), sum);
    buf_add(&bytes, (str){(const char *)sum, CHECKSUM});
    ENSURE(!buf_failed(&bytes));
    buf_init(&text, 2 * bytes.n);
    write_base64(&text, buf_str(&bytes));
    str out = arena_copy(a, buf_str(&text));
    buf_free(&text);
    buf_free(&bytes);
    return out;
}

static bool take_payload(str payload, struct cursor *out)
{
    if (payload.n < 2 || payload.p[0] != FORM || (payload.p[1] & ~15) != 0)
        return false;
    uint64_t version, number, id_length;
    str rest = str_sub(payload, 2, payload.n);
    out->after.given = true;
    out->after.undated = (payload.p[1] & 1) != 0;
    out->given = (unsigned)payload.p[1] >> 1;
    if (!take_number(&rest, &version) || !take_number(&rest, &out->question) ||
        !take_number(&rest, &number) || !take_number(&rest, &id_length))
        return false;
    out->after.id = rest;
    out->version = (int64_t)version;
    out->after.number = (int64_t)number;
    return rest.n == id_length && out->version >= 0;
}

bool cursor_read(str text, str store, struct arena *a, struct cursor *out)
{
    struct buf bytes;
    buf_init(&bytes, LONGEST);
    bool good = text.n <= LONGEST && read_base64(text, &bytes) && bytes.n > CHECKSUM;
    if (good) {
        str all = arena_copy(a, buf_str(&bytes));
        str payload = str_sub(all, 0, all.n - CHECKSUM);
        unsigned char sum[HASH_SIZE];
        checksum(store, payload, sum);
        *out = (struct cursor){0};
        good = str_eq((str){(const char *)sum, CHECKSUM}, str_sub(all, payload.n, CHECKSUM)) &&
               take_payload(payload, out);
    }
    buf_free(&bytes);
    return good;
}

/* ---- the digest of a question ---- */

uint64_t cursor_filter(str name, bool negate, const struct strs *values)
{
    uint64_t of_name = hash_table64(negate ? 2 : 1, name);
    uint64_t sum = 0;
    for (size_t i = 0; i < values->n; i++)
        sum += hash_table64(of_name, values->items[i]);
    return hash_table64(of_name, (str){(const char *)&sum, sizeof sum});
}

static uint64_t of_one(const char *name, str value)
{
    struct strs values = {&value, value.n > 0};
    return cursor_filter(str_from(name), false, &values);
}

static uint64_t of_number(const char *name, uint64_t number)
{
    return number > 0 ? of_one(name, (str){(const char *)&number, sizeof number}) : 0;
}

/* Which account wins, and what was known: nothing of the plain reading. */
static uint64_t of_reading(const struct reading *r)
{
    return of_number("policy", (uint64_t)r->policy) + of_one("source of policy", r->source) +
           of_number("known", r->known) +
           of_number("known_at", r->known ? (uint64_t)r->known_at : 0);
}

/* How the date is meant, and who counts as an actor. What is as nobody asked leaves no trace. */
static uint64_t of_ways(const struct query *q)
{
    return of_number("when", (uint64_t)q->when) + of_number("certainty", q->certain) +
           of_number("undated", (uint64_t)q->undated) + of_number("members", q->members) +
           of_number("disputed", (uint64_t)q->disputed);
}

static uint64_t of_area(const struct query_area *area)
{
    const double box[] = {area->south, area->west, area->north, area->east};
    const double circle[] = {area->lat, area->lon, area->km};
    return area->is_circle ? of_one("near", (str){(const char *)circle, sizeof circle})
                           : of_one("bbox", (str){(const char *)box, sizeof box});
}

uint64_t cursor_question(const struct query *q)
{
    static const char *const names[] = {
#define X(value, parameter) [value] = parameter,
        FILTER_TABLE(X)
#undef X
    };
    char order = (char)('0' + q->sort);
    uint64_t sum = of_one("date", q->date.text) + of_one("q", q->text) +
                   of_one("sort", (str){&order, 1}) + of_ways(q) + of_reading(&q->reading) +
                   cursor_filter(STR("role"), false, &q->roles) +
                   cursor_filter(STR("role"), true, &q->roles_not) +
                   cursor_filter(STR("relation"), false, &q->relations) +
                   cursor_filter(STR("relation"), true, &q->relations_not) +
                   cursor_filter(STR("stance"), false, &q->stances) +
                   cursor_filter(STR("stance"), true, &q->stances_not);
    for (size_t i = 0; i < q->filter_count; i++) {
        const struct filter *f = &q->filters[i];
        sum += cursor_filter(str_from(names[f->kind]), f->negate, &f->values);
    }
    for (size_t i = 0; i < q->area_count; i++)
        sum += of_area(&q->areas[i]);
    return sum;
}
