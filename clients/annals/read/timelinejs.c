#include "annals/read/timelinejs.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "annals/read/html_text.h"
#include "annals/read/moment.h"
#include "base/jscan.h"
#include "base/num.h"
#include "base/strmap.h"
#include "model/document.h"
#include "model/edtf.h"

#define TOKENS 500000

/* A timeline under way. */
struct reader {
    const struct reading_ask *ask;
    struct builder *out;
    struct arena *arena;
    str source;
    struct strmap ids;    /* of events, and how often each came */
    struct strmap places; /* that were built */
    bool cosmological;    /* years count from now, and have no calendar */
    int64_t displayed, unnamed, timeless, monthless;
};

/* A slide: where it stands, and what it says. */
struct slide {
    json_t *json;
    const char *pointer; /* of the object */
    int64_t line, column;
    str title, summary, date, place;
    const char *era; /* a tag for eras, else NULL */
};

/* ---- values ---- */

static str text_of(const json_t *value, struct arena *a)
{
    if (json_is_string(value))
        return arena_copy(a, (str){json_string_value(value), json_string_length(value)});
    if (json_is_integer(value))
        return arena_printf(a, "%lld", (long long)json_integer_value(value));
    if (json_is_real(value)) /* 2015.0 is 2015; what is no whole number is found where it is read */
        return arena_printf(a, "%.15g", json_real_value(value));
    return (str){0};
}

static str member_text(const json_t *object, const char *key, struct arena *a)
{
    return str_trim(text_of(json_object_get(object, key), a));
}

/* Words of HTML in one line. */
static str line_of(str html, struct arena *a)
{
    str text = html_text(html, a);
    char *line = arena_alloc(a, text.n + 1);
    for (size_t i = 0; i < text.n; i++)
        line[i] = text.p[i] == '\n' ? ' ' : text.p[i];
    return (str){line, text.n};
}

static void place_of(const struct reader *r, const char *pointer, int64_t *line, int64_t *column)
{
    jscan_line(r->ask->bytes, jscan_locate(r->ask->bytes, str_from(pointer)), line, column);
}

static struct problem *complain(const struct reader *r, const char *pointer, const char *what)
{
    int64_t line = 1, column = 1;
    if (r->ask->problems->n < PROBLEM_KEPT)
        place_of(r, pointer, &line, &column);
    return problem_add_line(r->ask->problems, line, column, "%s", what);
}

/* ---- dates ---- */

/* A part of a date; false where there is none. What is no number is a problem. */
static bool part(const struct reader *r, const json_t *date, const char *pointer, const char *key,
                 int64_t *out)
{
    str text = member_text(date, key, r->arena);
    if (text.n == 0)
        return false;
    bool negative = text.p[0] == '-' && text.n > 1;
    str digits = str_sub(text, negative, text.n);
    while (digits.n > 1 && digits.p[0] == '0')
        digits = str_sub(digits, 1, digits.n);
    if (!num_parse_range(digits, 0, PERIOD_LAST_YEAR / 2, out)) {
        const char *at = arena_printf(r->arena, "%s/%s", pointer, key).p;
        struct problem *p = complain(r, at, "this part of a date is no whole number");
        problem_hint(r->ask->problems, p, "a year, month, day, hour, minute or second");
        return false;
    }
    if (negative)
        *out = -*out;
    return true;
}

static bool small_part(const struct reader *r, const json_t *date, const char *pointer,
                       const char *key, int *out)
{
    int64_t number;
    if (!part(r, date, pointer, key, &number))
        return false;
    *out = number < 0 || number > 99 ? 99 : (int)number;
    return true;
}

/* The parts of an object {"year", "month", …}. False where there is no year. */
static bool moment_of_object(struct reader *r, const json_t *date, const char *pointer,
                             struct moment *out)
{
    if (!part(r, date, pointer, "year", &out->year))
        return false;
    small_part(r, date, pointer, "month", &out->month);
    if (out->month > 0)
        small_part(r, date, pointer, "day", &out->day);
    else
        r->monthless += member_text(date, "day", r->arena).n > 0;
    bool hour = small_part(r, date, pointer, "hour", &out->hour);
    out->timed = hour && small_part(r, date, pointer, "minute", &out->minute);
    if (out->timed)
        small_part(r, date, pointer, "second", &out->second);
    r->timeless += hour && !out->timed;
    r->displayed += member_text(date, "display_date", r->arena).n > 0;
    return true;
}

/* The ways of the first version without commas: 2011-12-10, 20111210, 201112101430, 12/10/2011 with
 * the month first. */
static bool moment_of_words(str text, struct moment *out)
{
    static const char *const patterns[] = {
        "%Y%m%d",         "%Y%m%d%H%M",        "%Y%m%d%H%M%S", "%m/%d/%Y",
        "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%Y",
    };
    if (text.n > 5 && moment_iso(text, out) && moment_valid(out))
        return true;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        if (text.n >= 6 && moment_pattern(text, str_from(patterns[i]), out) && moment_valid(out))
            return true;
    return false;
}

/* "2011,3,23" or "2011,3,23,14,30". False where there is none. */
static bool moment_of_list(const struct reader *r, const json_t *value, const char *pointer,
                           struct moment *out)
{
    str item, rest = str_trim(text_of(value, r->arena));
    int64_t parts[6] = {0, 0, 0, 0, 0, 0};
    size_t n = 0;
    bool more = rest.n > 0;
    if (!more)
        return false;
    if (moment_of_words(rest, out))
        return true;
    while (more && n < 6) {
        more = str_cut(rest, ',', &item, &rest);
        item = str_trim(item);
        while (item.n > 1 && item.p[0] == '0')
            item = str_sub(item, 1, item.n);
        if (item.n > 0 && !num_parse_range(item, n == 0 ? -PERIOD_LAST_YEAR / 2 : 0,
                                           n == 0 ? PERIOD_LAST_YEAR / 2 : 99, &parts[n])) {
            struct problem *p = complain(r, pointer, "this date cannot be read");
            problem_hint(r->ask->problems, p,
                         "as in 2011,3,23 or 2011,3,23,14,30 or 2011-03-23 or 3/23/2011");
            return false;
        }
        n++;
    }
    *out = (struct moment){.year = parts[0],
                           .month = (int)parts[1],
                           .day = (int)parts[2],
                           .timed = n > 4,
                           .hour = (int)parts[3],
                           .minute = (int)parts[4],
                           .second = (int)parts[5]};
    return true;
}

/* One end of a slide as EDTF; empty where it has none. */
static str end_text(struct reader *r, const struct slide *s, const char *key)
{
    struct moment m = {0};
    const json_t *value = json_object_get(s->json, key);
    const char *pointer = arena_printf(r->arena, "%s/%s", s->pointer, key).p;
    bool given = json_is_object(value) ? moment_of_object(r, value, pointer, &m)
                                       : moment_of_list(r, value, pointer, &m);
    if (!given)
        return (str){0};
    if (m.year < 0 && !r->cosmological)
        m.year++;
    if (moment_valid(&m))
        return moment_write(&m, MOMENT_EXACT, r->arena);
    complain(r, pointer, "there is no such day or time");
    return (str){0};
}

static void read_date(struct reader *r, struct slide *s, const char *start, const char *end)
{
    struct edtf value;
    struct edtf_error error;
    str from = end_text(r, s, start), to = end_text(r, s, end);
    s->date = from;
    if (to.n > 0 && !str_eq(from, to))
        s->date = arena_printf(r->arena, "%.*s/%.*s", STR_ARG(from), STR_ARG(to));
    if (s->date.n > 0 && !edtf_parse(s->date, &value, &error)) {
        struct problem *p = complain(r, s->pointer, "these two dates make no stretch of time");
        problem_hint(r->ask->problems, p, "%s", error.detail);
        s->date = (str){0};
    }
}

/* ---- places ---- */

/* The place of a slide, built when it is new; a point without a name is counted and left out. */
static str build_place(struct reader *r, const struct slide *s)
{
    int64_t known;
    const json_t *location = json_object_get(s->json, "location");
    const json_t *lat = json_object_get(location, "lat"), *lon = json_object_get(location, "lon");
    str name = line_of(member_text(location, "name", r->arena), r->arena);
    if (!json_is_object(location))
        return (str){0};
    if (name.n == 0) {
        r->unnamed++;
        return (str){0};
    }
    str id = reader_id(arena_printf(r->arena, "%.*s-%.*s", STR_ARG(r->source), STR_ARG(name)),
                       r->arena);
    if (strmap_get(&r->places, id, &known))
        return id;
    strmap_set(&r->places, id, 1);
    struct jout *j = builder_begin(r->out, BUILD_PLACE, s->line, s->column);
    jout_member_str(j, "id", id);
    jout_member_str(j, "name", name);
    if (json_is_number(lat) && json_is_number(lon) && isfinite(json_number_value(lat)) &&
        isfinite(json_number_value(lon))) {
        jout_key(j, "lat");
        jout_f64(j, json_number_value(lat));
        jout_key(j, "lon");
        jout_f64(j, json_number_value(lon));
    }
    builder_end(r->out);
    return id;
}

/* ---- events ---- */

/* The id that the file gives, else one of the date and the headline; what came before gets a
 * number behind it. */
static str event_id(struct reader *r, const struct slide *s)
{
    int64_t times = 0;
    str own = member_text(s->json, "unique_id", r->arena);
    str words = own.n > 0 ? own
                          : arena_printf(r->arena, "%.*s-%.*s", STR_ARG(s->date),
                                         STR_ARG(s->title.n > 0 ? s->title : s->summary));
    str id = reader_id(arena_printf(r->arena, "%.*s-%.*s", STR_ARG(r->source), STR_ARG(words)),
                       r->arena);
    while (strmap_get(&r->ids, id, &times)) {
        strmap_set(&r->ids, id, times + 1);
        id = reader_id(
            arena_printf(r->arena, "%.*s-%lld", STR_ARG(str_sub(id, 0, 100)), (long long)times + 1),
            r->arena);
    }
    strmap_set(&r->ids, id, 1);
    return id;
}

/* A tag has no comma: it would end there in a query. */
static bool write_tag(struct reader *r, struct jout *j, str html, bool any, str before)
{
    str tag = line_of(html, r->arena);
    char *copy = arena_alloc(r->arena, tag.n + 1);
    for (size_t i = 0; i < tag.n; i++)
        copy[i] = tag.p[i] == ',' ? ';' : tag.p[i];
    tag = str_trim((str){copy, tag.n});
    if (tag.n == 0 || str_eq(tag, before))
        return any;
    if (!any) {
        jout_key(j, "tags");
        jout_array(j);
    }
    jout_str(j, tag);
    return true;
}

static void write_tags(struct reader *r, struct jout *j, const struct slide *s)
{
    str era = str_from(s->era);
    str group = member_text(s->json, "group", r->arena);
    bool any = write_tag(r, j, group.n > 0 ? group : member_text(s->json, "tags", r->arena), false,
                         (str){0});
    any = write_tag(r, j, era, any, line_of(group, r->arena));
    if (any)
        jout_array_end(j);
}

static void write_media(struct reader *r, struct jout *j, const struct slide *s, const char *media,
                        const char *key)
{
    str url = member_text(json_object_get(s->json, media), key, r->arena);
    bool web = str_starts(url, STR("http://")) || str_starts(url, STR("https://"));
    if (!web || str_find(url, ' ') < url.n || str_find(url, '\n') < url.n)
        return;
    jout_key(j, "identifiers");
    jout_object(j);
    jout_member_str(j, "media", url);
    jout_object_end(j);
}

static void build_event(struct reader *r, struct slide *s, const char *media, const char *url)
{
    s->place = build_place(r, s);
    str id = event_id(r, s);
    struct jout *j = builder_begin(r->out, BUILD_EVENT, s->line, s->column);
    jout_member_str(j, "id", id);
    jout_member_str_if(j, "title", s->title);
    jout_member_str_if(j, "summary", s->summary);
    jout_member_str_if(j, "date", s->date);
    if (s->place.n > 0) {
        jout_key(j, "places");
        jout_array(j);
        jout_str(j, s->place);
        jout_array_end(j);
    }
    write_tags(r, j, s);
    write_media(r, j, s, media, url);
    builder_end(r->out);
}

/* A walk over the items of a list, for their places. */
struct walk {
    str list;
    size_t at;     /* in the list */
    size_t passed; /* bytes of the file whose lines were counted */
    int64_t line, column;
};

static struct walk walk_begin(const struct reader *r, const char *pointer)
{
    size_t from = jscan_locate(r->ask->bytes, str_from(pointer));
    struct walk w = {.list = str_sub(r->ask->bytes, from, r->ask->bytes.n), .passed = from};
    jscan_line(r->ask->bytes, from, &w.line, &w.column);
    return w;
}

/* On to the next item; what stands in the same line as the one before goes on from its column. */
static void walk_next(const struct reader *r, struct walk *w)
{
    str item;
    int64_t line, column;
    if (!jscan_element(w->list, &w->at, &item))
        return;
    size_t from = (size_t)(item.p - r->ask->bytes.p);
    str between = str_sub(r->ask->bytes, w->passed, from - w->passed);
    jscan_line(between, between.n, &line, &column);
    w->column = line > 1 ? column : w->column + column - 1;
    w->line += line - 1;
    w->passed = from;
}

/* The events of a list; `older` is the form of the first version. */
static void read_slides(struct reader *r, const json_t *list, const char *pointer, const char *era,
                        bool older)
{
    size_t i;
    json_t *item;
    struct walk walk = walk_begin(r, pointer);
    json_array_foreach(list, i, item)
    {
        walk_next(r, &walk);
        struct slide s = {.json = item,
                          .pointer = arena_printf(r->arena, "%s/%zu", pointer, i).p,
                          .line = walk.line,
                          .column = walk.column,
                          .era = era};
        if (!json_is_object(item)) {
            complain(r, s.pointer, "this is no slide: an object");
            continue;
        }
        const json_t *words = older ? item : json_object_get(item, "text");
        s.title = line_of(member_text(words, "headline", r->arena), r->arena);
        s.summary = html_text(member_text(words, "text", r->arena), r->arena);
        r->displayed += member_text(item, "display_date", r->arena).n > 0;
        read_date(r, &s, older ? "startDate" : "start_date", older ? "endDate" : "end_date");
        build_event(r, &s, older ? "asset" : "media", older ? "media" : "url");
    }
}

/* ---- the file ---- */

/* JSONP: "name(…);" and "name = …;" as blanks around the object, so that places stay as they are.
 */
static str without_wrapper(str bytes, struct arena *a)
{
    size_t from = str_find(bytes, '{'), to = bytes.n;
    str before = str_trim(str_sub(bytes, 0, from));
    while (to > from && bytes.p[to - 1] != '}')
        to--;
    str behind = str_trim(str_sub(bytes, to, bytes.n));
    bool called = str_ends(before, STR("(")) && str_starts(behind, STR(")"));
    if (!called && !str_ends(before, STR("=")))
        return bytes;
    char *plain = arena_alloc(a, bytes.n + 1);
    for (size_t i = 0; i < bytes.n; i++) {
        bool blank = (i < from || i >= to) && bytes.p[i] != '\n' && bytes.p[i] != '\r';
        plain[i] = blank ? ' ' : bytes.p[i];
    }
    return (str){plain, bytes.n};
}

static json_t *parse(str bytes, struct problems *problems)
{
    json_error_t error;
    size_t at;
    int64_t line, column;
    if (!jscan_within(bytes, DOCUMENT_DEPTH, TOKENS, &at)) {
        if (problems != NULL) {
            jscan_line(bytes, at, &line, &column);
            problem_add_line(problems, line, column,
                             "the timeline is nested too deeply or has too many values");
        }
        return NULL;
    }
    json_t *root = json_loadb(bytes.p, bytes.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (root == NULL && problems != NULL)
        problem_add_line(problems, error.line > 0 ? error.line : 1,
                         error.column > 0 ? error.column : 1, "this is not well-formed JSON: %s",
                         error.text);
    return root;
}

bool timelinejs_is(str bytes)
{
    if (bytes.n > DOCUMENT_LARGEST)
        return false;
    struct arena *a = arena_new();
    json_t *root = parse(without_wrapper(bytes, a), NULL);
    bool older = json_is_array(json_object_get(json_object_get(root, "timeline"), "date"));
    bool newer = (json_is_array(json_object_get(root, "events")) ||
                  json_is_array(json_object_get(root, "eras"))) &&
                 json_object_get(root, "annals") == NULL;
    json_decref(root);
    arena_free(a);
    return older || newer;
}

static void build_source(struct reader *r, const json_t *words)
{
    str title = line_of(member_text(words, "headline", r->arena), r->arena);
    const struct mapping_finding found[] = {{"title", title.n > 0 ? title : r->ask->name},
                                            {NULL, {0}}};
    r->source = mapping_source_id(r->ask->map, reader_id(r->ask->name, r->arena));
    mapping_source(r->ask->map, builder_begin(r->out, BUILD_SOURCE, 1, 1), r->source, found);
    builder_end(r->out);
    mapping_declare(r->ask->map, r->out);
}

static void tell(const struct reader *r)
{
    const struct {
        int64_t n;
        const char *words;
    } notes[] = {
        {r->displayed, "the words for a date (display_date)"},
        {r->unnamed, "the location, which has no name,"},
        {r->timeless, "the hour, which has no minute,"},
        {r->monthless, "the day, which has no month,"},
    };
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (notes[i].n > 0 && r->ask->notes != NULL)
            problem_add_line(r->ask->notes, 1, 1, "left out: %s of %lld slide%s", notes[i].words,
                             (long long)notes[i].n, notes[i].n == 1 ? "" : "s");
}

static bool read_root(struct reader *r, const json_t *root)
{
    const json_t *older = json_object_get(root, "timeline");
    if (json_is_object(older)) {
        build_source(r, older);
        read_slides(r, json_object_get(older, "date"), "/timeline/date", NULL, true);
        read_slides(r, json_object_get(older, "era"), "/timeline/era", "era", true);
    } else if (json_is_array(json_object_get(root, "events")) ||
               json_is_array(json_object_get(root, "eras"))) {
        const char *scale = json_string_value(json_object_get(root, "scale"));
        r->cosmological = scale != NULL && str_eq(str_from(scale), STR("cosmological"));
        build_source(r, json_object_get(json_object_get(root, "title"), "text"));
        read_slides(r, json_object_get(root, "events"), "/events", NULL, false);
        read_slides(r, json_object_get(root, "eras"), "/eras", "era", false);
    } else {
        struct problem *p = problem_add_line(r->ask->problems, 1, 1, "this is no timeline");
        problem_hint(r->ask->problems, p,
                     "the JSON of TimelineJS is an object with a list \"events\"");
        return false;
    }
    tell(r);
    return true;
}

bool timelinejs_read(const struct reading_ask *ask, struct builder *out)
{
    struct reading_ask mine = *ask;
    struct reader r = {.ask = &mine, .out = out, .arena = ask->arena};
    if (!reader_check(ask->bytes, DOCUMENT_LARGEST, ask->problems))
        return false;
    mine.bytes = without_wrapper(ask->bytes, ask->arena);
    json_t *root = parse(mine.bytes, ask->problems);
    if (root == NULL)
        return false;
    strmap_init(&r.ids, r.arena);
    strmap_init(&r.places, r.arena);
    bool read = read_root(&r, root);
    json_decref(root);
    return read;
}
