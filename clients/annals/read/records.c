#include "annals/read/records.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "model/document.h"

#define BLOCK ((size_t)64 * 1024)
#define MARK "\xEF\xBB\xBF"

struct reading {
    const struct records_to *to;
    struct buf line;
    bool too_long;
    int64_t number; /* of the line, from 1 */
    int64_t taken;  /* bytes of the file */
    bool any_source;
    int64_t headless; /* lines that no source says */
    int64_t untold;   /* the second of them */
};

static bool refuse(struct reading *r, const char *what, const char *hint)
{
    struct problem p = {.place = PROBLEM_LINE,
                        .line = r->number,
                        .column = 1,
                        .detail = str_from(what),
                        .hint = str_from(hint)};
    return r->to->refused(r->to->context, &p, 1);
}

/* A line before any source. */
static bool refuse_headless(struct reading *r)
{
    if (++r->headless == 1)
        return refuse(r, "no source says this",
                      "{\"annals\":1,\"source\":{\"id\":…,\"title\":…}} comes before it");
    if (r->headless == 2)
        r->untold = r->number;
    return true;
}

/* How many followed the first of these. */
static bool end_headless(struct reading *r)
{
    char words[80];
    int64_t n = r->headless - 1;
    r->headless = 0;
    if (n < 1)
        return true;
    snprintf(words, sizeof words, "%" PRId64 " more line%s before any source", n,
             n == 1 ? " comes" : "s come");
    const struct problem p = {
        .place = PROBLEM_LINE, .line = r->untold, .column = 1, .detail = str_from(words)};
    return r->to->refused(r->to->context, &p, n);
}

/* The first key of an object, or nothing. */
static str first_key(str line)
{
    str rest = str_trim(line), key, tail;
    if (!str_starts(rest, STR("{")))
        return (str){0};
    rest = str_trim(str_sub(rest, 1, rest.n));
    if (!str_starts(rest, STR("\"")))
        return (str){0};
    return str_cut(str_sub(rest, 1, rest.n), '"', &key, &tail) ? key : (str){0};
}

static bool end_line(struct reading *r)
{
    str line = str_trim(buf_str(&r->line));
    r->number++;
    if (r->number == 1 && str_starts(line, STR(MARK)))
        line = str_sub(line, strlen(MARK), line.n);
    r->to->reached(r->to->context, r->taken);
    if (r->too_long)
        return refuse(r, "the line is longer than 8 MiB", "a record has at most 256 KiB");
    if (line.n == 0)
        return true;
    str key = first_key(line);
    bool source = str_eq(key, STR("annals")) || str_eq(key, STR("source"));
    if (!source && !r->any_source)
        return refuse_headless(r);
    if (!end_headless(r))
        return false;
    r->any_source = true;
    return r->to->line(r->to->context, source ? BUILD_SOURCE : BUILD_KINDS, line, r->number);
}

/* Takes the lines that end in a block, and keeps what begins. */
static bool take(struct reading *r, str block)
{
    while (block.n > 0) {
        size_t end = str_find(block, '\n');
        buf_add(&r->line, str_sub(block, 0, end));
        r->too_long = r->too_long || buf_failed(&r->line);
        r->taken += (int64_t)(end < block.n ? end + 1 : end);
        if (end == block.n)
            return true;
        bool goes_on = end_line(r);
        buf_clear(&r->line);
        r->too_long = false;
        if (!goes_on)
            return false;
        block = str_sub(block, end + 1, block.n);
    }
    return true;
}

bool records_read(FILE *file, const struct records_to *to, bool *whole, struct err *e)
{
    struct reading r = {.to = to};
    char block[BLOCK];
    size_t n;
    bool goes_on = true;
    buf_init(&r.line, DOCUMENT_LARGEST);
    while (goes_on && (n = fread(block, 1, sizeof block, file)) > 0)
        goes_on = take(&r, (str){block, n});
    bool fine = ferror(file) == 0;
    if (!fine)
        err_set(e, ERR_NOT_FOUND, "cannot be read: %s", strerror(errno));
    if (goes_on && fine && (r.line.n > 0 || r.too_long))
        goes_on = end_line(&r);
    goes_on = goes_on && end_headless(&r);
    *whole = goes_on && fine;
    buf_free(&r.line);
    return fine;
}
