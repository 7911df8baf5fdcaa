#include "api/example.h"

#include <string.h>

#include "base/jscan.h"

/* Events among which one is chosen. */
#define LOOKED_AT 50

/* The text of a member of an object, where it needs no unescaping. */
static str member(str object, const char *name)
{
    size_t at = 0;
    str key, value;
    while (object.n > 0 && object.p[0] == '{' && jscan_member(object, &at, &key, &value))
        if (str_eq(key, str_from(name)))
            return value;
    return STR("");
}

static str plain(str value)
{
    bool text = value.n > 2 && value.p[0] == '"' && str_find(value, '\\') == value.n;
    return text ? str_sub(value, 1, value.n - 2) : STR("");
}

static str first(str array)
{
    size_t at = 0;
    str element;
    return array.n > 0 && array.p[0] == '[' && jscan_element(array, &at, &element) ? element
                                                                                   : STR("");
}

/* The first word of ASCII letters in a title that is long enough to be searched for. */
static str telling_word(str title)
{
    size_t from = 0;
    for (size_t i = 0; i <= title.n; i++) {
        char c = i < title.n ? title.p[i] : ' ';
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            continue;
        bool whole = (unsigned char)c < 0x80 &&
                     (from == 0 || (unsigned char)title.p[from - 1] < 0x80);
        if (i - from >= 5 && whole)
            return str_sub(title, from, i - from);
        from = i + 1;
    }
    return STR("");
}

/* How much there is to ask about an event. */
static int promise(const struct event_row *row)
{
    return (row->actors.n > 0) + (row->place.n > 0) + (row->type.n > 0) + (row->dated ? 1 : 0) +
           (str_find(row->sources, ';') < row->sources.n) + (telling_word(row->title).n > 0);
}

static void take_event(const struct event_row *row, struct arena *a, struct example_ids *out)
{
    int64_t year = -1;
    int month, day;
    str document = row->document;
    out->event = row->id;
    out->word = telling_word(row->title);
    out->items[ITEM_ACTOR] = str_sub(row->actors, 0, str_find(row->actors, ';'));
    out->items[ITEM_SOURCE] = str_sub(row->sources, 0, str_find(row->sources, ';'));
    out->items[ITEM_PLACE] = row->place;
    out->items[ITEM_TYPE] = row->type;
    out->role = plain(member(first(member(document, "participants")), "role"));
    out->tag = plain(first(member(document, "tags")));
    if (row->dated && !period_unbounded(row->bounds.earliest))
        period_civil_from_days(row->bounds.earliest / PERIOD_DAY_SECONDS, &year, &month, &day);
    if (year >= 0 && year <= 9999)
        out->year = arena_printf(a, "%04d", (int)year);
}

/* Of those that promise most the one in the middle: at the ends stand the odd ones. */
static const struct event_row *best_of(const struct event_page *found)
{
    int most = -1;
    size_t n = 0;
    for (size_t i = 0; i < found->n; i++) {
        int here = promise(&found->rows[i]);
        n = here > most ? 1 : n + (here == most);
        most = here > most ? here : most;
    }
    size_t left = n / 2;
    for (size_t i = 0; i < found->n; i++)
        if (promise(&found->rows[i]) == most && left-- == 0)
            return &found->rows[i];
    return NULL;
}

bool example_find(struct store_reader *r, int64_t version, struct arena *a, struct example_ids *out,
                  struct err *e)
{
    struct problems ignored;
    struct event_page found;
    const struct query newest = {.sort = SORT_DATE_DESC, .limit = LOOKED_AT, .version = version};
    *out = (struct example_ids){0};
    problem_init(&ignored, a);
    if (!store_find_events(r, &newest, a, &found, &ignored, e))
        return false;
    const struct event_row *best = best_of(&found);
    if (best != NULL)
        take_event(best, a, out);
    for (unsigned kind = 0; kind < ITEM_KINDS; kind++) {
        struct item_page items;
        const struct item_query one = {
            .kind = (enum item_kind)kind, .version = version, .limit = 1};
        if (out->items[kind].n > 0)
            continue;
        if (!store_find_items(r, &one, a, &items, e))
            return false;
        if (items.n > 0)
            out->items[kind] = items.items[0].id;
    }
    if (version > 0)
        out->changeset = arena_printf(a, "%lld", (long long)version);
    return true;
}

str example_of_path(const struct route *route, const struct example_ids *ids)
{
    static const struct {
        const char *begin;
        int kind;
    } paths[] = {
#define X(kind, segment) {"/v1/" segment "/", kind},
        ITEM_TABLE(X)
#undef X
    };
    str path = str_from(route->path);
    if (strchr(route->path, '{') == NULL)
        return STR("");
    if (route->file)
        return STR("page.css");
    if (str_starts(path, STR("/v1/changesets/")))
        return ids->changeset;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (str_starts(path, str_from(paths[i].begin)))
            return ids->items[paths[i].kind];
    return ids->event;
}

str example_of_parameter(const struct route *route, enum parameter p, const struct example_ids *ids)
{
    bool facets = str_ends(str_from(route->path), STR("/facets"));
    switch ((int)p) {
    case PARAM_DATE:
        return ids->year;
    case PARAM_ACTOR:
    case PARAM_CLAIMED_BY:
        return ids->items[ITEM_ACTOR];
    case PARAM_PLACE:
        return ids->items[ITEM_PLACE];
    case PARAM_TYPE:
        return ids->items[ITEM_TYPE];
    case PARAM_SOURCE:
        return ids->items[ITEM_SOURCE];
    case PARAM_ID:
    case PARAM_RELATED_TO:
        return ids->event;
    case PARAM_Q:
        return ids->word;
    case PARAM_TAG:
        return ids->tag;
    case PARAM_ROLE:
        return ids->role;
    case PARAM_AS_OF:
        return ids->changeset;
    case PARAM_BBOX:
        return STR("-10,35,60,70");
    case PARAM_NEAR:
        return STR("40,45,500");
    case PARAM_POLICY:
        return STR("last");
    case PARAM_RELATION:
        return STR("responds_to");
    case PARAM_DEPTH:
        return STR("2");
    case PARAM_LANG:
        return STR("en");
    case PARAM_BY:
        return facets ? STR("actor") : STR("month");
    case PARAM_FIELDS:
        return STR("id");
    case PARAM_FROM:
    case PARAM_TO:
        return ids->year;
    case PARAM_SELECTED:
        return ids->event;
    case PARAM_URL:
        return STR("/v1/events");
    default:
        return STR("");
    }
}

str example_of_term(enum item_kind kind, const char *term, const struct example_ids *ids)
{
    static const struct {
        const char *term;
        int kind;
    } things[] = {
        {"source", ITEM_SOURCE}, {"derives_from", ITEM_SOURCE}, {"member_of", ITEM_ACTOR},
        {"speaker", ITEM_ACTOR}, {"part_of", ITEM_PLACE},       {"parent", ITEM_TYPE},
    };
    if (strcmp(term, "id") == 0)
        return ids->items[kind];
    if (strcmp(term, "identifier") == 0)
        return STR("wikidata:Q227");
    if (strcmp(term, "name") == 0 || strcmp(term, "name_near") == 0)
        return kind == ITEM_ACTOR ? STR("Azerbaijan") : STR("Shusha");
    static const char *const events[] = {"about", "from", "to", "event"};
    for (size_t i = 0; i < sizeof things / sizeof *things; i++)
        if (strcmp(things[i].term, term) == 0)
            return ids->items[things[i].kind];
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (strcmp(events[i], term) == 0)
            return ids->event;
    if (kind == ITEM_ACTOR && strcmp(term, "kind") == 0)
        return STR("person");
    if (kind == ITEM_CLAIM && strcmp(term, "stance") == 0)
        return STR("asserts");
    if (kind == ITEM_RELATION && strcmp(term, "type") == 0)
        return STR("responds_to");
    return STR("");
}
