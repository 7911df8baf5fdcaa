#include "annals/read/table_thing.h"

#include <math.h>
#include <stdlib.h>

#include "annals/read/reader.h"
#include "annals/read/table_date.h"
#include "base/check.h"
#include "base/jout.h"
#include "model/document.h"

/* A thing under way. */
struct draft {
    struct table_things *all;
    struct buf text;
    struct jout out;
};

static struct jout *begin(struct draft *d, struct table_things *all)
{
    d->all = all;
    buf_init(&d->text, TABLE_ROW_LARGEST);
    jout_init(&d->out, &d->text);
    jout_object(&d->out);
    return &d->out;
}

static void end(struct draft *d, enum build_kind kind, enum table_thing_kind thing, str id)
{
    struct table_context *x = d->all->context;
    jout_object_end(&d->out);
    if (buf_failed(&d->text)) {
        problem_add_line(x->problems, x->row->line, 1,
                         "what this row makes is larger than 256 KiB");
        x->refused = true;
    }
    str json = arena_copy(x->arena, buf_str(&d->text));
    buf_free(&d->text);
    *ARENA_PUSH(x->arena, d->all->items, d->all->n, d->all->room) = (struct table_thing){
        .kind = thing,
        .id = id.n > 0 ? id : json,
        .built = {.kind = kind, .json = json, .line = x->row->line, .column = 1}};
}

/* ---- values as properties ---- */

/* Line breaks and tabs, which a title or name may not hold, become blanks. */
static str one_line(str text, struct arena *a)
{
    size_t n = 0;
    if (str_find(text, '\n') == text.n && str_find(text, '\r') == text.n &&
        str_find(text, '\t') == text.n)
        return text;
    char *line = arena_alloc(a, text.n);
    for (size_t i = 0; i < text.n; i++) {
        bool space = text.p[i] == '\n' || text.p[i] == '\r' || text.p[i] == '\t';
        if (!space)
            line[n++] = text.p[i];
        else if (n > 0 && line[n - 1] != ' ')
            line[n++] = ' ';
    }
    return (str){line, n};
}

/* A value as an id: as it is where it is one, else made to one. */
static bool id_value(struct table_context *x, const struct table_value *v, str *out)
{
    if (!table_cell_value(x, v, out))
        return false;
    if (!document_is_id(*out))
        *out = reader_id(*out, x->arena);
    return true;
}

static bool line_value(struct table_context *x, const struct table_value *v, str *out)
{
    if (!table_cell_value(x, v, out))
        return false;
    *out = one_line(*out, x->arena);
    return true;
}

static void write_line(struct table_context *x, struct jout *j, const char *key,
                       const struct table_value *v)
{
    str text;
    if (line_value(x, v, &text))
        jout_member_str(j, key, text);
}

/* Of two values for one scheme the first that says something holds. */
static void write_identifiers(struct table_context *x, struct jout *j,
                              const struct table_identifiers *ids)
{
    bool any = false;
    for (size_t i = 0; i < ids->n; i++) {
        str text;
        if (!line_value(x, &ids->items[i].value, &text))
            continue;
        if (!any) {
            jout_key(j, "identifiers");
            jout_object(j);
            any = true;
        }
        jout_key_str(j, ids->items[i].scheme);
        jout_str(j, text);
    }
    if (any)
        jout_object_end(j);
}

/* Other names; the name itself is none of them. */
static void write_names(struct table_context *x, struct jout *j, const struct table_value *v,
                        str name)
{
    struct table_words names = table_cell_list(x, v);
    bool any = false;
    for (size_t i = 0; i < names.n; i++) {
        str other = one_line(names.items[i], x->arena);
        if (str_eq(other, name))
            continue;
        if (!any) {
            jout_key(j, "names");
            jout_array(j);
            any = true;
        }
        jout_object(j);
        jout_member_str(j, "name", other);
        jout_object_end(j);
    }
    if (any)
        jout_array_end(j);
}

static void write_strs(struct jout *j, const char *key, const struct table_words *words)
{
    if (words->n == 0)
        return;
    jout_key(j, key);
    jout_array(j);
    for (size_t i = 0; i < words->n; i++)
        jout_str(j, words->items[i]);
    jout_array_end(j);
}

/* ---- actors ---- */

/* A participant as the event refers to it. */
struct taking_part {
    str actor, role;
};

struct parts {
    struct taking_part *items;
    size_t n, room;
};

/* The id that a thing has by its name, within the authority. */
static str named_id(struct table_things *all, str name)
{
    struct arena *a = all->context->arena;
    return reader_id(arena_printf(a, "%.*s-%.*s", STR_ARG(all->authority), STR_ARG(name)), a);
}

static void build_actor(struct table_things *all, const struct table_actor *actor,
                        struct parts *parts)
{
    struct table_context *x = all->context;
    struct taking_part part = {0};
    struct draft d;
    str name;
    if (!table_cell_tests(x, actor->tests, actor->test_count) ||
        !line_value(x, &actor->name, &name))
        return;
    if (!id_value(x, &actor->id, &part.actor))
        part.actor = named_id(all, name);
    id_value(x, &actor->role, &part.role);
    for (size_t i = 0; i < parts->n; i++)
        if (str_eq(parts->items[i].actor, part.actor) && str_eq(parts->items[i].role, part.role))
            return;
    *ARENA_PUSH(x->arena, parts->items, parts->n, parts->room) = part;
    struct jout *j = begin(&d, all);
    jout_member_str(j, "id", part.actor);
    jout_member_str(j, "name", name);
    write_line(x, j, "kind", &actor->kind);
    write_identifiers(x, j, &actor->identifiers);
    write_names(x, j, &actor->names, name);
    end(&d, BUILD_ACTOR, TABLE_THING_SHARED, part.actor);
}

static void build_actors(struct table_things *all, const struct table_event *event,
                         struct parts *parts)
{
    struct table_context *x = all->context;
    for (size_t i = 0; i < event->participant_count; i++) {
        const struct table_actor *actor = &event->participants[i];
        size_t n = table_cell_parts(x, &actor->name, actor->split);
        for (size_t part = 0; part < n; part++) {
            if (n > 1)
                table_cell_part(x, part);
            build_actor(all, actor, parts);
        }
        table_cell_parts(x, &actor->name, (str){0});
    }
}

static void write_participants(struct jout *j, const struct parts *parts)
{
    if (parts->n == 0)
        return;
    jout_key(j, "participants");
    jout_array(j);
    for (size_t i = 0; i < parts->n; i++) {
        jout_object(j);
        jout_member_str(j, "actor", parts->items[i].actor);
        jout_member_str_if(j, "role", parts->items[i].role);
        jout_object_end(j);
    }
    jout_array_end(j);
}

/* ---- places ---- */

/* A coordinate: a number within the limit, on either side. False: missing, or refused. */
static bool coordinate(struct table_context *x, const struct table_value *v, double limit,
                       const char *what, double *out)
{
    str text;
    if (!table_cell_value(x, v, &text))
        return false;
    char *last;
    const char *word = arena_copy(x->arena, text).p;
    *out = strtod(word, &last);
    bool number = last == word + text.n && str_find(text, 'x') == text.n &&
                  str_find(text, 'X') == text.n && isfinite(*out);
    if (number && *out >= -limit && *out <= limit)
        return true;
    table_cell_refuse(x, v, text, what);
    return false;
}

static void write_point(struct table_context *x, struct jout *j, const struct table_place *place)
{
    double lat, lon;
    bool has_lat = coordinate(x, &place->lat, 90, "is no latitude, from -90 to 90", &lat);
    bool has_lon = coordinate(x, &place->lon, 180, "is no longitude, from -180 to 180", &lon);
    if (!has_lat || !has_lon)
        return;
    jout_key(j, "lat");
    jout_f64(j, lat);
    jout_key(j, "lon");
    jout_f64(j, lon);
}

/* Tables fill up what they do not know with what lies around it: then it is one place. */
static bool adds_nothing(struct table_context *x, const struct table_place *around, str name)
{
    str other;
    return !table_cell_tests(x, around->tests, around->test_count) ||
           !line_value(x, &around->name, &other) || str_eq(name, other);
}

/* The id of the place, or of the nearest one around it that has a name; empty where none has. What
 * holds it comes before it. */
static str build_place(struct table_things *all, const struct table_place *place)
{
    struct table_context *x = all->context;
    struct draft d;
    str name, id, whole = {0};
    bool named = table_cell_tests(x, place->tests, place->test_count) &&
                 line_value(x, &place->name, &name);
    const struct table_place *around = place->part_of;
    while (named && around != NULL && adds_nothing(x, around, name))
        around = around->part_of;
    if (around != NULL)
        whole = build_place(all, around);
    if (!named)
        return whole;
    if (!id_value(x, &place->id, &id))
        id = whole.n > 0
                 ? reader_id(arena_printf(x->arena, "%.*s-%.*s", STR_ARG(whole), STR_ARG(name)),
                             x->arena)
                 : named_id(all, name);
    if (str_eq(id, whole))
        return whole;
    struct jout *j = begin(&d, all);
    jout_member_str(j, "id", id);
    jout_member_str(j, "name", name);
    write_point(x, j, place);
    write_identifiers(x, j, &place->identifiers);
    write_names(x, j, &place->names, name);
    jout_member_str_if(j, "part_of", whole);
    end(&d, BUILD_PLACE, TABLE_THING_SHARED, id);
    return id;
}

static struct table_words build_places(struct table_things *all, const struct table_event *event)
{
    struct table_context *x = all->context;
    struct table_words ids = {0};
    size_t room = 0;
    for (size_t i = 0; i < event->place_count; i++) {
        const struct table_place *place = &event->places[i];
        size_t n = table_cell_parts(x, &place->name, place->split);
        for (size_t part = 0; part < n; part++) {
            if (n > 1)
                table_cell_part(x, part);
            str id = build_place(all, place);
            if (id.n > 0 && !table_words_have(&ids, id))
                *ARENA_PUSH(x->arena, ids.items, ids.n, room) = id;
        }
        table_cell_parts(x, &place->name, (str){0});
    }
    return ids;
}

/* ---- events ---- */

/* A comma would end a tag in a query; a semicolon takes its place. */
static str without_commas(str text, struct arena *a)
{
    if (str_find(text, ',') == text.n)
        return text;
    char *tag = arena_alloc(a, text.n);
    for (size_t i = 0; i < text.n; i++)
        tag[i] = text.p[i] == ',' ? ';' : text.p[i];
    return (str){tag, text.n};
}

static void write_tags(struct table_context *x, struct jout *j, const struct table_value *v)
{
    struct table_words tags = table_cell_list(x, v);
    for (size_t i = 0; i < tags.n; i++)
        tags.items[i] = without_commas(one_line(tags.items[i], x->arena), x->arena);
    write_strs(j, "tags", &tags);
}

static void build_relation(struct table_things *all, const struct table_relation *r, str event)
{
    struct table_context *x = all->context;
    struct draft d;
    str type, other;
    bool from = r->from.n > 0;
    if (!table_cell_tests(x, r->tests, r->test_count) || !id_value(x, &r->type, &type) ||
        !id_value(x, from ? &r->from : &r->to, &other) || str_eq(other, event))
        return;
    struct jout *j = begin(&d, all);
    jout_member_str(j, "from", from ? other : event);
    jout_member_str(j, "type", type);
    jout_member_str(j, "to", from ? event : other);
    end(&d, BUILD_RELATION, TABLE_THING_RELATION, (str){0});
}

/* False: the row has no id for it. */
static bool build_event(struct table_things *all, const struct table_event *event,
                        enum table_thing_kind kind)
{
    struct table_context *x = all->context;
    struct parts parts = {0};
    struct draft d;
    str id, text;
    bool widened = false;
    if (!id_value(x, &event->id, &id))
        return false;
    build_actors(all, event, &parts);
    struct table_words places = build_places(all, event);
    struct jout *j = begin(&d, all);
    jout_member_str(j, "id", id);
    write_line(x, j, "title", &event->title);
    if (table_cell_value(x, &event->summary, &text))
        jout_member_str(j, "summary", text);
    if (table_date_text(x, &event->date, &text, &widened))
        jout_member_str(j, "date", text);
    if (id_value(x, &event->type, &text))
        jout_member_str(j, "type", text);
    write_participants(j, &parts);
    write_strs(j, "places", &places);
    write_tags(x, j, &event->tags);
    write_identifiers(x, j, &event->identifiers);
    end(&d, BUILD_EVENT, kind, id);
    all->widened += widened;
    return true;
}

static void build_relations(struct table_things *all, const struct table_event *event)
{
    str id;
    if (event->relation_count == 0 || !id_value(all->context, &event->id, &id))
        return;
    for (size_t i = 0; i < event->relation_count; i++)
        build_relation(all, &event->relations[i], id);
}

static bool is_wanted(struct table_things *all, const struct table_event *event)
{
    return table_cell_tests(all->context, event->tests, event->test_count);
}

void table_things_build(struct table_things *all)
{
    struct table_context *x = all->context;
    const struct table_map *map = x->binding->map;
    for (size_t i = 0; i < map->also_count; i++)
        if (is_wanted(all, &map->also[i]))
            build_event(all, &map->also[i], TABLE_THING_BESIDE);
    if (!build_event(all, &map->event, TABLE_THING_ROW) && !x->refused)
        table_cell_refuse(x, &map->event.id, (str){0},
                          "this row has nothing that makes an id for its event");
    for (size_t i = 0; i < map->also_count; i++)
        if (is_wanted(all, &map->also[i]))
            build_relations(all, &map->also[i]);
    build_relations(all, &map->event);
}
