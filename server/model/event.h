/*
 * event: accounts, as the store hands them over, and the event that their merge gives.
 *
 * Accounts are put into the order of a policy: the first one wins. Each property takes its value
 * from the first account that has it. What is a set is joined: participants by actor (the role is
 * that of the first account that names the actor), tags, and identifiers by scheme. Places are
 * those of the first account that has any. See docs/explanation/merging.md.
 */
#ifndef ANNALS_MODEL_EVENT_H
#define ANNALS_MODEL_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/jout.h"
#include "model/document.h"
#include "model/reading.h"

/* Keys of the things that contain this one, directly or not: parents of a type, wholes of a place.
 */
struct ancestors {
    const int64_t *keys;
    size_t n;
};

struct event_participant {
    int64_t actor_key;
    str actor;
    str name;
    int64_t role_key; /* 0 for none */
    str role;
};

struct event_place {
    int64_t place_key;
    str place;
    str name;
    bool has_point;
    double lat, lon;
    struct ancestors within;
};

struct event_tag {
    int64_t key;
    str tag;
};

/* One source's account of an event. What it does not say has a NULL p or a count of 0. */
struct account {
    int64_t key;
    int64_t source_key;
    str source;
    int64_t event_key; /* under which id it is told, where several ids are the same event */
    str event;
    int64_t precedence;       /* of its source */
    int64_t known_from;       /* seconds of civil time; READING_NEVER: of no certain date */
    struct ancestors derives; /* sources that its source derives from, directly or not, by key */
    int64_t since;            /* version that recorded it */
    str title;
    str summary;
    struct dated date;
    int64_t type_key;
    str type;
    struct ancestors type_within;
    struct event_participant *participants;
    size_t participant_count;
    struct event_place *places;
    size_t place_count;
    struct event_tag *tags;
    size_t tag_count;
    struct identifiers identifiers;
};

/* X(flag, name): properties on which accounts can contradict each other */
#define EVENT_DISPUTE_TABLE(X)                                                                     \
    X(EVENT_DISPUTED_DATE, "date")                                                                 \
    X(EVENT_DISPUTED_TYPE, "type")                                                                 \
    X(EVENT_DISPUTED_PLACES, "places")                                                             \
    X(EVENT_DISPUTED_PARTICIPANTS, "participants")

enum event_dispute_bit {
#define X(flag, name) flag##_BIT,
    EVENT_DISPUTE_TABLE(X)
#undef X
        EVENT_DISPUTE_COUNT
};
enum event_dispute {
#define X(flag, name) flag = 1 << flag##_BIT,
    EVENT_DISPUTE_TABLE(X)
#undef X
};
const char *event_dispute_name(enum event_dispute_bit bit);

struct event {
    str id;
    struct account merged; /* its source and keys say nothing */
    size_t account_count;  /* reprints apart */
    unsigned disputed;     /* of EVENT_DISPUTED_… */
    int64_t version;       /* that made it what it is */
    int64_t updated;       /* when: microseconds since 1970 UTC */
};

/*
 * Puts accounts into the order of a policy. preferred: by precedence, the highest first; first and
 * last: by known_from; ties by key of the source, then of the event, which is the order in which
 * these were recorded. source: those of the source with that key, then the others, as in preferred.
 */
void event_order(const struct account **order, size_t n, enum policy policy, int64_t source);

/*
 * Whether the source of `a` derives from that of `b`, so that beside b a is a reprint. Of sources
 * that derive from each other the one recorded first is the original.
 */
bool event_reprints(const struct account *a, const struct account *b);

/*
 * For each of n accounts the place of the first one among them that it reprints, or n where it
 * reprints none. It costs no more than what the sources say that they derive from.
 */
size_t *event_originals(const struct account *const *accounts, size_t n, struct arena *a);

/* order: n > 0 accounts in the order of the policy. Strs are borrowed from them. */
void event_merge(str id, const struct account *const *order, size_t n, unsigned disputed,
                 size_t reports, struct arena *a, struct event *out);

/*
 * The event as the contract shows it: one JSON object. It is written in two parts: all that is
 * shown of it, and what says when it became so, with links.
 */
void event_write_json(struct buf *out, const struct event *e);
void event_write_shown(struct buf *out, const struct event *e);
void event_write_stamp(struct buf *out, const struct event *e);

/* {"edtf", "display", "precision", "qualifier", "earliest", …}; null where there is no date. */
void event_write_date(struct jout *j, const struct dated *d);

/* The members type, participants, places, tags, identifiers that events and accounts share. */
void event_write_properties(struct jout *j, const struct account *a);

/* An instant as RFC 3339 in UTC with microseconds: "2026-11-24T08:15:00.123456Z". */
void event_write_instant(struct buf *out, int64_t microseconds);

#endif
