#include "api/negotiate.h"

str negotiate_media_type(str field)
{
    str type, rest;
    str_cut(field, ';', &type, &rest);
    return str_trim(type);
}

/* Whether a parameter q of 0 takes the item out of the list again (RFC 9110, section 12.4.2). */
static bool is_unwanted(str item)
{
    str parameter, rest;
    bool more = str_cut(item, ';', &parameter, &rest);
    while (more) {
        str name, value;
        more = str_cut(rest, ';', &parameter, &rest);
        str_cut(parameter, '=', &name, &value);
        if (!str_eq_nocase(str_trim(name), STR("q")))
            continue;
        value = str_trim(value);
        bool zero = value.n > 0 && value.p[0] == '0';
        for (size_t i = 1; i < value.n; i++)
            zero = zero && (value.p[i] == '0' || (i == 1 && value.p[i] == '.'));
        return zero;
    }
    return false;
}

/* The formats that a media type stands for. */
static unsigned formats_of(str type)
{
    static const struct {
        str type;
        enum format format;
    } known[] = {
        {STR_INIT("text/html"), FORMAT_HTML},
        {STR_INIT("application/xhtml+xml"), FORMAT_HTML},
        {STR_INIT("application/json"), FORMAT_JSON},
        {STR_INIT("text/json"), FORMAT_JSON},
        {STR_INIT("application/x-ndjson"), FORMAT_NDJSON},
        {STR_INIT("application/ndjson"), FORMAT_NDJSON},
        {STR_INIT("application/jsonl"), FORMAT_NDJSON},
        {STR_INIT("text/csv"), FORMAT_CSV},
        {STR_INIT("text/plain"), FORMAT_TXT},
        {STR_INIT("text/calendar"), FORMAT_ICS},
        {STR_INIT("application/atom+xml"), FORMAT_ATOM},
        {STR_INIT("image/svg+xml"), FORMAT_SVG},
        {STR_INIT("text/event-stream"), FORMAT_EVENT_STREAM},
        {STR_INIT("application/x-bibtex"), FORMAT_BIBTEX},
        {STR_INIT("text/x-bibtex"), FORMAT_BIBTEX},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq_nocase(type, known[i].type))
            return FORMAT_BIT(known[i].format);
    unsigned exact = str_eq_nocase(type, STR("application/geo+json"))  ? FORMAT_BIT(FORMAT_GEOJSON)
                     : str_eq_nocase(type, STR("application/ld+json")) ? FORMAT_BIT(FORMAT_JSONLD)
                     : str_eq_nocase(type, STR("application/vnd.citationstyles.csl+json"))
                         ? FORMAT_BIT(FORMAT_CSL)
                         : 0;
    str tail = str_sub(type, type.n > 5 ? type.n - 5 : 0, 5);
    return exact | (str_eq_nocase(tail, STR("+json")) ? FORMAT_BIT(FORMAT_JSON) : 0);
}

unsigned negotiate_accepted(const struct api_request *rq)
{
    unsigned accepted = 0;
    for (size_t i = 0; i < rq->header_count; i++) {
        if (!str_eq_nocase(rq->headers[i].name, STR("Accept")))
            continue;
        str item, rest = rq->headers[i].value;
        bool more = true;
        while (more) {
            more = str_cut(rest, ',', &item, &rest);
            if (!is_unwanted(item))
                accepted |= formats_of(negotiate_media_type(item));
        }
    }
    return accepted;
}

bool negotiate_gzip(const struct api_request *rq)
{
    bool named = false, welcome = false, any = false;
    for (size_t i = 0; i < rq->header_count; i++) {
        if (!str_eq_nocase(rq->headers[i].name, STR("Accept-Encoding")))
            continue;
        str item, rest = rq->headers[i].value;
        bool more = true;
        while (more) {
            more = str_cut(rest, ',', &item, &rest);
            str coding = negotiate_media_type(item);
            if (str_eq_nocase(coding, STR("gzip")) || str_eq_nocase(coding, STR("x-gzip"))) {
                named = true;
                welcome = !is_unwanted(item);
            } else if (str_eq(coding, STR("*"))) {
                any = !is_unwanted(item);
            }
        }
    }
    return named ? welcome : any;
}

enum format negotiate_pick(unsigned offered, unsigned accepted)
{
    static const enum format order[] = {
        FORMAT_EVENT_STREAM, FORMAT_BIBTEX, FORMAT_CSL,    FORMAT_HTML, FORMAT_GEOJSON,
        FORMAT_JSONLD,       FORMAT_JSON,   FORMAT_NDJSON, FORMAT_CSV,  FORMAT_ICS,
        FORMAT_ATOM,         FORMAT_SVG,    FORMAT_TXT};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (offered & accepted & FORMAT_BIT(order[i]))
            return order[i];
    unsigned first = 0;
    while (!(offered & FORMAT_BIT(first)))
        first++;
    return (enum format)first;
}
