#include "api/call.h"

#include <inttypes.h>

#include "api/instant.h"
#include "api/negotiate.h"
#include "base/jscan.h"
#include "base/nearest.h"

/* ---- format ---- */

static str names_of(struct call *x, unsigned set)
{
    struct buf names;
    buf_init(&names, 200);
    format_names(&names, set);
    str out = arena_copy(x->arena, buf_str(&names));
    buf_free(&names);
    return out;
}

/* format= names none of the formats. */
static bool refuse_name(struct call *x)
{
    struct nearest near = {.word = x->question.format};
    for (unsigned f = 0; f < FORMATS; f++)
        if (x->route->formats & FORMAT_BIT(f))
            nearest_try(&near, format_name((enum format)f));
    struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("format"),
                                    x->question.format, "there is no format of this name");
    if (near.best.n > 0)
        problem_hint(&x->problems, p, "did you mean \"%.*s\"?", STR_ARG(near.best));
    else
        problem_hint(&x->problems, p, "here are: %.*s", STR_ARG(names_of(x, x->route->formats)));
    return false;
}

/* A format that is asked for by name. */
static bool choose(struct call *x, str name, bool known)
{
    unsigned bit = known ? FORMAT_BIT(x->format) : 0;
    if (x->route->formats & bit)
        return true;
    return err_set(&x->err, ERR_NOT_ACCEPTABLE, "\"%.*s\" is not given here. Here are: %.*s.",
                   STR_ARG(str_sub(name, 0, 60)), STR_ARG(names_of(x, x->route->formats)));
}

static void refuse_shape(struct call *x, const char *parameter)
{
    problem_add(&x->problems, PROBLEM_PARAMETER, str_from(parameter), STR(""),
                "it does not apply to the format %s", format_name(x->format).p);
}

static void refuse_explain(struct call *x)
{
    struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("explain"), STR("true"),
                                    "it stands beside the items, where %s has no room",
                                    x->question.array ? "a bare list" : format_name(x->format).p);
    problem_hint(&x->problems, p, "ask for json, without shape=array");
}

static void fit_width(struct call *x)
{
    int width = x->question.width;
    bool txt = x->format == FORMAT_TXT;
    int least = txt ? CALL_LEAST_COLUMNS : CALL_LEAST_PIXELS;
    int most = txt ? CALL_MOST_COLUMNS : CALL_MOST_PIXELS;
    if (!txt && x->format != FORMAT_SVG)
        refuse_shape(x, "width");
    else if (width < least || width > most)
        problem_add(&x->problems, PROBLEM_PARAMETER, STR("width"),
                    arena_printf(x->arena, "%d", width), "as %s it is %s, from %d to %d",
                    format_name(x->format).p, txt ? "columns" : "pixels", least, most);
}

/* limit=all goes with the formats that are written as they come. */
static void fit_all(struct call *x)
{
    if (x->format == FORMAT_NDJSON || x->format == FORMAT_CSV)
        return;
    struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("limit"), STR("all"),
                                    "every row at once is given as ndjson or csv, not as %s",
                                    format_name(x->format).p);
    problem_hint(&x->problems, p, "ask for %.*s.ndjson or %.*s.csv, or follow `next`",
                 STR_ARG(x->match.stem), STR_ARG(x->match.stem));
}

/* The formats that are JSON with an envelope or by themselves; those that show members or columns
 * by choice; and those that show what hangs on an event. */
#define LAID_OUT                                                                                   \
    (FORMAT_BIT(FORMAT_JSON) | FORMAT_BIT(FORMAT_GEOJSON) | FORMAT_BIT(FORMAT_TIMELINEJS) |        \
     FORMAT_BIT(FORMAT_JSONLD))
#define SHOWS_PARTS (FORMAT_BIT(FORMAT_JSON) | FORMAT_BIT(FORMAT_NDJSON) | FORMAT_BIT(FORMAT_HTML))
#define SHOWS_FIELDS (SHOWS_PARTS | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_GEOJSON))

/* Parameters that only some formats can follow. */
static bool fits_shape(struct call *x)
{
    const struct question *q = &x->question;
    if (q->width > 0)
        fit_width(x);
    if (q->all)
        fit_all(x);
    if (q->explain && (x->format != FORMAT_JSON || q->array))
        refuse_explain(x);
    if (q->lang.n > 0 && (x->format == FORMAT_CSV || x->format == FORMAT_GEOJSON))
        refuse_shape(x, "lang"); /* their columns hold ids */
    if (x->format != FORMAT_JSON && q->array)
        refuse_shape(x, "shape");
    if (!(FORMAT_BIT(x->format) & LAID_OUT) && q->pretty)
        refuse_shape(x, "pretty");
    if (!(FORMAT_BIT(x->format) & SHOWS_FIELDS) && q->fields.n > 0)
        refuse_shape(x, "fields");
    if (!(FORMAT_BIT(x->format) & SHOWS_PARTS) && q->include)
        refuse_shape(x, "include");
    return !problem_any(&x->problems);
}

bool call_format(struct call *x)
{
    str suffix = x->match.suffix, asked = x->question.format;
    if (suffix.n > 0 && asked.n > 0 && !str_eq(suffix, asked)) {
        problem_add(&x->problems, PROBLEM_PARAMETER, STR("format"), asked,
                    "the path asks for \"%.*s\"", STR_ARG(str_sub(suffix, 0, 60)));
        return false;
    }
    str name = suffix.n > 0 ? suffix : asked;
    bool known = format_find(name, &x->format);
    if (suffix.n == 0 && asked.n > 0 && !known)
        return refuse_name(x);
    if (name.n > 0 && !choose(x, name, known))
        return false;
    if (name.n == 0)
        x->format = negotiate_pick(x->route->formats, negotiate_accepted(x->rq));
    return fits_shape(x);
}

/* ---- version ---- */

static bool refuse_version(struct call *x)
{
    struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("as_of"),
                                    x->question.as_of_text, "there is no such version yet");
    problem_hint(&x->problems, p, "the newest is %" PRId64, x->newest);
    return false;
}

static bool read_cursor(struct call *x)
{
    str text = x->question.cursor;
    if (cursor_read(text, store_id(x->api->store), x->arena, &x->cursor) &&
        x->cursor.version <= x->newest)
        return true;
    x->cursor = (struct cursor){0};
    struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("cursor"), text,
                                    "not a cursor that this store gave out");
    problem_hint(&x->problems, p, "take it from `next` of the page before, unchanged");
    return false;
}

bool call_version(struct call *x)
{
    const struct question *q = &x->question;
    x->version = x->newest;
    if (q->cursor.n > 0 && !read_cursor(x))
        return false;
    if (q->as_of == AS_OF_VERSION) {
        if (q->as_of_number > x->newest)
            return refuse_version(x);
        x->version = q->as_of_number;
        x->pinned = true;
    } else if (q->as_of == AS_OF_INSTANT) {
        if (!store_version_at(x->reader, q->as_of_number, &x->version, &x->err))
            return false;
        /* What is still to come may yet bring a version. */
        x->pinned = q->as_of_number < instant_now();
    }
    if (!x->cursor.after.given)
        return true;
    if (q->as_of != AS_OF_NEWEST && x->version != x->cursor.version) {
        problem_add(&x->problems, PROBLEM_PARAMETER, STR("cursor"), q->cursor,
                    "it goes on at version %" PRId64 ", not where as_of points", x->cursor.version);
        return false;
    }
    x->version = x->cursor.version;
    x->pinned = true;
    return true;
}

bool call_cursor_fits(struct call *x, uint64_t question)
{
    if (!x->cursor.after.given || x->cursor.question == question)
        return true;
    struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("cursor"),
                                    x->question.cursor, "it belongs to another question");
    problem_hint(&x->problems, p, "keep all filters and the order while paging");
    return false;
}

/* ---- fields ---- */

static bool is_known(const char *const *known, str object, str name, struct nearest *near)
{
    for (size_t i = 0; known != NULL && known[i] != NULL; i++) {
        if (str_eq(str_from(known[i]), name))
            return true;
        nearest_try(near, str_from(known[i]));
    }
    size_t at = 0;
    str key, value;
    while (object.n > 0 && jscan_member(object, &at, &key, &value)) {
        if (str_eq(key, name))
            return true;
        nearest_try(near, key);
    }
    return false;
}

bool call_fields(struct call *x, const char *const *known, str object)
{
    const struct strs *fields = &x->question.fields;
    for (size_t i = 0; i < fields->n; i++) {
        struct nearest near = {.word = fields->items[i]};
        if ((known == NULL && object.n == 0) || is_known(known, object, fields->items[i], &near))
            continue;
        struct problem *p = problem_add(&x->problems, PROBLEM_PARAMETER, STR("fields"),
                                        fields->items[i],
                                        x->format == FORMAT_CSV || x->format == FORMAT_GEOJSON
                                            ? "there is no column of this name"
                                            : "there is no member of this name");
        if (near.best.n > 0)
            problem_hint(&x->problems, p, "did you mean \"%.*s\"?", STR_ARG(near.best));
    }
    return !problem_any(&x->problems);
}

/* ---- what is not there ---- */

/* Some day had come before anybody is certain to have told of the event. */
static bool refuse_unheard(struct call *x, str id, int64_t known_from)
{
    struct buf when;
    int64_t seconds = known_from % PERIOD_DAY_SECONDS;
    if (known_from == READING_NEVER)
        return err_set(&x->err, ERR_NOT_FOUND,
                       "Of no source that tells of the event \"%.*s\" is it certain by when it was "
                       "published.",
                       STR_ARG(id));
    buf_init(&when, 100);
    if (seconds < 0)
        seconds += PERIOD_DAY_SECONDS;
    period_write_bound(&when, known_from - seconds, PERIOD_START);
    err_set(&x->err, ERR_NOT_FOUND,
            "The event \"%.*s\" was not known then: no source that tells of it was certainly "
            "published by %.*s. It is known from %.*s on.",
            STR_ARG(id), STR_ARG(str_sub(x->question.query.reading.known_as_asked.text, 0, 60)),
            STR_ARG(buf_str(&when)));
    buf_free(&when);
    return false;
}

bool call_missing(struct call *x, const char *what, str id, enum store_found found,
                  const struct gone *gone)
{
    str shown = str_sub(id, 0, 130);
    if (found == STORE_UNHEARD)
        return refuse_unheard(x, shown, gone->known_from);
    if (found == STORE_GONE && gone->version > 0)
        return err_set(&x->err, ERR_GONE,
                       "The %s \"%.*s\" was removed by changeset %" PRId64 "; as_of=%" PRId64
                       " still shows it.",
                       what, STR_ARG(shown), gone->version, gone->version - 1);
    if (found == STORE_GONE)
        return err_set(&x->err, ERR_NOT_FOUND, "The %s \"%.*s\" came after version %" PRId64 ".",
                       what, STR_ARG(shown), x->version);
    if (found == STORE_NEVER && gone->nearest.n > 0)
        return err_set(&x->err, ERR_NOT_FOUND, "There is no %s \"%.*s\". Did you mean \"%.*s\"?",
                       what, STR_ARG(shown), STR_ARG(gone->nearest));
    if (found == STORE_NEVER)
        return err_set(&x->err, ERR_NOT_FOUND, "There is no %s \"%.*s\".", what, STR_ARG(shown));
    return false;
}
