#include "annals/journal.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"

#define MARK "annals-load-1"
#define RUN_BYTES 8

struct done {
    int64_t number, refused;
    char digest[HASH_HEX_SIZE + 1];
};

struct journal {
    struct arena *arena;
    const char *path;
    FILE *file;
    char run[2 * RUN_BYTES + 1];
    struct done *done; /* in their order */
    size_t n, room;
    bool added;
};

/* ---- where it lies ---- */

/* Makes a folder and those above it. */
static bool make_folders(char *path)
{
    for (char *p = path + 1; *p != '\0'; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
        *p = '/';
        if (!made)
            return false;
    }
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

static const char *file_of(const struct journal_of *of, struct arena *a, struct err *e)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    str folder;
    if (state != NULL && state[0] == '/')
        folder = arena_printf(a, "%s/annals", state);
    else if (home != NULL && home[0] == '/')
        folder = arena_printf(a, "%s/.local/state/annals", home);
    else
        return err_set(e, ERR_STORE, "neither XDG_STATE_HOME nor HOME is set"), NULL;
    char *writable = strdup(folder.p);
    ENSURE(writable != NULL);
    bool made = make_folders(writable);
    free(writable);
    if (!made)
        return err_set(e, ERR_STORE, "%s cannot be made: %s", folder.p, strerror(errno)), NULL;
    char *real = realpath(of->path, NULL);
    char name[HASH_HEX_SIZE + 1];
    hash_sha256_hex(arena_printf(a, "%s\n%.*s\n%s", of->server, STR_ARG(of->source),
                                 real != NULL ? real : of->path),
                    name);
    free(real);
    return arena_printf(a, "%s/%.32s.load", folder.p, name).p;
}

/* ---- what is in it ---- */

/* False: it is not the journal of this load, or of a store that has more than this one. */
static bool read_lines(struct journal *j, const struct journal_of *of, FILE *file)
{
    char line[400], store[40], run[40];
    if (fgets(line, sizeof line, file) == NULL ||
        sscanf(line, MARK " %39s %39s", store, run) != 2 || !str_eq(str_from(store), of->store) ||
        strlen(run) != 2 * RUN_BYTES)
        return false;
    memcpy(j->run, run, sizeof j->run);
    while (fgets(line, sizeof line, file) != NULL) {
        struct done d;
        int64_t version;
        /* The last line of a process that was killed may be half of one. */
        if (strchr(line, '\n') == NULL || sscanf(line, "%" SCNd64 " %64s %" SCNd64 " %" SCNd64,
                                                 &d.number, d.digest, &version, &d.refused) != 4)
            break;
        if (version > of->version)
            return false;
        *ARENA_PUSH(j->arena, j->done, j->n, j->room) = d;
    }
    return true;
}

static bool write_all(struct journal *j, const struct journal_of *of)
{
    fprintf(j->file, MARK " %.*s %s\n", STR_ARG(of->store), j->run);
    for (size_t i = 0; i < j->n; i++)
        fprintf(j->file, "%" PRId64 " %s %" PRId64 " %" PRId64 "\n", j->done[i].number,
                j->done[i].digest, of->version, j->done[i].refused);
    return fflush(j->file) == 0;
}

struct journal *journal_open(const struct journal_of *of, struct arena *a, struct err *e)
{
    struct journal *j = ARENA_NEW(a, struct journal);
    j->arena = a;
    j->path = file_of(of, a, e);
    if (j->path == NULL)
        return NULL;
    FILE *old = fopen(j->path, "re");
    bool known = old != NULL && read_lines(j, of, old);
    if (old != NULL)
        fclose(old);
    if (!known) {
        unsigned char bytes[RUN_BYTES];
        hash_random(bytes, sizeof bytes);
        hash_hex(bytes, sizeof bytes, j->run);
        j->n = 0;
    }
    /* Anew, so that no half line is left in it; aside, so that it is there whole or not at all. */
    str aside = arena_printf(a, "%s.%ld", j->path, (long)getpid());
    j->file = fopen(aside.p, "we");
    if (j->file == NULL || !write_all(j, of) || rename(aside.p, j->path) != 0) {
        err_set(e, ERR_STORE, "%s cannot be written: %s", j->path, strerror(errno));
        if (j->file != NULL)
            fclose(j->file);
        unlink(aside.p);
        return NULL;
    }
    return j;
}

const char *journal_run(const struct journal *j)
{
    return j->run;
}

bool journal_has(const struct journal *j, int64_t number, const char *digest, int64_t *refused)
{
    /* They were acknowledged in their order: number n stands at n - 1, or nowhere. */
    if (number < 1 || (uint64_t)number > j->n)
        return false;
    const struct done *d = &j->done[number - 1];
    *refused = d->refused;
    return d->number == number && strcmp(d->digest, digest) == 0;
}

int64_t journal_pieces(const struct journal *j)
{
    return (int64_t)j->n;
}

void journal_add(struct journal *j, int64_t number, const char *digest, int64_t version,
                 int64_t refused)
{
    /* One that cannot be written costs a repetition, which changes nothing. */
    j->added = true;
    fprintf(j->file, "%" PRId64 " %s %" PRId64 " %" PRId64 "\n", number, digest, version, refused);
    fflush(j->file);
}

void journal_close(struct journal *j, bool done)
{
    if (j == NULL)
        return;
    fclose(j->file);
    if (done || (j->n == 0 && !j->added))
        unlink(j->path);
}
