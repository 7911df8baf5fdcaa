#include "store/put.h"

static bool find_annotation(struct put *p, const struct evidence *ev, int64_t *key)
{
    *key = 0;
    if (!SQL_ONE(p->w->db, p->e, key, SQL(annotation_find), DB_INT(p->source), DB_INT(ev->start),
                 DB_INT(ev->end), DB_STR_OR_NULL(ev->exact), DB_STR_OR_NULL(ev->prefix),
                 DB_STR_OR_NULL(ev->suffix), DB_STR_OR_NULL(ev->digest)))
        return false;
    if (*key != 0)
        return true;
    *key = writer_key(p->w);
    return SQL_EXEC(p->w->db, p->e, SQL(annotation_add), DB_INT(*key), DB_INT(p->source),
                    DB_INT(ev->start), DB_INT(ev->end), DB_STR_OR_NULL(ev->exact),
                    DB_STR_OR_NULL(ev->prefix), DB_STR_OR_NULL(ev->suffix),
                    DB_STR_OR_NULL(ev->digest));
}

static bool add(struct put *p, int64_t owner, size_t position, str property, int64_t annotation)
{
    return SQL_EXEC(p->w->db, p->e, SQL(evidence_add), DB_INT(owner), DB_INT((int64_t)position),
                    DB_STR(property), DB_INT(annotation), DB_INT(p->w->version));
}

bool evidence_insert(struct put *p, int64_t owner, const struct evidences *list)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct evidence *ev = &list->items[i];
        int64_t annotation;
        if (!find_annotation(p, ev, &annotation))
            return false;
        if (ev->supports.n == 0 && !add(p, owner, i, STR(""), annotation))
            return false;
        for (size_t k = 0; k < ev->supports.n; k++)
            if (!add(p, owner, i, ev->supports.items[k], annotation))
                return false;
    }
    return true;
}

bool evidence_close(struct put *p, int64_t owner)
{
    return WRITER_CLOSE(p->w, p->e, evidence, owner);
}
