/* The first page of a store, with questions that it can answer. */
#include <string.h>

#include "api/answer.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/percent.h"
#include "render/landing.h"

#define EXAMPLES 12
#define LOOKED_AT 100 /* events, to find one that examples can be made of */

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
    {"changesets", "/v1/changesets", "application/json", "What each write did"},
};

struct examples {
    struct arena *arena;
    struct landing_example items[EXAMPLES];
    size_t n;
};

static str encoded(struct arena *a, str text)
{
    struct buf out;
    buf_init(&out, 3 * text.n + 1);
    percent_encode(&out, text);
    str copy = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return copy;
}

static void add(struct examples *e, str question, str href)
{
    e->items[e->n++] = (struct landing_example){question, href};
}

/* The first of a list joined by "; ". */
static str first_of(str list)
{
    return str_sub(list, 0, str_find(list, ';'));
}

/* The first word of a title that is long enough to be searched for, without its punctuation. */
static str telling_word(str title)
{
    str word, rest = title;
    bool more = true;
    while (more) {
        more = str_cut(rest, ' ', &word, &rest);
        while (word.n > 0 && strchr(",;:.!?)'\"", word.p[word.n - 1]) != NULL)
            word.n--;
        if (word.n >= 5)
            return word;
    }
    return title;
}

/* The year in which it begins; -1 where that is not to be written with four digits. */
static int64_t year_of(const struct event_row *row)
{
    int64_t year = -1;
    int month, day;
    if (row->dated && !period_unbounded(row->bounds.earliest))
        period_civil_from_days(row->bounds.earliest / PERIOD_DAY_SECONDS, &year, &month, &day);
    return year > 9999 ? -1 : year;
}

/* How much there is to ask about an event. */
static int promise(const struct event_row *row)
{
    bool exact = year_of(row) >= 0 && row->precision <= EDTF_DAY;
    return exact + (row->actors.n > 0) + (row->place.n > 0) + (row->type.n > 0) +
           (str_find(row->sources, ';') < row->sources.n);
}

/* Questions about one event of this store: each has an answer. */
static void add_about(struct examples *e, const struct event_row *row)
{
    struct arena *a = e->arena;
    str id = row->id;
    int64_t year = year_of(row);
    if (year >= 0) {
        add(e, STR("What happened in a year?"), arena_printf(a, "/v1/events?date=%04d", (int)year));
        add(e, STR("The same as a table"), arena_printf(a, "/v1/events.csv?date=%04d", (int)year));
    }
    if (row->actors.n > 0)
        add(e, STR("What did somebody take part in, the latest first?"),
            arena_printf(a, "/v1/events?actor=%.*s&sort=-date", STR_ARG(first_of(row->actors))));
    if (row->place.n > 0)
        add(e, STR("What happened at a place?"),
            arena_printf(a, "/v1/events?place=%.*s", STR_ARG(row->place)));
    if (row->type.n > 0)
        add(e, STR("What else was of this type?"),
            arena_printf(a, "/v1/events?type=%.*s&count=true", STR_ARG(row->type)));
    add(e, STR("What speaks of a word?"),
        arena_printf(a, "/v1/events?q=%.*s", STR_ARG(encoded(a, telling_word(row->title)))));
    add(e, STR("One event, with who says what about it and in which words"),
        arena_printf(a, "/v1/events/%.*s.json?include=accounts,claims,relations,evidence&pretty",
                     STR_ARG(id)));
    add(e, STR("What is it related to?"),
        arena_printf(a, "/v1/events/%.*s/relations", STR_ARG(id)));
}

static bool find_examples(struct call *x, struct examples *e)
{
    struct problems ignored;
    struct event_page found;
    struct query newest = {.sort = SORT_DATE_DESC, .limit = LOOKED_AT, .version = x->version};
    problem_init(&ignored, x->arena);
    *e = (struct examples){.arena = x->arena};
    if (!store_find_events(x->reader, &newest, x->arena, &found, &ignored, &x->err))
        return false;
    const struct event_row *best = NULL;
    for (size_t i = 0; i < found.n; i++)
        if (best == NULL || promise(&found.rows[i]) > promise(best))
            best = &found.rows[i];
    if (best != NULL)
        add_about(e, best);
    add(e, STR("What did the last writes do?"), STR("/v1/changesets?limit=10"));
    add(e, STR("What was known at version 1?"),
        x->version > 0 ? STR("/v1/events?as_of=1") : STR("/v1/events"));
    return true;
}

/* The filters of /v1/events that are built. */
static size_t list_filters(struct landing_word words[PARAMETERS])
{
    struct route_match match;
    route_find(STR("/v1/events"), &match);
    size_t n = 0;
    for (unsigned p = 0; p < PARAMETERS; p++) {
        enum parameter which = (enum parameter)p;
        if (match.any->parameters & PARAMETER_BIT(p) && !(parameter_flags(which) & PARAMETER_LATER))
            words[n++] = (struct landing_word){parameter_name(which), parameter_meaning(which)};
    }
    return n;
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
        .formats = STR("json, ndjson, csv: /v1/events.csv, ?format=csv or Accept: text/csv"),
    };
    struct buf body;
    buf_init(&body, ANSWER_LARGEST);
    if (x->format == FORMAT_HTML) {
        landing_write_html(&body, &landing);
        answer_policy(x);
    } else {
        landing_write_json(&body, &landing);
    }
    return answer_buf(x, format_type(x->format), &body);
}
