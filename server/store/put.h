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
    bool record;              /* what the source said before of other things stays */
    struct problems *problems;
    struct err *e;
    str source_id;
    int64_t source; /* key */
};

/* resolve.c: every id that the document refers to, or problems. False on a failure of the store. */
bool resolve_document(struct put *p);

/* The ids that a refused document declares are declared no more. */
void resolve_forget(struct store_writer *w, const struct document *d);

/* A source says no more of an id: whether it may be referred to is for the store to say again. */
void resolve_lose(struct store_writer *w, enum thing t, str id);

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
    enum sql_name one; /* key and digest of the source's row about one target */
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

/* The parts of p->d alone, whatever else the source says; and one that the source takes back: a
 * warning where it says nothing of it. */
bool section_put(struct put *p, const struct section *s);
bool section_remove(struct put *p, const struct section *s, str id);

/*
 * alias.c: whether the relations of p->d, which are written, make too many events the same: a
 * problem and false with ERR_INVALID_DOCUMENT.
 */
bool alias_check(struct put *p);
/* The same before they are written, for a record: a problem alone. */
bool alias_check_record(struct put *p);

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
