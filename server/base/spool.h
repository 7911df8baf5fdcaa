/*
 * spool: bytes that are written once, from the front, and read afterwards at any place: in memory
 * up to a size, beyond it in a file without a name, which is gone when it is closed, however the
 * process ends.
 */
#ifndef ANNALS_BASE_SPOOL_H
#define ANNALS_BASE_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct spool {
    const char *folder; /* where the file is made; must outlive the spool */
    struct buf memory;
    size_t most_in_memory;
    int file; /* -1 while all is in memory */
    int64_t size;
};

void spool_init(struct spool *s, const char *folder, size_t most_in_memory);

/* Gives everything back; s is empty afterwards, and may be used again. */
void spool_free(struct spool *s);

/* Appends. False with ERR_STORE when the file cannot be made or written. */
bool spool_add(struct spool *s, str bytes, struct err *e);

/* Reads up to n bytes from `at` on; *got is 0 at the end. False with ERR_STORE. */
bool spool_read(const struct spool *s, int64_t at, char *to, size_t n, size_t *got, struct err *e);

#endif
