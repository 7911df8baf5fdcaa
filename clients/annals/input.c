#include "annals/input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annals/read/brat.h"
#include "annals/read/tei.h"
#include "annals/read/timeml.h"
#include "annals/read/webannotation.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/jscan.h"

#define MARK "\xEF\xBB\xBF" /* U+FEFF at the beginning: how some editors mark UTF-8 */

static const struct {
    const char *name;
    const char *endings; /* with blanks between */
    reader_read *read;
    bool (*is)(str bytes);
} formats[] = {
#define X(value, name, endings, read, is) {name, endings, read, is},
    INPUT_FORMAT_TABLE(X)
#undef X
};

static bool ends_so(str path, const char *endings)
{
    str rest = str_from(endings);
    for (str ending; rest.n > 0;) {
        str_cut(rest, ' ', &ending, &rest);
        if (path.n >= ending.n &&
            str_eq_nocase(str_sub(path, path.n - ending.n, path.n), ending)) /* .CSV is .csv */
            return true;
    }
    return false;
}

enum input_format input_format_of(str path)
{
    enum input_format found = INPUT_UNKNOWN;
    for (int f = 0; f < INPUT_UNKNOWN; f++)
        if (ends_so(path, formats[f].endings) && (found == INPUT_UNKNOWN || formats[f].is == NULL))
            found = (enum input_format)f;
    return found;
}

enum input_format input_format_in(str path, str bytes)
{
    for (int f = 0; f < INPUT_UNKNOWN; f++)
        if (formats[f].is != NULL && ends_so(path, formats[f].endings) && formats[f].is(bytes))
            return (enum input_format)f;
    return input_format_of(path);
}

enum input_format input_format_from(str name)
{
    for (int f = 0; f < INPUT_UNKNOWN; f++)
        if (str_eq(name, str_from(formats[f].name)))
            return (enum input_format)f;
    return INPUT_UNKNOWN;
}

const char *input_format_name(enum input_format format)
{
    ENSURE(format < INPUT_UNKNOWN);
    return formats[format].name;
}

str input_format_names(struct arena *a)
{
    str all = {0};
    for (int f = 0; f < INPUT_UNKNOWN; f++)
        all = arena_printf(a, "%.*s%s%s", STR_ARG(all),
                           f == 0                   ? ""
                           : f == INPUT_UNKNOWN - 1 ? " or "
                                                    : ", ",
                           formats[f].name);
    return all;
}

bool input_read_raw(const char *path, size_t most, struct arena *a, str *bytes, struct err *e)
{
    FILE *file = fopen(path, "rbe");
    if (file == NULL)
        return err_set(e, ERR_NOT_FOUND, "cannot be read: %s", strerror(errno));
    struct buf all;
    char piece[16384];
    size_t n;
    buf_init(&all, most);
    while (!buf_failed(&all) && (n = fread(piece, 1, sizeof piece, file)) > 0)
        buf_add(&all, (str){piece, n});
    bool fits = !buf_failed(&all);
    bool fine = ferror(file) == 0;
    int why = errno;
    fclose(file);
    *bytes = arena_copy(a, buf_str(&all));
    buf_free(&all);
    if (!fine)
        return err_set(e, ERR_NOT_FOUND, "cannot be read: %s", strerror(why));
    if (!fits)
        return err_set(e, ERR_TOO_LARGE, "larger than %zu MiB", most / (1024 * 1024));
    return true;
}

bool input_read_file(const char *path, size_t most, struct arena *a, str *bytes, struct err *e)
{
    if (!input_read_raw(path, most, a, bytes, e))
        return false;
    if (str_starts(*bytes, STR(MARK)))
        *bytes = str_sub(*bytes, strlen(MARK), bytes->n);
    return true;
}

/* ---- decoding ---- */

static int by_place(const void *x, const void *y)
{
    const struct problem *a = x, *b = y;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

static void sort(struct problems *all)
{
    if (all->n > 0)
        qsort(all->items, all->n, sizeof *all->items, by_place);
}

/* Makes the document, as JSON, by the reader of a foreign format. */
static bool build(const struct reading_ask *ask, struct input *out)
{
    struct reading_ask mine = *ask;
    mine.problems = &out->problems;
    mine.notes = &out->notes;
    builder_init(&out->built, ask->arena, &out->problems);
    bool made = formats[out->format].read(&mine, &out->built) &&
                builder_document(&out->built, &out->json);
    builder_free(&out->built);
    return made;
}

static bool make(const struct reading_ask *ask, struct input *out)
{
    if (formats[out->format].read != NULL)
        return build(ask, out);
    if (out->format == INPUT_RECORDS) {
        problem_add_line(&out->problems, 1, 1,
                         "a file of records is loaded line by line, and is no document");
        return false;
    }
    if (ask->bytes.n > DOCUMENT_LARGEST) {
        problem_add_line(&out->problems, 1, 1, "the file is larger than %zu MiB",
                         DOCUMENT_LARGEST / (1024 * 1024));
        return false;
    }
    if (out->format == INPUT_JSON)
        out->json = out->bytes;
    else if (markdown_read(out->bytes, ask->arena, &out->problems, &out->markdown))
        out->json = out->markdown.json;
    else
        return false;
    return true;
}

void input_read(enum input_format format, const struct reading_ask *ask, struct input *out)
{
    struct problems found;
    bool syntax;
    ENSURE(format < INPUT_UNKNOWN);
    *out = (struct input){.format = format, .bytes = ask->bytes};
    problem_init(&out->problems, ask->arena);
    problem_init(&out->notes, ask->arena);
    problem_init(&found, ask->arena);
    bool made = make(ask, out);
    sort(&out->notes);
    if (!made) {
        sort(&out->problems);
        return;
    }
    struct document *document = document_decode(out->json, ask->arena, &found, &syntax);
    for (size_t i = 0; i < found.n; i++) {
        struct problem placed = input_place(out, &found.items[i]);
        struct problem *p = problem_add_line(&out->problems, placed.line, placed.column, "%s", "");
        *p = placed;
    }
    out->problems.more += found.more;
    sort(&out->problems);
    out->document = problem_any(&out->problems) ? NULL : document;
}

void input_decode(enum input_format format, str bytes, struct arena *a, struct input *out)
{
    struct reading_ask ask = {.bytes = bytes, .unit = TEXT_UNITS, .arena = a};
    input_read(format, &ask, out);
}

struct problem input_place(const struct input *in, const struct problem *p)
{
    struct problem placed = *p;
    if (p->place == PROBLEM_LINE && in->format == INPUT_JSON)
        return placed;
    str pointer = p->place == PROBLEM_POINTER ? p->at : (str){0};
    if (in->format == INPUT_JSON)
        jscan_line(in->bytes, jscan_locate(in->bytes, pointer), &placed.line, &placed.column);
    else if (in->format == INPUT_MARKDOWN)
        markdown_locate(&in->markdown, pointer, &placed.line, &placed.column);
    else
        builder_locate(&in->built, pointer, &placed.line, &placed.column);
    placed.place = PROBLEM_LINE;
    placed.at = pointer;
    return placed;
}
