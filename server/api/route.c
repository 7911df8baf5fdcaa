#include "api/route.h"

#include <stdio.h>

#include "api/handlers.h"
#include "api/parameter.h"
#include "api/percent.h"
#include "base/nearest.h"
#include "model/document.h"
#include "render/format.h"

#define F(name) FORMAT_BIT(FORMAT_##name)
#define P(name) PARAMETER_BIT(PARAM_##name)

#define ONE F(JSON)
#define LIST (F(JSON) | F(NDJSON))
#define THING (F(JSON) | F(HTML))
#define THINGS (LIST | F(HTML))
#define EVENTS                                                                                     \
    (F(JSON) | F(NDJSON) | F(CSV) | F(GEOJSON) | F(ICS) | F(ATOM) | F(TIMELINEJS) | F(JSONLD) |    \
     F(TXT) | F(SVG) | F(HTML))

#define FILTERS                                                                                    \
    (P(DATE) | P(WHEN) | P(CERTAINTY) | P(UNDATED) | P(ACTOR) | P(ROLE) | P(MEMBERS) | P(PLACE) |  \
     P(BBOX) | P(NEAR) | P(TYPE) | P(TAG) | P(SOURCE) | P(ID) | P(PRECISION) | P(RELATED_TO) |     \
     P(RELATION) | P(DISPUTED) | P(CLAIMED_BY) | P(STANCE) | P(Q) | P(POLICY) | P(KNOWN_AT))
#define SHOWN (P(PRETTY) | P(FORMAT) | P(FIELDS) | P(AS_OF))
/* Things with names in several languages. */
#define NAMED(kind) ((kind) == ITEM_ACTOR || (kind) == ITEM_PLACE ? P(LANG) : 0)
#define PAGED (P(LIMIT) | P(CURSOR) | P(SHAPE))
#define EVENT_SHOWN (SHOWN | P(INCLUDE) | P(LANG) | P(POLICY) | P(KNOWN_AT) | P(WIDTH) | P(LANES))
#define COUNTS (F(JSON) | F(CSV))
#define COUNTS_SHOWN (P(PRETTY) | P(FORMAT) | P(AS_OF) | P(EXPLAIN))
#define CITED (F(JSON) | F(BIBTEX) | F(CSL) | F(TXT) | F(HTML))
#define CITE_SHOWN (P(PRETTY) | P(FORMAT) | P(AS_OF) | P(FINGERPRINT) | P(UNTIL))
#define WRITTEN (P(DRY_RUN) | P(MESSAGE) | P(PRETTY))

/* The rows of the table: a read, the list and the single one of a kind of item, and what is to
 * come. */
#define READ(at, call, offered, taken, number, says)                                               \
    {                                                                                              \
        .method = API_GET, .path = (at), .handler = (call), .formats = (offered),                  \
        .parameters = (taken), .detail = (number), .about = (says)                                 \
    }
#define PART(segment, part)                                                                        \
    READ("/v1/events/{id}/" segment, events_part, THINGS,                                          \
         SHOWN | P(SHAPE) | P(POLICY) | P(KNOWN_AT), part, "The " segment " of one event")
#define ITEMS(segment, kind)                                                                       \
    {                                                                                              \
        .method = API_GET, .path = "/v1/" segment, .handler = items_list, .formats = THINGS,       \
        .parameters = SHOWN | PAGED | P(Q) | P(COUNT) | NAMED(kind), .detail = (kind),             \
        .terms = true, .about = "The " segment                                                     \
    }
#define ITEM(segment, kind)                                                                        \
    READ("/v1/" segment "/{id}", items_get, THING, SHOWN | NAMED(kind), kind, "One of the " segment)
#define WRITE(verb, at, call, says)                                                                \
    {                                                                                              \
        .method = (verb), .path = (at), .kind = ROUTE_WRITE, .handler = (call), .formats = ONE,    \
        .parameters = WRITTEN, .body_cap = (verb) == API_DELETE ? 0 : DOCUMENT_LARGEST,            \
        .about = (says)                                                                            \
    }
#define PROBE(at, call, says)                                                                      \
    {                                                                                              \
        .method = API_GET, .path = (at), .kind = ROUTE_PROBE, .handler = (call), .formats = ONE,   \
        .parameters = P(PRETTY), .about = (says)                                                   \
    }
#define LATER(at, says)                                                                            \
    {                                                                                              \
        .method = API_GET, .path = (at), .about = (says)                                           \
    }

static const struct route routes[] = {
    READ("/", home_page, ONE | F(HTML), P(PRETTY) | P(FORMAT), 0,
         "What is here and how to ask for it"),
    READ("/v1", home_page, ONE | F(HTML), P(PRETTY) | P(FORMAT), 0, "The same"),

    {.method = API_GET,
     .path = "/v1/events",
     .handler = events_list,
     .formats = EVENTS,
     .parameters = FILTERS | EVENT_SHOWN | PAGED | P(SORT) | P(COUNT) | P(EXPLAIN),
     .unlimited = true,
     .about = "Events, by date"},
    {.method = API_GET,
     .path = "/v1/events/{id}",
     .handler = events_get,
     .formats = EVENTS,
     .parameters = EVENT_SHOWN,
     .about = "One event"},
    PART("accounts", PART_ACCOUNTS),
    PART("relations", PART_RELATIONS),
    PART("claims", PART_CLAIMS),
    PART("evidence", PART_EVIDENCE),
    READ("/v1/events/{id}/history", history_list, THINGS, SHOWN | PAGED, 0,
         "What each changeset did to one event, newest first"),
    {.method = API_GET,
     .path = "/v1/events/{id}/cite",
     .handler = cite_event,
     .formats = CITED,
     .parameters = P(POLICY) | P(KNOWN_AT) | CITE_SHOWN,
     .own_tag = true,
     .about = "How to cite one event, with its sources"},
    READ("/v1/events/{id}/graph", graph_get, THING,
         SHOWN | P(LANG) | P(POLICY) | P(KNOWN_AT) | P(RELATION) | P(DEPTH), 0,
         "The events around one event, and the relations between them"),

    ITEMS("sources", ITEM_SOURCE),
    {.method = API_GET,
     .path = "/v1/sources/{id}",
     .handler = sources_get,
     .formats = THING,
     .parameters = SHOWN,
     .detail = ITEM_SOURCE,
     .own_tag = true,
     .about = "One of the sources"},
    READ("/v1/sources/{id}/text", sources_text, F(TXT), P(FORMAT) | P(AS_OF), ITEM_SOURCE,
         "The text of a source, where it may be given out"),
    READ("/v1/sources/{id}/annotations", sources_annotations, ONE, P(PRETTY) | P(FORMAT) | P(AS_OF),
         ITEM_SOURCE, "The annotations of a source (W3C Web Annotation)"),
    READ("/v1/sources/{id}/document", sources_document, LIST, P(FORMAT) | P(AS_OF), ITEM_SOURCE,
         "All that a source says, as the annotated source document that loads again"),
    READ("/v1/sources/{id}/records", sources_records, F(NDJSON), P(FORMAT) | P(AS_OF), ITEM_SOURCE,
         "The same as the records of a batch, whatever its size"),
    READ("/v1/records", sources_records, F(NDJSON), P(FORMAT) | P(AS_OF), ITEM_SOURCE,
         "What every source says, in the order of recording, as the records of a batch"),
    ITEMS("actors", ITEM_ACTOR),
    ITEM("actors", ITEM_ACTOR),
    ITEMS("places", ITEM_PLACE),
    ITEM("places", ITEM_PLACE),
    ITEMS("types", ITEM_TYPE),
    ITEM("types", ITEM_TYPE),
    ITEMS("claims", ITEM_CLAIM),
    ITEM("claims", ITEM_CLAIM),
    ITEMS("relations", ITEM_RELATION),
    ITEM("relations", ITEM_RELATION),

    READ("/v1/changesets", changesets_list, THINGS, SHOWN | PAGED, 0,
         "What each write did, newest first"),
    READ("/v1/changesets/{n}", changesets_get, THING, P(PRETTY) | P(FORMAT) | P(FIELDS), 0,
         "What one write did"),

    {.method = API_GET,
     .path = "/v1/changes",
     .handler = changes_list,
     .formats = LIST | F(EVENT_STREAM),
     .parameters = P(SINCE) | P(LIMIT) | P(CURSOR) | P(SHAPE) | P(FIELDS) | P(PRETTY) | P(FORMAT),
     .own_tag = true,
     .about = "The change feed: every change, oldest first; or a stream of events"},

    WRITE(API_POST, "/v1/sources", write_post, "Put a source, or a stream of them"),
    WRITE(API_PUT, "/v1/sources/{id}", write_put, "Put one source in the place of what it said"),
    WRITE(API_DELETE, "/v1/sources/{id}", write_delete, "Take back all that a source says"),
    {.method = API_POST,
     .path = "/v1/batch",
     .kind = ROUTE_WRITE,
     .handler = batch_post,
     .formats = ONE | F(NDJSON),
     .parameters = WRITTEN | P(KEEP_GOING) | P(FORMAT),
     .body_cap = DOCUMENT_LARGEST,
     .unbounded = true,
     .about = "Put records of sources one a line: tables of any size"},

    READ("/favicon.svg", home_icon, F(SVG), P(FORMAT), 0, "The mark of the pages"),
    PROBE("/healthz", probe_health, "Whether the process runs"),
    PROBE("/readyz", probe_ready, "Whether the store can be read and written"),
    LATER("/metrics", "Figures for Prometheus"),

    {.method = API_GET,
     .path = "/v1/histogram",
     .handler = counting_histogram,
     .formats = COUNTS,
     .parameters = FILTERS | COUNTS_SHOWN | P(BY) | P(BINS) | P(SPLIT) | P(EXPLAIN),
     .about = "Counts per day, month, year or decade, or in so many bins"},
    {.method = API_GET,
     .path = "/v1/facets",
     .handler = counting_facets,
     .formats = COUNTS,
     .parameters = FILTERS | COUNTS_SHOWN | P(BY) | P(LIMIT) | P(EXPLAIN),
     .rows = 20,
     .most_rows = 100,
     .about = "The commonest values with their counts"},
    {.method = API_GET,
     .path = "/v1/disagreements",
     .handler = disagreements_list,
     .formats = F(JSON) | F(NDJSON) | F(CSV) | F(TXT) | F(HTML),
     .parameters = (FILTERS & ~P(DISPUTED)) | P(PROPERTY) | SHOWN | PAGED | P(COUNT) | P(EXPLAIN) |
                   P(WIDTH),
     .about = "Where accounts contradict each other: who says what, and how far apart"},
    {.method = API_GET,
     .path = "/v1/cite",
     .handler = cite_question,
     .formats = CITED,
     .parameters = FILTERS | CITE_SHOWN,
     .own_tag = true,
     .about = "A permanent link to a question at a version, its fingerprint, and how to cite it"},
    {.method = API_GET,
     .path = "/v1/suggest",
     .handler = suggest_list,
     .own_tag = true,
     .formats = ONE,
     .parameters = P(Q) | P(LIMIT) | P(AS_OF) | P(PRETTY) | P(FORMAT),
     .rows = 10,
     .most_rows = 50,
     .about = "Type-ahead over titles and names"},
    LATER("/conformance", "OGC API Features: conformance classes"),
    LATER("/collections", "OGC API Features: collections"),
    LATER("/collections/events", "OGC API Features: the collection of events"),
    LATER("/collections/events/items", "OGC API Features: features"),
    LATER("/collections/events/items/{id}", "OGC API Features: one feature"),
    LATER("/collections/events/queryables", "OGC API Features: what can be asked"),
    READ("/openapi.json", openapi_get, ONE, P(PRETTY) | P(FORMAT), 0,
         "Description of this interface (OpenAPI 3.0)"),
    READ("/docs", docs_page, F(HTML), P(FORMAT), 0, "Reference for people"),
    READ("/embed", embed_page, F(HTML),
         FILTERS | P(AS_OF) | P(LANG) | P(LANES) | P(FROM) | P(TO) | P(SELECTED) | P(LABEL) |
             P(FORMAT),
         0, "A timeline of events as a page for the frames of other people's pages"),
    {.method = API_GET,
     .path = "/oembed",
     .handler = oembed_get,
     .formats = ONE | F(XML),
     .parameters = P(URL) | P(MAXWIDTH) | P(MAXHEIGHT) | P(PRETTY) | P(FORMAT),
     .own_tag = true,
     .about = "How to embed an address of this server (oEmbed 1.0)"},
    {.method = API_GET,
     .path = "/annals-timeline.js",
     .handler = asset_timeline,
     .formats = F(JS),
     .parameters = P(FORMAT),
     .own_tag = true,
     .about = "The timeline as a custom element, one module that any page may load"},
    {.method = API_GET,
     .path = "/assets/{file}",
     .handler = asset_get,
     .formats = F(JS) | F(CSS) | F(JSON),
     .parameters = P(FORMAT),
     .file = true,
     .own_tag = true,
     .about = "Scripts, style sheets and coastlines of the pages"},
};

#define ROUTE_COUNT (sizeof routes / sizeof *routes)

const struct route *route_table(size_t *n)
{
    *n = ROUTE_COUNT;
    return routes;
}

/* Whether a decoded path fits a pattern; *id is what stands for {…}. */
static bool fits(const char *pattern, str path, str *id)
{
    str rest = str_from(pattern);
    *id = (str){0};
    for (;;) {
        str want, have;
        bool more_wanted = str_cut(rest, '/', &want, &rest);
        bool more = str_cut(path, '/', &have, &path);
        if (want.n > 0 && want.p[0] == '{') {
            if (have.n == 0)
                return false;
            *id = have;
        } else if (!str_eq(want, have)) {
            return false;
        }
        if (more != more_wanted)
            return false;
        if (!more)
            return true;
    }
}

static bool match(str path, struct route_match *out)
{
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        str id;
        if (!fits(routes[i].path, path, &id))
            continue;
        if (out->any == NULL) {
            out->any = &routes[i];
            out->id = id;
        }
        out->methods |= 1u << routes[i].method;
    }
    return out->any != NULL;
}

/* Where the suffix of the last segment begins, or path.n. */
static size_t suffix_at(str path)
{
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '/' && path.p[at - 1] != '.')
        at--;
    return at > 1 && path.p[at - 1] == '.' && path.p[at - 2] != '/' ? at : path.n;
}

void route_find(str path, struct route_match *out)
{
    out->any = NULL;
    out->methods = 0;
    out->id = out->stem = out->suffix = (str){0};
    out->malformed = NULL;
    if (path.n > ROUTE_LONGEST_PATH)
        return;
    size_t n;
    out->malformed = percent_decode(path, PERCENT_PATH, out->decoded, &n);
    if (out->malformed != NULL)
        return;
    str whole = {out->decoded, n};
    out->stem = whole;
    /* No id holds a slash, and a decoded one would look like the end of a segment. */
    if (str_search(path, STR("%2F"), 0) < path.n || str_search(path, STR("%2f"), 0) < path.n)
        return;
    if (match(whole, out) && (out->any->file || !str_ends(str_from(out->any->path), STR("}"))))
        return;
    /* No id holds a dot: what follows one names a format. */
    size_t at = suffix_at(whole);
    if (at == n)
        return;
    out->any = NULL;
    out->methods = 0;
    out->stem = str_sub(whole, 0, at - 1);
    if (match(out->stem, out))
        out->suffix = str_sub(whole, at, n);
}

const struct route *route_of_method(const struct route_match *m, enum api_method method)
{
    if (m->any == NULL)
        return NULL;
    if (method == API_HEAD)
        method = API_GET;
    for (size_t i = 0; i < ROUTE_COUNT; i++)
        if (routes[i].method == method && str_eq(str_from(routes[i].path), str_from(m->any->path)))
            return &routes[i];
    return NULL;
}

void route_allow(struct buf *out, const struct route_match *m)
{
    if (m->methods & 1u << API_GET)
        buf_add(out, STR("GET, HEAD, "));
    if (m->methods & 1u << API_POST)
        buf_add(out, STR("POST, "));
    if (m->methods & 1u << API_PUT)
        buf_add(out, STR("PUT, "));
    if (m->methods & 1u << API_DELETE)
        buf_add(out, STR("DELETE, "));
    buf_add(out, STR("OPTIONS"));
}

static bool is_known(str path)
{
    struct route_match m;
    route_find(path, &m);
    return m.any != NULL;
}

/* The pattern with what was asked for in the place of {…}, when both have as many segments. */
static void fill(struct buf *out, const char *pattern, str path)
{
    str rest = str_from(pattern);
    bool more = true;
    buf_clear(out);
    for (bool first = true; more; first = false) {
        str want, have;
        more = str_cut(rest, '/', &want, &rest);
        str_cut(path, '/', &have, &path);
        if (!first)
            buf_add_char(out, '/');
        buf_add(out, want.n > 0 && want.p[0] == '{' ? have : want);
    }
}

void route_nearest(struct buf *out, str path)
{
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    struct buf tried;
    buf_init(&tried, ROUTE_LONGEST_PATH);
    buf_add(&tried, STR("/v1"));
    buf_add(&tried, path);
    if (is_known(path)) {
        buf_add(out, path);
    } else if (!buf_failed(&tried) && is_known(buf_str(&tried))) {
        buf_add(out, buf_str(&tried));
    } else {
        struct nearest n = {.word = path};
        const char *best = NULL;
        for (size_t i = 0; i < ROUTE_COUNT; i++) {
            size_t before = n.distance;
            bool had = n.best.n > 0;
            fill(&tried, routes[i].path, path);
            nearest_try(&n, buf_str(&tried));
            if (n.best.n > 0 && (!had || n.distance < before))
                best = routes[i].path;
        }
        if (best != NULL) {
            fill(&tried, best, path);
            buf_add(out, buf_str(&tried));
        }
    }
    buf_free(&tried);
}
