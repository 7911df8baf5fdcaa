#include "annals/read/table_group.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"

void table_group_init(struct table_group *g)
{
    *g = (struct table_group){.arena = arena_new()};
}

void table_group_free(struct table_group *g)
{
    arena_free(g->arena);
}

void table_group_clear(struct table_group *g)
{
    arena_reset(g->arena);
    *g = (struct table_group){.arena = g->arena};
}

bool table_group_has(const struct table_group *g, str id)
{
    return g->event.id.p != NULL && str_eq(g->event.id, id);
}

/* A thing that outlives its row. */
static struct table_thing keep(struct table_group *g, const struct table_thing *thing)
{
    struct table_thing kept = *thing;
    kept.id = arena_copy(g->arena, thing->id);
    kept.built.json = arena_copy(g->arena, thing->built.json);
    return kept;
}

static bool has_item(const json_t *array, const json_t *wanted)
{
    size_t i;
    json_t *item;
    json_array_foreach(array, i, item) if (json_equal(item, wanted)) return true;
    return false;
}

static void join(json_t *to, json_t *from)
{
    const char *key;
    json_t *value;
    json_object_foreach(from, key, value)
    {
        json_t *there = json_object_get(to, key);
        size_t i;
        json_t *item;
        if (there == NULL)
            json_object_set(to, key, value);
        else if (json_is_object(there) && json_is_object(value))
            json_object_update_missing(there, value);
        if (!json_is_array(there) || !json_is_array(value))
            continue;
        json_array_foreach(value, i, item)
        {
            if (!has_item(there, item))
                json_array_append(there, item);
        }
    }
}

/* Puts the JSON of a row's event into that at hand. Both were written by us. */
static void merge(struct table_group *g, str json)
{
    str before = g->event.built.json;
    json_t *to = json_loadb(before.p, before.n, 0, NULL);
    json_t *from = json_loadb(json.p, json.n, 0, NULL);
    ENSURE(to != NULL && from != NULL);
    join(to, from);
    char *text = json_dumps(to, JSON_COMPACT);
    ENSURE(text != NULL);
    if (strlen(text) != before.n || memcmp(text, before.p, before.n) != 0)
        g->event.built.json = arena_copy(g->arena, str_from(text));
    free(text);
    json_decref(to);
    json_decref(from);
}

bool table_group_add(struct table_group *g, const struct table_thing *thing)
{
    if (thing->kind == TABLE_THING_RELATION) {
        if (g->other_count < TABLE_GROUP_MOST)
            *ARENA_PUSH(g->arena, g->others, g->other_count, g->other_room) = keep(g, thing);
        return true;
    }
    if (g->rows == TABLE_GROUP_MOST)
        return false;
    g->rows++;
    if (g->event.id.p == NULL)
        g->event = keep(g, thing);
    else
        merge(g, thing->built.json);
    return true;
}
