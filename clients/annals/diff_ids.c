#include "annals/diff_ids.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/jscan.h"
#include "base/jvalue.h"
#include "base/num.h"

#define FEED_PAGE 1000
#define LONGEST_LINE ((size_t)64 * 1024)
#define LONGEST_TARGET ((size_t)64 * 1024)

static const char *const segments[] = {
#define X(value, segment, one) segment,
    DIFF_KIND_TABLE(X)
#undef X
};

const char *diff_ids_segment(enum diff_kind kind)
{
    return segments[kind];
}

const char *diff_ids_singular(enum diff_kind kind)
{
    static const char *const names[] = {
#define X(value, segment, one) one,
        DIFF_KIND_TABLE(X)
#undef X
    };
    return names[kind];
}

static void init(struct diff_ids *ids, struct arena *a)
{
    *ids = (struct diff_ids){0};
    for (int k = 0; k < DIFF_KINDS; k++)
        strmap_init(&ids->kinds[k].seen, a);
}

static void add(struct diff_list *list, str id, struct arena *a)
{
    int64_t known;
    if (strmap_get(&list->seen, id, &known))
        return;
    str kept = arena_copy(a, id);
    strmap_set(&list->seen, kept, 1);
    *ARENA_PUSH(a, list->ids, list->n, list->room) = kept;
}

static int compare(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

static void sort(struct diff_ids *ids)
{
    for (int k = 0; k < DIFF_KINDS; k++)
        if (ids->kinds[k].n > 1)
            qsort(ids->kinds[k].ids, ids->kinds[k].n, sizeof(str), compare);
}

/* The text of a JSON string, undone; empty for anything else. */
static str text(str value, struct arena *a)
{
    struct buf out;
    if (!jvalue_is_text(value))
        return STR("");
    buf_init(&out, value.n);
    jvalue_decode(&out, value);
    str copy = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return copy;
}

static bool is_object(str body)
{
    return jscan_within(body, 32, SIZE_MAX, &(size_t){0}) && str_starts(body, STR("{")) &&
           str_ends(str_trim(body), STR("}"));
}

/* ---- the change feed ---- */

/* Adds one change; *past is set where it is of a later version than the last one wanted. */
static void take_change(struct diff_ids *out, str change, int64_t high, struct arena *a, bool *past)
{
    int64_t version;
    str kind = jvalue_member(change, "kind"), id = text(jvalue_member(change, "id"), a);
    if (!num_parse_i64(jvalue_member(change, "version"), &version) || version > high) {
        *past = true;
        return;
    }
    for (int k = 0; k < DIFF_KINDS && id.n > 0; k++)
        if (jvalue_is(kind, segments[k]))
            add(&out->kinds[k], id, a);
}

/* One page of the feed; *target becomes that of the next one, or empty. */
static bool read_page(struct http *http, str *target, int64_t high, struct arena *a,
                      struct diff_ids *out, struct diff_failure *failure)
{
    struct arena *scratch = arena_new();
    const struct http_request rq = {.method = "GET", .target = *target, .repeat = true};
    bool past = false, ok = http_send(http, &rq, scratch, &failure->answer, &failure->err);
    if (ok && failure->answer.status == 200 && is_object(failure->answer.body)) {
        str body = failure->answer.body, items = jvalue_member(body, "items"), one;
        for (size_t at = 0; jvalue_count(items) > 0 && !past && jscan_element(items, &at, &one);)
            take_change(out, one, high, a, &past);
        *target = past ? STR("") : text(jvalue_member(body, "next"), a);
    } else {
        ok = false;
        failure->answer.body = arena_copy(a, failure->answer.body);
        failure->answer.type = arena_copy(a, failure->answer.type);
    }
    arena_free(scratch);
    return ok;
}

bool diff_ids_changed(struct http *http, int64_t low, int64_t high, struct arena *a,
                      struct diff_ids *out, struct diff_failure *failure)
{
    str target = arena_printf(a, "/v1/changes?since=%" PRId64 "&limit=%d", low, FEED_PAGE);
    *failure = (struct diff_failure){0};
    init(out, a);
    while (target.n > 0)
        if (!read_page(http, &target, high, a, out, failure))
            return false;
    sort(out);
    return true;
}

/* ---- lists of events ---- */

/* The lines of an answer as they come in pieces. */
struct lines {
    struct arena *arena;
    struct buf held; /* the beginning of a line */
    struct strmap versions;
    struct diff_list *all;
    bool broken; /* a line is none of ours */
};

static void take_line(struct lines *l, str line)
{
    int64_t version;
    if (!is_object(line) || !num_parse_i64(jvalue_member(line, "version"), &version)) {
        l->broken = true;
        return;
    }
    str id = text(jvalue_member(line, "id"), l->arena);
    strmap_set(&l->versions, id, version);
    add(l->all, id, l->arena);
}

static bool take_piece(void *to, str bytes)
{
    struct lines *l = to;
    str head;
    while (str_cut(bytes, '\n', &head, &bytes)) {
        buf_add(&l->held, head);
        take_line(l, buf_str(&l->held));
        buf_clear(&l->held);
    }
    buf_add(&l->held, head);
    return !buf_failed(&l->held) && !l->broken;
}

static bool read_events(struct http *http, str filters, int64_t version, struct lines *l,
                        struct diff_failure *failure)
{
    struct buf target;
    buf_init(&target, LONGEST_TARGET);
    buf_printf(&target, "/v1/events.ndjson?limit=all&fields=id,version&as_of=%" PRId64 "%.*s",
               version, STR_ARG(filters));
    const struct http_request rq = {
        .method = "GET", .target = buf_str(&target), .sink = take_piece, .to = l};
    buf_init(&l->held, LONGEST_LINE);
    strmap_init(&l->versions, l->arena);
    bool ok = http_send(http, &rq, l->arena, &failure->answer, &failure->err) &&
              failure->answer.status == 200;
    buf_free(&l->held);
    buf_free(&target);
    if (ok && l->broken)
        ok = err_set(&failure->err, ERR_STORE, "the server's answer is no list of events");
    return ok;
}

bool diff_ids_matching(struct http *http, str filters, int64_t before, int64_t after,
                       struct arena *a, struct diff_ids *out, struct diff_failure *failure)
{
    struct diff_ids all;
    struct lines old = {.arena = a, .all = &all.kinds[DIFF_EVENTS]};
    struct lines new = {.arena = a, .all = &all.kinds[DIFF_EVENTS]};
    *failure = (struct diff_failure){0};
    init(&all, a);
    init(out, a);
    if (!read_events(http, filters, before, &old, failure) ||
        !read_events(http, filters, after, &new, failure))
        return false;
    for (size_t i = 0; i < all.kinds[DIFF_EVENTS].n; i++) {
        str id = all.kinds[DIFF_EVENTS].ids[i];
        int64_t was = -1, is = -1;
        strmap_get(&old.versions, id, &was);
        strmap_get(&new.versions, id, &is);
        if (was != is)
            add(&out->kinds[DIFF_EVENTS], id, a);
    }
    sort(out);
    return true;
}
