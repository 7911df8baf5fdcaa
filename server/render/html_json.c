#include "render/html_json.h"

#include "base/jvalue.h"
#include "render/html.h"

str html_json_of(const struct page *page, const struct page_item *item, const char *name)
{
    if (!splice_shows(&page->fields, str_from(name)))
        return STR("");
    for (size_t i = 0; i < item->member_count; i++)
        if (str_eq(item->members[i].key, str_from(name)))
            return item->members[i].value;
    return jvalue_member(item->document, name);
}

str html_json_inside(str text)
{
    return jvalue_is_text(text) ? str_sub(text, 1, text.n - 2) : STR("");
}

void html_json_more(struct buf *out, size_t all)
{
    if (all > HTML_JSON_MOST)
        buf_printf(out, "<p>And %zu more: see the JSON.</p>\n", all - HTML_JSON_MOST);
}

void html_json_text(struct buf *out, str value)
{
    if (str_find(value, '\\') == value.n) {
        bool text = jvalue_is_text(value);
        if (text || !str_eq(value, STR("null")))
            html_text(out, text ? str_sub(value, 1, value.n - 2) : value);
        return;
    }
    struct buf plain;
    buf_init(&plain, value.n + 1);
    jvalue_decode(&plain, value);
    html_text(out, buf_str(&plain));
    buf_free(&plain);
}

void html_json_put(struct buf *out, const char *before, str value, const char *after)
{
    buf_add(out, str_from(before));
    html_json_text(out, value);
    buf_add(out, str_from(after));
}
