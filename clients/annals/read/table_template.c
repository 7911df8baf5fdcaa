#include "annals/read/table_template.h"

#include <string.h>

#include "annals/read/reader.h"
#include "annals/read/table_head.h"
#include "annals/read/table_json.h"
#include "annals/read/table_read.h"
#include "base/jout.h"
#include "base/jscan.h"
#include "base/utf8.h"

#define MOST_ROWS 50     /* that are looked at */
#define SHOWN 3          /* of these */
#define MOST_PAIRED 30   /* columns that are tried two by two for an id */
#define MOST_COLUMNS 400 /* that are listed */
#define LONGEST_EXAMPLE 40
#define LONGEST_NAME 80

/* What the beginning of a table showed. */
struct look {
    struct arena *arena;
    struct table_dialect dialect;
    str *names;
    size_t n;
    str *examples; /* n in each row */
    size_t rows;
    struct table_fault fault; /* of the first row that is not well-formed */
};

/* The separator that makes most cells of the first row. */
static char find_separator(str beginning, struct arena *a)
{
    static const char separators[] = {',', '\t', ';', '|'};
    char best = ',';
    size_t most = 1;
    for (size_t i = 0; i < sizeof separators; i++) {
        struct table_words cells = table_head_cells(beginning, separators[i], a);
        if (cells.n > most) {
            most = cells.n;
            best = separators[i];
        }
    }
    return best;
}

/* What the table lends lasts until its next row. */
static void take_names(struct look *l, struct table_row *row)
{
    table_json_names(row, l->arena, &l->names, &l->n);
    for (size_t i = 0; i < l->n; i++)
        l->names[i] = arena_copy(l->arena, l->names[i]);
}

static void take_row(struct look *l, struct table_row *row)
{
    struct table_fault fault;
    if (l->dialect.lines && l->names == NULL)
        take_names(l, row);
    if (l->n > MOST_COLUMNS)
        l->n = MOST_COLUMNS;
    if (l->dialect.lines && !table_json_cells(row, l->names, l->n, true, l->arena, &fault))
        return;
    if (l->names == NULL) {
        l->n = row->n < MOST_COLUMNS ? row->n : MOST_COLUMNS;
        l->names = ARENA_ARRAY(l->arena, str, l->n + 1);
        for (size_t i = 0; i < l->n; i++)
            l->names[i] = arena_copy(l->arena, str_trim(row->cells[i].text));
        return;
    }
    if (l->examples == NULL)
        l->examples = ARENA_ARRAY(l->arena, str, MOST_ROWS * (l->n + 1));
    for (size_t i = 0; i < l->n && i < row->n; i++)
        l->examples[l->rows * l->n + i] = arena_copy(l->arena, str_trim(row->cells[i].text));
    l->rows++;
}

static void look_at(struct look *l, str beginning)
{
    struct table_row row;
    struct table_fault fault;
    struct err e = {0};
    struct table *t = table_new(table_fill_from_str, &beginning, &l->dialect, &e);
    enum table_next next = TABLE_ROW;
    if (t == NULL)
        return;
    while (l->rows < MOST_ROWS && next != TABLE_END && next != TABLE_UNREADABLE) {
        next = table_next(t, l->arena, &row, &fault);
        if (next == TABLE_FAULT && l->fault.line == 0)
            l->fault = fault;
        if (next == TABLE_ROW) {
            if (l->dialect.lines && l->names != NULL && l->n == 0)
                break;
            take_row(l, &row);
        }
    }
    table_free(t);
}

/* ---- writing ---- */

/* YAML in double quotes says the same as JSON. */
static void write_quoted(struct buf *out, str text)
{
    struct jout j;
    jout_init(&j, out);
    jout_str(&j, text);
}

/* Words for a comment: no line breaks, not too long. */
static void write_short(struct buf *out, str text, size_t most)
{
    str shown = utf8_slice(text, 0, most);
    for (size_t i = 0; i < shown.n; i++) {
        unsigned char c = (unsigned char)shown.p[i];
        buf_add_char(out, c < 0x20 || c == 0x7F ? ' ' : shown.p[i]);
    }
    if (shown.n < text.n)
        buf_add(out, STR("\u2026"));
}

static void write_columns(struct buf *out, const struct look *l)
{
    buf_add(out, STR("\n# The columns, and what the first rows hold:\n"));
    for (size_t i = 0; i < l->n; i++) {
        buf_printf(out, "#  %3zu  {", i + 1);
        write_short(out, l->names[i], LONGEST_NAME);
        buf_add(out, STR("}"));
        for (size_t r = 0; r < l->rows && r < SHOWN; r++) {
            buf_add(out, r == 0 ? STR("  ") : STR(" | "));
            write_short(out, l->examples[r * l->n + i], LONGEST_EXAMPLE);
        }
        buf_add_char(out, '\n');
    }
}

/* A name that a template can hold. */
static bool is_usable(str name)
{
    return name.n > 0 && name.n < LONGEST_NAME && str_find(name, '}') == name.n &&
           str_find(name, '"') == name.n && str_find(name, '\\') == name.n && name.p[0] != '{' &&
           !str_eq(name, STR("_source"));
}

static bool same(const struct look *l, size_t column, size_t r, size_t k)
{
    return str_eq(l->examples[r * l->n + column], l->examples[k * l->n + column]);
}

/* Whether two columns together, which may be the same, tell all rows that were looked at apart. */
static bool tells_rows(const struct look *l, size_t a, size_t b)
{
    if (l->rows == 0 || !is_usable(l->names[a]) || !is_usable(l->names[b]))
        return false;
    for (size_t r = 0; r < l->rows; r++) {
        if (l->examples[r * l->n + a].n == 0 || l->examples[r * l->n + b].n == 0)
            return false;
        for (size_t k = 0; k < r; k++)
            if (same(l, a, r, k) && same(l, b, r, k))
                return false;
    }
    return true;
}

/* The first column that tells rows apart, or the first two; else the first that can be named. */
static str id_columns(const struct look *l)
{
    size_t paired = l->n < MOST_PAIRED ? l->n : MOST_PAIRED;
    for (size_t i = 0; i < l->n; i++)
        if (tells_rows(l, i, i))
            return arena_printf(l->arena, "{%.*s}", STR_ARG(l->names[i]));
    for (size_t i = 0; i < paired; i++)
        for (size_t k = i + 1; k < paired; k++)
            if (tells_rows(l, i, k))
                return arena_printf(l->arena, "{%.*s}-{%.*s}", STR_ARG(l->names[i]),
                                    STR_ARG(l->names[k]));
    for (size_t i = 0; i < l->n; i++)
        if (is_usable(l->names[i]))
            return arena_printf(l->arena, "{%.*s}", STR_ARG(l->names[i]));
    return STR("{1}");
}

static void write_dialect(struct buf *out, const struct look *l)
{
    const char *format = l->dialect.lines ? "jsonl" : l->dialect.separator == '\t' ? "tsv" : "csv";
    buf_printf(out, "table:\n  format: %s\n", format);
    if (!l->dialect.lines && l->dialect.separator != '\t')
        buf_printf(out, "  separator: \"%c\"\n", l->dialect.separator);
    buf_add(out, STR("  # encoding: windows-1252   # where it is not utf-8\n"
                     "  # header: false            # then also  columns: [a, b, c]\n"
                     "  missing: [\"\", NA]          # what says nothing\n"
                     "  ignore: []                 # columns that are left out on purpose\n"));
}

static void write_event(struct buf *out, str id, str columns)
{
    buf_add(out, STR("  event:\n    # The id must be another one for each row, and the same in "
                     "the next release.\n    id: "));
    buf_printf(out, "\"%.*s-%.*s\"\n", STR_ARG(id), STR_ARG(columns));
    buf_printf(out, "    title: \"%.*s\"\n", STR_ARG(columns));
    buf_add(out,
            STR("    # summary: \"{a}[, {b}]\"    # in brackets: left out where {b} is missing\n"
                "    # type: {value: \"{kind}\", translate: {\"1\": assault, \"2\": protest}}\n"
                "    # date: {value: \"{day}\", format: \"%d/%m/%Y\"}      # or iso, or edtf\n"
                "    # date: {year: \"{year}\", month: \"{month}\", day: \"{day}\"}\n"
                "    # date: {start: {value: \"{from}\", format: iso}, end: {value: \"{to}\", "
                "format: iso}, without_end: open}\n"
                "    # participants:\n"
                "    #   - {name: \"{who}\", role: initiator}\n"
                "    #   - {name: \"{whom}\", role: target, split: \"; \"}\n"
                "    # places:\n"
                "    #   - name: \"{town}\"\n"
                "    #     lat: \"{latitude}\"\n"
                "    #     lon: \"{longitude}\"\n"
                "    #     part_of: {name: \"{country}\"}\n"
                "    # tags: [{value: \"{topics}\", split: \";\"}]\n"
                "    # identifiers: {wikidata: \"{qid}\"}\n"));
}

/* ---- what is no table ---- */

static bool is_named(const struct look *l)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->names[i].n > 0)
            return true;
    return false;
}

/* text: the beginning as UTF-8. */
static bool check_text(str text, struct problems *problems)
{
    int64_t line, column;
    size_t nul = str_find(text, '\0');
    if (str_trim(text).n == 0) {
        problem_add_line(problems, 1, 1, "the table is empty");
        return false;
    }
    if (nul == text.n)
        return true;
    jscan_line(text, nul, &line, &column);
    struct problem *p = problem_add_line(problems, line, column,
                                         "this is no table: a NUL stands here");
    problem_hint(problems, p, "a table is text: comma- or tab-separated values, or JSON lines");
    return false;
}

static bool check_names(const struct look *l, struct problems *problems)
{
    if (is_named(l))
        return true;
    if (l->fault.line == 0) {
        problem_add_line(problems, 1, 1, "the first row names no column");
        return false;
    }
    struct problem *p = problem_add_line(problems, l->fault.line, l->fault.column,
                                         "there is no header: %s", l->fault.detail);
    if (l->fault.hint != NULL)
        problem_hint(problems, p, "%s", l->fault.hint);
    return false;
}

bool table_template_write(struct buf *out, str name, str beginning, struct arena *a,
                          struct problems *problems)
{
    struct look l = {.arena = a, .dialect = {.quotes = true, .drop_controls = true}};
    str id = reader_id(name, a), text = table_head_text(beginning, a);
    if (!check_text(text, problems))
        return false;
    l.dialect.lines = table_head_is_json(text);
    l.dialect.separator = find_separator(text, a);
    l.dialect.quotes = table_head_quotes(text, l.dialect.separator, a);
    look_at(&l, text);
    if (!check_names(&l, problems))
        return false;
    str title = str_sub(name, 0, utf8_invalid_at(name));
    buf_add(out, STR("# A mapping to begin with; docs/reference/mapping.md describes all that it "
                     "can say.\nmapping: 1\nsource:\n"));
    buf_printf(out, "  id: %.*s\n  title: ", STR_ARG(id));
    write_quoted(out, title.n > 0 ? title : id);
    buf_add(out, STR("\n  # publisher: \"\"\n  # published: \"2024-05\"\n  # url: "
                     "\"https://\"\n  # licence: \"\"\n"));
    write_dialect(out, &l);
    write_event(out, id, id_columns(&l));
    write_columns(out, &l);
    return true;
}
