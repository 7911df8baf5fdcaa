#include "api/openapi.h"

#include <string.h>

#include "api/answer.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/negotiate.h"
#include "api/openapi_parameter.h"
#include "base/jout.h"
#include "embedded.h"
#include "render/format.h"

#define LARGEST ((size_t)4 * 1024 * 1024)

/* What the JSON of a path holds: one thing, or a list of them in an envelope. */
static const struct {
    const char *path;
    const char *schema;
    bool list;
} answers[] = {
    {"/", "Landing", false},
    {"/v1", "Landing", false},
    {"/v1/events", "Event", true},
    {"/v1/events/{id}", "Event", false},
    {"/v1/events/{id}/accounts", "Account", true},
    {"/v1/events/{id}/relations", "RelationOfEvent", true},
    {"/v1/events/{id}/claims", "ClaimOfEvent", true},
    {"/v1/events/{id}/evidence", "Evidence", true},
    {"/v1/events/{id}/history", "HistoryEntry", true},
    {"/v1/events/{id}/graph", "Graph", false},
    {"/v1/events/{id}/cite", "Citation", false},
    {"/v1/cite", "Citation", false},
    {"/v1/disagreements", "Disagreement", true},
    {"/v1/sources", "Source", true},
    {"/v1/sources/{id}", "Source", false},
    {"/v1/sources/{id}/annotations", "Annotations", false},
    {"/v1/sources/{id}/document", "SourceDocument", false},
    {"/v1/actors", "Actor", true},
    {"/v1/actors/{id}", "Actor", false},
    {"/v1/places", "Place", true},
    {"/v1/places/{id}", "Place", false},
    {"/v1/types", "Type", true},
    {"/v1/types/{id}", "Type", false},
    {"/v1/claims", "Claim", true},
    {"/v1/claims/{id}", "Claim", false},
    {"/v1/relations", "Relation", true},
    {"/v1/relations/{id}", "Relation", false},
    {"/v1/changesets", "Changeset", true},
    {"/v1/changesets/{n}", "Changeset", false},
    {"/v1/changes", "Change", true},
    {"/v1/histogram", "Histogram", false},
    {"/v1/facets", "Facets", false},
    {"/v1/suggest", "Suggestion", true},
    {"/oembed", "Oembed", false},
    {"/healthz", "Status", false},
    {"/readyz", "Status", false},
};

bool openapi_has(const struct route *route, enum parameter p)
{
    return (route->parameters & PARAMETER_BIT(p)) != 0;
}

const struct route *openapi_taken_by(enum parameter p)
{
    size_t n;
    const struct route *routes = route_table(&n);
    for (size_t i = 0; i < n; i++)
        if (routes[i].handler != NULL && openapi_has(&routes[i], p))
            return &routes[i];
    return NULL;
}

static const char *method_name(enum api_method m)
{
    static const char *const names[] = {
        [API_GET] = "get", [API_POST] = "post", [API_PUT] = "put", [API_DELETE] = "delete"};
    return m < sizeof names / sizeof *names && names[m] != NULL ? names[m] : "get";
}

void openapi_operation(struct buf *out, const struct route *route)
{
    buf_add(out, str_from(method_name(route->method)));
    bool apart = true;
    for (const char *p = route->path; *p != '\0'; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9');
        if (plain && apart)
            buf_add_char(out, '_');
        if (plain)
            buf_add_char(out, *p);
        apart = !plain;
    }
    if (strcmp(route->path, "/") == 0)
        buf_add(out, STR("_root"));
}

/* Finished JSON without the white space between its tokens. */
static void add_compact(struct buf *out, str json)
{
    bool quoted = false;
    for (size_t i = 0; i < json.n; i++) {
        char c = json.p[i];
        if (!quoted && (c == ' ' || c == '\n' || c == '\t' || c == '\r'))
            continue;
        buf_add_char(out, c);
        if (c == '"')
            quoted = !quoted;
        if (quoted && c == '\\' && i + 1 < json.n)
            buf_add_char(out, json.p[++i]);
    }
}

/* ---- answers ---- */

static void reference(struct jout *j, const char *kind, const char *name)
{
    struct buf to;
    buf_init(&to, 200);
    buf_printf(&to, "#/components/%s/%s", kind, name);
    jout_object(j);
    jout_member_str(j, "$ref", buf_str(&to));
    jout_object_end(j);
    buf_free(&to);
}

static void list_schema(struct jout *j, const struct route *route, const char *item)
{
    bool either = openapi_has(route, PARAM_SHAPE);
    jout_object(j);
    if (either) {
        jout_key(j, "oneOf");
        jout_array(j);
        jout_object(j);
    }
    jout_key(j, "allOf");
    jout_array(j);
    reference(j, "schemas", "Envelope");
    jout_object(j);
    jout_member_text(j, "type", "object");
    jout_key(j, "required");
    jout_raw(j, STR("[\"items\"]"));
    jout_key(j, "properties");
    jout_object(j);
    jout_key(j, "items");
    jout_object(j);
    jout_member_text(j, "type", "array");
    jout_key(j, "items");
    reference(j, "schemas", item);
    jout_object_end(j);
    jout_object_end(j);
    jout_object_end(j);
    jout_array_end(j);
    jout_object_end(j);
    if (!either)
        return;
    /* shape=array */
    jout_object(j);
    jout_member_text(j, "type", "array");
    jout_key(j, "items");
    reference(j, "schemas", item);
    jout_object_end(j);
    jout_array_end(j);
    jout_object_end(j);
}

static void json_schema(struct jout *j, const struct route *route)
{
    if (route->kind == ROUTE_WRITE) {
        reference(j, "schemas", "ChangeResult");
        return;
    }
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        if (strcmp(answers[i].path, route->path) != 0)
            continue;
        if (answers[i].list)
            list_schema(j, route, answers[i].schema);
        else
            reference(j, "schemas", answers[i].schema);
        return;
    }
    jout_raw(j, STR("{\"type\":\"object\"}"));
}

static bool is_json(str media)
{
    return str_eq(media, STR("application/json")) || str_ends(media, STR("+json"));
}

static str media_of(const struct route *route, enum format f)
{
    if (route->handler == sources_annotations)
        return STR("application/ld+json");
    if (route->handler == sources_document && f == FORMAT_JSON)
        return STR("application/vnd.annals.source+json");
    return negotiate_media_type(format_type(f));
}

/* Two formats can share a media type: it is described once. */
static void write_content(struct jout *j, const struct route *route)
{
    jout_key(j, "content");
    jout_object(j);
    for (unsigned f = 0; f < FORMATS; f++) {
        str media = media_of(route, (enum format)f);
        bool seen = !(route->formats & FORMAT_BIT(f));
        for (unsigned g = 0; g < f; g++)
            seen = seen || (route->formats & FORMAT_BIT(g) &&
                            str_eq(media_of(route, (enum format)g), media));
        if (seen)
            continue;
        jout_key_str(j, media);
        jout_object(j);
        jout_key(j, "schema");
        if (f == FORMAT_JSON && !(route->formats & FORMAT_BIT(FORMAT_TIMELINEJS)))
            json_schema(j, route);
        else if (f == FORMAT_JSON) {
            jout_object(j);
            jout_key(j, "anyOf");
            jout_array(j);
            json_schema(j, route);
            jout_raw(j, STR("{\"type\":\"object\",\"description\":\"With format=timelinejs\"}"));
            jout_array_end(j);
            jout_object_end(j);
        } else if (f == FORMAT_CSL)
            jout_raw(j, STR("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"));
        else
            jout_raw(j,
                     is_json(media) ? STR("{\"type\":\"object\"}") : STR("{\"type\":\"string\"}"));
        jout_object_end(j);
    }
    jout_object_end(j);
}

static void write_response(struct jout *j, const char *status, const char *description,
                           const struct route *route)
{
    jout_key(j, status);
    jout_object(j);
    jout_member_text(j, "description", description);
    if (route != NULL)
        write_content(j, route);
    jout_object_end(j);
}

static void refer_response(struct jout *j, const char *status)
{
    jout_key(j, status);
    reference(j, "responses", "Problem");
}

static void write_responses(struct jout *j, const struct route *route)
{
    jout_key(j, "responses");
    jout_object(j);
    write_response(j, "200", route->about, route);
    if (route->kind == ROUTE_WRITE && route->method != API_DELETE)
        write_response(j, "201", "The source is new", route);
    if (route->kind == ROUTE_READ)
        write_response(j, "304", "It is as it was: If-None-Match", NULL);
    if (str_starts(str_from(route->path), STR("/v1/events/")))
        write_response(j, "308", "It is the same as another event: see Location", NULL);
    refer_response(j, "400");
    if (route->kind == ROUTE_WRITE) {
        refer_response(j, "401");
        refer_response(j, "403");
        refer_response(j, "412");
        refer_response(j, "422");
    }
    if (strchr(route->path, '{') != NULL) {
        refer_response(j, "404");
        if (!route->file)
            refer_response(j, "410");
    }
    refer_response(j, "default");
    jout_object_end(j);
}

/* ---- operations ---- */

static void write_terms(struct jout *j, const struct route *route, const struct example_ids *ids)
{
    size_t n;
    const char *const *terms = store_item_terms((enum item_kind)route->detail, &n);
    for (size_t i = 0; i < n; i++) {
        openapi_parameter_write_term(j, (enum item_kind)route->detail, terms[i], false, ids);
        openapi_parameter_write_term(j, (enum item_kind)route->detail, terms[i], true, ids);
    }
}

/* The fields of the head that every write takes. */
static void write_fields(struct jout *j)
{
    static const struct {
        const char *name, *meaning;
    } fields[] = {
        {"If-Match", "The ETag of the source as it must be, or * for any"},
        {"If-None-Match", "*: the source must not be there yet"},
        {"Idempotency-Key", "1 to 255 visible ASCII characters: the same request with the same key "
                            "is answered from memory"},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        jout_object(j);
        jout_member_text(j, "name", fields[i].name);
        jout_member_text(j, "in", "header");
        jout_member_text(j, "description", fields[i].meaning);
        jout_key(j, "schema");
        jout_raw(j, STR("{\"type\":\"string\"}"));
        jout_object_end(j);
    }
}

static void write_parameters(struct jout *j, const struct route *route,
                             const struct example_ids *ids)
{
    jout_key(j, "parameters");
    jout_array(j);
    openapi_parameter_write_path(j, route, ids);
    for (unsigned n = 0; n < PARAMETERS; n++) {
        enum parameter p = (enum parameter)n;
        if (!openapi_has(route, p))
            continue;
        if (!openapi_parameter_is_shared(p)) {
            openapi_parameter_write(j, route, p, false, ids);
            continue;
        }
        reference(j, "parameters", parameter_name(p));
        if (!(parameter_flags(p) & PARAMETER_NOT))
            continue;
        struct buf name;
        buf_init(&name, 200);
        buf_printf(&name, "%s__not%c", parameter_name(p), '\0');
        reference(j, "parameters", name.p);
        buf_free(&name);
    }
    if (route->terms)
        write_terms(j, route, ids);
    if (route->kind == ROUTE_WRITE)
        write_fields(j);
    jout_array_end(j);
}

static void write_body(struct jout *j, const struct route *route)
{
    static const char *const media[] = {"application/vnd.annals.source+json", "application/json"};
    if (route->body_cap == 0)
        return;
    jout_key(j, "requestBody");
    jout_object(j);
    jout_member_text(j, "description",
                     route->unbounded ? "Records, one a line: first {\"annals\":1,\"source\":{…}}"
                                      : "An annotated source document");
    jout_member_bool(j, "required", true);
    jout_key(j, "content");
    jout_object(j);
    for (size_t i = 0; i < sizeof media / sizeof *media && !route->unbounded; i++) {
        jout_key(j, media[i]);
        jout_object(j);
        jout_key(j, "schema");
        reference(j, "schemas", "SourceDocument");
        jout_object_end(j);
    }
    if (route->method == API_POST) {
        jout_key(j, "application/x-ndjson");
        jout_raw(j, route->unbounded ? STR("{\"schema\":{\"type\":\"string\",\"description\":"
                                           "\"A record on each line\"}}")
                                     : STR("{\"schema\":{\"type\":\"string\",\"description\":"
                                           "\"A stream of them, one a line\"}}"));
    }
    jout_object_end(j);
    jout_object_end(j);
}

/* The second segment of the path names what it is about: "events". */
static str tag_of(const struct route *route)
{
    str version, rest, tag;
    str_cut(str_sub(str_from(route->path), 1, ROUTE_LONGEST_PATH), '/', &version, &rest);
    str_cut(rest, '/', &tag, &rest);
    return tag.n > 0 ? tag : STR("service");
}

static void write_operation(struct jout *j, const struct route *route,
                            const struct example_ids *ids)
{
    struct buf name;
    buf_init(&name, 200);
    openapi_operation(&name, route);
    jout_key(j, method_name(route->method));
    jout_object(j);
    jout_member_str(j, "operationId", buf_str(&name));
    buf_free(&name);
    jout_key(j, "tags");
    jout_array(j);
    jout_str(j, tag_of(route));
    jout_array_end(j);
    jout_member_text(j, "summary", route->about);
    write_parameters(j, route, ids);
    write_body(j, route);
    write_responses(j, route);
    if (route->kind == ROUTE_WRITE) {
        jout_key(j, "security");
        jout_raw(j, STR("[{\"token\":[]}]"));
    }
    jout_object_end(j);
}

static void write_paths(struct jout *j, const struct example_ids *ids)
{
    size_t n;
    const struct route *routes = route_table(&n);
    jout_key(j, "paths");
    jout_object(j);
    for (size_t i = 0; i < n; i++) {
        bool first = routes[i].handler != NULL;
        for (size_t k = 0; k < i; k++)
            first = first &&
                    (routes[k].handler == NULL || strcmp(routes[k].path, routes[i].path) != 0);
        if (!first)
            continue;
        jout_key(j, routes[i].path);
        jout_object(j);
        for (size_t k = i; k < n; k++)
            if (routes[k].handler != NULL && strcmp(routes[k].path, routes[i].path) == 0)
                write_operation(j, &routes[k], ids);
        jout_object_end(j);
    }
    jout_object_end(j);
}

/* ---- the document ---- */

static void write_shared(struct jout *j, const struct example_ids *ids)
{
    jout_key(j, "parameters");
    jout_object(j);
    for (unsigned n = 0; n < PARAMETERS; n++) {
        enum parameter p = (enum parameter)n;
        const struct route *route = openapi_taken_by(p);
        if (route == NULL || !openapi_parameter_is_shared(p))
            continue;
        jout_key(j, parameter_name(p));
        openapi_parameter_write(j, route, p, false, ids);
        if (!(parameter_flags(p) & PARAMETER_NOT))
            continue;
        struct buf name;
        buf_init(&name, 200);
        buf_printf(&name, "%s__not", parameter_name(p));
        jout_key_str(j, buf_str(&name));
        buf_free(&name);
        openapi_parameter_write(j, route, p, true, ids);
    }
    jout_object_end(j);
}

static void write_components(struct jout *j, const struct example_ids *ids)
{
    struct buf schemas;
    buf_init(&schemas, LARGEST);
    add_compact(&schemas, embedded_find("openapi/schemas.json"));
    jout_key(j, "components");
    jout_object(j);
    jout_key(j, "schemas");
    jout_raw(j, buf_str(&schemas));
    buf_free(&schemas);
    write_shared(j, ids);
    jout_key(j, "responses");
    jout_raw(j, STR("{\"Problem\":{\"description\":\"A problem (RFC 9457)\",\"content\":{"
                    "\"application/problem+json\":{\"schema\":{\"$ref\":"
                    "\"#/components/schemas/Problem\"}}}}}"));
    jout_key(j, "securitySchemes");
    jout_raw(j, STR("{\"token\":{\"type\":\"http\",\"scheme\":\"bearer\",\"description\":"
                    "\"A token that annals token create printed\"}}"));
    jout_object_end(j);
}

static void write_info(struct jout *j, const struct openapi_facts *f)
{
    jout_key(j, "info");
    jout_object(j);
    jout_member_str(j, "title", f->title);
    struct buf said;
    buf_init(&said, (size_t)16 * 1024);
    buf_add(&said, STR("Events in time: who says that they happened, when, and in which words. "
                       "Served by Annals. A comma means any of, a repeated parameter all of, "
                       "__not none of. The reference for people is at /docs."));
    /* OpenAPI's own license is that of the interface. */
    if (f->licence.n > 0)
        buf_printf(&said, " Licence of the data: %.*s.", STR_ARG(f->licence));
    jout_member_str(j, "description", buf_str(&said));
    buf_free(&said);
    jout_member_str(j, "version", f->software);
    jout_object_end(j);
    jout_key(j, "servers");
    jout_array(j);
    jout_object(j);
    jout_member_str(j, "url", f->public_url.n > 0 ? f->public_url : STR("/"));
    jout_object_end(j);
    jout_array_end(j);
}

void openapi_write(struct buf *out, const struct openapi_facts *facts)
{
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    jout_member_text(&j, "openapi", "3.0.3");
    write_info(&j, facts);
    jout_key(&j, "externalDocs");
    jout_raw(&j, STR("{\"description\":\"The reference for people\",\"url\":\"/docs\"}"));
    /* Reading needs no token; operations that write say that they need one. */
    jout_key(&j, "security");
    jout_raw(&j, STR("[]"));
    write_paths(&j, &facts->ids);
    write_components(&j, &facts->ids);
    jout_object_end(&j);
}

bool openapi_get(struct call *x)
{
    struct openapi_facts facts = {.title = str_from(x->api->settings.title),
                                  .licence = str_from(x->api->settings.licence),
                                  .software = STR(ANNALS_VERSION),
                                  .public_url = str_from(x->api->settings.public_url)};
    struct buf body;
    if (!example_find(x->reader, x->version, x->arena, &facts.ids, &x->err))
        return false;
    buf_init(&body, LARGEST);
    openapi_write(&body, &facts);
    return answer_buf(x, format_type(FORMAT_JSON), &body);
}
