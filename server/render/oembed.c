#include "render/oembed.h"

#include "base/jout.h"
#include "base/utf8.h"
#include "render/html.h"
#include "render/xml.h"

/* Seconds for which others may keep the answer. */
#define KEPT 3600
/* Code points of the frame's title. */
#define TITLE 200
#define LARGEST ((size_t)256 * 1024)

/*
 * The page in the frame runs its script and opens links in pages of their own; it is of another
 * origin to itself too, so that nothing it does can reach the page around it.
 */
static void frame(struct buf *out, const struct oembed *o)
{
    buf_add(out, STR("<iframe src=\""));
    html_address(out, o->frame);
    html_put(out, "\" title=\"", utf8_slice(o->title, 0, TITLE), "\" ");
    buf_printf(out, "width=\"%lld\" height=\"%lld\" ", (long long)o->width, (long long)o->height);
    buf_add(out, STR("loading=\"lazy\" "
                     "sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\">"
                     "</iframe>"));
}

void oembed_write_json(struct buf *out, const struct oembed *o)
{
    struct buf html;
    struct jout j;
    buf_init(&html, LARGEST);
    frame(&html, o);
    jout_init(&j, out);
    jout_object(&j);
    jout_member_text(&j, "version", "1.0");
    jout_member_text(&j, "type", "rich");
    jout_member_str(&j, "title", o->title);
    jout_member_str(&j, "provider_name", o->provider);
    jout_member_str(&j, "provider_url", o->home);
    jout_member_i64(&j, "cache_age", KEPT);
    jout_member_i64(&j, "width", o->width);
    jout_member_i64(&j, "height", o->height);
    jout_member_str(&j, "html", buf_str(&html));
    jout_object_end(&j);
    out->failed = out->failed || buf_failed(&html);
    buf_free(&html);
}

void oembed_write_xml(struct buf *out, const struct oembed *o)
{
    struct buf html;
    buf_init(&html, LARGEST);
    frame(&html, o);
    buf_add(out, STR("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>\n"
                     "<version>1.0</version>\n<type>rich</type>\n"));
    xml_element(out, "title", o->title);
    xml_element(out, "provider_name", o->provider);
    xml_element(out, "provider_url", o->home);
    buf_printf(out, "<cache_age>%d</cache_age>\n<width>%lld</width>\n<height>%lld</height>\n", KEPT,
               (long long)o->width, (long long)o->height);
    xml_element(out, "html", buf_str(&html));
    buf_add(out, STR("</oembed>\n"));
    out->failed = out->failed || buf_failed(&html);
    buf_free(&html);
}
