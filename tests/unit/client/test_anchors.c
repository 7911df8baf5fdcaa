/* Anchors out of a document and out of a page of annotations: sorted, joined, named alike. */

#include "annals/anchors.h"
#include "check_main.h"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

static const char document[] =
    "{\"annals\":1,\"source\":{\"id\":\"s\",\"title\":\"S\",\"text\":\"One two three\"},"
    "\"actors\":[{\"id\":\"a\",\"name\":\"A\",\"evidence\":[{\"start\":8,\"end\":13,"
    "\"exact\":\"three\"}]}],"
    "\"events\":[{\"id\":\"e\",\"title\":\"E\",\"date\":\"2021\",\"evidence\":["
    "{\"start\":8,\"end\":13,\"exact\":\"three\",\"supports\":[\"title\",\"date\"]},"
    "{\"start\":0,\"end\":3,\"exact\":\"One\"}]}]}";

static const char page[] =
    "{\"type\":\"AnnotationPage\",\"items\":["
    "{\"target\":{\"selector\":[{\"type\":\"TextPositionSelector\",\"start\":8,\"end\":13},"
    "{\"type\":\"TextQuoteSelector\",\"exact\":\"three\",\"prefix\":\"two \"}]},"
    "\"body\":[{\"source\":\"/v1/actors/a\"},"
    "{\"source\":\"/v1/events/e\",\"annals:supports\":\"title\"},"
    "{\"source\":\"/v1/events/e\",\"annals:supports\":\"date\"}]},"
    "{\"target\":{\"selector\":[{\"type\":\"TextPositionSelector\",\"start\":0,\"end\":3},"
    "{\"type\":\"annals:DigestSelector\",\"digest\":\"ab\"}]},"
    "\"body\":[{\"source\":\"https://example.org/x\"}]}]}";

static void is_str(str got, const char *wanted)
{
    ck_assert_msg(str_eq(got, str_from(wanted)), "\"%.*s\" is not \"%s\"", STR_ARG(got), wanted);
}

START_TEST(from_a_document)
{
    struct problems problems;
    bool syntax;
    problem_init(&problems, arena);
    struct document *d = document_decode(str_from(document), arena, &problems, &syntax);
    ck_assert_ptr_nonnull(d);
    struct anchors all;
    anchors_of_document(d, arena, &all);
    ck_assert_uint_eq(all.n, 2);
    ck_assert_int_eq(all.length, 13);
    ck_assert_int_eq(all.items[0].start, 0);
    is_str(all.abouts[0], "event:e");
    /* The order of names says nothing: a document has them sorted, a page as it gives them. */
    is_str(all.abouts[1], "actor:a event:e#date,title");
    is_str(all.items[1].exact, "three");
}
END_TEST

START_TEST(from_a_page)
{
    struct anchors all;
    struct err e = {0};
    ck_assert(anchors_of_page(str_from(page), STR("{\"text_length\":13}"), arena, &all, &e));
    ck_assert_uint_eq(all.n, 2);
    ck_assert_int_eq(all.length, 13);
    is_str(all.abouts[0], "https://example.org/x");
    is_str(all.items[0].digest, "ab");
    is_str(all.abouts[1], "actor:a event:e#title,date");
    is_str(all.items[1].prefix, "two ");
}
END_TEST

START_TEST(from_nonsense)
{
    static const char *const pages[] = {
        "",
        "[]",
        "{\"items\":3}",
        "{\"items\":[{}]}",
        "not JSON",
        "{\"items\":[{\"target\":{\"selector\":[{\"start\":5,\"end\":6}]}}]}"};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct anchors all;
        struct err e = {0};
        ck_assert(!anchors_of_page(str_from(pages[i]), STR("{}"), arena, &all, &e));
        ck_assert_int_ne(e.code, ERR_NONE);
    }
}
END_TEST

START_TEST(of_nothing)
{
    struct anchors all;
    struct err e = {0};
    ck_assert(anchors_of_page(STR("{\"items\":[]}"), STR("null"), arena, &all, &e));
    ck_assert_uint_eq(all.n, 0);
    ck_assert_int_eq(all.length, -1);
}
END_TEST

CHECK_MAIN_WITH("anchors", set_up, tear_down, from_a_document, from_a_page, from_nonsense,
                of_nothing)
