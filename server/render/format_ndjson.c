#include "render/format.h"

/* One object a line; the documents hold no line breaks. */
void format_ndjson(struct buf *out, const struct page *page)
{
    for (size_t i = 0; i < page->n; i++) {
        const struct page_item *item = &page->items[i];
        splice_write(out, item->document, item->members, item->member_count, &page->fields);
        buf_add_char(out, '\n');
    }
}
