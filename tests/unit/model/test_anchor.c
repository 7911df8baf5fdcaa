/*
 * Anchors against texts that were changed: a text of made-up words, anchors in all of its
 * sentences, and one edit at a time. Every case runs with words, with words and surroundings, and
 * with digests alone.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "check_main.h"
#include "model/anchor.h"

#define MOST 400

enum knowledge { WORDS, WORDS_AND_CONTEXT, DIGESTS };

static struct arena *arena;
static struct buf original, changed;
static struct anchor anchors[MOST];
static size_t count;

static void set_up(void)
{
    arena = arena_new();
    buf_init(&original, 1 << 20);
    buf_init(&changed, 1 << 20);
    count = 0;
}

static void tear_down(void)
{
    arena_free(arena);
    buf_free(&original);
    buf_free(&changed);
}

static void record(int64_t start, int64_t end, enum knowledge how)
{
    str text = buf_str(&original);
    str words = utf8_slice(text, (size_t)start, (size_t)end);
    struct anchor *a = &anchors[count++];
    *a = (struct anchor){.start = start, .end = end};
    if (how == DIGESTS) {
        char hex[HASH_HEX_SIZE + 1];
        hash_sha256_hex(words, hex);
        a->digest = arena_copy(arena, str_from(hex));
        return;
    }
    a->exact = arena_copy(arena, words);
    if (how == WORDS_AND_CONTEXT) {
        size_t from = start > 12 ? (size_t)start - 12 : 0;
        a->prefix = arena_copy(arena, utf8_slice(text, from, (size_t)start));
        a->suffix = arena_copy(arena, utf8_slice(text, (size_t)end, (size_t)end + 12));
    }
}

/*
 * Forty sentences "Port N and the harbour of Mél N agreed on day N 🚢 at last. ", of different
 * lengths, with three anchors each: the short word "harbour", which is in all of them, "Mél N", and
 * a long stretch.
 */
static void compose(enum knowledge how)
{
    for (int i = 0; i < 40; i++)
        buf_printf(&original, "Port %d and the harbour of Mél %d agreed on day %d 🚢 at last%.*s. ",
                   i, i * 7, i * i, i % 12, ", at long last");
    str text = buf_str(&original);
    size_t at = 0;
    for (int i = 0; i < 40; i++) {
        size_t harbour = str_search(text, STR("harbour"), at);
        size_t town = str_search(text, STR("Mél"), harbour);
        size_t end = str_search(text, STR("."), town);
        int64_t h = (int64_t)utf8_count(str_sub(text, 0, harbour));
        int64_t t = (int64_t)utf8_count(str_sub(text, 0, town));
        int64_t e = (int64_t)utf8_count(str_sub(text, 0, end));
        record(h, h + 7, how);
        record(t, t + 5 + (i * 7 > 9) + (i * 7 > 99), how);
        record(t, e, how);
        at = end;
    }
}

/* The original with the words at code point `from`, `length` of them, replaced. */
static void edit(size_t from, size_t length, const char *words)
{
    str text = buf_str(&original);
    buf_add(&changed, utf8_slice(text, 0, from));
    buf_add(&changed, str_from(words));
    buf_add(&changed, utf8_slice(text, from + length, SIZE_MAX));
}

static struct anchor_result *prove(void)
{
    int64_t length = (int64_t)utf8_count(buf_str(&original));
    return anchor_prove(buf_str(&changed), length, anchors, count, arena);
}

static void assert_state(const struct anchor_result *r, size_t i, enum anchor_state state,
                         int64_t shift)
{
    ck_hold_msg(r[i].state == state, "anchor %zu at %lld is %s at %lld", i,
                (long long)anchors[i].start, anchor_state_name(r[i].state), (long long)r[i].start);
    ck_hold(r[i].start == anchors[i].start + shift);
    ck_hold(!r[i].unsearched);
}

/* Which anchors touch the code points [from, to). */
static bool touches(size_t i, size_t from, size_t to)
{
    return anchors[i].start < (int64_t)to && anchors[i].end > (int64_t)from;
}

START_TEST(unchanged)
{
    compose((enum knowledge)_i);
    edit(0, 0, "");
    const struct anchor_result *r = prove();
    for (size_t i = 0; i < count; i++)
        assert_state(r, i, ANCHOR_EXACT, 0);
}
END_TEST

START_TEST(a_sentence_at_the_start)
{
    const char *sentence = "A note: the harbour of Mél 7 is old. ";
    compose((enum knowledge)_i);
    edit(0, 0, sentence);
    const struct anchor_result *r = prove();
    for (size_t i = 0; i < count; i++)
        assert_state(r, i, ANCHOR_MOVED, (int64_t)utf8_count(str_from(sentence)));
}
END_TEST

START_TEST(a_sentence_in_the_middle)
{
    compose((enum knowledge)_i);
    size_t from = (size_t)anchors[60].start - 16;
    edit(from, 0, "The harbour slept. ");
    const struct anchor_result *r = prove();
    for (size_t i = 0; i < count; i++)
        assert_state(r, i, i < 60 ? ANCHOR_EXACT : ANCHOR_MOVED, i < 60 ? 0 : 19);
}
END_TEST

/* Replaces the words of one anchor: it and those that overlap it are not found, all others are. */
static void replace(size_t which, const char *words)
{
    size_t from = (size_t)anchors[which].start, to = (size_t)anchors[which].end;
    int64_t growth = (int64_t)utf8_count(str_from(words)) - (int64_t)(to - from);
    buf_clear(&changed);
    edit(from, to - from, words);
    const struct anchor_result *r = prove();
    for (size_t i = 0; i < count; i++) {
        if (touches(i, from, to)) {
            ck_hold_msg(r[i].state == ANCHOR_DRIFTED, "anchor %zu is %s at %lld", i,
                        anchor_state_name(r[i].state), (long long)r[i].start);
            ck_hold(r[i].start == anchors[i].start);
        } else {
            bool before = anchors[i].end <= (int64_t)from;
            assert_state(r, i, before || growth == 0 ? ANCHOR_EXACT : ANCHOR_MOVED,
                         before ? 0 : growth);
        }
    }
}

START_TEST(another_word_of_the_same_length)
{
    compose((enum knowledge)_i);
    for (size_t i = 0; i < count; i += 3)
        replace(i, "airport");
}
END_TEST

START_TEST(a_longer_word)
{
    compose((enum knowledge)_i);
    for (size_t i = 0; i < count; i += 3)
        replace(i, "landing stage");
}
END_TEST

START_TEST(a_shorter_name)
{
    compose((enum knowledge)_i);
    for (size_t i = 4; i < count; i += 3)
        replace(i, "Ur");
}
END_TEST

START_TEST(a_sentence_cut_out)
{
    compose((enum knowledge)_i);
    size_t from = (size_t)anchors[30].start - 16;
    size_t to = (size_t)anchors[33].start - 16;
    edit(from, to - from, "");
    const struct anchor_result *r = prove();
    for (size_t i = 0; i < count; i++) {
        if (i < 30)
            assert_state(r, i, ANCHOR_EXACT, 0);
        else if (i > 32)
            assert_state(r, i, ANCHOR_MOVED, (int64_t)from - (int64_t)to);
        else if (i > 30) /* the word of anchor 30 stands in the sentence that follows, too */
            ck_hold(r[i].state == ANCHOR_MISSING || r[i].state == ANCHOR_DRIFTED);
    }
}
END_TEST

START_TEST(another_text)
{
    compose((enum knowledge)_i);
    buf_add(&changed, STR("Nothing of all this stands here, and there is no more to say."));
    const struct anchor_result *r = prove();
    for (size_t i = 0; i < count; i++) {
        ck_hold(r[i].state == ANCHOR_MISSING);
        ck_hold(r[i].start == -1);
    }
}
END_TEST

START_TEST(an_empty_text)
{
    compose((enum knowledge)_i);
    const struct anchor_result *r = anchor_prove(STR(""), -1, anchors, count, arena);
    for (size_t i = 0; i < count; i++)
        ck_hold(r[i].state == ANCHOR_MISSING);
}
END_TEST

/* The order in which anchors are given does not matter. */
START_TEST(any_order)
{
    compose((enum knowledge)_i);
    for (size_t i = 0; i < count / 2; i++) {
        struct anchor swap = anchors[i];
        anchors[i] = anchors[count - 1 - i];
        anchors[count - 1 - i] = swap;
    }
    edit(0, 0, "One more. ");
    const struct anchor_result *r = prove();
    for (size_t i = 0; i < count; i++)
        assert_state(r, i, ANCHOR_MOVED, 10);
}
END_TEST

/* What stands on both sides decides between equal words. */
START_TEST(surroundings_decide)
{
    buf_add(&original, STR("left door, then a window, then a right door, and out"));
    record(38, 42, WORDS);
    anchors[0].exact = STR("door");
    anchors[0].start = 39;
    anchors[0].end = 43;
    anchors[0].prefix = STR("right ");
    anchors[0].suffix = STR(",");
    buf_add(&changed, STR("then a window, then a right door, and the left door, and out"));
    const struct anchor_result *r = prove();
    assert_state(r, 0, ANCHOR_MOVED, 28 - 39);
}
END_TEST

START_TEST(what_cannot_be_proved)
{
    buf_add(&original, STR("some text"));
    buf_add(&changed, STR("some text"));
    static const struct anchor bad[] = {
        {.start = 0, .end = 4},
        {.start = -1, .end = 4, .exact = STR_INIT("some")},
        {.start = 4, .end = 4, .exact = STR_INIT("some")},
        {.start = 0, .end = INT64_MAX, .exact = STR_INIT("some")},
        {.start = INT64_MAX - 1, .end = INT64_MAX, .exact = STR_INIT("some")},
        {.start = 0, .end = 4, .digest = STR_INIT("abc")},
    };
    count = sizeof bad / sizeof *bad;
    const struct anchor_result *r = anchor_prove(buf_str(&changed), -1, bad, count, arena);
    for (size_t i = 0; i < count; i++)
        ck_hold(r[i].state == ANCHOR_MISSING);
    ck_assert_ptr_nonnull(anchor_prove(buf_str(&changed), -1, NULL, 0, arena));
}
END_TEST

/* Many digests that are nowhere in a large text: the work ends, and the results say so. */
START_TEST(bounded_work)
{
    buf_init(&changed, 1 << 24);
    for (int i = 0; i < 40000; i++)
        buf_printf(&changed, "word %d of many, ", i);
    static char hex[MOST][HASH_HEX_SIZE + 1];
    for (count = 0; count < MOST; count++) {
        snprintf(hex[count], sizeof hex[count], "%064zx", count);
        anchors[count] = (struct anchor){.start = (int64_t)count,
                                         .end = (int64_t)(2 * count) + 40,
                                         .digest = str_from(hex[count])};
    }
    const struct anchor_result *r = anchor_prove(buf_str(&changed), -1, anchors, count, arena);
    for (size_t i = 0; i < count; i++)
        ck_hold(r[i].state == ANCHOR_MISSING);
    ck_assert(r[count - 1].unsearched);
}
END_TEST

/* The same for words: each search alone would take long. */
START_TEST(bounded_work_for_words)
{
    buf_init(&changed, 1 << 24);
    for (int i = 0; i < 1 << 18; i++)
        buf_add(&changed, STR("aaaaaaaaaaaaaaaa"));
    struct anchor *many = ARENA_ARRAY(arena, struct anchor, 50000);
    for (size_t i = 0; i < 50000; i++)
        many[i] = (struct anchor){.start = (int64_t)i,
                                  .end = (int64_t)i + 4,
                                  .exact = STR("aaab"),
                                  .prefix = STR("aaaaaaaa"),
                                  .suffix = STR("c")};
    const struct anchor_result *r = anchor_prove(buf_str(&changed), -1, many, 50000, arena);
    for (size_t i = 0; i < 50000; i++)
        ck_hold(r[i].state == ANCHOR_MISSING);
    ck_assert(r[49999].unsearched);
}
END_TEST

/* ---- the article, where somebody has it ---- */

static bool read_article(void)
{
    const char *shared = getenv("ANNALS_SHARED");
    char path[1024];
    snprintf(path, sizeof path, "%s/seed/000_a0c55351a9417764.txt", shared ? shared : "");
    FILE *file = shared ? fopen(path, "rb") : NULL;
    if (file == NULL) {
        printf("SKIPPED: no article (ANNALS_SHARED is not set or has none): the anchors of "
               "docs/example are not proved\n");
        return false;
    }
    char bytes[4096];
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
        buf_add(&original, (str){bytes, n});
    fclose(file);
    return true;
}

static void add_evidence(const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *all = json_object_get(json_array_get(list, i), "evidence");
        for (size_t k = 0; k < json_array_size(all); k++) {
            const json_t *e = json_array_get(all, k);
            ck_assert_uint_lt(count, MOST);
            anchors[count++] = (struct anchor){
                .start = json_integer_value(json_object_get(e, "start")),
                .end = json_integer_value(json_object_get(e, "end")),
                .digest = arena_copy(arena,
                                     str_from(json_string_value(json_object_get(e, "digest"))))};
        }
    }
}

static bool read_example(void)
{
    json_error_t error;
    if (!read_article())
        return false;
    json_t *root = json_load_file(TESTS "/../docs/example/rzazade-2022.source.json", 0, &error);
    ck_assert_ptr_nonnull(root);
    static const char *const lists[] = {"actors", "places", "events", "relations", "claims"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        add_evidence(json_object_get(root, lists[i]));
    json_decref(root);
    return true;
}

START_TEST(article_as_it_is)
{
    if (!read_example())
        return;
    edit(0, 0, "");
    const struct anchor_result *r = prove();
    for (size_t i = 0; i < count; i++)
        assert_state(r, i, ANCHOR_EXACT, 0);
}
END_TEST

START_TEST(article_after_one_more_sentence)
{
    if (!read_example())
        return;
    edit(0, 0, "This copy has one more sentence, about Azerbaijan. ");
    const struct anchor_result *r = prove();
    const struct anchor_result *unbounded = anchor_prove(buf_str(&changed), -1, anchors, count,
                                                         arena);
    for (size_t i = 0; i < count; i++) {
        assert_state(r, i, ANCHOR_MOVED, 51);
        assert_state(unbounded, i, ANCHOR_MOVED, 51);
    }
}
END_TEST

START_TEST(article_with_another_word)
{
    if (!read_example())
        return;
    for (size_t which = 0; which < count; which++) {
        size_t from = (size_t)anchors[which].start, to = (size_t)anchors[which].end;
        str last = utf8_slice(buf_str(&original), to - 1, to);
        buf_clear(&changed);
        edit(to - 1, 1, str_eq(last, STR("x")) ? "y" : "x");
        const struct anchor_result *r = prove();
        for (size_t i = 0; i < count; i++) {
            if (!touches(i, to - 1, to))
                assert_state(r, i, ANCHOR_EXACT, 0);
            else
                ck_hold_msg(r[i].state == ANCHOR_DRIFTED, "anchor %zu at %zu is %s", i, from,
                            anchor_state_name(r[i].state));
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("anchor");
    TCase *cases = tcase_create("anchors");
    tcase_set_timeout(cases, 300);
    tcase_add_checked_fixture(cases, set_up, tear_down);
    const TTest *const every_way[] = {unchanged,
                                      a_sentence_at_the_start,
                                      a_sentence_in_the_middle,
                                      another_word_of_the_same_length,
                                      a_longer_word,
                                      a_shorter_name,
                                      a_sentence_cut_out,
                                      another_text,
                                      an_empty_text,
                                      any_order};
    for (size_t i = 0; i < sizeof every_way / sizeof *every_way; i++)
        tcase_add_loop_test(cases, every_way[i], WORDS, DIGESTS + 1);
    tcase_add_test(cases, surroundings_decide);
    tcase_add_test(cases, what_cannot_be_proved);
    tcase_add_test(cases, bounded_work);
    tcase_add_test(cases, bounded_work_for_words);
    tcase_add_test(cases, article_as_it_is);
    tcase_add_test(cases, article_after_one_more_sentence);
    tcase_add_test(cases, article_with_another_word);
    suite_add_tcase(suite, cases);
    return check_main(suite);
}
