/* Documents written again: they decode to parts of the same digests, and are written alike. */
#include <stdio.h>
#include <string.h>

#include "check_main.h"
#include "model/document_write.h"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_new();
}

static void tear_down(void)
{
    arena_free(arena);
}

static str read_file(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/load/valid/%s.json", TESTS, name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    char *bytes = arena_alloc(arena, 1 << 20);
    size_t n = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return (str){bytes, n};
}

static const struct document *decode(str json)
{
    struct problems problems;
    bool syntax;
    problem_init(&problems, arena);
    const struct document *d = document_decode(json, arena, &problems, &syntax);
    ck_assert_msg(d != NULL, "%.*s", STR_ARG(json));
    return d;
}

static str part_json(enum document_kind kind, const void *part)
{
    struct buf out;
    struct jout j;
    buf_init(&out, DOCUMENT_LARGEST);
    jout_init(&j, &out);
    document_write(&j, kind, part);
    str json = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return json;
}

static str write_all(const struct document *d)
{
    struct buf out;
    enum record_kind listed = RECORD_KINDS;
    const void *part;
    buf_init(&out, DOCUMENT_LARGEST);
    document_write_begin(&out, part_json(DOCUMENT_SOURCE, &d->source));
    for (int k = 0; k < RECORD_KINDS; k++)
        for (size_t i = 0; (part = document_write_at(d, (enum record_kind)k, i)) != NULL; i++)
            document_write_part(&out, (enum record_kind)k,
                                part_json(document_write_kind((enum record_kind)k), part), &listed);
    document_write_end(&out, listed);
    str json = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return json;
}

static void compare(enum document_kind kind, const void *x, const void *y)
{
    unsigned char a[DOCUMENT_MOST_DIGEST], b[DOCUMENT_MOST_DIGEST];
    size_t n = document_digest(kind, x, a);
    ck_assert_uint_eq(document_digest(kind, y, b), n);
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(memcmp(a + i * DOCUMENT_PROPERTY_DIGEST, b + i * DOCUMENT_PROPERTY_DIGEST,
                             DOCUMENT_PROPERTY_DIGEST) == 0,
                      "%s", document_property_name(kind, i));
}

START_TEST(what_is_written_says_the_same)
{
    static const char *const names[] = {"full", "least", "no-text", "places-once-each-other",
                                        "small"};
    size_t parts = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct document *first = decode(read_file(names[i]));
        str written = write_all(first);
        const struct document *second = decode(written);
        compare(DOCUMENT_SOURCE, &first->source, &second->source);
        for (int k = 0; k < RECORD_KINDS; k++) {
            enum record_kind kind = (enum record_kind)k;
            const void *x, *y;
            for (size_t at = 0; (x = document_write_at(first, kind, at)) != NULL; at++, parts++) {
                y = document_write_at(second, kind, at);
                ck_assert_ptr_nonnull(y);
                compare(document_write_kind(kind), x, y);
            }
            ck_assert_ptr_null(document_write_at(second, kind, SIZE_MAX));
        }
        ck_assert(str_eq(write_all(second), written));
    }
    ck_assert_uint_ge(parts, 15);
}
END_TEST

START_TEST(a_document_has_one_thing_to_a_line)
{
    const struct document *d = decode(
        STR("{\"annals\":1,\"source\":{\"id\":\"s\",\"title\":\"T\"},\"events\":[{\"id\":\"a\"},"
            "{\"id\":\"b\",\"tags\":[]}],\"places\":[{\"id\":\"p\",\"name\":\"P\",\"part_of\":"
            "\"q\"},{\"id\":\"q\",\"name\":\"Q\",\"lat\":0,\"lon\":-0.5}]}"));
    ck_assert_str_eq(
        write_all(d).p,
        "{\"annals\": 1,\n\"source\": {\"id\":\"s\",\"title\":\"T\"},\n"
        "\"places\": [\n  {\"id\":\"p\",\"name\":\"P\",\"part_of\":[{\"place\":\"q\"}]},\n"
        "  {\"id\":\"q\",\"name\":\"Q\",\"lat\":0,\"lon\":-0.5}],\n"
        "\"events\": [\n  {\"id\":\"a\"},\n  {\"id\":\"b\"}]}\n");
    d = decode(STR("{\"annals\":1,\"source\":{\"id\":\"s\",\"title\":\"T\"}}"));
    ck_assert_str_eq(write_all(d).p,
                     "{\"annals\": 1,\n\"source\": {\"id\":\"s\",\"title\":\"T\"}}\n");
}
END_TEST

CHECK_MAIN_WITH("document_write", set_up, tear_down, what_is_written_says_the_same,
                a_document_has_one_thing_to_a_line)
