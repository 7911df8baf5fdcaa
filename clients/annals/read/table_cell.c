#include "annals/read/table_cell.h"

#include <stdlib.h>
#include <string.h>

#include "annals/read/html_text.h"
#include "annals/read/reader.h"
#include "annals/read/table_json.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/utf8.h"

#define DIGEST_DIGITS 16
#define LONGEST_TEXT ((size_t)64 * 1024)
#define MOST_ITEMS 256 /* of a list in a cell */
#define TOO_MANY "this list has more than 256 items"

enum found { FOUND_NOTHING, FOUND_TEXT, FOUND_FAULT };

/* ---- cells ---- */

static size_t count_parts(str text, str split)
{
    size_t n = 1;
    for (size_t at = 0; (at = str_search(text, split, at)) < text.n; at += split.n)
        n++;
    return n;
}

/* Item number `part` of a list. */
static str part_of(str text, str split, size_t part)
{
    size_t from = 0;
    for (; part > 0; part--)
        from = str_search(text, split, from) + split.n;
    return str_sub(text, from, str_search(text, split, from) - from);
}

/* The bare text of a column, trimmed; empty where the file or the row does not have it. */
static str cell_text(const struct table_context *x, size_t column)
{
    int64_t cell = x->binding->cells[column];
    if (cell < 0 || (size_t)cell >= x->row->n)
        return (str){0};
    return str_trim(x->row->cells[cell].text);
}

/* The text of a column; of a list, the item at hand, and none where the list has not as many items
 * as that of the first column. */
static str column_text(const struct table_context *x, size_t column)
{
    str text = cell_text(x, column);
    if (x->split.n == 0 || text.n == 0)
        return text;
    if (count_parts(text, x->split) != count_parts(x->split_first, x->split))
        return (str){0};
    return str_trim(part_of(text, x->split, x->part));
}

static bool says_nothing(const struct table_context *x, const struct table_choice *choice, str text)
{
    return text.n == 0 || table_words_have(&x->binding->map->missing, text) ||
           table_words_have(&choice->missing, text);
}

struct problem *table_cell_refuse(struct table_context *x, const struct table_value *v, str text,
                                  const char *what)
{
    int64_t line = x->row->line, column = 1;
    size_t number = table_map_column(x->binding->map, v);
    int64_t cell = number == SIZE_MAX ? -1 : x->binding->cells[number];
    if (cell >= 0 && (size_t)cell < x->row->n && x->row->json)
        table_place(x->row, table_json_at(x->row, x->binding->map->columns[number]), &line,
                    &column);
    else if (cell >= 0 && (size_t)cell < x->row->n)
        table_place(x->row, x->row->cells[cell].at, &line, &column);
    x->refused = true;
    if (text.n == 0)
        return problem_add_line(x->problems, line, column, "%s", what);
    return problem_add_line(x->problems, line, column, "\"%.*s\" %s",
                            STR_ARG(utf8_slice(text, 0, 60)), what);
}

/* ---- templates ---- */

/* A template under way. */
struct fill {
    struct table_context *x;
    const struct table_choice *choice;
    struct buf *out;
    size_t group; /* where the text of the group in brackets begins */
    bool in_group;
    bool group_lacks; /* a column of it is missing */
    bool lacks;       /* a column outside of groups is */
    bool fault;
};

static void add_column(struct fill *f, enum found found, str text)
{
    if (found == FOUND_TEXT)
        buf_add(f->out, text);
    else if (found == FOUND_FAULT)
        f->fault = true;
    else if (f->in_group)
        f->group_lacks = true;
    else
        f->lacks = true;
}

static enum found eval(struct table_context *x, const struct table_value *v, str *out);

/* A named value, worked out once for a row. */
static enum found eval_named(struct table_context *x, size_t number, str *out)
{
    struct table_cached *known = &x->named[number];
    if (!known->done) {
        enum found found = eval(x, &x->binding->map->values[number].value, &known->text);
        known->done = true;
        known->fault = found == FOUND_FAULT;
        if (found != FOUND_TEXT)
            known->text = (str){0};
    }
    *out = known->text;
    if (known->fault)
        return FOUND_FAULT;
    return out->n > 0 ? FOUND_TEXT : FOUND_NOTHING;
}

static void add_piece(struct fill *f, const struct table_piece *p)
{
    str text = {0};
    switch (p->kind) {
    case TABLE_LITERAL:
        buf_add(f->out, p->text);
        return;
    case TABLE_COLUMN:
        text = column_text(f->x, p->number);
        add_column(f, says_nothing(f->x, f->choice, text) ? FOUND_NOTHING : FOUND_TEXT, text);
        return;
    case TABLE_NAMED:
        add_column(f, eval_named(f->x, p->number, &text), text);
        return;
    case TABLE_SOURCE:
        buf_add(f->out, f->x->source);
        return;
    case TABLE_OPEN:
        f->in_group = true;
        f->group_lacks = false;
        f->group = f->out->n;
        return;
    case TABLE_CLOSE:
        f->in_group = false;
        if (f->group_lacks)
            buf_truncate(f->out, f->group);
        return;
    }
    UNREACHABLE();
}

static enum found fill_template(struct table_context *x, const struct table_choice *choice,
                                str *out)
{
    if (choice->n == 1 && choice->pieces->kind == TABLE_COLUMN) {
        *out = column_text(x, choice->pieces->number);
        return says_nothing(x, choice, *out) ? FOUND_NOTHING : FOUND_TEXT;
    }
    struct buf text;
    buf_init(&text, LONGEST_TEXT);
    struct fill f = {.x = x, .choice = choice, .out = &text};
    for (size_t i = 0; i < choice->n && !f.fault && !f.lacks; i++)
        add_piece(&f, &choice->pieces[i]);
    bool fits = !buf_failed(&text);
    *out = str_trim(arena_copy(x->arena, buf_str(&text)));
    buf_free(&text);
    if (!fits) {
        struct table_value whole = {
            .choices = &(struct table_choice){.pieces = choice->pieces, .n = choice->n}, .n = 1};
        table_cell_refuse(x, &whole, (str){0}, "what this fills is longer than 64 KiB");
    }
    if (f.fault || !fits)
        return FOUND_FAULT;
    return f.lacks || out->n == 0 ? FOUND_NOTHING : FOUND_TEXT;
}

/* ---- what is made of a text ---- */

static int by_from(const void *key, const void *item)
{
    return str_cmp(*(const str *)key, ((const struct table_pair *)item)->from);
}

static str padded(str text, int64_t width, struct arena *a)
{
    static const char zeros[] = "00000000000000000000";
    size_t lacking = (size_t)width > text.n ? (size_t)width - text.n : 0;
    ENSURE(lacking < sizeof zeros);
    return lacking == 0 ? text : arena_printf(a, "%.*s%.*s", (int)lacking, zeros, STR_ARG(text));
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* II to IX, which stay as they are among lowered words. */
static bool is_roman(str word)
{
    static const char *const numbers[] = {"II", "III", "IV", "VI", "VII", "VIII", "IX"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (str_eq(word, str_from(numbers[i])))
            return true;
    return false;
}

static size_t letters_at(str text, size_t at)
{
    size_t n = 0;
    while (at + n < text.n && (is_letter(text.p[at + n]) || text.p[at + n] == '\''))
        n++;
    return n;
}

/* ASCII letters lowered, but for the first of each word and for numbers where title is set. */
static str lowered(str text, bool title, struct arena *a)
{
    char *out = arena_alloc(a, text.n + 1);
    bool within = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool upper = c >= 'A' && c <= 'Z';
        bool lower = c >= 'a' && c <= 'z';
        size_t word = title && upper && !within ? letters_at(text, i) : 0;
        if (is_roman(str_sub(text, i, word))) {
            memcpy(out + i, text.p + i, word);
            i += word - 1;
            within = true;
            continue;
        }
        if (upper && (within || !title))
            c = (char)(c + ('a' - 'A'));
        else if (lower && title && !within)
            c = (char)(c - ('a' - 'A'));
        out[i] = c;
        within = is_letter(text.p[i]) || (within && text.p[i] == '\'');
    }
    return (str){out, text.n};
}

static bool is_url(str text)
{
    return (str_starts(text, STR("https://")) || str_starts(text, STR("http://"))) &&
           str_find(text, ' ') == text.n && str_find(text, '\n') == text.n;
}

static str formed(enum table_form form, str text, struct arena *a)
{
    char hex[HASH_HEX_SIZE + 1];
    switch (form) {
    case TABLE_AS_TEXT:
        return text;
    case TABLE_AS_HTML:
        return html_text(text, a);
    case TABLE_AS_LOWER:
        return lowered(text, false, a);
    case TABLE_AS_TITLE:
        return lowered(text, true, a);
    case TABLE_AS_DIGEST:
        hash_sha256_hex(text, hex);
        return arena_copy(a, (str){hex, DIGEST_DIGITS});
    case TABLE_AS_URL:
        return is_url(text) ? text : (str){0};
    case TABLE_AS_ID:
        return reader_id(text, a);
    case TABLE_FORMS:
        break;
    }
    UNREACHABLE();
}

/* A filled text becomes the value: padded, translated, formed. */
static enum found finish(struct table_context *x, const struct table_value *v,
                         const struct table_choice *choice, str *text)
{
    *text = padded(*text, choice->pad, x->arena);
    if (choice->translate_count > 0) {
        const struct table_pair *pair = bsearch(text, choice->translate, choice->translate_count,
                                                sizeof *pair, by_from);
        if (pair != NULL) {
            *text = pair->to;
        } else if (choice->otherwise == TABLE_PROBLEM) {
            table_cell_refuse(x, v, *text, "is not among the values that the mapping translates");
            return FOUND_FAULT;
        } else if (choice->otherwise == TABLE_MISSING) {
            return FOUND_NOTHING;
        }
    }
    *text = formed(choice->as, *text, x->arena);
    return text->n > 0 ? FOUND_TEXT : FOUND_NOTHING;
}

static enum found eval(struct table_context *x, const struct table_value *v, str *out)
{
    for (size_t i = 0; i < v->n; i++) {
        const struct table_choice *choice = &v->choices[i];
        if (!table_cell_tests(x, choice->tests, choice->test_count))
            continue;
        enum found found = fill_template(x, choice, out);
        if (found == FOUND_TEXT)
            found = finish(x, v, choice, out);
        if (found != FOUND_NOTHING)
            return found;
    }
    return FOUND_NOTHING;
}

/* ---- for others ---- */

bool table_cell_value(struct table_context *x, const struct table_value *v, str *out)
{
    *out = (str){0};
    return eval(x, v, out) == FOUND_TEXT;
}

/* The items of one choice. False: more than may be. */
static bool add_words(struct table_context *x, const struct table_value *v,
                      const struct table_choice *choice, struct table_words *all, size_t *room)
{
    str text, split = choice->split;
    if (!table_cell_tests(x, choice->tests, choice->test_count) ||
        fill_template(x, choice, &text) != FOUND_TEXT)
        return true;
    for (size_t at = 0; at <= text.n;) {
        size_t end = split.n > 0 ? str_search(text, split, at) : text.n;
        str item = str_trim(str_sub(text, at, end - at));
        at = end + (split.n > 0 ? split.n : 1);
        if (says_nothing(x, choice, item) || finish(x, v, choice, &item) != FOUND_TEXT ||
            table_words_have(all, item))
            continue;
        if (all->n == MOST_ITEMS)
            return false;
        *ARENA_PUSH(x->arena, all->items, all->n, *room) = item;
    }
    return true;
}

struct table_words table_cell_list(struct table_context *x, const struct table_value *v)
{
    struct table_words all = {0};
    size_t room = 0;
    for (size_t i = 0; i < v->n; i++) {
        if (add_words(x, v, &v->choices[i], &all, &room))
            continue;
        table_cell_refuse(x, v, (str){0}, TOO_MANY);
        break;
    }
    return all;
}

bool table_cell_tests(struct table_context *x, const struct table_test *tests, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        str text;
        table_cell_value(x, &tests[i].value, &text);
        if (!table_words_have(&tests[i].words, text))
            return false;
    }
    return true;
}

void table_cell_part(struct table_context *x, size_t part)
{
    x->part = part;
    for (size_t i = 0; i < x->binding->map->value_count; i++)
        x->named[i] = (struct table_cached){0};
}

size_t table_cell_parts(struct table_context *x, const struct table_value *v, str split)
{
    bool listed = x->split.n > 0;
    x->split = (str){0};
    if (listed)
        table_cell_part(x, 0);
    size_t column = table_map_column(x->binding->map, v);
    if (split.n == 0 || column == SIZE_MAX)
        return 1;
    str text = cell_text(x, column);
    if (text.n == 0)
        return 1;
    x->split = split;
    x->split_first = text;
    table_cell_part(x, 0);
    size_t n = count_parts(text, split);
    if (n <= MOST_ITEMS)
        return n;
    table_cell_refuse(x, v, (str){0}, TOO_MANY);
    return 0;
}
