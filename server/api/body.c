#include "api/body.h"

#include "api/negotiate.h"
#include "api/route.h"

static bool is_stream(const struct api_request *rq)
{
    str type = negotiate_media_type(api_header_get(rq, "Content-Type"));
    return str_eq_nocase(type, STR("application/x-ndjson"));
}

/* Whether a charset is named that is not UTF-8. */
static bool is_other_charset(str field)
{
    str part, rest = field;
    bool more = str_cut(rest, ';', &part, &rest);
    while (more) {
        str name, value;
        more = str_cut(rest, ';', &part, &rest);
        str_cut(part, '=', &name, &value);
        value = str_trim(value);
        if (str_eq_nocase(str_trim(name), STR("charset")) && !str_eq_nocase(value, STR("utf-8")) &&
            !str_eq_nocase(value, STR("\"utf-8\"")))
            return true;
    }
    return false;
}

bool body_kind(const struct api_request *rq, bool stream, enum body_kind *out, struct err *e)
{
    str field = api_header_get(rq, "Content-Type");
    str type = negotiate_media_type(field);
    str coding = str_trim(api_header_get(rq, "Content-Encoding"));
    if (coding.n > 0 && !str_eq_nocase(coding, STR("identity")))
        return err_set(e, ERR_MEDIA_TYPE,
                       "Bodies are read as they are: leave out the "
                       "Content-Encoding.");
    if (is_other_charset(field))
        return err_set(e, ERR_MEDIA_TYPE, "JSON is read in UTF-8 alone.");
    *out = stream && is_stream(rq) ? BODY_STREAM : BODY_DOCUMENT;
    if (*out == BODY_STREAM || str_eq_nocase(type, STR("application/json")) ||
        str_eq_nocase(type, STR("application/vnd.annals.source+json")))
        return true;
    return err_set(e, ERR_MEDIA_TYPE,
                   "Send \"Content-Type: application/vnd.annals.source+json\" or "
                   "application/json%s.",
                   stream ? ", or application/x-ndjson for a stream of documents" : "");
}

size_t body_cap(const struct api_request *rq)
{
    if (rq->method == API_GET || rq->method == API_HEAD || rq->method == API_OPTIONS)
        return 0;
    str path, query;
    str_cut(rq->target, '?', &path, &query);
    struct route_match match;
    route_find(path, &match);
    const struct route *route = route_of_method(&match, rq->method);
    /* Who has no token to show gets no room to fill. Where there is no bound, see api_body_room. */
    if (route == NULL || route->unbounded || api_header_get(rq, "Authorization").p == NULL)
        return BODY_LARGEST_STRAY;
    if (route->method == API_POST && route->handler != NULL && is_stream(rq))
        return BODY_LARGEST_STREAM;
    return route->body_cap;
}
