/* What is doubtful, in a file for a person to decide. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "annals/match.h"
#include "base/utf8.h"

#define LONGEST_NAME 80 /* code points of a name in a comment */
#define MOST_FILES 99

/* ---- what is not decided ---- */

static bool is_open(const struct match_doubts *x, const struct match_decisions *known,
                    const struct match_finding *f)
{
    return f->verdict == MATCH_DOUBTFUL &&
           match_decisions_of(x->decided, f->list, f->thing->id).n == 0 &&
           match_decisions_of(known, f->list, f->thing->id).n == 0;
}

static bool any_open(const struct match_doubts *x, const struct match_decisions *known)
{
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < x->all[i]->n; k++)
            if (is_open(x, known, &x->all[i]->findings[k]))
                return true;
    return false;
}

/* ---- writing ---- */

/* A name in a comment: one line, and not too long. */
static void write_name(FILE *file, str name)
{
    str shown = str_sub(name, 0, utf8_offset(name, LONGEST_NAME));
    fputc('"', file);
    for (size_t i = 0; i < shown.n; i++)
        fputc((unsigned char)shown.p[i] < ' ' ? ' ' : shown.p[i], file);
    fputs(shown.n < name.n ? "…\"" : "\"", file);
}

static void write_doubt(FILE *file, const struct match_finding *f)
{
    fputs("  # ", file);
    write_name(file, f->thing->name);
    fprintf(file, ": %s\n", f->why);
    for (size_t i = 0; i < f->n; i++) {
        const struct match_candidate *c = &f->candidates[i];
        fprintf(file, "  #   %.*s ", STR_ARG(c->thing->id));
        write_name(file, c->thing->name);
        fprintf(file, " (%s)\n", c->why);
    }
    if (f->more > 0)
        fprintf(file, "  #   and %zu more\n", f->more);
    fprintf(file, "  %.*s: new\n", STR_ARG(f->thing->id));
}

struct writing {
    FILE *file;
    const struct match_doubts *x;
    const struct match_decisions *known;
};

static void write_list(const struct writing *w, enum match_list list)
{
    size_t written = 0, left = 0;
    for (size_t i = 0; i < w->x->n; i++) {
        const struct match *m = w->x->all[i];
        for (size_t k = 0; k < m->n; k++) {
            if (m->findings[k].list != list || !is_open(w->x, w->known, &m->findings[k]))
                continue;
            if (written == MATCH_MOST_DECISIONS) {
                left++;
                continue;
            }
            if (written++ == 0)
                fprintf(w->file, "%s:\n", match_segment(list));
            write_doubt(w->file, &m->findings[k]);
        }
    }
    if (left > 0)
        fprintf(w->file, "  # %zu more stand in the next file\n", left);
}

static bool fails(const char *path, struct err *e)
{
    return err_set(e, ERR_STORE, "cannot write %s: %s", path, strerror(errno));
}

static bool write_file(const struct writing *w, const char *path, struct err *e)
{
    fputs("# Each line says what one of the source's things is: \"new\", or the id of a thing of "
          "the\n# store. Then load again with --decisions and the name of this file.\n",
          w->file);
    for (int list = 0; list < MATCH_LISTS; list++)
        write_list(w, (enum match_list)list);
    bool fine = fflush(w->file) == 0 && ferror(w->file) == 0;
    fine = fclose(w->file) == 0 && fine;
    if (fine)
        return true;
    fails(path, e);
    unlink(path); /* half a file would be taken for a whole one */
    return false;
}

/* ---- where it lies ---- */

static str numbered(str base, int number, struct arena *a)
{
    return number == 1 ? arena_printf(a, "%.*s.decisions.yaml", STR_ARG(base))
                       : arena_printf(a, "%.*s.decisions.%d.yaml", STR_ARG(base), number);
}

/* A folder in which one may not write, rather than a disk that is full. */
static bool is_closed(int error)
{
    return error == EACCES || error == EPERM || error == EROFS || error == ENOENT ||
           error == ENOTDIR;
}

enum kept { KEPT, CLOSED, FAILED };

struct keeping {
    const struct match_doubts *x;
    struct match_decisions *known; /* of files that are there */
    struct arena *arena;
    const char *first, *written; /* files */
};

/* A file that is there says something already. Who edits it sees its problems when it is used. */
static void take_known(struct keeping *k, const char *name)
{
    struct problems ignored;
    struct err e = {0};
    problem_init(&ignored, k->arena);
    match_decisions_read(k->known, name, &ignored, &e);
}

/* One number: a new file, or what the one of before says. */
static enum kept keep_as(struct keeping *k, const char *name, struct err *e)
{
    FILE *file = fopen(name, "wxe");
    if (file == NULL && errno != EEXIST) {
        bool closed = is_closed(errno);
        fails(name, e);
        return closed ? CLOSED : FAILED;
    }
    if (file != NULL) {
        struct writing w = {file, k->x, k->known};
        if (!write_file(&w, name, e))
            return FAILED;
        k->written = k->written != NULL ? k->written : name;
    }
    k->first = k->first != NULL ? k->first : name;
    take_known(k, name);
    return KEPT;
}

/* Beside one name, under as many numbers as are needed. */
static enum kept keep_beside(const struct match_doubts *x, str base, struct arena *a,
                             const char **path, struct err *e)
{
    struct keeping k = {.x = x, .known = match_decisions_new(a), .arena = a};
    enum kept kept = KEPT;
    for (int number = 1; number <= MOST_FILES && kept == KEPT && any_open(x, k.known); number++)
        kept = keep_as(&k, numbered(base, number, a).p, e);
    *path = k.written != NULL ? k.written : k.first;
    return kept;
}

bool match_doubts_keep(const struct match_doubts *x, struct arena *a, const char **path,
                       struct err *e)
{
    struct stat status;
    const char *slash = strrchr(x->input, '/');
    str name = str_from(slash != NULL ? slash + 1 : x->input);
    bool regular = stat(x->input, &status) == 0 && S_ISREG(status.st_mode) &&
                   !str_starts(str_from(x->input), STR("/dev/")) &&
                   !str_starts(str_from(x->input), STR("/proc/"));
    *path = NULL;
    if (!any_open(x, NULL))
        return true;
    enum kept kept = regular ? keep_beside(x, str_from(x->input), a, path, e) : CLOSED;
    if (kept == CLOSED && (slash != NULL || !regular))
        kept = keep_beside(x, name, a, path, e);
    if (kept == KEPT)
        return true;
    *path = NULL;
    return false;
}
