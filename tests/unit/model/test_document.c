/*
 * Cases are files: every tests/load/valid/NAME.json decodes without a problem; every
 * tests/load/invalid/NAME.json has beside it NAME.expected.json, which says whether the fault is
 * one of syntax and lists all problems: the place (pointer, or line and column), a part of the
 * detail and perhaps of the hint. What is too large for a file is made here.
 */
#include <check.h>
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "check_main.h"
#include "model/document.h"
#include "model/document_form.h"

#define LARGEST_FILE ((size_t)32 * 1024 * 1024)

static struct arena *arena;
static struct problems problems;
static bool syntax;

static void set_up(void)
{
    arena = arena_new();
    problem_init(&problems, arena);
}

static void tear_down(void)
{
    arena_free(arena);
}

static void start_again(void)
{
    tear_down();
    set_up();
}

/* The bytes are copied to a block of their own size first, so that a read past the end shows. */
static struct document *decode(str json)
{
    char *copy = malloc(json.n + 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, json.n ? json.p : "", json.n);
    copy = realloc(copy, json.n ? json.n : 1);
    struct document *d = document_decode((str){copy, json.n}, arena, &problems, &syntax);
    free(copy);
    return d;
}

static bool read_file(const char *path, struct buf *out)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    char bytes[65536];
    size_t n;
    buf_init(out, LARGEST_FILE);
    while ((n = fread(bytes, 1, sizeof bytes, file)) > 0)
        buf_add(out, (str){bytes, n});
    fclose(file);
    ck_assert(!buf_failed(out));
    return true;
}

static str text_of(const json_t *object, const char *key)
{
    return str_from(json_string_value(json_object_get(object, key)));
}

static bool contains(str text, str part)
{
    return part.n == 0 || str_search(text, part, 0) < text.n;
}

static bool is_expected(const struct problem *p, const json_t *expected)
{
    const json_t *line = json_object_get(expected, "line");
    bool place = line ? p->place == PROBLEM_LINE && p->line == json_integer_value(line) &&
                            p->column == json_integer_value(json_object_get(expected, "column"))
                      : p->place == PROBLEM_POINTER && str_eq(p->at, text_of(expected, "pointer"));
    return place && contains(p->detail, text_of(expected, "detail")) &&
           contains(p->hint, text_of(expected, "hint"));
}

/* All problems in lines, for the message of a failing test. */
static const char *listed(void)
{
    struct buf all;
    buf_init(&all, 1 << 20);
    for (size_t i = 0; i < problems.n && i < 20; i++) {
        const struct problem *p = &problems.items[i];
        buf_printf(&all, "\n  %.*s %lld:%lld %.*s (%.*s)", STR_ARG(p->at), (long long)p->line,
                   (long long)p->column, STR_ARG(p->detail), STR_ARG(p->hint));
    }
    str copy = arena_copy(arena, buf_str(&all));
    buf_free(&all);
    return copy.p;
}

static void check_invalid(const char *name, str json, const json_t *expected)
{
    start_again();
    ck_assert_msg(decode(json) == NULL, "%s was accepted", name);
    ck_assert_msg(syntax == json_is_true(json_object_get(expected, "syntax")), "%s: syntax %d%s",
                  name, syntax, listed());
    const json_t *list = json_object_get(expected, "problems");
    ck_assert_msg(json_array_size(list) == problems.n, "%s: %zu problems%s", name, problems.n,
                  listed());
    for (size_t i = 0; i < json_array_size(list); i++) {
        bool found = false;
        for (size_t k = 0; k < problems.n; k++)
            found |= is_expected(&problems.items[k], json_array_get(list, i));
        ck_assert_msg(found, "%s: problem %zu is not among:%s", name, i, listed());
    }
}

/* Runs each NAME.json of the folder; answers how many there were. */
static int each_file(const char *folder, void (*run)(const char *path, const char *name, str json))
{
    DIR *dir = opendir(folder);
    ck_assert_msg(dir != NULL, "no folder %s", folder);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        str name = str_from(entry->d_name);
        if (!str_ends(name, STR(".json")) || str_ends(name, STR(".expected.json")))
            continue;
        char path[1024];
        struct buf json;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        ck_assert(read_file(path, &json));
        run(path, entry->d_name, buf_str(&json));
        buf_free(&json);
        count++;
    }
    closedir(dir);
    return count;
}

static void run_valid(const char *path, const char *name, str json)
{
    (void)path;
    start_again();
    ck_assert_msg(decode(json) != NULL, "%s was refused:%s", name, listed());
    ck_assert(!syntax);
}

static void run_invalid(const char *path, const char *name, str json)
{
    char beside[1100];
    json_error_t error;
    snprintf(beside, sizeof beside, "%.*s.expected.json", (int)strlen(path) - 5, path);
    json_t *expected = json_load_file(beside, 0, &error);
    ck_assert_msg(expected != NULL, "%s: %s", beside, error.text);
    check_invalid(name, json, expected);
    json_decref(expected);
}

START_TEST(valid_files)
{
    ck_assert_int_ge(each_file(TESTS "/load/valid", run_valid), 8);
}
END_TEST

START_TEST(invalid_files)
{
    ck_assert_int_ge(each_file(TESTS "/load/invalid", run_invalid), 150);
}
END_TEST

/* ---- what is decoded ---- */

static struct document *decode_file(const char *path)
{
    struct buf json;
    ck_assert_msg(read_file(path, &json), "no file %s", path);
    struct document *d = decode(buf_str(&json));
    ck_assert_msg(d != NULL, "%s:%s", path, listed());
    buf_free(&json);
    return d;
}

#define ASSERT_STR(value, expected)                                                                \
    ck_assert_msg(str_eq((value), str_from(expected)), "\"%.*s\" is not \"%s\"", STR_ARG(value),   \
                  expected)

START_TEST(source_values)
{
    const struct document_source *s = &decode_file(TESTS "/load/valid/full.json")->source;
    ASSERT_STR(s->id, "vell-gazette");
    ck_assert_uint_eq(s->creators.n, 2);
    ASSERT_STR(s->creators.items[1], "B. Editor");
    ASSERT_STR(s->published.text, "2021-05-06");
    ck_assert_int_eq(s->published.value.precision, EDTF_DAY);
    ASSERT_STR(s->derives_from.items[0], "harbour-log");
    ck_assert_int_eq(s->precedence, -5);
    ck_assert(!s->withheld);
    ck_assert_uint_eq(s->text_sha256.n, 64);
}
END_TEST

START_TEST(description_values)
{
    const struct document *d = decode_file(TESTS "/load/valid/full.json");
    const struct document_actor *council = &d->actors[0];
    ASSERT_STR(council->kind, "organisation");
    ck_assert_uint_eq(council->identifiers.n, 2);
    ASSERT_STR(council->identifiers.items[0].scheme, "local"); /* sorted */
    ASSERT_STR(council->names.items[0].script, "Latn");
    ASSERT_STR(council->names.items[0].date.text, "1931");
    ASSERT_STR(d->actors[1].member_of.items[0].in, "council");
    ck_assert(d->actors[1].member_of.items[0].date.value.open_end);
    ASSERT_STR(d->places[0].part_of.items[0].in, "coast"); /* a lone id */
    ck_assert(d->places[0].has_point && !d->places[1].has_point);
    ck_assert_uint_eq(d->places[1].part_of.n, 2);
    ASSERT_STR(d->places[1].part_of.items[1].date.text, "1400/1700");
    ASSERT_STR(d->types[1].parent, "ferry");
    ck_assert_uint_eq(d->role_count, 1);
    ck_assert_uint_eq(d->relation_type_count, 1);
}
END_TEST

START_TEST(statement_values)
{
    const struct document *d = decode_file(TESTS "/load/valid/full.json");
    const struct document_event *back = &d->events[1];
    ck_assert_uint_eq(back->participant_count, 2);
    ck_assert_ptr_null(back->participants[1].role.p);
    ck_assert_ptr_null(back->summary.p);
    ck_assert_int_eq(back->date.value.qualifier, EDTF_APPROXIMATE);
    ASSERT_STR(back->evidence.items[0].prefix, "met. ");
    ASSERT_STR(back->evidence.items[0].supports.items[0], "title");
    ASSERT_STR(d->relations[0].to, "meeting");
    ASSERT_STR(d->claims[0].about.items[0], "meeting");
    ASSERT_STR(d->claims[0].stance, "denies");
}
END_TEST

START_TEST(absent_values)
{
    const struct document *d = decode_file(TESTS "/load/valid/least.json");
    ck_assert_ptr_null(d->source.text.p);
    ck_assert_ptr_null(d->source.text_sha256.p);
    ck_assert_int_eq(d->source.text_length, -1);
    ck_assert_int_eq(d->source.precedence, 0);
    ck_assert_uint_eq(d->event_count, 0);
}
END_TEST

/* Of a public text the words are filled in, of a withheld one their digest. */
START_TEST(completed_evidence)
{
    str public = STR(
        "{\"annals\": 1, \"source\": {\"id\": \"a\", \"title\": \"b\", \"text\": \"abc\"},"
        "\"events\": [{\"id\": \"e\", \"evidence\": [{\"start\": 1, \"end\": 3}]}]}");
    const struct document *d = decode(public);
    ck_assert_msg(d != NULL, "%s", listed());
    ASSERT_STR(d->events[0].evidence.items[0].exact, "bc");
    ck_assert_ptr_null(d->events[0].evidence.items[0].digest.p);
    ck_assert_int_eq(d->source.text_length, 3);
    ASSERT_STR(d->source.text_sha256,
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const struct document_source *s =
        &decode_file(TESTS "/load/valid/withheld-with-text.json")->source;
    ck_assert(s->withheld && s->text.n > 0);
    d = decode_file(TESTS "/load/valid/withheld-with-text.json");
    ck_assert_ptr_null(d->events[0].evidence.items[1].exact.p);
    ck_assert_uint_eq(d->events[0].evidence.items[1].digest.n, 64);
}
END_TEST

/* ---- what is too large for a file ---- */

static struct buf made;

static void make(const char *start)
{
    buf_init(&made, LARGEST_FILE);
    buf_add(&made, str_from(start));
}

static void make_times(const char *part, size_t times)
{
    for (size_t i = 0; i < times; i++)
        buf_add(&made, str_from(part));
}

#define HEAD "{\"annals\": 1, \"source\": {\"id\": \"a\", \"title\": \"b\"}"

static struct document *decode_made(void)
{
    ck_assert(!buf_failed(&made));
    struct document *d = decode(buf_str(&made));
    buf_free(&made);
    return d;
}

static void assert_refused(bool is_syntax, const char *word)
{
    ck_assert_ptr_null(decode_made());
    ck_assert_int_eq(syntax, is_syntax);
    ck_assert_uint_ge(problems.n, 1);
    ck_assert_msg(contains(problems.items[0].detail, str_from(word)), "%s", listed());
}

START_TEST(deep_nesting)
{
    make(HEAD ", \"events\": ");
    make_times("[", 100000);
    assert_refused(true, "nested more than 32 deep");
}
END_TEST

START_TEST(deep_nesting_of_objects)
{
    make("");
    make_times("{\"annals\":", 33);
    assert_refused(true, "nested more than 32 deep");
}
END_TEST

START_TEST(too_many_tokens)
{
    make(HEAD ", \"events\": [");
    make_times("0,", DOCUMENT_TOKENS);
    make_times("0]}", 1);
    assert_refused(true, "more than 1000000 keys and values");
}
END_TEST

START_TEST(too_large)
{
    make(HEAD ", \"events\": [");
    make_times("                ", DOCUMENT_LARGEST / 16);
    make_times("]}", 1);
    assert_refused(true, "at most 8388608");
}
END_TEST

START_TEST(long_string)
{
    make("{\"annals\": 1, \"source\": {\"id\": \"a\", \"title\": \"");
    make_times("x", DOCUMENT_LONGEST_STRING);
    make_times("\"}}", 1);
    ck_assert_ptr_nonnull(decode_made());
    make("{\"annals\": 1, \"source\": {\"id\": \"a\", \"title\": \"");
    make_times("x", DOCUMENT_LONGEST_STRING + 1);
    make_times("\"}}", 1);
    assert_refused(false, "65537 bytes; at most 65536");
}
END_TEST

START_TEST(long_text)
{
    make("{\"annals\": 1, \"source\": {\"id\": \"a\", \"title\": \"b\", \"text\": \"");
    make_times("\xC3\xA9", 4000000);
    make_times("\"}}", 1);
    const struct document *d = decode_made();
    ck_assert_ptr_nonnull(d);
    ck_assert_int_eq(d->source.text_length, 4000000);
}
END_TEST

/* A hundred problems are kept, a thousand more counted, and then it stops looking. */
START_TEST(endless_problems)
{
    make(HEAD ", \"events\": [");
    make_times("0,", 500000);
    make_times("0]}", 1);
    ck_assert_ptr_null(decode_made());
    ck_assert(!syntax);
    ck_assert_uint_eq(problems.n, PROBLEM_KEPT);
    ck_assert_uint_ge(problems.more, 1000);
    ck_assert_uint_lt(problems.more, 2000);
    ck_assert_uint_lt(arena_used(arena), (size_t)256 * 1024 * 1024);
}
END_TEST

static void make_overlapping_evidence(size_t text, size_t count, const char *words)
{
    make("{\"annals\": 1, \"source\": {\"id\": \"a\", \"title\": \"b\", \"text\": \"");
    make_times("x", text);
    make_times("\"}, \"events\": [{\"id\": \"e\", \"evidence\": [", 1);
    for (size_t i = 0; i < count; i++)
        buf_printf(&made, "%s{\"start\": 0, \"end\": %zu%s}", i > 0 ? "," : "", text, words);
    make_times("]}]}", 1);
}

/* Evidence may not cover the same text over and over without bound. */
START_TEST(too_much_evidence)
{
    make_overlapping_evidence(1000000, 67, "");
    ck_assert_ptr_nonnull(decode_made());
    make_overlapping_evidence(1000000, 1000, "");
    assert_refused(false, "more than 67108864 bytes");
    ck_assert_uint_eq(problems.n, 1);
}
END_TEST

/* Words that are nowhere, in a text where every step finds half of them. */
START_TEST(hopeless_search)
{
    make_overlapping_evidence(2000000, 60, ", \"exact\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy\"");
    ck_assert_ptr_null(decode_made());
}
END_TEST

START_TEST(long_circle)
{
    make(HEAD ", \"types\": [");
    for (int i = 0; i < 60000; i++)
        buf_printf(&made, "%s{\"id\": \"t%d\", \"parent\": \"t%d\"}", i ? "," : "", i,
                   (i + 1) % 60000);
    make_times("]}", 1);
    assert_refused(false, "circle: t0 → t1 → t2 → t3 → t4 → t5 → … → t0");
    ck_assert_uint_eq(problems.n, 1);
}
END_TEST

START_TEST(earlier_problems_are_not_its_own)
{
    problem_add(&problems, PROBLEM_PARAMETER, STR("x"), STR("y"), "something else");
    decode_file(TESTS "/load/valid/small.json");
}
END_TEST

START_TEST(ids)
{
    ck_assert(document_is_id(STR("a")) && document_is_id(STR("0-_z")));
    ck_assert(!document_is_id(STR("")) && !document_is_id(STR("_a")) && !document_is_id(STR("A")));
    char longest[DOCUMENT_LONGEST_ID + 1];
    memset(longest, 'x', sizeof longest);
    ck_assert(document_is_id((str){longest, DOCUMENT_LONGEST_ID}));
    ck_assert(!document_is_id((str){longest, sizeof longest}));
}
END_TEST

/* ---- examples ---- */

START_TEST(example_store)
{
    const struct document *d = decode_file(TESTS "/../docs/example/rzazade-2022.source.json");
    ck_assert(d->source.withheld);
    ck_assert_uint_gt(d->event_count, 0);
}
END_TEST

/* The complete example of the reference: its first block of JSON. */
START_TEST(reference_example)
{
    struct buf page;
    ck_assert(read_file(TESTS "/../docs/reference/source-document.md", &page));
    str text = buf_str(&page);
    str fence = STR("```json\n");
    size_t from = str_search(text, fence, 0) + fence.n;
    size_t to = str_search(text, STR("\n```"), from);
    ck_assert_uint_lt(to, text.n);
    const struct document *d = decode(str_sub(text, from, to - from));
    ck_assert_msg(d != NULL, "%s", listed());
    ck_assert_uint_gt(d->event_count, 0);
    ck_assert_uint_gt(d->claim_count, 0);
    ck_assert_uint_gt(d->relation_count, 0);
    buf_free(&page);
}
END_TEST

/* The article, where somebody has it, proves the digests of the example's evidence. */
START_TEST(example_against_the_article)
{
    const char *shared = getenv("ANNALS_SHARED");
    char path[1024];
    struct buf article;
    snprintf(path, sizeof path, "%s/seed/000_a0c55351a9417764.txt", shared ? shared : "");
    if (shared == NULL || !read_file(path, &article)) {
        printf("SKIPPED: no article (ANNALS_SHARED is not set or has none): the digests of "
               "docs/example are not proved\n");
        return;
    }
    json_error_t error;
    json_t *root = json_load_file(TESTS "/../docs/example/rzazade-2022.source.json", 0, &error);
    ck_assert_ptr_nonnull(root);
    json_object_set_new(json_object_get(root, "source"), "text",
                        json_stringn(article.p, article.n));
    char *json = json_dumps(root, 0);
    ck_assert_msg(decode(str_from(json)) != NULL, "%s", listed());
    free(json);
    json_decref(root);
    buf_free(&article);
}
END_TEST

CHECK_MAIN_WITH("document", set_up, tear_down, valid_files, invalid_files, source_values,
                description_values, statement_values, absent_values, completed_evidence,
                deep_nesting, deep_nesting_of_objects, too_many_tokens, too_large, long_string,
                long_text, endless_problems, too_much_evidence, hopeless_search, long_circle,
                earlier_problems_are_not_its_own, ids, example_store, reference_example,
                example_against_the_article)
