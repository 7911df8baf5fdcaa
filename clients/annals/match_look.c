/* What the store has: lists of items by a filter, in few requests. */
#include <jansson.h>

#include "annals/match.h"
#include "base/likeness.h"

/* Bytes of an address, and values of a filter, that every server takes. */
#define LONGEST_TARGET 7000
#define MOST_VALUES 250
/* Things of one page. Where more have one name, the first ones make it doubtful as well. */
#define PAGE "1000"

static str text_of(const json_t *object, const char *key, struct arena *a)
{
    const json_t *value = json_object_get(object, key);
    return arena_copy(a, (str){json_string_value(value), json_string_length(value)});
}

static void take_identifiers(const json_t *object, struct arena *a, struct match_thing *out)
{
    const char *scheme;
    json_t *value;
    size_t room = 0;
    json_object_foreach((json_t *)(uintptr_t)object, scheme, value)
    {
        if (json_is_string(value))
            *ARENA_PUSH(a, out->identifiers.items, out->identifiers.n, room) = (struct identifier){
                arena_copy(a, str_from(scheme)),
                arena_copy(a, (str){json_string_value(value), json_string_length(value)})};
    }
}

static void take_names(const json_t *item, struct arena *a, struct match_thing *out)
{
    const json_t *names = json_object_get(item, "names");
    size_t n = json_array_size(names);
    out->folds = ARENA_ARRAY(a, str, n + 1);
    out->folds[out->fold_count++] = likeness_fold(out->name, a);
    for (size_t i = 0; i < n; i++)
        out->folds[out->fold_count++] = likeness_fold(text_of(json_array_get(names, i), "name", a),
                                                      a);
}

static void take_item(const json_t *item, struct arena *a, struct match_thing *out)
{
    const json_t *lat = json_object_get(item, "lat"), *lon = json_object_get(item, "lon");
    const json_t *sources = json_object_get(item, "sources");
    size_t room = 0;
    *out = (struct match_thing){.id = text_of(item, "id", a),
                                .name = text_of(item, "name", a),
                                .kind = text_of(item, "kind", a),
                                .has_point = json_is_number(lat) && json_is_number(lon),
                                .lat = json_number_value(lat),
                                .lon = json_number_value(lon)};
    take_identifiers(json_object_get(item, "identifiers"), a, out);
    take_names(item, a, out);
    for (size_t i = 0; i < json_array_size(sources); i++) {
        const json_t *source = json_array_get(sources, i);
        *ARENA_PUSH(a, out->sources.items, out->sources.n, room) = arena_copy(
            a, (str){json_string_value(source), json_string_length(source)});
    }
}

bool match_thing_read(str json, struct arena *a, struct match_thing *out)
{
    json_t *root = json.n > 0 ? json_loadb(json.p, json.n, JSON_ALLOW_NUL, NULL) : NULL;
    if (root != NULL)
        take_item(root, a, out);
    json_decref(root);
    return root != NULL && document_is_id(out->id) && out->name.n > 0;
}

static bool take_items(str body, struct arena *a, struct match_found *out)
{
    json_t *root = body.n > 0 ? json_loadb(body.p, body.n, JSON_ALLOW_NUL, NULL) : NULL;
    const json_t *items = json_object_get(root, "items");
    bool fine = json_is_array(items);
    for (size_t i = 0; i < json_array_size(items); i++)
        take_item(json_array_get(items, i), a, ARENA_PUSH(a, out->things, out->n, out->room));
    json_decref(root);
    return fine;
}

static bool ask(struct match *m, str target, struct match_found *out, struct err *e)
{
    static const char *const headers[] = {"Accept: application/json", NULL};
    struct http_request rq = {
        .method = "GET", .target = target, .headers = headers, .repeat = true};
    struct http_answer answer;
    struct arena *scratch = arena_new();
    bool came = http_send(m->http, &rq, scratch, &answer, e);
    bool fine = came && answer.status == 200 && take_items(answer.body, m->arena, out);
    if (came && !fine) {
        m->refusal = (struct http_answer){.status = answer.status,
                                          .type = arena_copy(m->arena, answer.type),
                                          .body = arena_copy(m->arena, answer.body)};
        err_set(e, ERR_STORE, "the server does not say what it has: status %d", answer.status);
    }
    arena_free(scratch);
    return fine;
}

bool match_ask(struct match *m, enum match_list list, const char *filter, const struct strs *values,
               struct match_found *out, struct err *e)
{
    struct buf target;
    bool fine = true;
    buf_init(&target, (size_t)64 * 1024);
    for (size_t i = 0; i < values->n && fine;) {
        size_t in_this = 0;
        buf_clear(&target);
        buf_printf(&target, "/v1/%s?limit=" PAGE "&%s=", match_segment(list), filter);
        do {
            if (in_this > 0)
                buf_add_char(&target, ',');
            http_encode(&target, values->items[i++]);
            in_this++;
        } while (i < values->n && in_this < MOST_VALUES &&
                 target.n + 3 * values->items[i].n < LONGEST_TARGET);
        /* A value too long for any address is not asked for: nothing has such a name. */
        if (!buf_failed(&target) && target.n <= LONGEST_TARGET)
            fine = ask(m, buf_str(&target), out, e);
    }
    buf_free(&target);
    return fine;
}
