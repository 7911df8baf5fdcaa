/*
 * put: replacing all that a source says. A document is compared, thing by thing, with what the
 * source said before: what is equal stays as it is, what differs is ended and written anew.
 */
#ifndef ANNALS_STORE_PUT_H
#define ANNALS_STORE_PUT_H

#include "store/writer.h"

struct put {
    struct store_writer *w;
    const struct document *d; /* NULL when the source is being removed */
    str prefix;               /* of JSON pointers in problems */
    struct problems *problems;
    struct err *e;
    str source_id;
    int64_t source; /* key */
};

/* resolve.c: every id that the document refers to, or problems. False on a failure of the store. */
bool resolve_document(struct put *p);

/* The key of an id that resolve_document has seen. */
bool resolve_key(struct put *p, enum thing t, str id, int64_t *key);

/*
 * section.c: one list of a document against the rows that hold. Each kind of list is described by
 * a struct section; live is a statement that gives key, id, digest and target of the source's rows.
 */
struct section {
    const char *kind; /* plural, as in changesets */
    bool shared;      /* several sources can have rows about one thing: a row is named SOURCE/ID */
    enum document_kind shape;
    enum thing thing; /* what the rows are about */
    enum sql_name live;
    size_t (*count)(const struct document *d);
    const void *(*at)(const struct document *d, size_t i);
    str (*id)(struct put *p, const void *part);
    /* Writes a row under a new key; *target is the key of the thing that it is about. */
    bool (*insert)(struct put *p, const void *part, int64_t key, str digest, int64_t *target);
    bool (*close)(struct put *p, int64_t key);
    /* Whether the row must stay when its source no longer has it; NULL for never. */
    bool (*needed)(struct put *p, int64_t target, str id, bool *keep);
    /* What else has to be projected again; NULL for nothing but the thing itself. */
    bool (*touch)(struct put *p, int64_t key);
};
bool section_apply(struct put *p, const struct section *s);

/* Names of the properties whose parts of two digests differ, joined by commas. */
str section_changed(struct put *p, enum document_kind shape, str before, str after);

/* describe.c: actors, places and terms */
extern const struct section section_types, section_roles, section_relation_types, section_actors,
    section_places;
/* account.c */
extern const struct section section_events;
/* statement.c: relations and claims */
extern const struct section section_relations, section_claims;

/* evidence.c */
bool evidence_insert(struct put *p, int64_t owner, const struct evidences *list);
bool evidence_close(struct put *p, int64_t owner);

/* The public id of a relation: "r-" and 20 hexadecimal digits from who says what relates to what.
 */
str relation_id(struct put *p, const struct document_relation *r);

#endif
