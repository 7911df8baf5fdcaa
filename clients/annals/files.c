#include "annals/files.h"

#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annals/beside.h"
#include "annals/export.h"
#include "annals/input.h"
#include "annals/match.h"

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void add(struct files *all, const char *path, struct arena *a)
{
    *ARENA_PUSH(a, all->paths, all->n, all->room) = arena_copy(a, str_from(path)).p;
}

static bool take(struct files *all, FTS *walk, FTSENT *entry, struct arena *a, struct err *e)
{
    switch (entry->fts_info) {
    case FTS_D:
        if (entry->fts_level > FTS_ROOTLEVEL && entry->fts_name[0] == '.')
            fts_set(walk, entry, FTS_SKIP);
        return true;
    case FTS_F:
        if (input_format_of(str_from(entry->fts_name)) == INPUT_UNKNOWN &&
            beside_belongs(entry->fts_path))
            return true; /* it comes with the other */
        if (entry->fts_level == FTS_ROOTLEVEL ||
            (entry->fts_name[0] != '.' &&
             input_format_of(str_from(entry->fts_name)) != INPUT_UNKNOWN))
            add(all, entry->fts_path, a);
        else if (strcmp(entry->fts_name, EXPORT_ORDER) != 0 &&
                 !match_decisions_named(str_from(entry->fts_name)))
            all->ignored++;
        return true;
    case FTS_DEFAULT: /* a pipe, perhaps: as named, or left alone */
        if (entry->fts_level == FTS_ROOTLEVEL)
            add(all, entry->fts_path, a);
        return true;
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        return err_set(e, ERR_NOT_FOUND, "cannot read %s: %s", entry->fts_path,
                       strerror(entry->fts_errno));
    default:
        return true;
    }
}

/* ---- the order of an export ---- */

/* What export.order of a folder says: a file's name to its number, from 0. */
static bool read_order(const char *folder, struct arena *a, struct strmap *order)
{
    char line[NAME_MAX + 2];
    FILE *file = fopen(arena_printf(a, "%s/" EXPORT_ORDER, folder).p, "rbe");
    strmap_init(order, a);
    if (file == NULL)
        return false;
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        str path = arena_printf(a, "%s%s%s", folder,
                                str_ends(str_from(folder), STR("/")) ? "" : "/", line);
        strmap_set(order, path, (int64_t)order->n);
    }
    fclose(file);
    return true;
}

struct ranked {
    const char *path;
    int64_t rank;
    size_t before; /* its place so far */
};

static int by_rank(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->before > b->before) - (a->before < b->before);
}

/*
 * Of a folder that an export wrote, files come as they were recorded, others behind them. Of any
 * other folder files of records come last: they are sent line by line, and refer to what is there.
 */
static void put_in_order(struct files *all, size_t first, const char *folder, struct arena *a)
{
    struct strmap order;
    if (first == all->n)
        return;
    bool known = read_order(folder, a, &order);
    struct ranked *ranked = ARENA_ARRAY(a, struct ranked, all->n - first);
    for (size_t i = first; i < all->n; i++) {
        bool records = input_format_of(str_from(all->paths[i])) == INPUT_RECORDS;
        ranked[i - first] = (struct ranked){all->paths[i], known ? INT64_MAX : records, i};
        strmap_get(&order, str_from(all->paths[i]), &ranked[i - first].rank);
    }
    qsort(ranked, all->n - first, sizeof *ranked, by_rank);
    for (size_t i = first; i < all->n; i++)
        all->paths[i] = ranked[i - first].path;
}

bool files_add(struct files *all, const char *path, struct arena *a, struct err *e)
{
    char *copy = (char *)(uintptr_t)arena_copy(a, str_from(path)).p; /* fts takes no const */
    char *const roots[] = {copy, NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
    if (walk == NULL)
        return err_set(e, ERR_NOT_FOUND, "cannot read %s: %s", path, strerror(errno));
    bool fine = true;
    size_t first = all->n;
    FTSENT *entry;
    while (fine && (entry = fts_read(walk)) != NULL)
        fine = take(all, walk, entry, a, e);
    fts_close(walk);
    put_in_order(all, first, path, a);
    return fine;
}
