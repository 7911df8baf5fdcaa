/*
 * item_name: every name of actors and places, folded and from each of its words on, so that what
 * begins like what is typed is one stretch of an index. The rows of a name that stays are left
 * alone, however often the rest of the thing changes.
 */
#ifndef ANNALS_STORE_ITEM_NAME_H
#define ANNALS_STORE_ITEM_NAME_H

#include "store/project.h"
#include "store/writer.h"

/* The words of a text, folded, with one blank between two. */
str item_name_fold(str text, struct arena *a);

/* As much of such a text as is kept to compare with, cut between two code points. */
str item_name_kept(str fold);

/* Brings the names of a thing up to date with the version that is being written. */
bool item_name_project(struct store_writer *w, enum thing t, int64_t key, struct err *e);

/* Whether the names at a version are those that the sources give. */
bool item_name_prove(const struct at *at, enum thing t, int64_t key, bool *holds);

#endif
