#include "annals/progress.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "annals/term.h"

#define BAR 24
#define LONGEST_NAME 40

static bool drawn;

void progress_show(size_t done, size_t total, const char *name)
{
    if (!term_is_terminal(stderr) || total < 2)
        return;
    char bar[BAR + 1];
    size_t full = done * BAR / total;
    memset(bar, '#', full);
    memset(bar + full, ' ', BAR - full);
    bar[BAR] = '\0';
    str shown = str_from(name);
    if (shown.n > LONGEST_NAME)
        shown = str_sub(shown, shown.n - LONGEST_NAME, LONGEST_NAME);
    fprintf(stderr, "\r\033[K[%s] %zu/%zu ", bar, done, total);
    term_text(stderr, TERM_DIM, shown);
    fflush(stderr);
    drawn = true;
}

void progress_clear(void)
{
    if (!drawn)
        return;
    drawn = false;
    fputs("\r\033[K", stderr);
    fflush(stderr);
}
