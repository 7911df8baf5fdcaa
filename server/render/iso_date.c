#include "render/iso_date.h"

/* Whether text[from …] is shaped so: "d" in shape is a digit. */
static bool has_shape(str text, size_t from, const char *shape)
{
    str want = str_from(shape);
    for (size_t i = 0; i < want.n; i++) {
        if (from + i >= text.n)
            return false;
        char c = text.p[from + i];
        if (want.p[i] == 'd' ? c < '0' || c > '9' : c != want.p[i])
            return false;
    }
    return true;
}

static bool is_zone(str zone)
{
    if (zone.n == 0 || str_eq(zone, STR("Z")))
        return true;
    if (zone.p[0] != '+' && zone.p[0] != '-')
        return false;
    return (zone.n == 3 && has_shape(zone, 1, "dd")) ||
           (zone.n == 6 && has_shape(zone, 1, "dd:dd"));
}

bool iso_date_is_plain(str date)
{
    if (!has_shape(date, 0, "dddd"))
        return false;
    if (date.n == 4)
        return true;
    if (!has_shape(date, 4, "-dd") || date.p[5] > '1') /* months from 21 are seasons */
        return false;
    if (date.n == 7)
        return true;
    if (!has_shape(date, 7, "-dd"))
        return false;
    if (date.n == 10)
        return true;
    return has_shape(date, 10, "Tdd:dd:dd") && is_zone(str_sub(date, 19, date.n));
}

bool iso_date_is_html(str date)
{
    return iso_date_is_plain(date) && date.n != 22 && !str_starts(date, STR("0000")) &&
           !has_shape(date, 10, "T24");
}
