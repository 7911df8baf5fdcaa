#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "annals/match.h"
#include "annals/read/front.h"
#include "base/utf8.h"

#define LARGEST ((size_t)1024 * 1024)
#define LONGEST_NAME 80 /* code points of a name in a comment */

struct match_decisions {
    struct strmap of[MATCH_LISTS]; /* id to number of an answer */
    str *answers;
    size_t n, room;
};

/* ---- reading ---- */

static void refuse(const struct front_node *at, const char *detail, struct problems *problems)
{
    problem_add_line(problems, at->line, at->column, "%s", detail);
}

static void take(struct match_decisions *d, enum match_list list, const struct front_node *node,
                 struct arena *a, struct problems *problems)
{
    bool string = node->kind == FRONT_SCALAR && node->value.kind == CORE_STRING;
    if (!document_is_id(node->key)) {
        refuse(node, "this is not an id of the source", problems);
    } else if (!string || !document_is_id(node->value.text)) {
        refuse(node, "a decision is \"new\", or the id of what it is in the store", problems);
    } else {
        strmap_set(&d->of[list], node->key, (int64_t)d->n);
        *ARENA_PUSH(a, d->answers, d->n, d->room) = node->value.text;
    }
}

static void take_list(struct match_decisions *d, const struct front_node *node, struct arena *a,
                      struct problems *problems)
{
    int list = 0;
    while (list < MATCH_LISTS && !str_eq(node->key, str_from(match_segment((enum match_list)list))))
        list++;
    bool nothing = node->kind == FRONT_SCALAR && node->value.kind == CORE_NULL;
    if (list == MATCH_LISTS)
        refuse(node, "decisions are of actors and of places", problems);
    else if (node->kind != FRONT_MAP && !nothing)
        refuse(node, "a line for each is wanted: \"their-id: id-of-the-store\"", problems);
    for (const struct front_node *x = node->first; x != NULL && list < MATCH_LISTS; x = x->next)
        take(d, (enum match_list)list, x, a, problems);
}

struct match_decisions *match_decisions_read(const char *path, struct arena *a,
                                             struct problems *problems, struct err *e)
{
    str bytes;
    if (!input_read_file(path, LARGEST, a, &bytes, e))
        return NULL;
    if (!utf8_valid(bytes)) {
        problem_add_line(problems, 1, 1, "the file is not UTF-8");
        return NULL;
    }
    struct front_node *root = front_read(bytes, 1, a, problems);
    if (root == NULL)
        return NULL;
    struct match_decisions *d = ARENA_NEW(a, struct match_decisions);
    for (int list = 0; list < MATCH_LISTS; list++)
        strmap_init(&d->of[list], a);
    if (root->kind != FRONT_MAP)
        refuse(root, "the file says \"actors:\" and \"places:\"", problems);
    else
        for (const struct front_node *x = root->first; x != NULL; x = x->next)
            take_list(d, x, a, problems);
    return problem_any(problems) ? NULL : d;
}

str match_decisions_of(const struct match_decisions *d, enum match_list list, str id)
{
    int64_t number;
    if (d == NULL || !strmap_get(&d->of[list], id, &number))
        return STR("");
    return d->answers[number];
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

static void write_list(FILE *file, const struct match *m, enum match_list list)
{
    size_t written = 0, left = 0;
    for (size_t i = 0; i < m->n; i++) {
        if (m->findings[i].list != list || m->findings[i].verdict != MATCH_DOUBTFUL)
            continue;
        if (written == MATCH_MOST_DECISIONS) {
            left++;
            continue;
        }
        if (written++ == 0)
            fprintf(file, "%s:\n", match_segment(list));
        write_doubt(file, &m->findings[i]);
    }
    if (left > 0)
        fprintf(file, "  # %zu more wait until these are decided and the file is loaded again\n",
                left);
}

bool match_decisions_write(const struct match *m, const char *path, struct err *e)
{
    FILE *file = fopen(path, "wxe");
    if (file == NULL)
        return err_set(e, errno == EEXIST ? ERR_CONFLICT : ERR_STORE, "cannot write %s: %s", path,
                       strerror(errno));
    fputs("# Each line says what one of the source's things is: \"new\", or the id of a thing of "
          "the\n# store. Then load again with --decisions and the name of this file.\n",
          file);
    for (int list = 0; list < MATCH_LISTS; list++)
        write_list(file, m, (enum match_list)list);
    bool fine = ferror(file) == 0;
    fine = fclose(file) == 0 && fine;
    return fine || err_set(e, ERR_STORE, "cannot write %s: %s", path, strerror(errno));
}
