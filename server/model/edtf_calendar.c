#include "model/edtf_calendar.h"

#include <stddef.h>

#include "base/check.h"

const char *edtf_calendar_month(int month)
{
    static const char *const names[12] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};
    ENSURE(month >= 1 && month <= 12);
    return names[month - 1];
}

#define NORTH "northern hemisphere"
#define SOUTH "southern hemisphere"

/* ISO 8601-2:2019, 4.8; which months a season has is our decision: the meteorological ones. */
static const struct edtf_group groups[EDTF_GROUP_LAST - EDTF_GROUP_FIRST + 1] = {
    {"spring", NULL, 3, 3, 1},
    {"summer", NULL, 6, 3, 1},
    {"autumn", NULL, 9, 3, 1},
    {"winter", NULL, 12, 3, 1},
    {"spring", NORTH, 3, 3, 2},
    {"summer", NORTH, 6, 3, 2},
    {"autumn", NORTH, 9, 3, 2},
    {"winter", NORTH, 12, 3, 2},
    {"spring", SOUTH, 9, 3, 2},
    {"summer", SOUTH, 12, 3, 2},
    {"autumn", SOUTH, 3, 3, 2},
    {"winter", SOUTH, 6, 3, 2},
    {"first quarter of", NULL, 1, 3, 2},
    {"second quarter of", NULL, 4, 3, 2},
    {"third quarter of", NULL, 7, 3, 2},
    {"fourth quarter of", NULL, 10, 3, 2},
    {"first four months of", NULL, 1, 4, 2},
    {"second four months of", NULL, 5, 4, 2},
    {"last four months of", NULL, 9, 4, 2},
    {"first half of", NULL, 1, 6, 2},
    {"second half of", NULL, 7, 6, 2},
};

const struct edtf_group *edtf_calendar_group(int code)
{
    ENSURE(code >= EDTF_GROUP_FIRST && code <= EDTF_GROUP_LAST);
    return &groups[code - EDTF_GROUP_FIRST];
}
