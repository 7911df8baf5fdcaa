#include "api/area.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_NUMBER 40 /* characters: more digits than a double has */

static size_t digits(str text, size_t at)
{
    size_t n = 0;
    while (at + n < text.n && text.p[at + n] >= '0' && text.p[at + n] <= '9')
        n++;
    return n;
}

/* A decimal number as JSON writes it, also with a plus sign, or digits on one side of the point. */
static bool is_decimal(str text)
{
    size_t at = text.n > 0 && (text.p[0] == '-' || text.p[0] == '+') ? 1 : 0;
    size_t whole = digits(text, at), part = 0;
    at += whole;
    if (at < text.n && text.p[at] == '.') {
        part = digits(text, at + 1);
        at += 1 + part;
    }
    if (whole + part == 0)
        return false;
    if (at < text.n && (text.p[at] == 'e' || text.p[at] == 'E')) {
        at++;
        if (at < text.n && (text.p[at] == '-' || text.p[at] == '+'))
            at++;
        size_t exponent = digits(text, at);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return at == text.n;
}

static bool read_number(str text, double *out)
{
    char copy[LONGEST_NUMBER + 1];
    text = str_trim(text);
    if (text.n > LONGEST_NUMBER || !is_decimal(text))
        return false;
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    *out = strtod(copy, NULL);
    return isfinite(*out);
}

/* Exactly n numbers with commas between them. */
static bool read_numbers(str text, double *out, size_t n)
{
    bool more = true;
    for (size_t i = 0; i < n; i++) {
        str one;
        if (!more)
            return false;
        more = str_cut(text, ',', &one, &text);
        if (!read_number(one, &out[i]))
            return false;
    }
    return !more;
}

static bool within(double value, double limit)
{
    return value >= -limit && value <= limit;
}

bool area_read_box(str text, struct query_area *out, const char **wrong)
{
    double n[4];
    if (!read_numbers(text, n, 4)) {
        *wrong = "it is four numbers, minlon,minlat,maxlon,maxlat";
        return false;
    }
    if (!within(n[0], 180) || !within(n[2], 180)) {
        *wrong = "a longitude, the first and the third number, is from -180 to 180";
        return false;
    }
    if (!within(n[1], 90) || !within(n[3], 90)) {
        *wrong = "a latitude, the second and the fourth number, is from -90 to 90";
        return false;
    }
    if (n[1] > n[3]) {
        *wrong = "its south, the second number, lies north of its north, the fourth";
        return false;
    }
    *out = (struct query_area){.west = n[0], .south = n[1], .east = n[2], .north = n[3]};
    return true;
}

bool area_read_circle(str text, struct query_area *out, const char **wrong)
{
    double n[3];
    if (!read_numbers(text, n, 3)) {
        *wrong = "it is three numbers, lat,lon,km";
        return false;
    }
    if (!within(n[0], 90)) {
        *wrong = "the latitude, the first number, is from -90 to 90";
        return false;
    }
    if (!within(n[1], 180)) {
        *wrong = "the longitude, the second number, is from -180 to 180";
        return false;
    }
    if (!(n[2] > 0 && n[2] <= AREA_LARGEST_KM)) {
        *wrong = "the distance, the third number, is more than 0 and at most 20016 kilometres";
        return false;
    }
    *out = (struct query_area){.is_circle = true, .lat = n[0], .lon = n[1], .km = n[2]};
    return true;
}
