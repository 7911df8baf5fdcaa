/*
 * JSON-LD 1.1 in the words of schema.org, with its context inside, so that nothing is fetched to
 * read it: a Dataset for the question and its events, in one graph; one event alone is one object.
 * The date is dcterms:date with the datatype EDTF of the Library of Congress; startDate and endDate
 * stand beside it where ISO 8601-1 can say them without pretending: no qualifier, no mask, no
 * season, a year of four digits. Participants are Things in a schema.org Role, because an event's
 * document does not say which of them are persons. "subjectOf" names the sources.
 */
#include "base/jout.h"
#include "base/jscan.h"
#include "model/event.h"
#include "render/address.h"
#include "render/event_view.h"
#include "render/format.h"
#include "render/iso_date.h"

struct graph {
    struct jout j;
    const struct page *page;
    const struct page_about *about; /* may be NULL */
    struct buf scratch;
};

static const str context = STR_INIT("{\"@vocab\":\"https://schema.org/\","
                                    "\"dcterms\":\"http://purl.org/dc/terms/\","
                                    "\"edtf\":{\"@id\":\"dcterms:date\",\"@type\":"
                                    "\"http://id.loc.gov/datatypes/edtf/EDTF\"},"
                                    "\"url\":{\"@type\":\"@id\"},\"sameAs\":{\"@type\":\"@id\"},"
                                    "\"relatedLink\":{\"@type\":\"@id\"}}");

/* ---- dates ---- */

static void write_dates(struct jout *j, const struct event_row *row)
{
    str start, end;
    if (!row->dated)
        return;
    jout_member_str(j, "edtf", row->date);
    bool interval = str_cut(row->date, '/', &start, &end);
    if (iso_date_is_plain(start))
        jout_member_str(j, "startDate", start);
    if (iso_date_is_plain(interval ? end : start))
        jout_member_str(j, "endDate", interval ? end : start);
}

/* ---- things ---- */

static void write_id(struct graph *g, const char *segment, str id)
{
    buf_clear(&g->scratch);
    address_write_iri(&g->scratch, g->about, segment, id);
    jout_member_str(&g->j, "@id", buf_str(&g->scratch));
}

/* The id of a thing as its document has it, a JSON string. */
static void write_json_id(struct graph *g, const char *segment, str json)
{
    struct buf id;
    buf_init(&id, json.n + 1);
    event_view_text(&id, json);
    write_id(g, segment, buf_str(&id));
    buf_free(&id);
}

/* A member whose value is finished JSON; nothing where that is empty. */
static void write_raw_if(struct jout *j, const char *key, str json)
{
    if (json.n == 0)
        return;
    jout_key(j, key);
    jout_raw(j, json);
}

static void write_address(struct graph *g, const char *key, str path)
{
    buf_clear(&g->scratch);
    address_write(&g->scratch, g->about, path);
    jout_member_str(&g->j, key, buf_str(&g->scratch));
}

static void write_places(struct graph *g, const struct event_view *v)
{
    struct jout *j = &g->j;
    struct event_view_place p;
    if (v->places.n == 0)
        return;
    jout_key(j, "location");
    jout_array(j);
    for (size_t at = 0; event_view_place(v, &at, &p);) {
        jout_object(j);
        jout_member_text(j, "@type", "Place");
        write_json_id(g, "places", p.place);
        write_raw_if(j, "name", p.name);
        if (p.lat.n > 0) {
            jout_key(j, "geo");
            jout_object(j);
            /* One node wherever the place occurs; the scratch still holds the place's. */
            buf_add(&g->scratch, STR("#geo"));
            jout_member_str(j, "@id", buf_str(&g->scratch));
            jout_member_text(j, "@type", "GeoCoordinates");
            write_raw_if(j, "latitude", p.lat);
            write_raw_if(j, "longitude", p.lon);
            jout_object_end(j);
        }
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void write_participants(struct graph *g, const struct event_view *v)
{
    struct jout *j = &g->j;
    struct event_view_participant p;
    if (v->participants.n == 0)
        return;
    jout_key(j, "participant");
    jout_array(j);
    for (size_t at = 0; event_view_participant(v, &at, &p);) {
        jout_object(j);
        if (p.role.n > 0) {
            jout_member_text(j, "@type", "Role");
            write_raw_if(j, "roleName", p.role);
            jout_key(j, "participant");
            jout_object(j);
        }
        jout_member_text(j, "@type", "Thing");
        write_json_id(g, "actors", p.actor);
        write_raw_if(j, "name", p.name);
        if (p.role.n > 0)
            jout_object_end(j);
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void write_value(struct jout *j, str scheme, str json)
{
    jout_object(j);
    jout_member_text(j, "@type", "PropertyValue");
    jout_member_str(j, "propertyID", scheme);
    write_raw_if(j, "value", json);
    jout_object_end(j);
}

/* An item of Wikidata, as a JSON string: "Q" and a number. */
static bool is_wikidata(str scheme, str json)
{
    if (!str_eq(scheme, STR("wikidata")) || json.n < 4 || json.p[1] != 'Q')
        return false;
    for (size_t i = 2; i + 1 < json.n; i++)
        if (json.p[i] < '0' || json.p[i] > '9')
            return false;
    return true;
}

static void write_identifiers(struct graph *g, const struct event_view *v)
{
    struct jout *j = &g->j;
    str key, value;
    jout_key(j, "identifier");
    jout_array(j);
    jout_str(j, v->row->id);
    for (size_t at = 0; jscan_member(v->identifiers, &at, &key, &value);)
        write_value(j, key, value);
    jout_array_end(j);
    for (size_t at = 0; jscan_member(v->identifiers, &at, &key, &value);) {
        if (!is_wikidata(key, value))
            continue;
        buf_clear(&g->scratch);
        buf_printf(&g->scratch, "http://www.wikidata.org/entity/%.*s",
                   STR_ARG(str_sub(value, 1, value.n - 2)));
        jout_member_str(j, "sameAs", buf_str(&g->scratch));
        return;
    }
}

static void write_sources(struct graph *g, const struct event_view *v)
{
    struct jout *j = &g->j;
    str id, rest = v->row->sources;
    jout_key(j, "subjectOf");
    jout_array(j);
    while (event_view_next_id(&rest, &id)) {
        jout_object(j);
        jout_member_text(j, "@type", "CreativeWork");
        write_id(g, "sources", id);
        jout_member_str(j, "identifier", id);
        jout_object_end(j);
    }
    jout_array_end(j);
}

/* ---- an event, and the whole ---- */

static void write_event_members(struct graph *g, const struct page_item *item)
{
    struct jout *j = &g->j;
    struct event_view v;
    event_view_read(item, &v);
    write_id(g, "events", v.row->id);
    jout_member_text(j, "@type", "Event");
    jout_member_str(j, "name", v.row->title);
    write_raw_if(j, "description", v.summary);
    jout_member_str_if(j, "additionalType", v.row->type);
    write_dates(j, v.row);
    write_places(g, &v);
    write_participants(g, &v);
    write_raw_if(j, "keywords", v.tags);
    write_identifiers(g, &v);
    write_sources(g, &v);
    buf_clear(&g->scratch);
    address_write_thing(&g->scratch, g->about, "events", v.row->id);
    jout_member_str(j, "url", buf_str(&g->scratch));
}

static void write_instant(struct graph *g, const char *key, int64_t microseconds)
{
    buf_clear(&g->scratch);
    event_write_instant(&g->scratch, microseconds);
    jout_member_str(&g->j, key, buf_str(&g->scratch));
}

/* Its address where the host is known, else a urn. */
static void write_dataset_id(struct graph *g)
{
    const struct page_about *about = g->about;
    buf_clear(&g->scratch);
    if (about != NULL && about->base.n > 0)
        address_write(&g->scratch, about, about->self);
    else
        address_write_urn(&g->scratch, about, "dataset", about != NULL ? about->self : STR(""));
    jout_member_str(&g->j, "@id", buf_str(&g->scratch));
}

/* The question and its answer as a whole, and where it goes on. */
static void write_dataset(struct graph *g)
{
    const struct page_about *about = g->about;
    const struct page *page = g->page;
    struct jout *j = &g->j;
    jout_object(j);
    write_dataset_id(g);
    jout_member_text(j, "@type", "Dataset");
    if (about != NULL) {
        jout_member_str(j, "name", about->store_title.n > 0 ? about->store_title : STR("Annals"));
        jout_member_str_if(j, "description", about->description);
        jout_member_str_if(j, "license", about->licence);
        jout_member_str_if(j, "identifier", about->store_id);
        if (about->recorded > 0)
            write_instant(g, "dateModified", about->recorded);
        if (about->self.n > 0)
            write_address(g, "url", about->self);
    }
    jout_member_i64(j, "version", page->version);
    if (page->next.n > 0)
        write_address(g, "relatedLink", page->next);
    jout_object_end(j);
}

void format_jsonld(struct buf *out, const struct page *page)
{
    struct graph g = {.page = page, .about = page->about};
    struct jout *j = &g.j;
    jout_init(j, out);
    buf_init(&g.scratch, out->cap);
    jout_object(j);
    jout_key(j, "@context");
    jout_raw(j, context);
    if (page->single) {
        write_event_members(&g, &page->items[0]);
    } else {
        jout_key(j, "@graph");
        jout_array(j);
        write_dataset(&g);
        for (size_t i = 0; i < page->n; i++) {
            jout_object(j);
            write_event_members(&g, &page->items[i]);
            jout_object_end(j);
        }
        jout_array_end(j);
    }
    jout_object_end(j);
    out->failed = out->failed || buf_failed(&g.scratch);
    buf_free(&g.scratch);
}
