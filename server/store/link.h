/*
 * link: what a row of an event is linked to, in event_link: what filters ask for and facets count.
 */
#ifndef ANNALS_STORE_LINK_H
#define ANNALS_STORE_LINK_H

#include "store/memory.h"

/* Roles below 0 are no roles: facets count links from 0 on. */
#define LINK_PLAIN 0      /* an actor without a role; the event's own places, type, tags, sources */
#define LINK_INHERITED -1 /* what contains its places, the parents of its type */
#define LINK_MARK -2      /* to something that is no thing: */

#define LINK_DISPUTED -1                       /* every disputed event */
#define LINK_PRECISION(p) (-10 - (int64_t)(p)) /* every event with a date of that precision */

/*
 * A target as a word of full text: this character, of Unicode's private use, and the key. What
 * people write is never taken for one (store/words.h).
 */
#define LINK_WORD "\xEE\x80\x80"

struct link {
    int64_t target, role;
};

struct links {
    struct link *items;
    size_t n, room;
};

/*
 * All links of an event that n accounts give, each once, ordered by target and role, in at->arena.
 * memory holds what was looked up for at->version, or is NULL.
 */
bool link_gather(const struct at *at, const struct event *ev, const struct account *const *heard,
                 size_t n, struct memory *memory, struct links *out);

#endif
