/* draft: what the builders of item_draft share (store/project.h). */
#ifndef ANNALS_STORE_DRAFT_H
#define ANNALS_STORE_DRAFT_H

#include "base/jout.h"
#include "store/project.h"

#define DRAFT_LARGEST ((size_t)8 * 1024 * 1024)

/* Something that lists filter by. Absent values and repetitions are left out. */
void draft_link(const struct at *at, struct item_draft *d, const char *term, str value);

/* Words under which it is found. */
void draft_search(struct item_draft *d, str text);

/* Members of the object being written, each from a statement over (key, version). */
bool draft_names(const struct at *at, struct item_draft *d, struct jout *j, enum sql_name statement,
                 int64_t key);
bool draft_identifiers(const struct at *at, struct item_draft *d, struct jout *j,
                       enum sql_name statement, int64_t key);
bool draft_containments(const struct at *at, struct item_draft *d, struct jout *j,
                        enum sql_name statement, int64_t key, const char *list, const char *member);
/* A list of strings; link: the term under which each is filtered by, or NULL. */
bool draft_strings(const struct at *at, struct item_draft *d, struct jout *j, const char *list,
                   const char *link, enum sql_name statement, int64_t key);

/* "links": below ends in NULL; "" is the thing itself, "?actor" a filter on events. */
void draft_links(struct jout *j, str id, const char *collection, const char *const *below);

#endif
