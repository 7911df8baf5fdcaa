#include "annals/term.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char *const escapes[] = {
#define X(value, escape) escape,
    TERM_STYLE_TABLE(X)
#undef X
};

bool term_is_terminal(FILE *to)
{
    return isatty(fileno(to)) == 1;
}

int term_width(FILE *to)
{
    struct winsize size;
    bool known = term_is_terminal(to) && ioctl(fileno(to), TIOCGWINSZ, &size) == 0;
    return known ? size.ws_col : 0;
}

static bool has_colour(FILE *to)
{
    const char *refused = getenv("NO_COLOR");
    const char *kind = getenv("TERM");
    return term_is_terminal(to) && (refused == NULL || *refused == '\0') && kind != NULL &&
           strcmp(kind, "dumb") != 0;
}

const char *term_on(FILE *to, enum term_style style)
{
    return style != TERM_PLAIN && has_colour(to) ? escapes[style] : "";
}

const char *term_off(FILE *to)
{
    return has_colour(to) ? "\033[0m" : "";
}

/* Length of the control character at the start of s: C0, DEL, or C1 in its two bytes; or 0. */
static size_t control_length(str s)
{
    unsigned char c = (unsigned char)s.p[0];
    if (c == '\n' || c == '\t')
        return 0;
    if (c < 0x20 || c == 0x7F)
        return 1;
    return c == 0xC2 && s.n > 1 && (unsigned char)s.p[1] < 0xA0 ? 2 : 0;
}

static void write_harmless(FILE *to, str text)
{
    size_t plain = 0;
    for (size_t i = 0; i < text.n; i++) {
        size_t control = control_length(str_sub(text, i, 2));
        if (control == 0)
            continue;
        fwrite(text.p + plain, 1, i - plain, to);
        fputc('?', to);
        i += control - 1;
        plain = i + 1;
    }
    fwrite(text.p + plain, 1, text.n - plain, to);
}

void term_text(FILE *to, enum term_style style, str text)
{
    if (text.n == 0)
        return;
    fputs(term_on(to, style), to);
    if (term_is_terminal(to))
        write_harmless(to, text);
    else
        fwrite(text.p, 1, text.n, to);
    if (style != TERM_PLAIN)
        fputs(term_off(to), to);
}

void term_error(const char *format, ...)
{
    char text[1200];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    term_text(stderr, TERM_RED, STR("annals: "));
    term_text(stderr, TERM_PLAIN, str_from(text));
    fputc('\n', stderr);
}

const char *term_number(int64_t n, char room[TERM_NUMBER_SIZE])
{
    char digits[TERM_NUMBER_SIZE];
    int count = snprintf(digits, sizeof digits, "%" PRId64, n);
    char *to = room;
    for (int i = 0; i < count; i++) {
        if (i > 0 && digits[i - 1] != '-' && (count - i) % 3 == 0)
            *to++ = ',';
        *to++ = digits[i];
    }
    *to = '\0';
    return room;
}

void term_hint(FILE *to, str text)
{
    if (text.n == 0)
        return;
    fputs("    ", to);
    term_text(to, TERM_DIM, text);
    fputc('\n', to);
}
