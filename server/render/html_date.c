#include "render/html_date.h"

#include "model/edtf.h"
#include "render/html.h"
#include "render/html_json.h"

/* Whether text has the shape: 0 stands for a digit. */
static bool has_shape(str text, const char *shape)
{
    str form = str_from(shape);
    if (text.n != form.n)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        bool digit = text.p[i] >= '0' && text.p[i] <= '9';
        if (form.p[i] == '0' ? !digit : text.p[i] != form.p[i])
            return false;
    }
    return true;
}

/* What the time element takes as it stands (HTML, section 4.5.14): the year 0 is not among it. */
static bool is_machine_date(str edtf)
{
    static const char *const shapes[] = {"0000",
                                         "0000-00",
                                         "0000-00-00",
                                         "0000-00-00T00:00:00",
                                         "0000-00-00T00:00:00Z",
                                         "0000-00-00T00:00:00+00:00",
                                         "0000-00-00T00:00:00-00:00"};
    if (str_starts(edtf, STR("0000")))
        return false;
    /* Months from 21 are seasons, and the hour 24 is not known to HTML. */
    if (edtf.n >= 7 && !str_starts(str_sub(edtf, 4, 2), STR("-0")) &&
        !str_starts(str_sub(edtf, 4, 2), STR("-1")))
        return false;
    if (str_starts(str_sub(edtf, 10, 3), STR("T24")))
        return false;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (has_shape(edtf, shapes[i]))
            return true;
    return false;
}

void html_date_write(struct buf *out, str date)
{
    str edtf = html_json_member(date, "edtf"), display = html_json_member(date, "display");
    if (!html_json_says(edtf)) {
        buf_add(out, STR("undated"));
        return;
    }
    if (!html_json_says(display))
        display = edtf;
    str plain = str_sub(edtf, 1, edtf.n - 2);
    if (is_machine_date(plain))
        html_put(out, "<time datetime=\"", plain, "\">");
    html_json_text(out, display);
    if (is_machine_date(plain))
        buf_add(out, STR("</time>"));
}

void html_date_words(struct buf *out, str value)
{
    struct edtf parsed;
    struct edtf_error ignored;
    struct buf words;
    str text = str_sub(value, 1, value.n - 2);
    buf_init(&words, 400);
    if (html_json_is_text(value) && edtf_parse(text, &parsed, &ignored))
        edtf_display(&words, text);
    if (words.n == 0 || buf_failed(&words))
        html_json_text(out, value);
    else
        html_text(out, buf_str(&words));
    buf_free(&words);
}

static void between(struct buf *out, str low, str high, const char *neither)
{
    if (!html_json_says(low) && !html_json_says(high)) {
        buf_add(out, str_from(neither));
    } else if (!html_json_says(low)) {
        buf_add(out, STR("not later than "));
        html_date_words(out, high);
    } else if (!html_json_says(high)) {
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
    str earliest = html_json_member(date, "earliest");
    str start_latest = html_json_member(date, "start_latest");
    str end_earliest = html_json_member(date, "end_earliest");
    str latest = html_json_member(date, "latest");
    html_json_put(out, "<dt>As written</dt><dd><code>", html_json_member(date, "edtf"),
                  "</code> <span class=\"soft\">(EDTF)</span></dd>\n");
    bool whole = str_eq(earliest, end_earliest) && str_eq(start_latest, latest);
    if (whole && html_json_says(earliest) && str_eq(earliest, latest)) {
        buf_add(out, STR("<dt>Happened on</dt><dd>"));
        html_date_words(out, earliest);
    } else if (whole && html_json_says(earliest) && html_json_says(latest)) {
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
    str precision = html_json_member(date, "precision"),
        qualifier = html_json_member(date, "qualifier");
    if (html_json_says(precision))
        html_json_put(out, "<dt>Exact to</dt><dd>the ", precision, "</dd>\n");
    if (html_json_says(qualifier))
        html_json_put(out, "<dt>Called</dt><dd>", qualifier, "</dd>\n");
}
