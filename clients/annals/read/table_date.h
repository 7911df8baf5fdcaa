/* table_date: what a mapping says of a date comes to EDTF in one row. */
#ifndef ANNALS_CLIENT_READ_TABLE_DATE_H
#define ANNALS_CLIENT_READ_TABLE_DATE_H

#include "annals/read/table_cell.h"

/*
 * The date in EDTF, in the row's arena. False: there is none, or it is refused, which is a problem
 * of the row then.
 *
 * A date between an earliest and a latest one is written as the day, month or year that is exactly
 * that; else, standing alone, as the set [earliest..latest], which has the same bounds. A side of
 * an interval cannot be a set: it becomes the day, month, year, decade or century that holds both
 * and so claims no more than the table, or unknown; *widened is set then.
 */
bool table_date_text(struct table_context *x, const struct table_date *d, str *out, bool *widened);

#endif
