/*
 * GeoJSON (RFC 7946): a FeatureCollection with what OGC API Features 1.0 adds to one (timeStamp,
 * numberReturned, numberMatched, links); one event alone is a Feature. The geometry is the point of
 * each place that has one, or null; the properties are the columns of CSV and, under date=, match.
 */
#include "base/jout.h"
#include "model/event.h"
#include "render/address.h"
#include "render/column.h"
#include "render/event_view.h"
#include "render/format.h"

/* [longitude, latitude] */
static void write_point(struct jout *j, const struct event_view_place *p)
{
    jout_array(j);
    jout_raw(j, p->lon);
    jout_raw(j, p->lat);
    jout_array_end(j);
}

static void write_geometry(struct jout *j, const struct event_view *v)
{
    struct event_view_place p, first = {0};
    size_t n = 0;
    for (size_t at = 0; event_view_place(v, &at, &p);) {
        if (p.lat.n > 0 && n++ == 0)
            first = p;
    }
    if (n == 0) {
        jout_null(j);
        return;
    }
    jout_object(j);
    jout_member_text(j, "type", n == 1 ? "Point" : "MultiPoint");
    jout_key(j, "coordinates");
    if (n == 1) {
        write_point(j, &first);
    } else {
        jout_array(j);
        for (size_t at = 0; event_view_place(v, &at, &p);)
            if (p.lat.n > 0)
                write_point(j, &p);
        jout_array_end(j);
    }
    jout_object_end(j);
}

static void write_properties(struct jout *j, const struct page *page, const struct event_row *row,
                             struct buf *scratch)
{
    enum column columns[COLUMNS];
    size_t n = column_choose(&page->fields, columns);
    if (page->fields.n == 0 && row->match != PERIOD_NO_MATCH)
        columns[n++] = COLUMN_MATCH;
    jout_object(j);
    for (size_t i = 0; i < n; i++) {
        buf_clear(scratch);
        column_write(scratch, page->about, row, columns[i]);
        j->out->failed = j->out->failed || buf_failed(scratch);
        jout_key(j, column_name(columns[i]));
        if (scratch->n == 0)
            jout_null(j);
        else if (column_kind(columns[i]) == COLUMN_NUMBER)
            jout_raw(j, buf_str(scratch));
        else
            jout_str(j, buf_str(scratch));
    }
    jout_object_end(j);
}

static void write_feature(struct jout *j, const struct page *page, const struct page_item *item,
                          struct buf *scratch)
{
    struct event_view v;
    event_view_read(item, &v);
    jout_object(j);
    jout_member_text(j, "type", "Feature");
    jout_member_str(j, "id", v.row->id);
    jout_key(j, "geometry");
    write_geometry(j, &v);
    jout_key(j, "properties");
    write_properties(j, page, v.row, scratch);
    if (page->single && page->links.n > 0) {
        jout_key(j, "links");
        address_write_links(j, page);
    }
    jout_object_end(j);
}

/* The instant is that of the version: an answer about one version is always the same bytes. */
static void write_counts(struct jout *j, const struct page *page)
{
    if (page->about != NULL && page->about->recorded > 0) {
        struct buf stamp;
        buf_init(&stamp, 64);
        event_write_instant(&stamp, page->about->recorded);
        jout_member_str(j, "timeStamp", buf_str(&stamp));
        buf_free(&stamp);
    }
    if (page->matched >= 0)
        jout_member_i64(j, "numberMatched", page->matched);
    jout_member_i64(j, "numberReturned", (int64_t)page->n);
    jout_member_i64(j, "version", page->version);
}

void format_geojson(struct buf *out, const struct page *page)
{
    struct jout j;
    struct buf scratch;
    jout_init(&j, out);
    buf_init(&scratch, out->cap);
    if (page->single) {
        write_feature(&j, page, &page->items[0], &scratch);
        buf_free(&scratch);
        return;
    }
    jout_object(&j);
    jout_member_text(&j, "type", "FeatureCollection");
    write_counts(&j, page);
    if (page->links.n > 0) {
        jout_key(&j, "links");
        address_write_links(&j, page);
    }
    jout_key(&j, "features");
    jout_array(&j);
    for (size_t i = 0; i < page->n; i++)
        write_feature(&j, page, &page->items[i], &scratch);
    jout_array_end(&j);
    jout_object_end(&j);
    buf_free(&scratch);
}
