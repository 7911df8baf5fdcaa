#include "annals/files.h"

#include <errno.h>
#include <fts.h>
#include <stdint.h>
#include <string.h>

#include "annals/input.h"

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
        if (entry->fts_level == FTS_ROOTLEVEL ||
            (entry->fts_name[0] != '.' &&
             input_format_of(str_from(entry->fts_name)) != INPUT_UNKNOWN))
            add(all, entry->fts_path, a);
        else
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

bool files_add(struct files *all, const char *path, struct arena *a, struct err *e)
{
    char *copy = (char *)(uintptr_t)arena_copy(a, str_from(path)).p; /* fts takes no const */
    char *const roots[] = {copy, NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
    if (walk == NULL)
        return err_set(e, ERR_NOT_FOUND, "cannot read %s: %s", path, strerror(errno));
    bool fine = true;
    FTSENT *entry;
    while (fine && (entry = fts_read(walk)) != NULL)
        fine = take(all, walk, entry, a, e);
    fts_close(walk);
    return fine;
}
