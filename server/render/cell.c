#include "render/cell.h"

#include <stdbool.h>

void cell_write(struct buf *out, str text)
{
    bool quoted = false;
    for (size_t i = 0; i < text.n && !quoted; i++)
        quoted = text.p[i] == '"' || text.p[i] == ',' || text.p[i] == '\r' || text.p[i] == '\n';
    if (!quoted) {
        buf_add(out, text);
        return;
    }
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, text.p[i]);
    }
    buf_add_char(out, '"');
}

/* Signs that begin a formula, also behind blanks; the last four are the full-width ones. */
static bool looks_like_formula(str text)
{
    static const str signs[] = {STR_INIT("="),  STR_INIT("+"),  STR_INIT("-"),  STR_INIT("@"),
                                STR_INIT("\t"), STR_INIT("\r"), STR_INIT("\n"), STR_INIT("＝"),
                                STR_INIT("＋"), STR_INIT("－"), STR_INIT("＠")};
    static const str no_break = STR_INIT("\u00A0");
    while (str_starts(text, STR(" ")) || str_starts(text, no_break))
        text = str_sub(text, text.p[0] == ' ' ? 1 : no_break.n, text.n);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(text, signs[i]))
            return true;
    return false;
}

void cell_write_free(struct buf *out, str text)
{
    if (!looks_like_formula(text)) {
        cell_write(out, text);
        return;
    }
    struct buf safe;
    buf_init(&safe, text.n + 1);
    buf_add_char(&safe, '\'');
    buf_add(&safe, text);
    cell_write(out, buf_str(&safe));
    buf_free(&safe);
}
