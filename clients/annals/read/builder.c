#include "annals/read/builder.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/num.h"
#include "model/document.h"

static const struct {
    const char *word;
    const char *key;
} kinds[] = {
#define X(value, word, key) {word, key},
    BUILD_TABLE(X)
#undef X
};

const char *build_word(enum build_kind kind)
{
    ENSURE(kind < BUILD_KINDS);
    return kinds[kind].word;
}

const char *build_key(enum build_kind kind)
{
    ENSURE(kind < BUILD_KINDS);
    return kinds[kind].key;
}

void builder_init(struct builder *b, struct arena *a, struct problems *problems)
{
    *b = (struct builder){.arena = a, .problems = problems};
    buf_init(&b->out, DOCUMENT_LARGEST);
}

void builder_free(struct builder *b)
{
    buf_free(&b->out);
    if (b->scratch != NULL)
        arena_free(b->scratch);
    b->scratch = NULL;
}

void builder_stream(struct builder *b, built_sink *sink, void *to)
{
    if (b->scratch == NULL)
        b->scratch = arena_new();
    b->sink = sink;
    b->to = to;
}

struct jout *builder_begin(struct builder *b, enum build_kind kind, int64_t line, int64_t column)
{
    ENSURE(kind < BUILD_KINDS);
    b->now = (struct built){.kind = kind, .line = line, .column = column};
    b->place_room = 0;
    if (b->scratch != NULL)
        arena_reset(b->scratch);
    buf_clear(&b->out);
    jout_init(&b->j, &b->out);
    jout_object(&b->j);
    return &b->j;
}

void builder_place(struct builder *b, const char *pointer, int64_t line, int64_t column)
{
    struct arena *a = b->scratch != NULL ? b->scratch : b->arena;
    *ARENA_PUSH(a, b->now.places, b->now.place_count, b->place_room) = (struct built_place){
        arena_copy(a, str_from(pointer)), line, column};
}

static void complain_of_size(struct builder *b)
{
    problem_add_line(b->problems, 1, 1, "the document that this makes is larger than %zu MiB",
                     DOCUMENT_LARGEST / (1024 * 1024));
}

bool builder_end(struct builder *b)
{
    jout_object_end(&b->j);
    if (buf_failed(&b->out)) {
        problem_add_line(b->problems, b->now.line, b->now.column, "this %s is larger than %zu MiB",
                         build_word(b->now.kind), DOCUMENT_LARGEST / (1024 * 1024));
        return false;
    }
    b->now.json = buf_str(&b->out);
    return builder_add(b, &b->now);
}

bool builder_add(struct builder *b, const struct built *thing)
{
    if (b->sink != NULL) {
        b->stopped = b->stopped || !b->sink(b->to, thing);
        return !b->stopped;
    }
    b->kept_bytes += thing->json.n;
    if (b->kept_bytes > DOCUMENT_LARGEST) {
        if (!b->stopped)
            complain_of_size(b);
        b->stopped = true;
        return false;
    }
    struct built_list *list = &b->kept[thing->kind];
    struct built *kept = ARENA_PUSH(b->arena, list->items, list->n, list->room);
    *kept = *thing;
    kept->json = arena_copy(b->arena, thing->json);
    return true;
}

void builder_replace(struct builder *b, size_t number, const struct built *thing)
{
    struct built_list *list = &b->kept[thing->kind];
    ENSURE(number < list->n);
    list->items[number] = *thing;
    list->items[number].json = arena_copy(b->arena, thing->json);
}

size_t builder_count(const struct builder *b, enum build_kind kind)
{
    ENSURE(kind < BUILD_KINDS);
    return b->kept[kind].n;
}

static void write_list(struct jout *j, enum build_kind kind, const struct built_list *list)
{
    if (list->n == 0)
        return;
    jout_key(j, kinds[kind].key);
    if (kind == BUILD_SOURCE) {
        jout_raw(j, list->items[0].json);
        return;
    }
    jout_array(j);
    for (size_t i = 0; i < list->n; i++)
        jout_raw(j, list->items[i].json);
    jout_array_end(j);
}

bool builder_document(struct builder *b, str *json)
{
    struct jout j;
    buf_clear(&b->out);
    jout_init(&j, &b->out);
    jout_object(&j);
    jout_member_i64(&j, "annals", 1);
    for (int k = 0; k < BUILD_KINDS; k++)
        write_list(&j, (enum build_kind)k, &b->kept[k]);
    jout_object_end(&j);
    bool fits = !buf_failed(&b->out);
    if (fits)
        *json = arena_copy(b->arena, buf_str(&b->out));
    else if (!b->stopped)
        complain_of_size(b);
    return fits;
}

void builder_record(struct buf *out, const struct built *thing)
{
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    if (thing->kind == BUILD_SOURCE)
        jout_member_i64(&j, "annals", 1);
    jout_key(&j, build_word(thing->kind));
    jout_raw(&j, thing->json);
    jout_object_end(&j);
}

/* ---- places ---- */

/* The first segment of a pointer; *rest begins with the slash after it, or is empty. */
static str take_segment(str pointer, str *rest)
{
    str tail = str_sub(pointer, 1, pointer.n);
    size_t end = str_find(tail, '/');
    *rest = str_sub(tail, end, tail.n);
    return str_sub(tail, 0, end);
}

/* The thing that a pointer leads into; *below is the rest of the pointer. NULL for none. */
static const struct built *thing_at(const struct builder *b, str pointer, str *below)
{
    if (pointer.n == 0 || pointer.p[0] != '/')
        return NULL;
    str key = take_segment(pointer, below);
    for (int k = 0; k < BUILD_KINDS; k++) {
        const struct built_list *list = &b->kept[k];
        int64_t index = 0;
        if (!str_eq(key, str_from(kinds[k].key)))
            continue;
        if (k != BUILD_SOURCE &&
            (below->n == 0 || !num_parse_range(take_segment(*below, below), 0, INT64_MAX, &index)))
            return NULL;
        return (size_t)index < list->n ? &list->items[index] : NULL;
    }
    return NULL;
}

/* Whether a pointer is, or lies below, another. */
static bool is_below(str pointer, str other)
{
    return str_starts(pointer, other) && (pointer.n == other.n || pointer.p[other.n] == '/');
}

void builder_locate(const struct builder *b, str pointer, int64_t *line, int64_t *column)
{
    str below = STR("");
    const struct built *thing = thing_at(b, pointer, &below);
    size_t longest = 0;
    *line = *column = 1;
    if (thing == NULL)
        thing = b->kept[BUILD_SOURCE].n > 0 ? &b->kept[BUILD_SOURCE].items[0] : NULL;
    if (thing == NULL)
        return;
    *line = thing->line;
    *column = thing->column;
    for (size_t i = 0; i < thing->place_count; i++) {
        const struct built_place *p = &thing->places[i];
        if (p->pointer.n < longest || !is_below(below, p->pointer))
            continue;
        longest = p->pointer.n;
        *line = p->line;
        *column = p->column;
    }
}
