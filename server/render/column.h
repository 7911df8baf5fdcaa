/*
 * column: an event as a flat row: what CSV and the properties of GeoJSON show of it, by the same
 * names and rules. What is unknown is empty; lists are joined by "; ".
 */
#ifndef ANNALS_RENDER_COLUMN_H
#define ANNALS_RENDER_COLUMN_H

#include <stddef.h>

#include "base/buf.h"
#include "render/page.h"

/* X(value, name, kind, what writes the value of `row` to `out`), in the order of the contract; the
 * last one is shown where it is asked for, and where a format says so. */
#define COLUMN_TABLE(X)                                                                            \
    X(COLUMN_ID, "id", COLUMN_FREE, buf_add(out, row->id))                                         \
    X(COLUMN_TITLE, "title", COLUMN_FREE, buf_add(out, row->title))                                \
    X(COLUMN_TYPE, "type", COLUMN_FREE, buf_add(out, row->type))                                   \
    X(COLUMN_DATE, "date", COLUMN_OWN, buf_add(out, row->date))                                    \
    X(COLUMN_EARLIEST, "earliest", COLUMN_OWN,                                                     \
      write_bound(out, row, row->bounds.earliest, PERIOD_START))                                   \
    X(COLUMN_START_LATEST, "start_latest", COLUMN_OWN,                                             \
      write_bound(out, row, row->bounds.start_latest, PERIOD_END))                                 \
    X(COLUMN_END_EARLIEST, "end_earliest", COLUMN_OWN,                                             \
      write_bound(out, row, row->bounds.end_earliest, PERIOD_START))                               \
    X(COLUMN_LATEST, "latest", COLUMN_OWN, write_bound(out, row, row->bounds.latest, PERIOD_END))  \
    X(COLUMN_START_YEAR, "start_year", COLUMN_NUMBER, write_year(out, row))                        \
    X(COLUMN_START_DAY, "start_day", COLUMN_NUMBER, write_day(out, row, row->bounds.earliest))     \
    X(COLUMN_END_DAY, "end_day", COLUMN_NUMBER, write_day(out, row, row->bounds.latest))           \
    X(COLUMN_PRECISION, "precision", COLUMN_OWN, write_precision(out, row))                        \
    X(COLUMN_QUALIFIER, "qualifier", COLUMN_OWN, write_qualifier(out, row))                        \
    X(COLUMN_PLACE, "place", COLUMN_FREE, buf_add(out, row->place))                                \
    X(COLUMN_LAT, "lat", COLUMN_NUMBER, write_degrees(out, row, row->lat))                         \
    X(COLUMN_LON, "lon", COLUMN_NUMBER, write_degrees(out, row, row->lon))                         \
    X(COLUMN_ACTORS, "actors", COLUMN_FREE, buf_add(out, row->actors))                             \
    X(COLUMN_SOURCES, "sources", COLUMN_FREE, buf_add(out, row->sources))                          \
    X(COLUMN_URL, "url", COLUMN_OWN, write_url(out, about, row))                                   \
    X(COLUMN_MATCH, "match", COLUMN_OWN, write_match(out, row))

enum column {
#define X(value, name, kind, write) value,
    COLUMN_TABLE(X)
#undef X
        COLUMNS
};

enum column_kind {
    COLUMN_FREE,  /* text that came from outside */
    COLUMN_OWN,   /* text that we made: dates, words, addresses */
    COLUMN_NUMBER /* a number as JSON writes it */
};

const char *column_name(enum column c);
enum column_kind column_kind(enum column c);

/* Appends the value, or nothing where there is none. about: may be NULL. */
void column_write(struct buf *out, const struct page_about *about, const struct event_row *row,
                  enum column c);

/*
 * The columns to show: those of `fields` in the order in which they were asked for, each once; all
 * but the last of the table where fields is empty. Answers how many.
 */
size_t column_choose(const struct strs *fields, enum column columns[COLUMNS]);

#endif
