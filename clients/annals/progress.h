/* progress: one line on a terminal that says how far a long command is; nothing elsewhere. */
#ifndef ANNALS_CLIENT_PROGRESS_H
#define ANNALS_CLIENT_PROGRESS_H

#include <stddef.h>

/* Draws "[#####     ] 5/10 name" on standard error, in place of the line before. */
void progress_show(size_t done, size_t total, const char *name);

/* Takes the line away, so that something else can be written. */
void progress_clear(void);

#endif
