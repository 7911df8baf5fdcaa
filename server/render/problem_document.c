#include "render/problem_document.h"

#include <stdio.h>

#include "base/jout.h"
#include "base/utf8.h"

static void write_one(struct jout *j, const struct problem *p)
{
    jout_object(j);
    if (p->place != PROBLEM_LINE)
        jout_member_str(j, problem_place_name(p->place), p->at);
    if (p->line > 0)
        jout_member_i64(j, "line", p->line);
    if (p->column > 0)
        jout_member_i64(j, "column", p->column);
    jout_member_str_if(j, "value", p->value);
    jout_member_str(j, "detail", p->detail);
    jout_member_str_if(j, "hint", p->hint);
    jout_object_end(j);
}

void problem_document_write_one(struct buf *out, const struct problem *p)
{
    struct jout j;
    jout_init(&j, out);
    write_one(&j, p);
}

void problem_document_write(struct buf *out, const struct err *e, str instance,
                            const struct problems *all)
{
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    char type[80];
    snprintf(type, sizeof type, "/docs#%s", err_slug(e->code));
    jout_member_text(&j, "type", type);
    jout_member_text(&j, "title", err_title(e->code));
    jout_member_i64(&j, "status", err_status(e->code));
    /* A detail that did not fit may end inside a character. */
    str detail = str_from(e->detail);
    jout_member_str_if(&j, "detail", str_sub(detail, 0, utf8_invalid_at(detail)));
    jout_member_str_if(&j, "instance", instance);
    if (all != NULL && problem_any(all)) {
        jout_key(&j, "errors");
        jout_array(&j);
        for (size_t i = 0; i < all->n; i++)
            write_one(&j, &all->items[i]);
        jout_array_end(&j);
        if (all->more > 0)
            jout_member_i64(&j, "more", (int64_t)all->more);
    }
    jout_object_end(&j);
}
