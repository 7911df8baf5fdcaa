/* Copies of a database in use, by SQLite's own backup. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "db/sqlite/db_sqlite.h"

static bool fails(const char *doing, struct err *e)
{
    return err_set(e, ERR_STORE, "cannot %s: %s", doing, strerror(errno));
}

/* One step for all pages: they are those of one moment, whatever is written meanwhile. */
static bool copy_pages(sqlite3 *from, const char *path, struct err *e)
{
    sqlite3 *to = NULL;
    int status = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE, NULL);
    sqlite3_backup *backup = status == SQLITE_OK ? sqlite3_backup_init(to, "main", from, "main")
                                                 : NULL;
    if (backup != NULL) {
        int last = sqlite3_backup_step(backup, -1);
        status = sqlite3_backup_finish(backup);
        if (status == SQLITE_OK && last != SQLITE_DONE)
            status = last;
    } else if (status == SQLITE_OK) {
        status = sqlite3_errcode(to);
    }
    /* One file by itself, until a daemon opens it. */
    if (status == SQLITE_OK)
        status = sqlite3_exec(to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    sqlite3_close(to);
    return status == SQLITE_OK ||
           err_set(e, ERR_STORE, "the copy fails: %s", sqlite3_errstr(status));
}

static bool sync_at(const char *path, int flags, struct err *e)
{
    int file = open(path, flags | O_CLOEXEC);
    bool fine = file >= 0 && fsync(file) == 0;
    if (file >= 0)
        close(file);
    return fine || fails("bring it to the disk", e);
}

static bool sync_folder(const char *path, struct err *e)
{
    char *copy = strdup(path);
    ENSURE(copy != NULL);
    bool fine = sync_at(dirname(copy), O_RDONLY | O_DIRECTORY, e);
    free(copy);
    return fine;
}

/* A second name for the finished file: that fails where the name is taken. */
static bool publish(const char *aside, const char *path, struct err *e)
{
    if (link(aside, path) == 0)
        return true;
    return errno == EEXIST ? err_set(e, ERR_CONFLICT, "it is there already; nothing is overwritten")
                           : fails("make it", e);
}

bool db_backup(struct db *db, const char *path, struct err *e)
{
    char aside[4200];
    int n = snprintf(aside, sizeof aside, "%s.part-%ld", path, (long)getpid());
    if (n < 0 || (size_t)n >= sizeof aside)
        return err_set(e, ERR_STORE, "the name is too long");
    if (access(path, F_OK) == 0)
        return err_set(e, ERR_CONFLICT, "it is there already; nothing is overwritten");
    int file = open(aside, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return fails("make it", e);
    close(file);
    bool fine = copy_pages(db_sqlite_handle(db), aside, e) && sync_at(aside, O_RDWR, e) &&
                publish(aside, path, e) && sync_folder(path, e);
    unlink(aside);
    return fine;
}
