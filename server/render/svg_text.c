#include "render/svg_text.h"

#include "render/xml.h"

void svg_text_number(struct buf *out, double number)
{
    long tenths = (long)(number * 10 + (number < 0 ? -0.5 : 0.5));
    if (tenths < 0)
        buf_add_char(out, '-');
    tenths = tenths < 0 ? -tenths : tenths;
    buf_add_i64(out, tenths / 10);
    if (tenths % 10 > 0)
        buf_printf(out, ".%ld", tenths % 10);
}

void svg_text_attribute(struct buf *out, const char *name, double number)
{
    buf_printf(out, " %s=\"", name);
    svg_text_number(out, number);
    buf_add_char(out, '"');
}

void svg_text_rect(struct buf *out, const struct svg_box *box, double radius)
{
    buf_add(out, STR("<rect"));
    svg_text_attribute(out, "x", box->x);
    svg_text_attribute(out, "y", box->y);
    svg_text_attribute(out, "width", box->w);
    svg_text_attribute(out, "height", box->h);
    if (radius > 0)
        svg_text_attribute(out, "rx", radius);
}

void svg_text_line(struct buf *out, const struct svg_box *box, double size, const char *class,
                   str text)
{
    bool at_end = class != NULL && str_eq(str_from(class), STR("e"));
    buf_add(out, STR("<text"));
    svg_text_attribute(out, "x", at_end ? box->x + box->w : box->x);
    svg_text_attribute(out, "y", box->y + box->h / 2 + size * 0.36);
    if (class != NULL)
        buf_printf(out, " class=\"%s\"", class);
    buf_add_char(out, '>');
    xml_text(out, text);
    buf_add(out, STR("</text>"));
}
