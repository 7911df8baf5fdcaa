#include "base/jout.h"
#include "render/format.h"

static void write_items(struct buf *out, const struct page *page)
{
    for (size_t i = 0; i < page->n; i++) {
        const struct page_item *item = &page->items[i];
        if (i > 0)
            buf_add_char(out, ',');
        splice_write(out, item->document, item->members, item->member_count, &page->fields);
    }
}

static void write_array(struct buf *out, const struct page *page)
{
    buf_add_char(out, '[');
    write_items(out, page);
    buf_add_char(out, ']');
}

/* The thing alone, a bare list, or a list in its envelope. */
void format_json(struct buf *out, const struct page *page)
{
    if (page->single) {
        write_items(out, page);
        return;
    }
    if (page->array) {
        write_array(out, page);
        return;
    }
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    jout_key(&j, "items");
    jout_raw(&j, STR(""));
    write_array(out, page);
    jout_member_i64(&j, "returned", (int64_t)page->n);
    if (page->matched >= 0)
        jout_member_i64(&j, "matched", page->matched);
    jout_member_str_or_null(&j, "next", page->next);
    jout_member_i64(&j, "version", page->version);
    for (size_t i = 0; i < page->beside_count; i++) {
        jout_key_str(&j, page->beside[i].key);
        jout_raw(&j, page->beside[i].value);
    }
    if (page->query.n > 0) {
        jout_key(&j, "query");
        jout_raw(&j, page->query);
    }
    jout_key(&j, "links");
    jout_raw(&j, page->links);
    jout_object_end(&j);
}
