/* Records of batches: what a line means, and where in it what is wrong. */
#include "model/record.h"

#include <string.h>

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

static struct record_source *source_of(const char *line)
{
    struct problems problems;
    struct record r;
    problem_init(&problems, arena);
    ck_assert(record_decode(str_from(line), NULL, arena, &problems, &r));
    ck_assert_int_eq(r.kind, RECORD_SOURCE);
    struct record_source *source = record_begin(&r.document->source, arena, &problems);
    ck_assert_ptr_nonnull(source);
    return source;
}

#define WORDED                                                                                     \
    "{\"annals\":1,\"source\":{\"id\":\"s\",\"title\":\"S\",\"text\":\"On Monday it rained.\"}}"

START_TEST(a_part_of_each_kind)
{
    static const struct {
        const char *line;
        enum record_kind kind;
    } lines[] = {
        {"{\"type\":{\"id\":\"t\"}}", RECORD_TYPE},
        {"{\"role\":{\"id\":\"t\"}}", RECORD_ROLE},
        {"{\"relation_type\":{\"id\":\"t\"}}", RECORD_RELATION_TYPE},
        {" {\"actor\":{\"id\":\"a\",\"name\":\"A\"}} ", RECORD_ACTOR},
        {"{\"place\":{\"id\":\"a\",\"name\":\"A\",\"lat\":1,\"lon\":2}}", RECORD_PLACE},
        {"{\"event\":{\"id\":\"e\",\"title\":\"E\",\"date\":\"2021\"}}", RECORD_EVENT},
        {"{\"relation\":{\"from\":\"a\",\"type\":\"follows\",\"to\":\"b\"}}", RECORD_RELATION},
        {"{\"claim\":{\"id\":\"c\",\"speaker\":\"a\",\"stance\":\"denies\"}}", RECORD_CLAIM},
        {"{\"remove\":{\"claim\":\"c\"}}", RECORD_REMOVE},
    };
    struct record_source *source = source_of(WORDED);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct problems problems;
        struct record r;
        problem_init(&problems, arena);
        ck_assert_msg(record_decode(str_from(lines[i].line), source, arena, &problems, &r),
                      "%s: %.*s", lines[i].line,
                      STR_ARG(problems.n ? problems.items[0].detail : STR("")));
        ck_assert_int_eq(r.kind, lines[i].kind);
        if (r.kind == RECORD_REMOVE)
            ck_assert(r.removed == RECORD_CLAIM && str_eq(r.id, STR("c")));
        else
            ck_assert(str_eq(r.document->source.id, STR("s")));
    }
}
END_TEST

START_TEST(what_is_wrong_and_where)
{
    static const struct {
        const char *line, *at, *words;
    } lines[] = {
        {"[]", "", "an object is needed here"},
        {"{}", "", "no line begins so"},
        {"{\"evnt\":{}}", "/evnt", "no line begins so"},
        {"{\"event\":{},\"actor\":{}}", "", "a line holds one thing"},
        {"{\"event\":3}", "/event", "an object is needed here"},
        {"{\"event\":{\"title\":\"E\"}}", "/event", "needs \"id\""},
        {"{\"event\":{\"id\":\"e\",\"date\":\"never\"}}", "/event/date", "this is no date"},
        {"{\"event\":{\"id\":\"e\",\"participants\":[{\"actor\":\"a\"},{\"actor\":\"a\"}]}}",
         "/event/participants/1", "stands here twice"},
        {"{\"relation\":{\"from\":\"a\",\"type\":\"follows\",\"to\":\"a\"}}", "/relation/to",
         "no relation to itself"},
        {"{\"place\":{\"id\":\"p\",\"name\":\"P\",\"part_of\":\"p\"}}", "/place/part_of",
         "in a circle"},
        {"{\"event\":{\"id\":\"e\",\"evidence\":[{\"start\":0,\"end\":2,\"exact\":\"No\"}]}}",
         "/event/evidence/0/exact", "the text has \"On\""},
        {"{\"remove\":\"e\"}", "/remove", "an object with one key"},
        {"{\"remove\":{\"source\":\"s\"}}", "/remove/source", "there is no such kind"},
        {"{\"remove\":{\"event\":\"E\"}}", "/remove/event", "this is not an id"},
        {"{\"annals\":1,\"source\":{\"id\":\"s\",\"title\":\"S\"},\"events\":[]}", "/events",
         "holds nothing else"},
        {"{\"source\":{\"id\":\"s\",\"title\":\"S\"}}", "", "needs \"annals\""},
    };
    struct record_source *source = source_of(WORDED);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct problems problems;
        struct record r;
        bool found = false;
        problem_init(&problems, arena);
        ck_assert_msg(!record_decode(str_from(lines[i].line), source, arena, &problems, &r), "%s",
                      lines[i].line);
        for (size_t k = 0; k < problems.n; k++) {
            const struct problem *p = &problems.items[k];
            found = found || (str_starts(p->at, str_from(lines[i].at)) &&
                              str_search(p->detail, str_from(lines[i].words), 0) < p->detail.n);
        }
        ck_assert_msg(found, "%s: %.*s %.*s", lines[i].line, STR_ARG(problems.items[0].at),
                      STR_ARG(problems.items[0].detail));
    }
}
END_TEST

START_TEST(nothing_without_a_source_and_nothing_too_long)
{
    struct problems problems;
    struct record r;
    problem_init(&problems, arena);
    ck_assert(!record_decode(STR("{\"event\":{\"id\":\"e\"}}"), NULL, arena, &problems, &r));
    ck_assert(str_eq(problems.items[0].detail, STR("no source says this")));
    struct record_source *source = source_of(WORDED);
    struct buf line;
    buf_init(&line, 2 * RECORD_LARGEST);
    buf_add(&line, STR("{\"event\":{\"id\":\"e\",\"summary\":\""));
    while (line.n <= RECORD_LARGEST)
        buf_add(&line, STR("many words "));
    buf_add(&line, STR("\"}}"));
    problem_init(&problems, arena);
    ck_assert(!record_decode(buf_str(&line), source, arena, &problems, &r));
    ck_assert(str_search(problems.items[0].detail, STR("at most 262144 are read"), 0) <
              problems.items[0].detail.n);
    buf_free(&line);
}
END_TEST

/* Random bytes in the place of one of a good line's never break anything. */
START_TEST(any_byte_anywhere)
{
    static const char good[] =
        "{\"event\":{\"id\":\"e\",\"title\":\"E\",\"date\":\"2021\",\"places\":[\"p\"],"
        "\"evidence\":[{\"start\":3,\"end\":9,\"supports\":[\"date\"]}]}}";
    static const char bytes[] = "\0\"{}[]:,\\9a\x80\xFF";
    struct record_source *source = source_of(WORDED);
    for (size_t at = 0; at < sizeof good - 1; at++) {
        for (size_t b = 0; b < sizeof bytes - 1; b++) {
            char line[sizeof good];
            struct problems problems;
            struct record r;
            memcpy(line, good, sizeof good);
            line[at] = bytes[b];
            problem_init(&problems, arena);
            bool fine = record_decode((str){line, sizeof good - 1}, source, arena, &problems, &r);
            ck_assert_int_eq(fine, problems.n == 0);
        }
    }
}
END_TEST

CHECK_MAIN_WITH("record", set_up, tear_down, a_part_of_each_kind, what_is_wrong_and_where,
                nothing_without_a_source_and_nothing_too_long, any_byte_anywhere)
