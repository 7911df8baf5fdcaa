#include "base/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void spool_init(struct spool *s, const char *folder, size_t most_in_memory)
{
    *s = (struct spool){.folder = folder, .most_in_memory = most_in_memory, .file = -1};
    buf_init(&s->memory, SIZE_MAX / 2);
}

void spool_free(struct spool *s)
{
    if (s->file >= 0)
        close(s->file);
    s->file = -1;
    buf_free(&s->memory);
    buf_init(&s->memory, SIZE_MAX / 2);
    s->size = 0;
}

/* Where the file system makes no file without a name, one is made with a name and loses it. */
static int make_file(const char *folder)
{
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        return file;
    char name[4200];
    int n = snprintf(name, sizeof name, "%s/.annals-spool-XXXXXX", folder);
    if (n < 0 || (size_t)n >= sizeof name)
        return -1;
    file = mkostemp(name, O_CLOEXEC);
    if (file >= 0)
        unlink(name);
    return file;
}

static bool write_all(struct spool *s, str bytes, int64_t at, struct err *e)
{
    while (bytes.n > 0) {
        ssize_t n = pwrite(s->file, bytes.p, bytes.n, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return err_set(e, ERR_STORE, "%s: a temporary file cannot be written: %s", s->folder,
                           strerror(errno));
        bytes = str_sub(bytes, (size_t)n, bytes.n);
        at += n;
    }
    return true;
}

bool spool_add(struct spool *s, str bytes, struct err *e)
{
    if (s->file < 0 && s->memory.n + bytes.n > s->most_in_memory) {
        s->file = make_file(s->folder);
        if (s->file < 0)
            return err_set(e, ERR_STORE, "%s: a temporary file cannot be made: %s", s->folder,
                           strerror(errno));
        if (!write_all(s, buf_str(&s->memory), 0, e))
            return false;
        buf_free(&s->memory);
        buf_init(&s->memory, SIZE_MAX / 2);
    }
    if (s->file < 0)
        buf_add(&s->memory, bytes);
    else if (!write_all(s, bytes, s->size, e))
        return false;
    s->size += (int64_t)bytes.n;
    return true;
}

bool spool_read(const struct spool *s, int64_t at, char *to, size_t n, size_t *got, struct err *e)
{
    int64_t left = at < s->size ? s->size - at : 0;
    *got = 0;
    if ((int64_t)n > left)
        n = (size_t)left;
    if (n == 0)
        return true;
    if (s->file < 0) {
        memcpy(to, s->memory.p + at, n);
        *got = n;
        return true;
    }
    ssize_t read;
    do
        read = pread(s->file, to, n, at);
    while (read < 0 && errno == EINTR);
    if (read <= 0)
        return err_set(e, ERR_STORE, "%s: a temporary file cannot be read: %s", s->folder,
                       read < 0 ? strerror(errno) : "it is shorter than what was written");
    *got = (size_t)read;
    return true;
}
