/*
 * Records: histories by chance, written a record at a time, once with memory to spare and once with
 * so little that everything gathered is written down after each record. Both stores are sound and
 * say the same at every version.
 */
#include "store/writer.h"
#include "world.h"

#define SEED 19610412u
#define CHANGES 12
#define RECORDS 60
#define MOST 1000

static struct world roomy, narrow;

static void set_up(void)
{
    world_open(&roomy, SEED);
    world_open(&narrow, SEED);
    narrow.writer->relieved_at = 0;
}

static void tear_down(void)
{
    world_close(&roomy);
    world_close(&narrow);
}

/* ---- one store ---- */

static unsigned any(unsigned n)
{
    return world_any(&roomy, n);
}

/* A line by chance. What it refers to may not be there: then it is refused, in both stores. */
static void make_line(struct buf *out)
{
    static const char *const dates[] = {"1990", "1991-05", "1989/..", "1992-03-04"};
    unsigned what = any(20), n = any(12);
    buf_clear(out);
    if (what < 2)
        buf_printf(out, "{\"actor\":{\"id\":\"a%u\",\"name\":\"Actor %u\",\"kind\":\"group\"}}",
                   n % 4, any(3));
    else if (what < 4)
        buf_printf(out, "{\"place\":{\"id\":\"p%u\",\"name\":\"Place\"%s}}", n % 3,
                   n % 3 == 2 ? ",\"part_of\":\"p0\"" : "");
    else if (what == 4)
        buf_printf(out, "{\"type\":{\"id\":\"t%u\",\"parent\":\"agree\"}}", n % 2);
    else if (what < 7)
        buf_printf(out, "{\"remove\":{\"%s\":\"%s%u\"}}", any(2) ? "event" : "place",
                   any(2) ? "e" : "p", n);
    else if (what < 9)
        buf_printf(out, "{\"relation\":{\"from\":\"e%u\",\"type\":\"%s\",\"to\":\"e%u\"}}", n,
                   any(3) ? "follows" : "same_as", any(12));
    else if (what == 10)
        buf_printf(out, "{\"remove\":{\"relation\":\"e%u/same_as/e%u\"}}", n, any(12));
    else if (what == 9)
        buf_printf(out,
                   "{\"claim\":{\"id\":\"c%u\",\"speaker\":\"a%u\",\"stance\":\"asserts\","
                   "\"about\":[\"e%u\"]}}",
                   n, any(4), any(12));
    else
        buf_printf(
            out,
            "{\"event\":{\"id\":\"e%u\",\"title\":\"Title %u\",\"date\":\"%s\",\"type\":\"t%u\","
            "\"participants\":[{\"actor\":\"a%u\"}],\"places\":[\"p%u\"],\"tags\":[\"x%u\"]}}",
            n, any(5), dates[any(4)], any(2), any(4), any(3), any(3));
}

static void begin(struct world *w)
{
    struct change change = {.author = STR("test")};
    struct change_result result;
    bool replayed;
    ck_assert(store_change_begin(w->writer, &change, w->arena, &replayed, &result, &w->err));
}

static struct record_source *begin_source(struct world *w, const char *line)
{
    struct record r;
    struct problems problems;
    problem_init(&problems, w->arena);
    ck_assert(record_decode(str_from(line), NULL, w->arena, &problems, &r));
    ck_assert_int_eq(r.kind, RECORD_SOURCE);
    struct document_source *said = &r.document->source;
    ck_assert(store_change_source(w->writer, said, w->arena, &problems, &w->err));
    struct record_source *source = record_begin(said, w->arena, &problems);
    ck_assert_ptr_nonnull(source);
    return source;
}

/* Whether the record was good. */
static bool put(struct world *w, const struct record_source *source, str line)
{
    struct record r;
    struct problems problems;
    problem_init(&problems, w->arena);
    bool good = record_decode(line, source, w->arena, &problems, &r);
    if (r.kind == RECORD_REMOVE) {
        ck_assert(store_change_remove(w->writer, record_said(source)->id, &r, &w->err));
        return good;
    }
    if (r.document == NULL)
        return false;
    ck_assert_msg(store_change_record(w->writer, &r, &problems, &w->err), "%s", w->err.detail);
    if (problem_any(&problems))
        store_change_forget(w->writer, &r);
    return !problem_any(&problems);
}

static void commit(struct world *w)
{
    struct change_result result;
    ck_assert_msg(store_change_commit(w->writer, w->arena, &result, &w->err), "%s", w->err.detail);
}

/* ---- both ---- */

/* Without the instant at which it was recorded. */
static str timeless(struct world *w, str document)
{
    size_t at = str_search(document, STR("\"updated\":\""), 0);
    if (at == document.n)
        return document;
    return arena_printf(w->arena, "%.*s%.*s", STR_ARG(str_sub(document, 0, at)),
                        STR_ARG(str_sub(document, at + 40, document.n)));
}

static str events_of(struct world *w, int64_t version)
{
    struct query q = {.version = version, .limit = MOST, .undated = UNDATED_INCLUDE};
    struct event_page page;
    struct problems problems;
    struct buf all;
    buf_init(&all, SIZE_MAX / 2);
    problem_init(&problems, w->arena);
    ck_assert_msg(store_find_events(w->reader, &q, w->arena, &page, &problems, &w->err), "%s",
                  w->err.detail);
    for (size_t i = 0; i < page.n; i++) {
        buf_add(&all, timeless(w, page.rows[i].document));
        buf_add_char(&all, '\n');
    }
    str text = arena_copy(w->arena, buf_str(&all));
    buf_free(&all);
    return text;
}

static str items_of(struct world *w, int64_t version)
{
    struct buf all;
    buf_init(&all, SIZE_MAX / 2);
    for (int kind = 0; kind < ITEM_KINDS; kind++) {
        struct item_query q = {.kind = (enum item_kind)kind, .version = version, .limit = MOST};
        struct item_page page;
        ck_assert(store_find_items(w->reader, &q, w->arena, &page, &w->err));
        for (size_t i = 0; i < page.n; i++)
            buf_printf(&all, "%lld %.*s\n", (long long)page.items[i].version,
                       STR_ARG(page.items[i].document));
    }
    str text = arena_copy(w->arena, buf_str(&all));
    buf_free(&all);
    return text;
}

static void compare(str a, str b)
{
    ck_assert_msg(str_eq(a, b), "%.*s\n and not\n%.*s", STR_ARG(b), STR_ARG(a));
}

START_TEST(memory_makes_no_difference)
{
    static const char *const sources[] = {
        "{\"annals\":1,\"source\":{\"id\":\"s0\",\"title\":\"S0\",\"published\":\"1999\"}}",
        "{\"annals\":1,\"source\":{\"id\":\"s1\",\"title\":\"S1\",\"precedence\":1}}"};
    struct buf line;
    unsigned good = 0, refused = 0;
    buf_init(&line, 4096);
    for (int c = 0; c < CHANGES; c++) {
        begin(&roomy);
        begin(&narrow);
        struct record_source *mine = NULL, *theirs = NULL;
        for (int i = 0; i < RECORDS; i++) {
            if (i % 20 == 0) {
                const char *source = sources[any(2)];
                mine = begin_source(&roomy, source);
                theirs = begin_source(&narrow, source);
            }
            make_line(&line);
            bool fine = put(&roomy, mine, buf_str(&line));
            ck_assert_int_eq(put(&narrow, theirs, buf_str(&line)), fine);
            fine ? good++ : refused++;
        }
        commit(&roomy);
        commit(&narrow);
    }
    buf_free(&line);
    ck_assert_msg(good > 300 && refused > 20, "%u and %u", good, refused);
    ck_assert_int_eq(store_version(roomy.store), CHANGES);
    ck_assert_int_eq(store_version(narrow.store), CHANGES);
    world_expect_sound(&roomy);
    world_expect_sound(&narrow);
    for (int64_t v = 1; v <= CHANGES; v++) {
        compare(events_of(&roomy, v), events_of(&narrow, v));
        compare(items_of(&roomy, v), items_of(&narrow, v));
    }
}
END_TEST

/* A thousand ids can be one event; a record of one more is refused, and those before it stay. */
static const struct {
    const char *from, *to;
    bool good;
} larger[] = {
    {"x1", "x900", true}, /* together already */
    {"y", "x7", true},    /* the thousandth */
    {"z", "x7", false},   {"e", "z", false}, {"y", "e", true},
    {"z", "other", true}, {"z", "y", false},
};

START_TEST(a_group_has_a_largest_size)
{
    struct record_source *s;
    char line[200];
    begin(&roomy);
    s = begin_source(&roomy, "{\"annals\":1,\"source\":{\"id\":\"s0\",\"title\":\"S\"}}");
    ck_assert(put(&roomy, s, STR("{\"event\":{\"id\":\"e\",\"title\":\"E\"}}")));
    ck_assert(put(&roomy, s, STR("{\"event\":{\"id\":\"other\",\"title\":\"O\"}}")));
    for (int i = 1; i < 999; i++) {
        snprintf(line, sizeof line,
                 "{\"relation\":{\"from\":\"x%d\",\"type\":\"same_as\",\"to\":\"e\"}}", i);
        ck_assert(put(&roomy, s, str_from(line)));
    }
    for (size_t i = 0; i < sizeof larger / sizeof larger[0]; i++) {
        snprintf(line, sizeof line,
                 "{\"relation\":{\"from\":\"%s\",\"type\":\"same_as\",\"to\":\"%s\"}}",
                 larger[i].from, larger[i].to);
        ck_assert_msg(put(&roomy, s, str_from(line)) == larger[i].good, "%s", line);
    }
    commit(&roomy);
    world_expect_sound(&roomy);
}
END_TEST

START_TEST(a_change_can_be_told_to_end)
{
    atomic_bool stop = false;
    struct change change = {.author = STR("test"), .stop = &stop};
    struct change_result result;
    bool replayed;
    ck_assert(
        store_change_begin(roomy.writer, &change, roomy.arena, &replayed, &result, &roomy.err));
    struct record_source *source = begin_source(
        &roomy, "{\"annals\":1,\"source\":{\"id\":\"s0\",\"title\":\"S0\"}}");
    ck_assert(put(&roomy, source, STR("{\"event\":{\"id\":\"e\",\"title\":\"E\"}}")));
    atomic_store(&stop, true);
    ck_assert(!store_change_commit(roomy.writer, roomy.arena, &result, &roomy.err));
    ck_assert_int_eq(roomy.err.code, ERR_OVERLOADED);
    ck_assert_int_eq(store_version(roomy.store), 0);
}
END_TEST

CHECK_MAIN_WITH("record", set_up, tear_down, memory_makes_no_difference, a_group_has_a_largest_size,
                a_change_can_be_told_to_end)
