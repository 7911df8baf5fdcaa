#include "api/api.h"

#include <stdlib.h>

#include "api/answer.h"
#include "api/body.h"
#include "api/build.h"
#include "api/call.h"
#include "api/etag.h"
#include "api/handlers.h"
#include "api/negotiate.h"
#include "api/percent.h"
#include "api/site.h"
#include "base/check.h"
#include "base/hash.h"

struct api *api_new(struct store *store, const struct api_settings *settings)
{
    struct api *api = calloc(1, sizeof *api);
    ENSURE(api != NULL);
    api->store = store;
    api->settings = *settings;
    char build[BUILD_SIZE];
    build_name(build);
    const char *const told[] = {build, settings->title, settings->licence, settings->public_url,
                                settings->embed_ancestors};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        api->stamp = hash_table64(api->stamp, str_from(told[i]));
    api->assets = asset_all(&api->asset_count);
    return api;
}

void api_free(struct api *api)
{
    free(api->assets);
    free(api);
}

/* ---- what the listener asks before it calls ---- */

enum api_method api_method_from(str name)
{
    static const str names[] = {
#define X(value, name) STR_INIT(name),
        API_METHOD_TABLE(X)
#undef X
    };
    for (unsigned m = 0; m < API_OTHER; m++)
        if (str_eq(names[m], name))
            return (enum api_method)m;
    return API_OTHER;
}

str api_header_get(const struct api_request *rq, const char *name)
{
    for (size_t i = 0; i < rq->header_count; i++)
        if (str_eq_nocase(rq->headers[i].name, str_from(name)))
            return rq->headers[i].value;
    return (str){0};
}

str api_bearer(const struct api_request *rq)
{
    str scheme, token;
    str_cut(str_trim(api_header_get(rq, "Authorization")), ' ', &scheme, &token);
    return str_eq_nocase(scheme, STR("Bearer")) ? str_trim(token) : STR("");
}

unsigned api_variant(const struct api_request *rq)
{
    return negotiate_accepted(rq) << 1 | (negotiate_gzip(rq) ? 1u : 0u);
}

bool api_etag_matches(str sent, str etag)
{
    return etag_matches(sent, etag);
}

size_t api_body_cap(const struct api_request *rq)
{
    return body_cap(rq);
}

enum api_room api_body_room(const struct api *api, struct store_reader *reader,
                            const struct api_request *rq)
{
    str path, query;
    str_cut(rq->target, '?', &path, &query);
    struct route_match match;
    route_find(path, &match);
    const struct route *route = route_of_method(&match, rq->method);
    if (route == NULL || !route->unbounded || api->settings.read_only)
        return API_ROOM_CAPPED;
    struct token token;
    struct err e;
    struct arena *a = arena_new();
    bool may = store_token_check(reader, api_bearer(rq), a, &token, &e) &&
               token.scope >= SCOPE_WRITE;
    arena_free(a);
    return may ? API_ROOM_ANY : API_ROOM_REFUSED;
}

void api_stop(struct api *api)
{
    atomic_store(&api->stopping, true);
}

/* Whether a parameter of that name has a value that begins so; or may have: escapes hide both. */
static bool has_piece(str query, str name, str value)
{
    str piece, have, text;
    bool more = query.n > 0;
    while (more) {
        more = str_cut(query, '&', &piece, &query);
        str_cut(piece, '=', &have, &text);
        bool hidden = str_find(have, '%') < have.n;
        if ((hidden || str_eq(have, name)) &&
            (str_starts(text, value) || (value.n > 0 && str_find(text, '%') < text.n)))
            return true;
    }
    return false;
}

/* Whether the query searches: has a parameter q. */
static bool searches(str query)
{
    return has_piece(query, STR("q"), STR(""));
}

/* Whether it lists events in a reading of which long stretches of rows may not be. */
static bool reads_otherwise(str path, str query)
{
    bool one = str_starts(path, STR("/v1/events/"));
    return !one &&
           (has_piece(query, STR("policy"), STR("")) || has_piece(query, STR("known_at"), STR("")));
}

/* Whether the answer looks at every event that is found; a path with escapes may be such a one. */
static bool counts(str path, str query)
{
    return str_starts(path, STR("/v1/histogram")) || str_starts(path, STR("/v1/facets")) ||
           str_starts(path, STR("/v1/disagreements")) || str_starts(path, STR("/v1/cite")) ||
           has_piece(query, STR("count"), STR("true")) || str_find(path, '%') < path.n;
}

/* Whether it is all that a source says in one piece, which can be megabytes. */
static bool gathers(str path)
{
    str sources = STR("/v1/sources/"), id, part;
    if (!str_starts(path, sources))
        return false;
    str_cut(str_sub(path, sources.n, path.n), '/', &id, &part);
    return str_starts(part, STR("document")) || str_starts(part, STR("annotations"));
}

/* Whether it walks from event to event. */
static bool walks(str path)
{
    str events = STR("/v1/events/"), id, part;
    if (!str_starts(path, events))
        return false;
    str_cut(str_sub(path, events.n, path.n), '/', &id, &part);
    return str_starts(part, STR("graph"));
}

/* Whether it asks what is asked at another address. */
static bool asks_for_another(str path)
{
    return str_starts(path, STR("/oembed"));
}

enum api_lane api_lane(const struct api_request *rq)
{
    str path, query;
    str_cut(rq->target, '?', &path, &query);
    if (rq->method == API_GET || rq->method == API_HEAD)
        return searches(query) || counts(path, query) || reads_otherwise(path, query) ||
                       gathers(path) || walks(path) || asks_for_another(path) ||
                       has_piece(query, STR("limit"), STR("all"))
                   ? API_SLOW
                   : API_FAST;
    struct route_match match;
    route_find(path, &match);
    const struct route *route = route_of_method(&match, rq->method);
    bool writes = route != NULL && route->kind == ROUTE_WRITE && route->handler != NULL;
    return writes ? API_WRITE : API_FAST;
}

/* ---- one request ---- */

static bool find_path(struct call *x)
{
    str fragment;
    if (x->rq->target.n == 0 || x->rq->target.p[0] != '/')
        return err_set(&x->err, ERR_BAD_REQUEST, "An address begins with \"/\".");
    if (str_cut(x->target, '#', &x->target, &fragment))
        return err_set(&x->err, ERR_BAD_REQUEST, "A fragment (#) is not sent to a server.");
    str_cut(x->target, '?', &x->path, &x->query);
    route_find(x->path, &x->match);
    if (x->match.malformed != NULL)
        return err_set(&x->err, ERR_BAD_REQUEST, "The path %s.", x->match.malformed);
    if (x->match.any != NULL)
        return true;
    struct buf near;
    buf_init(&near, ROUTE_LONGEST_PATH);
    route_nearest(&near, x->path);
    if (near.n > 0 && !str_eq(buf_str(&near), x->path))
        err_set(&x->err, ERR_NOT_FOUND, "There is nothing at this address. Did you mean %.*s?",
                STR_ARG(buf_str(&near)));
    else
        err_set(&x->err, ERR_NOT_FOUND, "There is nothing at this address. \"/\" lists what is.");
    buf_free(&near);
    return false;
}

static str allowed(struct call *x)
{
    struct buf out;
    buf_init(&out, 80);
    route_allow(&out, &x->match);
    str list = arena_copy(x->arena, buf_str(&out));
    buf_free(&out);
    return list;
}

static void answer_options(struct call *x)
{
    str methods = allowed(x);
    x->out->status = 204;
    answer_header(x->out, "Allow", methods);
    answer_header(x->out, "Access-Control-Allow-Methods", methods);
    answer_header(x->out, "Access-Control-Allow-Headers",
                  STR("Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, "
                      "Last-Event-ID"));
    answer_header(x->out, "Access-Control-Max-Age", STR("86400"));
}

static bool choose_route(struct call *x)
{
    x->route = route_of_method(&x->match, x->rq->method);
    if (x->route == NULL)
        return err_set(&x->err, ERR_METHOD, "Here: %.*s.", STR_ARG(allowed(x)));
    if (x->route->handler == NULL)
        return err_set(&x->err, ERR_NOT_BUILT, "%s: not built yet.", x->route->about);
    return true;
}

/* Reads the query and the headers that shape the answer. */
static bool understand(struct call *x)
{
    struct arguments arguments;
    argument_read(x->query, x->route, x->arena, &x->problems, &arguments);
    question_read(&arguments, x->arena, &x->problems, &x->question);
    bool formatted = call_format(x);
    if (problem_any(&x->problems)) {
        if (x->route->parameters & PARAMETER_BIT(PARAM_ACTOR))
            events_unknown(x);
        return false;
    }
    return formatted;
}

static bool read(struct call *x)
{
    if (!call_version(x))
        return false;
    bool any = str_eq(str_trim(api_header_get(x->rq, "If-None-Match")), STR("*"));
    if (!x->route->own_tag) {
        answer_validator(x, 'v', x->version);
        if (!any && answer_not_modified(x))
            return true;
    }
    if (!x->route->handler(x))
        return false;
    if (any)
        answer_not_modified(x);
    return true;
}

static bool handle(struct call *x)
{
    if (!find_path(x))
        return false;
    if (x->rq->method == API_OPTIONS) {
        answer_options(x);
        return true;
    }
    if (!choose_route(x))
        return false;
    if (x->route->kind == ROUTE_READ && site_tidied(x))
        return true;
    const struct api_settings *s = &x->api->settings;
    store_reader_deadline(x->reader, counts(x->path, x->query) ? s->count_deadline_ms
                                     : searches(x->query)      ? s->search_deadline_ms
                                                               : s->deadline_ms);
    if (!understand(x))
        return false;
    return x->route->kind == ROUTE_READ ? read(x) : x->route->handler(x);
}

/* A browser that asks for a page gets it, and on it what is wrong with the question. */
static bool is_on_page(struct call *x)
{
    return x->err.code == ERR_BAD_PARAMETER &&
           negotiate_accepted(x->rq) & FORMAT_BIT(FORMAT_HTML) && site_is_for_people(x);
}

/* Turns a step's false into a problem. */
static void refuse(struct call *x)
{
    ENSURE(x->err.code != ERR_NONE || problem_any(&x->problems));
    if ((x->err.code == ERR_NONE || x->err.code == ERR_BAD_PARAMETER) &&
        problem_any(&x->problems)) {
        size_t n = x->problems.n + x->problems.more;
        err_set(&x->err, ERR_BAD_PARAMETER,
                n == 1 ? "One parameter is not understood." : "%zu parameters are not understood.",
                n);
    }
    route_handler *handler = x->route != NULL ? x->route->handler : NULL;
    if (!is_on_page(x))
        handler = NULL;
    if (handler == events_list || handler == home_page)
        events_refused(x);
    else if (handler == embed_page)
        embed_refused(x);
    else
        answer_problem(x->out, x->rq, &x->err, &x->problems, x->arena, x->question.pretty);
    if (x->err.code == ERR_METHOD)
        answer_header(x->out, "Allow", allowed(x));
}

void api_handle(struct api *api, struct store_reader *reader, struct store_writer *writer,
                const struct api_request *rq, struct arena *arena, struct api_response *out)
{
    *out = (struct api_response){0};
    struct call *x = ARENA_NEW(arena, struct call);
    *x = (struct call){.api = api,
                       .reader = reader,
                       .writer = writer,
                       .rq = rq,
                       .arena = arena,
                       .out = out,
                       .newest = store_version(api->store)};
    problem_init(&x->problems, arena);
    struct buf clean;
    buf_init(&clean, 3 * rq->target.n + 1);
    percent_clean(&clean, rq->target);
    x->target = arena_copy(arena, buf_str(&clean));
    buf_free(&clean);
    answer_common(out);
    if (!handle(x))
        refuse(x);
    answer_compress(x);
}

void api_problem(const struct api_request *rq, const struct err *e, const struct problems *problems,
                 struct arena *arena, struct api_response *out)
{
    struct err said = *e;
    /* Who shows no token is given little room for a body (body_cap): the token comes first. */
    if (e->code == ERR_TOO_LARGE && api_lane(rq) == API_WRITE &&
        api_header_get(rq, "Authorization").p == NULL)
        err_set(&said, ERR_UNAUTHORIZED,
                "Send \"Authorization: Bearer TOKEN\"; `annals token create` makes one.");
    answer_problem(out, rq, &said, problems, arena, false);
}
