/* told: small sources in a store, and what one event looks like in a reading. */
#ifndef ANNALS_TESTS_STORE_TOLD_H
#define ANNALS_TESTS_STORE_TOLD_H

#include <string.h>

#include "world.h"

static struct world world;

/* members: of the source, after its id; rest: what follows the source. In both ' stands for ". */
static inline str told_json(const char *source, const char *members, const char *rest)
{
    str raw = arena_printf(world.arena, "{'annals':1,'source':{'id':'%s','title':'S'%s%s}%s%s}",
                           source, members[0] ? "," : "", members, rest[0] ? "," : "", rest);
    struct buf out;
    buf_init(&out, 1 << 24);
    for (size_t i = 0; i < raw.n; i++)
        buf_add_char(&out, raw.p[i] == '\'' ? '"' : raw.p[i]);
    str json = arena_copy(world.arena, buf_str(&out));
    buf_free(&out);
    return json;
}

/* One change: what a source says, or that it goes (rest NULL). False where it is refused. */
static inline bool told_try(const char *source, const char *members, const char *rest,
                            struct change_result *result)
{
    struct change change = {.author = STR("test")};
    struct problems problems;
    bool replayed, syntax, ok;
    problem_init(&problems, world.arena);
    ck_assert(
        store_change_begin(world.writer, &change, world.arena, &replayed, result, &world.err));
    if (rest == NULL) {
        ok = store_change_delete(world.writer, str_from(source), &world.err);
    } else {
        struct document *d = document_decode(told_json(source, members, rest), world.arena,
                                             &problems, &syntax);
        ck_assert_msg(d != NULL, "%.*s", STR_ARG(problems.n ? problems.items[0].detail : STR("?")));
        ok = store_change_put(world.writer, d, STR(""), &problems, &world.err);
        ck_assert_int_eq(ok, problems.n == 0);
    }
    if (!ok) {
        store_change_abort(world.writer);
        return false;
    }
    ck_assert_msg(store_change_commit(world.writer, world.arena, result, &world.err), "%s",
                  world.err.detail);
    return true;
}

static inline void tell(const char *source, const char *members, const char *rest)
{
    struct change_result result;
    ck_assert_msg(told_try(source, members, rest, &result), "%s", world.err.detail);
}

static inline void untell(const char *source)
{
    tell(source, "", NULL);
}

/* A reading of a policy's name or "source:ID", as known at a date or at none. */
static inline struct reading told_reading(const char *policy, const char *known_at)
{
    static const char *const names[] = {
#define X(value, name) name,
        POLICY_TABLE(X)
#undef X
    };
    struct reading r = {.policy = POLICY_SOURCE};
    struct edtf_error where;
    for (int i = 0; i < POLICIES; i++)
        if (strcmp(policy, names[i]) == 0)
            r.policy = (enum policy)i;
    str text = str_from(policy);
    if (str_starts(text, STR("source:")))
        r.source = str_sub(text, STR("source:").n, text.n);
    if (known_at == NULL)
        return r;
    r.known_as_asked.text = str_from(known_at);
    ck_assert(edtf_parse(r.known_as_asked.text, &r.known_as_asked.value, &where));
    r.known = true;
    r.known_at = r.known_as_asked.value.bounds.latest;
    return r;
}

static inline enum store_found told_find(int64_t version, const struct reading *r, const char *id,
                                         struct event_row *row, struct gone *gone)
{
    struct problems problems;
    problem_init(&problems, world.arena);
    enum store_found found = store_read_event(world.reader, version, r, str_from(id), world.arena,
                                              row, gone, &problems, &world.err);
    ck_assert_msg(found != STORE_FAILED, "%s", world.err.detail);
    return found;
}

/* Title and number of accounts at a version; "-" where nobody tells of it, "> ID" where it moved.
 */
static inline str told_shows(int64_t version, const char *policy, const char *known_at,
                             const char *id)
{
    struct reading r = told_reading(policy, known_at);
    struct event_row row;
    struct gone gone = {0};
    enum store_found found = told_find(version, &r, id, &row, &gone);
    if (found == STORE_MOVED)
        return arena_printf(world.arena, "> %.*s", STR_ARG(gone.canonical));
    if (found != STORE_FOUND)
        return STR("-");
    size_t at = str_search(row.document, STR("\"accounts\":"), 0);
    return arena_printf(world.arena, "%.*s %c", STR_ARG(row.title), row.document.p[at + 11]);
}

static inline void told_expect(int64_t version, const char *policy, const char *known_at,
                               const char *id, const char *expected)
{
    str got = told_shows(version, policy, known_at, id);
    ck_assert_msg(str_eq(got, str_from(expected)),
                  "version %lld %s known_at %s: %s is %.*s, not %s", (long long)version, policy,
                  known_at ? known_at : "-", id, STR_ARG(got), expected);
}

static inline str told_part(int64_t version, const char *policy, const char *known_at,
                            const char *id, enum event_part part)
{
    struct reading r = told_reading(policy, known_at);
    str json;
    ck_assert_msg(store_event_part(world.reader, version, &r, str_from(id), part, world.arena,
                                   &json, &world.err),
                  "%s", world.err.detail);
    return json;
}

/* Whether the text stands in the JSON; ' stands for ". */
static inline bool told_has(str json, const char *text)
{
    char quoted[400];
    snprintf(quoted, sizeof quoted, "%s", text);
    for (char *c = quoted; *c != 0; c++)
        if (*c == '\'')
            *c = '"';
    return str_search(json, str_from(quoted), 0) < json.n;
}

#endif
