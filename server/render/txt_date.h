/* txt_date: dates in words made to fit into a narrow column. */
#ifndef ANNALS_RENDER_TXT_DATE_H
#define ANNALS_RENDER_TXT_DATE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * The words of a date (edtf_display, cleaned) in fewer letters: "27 September 2020 to 10 November
 * 2020" as "27 Sep – 10 Nov 2020", "c. 66,000,001 BCE" as "c. 66 million BCE": far years are
 * counted as people do, without the one that the year 0 adds. What the digits of a year are
 * estimated to be is left out.
 */
str txt_date_brief(str words, struct arena *a);

#define TXT_DATE_LINES 4

/*
 * A date as lines of at most `columns` columns, broken after the dash where it has one; what takes
 * more lines than there are is in the last one, to be cut. Answers how many lines; 1 at least.
 */
size_t txt_date_lines(str date, size_t columns, str lines[TXT_DATE_LINES]);

#endif
