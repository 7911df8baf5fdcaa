#include "model/record.h"

#include <jansson.h>
#include <math.h>

#include "base/check.h"
#include "model/document_check.h"
#include "model/document_read.h"

struct record_source {
    struct document_source said;
    struct document_text text;
};

static const struct {
    const char *key;
    const char *list;
} kinds[] = {
#define X(kind, key, list) [kind] = {key, list},
    RECORD_TABLE(X)
#undef X
};

const char *record_key(enum record_kind kind)
{
    ENSURE(kind < RECORD_KINDS);
    return kinds[kind].key;
}

static bool kind_of(str key, enum record_kind *out)
{
    for (int k = 0; k < RECORD_KINDS; k++)
        if (str_eq(key, str_from(kinds[k].key))) {
            *out = (enum record_kind)k;
            return true;
        }
    return false;
}

void record_place(struct problems *problems, size_t first, enum record_kind kind)
{
    if (kind >= RECORD_KINDS)
        return;
    str list = arena_printf(problems->arena, "/%s/0", kinds[kind].list);
    for (size_t i = first; i < problems->n; i++) {
        struct problem *p = &problems->items[i];
        if (p->place == PROBLEM_POINTER && str_starts(p->at, list))
            p->at = arena_printf(problems->arena, "/%s%.*s", kinds[kind].key,
                                 STR_ARG(str_sub(p->at, list.n, p->at.n)));
    }
}

/* ---- the three kinds of lines ---- */

static void read_source(struct reading *r, json_t *json, struct record *out)
{
    document_read(r, json, out->document);
    const char *key;
    json_t *value;
    json_object_foreach(json, key, value)
    {
        struct step at = {NULL, key, 0};
        if (json_is_array(value))
            document_problem_hinted(r, &at, "each of them follows on a line of its own",
                                    "a line that begins a source holds nothing else");
    }
}

static void read_part(struct reading *r, json_t *json, const struct record_source *source,
                      struct record *out)
{
    struct document *d = out->document;
    size_t first = r->problems->n;
    d->source = source->said;
    document_read_item(r, kinds[out->kind].list, kinds[out->kind].key, json, d);
    for (size_t i = 0; i < d->place_count; i++)
        d->places[i].has_point = !isnan(d->places[i].lat) && !isnan(d->places[i].lon);
    document_check_repeats(r, d);
    document_circle_check(r, d);
    document_text_evidence(r, &source->text, d);
    record_place(r->problems, first, out->kind);
}

static void read_remove(struct reading *r, json_t *json, struct record *out)
{
    struct step at = {NULL, "remove", 0};
    void *only = json_is_object(json) ? json_object_iter(json) : NULL;
    if (only == NULL || json_object_size(json) != 1) {
        document_problem_hinted(r, &at, "{\"remove\":{\"event\":\"an-id\"}}",
                                "an object with one key, the kind of thing, is needed here");
        return;
    }
    struct step here = {&at, json_object_iter_key(only), 0};
    json_t *id = json_object_iter_value(only);
    if (!kind_of(str_from(here.key), &out->removed)) {
        struct choice choice;
        document_problem_choose(&choice, str_from(here.key));
        for (int k = 0; k < RECORD_KINDS; k++)
            document_problem_choice(&choice, kinds[k].key);
        document_problem_chosen(r, &choice,
                                document_problem(r, &here, STR(""), "there is no such kind"));
        return;
    }
    out->id = json_is_string(id)
                  ? arena_copy(r->arena, (str){json_string_value(id), json_string_length(id)})
                  : (str){0};
    if (!json_is_string(id))
        document_problem_type(r, id, "a string", &here);
    else if (!document_is_id(out->id))
        document_problem_hinted(r, &here, "lower-case letters, digits, - and _",
                                "this is not an id");
}

struct record_source *record_begin(struct document_source *said, struct arena *arena,
                                   struct problems *problems)
{
    size_t before = problems->n + problems->more;
    struct reading r = {arena, problems};
    struct record_source *source = ARENA_NEW(arena, struct record_source);
    document_text_begin(&r, said, &source->text);
    source->said = *said;
    return problems->n + problems->more == before ? source : NULL;
}

const struct document_source *record_said(const struct record_source *source)
{
    return &source->said;
}

/* ---- a line ---- */

static void refuse_keys(struct reading *r, json_t *json)
{
    void *first = json_object_iter(json);
    if (json_object_size(json) > 1) {
        document_problem_hinted(r, NULL, "one line for each of them",
                                "a line holds one thing, under one key");
        return;
    }
    struct choice choice;
    document_problem_choose(&choice, str_from(first ? json_object_iter_key(first) : ""));
    document_problem_choice(&choice, "annals");
    document_problem_choice(&choice, "remove");
    for (int k = 0; k < RECORD_KINDS; k++)
        document_problem_choice(&choice, kinds[k].key);
    struct step at = {NULL, first ? json_object_iter_key(first) : "", 0};
    document_problem_chosen(r, &choice,
                            document_problem(r, first ? &at : NULL, STR(""), "no line begins so"));
}

static bool find_kind(struct reading *r, json_t *json, struct record *out)
{
    if (!json_is_object(json)) {
        document_problem_type(r, json, "an object", NULL);
        return false;
    }
    if (json_object_get(json, "annals") != NULL || json_object_get(json, "source") != NULL) {
        out->kind = RECORD_SOURCE;
        return true;
    }
    const char *key = json_object_iter_key(json_object_iter(json));
    if (json_object_size(json) == 1 && str_eq(str_from(key), STR("remove"))) {
        out->kind = RECORD_REMOVE;
        return true;
    }
    if (json_object_size(json) == 1 && kind_of(str_from(key), &out->kind))
        return true;
    refuse_keys(r, json);
    return false;
}

static void read_line(struct reading *r, json_t *json, size_t size,
                      const struct record_source *source, struct record *out)
{
    if (!find_kind(r, json, out))
        return;
    if (out->kind == RECORD_SOURCE) {
        out->document = ARENA_NEW(r->arena, struct document);
        read_source(r, json, out);
        return;
    }
    json_t *value = json_object_iter_value(json_object_iter(json));
    if (size > RECORD_LARGEST) {
        document_problem(r, NULL, STR(""), "the line has %zu bytes; at most %zu are read", size,
                         RECORD_LARGEST);
    } else if (source == NULL) {
        document_problem_hinted(r, NULL, "{\"annals\":1,\"source\":{…}} comes before it",
                                "no source says this");
    } else if (out->kind == RECORD_REMOVE) {
        read_remove(r, value, out);
    } else {
        out->document = ARENA_NEW(r->arena, struct document);
        read_part(r, value, source, out);
    }
}

bool record_decode(str line, const struct record_source *source, struct arena *arena,
                   struct problems *problems, struct record *out)
{
    size_t before = problems->n + problems->more;
    *out = (struct record){.kind = RECORD_KINDS, .removed = RECORD_KINDS};
    json_t *json = document_parse(line, problems);
    if (json != NULL) {
        struct reading r = {arena, problems};
        read_line(&r, json, line.n, source, out);
        json_decref(json);
    }
    return problems->n + problems->more == before;
}
