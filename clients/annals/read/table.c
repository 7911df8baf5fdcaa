#include "annals/read/table.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/jscan.h"
#include "base/utf8.h"

#define BLOCK ((size_t)64 * 1024)
#define LONGEST_LETTER 4 /* bytes of a character of a single-byte encoding, in UTF-8 */
#define MARK "\xEF\xBB\xBF"
/* Bytes of a row that is too large, up to which its end is looked for. */
#define LARGEST_PASSED ((size_t)2 * 1024 * 1024)
#define TELLING ((size_t)4) /* bytes that tell UTF-16 */
#define SEPARATOR_LINE 16   /* bytes that the line  sep=;  and a mark before it fit in */
#define NO_CHARACTER                                                                               \
    "\xFF" /* stands for half of a surrogate pair: no UTF-8, so found with its row */

struct letter {
    char bytes[LONGEST_LETTER];
    unsigned char n; /* 0: the encoding has no such character */
};

struct table {
    table_fill *fill;
    void *from;
    struct table_dialect dialect;
    struct letter letters[256]; /* of any encoding but UTF-8 */
    struct buf window;          /* UTF-8 that was read and not taken, from `begin` on */
    size_t begin;
    int64_t line;    /* of window[begin] */
    int64_t read;    /* bytes of the file in all */
    char carried[4]; /* bytes of UTF-16 that are no whole character yet */
    size_t carry;
    struct table_origin origin;
    bool big; /* of UTF-16: the high byte comes first */
    bool started, ended, unreadable;
};

static const struct {
    const char *name;
    const char *charset;
} encodings[] = {
#define X(value, name, charset) {name, charset},
    TABLE_ENCODING_TABLE(X)
#undef X
};

enum table_encoding table_encoding_from(str name)
{
    int e = 0;
    while (e < TABLE_ENCODINGS && !str_eq(name, str_from(encodings[e].name)))
        e++;
    return (enum table_encoding)e;
}

/* ---- bytes ---- */

/* Fills the table of letters by asking iconv for each byte. */
static bool learn_letters(struct table *t, struct err *e)
{
    const char *charset = encodings[t->dialect.encoding].charset;
    if (charset == NULL)
        return true;
    iconv_t convert = iconv_open("UTF-8", charset);
    if (convert == (iconv_t)-1) /* NOLINT(performance-no-int-to-ptr) */
        return err_set(e, ERR_BAD_PARAMETER, "this system cannot read %s",
                       encodings[t->dialect.encoding].name);
    for (int byte = 0; byte < 256; byte++) {
        struct letter *l = &t->letters[byte];
        char in[1] = {(char)byte};
        char *from = in, *to = l->bytes;
        size_t from_left = 1, to_left = sizeof l->bytes;
        if (iconv(convert, &from, &from_left, &to, &to_left) != (size_t)-1 && from_left == 0)
            l->n = (unsigned char)(sizeof l->bytes - to_left);
    }
    iconv_close(convert);
    return true;
}

struct table *table_new(table_fill *fill, void *from, const struct table_dialect *dialect,
                        struct err *e)
{
    struct table *t = calloc(1, sizeof *t);
    ENSURE(t != NULL);
    t->fill = fill;
    t->from = from;
    t->dialect = *dialect;
    t->line = 1;
    buf_init(&t->window, 4 * (LARGEST_PASSED + LONGEST_LETTER * BLOCK));
    if (learn_letters(t, e))
        return t;
    table_free(t);
    return NULL;
}

void table_free(struct table *t)
{
    if (t == NULL)
        return;
    buf_free(&t->window);
    free(t);
}

int64_t table_taken(const struct table *t)
{
    return t->read - (int64_t)(t->window.n - t->begin);
}

/* Appends what is at hand, letter by letter where it is not UTF-8 already. A byte without a letter
 * stays as it is, which is not UTF-8, and is found with its row. */
static void append(struct table *t, str bytes)
{
    if (encodings[t->dialect.encoding].charset == NULL) {
        buf_add(&t->window, bytes);
        return;
    }
    for (size_t i = 0; i < bytes.n; i++) {
        const struct letter *l = &t->letters[(unsigned char)bytes.p[i]];
        buf_add(&t->window, l->n > 0 ? (str){l->bytes, l->n} : str_sub(bytes, i, 1));
    }
}

/* Whether the bytes are UTF-16: by their mark or, as no text has the character 0, because every
 * second byte is 0. */
static void find_width(struct table *t, str bytes)
{
    bool high = bytes.n > 3 && bytes.p[0] == 0 && bytes.p[2] == 0;
    bool low = bytes.n > 3 && bytes.p[1] == 0 && bytes.p[3] == 0;
    t->big = str_starts(bytes, STR("\xFE\xFF")) || (high && !low);
    t->origin.wide = t->big || str_starts(bytes, STR("\xFF\xFE")) || (low && !high);
}

static unsigned unit_at(const struct table *t, str bytes, size_t at)
{
    unsigned first = (unsigned char)bytes.p[at], second = (unsigned char)bytes.p[at + 1];
    return t->big ? first << 8 | second : second << 8 | first;
}

static void append_character(struct table *t, unsigned c)
{
    if (c >= 0xD800 && c <= 0xDFFF) {
        buf_add(&t->window, STR(NO_CHARACTER));
        return;
    }
    if (c < 0x80) {
        buf_add_char(&t->window, (char)c);
        return;
    }
    if (c >= 0x10000)
        buf_add_char(&t->window, (char)(0xF0 | c >> 18));
    if (c >= 0x800)
        buf_add_char(&t->window, (char)(c >= 0x10000 ? 0x80 | (c >> 12 & 0x3F) : 0xE0 | c >> 12));
    buf_add_char(&t->window, (char)(c >= 0x800 ? 0x80 | (c >> 6 & 0x3F) : 0xC0 | c >> 6));
    buf_add_char(&t->window, (char)(0x80 | (c & 0x3F)));
}

/* Appends UTF-16 as UTF-8. What is no whole character yet is carried over to the next bytes. */
static void append_wide(struct table *t, str bytes)
{
    size_t at = 0;
    while (at + 2 <= bytes.n) {
        unsigned c = unit_at(t, bytes, at);
        bool high = c >= 0xD800 && c <= 0xDBFF;
        if (high && at + 4 > bytes.n && !t->ended)
            break;
        at += 2;
        unsigned low = high && at + 2 <= bytes.n ? unit_at(t, bytes, at) : 0;
        if (low >= 0xDC00 && low <= 0xDFFF) {
            c = 0x10000 + ((c - 0xD800) << 10 | (low - 0xDC00));
            at += 2;
        }
        append_character(t, c);
    }
    t->carry = bytes.n - at;
    memcpy(t->carried, bytes.p + at, t->carry);
    if (t->ended && t->carry > 0)
        buf_add(&t->window, STR(NO_CHARACTER));
}

/* The separator that the line  sep=;  of spreadsheets names; 0 where the bytes begin with none. */
static char announced(str bytes, size_t *size)
{
    bool quoted = str_starts(bytes, STR("\""));
    str rest = str_sub(bytes, quoted, bytes.n);
    if (rest.n < 5 || !str_eq_nocase(str_sub(rest, 0, 4), STR("sep=")))
        return 0;
    char separator = rest.p[4];
    rest = str_sub(rest, 5, rest.n);
    if (quoted && !str_starts(rest, STR("\"")))
        return 0;
    rest = str_sub(rest, quoted, rest.n);
    size_t end = str_starts(rest, STR("\r\n")) ? 2 : 1;
    if (rest.n == 0 || (rest.p[0] != '\n' && rest.p[0] != '\r'))
        return 0;
    *size = (size_t)(rest.p - bytes.p) + end;
    return separator;
}

static str window(const struct table *t);

/* Passes over what stands before the first row: a mark, and a line that names the separator. */
static void start(struct table *t)
{
    size_t size;
    t->started = true;
    if (str_starts(window(t), STR(MARK)))
        t->begin += strlen(MARK);
    t->origin.separator = announced(window(t), &size);
    if (t->origin.separator == 0)
        return;
    t->begin += size;
    t->line++;
}

/* Some bytes of the file, and of its beginning enough to tell what it is. */
static size_t take_bytes(struct table *t, char *room)
{
    size_t n = 0, more = 1;
    while (more > 0 && n < (t->read == 0 ? TELLING : 1)) {
        if (!t->fill(t->from, room + n, BLOCK - n, &more)) {
            t->unreadable = true;
            return 0;
        }
        n += more;
    }
    return n;
}

/* Reads a block more. False: there is none. */
static bool read_more(struct table *t)
{
    char room[sizeof t->carried + BLOCK];
    size_t before = t->carry;
    if (t->ended)
        return false;
    if (t->begin > 0) {
        memmove(t->window.p, t->window.p + t->begin, t->window.n - t->begin);
        buf_truncate(&t->window, t->window.n - t->begin);
        t->begin = 0;
    }
    memcpy(room, t->carried, before);
    size_t n = take_bytes(t, room + before);
    str bytes = {room, before + n};
    t->ended = n == 0;
    if (t->read == 0)
        find_width(t, bytes);
    t->read += (int64_t)n;
    if (t->origin.wide)
        append_wide(t, bytes);
    else
        append(t, bytes);
    ENSURE(!buf_failed(&t->window));
    if (!t->started && (t->window.n >= SEPARATOR_LINE || t->ended))
        start(t);
    return n > 0;
}

static str window(const struct table *t)
{
    return str_sub(buf_str(&t->window), t->begin, t->window.n);
}

str table_peek(struct table *t, size_t size)
{
    while (!t->started && read_more(t)) {
    }
    while (window(t).n < size && window(t).n < TABLE_ROW_LARGEST && read_more(t)) {
    }
    return str_sub(window(t), 0, size);
}

struct table_origin table_origin(const struct table *t)
{
    return t->origin;
}

void table_set_dialect(struct table *t, const struct table_dialect *dialect)
{
    ENSURE(t->dialect.encoding == dialect->encoding);
    t->dialect = *dialect;
}

/* ---- one row ---- */

enum shape { SHAPE_WHOLE, SHAPE_MORE, SHAPE_BAD };

/* A walk over one row. */
struct scan {
    const struct table *t;
    struct arena *arena;
    str bytes;
    size_t at; /* afterwards: where what ends the row begins */
    struct table_cell *cells;
    size_t n, room;
    const char *wrong;
    size_t wrong_at;
    bool quoted;    /* there is a cell in quotes, in which lines may end */
    bool of_quotes; /* what is wrong is a cell in quotes */
};

static bool ends_row(char c)
{
    return c == '\n' || c == '\r';
}

static enum shape bad(struct scan *s, size_t at, const char *what)
{
    s->wrong = what;
    s->wrong_at = at;
    return SHAPE_BAD;
}

/* A cell in quotes, which begins at s->at. */
static enum shape take_quoted(struct scan *s, str *text)
{
    size_t from = s->at + 1, i = from;
    bool doubled = false;
    s->quoted = true;
    for (;;) {
        i += str_find(str_sub(s->bytes, i, s->bytes.n), '"');
        s->of_quotes = true;
        if (i >= s->bytes.n)
            return s->t->ended ? bad(s, s->at, "this quote is never closed") : SHAPE_MORE;
        if (i + 1 >= s->bytes.n && !s->t->ended)
            return SHAPE_MORE;
        if (i + 1 >= s->bytes.n || s->bytes.p[i + 1] != '"')
            break;
        doubled = true;
        i += 2;
    }
    s->at = i + 1;
    *text = str_sub(s->bytes, from, i - from);
    if (s->at < s->bytes.n && s->bytes.p[s->at] != s->t->dialect.separator &&
        !ends_row(s->bytes.p[s->at]))
        return bad(s, s->at, "words stand behind the quote that ends this cell");
    s->of_quotes = false;
    if (!doubled)
        return SHAPE_WHOLE;
    char *plain = arena_alloc(s->arena, text->n);
    size_t n = 0;
    for (size_t k = 0; k < text->n; k++) {
        plain[n++] = text->p[k];
        k += text->p[k] == '"';
    }
    *text = (str){plain, n};
    return SHAPE_WHOLE;
}

static void take_plain(struct scan *s, str *text)
{
    size_t from = s->at;
    char separator = s->t->dialect.separator;
    while (s->at < s->bytes.n && s->bytes.p[s->at] != separator && !ends_row(s->bytes.p[s->at]))
        s->at++;
    *text = str_sub(s->bytes, from, s->at - from);
}

/* All cells of the row that begins the bytes. */
static enum shape take_cells(struct scan *s)
{
    for (;;) {
        struct table_cell cell = {.at = s->at};
        if (s->t->dialect.quotes && s->at < s->bytes.n && s->bytes.p[s->at] == '"') {
            enum shape shape = take_quoted(s, &cell.text);
            if (shape != SHAPE_WHOLE)
                return shape;
        } else {
            take_plain(s, &cell.text);
        }
        if (s->n == TABLE_MOST_CELLS)
            return bad(s, cell.at, "more cells than a row may have");
        *ARENA_PUSH(s->arena, s->cells, s->n, s->room) = cell;
        if (s->at >= s->bytes.n)
            return s->t->ended ? SHAPE_WHOLE : SHAPE_MORE;
        if (ends_row(s->bytes.p[s->at]))
            return s->at + 1 < s->bytes.n || s->t->ended ? SHAPE_WHOLE : SHAPE_MORE;
        s->at++;
    }
}

static enum shape take_line(struct scan *s)
{
    while (s->at < s->bytes.n && !ends_row(s->bytes.p[s->at]))
        s->at++;
    if (s->at + 1 >= s->bytes.n && !s->t->ended)
        return SHAPE_MORE;
    *ARENA_PUSH(s->arena, s->cells, s->n,
                s->room) = (struct table_cell){.text = str_sub(s->bytes, 0, s->at)};
    return SHAPE_WHOLE;
}

/* Passes over n bytes and what ends a line behind them. */
static void pass(struct table *t, size_t n)
{
    str bytes = window(t);
    for (size_t i = 0; i < n; i++)
        t->line += bytes.p[i] == '\n' ||
                   (bytes.p[i] == '\r' && (i + 1 == n || bytes.p[i + 1] != '\n'));
    if (n < bytes.n) {
        bool both = bytes.p[n] == '\r' && n + 1 < bytes.n && bytes.p[n + 1] == '\n';
        t->line++;
        n += both ? 2 : 1;
    }
    t->begin += n;
}

/* The end of the first line of the bytes. */
static size_t line_end(str bytes)
{
    size_t i = 0;
    while (i < bytes.n && !ends_row(bytes.p[i]))
        i++;
    return i;
}

/* Passes over the rest of a line that is too long to be kept. */
static void skip_line(struct table *t)
{
    for (;;) {
        size_t end = line_end(window(t));
        if (end + 1 < window(t).n || t->ended) {
            pass(t, end);
            return;
        }
        t->begin += end;
        if (!read_more(t) && window(t).n == 0)
            return;
    }
}

void table_place(const struct table_row *row, size_t at, int64_t *line, int64_t *column)
{
    if (utf8_valid(row->raw)) {
        jscan_line(row->raw, at, line, column);
    } else {
        *line = 1;
        *column = (int64_t)at + 1;
    }
    *line += row->line - 1;
}

/* ---- characters ---- */

void table_fault_at(const struct table_row *row, size_t at, struct table_fault *fault,
                    const char *detail, const char *hint)
{
    table_place(row, at, &fault->line, &fault->column);
    snprintf(fault->detail, sizeof fault->detail, "%s", detail);
    fault->hint = hint;
}

bool table_control(str text, size_t at, unsigned *character)
{
    unsigned char c = (unsigned char)text.p[at];
    bool high = c == 0xC2 && at + 1 < text.n && (unsigned char)text.p[at + 1] < 0xA0;
    *character = high ? (unsigned char)text.p[at + 1] : c;
    return high || (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

static size_t first_control(str s)
{
    unsigned character;
    for (size_t i = 0; i < s.n; i++)
        if (table_control(s, i, &character))
            return i;
    return s.n;
}

static str without_controls(str s, struct arena *a)
{
    unsigned character;
    if (first_control(s) == s.n)
        return s;
    char *kept = arena_alloc(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!table_control(s, i, &character))
            kept[n++] = s.p[i];
        else
            i += character >= 0x80;
    }
    return (str){kept, n};
}

/* What is wrong with the characters of the row; false where nothing is. */
static bool bad_characters(const struct table *t, struct table_row *row, struct arena *a,
                           struct table_fault *fault)
{
    size_t invalid = utf8_invalid_at(row->raw);
    if (invalid < row->raw.n) {
        int64_t line = row->line, column = 1;
        struct table_row before = {.line = line, .raw = str_sub(row->raw, 0, invalid)};
        table_place(&before, invalid, &line, &column);
        fault->line = line;
        fault->column = column;
        fault->hint = t->origin.wide
                          ? NULL
                          : "the mapping may say  encoding: windows-1252  or another one";
        if (t->origin.wide)
            snprintf(fault->detail, sizeof fault->detail, "half a character of UTF-16 stands here");
        else
            snprintf(fault->detail, sizeof fault->detail, "the byte 0x%02X is no character in %s",
                     (unsigned)(unsigned char)row->raw.p[invalid],
                     encodings[t->dialect.encoding].name);
        return true;
    }
    size_t at = first_control(row->raw);
    if (at == row->raw.n)
        return false;
    if (t->dialect.drop_controls) {
        for (size_t i = 0; i < row->n; i++)
            row->cells[i].text = without_controls(row->cells[i].text, a);
        return false;
    }
    unsigned character;
    table_control(row->raw, at, &character);
    table_fault_at(row, at, fault, "", "the mapping may say  controls: drop  to leave them out");
    snprintf(fault->detail, sizeof fault->detail, "the control character U+%04X stands here",
             character);
    return true;
}

/* ---- rows ---- */

static enum shape too_large(struct scan *s)
{
    return bad(s, 0, "this row is larger than 256 KiB");
}

/*
 * Scans the row that comes next, reading on until it is whole. One that is too large is read to
 * its end too where lines end within its cells: what follows them would pass for rows.
 */
static enum shape scan_row(struct table *t, struct scan *s, struct arena *a)
{
    for (;;) {
        *s = (struct scan){.t = t, .arena = a, .bytes = window(t)};
        enum shape shape = t->dialect.lines ? take_line(s) : take_cells(s);
        if (shape == SHAPE_BAD && s->wrong_at > TABLE_ROW_LARGEST)
            return too_large(s);
        if (shape != SHAPE_MORE)
            return shape;
        if (s->bytes.n > (s->quoted ? LARGEST_PASSED : TABLE_ROW_LARGEST))
            return too_large(s);
        size_t wanted = 2 * s->bytes.n;
        while (window(t).n < wanted && read_more(t)) {
        }
        if (window(t).n == s->bytes.n)
            read_more(t);
    }
}

enum table_next table_next(struct table *t, struct arena *a, struct table_row *row,
                           struct table_fault *fault)
{
    struct scan s;
    *fault = (struct table_fault){0};
    for (;;) {
        while ((!t->started || window(t).n < 4) && read_more(t)) {
        }
        if (window(t).n == 0)
            return t->unreadable ? TABLE_UNREADABLE : TABLE_END;
        if (!ends_row(window(t).p[0]))
            break;
        pass(t, 0);
    }
    enum shape shape = scan_row(t, &s, a);
    *row = (struct table_row){.line = t->line, .cells = s.cells, .n = s.n};
    bool whole = shape == SHAPE_WHOLE;
    if (whole && s.at > TABLE_ROW_LARGEST)
        shape = too_large(&s);
    if (shape == SHAPE_BAD) {
        row->raw = str_sub(s.bytes, 0, s.wrong_at);
        table_fault_at(
            row, s.wrong_at, fault, s.wrong,
            s.of_quotes ? "a cell in quotes holds a quote as two; quotes: false reads none" : NULL);
        if (whole)
            pass(t, s.at);
        else
            skip_line(t);
        return TABLE_FAULT;
    }
    row->raw = str_sub(s.bytes, 0, s.at);
    bool refused = bad_characters(t, row, a, fault);
    pass(t, s.at);
    return refused ? TABLE_FAULT : TABLE_ROW;
}
