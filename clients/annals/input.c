#include "annals/input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/jscan.h"

#define MARK "\xEF\xBB\xBF" /* U+FEFF at the beginning: how some editors mark UTF-8 */

static const struct {
    const char *name;
    const char *ending;
} formats[] = {
#define X(value, name, ending) {name, ending},
    INPUT_FORMAT_TABLE(X)
#undef X
};

enum input_format input_format_of(str path)
{
    for (int f = 0; f < INPUT_UNKNOWN; f++)
        if (str_ends(path, str_from(formats[f].ending)))
            return (enum input_format)f;
    return INPUT_UNKNOWN;
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

bool input_read_file(const char *path, size_t most, struct arena *a, str *bytes, struct err *e)
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
    str kept = buf_str(&all);
    *bytes = arena_copy(a, str_starts(kept, STR(MARK)) ? str_sub(kept, 3, kept.n) : kept);
    buf_free(&all);
    if (!fine)
        return err_set(e, ERR_NOT_FOUND, "cannot be read: %s", strerror(why));
    if (!fits)
        return err_set(e, ERR_TOO_LARGE, "larger than %zu MiB", most / (1024 * 1024));
    return true;
}

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

void input_decode(enum input_format format, str bytes, struct arena *a, struct input *out)
{
    *out = (struct input){.format = format, .bytes = bytes};
    problem_init(&out->problems, a);
    struct problems found;
    problem_init(&found, a);
    if (format == INPUT_JSON)
        out->json = out->bytes;
    else if (markdown_read(out->bytes, a, &out->problems, &out->markdown))
        out->json = out->markdown.json;
    else {
        sort(&out->problems);
        return;
    }
    bool syntax;
    struct document *document = document_decode(out->json, a, &found, &syntax);
    for (size_t i = 0; i < found.n; i++) {
        struct problem placed = input_place(out, &found.items[i]);
        struct problem *p = problem_add_line(&out->problems, placed.line, placed.column, "%s", "");
        *p = placed;
    }
    out->problems.more += found.more;
    sort(&out->problems);
    out->document = problem_any(&out->problems) ? NULL : document;
}

struct problem input_place(const struct input *in, const struct problem *p)
{
    struct problem placed = *p;
    if (p->place == PROBLEM_LINE && in->format == INPUT_JSON)
        return placed;
    str pointer = p->place == PROBLEM_POINTER ? p->at : (str){0};
    if (in->format == INPUT_JSON)
        jscan_line(in->bytes, jscan_locate(in->bytes, pointer), &placed.line, &placed.column);
    else
        markdown_locate(&in->markdown, pointer, &placed.line, &placed.column);
    placed.place = PROBLEM_LINE;
    placed.at = pointer;
    return placed;
}
