/* edtf_calendar: the names of months, and the groups of months that EDTF writes as months 21-41. */
#ifndef ANNALS_MODEL_EDTF_CALENDAR_H
#define ANNALS_MODEL_EDTF_CALENDAR_H

/* month is 1-12 */
const char *edtf_calendar_month(int month);

/* What may stand where a month stands. */
#define EDTF_GROUP_FIRST 21
#define EDTF_GROUP_LAST 41

struct edtf_group {
    const char *name;  /* "spring" goes before the year, "first quarter of" too */
    const char *where; /* "northern hemisphere", or NULL where the code does not say */
    int month;         /* the first one, 1-12 */
    int months;        /* how many; past December they run into the next year */
    int level;         /* of EDTF: 1 for 21-24, else 2 */
};

/* The group of a code from EDTF_GROUP_FIRST to EDTF_GROUP_LAST. */
const struct edtf_group *edtf_calendar_group(int code);

#endif
