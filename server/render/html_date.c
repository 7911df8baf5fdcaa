#include "render/html_date.h"

#include "base/jvalue.h"
#include "model/edtf.h"
#include "render/html.h"
#include "render/html_json.h"
#include "render/iso_date.h"

void html_date_write(struct buf *out, str date)
{
    str edtf = jvalue_member(date, "edtf"), display = jvalue_member(date, "display");
    if (!jvalue_says(edtf)) {
        buf_add(out, STR("undated"));
        return;
    }
    if (!jvalue_says(display))
        display = edtf;
    str plain = str_sub(edtf, 1, edtf.n - 2);
    if (iso_date_is_html(plain))
        html_put(out, "<time datetime=\"", plain, "\">");
    html_json_text(out, display);
    if (iso_date_is_html(plain))
        buf_add(out, STR("</time>"));
}

void html_date_words(struct buf *out, str value)
{
    struct edtf parsed;
    struct edtf_error ignored;
    struct buf words;
    str text = str_sub(value, 1, value.n - 2);
    buf_init(&words, 400);
    if (jvalue_is_text(value) && edtf_parse(text, &parsed, &ignored))
        edtf_display(&words, text);
    if (words.n == 0 || buf_failed(&words))
        html_json_text(out, value);
    else
        html_text(out, buf_str(&words));
    buf_free(&words);
}

static void between(struct buf *out, str low, str high, const char *neither)
{
    if (!jvalue_says(low) && !jvalue_says(high)) {
        buf_add(out, str_from(neither));
    } else if (!jvalue_says(low)) {
        buf_add(out, STR("not later than "));
        html_date_words(out, high);
    } else if (!jvalue_says(high)) {
        buf_add(out, STR("not earlier than "));
        html_date_words(out, low);
    } else if (str_eq(low, high)) {
        html_date_words(out, low);
    } else {
        buf_add(out, STR("between "));
        html_date_words(out, low);
        buf_add(out, STR(" and "));
        html_date_words(out, high);
    }
}

void html_date_bounds(struct buf *out, str date)
{
    str earliest = jvalue_member(date, "earliest");
    str start_latest = jvalue_member(date, "start_latest");
    str end_earliest = jvalue_member(date, "end_earliest");
    str latest = jvalue_member(date, "latest");
    html_json_put(out, "<dt>As written</dt><dd><code>", jvalue_member(date, "edtf"),
                  "</code> <span class=\"soft\">(EDTF)</span></dd>\n");
    bool whole = str_eq(earliest, end_earliest) && str_eq(start_latest, latest);
    if (whole && jvalue_says(earliest) && str_eq(earliest, latest)) {
        buf_add(out, STR("<dt>Happened on</dt><dd>"));
        html_date_words(out, earliest);
    } else if (whole && jvalue_says(earliest) && jvalue_says(latest)) {
        buf_add(out, STR("<dt>Happened</dt><dd>at some time between "));
        html_date_words(out, earliest);
        buf_add(out, STR(" and "));
        html_date_words(out, latest);
    } else {
        buf_add(out, STR("<dt>Begins</dt><dd>"));
        between(out, earliest, start_latest, "nobody says when: it has no known beginning");
        buf_add(out, STR("</dd>\n<dt>Ends</dt><dd>"));
        between(out, end_earliest, latest, "open: it has no end");
    }
    buf_add(out, STR("</dd>\n"));
    str precision = jvalue_member(date, "precision"), qualifier = jvalue_member(date, "qualifier");
    if (jvalue_says(precision))
        html_json_put(out, "<dt>Exact to</dt><dd>the ", precision, "</dd>\n");
    if (jvalue_says(qualifier))
        html_json_put(out, "<dt>Called</dt><dd>", qualifier, "</dd>\n");
}
