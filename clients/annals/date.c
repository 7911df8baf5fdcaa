/* annals date: what dates mean, one JSON line each. */
#include <stdio.h>
#include <string.h>

#include "annals/command.h"
#include "annals/term.h"
#include "model/edtf.h"

/* Of a line that is longer, no more than this is looked at and shown: no date is as long. */
#define LONGEST_LINE ((size_t)4 * EDTF_LONGEST)

/* Whether the date is valid. */
static bool say(str text)
{
    struct edtf value;
    struct edtf_error error;
    struct buf out;
    buf_init(&out, 64 * 1024);
    edtf_write_json(&out, text);
    buf_add_char(&out, '\n');
    fwrite(out.p, 1, out.n, stdout);
    fflush(stdout);
    buf_free(&out);
    return edtf_parse(text, &value, &error);
}

/* Reads a line without its end (LF or CR LF), cut at LONGEST_LINE. False at the end of input. */
static bool read_line(struct buf *line)
{
    int c;
    buf_clear(line);
    while ((c = getc(stdin)) != EOF && c != '\n')
        if (line->n < LONGEST_LINE)
            buf_add_char(line, (char)c);
    if (line->n > 0 && line->p[line->n - 1] == '\r')
        buf_truncate(line, line->n - 1);
    else if (line->n == 0 && c == EOF)
        return false;
    return true;
}

static enum command_exit read_dates(void)
{
    struct buf line;
    bool valid = true;
    buf_init(&line, LONGEST_LINE);
    while (read_line(&line))
        valid &= say(buf_str(&line));
    buf_free(&line);
    if (ferror(stdin)) {
        term_error("cannot read the standard input");
        return EXIT_UNREACHABLE;
    }
    return valid ? EXIT_FINE : EXIT_FINDINGS;
}

enum command_exit command_date(const struct arguments *args, struct arena *a)
{
    (void)a;
    enum command_exit code = EXIT_FINE;
    for (int i = 0; i < args->rest_count; i++) {
        enum command_exit one;
        if (strcmp(args->rest[i], "-") == 0)
            one = read_dates();
        else
            one = say(str_from(args->rest[i])) ? EXIT_FINE : EXIT_FINDINGS;
        code = one > code ? one : code;
    }
    return code;
}
