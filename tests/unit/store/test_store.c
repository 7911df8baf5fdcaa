/* The store end to end, in process: put, read, replace, remove, earlier versions, the check. */
#include <stdio.h>
#include <stdlib.h>

#include "world.h"

static struct world world;
static struct store *store;
static struct store_writer *writer;
static struct store_reader *reader;
static struct arena *arena;
static struct err err;

static void set_up(void)
{
    world_open(&world, 1);
    store = world.store;
    writer = world.writer;
    reader = world.reader;
    arena = world.arena;
}

static void tear_down(void)
{
    world_close(&world);
}

/* ---- documents ---- */

static str first_of(const struct problems *problems)
{
    return problems->n > 0 ? problems->items[0].detail : STR("");
}

static struct document *decode(const char *json)
{
    struct problems problems;
    bool syntax;
    problem_init(&problems, arena);
    struct document *d = document_decode(str_from(json), arena, &problems, &syntax);
    ck_assert_msg(d != NULL, "%.*s", STR_ARG(first_of(&problems)));
    return d;
}

static struct change_result put(const char *json)
{
    struct change change = {.author = STR("tester"), .message = STR("a test")};
    struct change_result result;
    struct problems problems;
    bool replayed;
    problem_init(&problems, arena);
    ck_assert(store_change_begin(writer, &change, arena, &replayed, &result, &err));
    bool ok = store_change_put(writer, decode(json), STR(""), &problems, &err);
    ck_assert_msg(ok, "%s / %.*s", err.detail, STR_ARG(first_of(&problems)));
    ck_assert_msg(store_change_commit(writer, arena, &result, &err), "%s", err.detail);
    return result;
}

static struct change_result delete_source(const char *id)
{
    struct change change = {.author = STR("tester")};
    struct change_result result;
    bool replayed;
    ck_assert(store_change_begin(writer, &change, arena, &replayed, &result, &err));
    ck_assert_msg(store_change_delete(writer, str_from(id), &err), "%s", err.detail);
    ck_assert_msg(store_change_commit(writer, arena, &result, &err), "%s", err.detail);
    return result;
}

static const char first[] =
    "{\"annals\":1,\"source\":{\"id\":\"one\",\"title\":\"One\",\"text\":\"On 3 May they met in "
    "Aro.\"},"
    "\"actors\":[{\"id\":\"aaa\",\"name\":\"Aaa\",\"kind\":\"state\","
    "\"identifiers\":{\"iso3166\":\"AA\"}},{\"id\":\"bbb\",\"name\":\"Bbb\"}],"
    "\"places\":[{\"id\":\"land\",\"name\":\"Land\"},{\"id\":\"aro\",\"name\":\"Aro\",\"lat\":1.5,"
    "\"lon\":2.5,\"part_of\":\"land\",\"names\":[{\"name\":\"Yaro\"}]}],"
    "\"events\":[{\"id\":\"talks\",\"title\":\"Talks\",\"date\":\"2020-05-03\",\"type\":"
    "\"consult\","
    "\"participants\":[{\"actor\":\"aaa\",\"role\":\"host\"},{\"actor\":\"bbb\"}],"
    "\"places\":[\"aro\"],\"tags\":[\"spring\"],"
    "\"evidence\":[{\"start\":3,\"end\":8,\"exact\":\"3 May\",\"supports\":[\"date\"]}]},"
    "{\"id\":\"pact\",\"title\":\"Pact\",\"date\":\"2021-06\"},{\"id\":\"rumour\","
    "\"title\":\"Rumour\"}],"
    "\"relations\":[{\"from\":\"pact\",\"type\":\"responds_to\",\"to\":\"talks\"}],"
    "\"claims\":[{\"id\":\"c1\",\"speaker\":\"bbb\",\"stance\":\"denies\",\"about\":[\"talks\"],"
    "\"text\":\"No talks.\"}]}";

static const char second[] =
    "{\"annals\":1,\"source\":{\"id\":\"two\",\"title\":\"Two\",\"precedence\":5},"
    "\"events\":[{\"id\":\"talks\",\"title\":\"The talks\",\"date\":\"2020-05-05\","
    "\"participants\":[{\"actor\":\"bbb\",\"role\":\"host\"}]}]}";

/* ---- questions ---- */

static size_t ask_at(int64_t version, const char *window, struct filter *filters, size_t n,
                     const char *text, struct event_page *page)
{
    struct query q = {.filters = filters, .filter_count = n, .limit = 10, .version = version};
    struct edtf_error where;
    struct problems problems;
    problem_init(&problems, arena);
    if (window != NULL) {
        q.date.text = str_from(window);
        ck_assert(edtf_parse(q.date.text, &q.date.value, &where));
        match_prepare(q.date.text, MATCH_OVERLAPS, arena, &q.match);
    }
    q.text = str_from(text);
    ck_assert_msg(store_find_events(reader, &q, arena, page, &problems, &err), "%s", err.detail);
    return page->n;
}

static size_t ask(const char *window, struct filter *filters, size_t n, const char *text,
                  struct event_page *page)
{
    return ask_at(store_version(store), window, filters, n, text, page);
}

static struct filter filter(enum filter_kind kind, str *value)
{
    return (struct filter){.kind = kind, .values = {value, 1}, .parameter = STR("x")};
}

static void expect_sound(void)
{
    struct problems problems;
    problem_init(&problems, arena);
    ck_assert_msg(store_check(reader, &problems, &err), "%s", err.detail);
    ck_assert_msg(problems.n == 0, "%.*s", STR_ARG(first_of(&problems)));
}

static bool contains(str text, const char *part)
{
    return str_search(text, str_from(part), 0) < text.n;
}

/* ---- tests ---- */

START_TEST(a_source_goes_in_and_comes_out)
{
    struct change_result result = put(first);
    ck_assert_int_eq(result.status, 201);
    ck_assert_int_eq(result.version, 1);
    ck_assert(contains(result.json, "\"events\":[\"talks\",\"pact\",\"rumour\"]"));

    struct event_page page;
    ck_assert_uint_eq(ask(NULL, NULL, 0, NULL, &page), 3);
    ck_assert(str_eq(page.rows[0].id, STR("talks")));
    ck_assert(str_eq(page.rows[1].id, STR("pact")));
    ck_assert(str_eq(page.rows[2].id, STR("rumour")));
    ck_assert(contains(page.rows[0].document, "\"display\":\"3 May 2020\""));
    ck_assert_uint_eq(ask("2020-05", NULL, 0, NULL, &page), 1);
    ck_assert_int_eq(page.rows[0].match, PERIOD_CERTAIN);
    ck_assert_uint_eq(ask("2021-06-01", NULL, 0, NULL, &page), 1);
    ck_assert_int_eq(page.rows[0].match, PERIOD_POSSIBLE);
    expect_sound();
}
END_TEST

START_TEST(filters_and_words_find_it)
{
    put(first);
    struct event_page page;
    str land = STR("land"), host = STR("aaa"), code = STR("iso3166:AA"), tag = STR("spring");
    struct filter filters[] = {filter(FILTER_PLACE, &land), filter(FILTER_ACTOR, &host),
                               filter(FILTER_ACTOR, &code), filter(FILTER_TAG, &tag)};
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(ask(NULL, &filters[i], 1, NULL, &page), 1);
    ck_assert_uint_eq(ask(NULL, filters, 4, NULL, &page), 1);
    filters[1].negate = true;
    ck_assert_uint_eq(ask(NULL, &filters[1], 1, NULL, &page), 2);
    ck_assert_uint_eq(ask(NULL, NULL, 0, "yaro", &page), 1);
    ck_assert_uint_eq(ask(NULL, NULL, 0, "\"3 May\"", &page), 1);
    ck_assert_uint_eq(ask(NULL, NULL, 0, "tal*", &page), 1);
    ck_assert_uint_eq(ask(NULL, NULL, 0, "\" OR NEAR(", &page), 0);
    ck_assert_uint_eq(ask(NULL, NULL, 0, "!!", &page), 0);
}
END_TEST

START_TEST(the_same_again_is_no_change)
{
    put(first);
    struct change_result result = put(first);
    ck_assert_int_eq(result.version, 1);
    ck_assert_int_eq(result.status, 200);
    ck_assert(contains(result.json, "\"changeset\":null"));
    ck_assert_int_eq(store_version(store), 1);
}
END_TEST

START_TEST(accounts_merge_and_contradict)
{
    put(first);
    struct change_result result = put(second);
    ck_assert(contains(result.json, "\"accounts\":[\"two/talks\"]"));
    struct event_page page;
    ask("2020-05-05", NULL, 0, NULL, &page);
    ck_assert_uint_eq(page.n, 1);
    ck_assert(contains(page.rows[0].document, "\"title\":\"The talks\""));
    ck_assert(contains(page.rows[0].document, "\"disputed\":[\"date\"]"));
    ck_assert(contains(page.rows[0].document, "\"accounts\":2"));
    ck_assert_uint_eq(ask_at(1, "2020-05-03", NULL, 0, NULL, &page), 1);
    ck_assert(contains(page.rows[0].document, "\"title\":\"Talks\""));

    result = delete_source("two");
    ck_assert(contains(result.json, "\"sources\":[\"two\"]"));
    ck_assert_uint_eq(ask("2020-05-03", NULL, 0, NULL, &page), 1);
    ck_assert(contains(page.rows[0].document, "\"disputed\":[]"));
    expect_sound();
}
END_TEST

START_TEST(what_others_need_stays)
{
    put(first);
    put(second);
    struct change_result result = delete_source("one");
    ck_assert(contains(result.json, "actor bbb stays"));
    struct event_page page;
    ck_assert_uint_eq(ask(NULL, NULL, 0, NULL, &page), 1);
    ck_assert(contains(page.rows[0].document, "\"name\":\"Bbb\""));
    struct event_row row;
    struct gone gone;
    ck_assert_int_eq(store_get_event(reader, 3, STR("pact"), arena, &row, &gone, &err), STORE_GONE);
    ck_assert_int_eq(gone.version, 3);
    ck_assert_int_eq(store_get_event(reader, 2, STR("pact"), arena, &row, &gone, &err),
                     STORE_FOUND);
    expect_sound();
}
END_TEST

START_TEST(a_new_name_reaches_the_events)
{
    put(first);
    put("{\"annals\":1,\"source\":{\"id\":\"three\",\"title\":\"Three\"},"
        "\"actors\":[{\"id\":\"aaa\",\"name\":\"Other\",\"names\":[{\"name\":\"Zzyzx\"}]}]}");
    struct event_page page;
    ck_assert_uint_eq(ask(NULL, NULL, 0, "zzyzx", &page), 1);
    ck_assert(contains(page.rows[0].document, "\"name\":\"Aaa\""));
    expect_sound();
}
END_TEST

START_TEST(unknown_references_are_all_named)
{
    struct change change = {.author = STR("tester")};
    struct change_result result;
    struct problems problems;
    bool replayed;
    put(first);
    problem_init(&problems, arena);
    struct document *d = decode(
        "{\"annals\":1,\"source\":{\"id\":\"bad\",\"title\":\"Bad\"},\"events\":[{\"id\":\"e\","
        "\"title\":\"E\",\"type\":\"consolt\",\"participants\":[{\"actor\":\"aab\"}],"
        "\"places\":[\"nowhere\"]}],"
        "\"relations\":[{\"from\":\"e\",\"type\":\"follows\",\"to\":\"tallks\"}]}");
    ck_assert(store_change_begin(writer, &change, arena, &replayed, &result, &err));
    ck_assert(!store_change_put(writer, d, STR("/0"), &problems, &err));
    store_change_abort(writer);
    ck_assert_int_eq(err.code, ERR_INVALID_DOCUMENT);
    ck_assert_uint_eq(problems.n, 4);
    ck_assert(str_eq(problems.items[0].at, STR("/0/events/0/type")));
    ck_assert(contains(problems.items[0].hint, "consult"));
    ck_assert(contains(problems.items[3].hint, "talks"));
    ck_assert_int_eq(store_version(store), 1);
}
END_TEST

START_TEST(a_repeated_request_is_answered_as_before)
{
    struct change change = {.author = STR("tester"), .idempotency_key = STR("k1")};
    struct change_result result, again;
    struct problems problems;
    bool replayed;
    problem_init(&problems, arena);
    ck_assert(store_change_begin(writer, &change, arena, &replayed, &result, &err));
    ck_assert(!replayed);
    ck_assert(store_change_put(writer, decode(first), STR(""), &problems, &err));
    ck_assert(store_change_commit(writer, arena, &result, &err));
    ck_assert(store_change_begin(writer, &change, arena, &replayed, &again, &err));
    ck_assert(replayed && again.status == 201 && str_eq(again.json, result.json));
    change.fingerprint[0] = 1;
    ck_assert(!store_change_begin(writer, &change, arena, &replayed, &again, &err));
    ck_assert_int_eq(err.code, ERR_IDEMPOTENCY);
}
END_TEST

START_TEST(a_change_outlives_its_documents)
{
    struct change change = {.author = STR("tester")};
    struct change_result result;
    struct problems problems;
    struct arena *request = arena, *line = arena_new();
    bool replayed;
    problem_init(&problems, request);
    ck_assert(store_change_begin(writer, &change, request, &replayed, &result, &err));
    for (int i = 0; i < 20; i++) {
        char json[300];
        snprintf(json, sizeof json,
                 "{\"annals\":1,\"source\":{\"id\":\"s%d\",\"title\":\"S\"},\"events\":["
                 "{\"id\":\"e%d-0\",\"title\":\"E\"},{\"id\":\"e%d-1\",\"title\":\"E\"}]}",
                 i, i, i);
        arena_reset(line);
        arena = line;
        ck_assert(store_change_put(writer, decode(json), STR(""), &problems, &err));
        arena = request;
    }
    ck_assert(store_change_commit(writer, arena, &result, &err));
    arena_free(line);
    struct event_page page;
    struct query q = {.limit = 100, .version = 1};
    ck_assert(store_find_events(reader, &q, arena, &page, &problems, &err));
    ck_assert_uint_eq(page.n, 40);
    for (size_t i = 0; i < page.n; i++) {
        /* Event e7-1 is told of by s7 alone. */
        str source = str_sub(page.rows[i].sources, 1, 9);
        ck_assert(str_starts(str_sub(page.rows[i].id, 1, 9), source));
    }
    expect_sound();
}
END_TEST

START_TEST(titles_are_sorted_as_people_read_them)
{
    put("{\"annals\":1,\"source\":{\"id\":\"one\",\"title\":\"One\"},\"events\":["
        "{\"id\":\"e1\",\"title\":\"zebra\"},{\"id\":\"e2\",\"title\":\"Äpfel\"},"
        "{\"id\":\"e3\",\"title\":\"apple\"},{\"id\":\"e4\",\"title\":\"Zebra\"},"
        "{\"id\":\"e5\",\"title\":\"İzmir\"}]}");
    static const char *const order[] = {"e2", "e3", "e5", "e1", "e4"};
    struct query q = {.sort = SORT_TITLE, .limit = 1, .version = 1};
    struct problems problems;
    struct event_page page;
    problem_init(&problems, arena);
    for (size_t i = 0; i < 5; i++) {
        ck_assert(store_find_events(reader, &q, arena, &page, &problems, &err));
        ck_assert_uint_eq(page.n, 1);
        ck_assert_msg(str_eq(page.rows[0].id, str_from(order[i])), "%zu is %.*s", i,
                      STR_ARG(page.rows[0].id));
        ck_assert(page.more == (i < 4));
        q.after = (struct query_after){
            .given = true, .text = page.rows[0].title, .id = page.rows[0].id};
    }
}
END_TEST

START_TEST(parts_and_items_are_json)
{
    put(first);
    put(second);
    str json;
    static const enum event_part parts[] = {PART_ACCOUNTS, PART_RELATIONS, PART_CLAIMS,
                                            PART_EVIDENCE};
    static const char *const words[] = {"\"source\":\"two\"", "\"direction\":\"in\"",
                                        "\"stance\":\"denies\"", "\"exact\":\"3 May\""};
    for (size_t i = 0; i < 4; i++) {
        ck_assert(store_event_part(reader, 2, &(struct reading){0}, STR("talks"), parts[i], arena,
                                   &json, &err));
        ck_assert_msg(contains(json, words[i]), "%.*s", STR_ARG(json));
    }
    ck_assert(store_source_annotations(reader, 2, STR("one"), arena, &json, &err));
    ck_assert(contains(json, "\"annals:supports\":\"date\""));
    ck_assert(store_source_text(reader, 2, STR("one"), arena, &json, &err));
    ck_assert(contains(json, "they met"));

    static const size_t counts[] = {2, 2, 2, 16, 1, 1};
    for (int kind = 0; kind < ITEM_KINDS; kind++) {
        struct item_query q = {
            .kind = (enum item_kind)kind, .version = 2, .limit = 100, .count = true};
        struct item_page page;
        ck_assert(store_find_items(reader, &q, arena, &page, &err));
        ck_assert_int_eq(page.matched, (int64_t)page.n);
        ck_assert_uint_eq(page.n, counts[kind]);
    }
    struct store_summary summary;
    ck_assert(store_summary(reader, 2, arena, &summary, &err));
    ck_assert_int_eq(summary.events, 3);
    ck_assert(str_eq(summary.last_date, STR("2021-06-30")));
}
END_TEST

START_TEST(tokens_open_and_close)
{
    str secret;
    struct token token;
    ck_assert(store_token_create(writer, STR("loader"), SCOPE_WRITE, arena, &secret, &err));
    ck_assert(!store_token_create(writer, STR("loader"), SCOPE_READ, arena, &secret, &err));
    ck_assert_int_eq(err.code, ERR_CONFLICT);
    ck_assert(store_token_check(reader, secret, arena, &token, &err));
    ck_assert_int_eq(token.scope, SCOPE_WRITE);
    str wrong = arena_printf(arena, "%.*s0", STR_ARG(str_sub(secret, 0, secret.n - 1)));
    ck_assert(store_token_check(reader, wrong, arena, &token, &err));
    ck_assert(token.scope == SCOPE_NONE || str_eq(wrong, secret));
    ck_assert(store_token_revoke(writer, STR("loader"), &err));
    ck_assert(store_token_check(reader, secret, arena, &token, &err));
    ck_assert_int_eq(token.scope, SCOPE_NONE);
}
END_TEST

/* No text is an error, whatever it looks like to the engine. */
START_TEST(hostile_texts_are_words)
{
    static const char *const texts[] = {
        "\"",
        "\"\"",
        "\"talks",
        "talks\"",
        "*",
        "**",
        "talks*",
        "^talks",
        "title:talks",
        "NEAR(a b)",
        "talks OR pact",
        "AND",
        "NOT talks",
        "(",
        ")",
        "((talks))",
        "-talks",
        "+",
        "{title}:x",
        "'; --",
        ":",
        "title : \"talks\"",
        "\\",
        "talks\n",
        ("\xEE\x80\x80"
         "1"),
        "\xEE\x80\x80",
        "%",
        "\t",
    };
    struct event_page page;
    put(first);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        ask(NULL, NULL, 0, texts[i], &page);
    ck_assert_uint_eq(ask(NULL, NULL, 0, "((talks))", &page), 1);
    ck_assert_uint_eq(ask(NULL, NULL, 0, "^talks", &page), 1);
    ck_assert_uint_eq(ask(NULL, NULL, 0, "talks talks TALKS", &page), 1);
    ck_assert_uint_eq(ask(NULL, NULL, 0, "talks OR pact", &page), 0);
    ck_assert_uint_eq(ask(NULL, NULL, 0, "*", &page), 0);
    /* What stands for a link is not to be asked for. */
    ck_assert_uint_eq(ask(NULL, NULL, 0,
                          "\xEE\x80\x80"
                          "1",
                          &page),
                      0);
}
END_TEST

/* As many words as a target can hold, words and prefixes. */
START_TEST(thousands_of_words_are_asked_for_at_once)
{
    struct event_page page;
    put(first);
    for (int prefixes = 0; prefixes < 2; prefixes++) {
        struct buf text;
        buf_init(&text, 1 << 20);
        for (int i = 0; i < 4000; i++)
            buf_printf(&text, "%x%s ", i, prefixes ? "*" : "");
        ck_assert_uint_eq(ask(NULL, NULL, 0, arena_copy(arena, buf_str(&text)).p, &page), 0);
        buf_clear(&text);
        for (int i = 0; i < 4000; i++)
            buf_add(&text, STR("talks "));
        ck_assert_uint_eq(ask(NULL, NULL, 0, arena_copy(arena, buf_str(&text)).p, &page), 1);
        buf_free(&text);
    }
}
END_TEST

CHECK_MAIN_WITH("store", set_up, tear_down, a_source_goes_in_and_comes_out,
                filters_and_words_find_it, the_same_again_is_no_change,
                accounts_merge_and_contradict, what_others_need_stays,
                a_new_name_reaches_the_events, unknown_references_are_all_named,
                a_repeated_request_is_answered_as_before, a_change_outlives_its_documents,
                titles_are_sorted_as_people_read_them, parts_and_items_are_json,
                tokens_open_and_close, hostile_texts_are_words,
                thousands_of_words_are_asked_for_at_once)
