/* Documents and records out of things, and the way back from a pointer to a line. */
#include "annals/read/builder.h"

#include <string.h>

#include "annals/read/reader.h"
#include "check_main.h"
#include "model/document.h"

static struct arena *arena;
static struct problems problems;
static struct builder b;

static void set_up(void)
{
    arena = arena_new();
    problem_init(&problems, arena);
    builder_init(&b, arena, &problems);
}

static void tear_down(void)
{
    builder_free(&b);
    arena_free(arena);
}

/* A source on line 1; two events on lines 10 and 20, the second with a date on line 21 and evidence
 * on line 22. */
static void build(void)
{
    struct jout *j = builder_begin(&b, BUILD_EVENT, 10, 5);
    jout_member_text(j, "id", "one");
    ck_assert(builder_end(&b));
    j = builder_begin(&b, BUILD_SOURCE, 1, 1);
    jout_member_text(j, "id", "s");
    jout_member_text(j, "title", "S");
    ck_assert(builder_end(&b));
    j = builder_begin(&b, BUILD_EVENT, 20, 1);
    jout_member_text(j, "id", "two");
    builder_place(&b, "/date", 21, 3);
    jout_member_text(j, "date", "2021");
    builder_place(&b, "/evidence/0", 22, 7);
    ck_assert(builder_end(&b));
}

START_TEST(things_become_a_document)
{
    str json;
    bool syntax;
    build();
    ck_assert(builder_document(&b, &json));
    ck_assert(
        str_eq(json, STR("{\"annals\":1,\"source\":{\"id\":\"s\",\"title\":\"S\"},"
                         "\"events\":[{\"id\":\"one\"},{\"id\":\"two\",\"date\":\"2021\"}]}")));
    ck_assert_ptr_nonnull(document_decode(json, arena, &problems, &syntax));
    ck_assert_uint_eq(builder_count(&b, BUILD_EVENT), 2);
    ck_assert_uint_eq(builder_count(&b, BUILD_CLAIM), 0);
}
END_TEST

static const struct {
    const char *pointer;
    int64_t line, column;
} pointers[] = {
    {"", 1, 1},
    {"/source", 1, 1},
    {"/source/title", 1, 1},
    {"/events", 1, 1},
    {"/events/0", 10, 5},
    {"/events/0/date", 10, 5},
    {"/events/1", 20, 1},
    {"/events/1/title", 20, 1},
    {"/events/1/date", 21, 3},
    {"/events/1/dates", 20, 1},
    {"/events/1/evidence", 20, 1},
    {"/events/1/evidence/0/start", 22, 7},
    {"/events/1/evidence/01", 20, 1},
    {"/events/2", 1, 1},
    {"/events/-1", 1, 1},
    {"/events/99999999999999999999", 1, 1},
    {"/nonsense/0", 1, 1},
    {"events/1", 1, 1},
};

START_TEST(pointers_lead_back_to_lines)
{
    build();
    for (size_t i = 0; i < sizeof pointers / sizeof pointers[0]; i++) {
        int64_t line, column;
        builder_locate(&b, str_from(pointers[i].pointer), &line, &column);
        ck_assert_msg(line == pointers[i].line && column == pointers[i].column, "%s: %lld:%lld",
                      pointers[i].pointer, (long long)line, (long long)column);
    }
}
END_TEST

struct taken {
    struct buf records;
    int most;
};

static bool take(void *to, const struct built *thing)
{
    struct taken *t = to;
    builder_record(&t->records, thing);
    buf_add_char(&t->records, '\n');
    return --t->most > 0;
}

START_TEST(a_stream_gets_records_until_it_wants_no_more)
{
    struct taken t = {.most = 2};
    buf_init(&t.records, 1000);
    builder_stream(&b, take, &t);
    struct jout *j = builder_begin(&b, BUILD_SOURCE, 1, 1);
    jout_member_text(j, "id", "s");
    ck_assert(builder_end(&b));
    j = builder_begin(&b, BUILD_ACTOR, 2, 1);
    jout_member_text(j, "id", "a");
    builder_place(&b, "/id", 2, 2);
    ck_assert(!builder_end(&b));
    ck_assert(b.stopped);
    ck_assert(str_eq(buf_str(&t.records), STR("{\"annals\":1,\"source\":{\"id\":\"s\"}}\n"
                                              "{\"actor\":{\"id\":\"a\"}}\n")));
    ck_assert_uint_eq(builder_count(&b, BUILD_ACTOR), 0);
    buf_free(&t.records);
}
END_TEST

START_TEST(a_thing_that_is_too_large_is_a_problem_at_its_line)
{
    char *large = malloc(DOCUMENT_LARGEST);
    memset(large, 'x', DOCUMENT_LARGEST);
    struct jout *j = builder_begin(&b, BUILD_EVENT, 7, 3);
    jout_member_str(j, "title", (str){large, DOCUMENT_LARGEST});
    ck_assert(!builder_end(&b));
    free(large);
    ck_assert_uint_eq(problems.n, 1);
    ck_assert_int_eq(problems.items[0].line, 7);
    ck_assert_uint_eq(builder_count(&b, BUILD_EVENT), 0);
}
END_TEST

static const struct {
    const char *words;
    const char *id; /* a star stands for the digest */
} ids[] = {
    {"Shusha Declaration", "shusha-declaration"},
    {"  A -- B!  ", "a-b"},
    {"Azərbaycan", "azerbaycan"},
    {"2021", "2021"},
    {"", "x"},
    {"?!", "x"},
    {"Шуша", "x-*"},
    {"Treaty of Шуша", "treaty-of-*"},
};

START_TEST(ids_are_made_of_words)
{
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        str id = reader_id(str_from(ids[i].words), arena), want = str_from(ids[i].id);
        bool digest = str_ends(want, STR("*"));
        size_t n = want.n - digest;
        ck_assert_msg(document_is_id(id), "%s", ids[i].words);
        ck_assert_msg(digest ? id.n == n + 8 && str_eq(str_sub(id, 0, n), str_sub(want, 0, n))
                             : str_eq(id, want),
                      "%s: %.*s", ids[i].words, STR_ARG(id));
    }
    ck_assert(!str_eq(reader_id(STR("Шуша"), arena), reader_id(STR("Лачин"), arena)));
    char words[300];
    memset(words, 'a', sizeof words);
    str one = reader_id((str){words, 300}, arena), other = reader_id((str){words, 299}, arena);
    ck_assert(document_is_id(one) && document_is_id(other) && !str_eq(one, other));
}
END_TEST

CHECK_MAIN_WITH("builder", set_up, tear_down, things_become_a_document, pointers_lead_back_to_lines,
                a_stream_gets_records_until_it_wants_no_more,
                a_thing_that_is_too_large_is_a_problem_at_its_line, ids_are_made_of_words)
