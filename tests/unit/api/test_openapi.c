/* The descriptions of the interface hold everything that its tables hold. */
#include "api/openapi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/docs.h"
#include "api/shape.h"
#include "base/jscan.h"
#include "base/jvalue.h"
#include "check_main.h"
#include "render/format.h"

static struct buf text;
static str document;

static const struct example_ids ids = {
    .event = STR_INIT("e1"),
    .items = {[ITEM_SOURCE] = STR_INIT("s1"),
              [ITEM_ACTOR] = STR_INIT("a1"),
              [ITEM_PLACE] = STR_INIT("p1"),
              [ITEM_TYPE] = STR_INIT("t1"),
              [ITEM_CLAIM] = STR_INIT("c1"),
              [ITEM_RELATION] = STR_INIT("r1")},
    .changeset = STR_INIT("7"),
    .year = STR_INIT("2021"),
    .word = STR_INIT("treaty"),
    .tag = STR_INIT("tag"),
    .role = STR_INIT("signatory"),
};

static void describe(void)
{
    const struct openapi_facts facts = {.title = STR("A \"store\""),
                                        .licence = STR("CC0-1.0"),
                                        .software = STR("9"),
                                        .public_url = STR("https://events.example.org"),
                                        .ids = ids};
    buf_init(&text, (size_t)8 * 1024 * 1024);
    openapi_write(&text, &facts);
    ck_assert(!buf_failed(&text));
    document = buf_str(&text);
}

static void forget(void)
{
    buf_free(&text);
}

static str at(str object, const char *const *path)
{
    for (size_t i = 0; path[i] != NULL; i++)
        object = jvalue_member(object, path[i]);
    return object;
}
#define AT(object, ...) at((object), (const char *const[]){__VA_ARGS__, NULL})

static str operation_of(const struct route *route)
{
    static const char *const methods[] = {
        [API_GET] = "get", [API_POST] = "post", [API_PUT] = "put", [API_DELETE] = "delete"};
    return AT(document, "paths", route->path, methods[route->method]);
}

/* Whether a parameter of this name is among those of an operation, itself or by reference. */
static bool has_parameter(str operation, const char *name)
{
    char reference[200], quoted[200];
    str parameters = jvalue_member(operation, "parameters"), one;
    snprintf(reference, sizeof reference, "\"#/components/parameters/%s\"", name);
    snprintf(quoted, sizeof quoted, "\"%s\"", name);
    for (size_t i = 0; jscan_element(parameters, &i, &one);)
        if (str_eq(jvalue_member(one, "$ref"), str_from(reference)) ||
            (str_eq(jvalue_member(one, "name"), str_from(quoted)) &&
             jvalue_is(jvalue_member(one, "in"), "query")))
            return true;
    return false;
}

START_TEST(is_well_formed_and_compact)
{
    size_t place;
    ck_assert(jscan_within(document, 40, 100000, &place));
    ck_assert(str_search(document, STR("\": "), 0) == document.n);
    ck_assert(str_search(document, STR("\n"), 0) == document.n);
    ck_assert(jvalue_is(jvalue_member(document, "openapi"), "3.0.3"));
}
END_TEST

START_TEST(has_every_route_that_is_built_and_no_other)
{
    size_t n;
    const struct route *routes = route_table(&n);
    for (size_t i = 0; i < n; i++) {
        str operation = operation_of(&routes[i]);
        ck_assert_msg((operation.n > 0) == (routes[i].handler != NULL), "%s", routes[i].path);
        if (operation.n > 0)
            ck_assert_uint_gt(AT(operation, "responses", "200").n, 0);
    }
}
END_TEST

START_TEST(has_every_parameter_of_every_route)
{
    size_t n;
    const struct route *routes = route_table(&n);
    for (size_t i = 0; i < n; i++) {
        if (routes[i].handler == NULL)
            continue;
        for (unsigned p = 0; p < PARAMETERS; p++) {
            const char *name = parameter_name((enum parameter)p);
            bool taken = routes[i].parameters & PARAMETER_BIT(p);
            /* A filter of the items may have the same name. */
            if (!taken && routes[i].terms)
                continue;
            ck_assert_msg(has_parameter(operation_of(&routes[i]), name) == taken, "%s at %s", name,
                          routes[i].path);
        }
    }
}
END_TEST

START_TEST(every_write_names_the_fields_of_its_head)
{
    static const char *const fields[] = {"\"If-Match\"", "\"If-None-Match\"",
                                         "\"Idempotency-Key\""};
    size_t n;
    const struct route *routes = route_table(&n);
    for (size_t i = 0; i < n; i++) {
        if (routes[i].handler == NULL)
            continue;
        str parameters = jvalue_member(operation_of(&routes[i]), "parameters"), one;
        size_t found = 0;
        for (size_t at = 0; jscan_element(parameters, &at, &one);)
            for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
                found += str_eq(jvalue_member(one, "name"), str_from(fields[k])) &&
                         jvalue_is(jvalue_member(one, "in"), "header");
        ck_assert_msg(found == (routes[i].kind == ROUTE_WRITE ? 3 : 0), "%s: %zu fields",
                      routes[i].path, found);
    }
}
END_TEST

START_TEST(has_every_filter_of_items)
{
    size_t n, terms_count;
    const struct route *routes = route_table(&n);
    for (size_t i = 0; i < n; i++) {
        if (!routes[i].terms)
            continue;
        const char *const *terms = store_item_terms((enum item_kind)routes[i].detail, &terms_count);
        for (size_t k = 0; k < terms_count; k++)
            ck_assert_msg(has_parameter(operation_of(&routes[i]), terms[k]), "%s at %s", terms[k],
                          routes[i].path);
    }
}
END_TEST

/* Every reference leads somewhere. */
START_TEST(references_are_kept)
{
    static const char *const kinds[] = {"schemas", "parameters", "responses"};
    str begin = STR("\"#/components/");
    size_t found = 0;
    for (size_t i = str_search(document, begin, 0); i < document.n;
         i = str_search(document, begin, i + 1)) {
        str rest = str_sub(document, i + begin.n, 200), kind, name;
        rest = str_sub(rest, 0, str_find(rest, '"'));
        ck_assert(str_cut(rest, '/', &kind, &name));
        bool kept = false;
        for (size_t k = 0; k < 3; k++) {
            char wanted[200];
            snprintf(wanted, sizeof wanted, "%.*s", STR_ARG(name));
            if (str_eq(kind, str_from(kinds[k])))
                kept = AT(document, "components", kinds[k], wanted).n > 0;
        }
        ck_assert_msg(kept, "%.*s", STR_ARG(rest));
        found++;
    }
    ck_assert_uint_gt(found, 100);
}
END_TEST

START_TEST(operations_have_names_of_their_own)
{
    size_t n;
    const struct route *routes = route_table(&n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++) {
            struct buf a, b;
            buf_init(&a, 200);
            buf_init(&b, 200);
            openapi_operation(&a, &routes[i]);
            openapi_operation(&b, &routes[k]);
            ck_assert_msg(!str_eq(buf_str(&a), buf_str(&b)), "%s, %s", routes[i].path,
                          routes[k].path);
            buf_free(&a);
            buf_free(&b);
        }
}
END_TEST

START_TEST(every_parameter_has_a_shape)
{
    struct route_match m;
    route_find(STR("/v1/events"), &m);
    for (unsigned p = 0; p < PARAMETERS; p++) {
        struct shape s = shape_of((enum parameter)p, m.any);
        ck_assert_msg(s.kind != SHAPE_NONE, "%s", parameter_name((enum parameter)p));
        ck_assert((s.kind == SHAPE_WORD) == (s.words != NULL));
        ck_assert_msg(!(parameter_flags((enum parameter)p) & PARAMETER_FLAG) ||
                          s.kind == SHAPE_FLAG,
                      "%s", parameter_name((enum parameter)p));
    }
}
END_TEST

static void assert_in(str page, const char *before, const char *name, const char *after)
{
    char wanted[400];
    snprintf(wanted, sizeof wanted, "%s%s%s", before, name, after);
    ck_assert_msg(str_search(page, str_from(wanted), 0) < page.n, "no %s", wanted);
}

START_TEST(the_reference_has_an_anchor_for_everything)
{
    const struct docs_facts facts = {.title = STR("T"), .software = STR("9"), .ids = ids};
    struct buf page, name;
    size_t n;
    const struct route *routes = route_table(&n);
    buf_init(&page, (size_t)8 * 1024 * 1024);
    docs_write(&page, &facts);
    ck_assert(!buf_failed(&page));
    for (unsigned code = ERR_NONE + 1; code <= ERR_DEADLINE; code++) {
        ck_assert_msg(docs_problem((enum err_code)code) != NULL, "%s",
                      err_slug((enum err_code)code));
        assert_in(buf_str(&page), "id=\"", err_slug((enum err_code)code), "\"");
    }
    for (unsigned p = 0; p < PARAMETERS; p++)
        for (size_t i = 0; i < n; i++)
            if (routes[i].handler != NULL && openapi_has(&routes[i], (enum parameter)p))
                assert_in(buf_str(&page), "id=\"parameter-", parameter_name((enum parameter)p),
                          "\"");
    for (size_t i = 0; i < n; i++) {
        if (routes[i].handler == NULL)
            continue;
        buf_init(&name, 200);
        openapi_operation(&name, &routes[i]);
        buf_add_char(&name, '\0');
        assert_in(buf_str(&page), "id=\"", name.p, "\"");
        buf_free(&name);
    }
    ck_assert(str_search(buf_str(&page), STR("<script"), 0) == page.n);
    buf_free(&page);
}
END_TEST

/* A store with nothing in it has no examples, and a description all the same. */
START_TEST(an_empty_store_is_described)
{
    const struct openapi_facts none = {.title = STR("T"), .software = STR("9")};
    const struct docs_facts nothing = {.title = STR("T"), .software = STR("9")};
    struct buf out;
    size_t place;
    buf_init(&out, (size_t)8 * 1024 * 1024);
    openapi_write(&out, &none);
    ck_assert(jscan_within(buf_str(&out), 40, 100000, &place));
    ck_assert(str_search(buf_str(&out), STR("\"servers\":[{\"url\":\"/\"}]"), 0) < out.n);
    buf_clear(&out);
    docs_write(&out, &nothing);
    ck_assert(!buf_failed(&out));
    buf_free(&out);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("openapi");
    tcase_add_checked_fixture(t, describe, forget);
    tcase_add_test(t, is_well_formed_and_compact);
    tcase_add_test(t, has_every_route_that_is_built_and_no_other);
    tcase_add_test(t, has_every_parameter_of_every_route);
    tcase_add_test(t, every_write_names_the_fields_of_its_head);
    tcase_add_test(t, has_every_filter_of_items);
    tcase_add_test(t, references_are_kept);
    tcase_add_test(t, operations_have_names_of_their_own);
    tcase_add_test(t, every_parameter_has_a_shape);
    tcase_add_test(t, the_reference_has_an_anchor_for_everything);
    tcase_add_test(t, an_empty_store_is_described);
    Suite *s = suite_create("openapi");
    suite_add_tcase(s, t);
    return check_main(s);
}
