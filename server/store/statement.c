/* What a source says of events among each other, and what others say inside it. */
#include "base/hash.h"
#include "store/put.h"

/* ---- relations ---- */

str relation_id(struct put *p, const struct document_relation *r)
{
    struct buf who;
    buf_init(&who, 1024);
    buf_printf(&who, "%.*s\n%.*s\n%.*s\n%.*s", STR_ARG(p->source_id), STR_ARG(r->from),
               STR_ARG(r->type), STR_ARG(r->to));
    char hex[HASH_HEX_SIZE + 1];
    hash_sha256_hex(buf_str(&who), hex);
    buf_free(&who);
    return arena_printf(p->w->arena, "r-%.20s", hex);
}

static size_t count_relations(const struct document *d)
{
    return d->relation_count;
}

static const void *relation_at(const struct document *d, size_t i)
{
    return &d->relations[i];
}

static str id_of_relation(struct put *p, const void *part)
{
    return relation_id(p, part);
}

static bool insert_relation(struct put *p, const void *part, int64_t key, str digest,
                            int64_t *target)
{
    const struct document_relation *r = part;
    int64_t from, type, to;
    return writer_identity(p->w, THING_RELATION, relation_id(p, r), target, p->e) &&
           resolve_key(p, THING_EVENT, r->from, &from) &&
           resolve_key(p, THING_RELATION_TYPE, r->type, &type) &&
           resolve_key(p, THING_EVENT, r->to, &to) &&
           SQL_EXEC(p->w->db, p->e, SQL(relation_statement_add), DB_INT(key), DB_INT(*target),
                    DB_INT(p->source), DB_INT(p->w->version), DB_INT(from), DB_INT(type),
                    DB_INT(to), DB_BYTES(digest)) &&
           evidence_insert(p, key, &r->evidence);
}

static bool close_relation(struct put *p, int64_t key)
{
    return WRITER_CLOSE(p->w, p->e, relation_statement, key);
}

const struct section section_relations = {
    .kind = "relations",
    .shape = DOCUMENT_RELATION,
    .thing = THING_RELATION,
    .live = SQL_relation_statement_live,
    .one = SQL_relation_statement_one,
    .count = count_relations,
    .at = relation_at,
    .id = id_of_relation,
    .insert = insert_relation,
    .close = close_relation,
};

/* ---- claims ---- */

static size_t count_claims(const struct document *d)
{
    return d->claim_count;
}

static const void *claim_at(const struct document *d, size_t i)
{
    return &d->claims[i];
}

static str id_of_claim(struct put *p, const void *part)
{
    (void)p;
    return ((const struct document_claim *)part)->id;
}

static bool insert_claim(struct put *p, const void *part, int64_t key, str digest, int64_t *target)
{
    const struct document_claim *c = part;
    int64_t speaker;
    if (!writer_identity(p->w, THING_CLAIM, c->id, target, p->e) ||
        !resolve_key(p, THING_ACTOR, c->speaker, &speaker) ||
        !SQL_EXEC(p->w->db, p->e, SQL(claim_statement_add), DB_INT(key), DB_INT(*target),
                  DB_INT(p->source), DB_INT(p->w->version), DB_INT(speaker), DB_STR(c->stance),
                  DB_STR_OR_NULL(c->text), DB_STR_OR_NULL(c->date.text), DB_BOUNDS(c->date),
                  DB_BYTES(digest)))
        return false;
    for (size_t i = 0; i < c->about.n; i++) {
        int64_t event;
        if (!resolve_key(p, THING_EVENT, c->about.items[i], &event) ||
            !SQL_EXEC(p->w->db, p->e, SQL(claim_about_add), DB_INT(key), DB_INT((int64_t)i),
                      DB_INT(event)))
            return false;
    }
    return evidence_insert(p, key, &c->evidence);
}

static bool close_claim(struct put *p, int64_t key)
{
    return WRITER_CLOSE(p->w, p->e, claim_statement, key);
}

const struct section section_claims = {
    .kind = "claims",
    .shape = DOCUMENT_CLAIM,
    .thing = THING_CLAIM,
    .live = SQL_claim_statement_live,
    .one = SQL_claim_statement_one,
    .count = count_claims,
    .at = claim_at,
    .id = id_of_claim,
    .insert = insert_claim,
    .close = close_claim,
};
