/*
 * format: the output formats, one table. A format is named by the suffix of a path or by
 * `format=`; one file each, format_NAME.c, writes it.
 */
#ifndef ANNALS_RENDER_FORMAT_H
#define ANNALS_RENDER_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"
#include "render/page.h"

/* X(value, name, Content-Type, function that writes a page or NULL) */
#define FORMAT_TABLE(X)                                                                            \
    X(FORMAT_JSON, "json", "application/json", format_json)                                        \
    X(FORMAT_NDJSON, "ndjson", "application/x-ndjson", format_ndjson)                              \
    X(FORMAT_CSV, "csv", "text/csv; charset=utf-8; header=present", format_csv)                    \
    X(FORMAT_GEOJSON, "geojson", "application/geo+json", format_geojson)                           \
    X(FORMAT_ICS, "ics", "text/calendar; charset=utf-8", format_ics)                               \
    X(FORMAT_ATOM, "atom", "application/atom+xml", format_atom)                                    \
    X(FORMAT_TIMELINEJS, "timelinejs", "application/json", format_timelinejs)                      \
    X(FORMAT_JSONLD, "jsonld", "application/ld+json", format_jsonld)                               \
    X(FORMAT_TXT, "txt", "text/plain; charset=utf-8", format_txt)                                  \
    X(FORMAT_SVG, "svg", "image/svg+xml", format_svg)                                              \
    X(FORMAT_BIBTEX, "bibtex", "application/x-bibtex; charset=utf-8", NULL)                        \
    X(FORMAT_CSL, "csl", "application/vnd.citationstyles.csl+json", NULL)                          \
    X(FORMAT_EVENT_STREAM, "event-stream", "text/event-stream", NULL)                              \
    X(FORMAT_XML, "xml", "text/xml; charset=utf-8", NULL)                                          \
    X(FORMAT_JS, "js", "text/javascript; charset=utf-8", NULL)                                     \
    X(FORMAT_CSS, "css", "text/css; charset=utf-8", NULL)                                          \
    X(FORMAT_HTML, "html", "text/html; charset=utf-8", format_html)

enum format {
#define X(value, name, type, write) value,
    FORMAT_TABLE(X)
#undef X
        FORMATS
};

/* A set of formats. */
#define FORMAT_BIT(f) (1u << (f))

typedef void format_writer(struct buf *out, const struct page *page);
format_writer format_json, format_ndjson, format_csv;
format_writer format_geojson, format_ics, format_atom, format_timelinejs, format_jsonld;
format_writer format_txt, format_svg, format_html;

/* Every value below FORMATS has both. */
str format_name(enum format f);
str format_type(enum format f);
/* NULL for a format that cannot show a list. */
format_writer *format_write(enum format f);

/* The format of a name; false when there is none. */
bool format_find(str name, enum format *out);

/* The names of a set, as "json, ndjson, csv". */
void format_names(struct buf *out, unsigned set);

/* The columns of format_csv, in order; ends in NULL. */
extern const char *const format_csv_columns[];

#endif
