/* export: what the files of `annals export` share. */
#ifndef ANNALS_CLIENT_EXPORT_H
#define ANNALS_CLIENT_EXPORT_H

#include <stdio.h>

#include "annals/http.h"
#include "base/strmap.h"
#include "model/record.h"

/* The file beside the exported ones that names them, one to a line, in the order of loading. */
#define EXPORT_ORDER "export.order"

/* A record as the server gives it. */
struct export_line {
    enum record_kind kind; /* RECORD_SOURCE for the one that begins a source */
    str id;                /* empty for a relation */
    str json;              /* of the part itself */
    str line;              /* all of it, without its newline */
};

/* False for a line that is no record, which no server of ours sends. */
bool export_line_read(str line, struct export_line *out);

/* ---- export_need.c: what belongs to an export ---- */

/*
 * What is to be written. Two readings of one version: the first gathers (export_need_see), the
 * second writes what export_need_keeps keeps.
 */
struct export_need;

/* events: ids of the events to keep; NULL for all of them. Lives in the arena. */
struct export_need *export_need_new(struct strmap *events, struct arena *a);

/* Of every record, in the order in which they come. */
void export_need_see(struct export_need *n, const struct export_line *x);

/* After the last: follows what is needed to what that needs. */
void export_need_settle(struct export_need *n);

/*
 * Whether a record of the source at hand is to be written. What it says of things that are not
 * there is taken out of *x, in memory of `a`. A source is kept when something of it is.
 */
bool export_need_keeps(struct export_need *n, struct export_line *x, struct arena *a);

/* References to events and sources that are no longer there: left out, as they could not be loaded.
 */
size_t export_need_left_out(const struct export_need *n);

/* ---- export_files.c: the folder ---- */

struct export_files;

/* Makes the folder; one with something in it must hold an earlier export. */
bool export_files_open(const char *folder, struct export_files **out, struct err *e);

/* Takes the next record. Files come under their names in export_files_commit alone. */
bool export_files_add(struct export_files *f, const struct export_line *x, struct err *e);
bool export_files_commit(struct export_files *f, struct err *e);
void export_files_close(struct export_files *f); /* what was not committed goes */

struct export_count {
    int64_t files, sources, events, bytes;
};
struct export_count export_files_count(const struct export_files *f);

#endif
