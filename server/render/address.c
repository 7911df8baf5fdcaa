#include "render/address.h"

#include "base/hash.h"
#include "base/jscan.h"

#define URN_LARGEST 4096 /* bytes that are hashed */

static bool has_base(const struct page_about *about)
{
    return about != NULL && about->base.n > 0;
}

void address_write(struct buf *out, const struct page_about *about, str path)
{
    if (has_base(about))
        buf_add(out, about->base);
    buf_add(out, path);
}

void address_write_thing(struct buf *out, const struct page_about *about, const char *segment,
                         str id)
{
    address_write(out, about, STR("/v1/"));
    buf_printf(out, "%s/%.*s", segment, STR_ARG(id));
}

void address_write_urn(struct buf *out, const struct page_about *about, const char *segment, str id)
{
    unsigned char hash[HASH_SIZE];
    char hex[2 * 16 + 1];
    struct buf named;
    buf_init(&named, URN_LARGEST + id.n);
    if (about != NULL)
        buf_add(&named, about->store_id);
    buf_printf(&named, "/%s/", segment);
    buf_add(&named, id);
    hash_sha256(buf_str(&named), hash);
    buf_free(&named);
    hash[6] = (unsigned char)((hash[6] & 0x0F) | 0x80); /* version 8 */
    hash[8] = (unsigned char)((hash[8] & 0x3F) | 0x80); /* variant */
    hash_hex(hash, 16, hex);
    buf_printf(out, "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16,
               hex + 20);
}

void address_write_iri(struct buf *out, const struct page_about *about, const char *segment, str id)
{
    if (has_base(about))
        address_write_thing(out, about, segment, id);
    else
        address_write_urn(out, about, segment, id);
}

/* A member of a link; of an address, with the base before it. */
static void write_member(struct jout *j, const struct page_about *about, str key, str value)
{
    jout_key_str(j, key);
    if (!str_eq(key, STR("href")) || !str_starts(value, STR("\"/")) || !has_base(about)) {
        jout_raw(j, value);
        return;
    }
    struct buf href;
    buf_init(&href, about->base.n + value.n + 1);
    buf_add_char(&href, '"');
    buf_add(&href, about->base);
    buf_add(&href, str_sub(value, 1, value.n));
    jout_raw(j, buf_str(&href));
    buf_free(&href);
}

void address_write_links(struct jout *j, const struct page *page)
{
    str link, key, value;
    jout_array(j);
    for (size_t at = 0; jscan_element(page->links, &at, &link);) {
        jout_object(j);
        for (size_t in = 0; jscan_member(link, &in, &key, &value);)
            write_member(j, page->about, key, value);
        jout_object_end(j);
    }
    jout_array_end(j);
}
