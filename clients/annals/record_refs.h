/* record_refs: what a record refers to, by one table; read from its text alone. */
#ifndef ANNALS_CLIENT_RECORD_REFS_H
#define ANNALS_CLIENT_RECORD_REFS_H

#include "base/arena.h"
#include "model/record.h"

/* Called for each reference: the kind of thing (RECORD_SOURCE, RECORD_EVENT …) and its id. */
typedef void record_refs_found(void *to, enum record_kind kind, str id);

/* json: the part of a record of that kind, well-formed. */
void record_refs(enum record_kind kind, str json, record_refs_found *found, void *to);

/* What an id is to be called; the same str for an id that stays. */
typedef str record_refs_name(void *to, enum record_kind kind, str id);

/* The part with every id in it, its own included, as `name` calls it; the rest byte for byte. */
str record_refs_rename(enum record_kind kind, str json, record_refs_name *name, void *to,
                       struct arena *a);

/* The text between the quotes of a JSON string that needs no escapes, as ids; empty for another. */
str record_refs_text(str value);

#endif
