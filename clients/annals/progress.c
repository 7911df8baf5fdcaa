#include "annals/progress.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "annals/term.h"
#include "base/buf.h"
#include "base/utf8.h"

#define BAR 24
#define LONGEST_NAME 40
#define BETWEEN_MS 100

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

/* ---- a large file ---- */

static bool is_due(void)
{
    static struct timespec last;
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    int64_t ms = (int64_t)(t.tv_sec - last.tv_sec) * 1000 + (t.tv_nsec - last.tv_nsec) / 1000000;
    if (drawn && ms < BETWEEN_MS)
        return false;
    last = t;
    return true;
}

static void add_number(struct buf *out, int64_t n)
{
    char room[TERM_NUMBER_SIZE];
    buf_add(out, str_from(term_number(n, room)));
}

static void add_bar(struct buf *out, const struct progress_table *t)
{
    if (t->size <= 0)
        return;
    int64_t reached = t->reached < t->size ? t->reached : t->size;
    int64_t full = reached * BAR / t->size;
    buf_add_char(out, '[');
    for (int64_t i = 0; i < BAR; i++)
        buf_add_char(out, i < full ? '#' : ' ');
    buf_printf(out, "] %3d %%  ", (int)(reached * 100 / t->size));
}

static void add_time_left(struct buf *out, const struct progress_table *t)
{
    double done = (double)(t->reached - t->began_at), left = (double)(t->size - t->reached);
    if (t->size <= 0 || done <= 0 || left < 0 || t->seconds < 2)
        return;
    int64_t seconds = (int64_t)(t->seconds * left / done + 0.5);
    if (seconds >= 3600)
        buf_printf(out, "  %d:%02d:%02d left", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                   (int)(seconds % 60));
    else
        buf_printf(out, "  %d:%02d left", (int)(seconds / 60), (int)(seconds % 60));
}

void progress_table(const struct progress_table *t)
{
    if (!term_is_terminal(stderr) || !is_due())
        return;
    struct buf out;
    buf_init(&out, 1000);
    add_bar(&out, t);
    add_number(&out, t->records);
    buf_add(&out, STR(" records"));
    if (t->away.n > 0) {
        buf_printf(&out, "  waiting: %.*s", STR_ARG(t->away));
    } else if (t->sent > 0 && t->seconds > 0) {
        buf_add(&out, STR("  "));
        add_number(&out, (int64_t)((double)t->sent / t->seconds));
        buf_add(&out, STR("/s"));
        add_time_left(&out, t);
    }
    const char *slash = strrchr(t->name, '/');
    buf_printf(&out, "  %s", slash != NULL ? slash + 1 : t->name);
    int width = term_width(stderr);
    str line = buf_str(&out);
    if (width > 1)
        line = utf8_slice(line, 0, (size_t)width - 1);
    fputs("\r\033[K", stderr);
    term_text(stderr, TERM_PLAIN, line);
    fflush(stderr);
    buf_free(&out);
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
