/* Digests of the parts of documents: equal exactly when the parts say the same. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "model/document.h"

static struct arena *arena;
static json_t *full;

static void set_up(void)
{
    json_error_t error;
    arena = arena_new();
    full = json_load_file(TESTS "/load/valid/full.json", 0, &error);
    ck_assert_ptr_nonnull(full);
}

static void tear_down(void)
{
    json_decref(full);
    arena_free(arena);
}

static const struct document *decode(json_t *root)
{
    struct problems problems;
    bool syntax;
    problem_init(&problems, arena);
    char *text = json_dumps(root, 0);
    const struct document *d = document_decode(str_from(text), arena, &problems, &syntax);
    free(text);
    return d;
}

/* Where the first part of each kind is, in JSON and decoded. */
static json_t *json_part(json_t *root, enum document_kind kind)
{
    static const char *const lists[] = {
        [DOCUMENT_ACTOR] = "actors",       [DOCUMENT_PLACE] = "places",
        [DOCUMENT_TERM] = "types",         [DOCUMENT_EVENT] = "events",
        [DOCUMENT_RELATION] = "relations", [DOCUMENT_CLAIM] = "claims"};
    if (kind == DOCUMENT_SOURCE)
        return json_object_get(root, "source");
    return json_array_get(json_object_get(root, lists[kind]), 0);
}

static const void *part(const struct document *d, enum document_kind kind)
{
    const void *const parts[] = {[DOCUMENT_SOURCE] = &d->source, [DOCUMENT_ACTOR] = d->actors,
                                 [DOCUMENT_PLACE] = d->places,   [DOCUMENT_TERM] = d->types,
                                 [DOCUMENT_EVENT] = d->events,   [DOCUMENT_RELATION] = d->relations,
                                 [DOCUMENT_CLAIM] = d->claims};
    return parts[kind];
}

static bool is_zero(const unsigned char *property)
{
    static const unsigned char zero[DOCUMENT_PROPERTY_DIGEST];
    return memcmp(property, zero, sizeof zero) == 0;
}

/* Names of the properties in which two parts differ, joined by blanks. */
static const char *differing(enum document_kind kind, const struct document *a,
                             const struct document *b)
{
    unsigned char x[DOCUMENT_MOST_DIGEST], y[DOCUMENT_MOST_DIGEST];
    size_t n = document_digest(kind, part(a, kind), x);
    str names = STR("");
    ck_assert_uint_eq(document_digest(kind, part(b, kind), y), n);
    for (size_t i = 0; i < n; i++)
        if (memcmp(x + i * DOCUMENT_PROPERTY_DIGEST, y + i * DOCUMENT_PROPERTY_DIGEST,
                   DOCUMENT_PROPERTY_DIGEST) != 0)
            names = arena_printf(arena, "%.*s%s%s", STR_ARG(names), names.n ? " " : "",
                                 document_property_name(kind, i));
    return names.n ? names.p : "";
}

START_TEST(same_document_same_digests)
{
    const struct document *a = decode(full), *b = decode(full);
    for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
        ck_assert_str_eq(differing((enum document_kind)kind, a, b), "");
}
END_TEST

/* The file leaves nothing out. */
START_TEST(a_full_part_has_all_its_properties)
{
    const struct document *d = decode(full);
    for (int kind = 0; kind < DOCUMENT_KINDS; kind++) {
        unsigned char digest[DOCUMENT_MOST_DIGEST];
        size_t n = document_digest((enum document_kind)kind, part(d, (enum document_kind)kind),
                                   digest);
        for (size_t i = 0; i < n; i++) {
            const char *name = document_property_name((enum document_kind)kind, i);
            bool absent = is_zero(digest + i * DOCUMENT_PROPERTY_DIGEST);
            bool expected = strcmp(name, "text_access") == 0; /* false, as when left out */
            ck_assert_msg(absent == expected, "kind %d, %s", kind, name);
        }
    }
}
END_TEST

/* Whatever key is left out: its property alone differs. */
START_TEST(each_key_is_its_own_property)
{
    const struct document *whole = decode(full);
    int left_out = 0;
    for (int k = 0; k < DOCUMENT_KINDS; k++) {
        enum document_kind kind = (enum document_kind)k;
        const char *key;
        json_t *value;
        json_object_foreach(json_part(full, kind), key, value)
        {
            json_t *copy = json_deep_copy(full);
            json_object_del(json_part(copy, kind), key);
            const struct document *d = decode(copy);
            json_decref(copy);
            bool computed = strncmp(key, "text_", 5) == 0;
            if (d == NULL || computed)
                continue; /* required, or needed by another */
            ck_assert_str_eq(differing(kind, whole, d), key);
            left_out++;
        }
    }
    ck_assert_int_ge(left_out, 33);
}
END_TEST

static const struct {
    enum document_kind kind;
    const char *key;
    const char *one;
    const char *other;
    const char *differing;
} pairs[] = {
    {DOCUMENT_EVENT, "tags", "[\"ab\", \"c\"]", "[\"a\", \"bc\"]", "tags"},
    {DOCUMENT_EVENT, "tags", "[\"a\", \"b\"]", "[\"b\", \"a\"]", "tags"},
    {DOCUMENT_EVENT, "tags", "[]", "[\"a\"]", "tags"},
    {DOCUMENT_EVENT, "date", "\"2021-03\"", "\"2021-03?\"", "date"},
    {DOCUMENT_EVENT, "participants", "[{\"actor\": \"a\", \"role\": \"b\"}]",
     "[{\"actor\": \"a\"}, {\"actor\": \"b\"}]", "participants"},
    {DOCUMENT_EVENT, "identifiers", "{\"x\": \"1\", \"y\": \"2\"}", "{\"y\": \"2\", \"x\": \"1\"}",
     ""},
    {DOCUMENT_EVENT, "identifiers", "{\"x\": \"1\"}", "{\"x\": \"2\"}", "identifiers"},
    {DOCUMENT_EVENT, "evidence", "[{\"start\": 0, \"end\": 2}]",
     "[{\"start\": 0, \"end\": 2, \"supports\": [\"date\"]}]", "evidence"},
    {DOCUMENT_PLACE, "lat", "1", "1.0", ""},
    {DOCUMENT_PLACE, "lat", "0", "-0.0", ""},
    {DOCUMENT_PLACE, "lat", "1", "1.0000001", "lat"},
    {DOCUMENT_PLACE, "part_of", "\"coast\"", "[{\"place\": \"coast\"}]", ""},
    {DOCUMENT_PLACE, "part_of", "\"coast\"", "[{\"place\": \"coast\", \"date\": \"1900\"}]",
     "part_of"},
    {DOCUMENT_SOURCE, "text_access", "\"public\"", "\"withheld\"", "text_access"},
    {DOCUMENT_SOURCE, "precedence", "0", "1", "precedence"},
    {DOCUMENT_CLAIM, "stance", "\"denies\"", "\"asserts\"", "stance"},
};

static const struct document *decode_with(size_t i, const char *value)
{
    json_t *copy = json_deep_copy(full);
    json_object_set_new(json_part(copy, pairs[i].kind), pairs[i].key,
                        json_loads(value, JSON_DECODE_ANY, NULL));
    const struct document *d = decode(copy);
    json_decref(copy);
    ck_assert_msg(d != NULL, "%s: %s", pairs[i].key, value);
    return d;
}

START_TEST(pairs_of_values)
{
    const struct document *one = decode_with((size_t)_i, pairs[_i].one);
    const struct document *other = decode_with((size_t)_i, pairs[_i].other);
    ck_assert_str_eq(differing(pairs[_i].kind, one, other), pairs[_i].differing);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("document digest");
    TCase *cases = tcase_create("digests");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, same_document_same_digests);
    tcase_add_test(cases, a_full_part_has_all_its_properties);
    tcase_add_test(cases, each_key_is_its_own_property);
    tcase_add_loop_test(cases, pairs_of_values, 0, (int)(sizeof pairs / sizeof *pairs));
    suite_add_tcase(suite, cases);
    return check_main(suite);
}
