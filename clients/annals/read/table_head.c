#include "annals/read/table_head.h"

#include <string.h>

#include "annals/read/table_json.h"
#include "annals/read/table_read.h"
#include "base/check.h"
#include "base/nearest.h"
#include "base/utf8.h"

static const char separators[] = {',', '\t', ';', '|'};
#define SEPARATORS (sizeof separators)
#define MOST_NEAR 20        /* columns that near ones are looked for */
#define MOST_NEAR_CELLS 300 /* among so many */
#define MOST_COMPARED 200   /* rows whose widths tell whether there are quotes */

/* ---- first rows ---- */

/* False: *fault says why; it is empty where there is no row. */
static bool first_row(str beginning, const struct table_dialect *dialect, struct arena *a,
                      struct table_row *row, struct table_fault *fault)
{
    struct err e = {0};
    struct table *t = table_new(table_fill_from_str, &beginning, dialect, &e);
    ENSURE(t != NULL);
    bool found = table_next(t, a, row, fault) == TABLE_ROW;
    /* The cells point into the table's window. */
    for (size_t i = 0; found && i < row->n; i++)
        row->cells[i].text = arena_copy(a, row->cells[i].text);
    if (found)
        row->raw = arena_copy(a, row->raw);
    table_free(t);
    return found;
}

static struct table_words cells_of(const struct table_row *row, struct arena *a)
{
    struct table_words cells = {ARENA_ARRAY(a, str, row->n + 1), row->n};
    for (size_t i = 0; i < row->n; i++)
        cells.items[i] = str_trim(row->cells[i].text);
    return cells;
}

struct table_words table_head_cells(str beginning, char separator, struct arena *a)
{
    struct table_dialect dialect = {.separator = separator,
                                    .quotes = separator != '\t' || str_starts(beginning, STR("\"")),
                                    .drop_controls = true};
    struct table_row row;
    struct table_fault fault;
    if (!first_row(beginning, &dialect, a, &row, &fault))
        return (struct table_words){0};
    return cells_of(&row, a);
}

str table_head_text(str bytes, struct arena *a)
{
    static const struct table_dialect plain = {.separator = ','};
    struct err e = {0};
    struct table *t = table_new(table_fill_from_str, &bytes, &plain, &e);
    ENSURE(t != NULL);
    str text = arena_copy(a, table_peek(t, TABLE_ROW_LARGEST));
    table_free(t);
    return text;
}

/* How many of the first rows are not as wide as the header, or not well-formed. */
static size_t count_uneven(str beginning, const struct table_dialect *dialect, struct arena *a)
{
    struct err e = {0};
    struct table_row row;
    struct table_fault fault;
    enum table_next next;
    size_t uneven = 0, width = 0;
    struct table *t = table_new(table_fill_from_str, &beginning, dialect, &e);
    ENSURE(t != NULL);
    for (size_t i = 0; i < MOST_COMPARED; i++) {
        next = table_next(t, a, &row, &fault);
        if (next != TABLE_ROW && next != TABLE_FAULT)
            break;
        if (i == 0)
            width = row.n;
        uneven += next == TABLE_FAULT || row.n != width;
    }
    table_free(t);
    return uneven;
}

bool table_head_quotes(str beginning, char separator, struct arena *a)
{
    struct table_dialect dialect = {.separator = separator, .quotes = true, .drop_controls = true};
    if (separator != '\t' || str_starts(beginning, STR("\"")))
        return true;
    size_t with = count_uneven(beginning, &dialect, a);
    dialect.quotes = false;
    return with < count_uneven(beginning, &dialect, a);
}

bool table_head_is_json(str beginning)
{
    str text = str_trim(str_sub(beginning, 0, 4096));
    return text.n > 0 && text.p[0] == '{';
}

static struct table_words json_names(str beginning, struct arena *a)
{
    struct table_dialect dialect = {.lines = true, .drop_controls = true};
    struct table_words names = {0};
    struct table_row row;
    struct table_fault fault;
    if (first_row(beginning, &dialect, a, &row, &fault))
        table_json_names(&row, a, &names.items, &names.n);
    return names;
}

/* ---- names ---- */

static size_t count_known(const struct table_map *map, const struct table_words *cells)
{
    size_t n = 0;
    for (size_t i = 0; i < cells->n; i++)
        n += table_map_knows(map, cells->items[i]);
    return n;
}

/* How many of the words that tell the mapping are not among the cells. */
static size_t count_lacking(const struct table_map *map, const struct table_words *cells,
                            struct arena *a)
{
    struct table_words names = table_map_names(map, cells, a);
    size_t n = 0;
    for (size_t i = 0; i < map->recognise.n; i++)
        n += !table_words_have(&names, map->recognise.items[i]);
    return n;
}

/* ---- which preset ---- */

struct guess {
    const struct mapping *map;
    size_t lacking, wanted;
};

/* The cells of the first row as this preset would take them. */
static struct table_words cells_for(const struct table_map *map, str beginning, struct arena *a)
{
    struct table_words best = {0};
    if (map->dialect.lines != table_head_is_json(beginning))
        return best;
    if (map->dialect.lines)
        return json_names(beginning, a);
    for (size_t i = 0; i < SEPARATORS; i++) {
        struct table_words cells = table_head_cells(beginning, separators[i], a);
        if (i == 0 || count_known(map, &cells) > count_known(map, &best))
            best = cells;
    }
    return best;
}

/* Whether a row of so many cells can be one of a file without a header. */
static bool fits_width(const struct table_map *map, size_t cells)
{
    return cells <= map->order.n && cells + (size_t)map->may_lack >= map->order.n;
}

/* The preset for files without a header whose columns are as many as those of the first row; NULL
 * for none. */
static const struct mapping *find_shape(str beginning, struct arena *a, struct problems *problems)
{
    static const char widest[] = {'\t', ','};
    size_t n;
    const char *const *names = mapping_presets(&n);
    for (size_t k = 0; k < sizeof widest; k++) {
        size_t cells = table_head_cells(beginning, widest[k], a).n;
        for (size_t i = 0; i < n; i++) {
            struct err e = {0};
            const struct mapping *map = mapping_read(names[i], a, problems, &e);
            ENSURE(map != NULL);
            if (map->table != NULL && map->table->order.n > 0 && fits_width(map->table, cells))
                return map;
        }
    }
    return NULL;
}

static void complain_unknown(struct problems *problems, const struct guess *near, str beginning,
                             struct arena *a)
{
    if (str_trim(beginning).n == 0) {
        problem_add_line(problems, 1, 1, "the table is empty");
        return;
    }
    const struct mapping *shape = find_shape(beginning, a, problems);
    struct problem *p = problem_add_line(problems, 1, 1,
                                         "no preset is for a table with these columns");
    str hint = STR("say how to read it with --map; annals load --map-template FILE prints a "
                   "mapping to begin with");
    if (near->map != NULL && 2 * near->lacking <= near->wanted)
        hint = arena_printf(a, "%.*s; the nearest preset is %.*s", STR_ARG(hint),
                            STR_ARG(near->map->name));
    else if (shape != NULL)
        hint = arena_printf(
            a, "it is as wide as a file without a header that  --map %.*s  reads; %.*s",
            STR_ARG(shape->name), STR_ARG(hint));
    problem_hint(problems, p, "%.*s", STR_ARG(hint));
}

const struct mapping *table_head_recognise(str beginning, struct arena *a,
                                           struct problems *problems, struct problems *notes)
{
    size_t n;
    const char *const *names = mapping_presets(&n);
    struct guess best = {0};
    for (size_t i = 0; i < n; i++) {
        struct err e = {0};
        const struct mapping *map = mapping_read(names[i], a, problems, &e);
        ENSURE(map != NULL);
        if (map->table == NULL || map->table->recognise.n == 0)
            continue;
        struct table_words cells = cells_for(map->table, beginning, a);
        struct guess guess = {map, count_lacking(map->table, &cells, a), map->table->recognise.n};
        bool fewer = best.map == NULL || guess.lacking < best.lacking;
        bool finer = best.map != NULL && guess.lacking == best.lacking &&
                     guess.wanted > best.wanted;
        if (fewer || finer)
            best = guess;
    }
    if (best.map != NULL && best.lacking == 0) {
        problem_add_line(notes, 1, 1, "read by the preset %.*s, which its columns fit",
                         STR_ARG(best.map->name));
        return best.map;
    }
    complain_unknown(problems, &best, beginning, a);
    return NULL;
}

/* ---- dialect ---- */

/* The separator by which the first row has most columns that the mapping knows or, without a
 * header, as many cells as the mapping has columns; else the one by which it has most cells. */
static char find_separator(const struct table_map *map, str beginning, struct arena *a)
{
    char best = map->dialect.separator, widest = best;
    size_t most = 0, width = 1;
    for (size_t i = 0; i < SEPARATORS; i++) {
        struct table_words cells = table_head_cells(beginning, separators[i], a);
        size_t known = count_known(map, &cells);
        if (known == 0 && map->order.n > 0)
            known = fits_width(map, cells.n);
        if (known > most) {
            most = known;
            best = separators[i];
        }
        if (cells.n > width) {
            width = cells.n;
            widest = separators[i];
        }
    }
    return most > 0 ? best : widest;
}

static bool is_header(const struct table_map *map, const struct table_words *cells);

/* Files without a header are as a machine wrote them; where there is one, a spreadsheet may have
 * put cells in quotes. */
static bool has_quotes(const struct table_map *map, const struct table_dialect *dialect,
                       struct table_origin origin, str beginning, struct arena *a)
{
    struct table_words cells = table_head_cells(beginning, dialect->separator, a);
    if (dialect->separator != '\t' || origin.wide)
        return true;
    return is_header(map, &cells) && table_head_quotes(beginning, '\t', a);
}

static struct table_dialect dialect_of(const struct table_map *map, struct table_origin origin,
                                       str beginning, struct arena *a)
{
    struct table_dialect dialect = map->dialect;
    if (dialect.lines)
        return dialect;
    if (!map->separator_given)
        dialect.separator = origin.separator != 0 ? origin.separator
                                                  : find_separator(map, beginning, a);
    if (!map->separator_given && !map->quotes_given)
        dialect.quotes = has_quotes(map, &dialect, origin, beginning, a);
    return dialect;
}

/* ---- binding ---- */

/* Whether the first row names columns: at least half of its words are names that the mapping
 * knows. */
static bool is_header(const struct table_map *map, const struct table_words *cells)
{
    if (map->header != TABLE_HEADER_MAYBE)
        return map->header == TABLE_HEADER_YES;
    if (map->order.n == 0)
        return true;
    size_t words = 0;
    for (size_t i = 0; i < cells->n; i++)
        words += cells->items[i].n > 0;
    return words > 0 && 2 * count_known(map, cells) >= words;
}

static void complain_lacking(struct problems *problems, const struct table_words *cells, str name)
{
    struct nearest near = {.word = name};
    struct problem *p = problem_add_line(problems, 1, 1, "the table has no column \"%.*s\"",
                                         STR_ARG(utf8_slice(name, 0, 60)));
    size_t most = problems->n < MOST_NEAR ? MOST_NEAR_CELLS : 0;
    for (size_t i = 0; i < cells->n && i < most; i++)
        nearest_try(&near, cells->items[i]);
    if (near.best.n > 0)
        problem_hint(problems, p, "\"%.*s\" is near", STR_ARG(near.best));
    else
        problem_hint(problems, p, "the mapping names it; \"optional\" lists columns that may lack");
}

static bool is_number(str name, size_t *number)
{
    *number = 0;
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] < '0' || name.p[i] > '9' || *number > TABLE_MOST_CELLS)
            return false;
        *number = *number * 10 + (size_t)(name.p[i] - '0');
    }
    return name.n > 0 && *number > 0;
}

/* The cell of a column: by its name or, where none has it, by its number from 1. */
static void bind_column(struct table_head *head, size_t column, const struct table_words *names,
                        struct problems *problems)
{
    const struct table_map *map = head->binding.map;
    str wanted = map->columns[column];
    int64_t *cell = &head->binding.cells[column];
    size_t number;
    *cell = -1;
    for (size_t i = 0; i < names->n; i++) {
        if (!str_eq(names->items[i], wanted))
            continue;
        if (*cell >= 0) {
            problem_add_line(problems, 1, 1, "the column \"%.*s\" stands here twice",
                             STR_ARG(utf8_slice(wanted, 0, 60)));
            return;
        }
        *cell = (int64_t)i;
    }
    if (*cell < 0 && is_number(wanted, &number) && number <= names->n)
        *cell = (int64_t)number - 1;
    if (*cell < 0 && !table_words_have(&map->absent, wanted))
        complain_lacking(problems, names, wanted);
}

/* Whether a column is a member of that name, or lies in it. */
static bool takes_member(str column, str name)
{
    str rest = str_sub(column, 1, column.n);
    if (column.n == 0 || column.p[0] != '/')
        return str_eq(column, name);
    return str_starts(rest, name) && (rest.n == name.n || rest.p[name.n] == '/');
}

static void find_unused(struct table_head *head, const struct table_words *names, struct arena *a)
{
    const struct table_map *map = head->binding.map;
    size_t room = 0;
    for (size_t i = 0; i < names->n; i++) {
        str name = names->items[i];
        bool used = name.n == 0 || table_words_have(&map->ignore, name);
        for (size_t k = 0; k < map->column_count && !used; k++)
            used = map->dialect.lines ? takes_member(map->columns[k], name)
                                      : head->binding.cells[k] == (int64_t)i;
        if (!used)
            *ARENA_PUSH(a, head->unused, head->unused_count, room) = names->items[i];
    }
}

/* Members of JSON lines come and go; the cells are made in the order of the mapping's columns. */
static void bind_json(struct table_head *head, str beginning, struct arena *a)
{
    struct table_words names = json_names(beginning, a);
    for (size_t i = 0; i < head->binding.map->column_count; i++)
        head->binding.cells[i] = (int64_t)i;
    head->width = head->binding.map->column_count;
    find_unused(head, &names, a);
}

static void bind_cells(struct table_head *head, const struct table_words *cells, struct arena *a,
                       struct problems *problems)
{
    const struct table_map *map = head->binding.map;
    head->has_header = is_header(map, cells);
    head->lack = (size_t)map->may_lack;
    struct table_words names = {ARENA_ARRAY(a, str, cells->n + 1), cells->n};
    if (head->has_header)
        names = table_map_names(map, cells, a);
    else if (map->order.n > 0)
        names = map->order; /* without them, columns go by their numbers */
    head->width = names.n;
    for (size_t i = 0; i < map->column_count; i++)
        bind_column(head, i, &names, problems);
    if (head->has_header)
        find_unused(head, &names, a);
}

bool table_head_read(struct table *t, const struct mapping *map, struct arena *a,
                     struct problems *problems, struct table_head *head)
{
    size_t before = problems->n;
    str beginning = arena_copy(a, table_peek(t, TABLE_ROW_LARGEST));
    *head = (struct table_head){.map = map, .binding = {.map = map->table}};
    head->binding.cells = ARENA_ARRAY(a, int64_t, map->table->column_count + 1);
    struct table_dialect dialect = dialect_of(map->table, table_origin(t), beginning, a);
    table_set_dialect(t, &dialect);
    if (dialect.lines) {
        bind_json(head, beginning, a);
        return true;
    }
    struct table_row row;
    struct table_fault fault;
    struct table_words cells = {0};
    if (str_trim(beginning).n == 0) {
        problem_add_line(problems, 1, 1, "the table is empty");
        return false;
    }
    dialect.encoding = TABLE_UTF8; /* what was peeked at is UTF-8 already */
    dialect.drop_controls = true;
    if (first_row(beginning, &dialect, a, &row, &fault)) {
        cells = cells_of(&row, a);
    } else if (map->table->header == TABLE_HEADER_YES || map->table->order.n == 0) {
        struct problem *p = problem_add_line(problems, fault.line, fault.column,
                                             "there is no header: %s", fault.detail);
        if (fault.hint != NULL)
            problem_hint(problems, p, "%s", fault.hint);
        return false;
    }
    bind_cells(head, &cells, a, problems);
    return problems->n == before;
}
