#include "annals/match_stream.h"

#include "annals/record_refs.h"
#include "base/jscan.h"

/* What is kept back at most. */
#define MOST_RECORDS 5000
#define MOST_BYTES ((size_t)4 * 1024 * 1024)

struct kept {
    struct match_record it;
    enum record_kind record;
};

struct match_stream {
    struct arena *arena;
    struct arena *waiting; /* of the records */
    struct http *http;
    const struct match_decisions *decisions;
    match_stream_give *give;
    void *to;
    struct match **matches;
    size_t n, room;
    struct kept *items;
    size_t count, item_room, bytes;
    struct err err;
};

struct match_stream *match_stream_new(struct http *http, const struct match_decisions *decisions,
                                      struct arena *a)
{
    struct match_stream *s = ARENA_NEW(a, struct match_stream);
    *s = (struct match_stream){
        .arena = a, .waiting = arena_new(), .http = http, .decisions = decisions};
    return s;
}

void match_stream_to(struct match_stream *s, match_stream_give *give, void *to)
{
    s->give = give;
    s->to = to;
}

void match_stream_free(struct match_stream *s)
{
    if (s != NULL)
        arena_free(s->waiting);
}

const struct err *match_stream_error(const struct match_stream *s)
{
    return &s->err;
}

const struct match *match_stream_found(const struct match_stream *s, size_t i)
{
    return i < s->n ? s->matches[i] : NULL;
}

/* The kind of a record by its own words; RECORD_KINDS for a source and what is none. */
static enum record_kind record_of(str line)
{
    size_t at = 0;
    int k = 0;
    str key, value;
    if (line.n == 0 || line.p[0] != '{' || !jscan_member(line, &at, &key, &value))
        return RECORD_KINDS;
    while (k < RECORD_KINDS && !str_eq(key, str_from(record_key((enum record_kind)k))))
        k++;
    return (enum record_kind)k;
}

/* The part within a record: the value of the member named like its kind; empty for none. */
static str part_of(str line, const char *key)
{
    str member, value;
    if (line.n == 0 || line.p[0] != '{')
        return STR("");
    for (size_t at = 0; jscan_member(line, &at, &member, &value);)
        if (str_eq(member, str_from(key)))
            return value;
    return STR("");
}

static struct match *current(struct match_stream *s)
{
    return s->n > 0 ? s->matches[s->n - 1] : NULL;
}

/* Things of one list among the records, each id once and none that was looked for before. */
static bool look(struct match_stream *s, enum match_list list)
{
    struct match *m = current(s);
    struct match_thing *things = NULL;
    struct strmap seen;
    size_t n = 0, room = 0;
    int64_t there;
    strmap_init(&seen, s->waiting);
    for (size_t i = 0; i < s->count; i++) {
        struct match_thing thing;
        if (s->items[i].record != match_kind(list) ||
            !match_thing_read(part_of(s->items[i].it.line, record_key(match_kind(list))), s->arena,
                              &thing) ||
            strmap_get(&m->own[list], thing.id, &there) || strmap_get(&seen, thing.id, &there))
            continue;
        strmap_set(&seen, thing.id, 1);
        *ARENA_PUSH(s->arena, things, n, room) = thing;
    }
    return n == 0 || match_look(m, list, things, n, &s->err);
}

/* A record with the ids of the store. Whatever is no record is for the server to judge. */
static str rewritten(struct match_stream *s, const struct kept *x)
{
    enum record_kind kind = x->record;
    if (kind == RECORD_KINDS)
        return x->it.line;
    str part = part_of(x->it.line, record_key(kind));
    if (part.n == 0)
        return x->it.line;
    str anew = match_rewrite(current(s), kind, part, s->waiting);
    return anew.p == part.p
               ? x->it.line
               : arena_printf(s->waiting, "{\"%s\":%.*s}", record_key(kind), STR_ARG(anew));
}

bool match_stream_flush(struct match_stream *s)
{
    bool good = true;
    if (s->count == 0)
        return true;
    for (int list = 0; list < MATCH_LISTS && good && current(s) != NULL; list++)
        good = look(s, (enum match_list)list);
    for (size_t i = 0; i < s->count && good; i++) {
        struct match_record ready = s->items[i].it;
        if (current(s) != NULL)
            ready.line = rewritten(s, &s->items[i]);
        good = s->give(s->to, &ready);
    }
    s->items = NULL;
    s->count = s->item_room = s->bytes = 0;
    arena_reset(s->waiting);
    return good;
}

static str source_id(str line)
{
    str key, value, source = part_of(line, "source");
    if (source.n == 0 || source.p[0] != '{')
        return STR("");
    for (size_t at = 0; jscan_member(source, &at, &key, &value);)
        if (str_eq(key, STR("id")))
            return record_refs_text(value);
    return STR("");
}

static void begin_source(struct match_stream *s, str line)
{
    str id = source_id(line);
    if (current(s) != NULL && str_eq(current(s)->source, id))
        return;
    struct match *m = ARENA_NEW(s->arena, struct match);
    match_init(m, s->http, id, s->decisions, s->arena);
    *ARENA_PUSH(s->arena, s->matches, s->n, s->room) = m;
}

bool match_stream_take(struct match_stream *s, const struct match_record *r)
{
    if (r->kind == BUILD_SOURCE) {
        if (!match_stream_flush(s))
            return false;
        begin_source(s, r->line);
    }
    struct kept *x = ARENA_PUSH(s->waiting, s->items, s->count, s->item_room);
    *x = (struct kept){*r, record_of(r->line)};
    x->it.line = arena_copy(s->waiting, r->line);
    s->bytes += r->line.n;
    return (s->count < MOST_RECORDS && s->bytes < MOST_BYTES) || match_stream_flush(s);
}
