/* The first page of a store, with questions that it can answer. */
#include "api/answer.h"
#include "api/call.h"
#include "api/events.h"
#include "api/example.h"
#include "api/handlers.h"
#include "base/check.h"
#include "render/landing.h"

#define EXAMPLES 12

static const struct landing_link links[] = {
    {"self", "/?format=json", "application/json", "This page"},
    {"alternate", "/?format=html", "text/html", "This page for a browser"},
    {"events", "/v1/events", "application/json", "Events, by date"},
    {"sources", "/v1/sources", "application/json", "Who says so"},
    {"actors", "/v1/actors", "application/json", "Who takes part"},
    {"places", "/v1/places", "application/json", "Where"},
    {"types", "/v1/types", "application/json", "The types of events"},
    {"claims", "/v1/claims", "application/json", "Statements inside sources"},
    {"relations", "/v1/relations", "application/json", "Relations between events"},
    {"histogram", "/v1/histogram?bins=100", "application/json", "How many events, and when"},
    {"facets", "/v1/facets", "application/json", "The commonest values"},
    {"changesets", "/v1/changesets", "application/json", "What each write did"},
    {"changes", "/v1/changes", "application/json", "Every change; also as an event stream"},
    {"service-desc", "/openapi.json", "application/json", "Description for programs (OpenAPI)"},
    {"service-doc", "/docs", "text/html", "Reference for people"},
};

struct examples {
    struct arena *arena;
    struct landing_example items[EXAMPLES];
    size_t n;
};

static str joined(struct arena *a, const char *address, str value)
{
    return arena_printf(a, "%s%.*s", address, STR_ARG(value));
}

static void add(struct examples *e, str question, str href)
{
    ENSURE(e->n < EXAMPLES);
    e->items[e->n++] = (struct landing_example){question, href};
}

/* Questions about one event of this store: each has an answer. */
static void add_about(struct examples *e, const struct example_ids *ids)
{
    struct arena *a = e->arena;
    if (ids->year.n > 0) {
        add(e, STR("What happened in a year?"), joined(a, "/v1/events?date=", ids->year));
        add(e, STR("The same as a table"), joined(a, "/v1/events.csv?date=", ids->year));
    }
    if (ids->items[ITEM_ACTOR].n > 0)
        add(e, STR("What did somebody take part in, the latest first?"),
            joined(a, "/v1/events?sort=-date&actor=", ids->items[ITEM_ACTOR]));
    if (ids->items[ITEM_PLACE].n > 0)
        add(e, STR("What happened at a place?"),
            joined(a, "/v1/events?place=", ids->items[ITEM_PLACE]));
    if (ids->items[ITEM_TYPE].n > 0)
        add(e, STR("What else was of this type?"),
            joined(a, "/v1/events?count=true&type=", ids->items[ITEM_TYPE]));
    if (ids->word.n > 0)
        add(e, STR("What speaks of a word?"), joined(a, "/v1/events?q=", ids->word));
    add(e, STR("One event, with who says what about it and in which words"),
        arena_printf(a, "/v1/events/%.*s.json?include=accounts,claims,relations,evidence&pretty",
                     STR_ARG(ids->event)));
    add(e, STR("What is it related to?"),
        arena_printf(a, "/v1/events/%.*s/relations", STR_ARG(ids->event)));
}

static bool find_examples(struct call *x, struct examples *e)
{
    struct example_ids ids;
    *e = (struct examples){.arena = x->arena};
    if (!example_find(x->reader, x->version, x->arena, &ids, &x->err))
        return false;
    if (ids.event.n > 0)
        add_about(e, &ids);
    add(e, STR("How many happened when?"), STR("/v1/histogram?bins=100"));
    add(e, STR("What did the last writes do?"), STR("/v1/changesets?limit=10"));
    add(e, STR("What was known at version 1?"),
        x->version > 0 ? STR("/v1/events?as_of=1") : STR("/v1/events"));
    return true;
}

/* The filters of /v1/events. */
static size_t list_filters(struct landing_word words[PARAMETERS])
{
    struct route_match match;
    route_find(STR("/v1/events"), &match);
    size_t n = 0;
    for (unsigned p = 0; p < PARAMETERS; p++) {
        enum parameter which = (enum parameter)p;
        if (match.any->parameters & PARAMETER_BIT(p))
            words[n++] = (struct landing_word){parameter_name(which), parameter_meaning(which)};
    }
    return n;
}

static str formats(struct arena *a)
{
    struct route_match match;
    struct buf names;
    route_find(STR("/v1/events"), &match);
    buf_init(&names, 200);
    format_names(&names, match.any->formats);
    str said = arena_printf(a, "%.*s: /v1/events.csv, ?format=csv or Accept: text/csv",
                            STR_ARG(buf_str(&names)));
    buf_free(&names);
    return said;
}

bool home_page(struct call *x)
{
    struct store_summary summary;
    struct examples examples;
    struct landing_word words[PARAMETERS];
    if (!store_summary(x->reader, x->version, x->arena, &summary, &x->err) ||
        !find_examples(x, &examples))
        return false;
    const struct landing_count counts[] = {
        {"events", summary.events}, {"sources", summary.sources},     {"actors", summary.actors},
        {"places", summary.places}, {"relations", summary.relations}, {"claims", summary.claims},
    };
    const struct landing landing = {
        .title = str_from(x->api->settings.title),
        .description = STR("Events in time: who says that they happened, when, and in which words. "
                           "A comma means any of, a repeated parameter all of, __not none of."),
        .licence = str_from(x->api->settings.licence),
        .software_version = STR(ANNALS_VERSION),
        .store_id = store_id(x->api->store),
        .version = summary.version,
        .recorded = summary.recorded,
        .first_date = summary.first_date,
        .last_date = summary.last_date,
        .counts = counts,
        .count_count = sizeof counts / sizeof *counts,
        .links = links,
        .link_count = sizeof links / sizeof *links,
        .examples = examples.items,
        .example_count = examples.n,
        .filters = words,
        .filter_count = list_filters(words),
        .formats = formats(x->arena),
    };
    if (x->format == FORMAT_HTML)
        return events_first(x, &landing);
    struct buf body;
    buf_init(&body, ANSWER_LARGEST);
    landing_write_json(&body, &landing);
    return answer_buf(x, format_type(x->format), &body);
}

/* Three dates on an axis, one of them uncertain. */
bool home_icon(struct call *x)
{
    answer_body(x, 200, format_type(FORMAT_SVG),
                STR("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\">"
                    "<rect width=\"32\" height=\"32\" rx=\"6\" fill=\"#8a2716\"/>"
                    "<path d=\"M4 16h24\" stroke=\"#fffdf8\" stroke-width=\"2\"/>"
                    "<circle cx=\"9\" cy=\"16\" r=\"3.5\" fill=\"#fffdf8\"/>"
                    "<rect x=\"14\" y=\"12.5\" width=\"12\" height=\"7\" rx=\"2\" fill=\"#fffdf8\" "
                    "fill-opacity=\".6\"/>"
                    "<rect x=\"17\" y=\"12.5\" width=\"5\" height=\"7\" fill=\"#fffdf8\"/></svg>"));
    return true;
}
