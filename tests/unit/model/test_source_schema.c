/*
 * The JSON Schema of source documents and the tables by which they are decoded: neither has a key,
 * a required mark, a limit, a pattern or a closed list that the other has not. And the shipped
 * vocabularies, which the schema and the reference list.
 */
#include <jansson.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "model/document_shape.h"
#include "model/vocabulary.h"

static json_t *schema;
static struct arena *arena;

static void set_up(void)
{
    json_error_t error;
    schema = json_load_file(TESTS "/../schema/json/source.schema.json", JSON_REJECT_DUPLICATES,
                            &error);
    ck_assert_msg(schema != NULL, "%d: %s", error.line, error.text);
    arena = arena_new();
}

static void tear_down(void)
{
    json_decref(schema);
    arena_free(arena);
}

static json_t *definition(const char *name)
{
    json_t *found = json_object_get(json_object_get(schema, "$defs"), name);
    ck_assert_msg(found != NULL, "the schema has no $defs/%s", name);
    return found;
}

/* The name under $defs that a schema points to, or "". */
static const char *reference(const json_t *json)
{
    const char *ref = json_string_value(json_object_get(json, "$ref"));
    const char *start = "#/$defs/";
    return ref && strncmp(ref, start, strlen(start)) == 0 ? ref + strlen(start) : "";
}

static const char *text_of(const json_t *json, const char *key)
{
    const char *text = json_string_value(json_object_get(json, key));
    return text ? text : "";
}

/* "FORM_ID" is "id" in the schema. */
static const char *form_name(enum document_form form)
{
    static const char *const names[] = {
#define X(form, longest, pattern, right) [form] = #form,
        DOCUMENT_FORM_TABLE(X)
#undef X
    };
    char *name = arena_alloc(arena, 32);
    for (size_t i = 0; names[form][i + 5]; i++)
        name[i] = (char)(names[form][i + 5] - 'A' + 'a');
    return name;
}

static bool array_has(const json_t *array, const char *word)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        if (strcmp(json_string_value(json_array_get(array, i)), word) == 0)
            return true;
    return false;
}

/* ---- one kind of value each ---- */

static void check_words(const struct field *f, const json_t *json)
{
    size_t n;
    const struct term *terms = vocabulary_terms(f->vocabulary, &n);
    const json_t *words = json_object_get(json, "enum");
    ck_assert_msg(json_array_size(words) == n, "%s: %zu words", f->key, json_array_size(words));
    for (size_t i = 0; i < n; i++)
        ck_assert_str_eq(json_string_value(json_array_get(words, i)), terms[i].id);
}

static void check_range(const struct field *f, const json_t *json)
{
    const char *type = f->kind == FIELD_INTEGER ? "integer" : "number";
    ck_assert_str_eq(text_of(json, "type"), type);
    ck_assert_int_eq(json_integer_value(json_object_get(json, "minimum")), f->least);
    ck_assert_int_eq(json_integer_value(json_object_get(json, "maximum")), f->most);
}

static void check_array(const struct field *f, const json_t *json, const char *of)
{
    ck_assert_msg(strcmp(text_of(json, "type"), "array") == 0, "%s is no array", f->key);
    ck_assert_str_eq(reference(json_object_get(json, "items")), of);
    ck_assert_msg(json_is_true(json_object_get(json, "uniqueItems")) == (f->kind == FIELD_STRS),
                  "%s: uniqueItems", f->key);
}

/* Evidence, which supports keys of the shape that it hangs on. */
static void check_supports(const struct shape *owner, const json_t *json)
{
    const json_t *items = json_object_get(json, "items");
    const json_t *properties = json_object_get(items, "properties");
    const json_t *supports = json_object_get(properties, "supports");
    const json_t *words = json_object_get(json_object_get(supports, "items"), "enum");
    size_t expected = 0;
    for (size_t i = 0; i < owner->field_count; i++) {
        if (!document_shape_supported(&owner->fields[i]))
            continue;
        expected++;
        ck_assert_msg(array_has(words, owner->fields[i].key), "%s: supports has no %s", owner->name,
                      owner->fields[i].key);
    }
    ck_assert_uint_eq(json_array_size(words), expected);
}

static void check_list(const struct field *f, const struct shape *owner, const json_t *json)
{
    if (f->lone) {
        const json_t *ways = json_object_get(json, "oneOf");
        ck_assert_uint_eq(json_array_size(ways), 2);
        ck_assert_str_eq(reference(json_array_get(ways, 0)), form_name(f->nested->fields[0].form));
        json = json_array_get(ways, 1);
    }
    check_array(f, json, f->nested->name);
    if (strcmp(f->nested->name, "evidence") == 0)
        check_supports(owner, json);
}

static void check_field(const struct field *f, const struct shape *owner, const json_t *json)
{
    ck_assert_msg(text_of(json, "description")[0], "%s/%s has no description", owner->name, f->key);
    switch (f->kind) {
    case FIELD_CONSTANT:
        ck_assert_int_eq(json_integer_value(json_object_get(json, "const")), f->least);
        return;
    case FIELD_STR:
    case FIELD_DATE:
        ck_assert_str_eq(reference(json), form_name(f->form));
        return;
    case FIELD_WORD:
    case FIELD_SWITCH:
        check_words(f, json);
        return;
    case FIELD_INTEGER:
    case FIELD_NUMBER:
        check_range(f, json);
        return;
    case FIELD_STRS:
        check_array(f, json, f->form == FORM_PROPERTY ? "" : form_name(f->form));
        return;
    case FIELD_IDENTIFIERS:
        ck_assert_str_eq(reference(json), "identifiers");
        return;
    case FIELD_OBJECT:
        ck_assert_str_eq(reference(json), f->nested->name);
        return;
    case FIELD_LIST:
        check_list(f, owner, json);
        return;
    }
}

/* ---- one kind of object each ---- */

static void check_shape(const struct shape *shape, const json_t *json)
{
    const json_t *properties = json_object_get(json, "properties");
    const json_t *required = json_object_get(json, "required");
    const json_t *dependent = json_object_get(json, "dependentRequired");
    size_t required_count = 0, dependent_count = 0;
    ck_assert_str_eq(text_of(json, "type"), "object");
    ck_assert(json_is_false(json_object_get(json, "additionalProperties")));
    ck_assert_msg(json_object_size(properties) == shape->field_count, "%s: %zu keys in the schema",
                  shape->name, json_object_size(properties));
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *f = &shape->fields[i];
        const json_t *property = json_object_get(properties, f->key);
        ck_assert_msg(property != NULL, "the schema has no %s/%s", shape->name, f->key);
        check_field(f, shape, property);
        ck_assert_msg(array_has(required, f->key) == f->required, "%s/%s: required", shape->name,
                      f->key);
        required_count += f->required;
        dependent_count += f->needs != NULL;
        if (f->needs != NULL)
            ck_assert(array_has(json_object_get(dependent, f->key), f->needs));
        if (f->nested != NULL)
            check_shape(f->nested, definition(f->nested->name));
    }
    ck_assert_uint_eq(json_array_size(required), required_count);
    ck_assert_uint_eq(json_object_size(dependent), dependent_count);
}

START_TEST(shapes)
{
    check_shape(document_shape_root(), schema);
}
END_TEST

START_TEST(identifiers)
{
    const json_t *json = definition("identifiers");
    ck_assert_str_eq(reference(json_object_get(json, "propertyNames")), form_name(FORM_SCHEME));
    ck_assert_str_eq(reference(json_object_get(json, "additionalProperties")),
                     form_name(FORM_LINE));
}
END_TEST

/* Words of closed lists and keys are written out in the schema, not defined. */
static bool is_written_out(enum document_form form)
{
    return form == FORM_WORD || form == FORM_PROPERTY;
}

START_TEST(forms)
{
    enum document_form form = (enum document_form)_i;
    if (is_written_out(form))
        return;
    const json_t *json = definition(form_name(form));
    const char *pattern = document_form_pattern(form);
    ck_assert_str_eq(text_of(json, "type"), "string");
    ck_assert_str_eq(text_of(json, "pattern"), pattern ? pattern : "");
    ck_assert_int_eq(json_integer_value(json_object_get(json, "maxLength")),
                     (json_int_t)document_form_longest(form));
    ck_assert_int_eq(json_integer_value(json_object_get(json, "minLength")),
                     !document_form_may_be_empty(form));
    ck_assert(strlen(document_form_right(form)) > 0);
}
END_TEST

static const char *const samples[] = {
    "a",
    "A",
    "0",
    "-",
    "_",
    "ab-c_9",
    "-a",
    "9a",
    "a b",
    " a",
    "a ",
    "a,b",
    ",",
    "en",
    "e",
    "en-GB",
    "az-Cyrl-x-1",
    "en-",
    "en--GB",
    "english",
    "englishes",
    "Latn",
    "latn",
    "LATN",
    "Lat1",
    "Latin",
    "http://x",
    "https://",
    "http://",
    "urn:",
    "urn:a:b",
    "doi:10.1/x",
    "doi:",
    "ftp://x",
    "https://x y",
    "ceasefire",
    "two words",
    "é",
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
    "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"};

/* Each pattern says what the form's own check accepts. */
START_TEST(patterns)
{
    enum document_form form = (enum document_form)_i;
    regex_t regex;
    if (document_form_pattern(form) == NULL)
        return;
    ck_assert_int_eq(regcomp(&regex, document_form_pattern(form), REG_EXTENDED | REG_NOSUB), 0);
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        bool matches = regexec(&regex, samples[i], 0, NULL, 0) == 0 &&
                       strlen(samples[i]) <= document_form_longest(form);
        bool fine = document_form_fault(form, str_from(samples[i]), arena).n == 0;
        ck_assert_msg(matches == fine, "%s: \"%s\"", form_name(form), samples[i]);
    }
    regfree(&regex);
}
END_TEST

/* The schema defines nothing that no shape uses. */
START_TEST(definitions)
{
    const char *key;
    json_t *value;
    json_object_foreach(json_object_get(schema, "$defs"), key, value)
    {
        char use[64];
        char *text = json_dumps(schema, 0);
        snprintf(use, sizeof use, "\"#/$defs/%s\"", key);
        ck_assert_msg(strstr(text, use) != NULL, "nothing uses $defs/%s", key);
        free(text);
    }
}
END_TEST

/* ---- vocabularies ---- */

START_TEST(vocabularies)
{
    static const char *const words[] = {
        [VOCABULARY_TYPE] = "agree consult support concede cooperate aid retreat request accuse "
                            "reject threaten protest sanction mobilize coerce assault",
        [VOCABULARY_ROLE] = "initiator target signatory mediator guarantor host speaker "
                            "participant observer beneficiary",
        [VOCABULARY_RELATION_TYPE] = "responds_to part_of implements violates alleged_breach_of "
                                     "amends terminates follows causes same_as",
        [VOCABULARY_ACTOR_KIND] = "state organisation person group",
        [VOCABULARY_STANCE] = "asserts denies accuses proposes promises acknowledges",
        [VOCABULARY_TEXT_ACCESS] = "public withheld"};
    enum vocabulary v = (enum vocabulary)_i;
    size_t n;
    const struct term *terms = vocabulary_terms(v, &n);
    str rest = str_from(words[_i]);
    for (size_t i = 0; i < n; i++) {
        str word;
        str_cut(rest, ' ', &word, &rest);
        ck_assert_msg(str_eq(word, str_from(terms[i].id)), "%s", terms[i].id);
        ck_assert(document_is_id(word) && vocabulary_has(v, word));
        ck_assert(strlen(terms[i].label) > 0 && strlen(terms[i].description) > 0);
    }
    ck_assert_uint_eq(rest.n, 0);
    ck_assert(!vocabulary_has(v, STR("agre")) && !vocabulary_has(v, STR("")));
    ck_assert(strlen(vocabulary_name(v)) > 0);
}
END_TEST

/* The reference names every key and every shipped word. */
START_TEST(reference_page)
{
    static char page[65536];
    FILE *file = fopen(TESTS "/../docs/reference/source-document.md", "rb");
    ck_assert_ptr_nonnull(file);
    str text = {page, fread(page, 1, sizeof page, file)};
    fclose(file);
    const char *name, *key;
    json_t *shape, *value;
    json_object_foreach(json_object_get(schema, "$defs"), name, shape)
    {
        json_object_foreach(json_object_get(shape, "properties"), key, value)
        {
            bool as_code = str_search(text, arena_printf(arena, "`%s`", key), 0) < text.n;
            bool quoted = str_search(text, arena_printf(arena, "\"%s\"", key), 0) < text.n;
            ck_assert_msg(as_code || quoted, "the reference has no %s/%s", name, key);
        }
    }
    for (int v = VOCABULARY_TYPE; v <= VOCABULARY_TEXT_ACCESS; v++) {
        size_t n;
        const struct term *terms = vocabulary_terms((enum vocabulary)v, &n);
        for (size_t i = 0; i < n; i++)
            ck_assert_msg(str_search(text, arena_printf(arena, "`%s`", terms[i].id), 0) < text.n,
                          "the reference has no %s", terms[i].id);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("source schema");
    TCase *cases = tcase_create("schema");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, shapes);
    tcase_add_test(cases, identifiers);
    tcase_add_loop_test(cases, forms, 0, DOCUMENT_FORMS);
    tcase_add_loop_test(cases, patterns, 0, DOCUMENT_FORMS);
    tcase_add_test(cases, definitions);
    tcase_add_loop_test(cases, vocabularies, VOCABULARY_TYPE, VOCABULARY_TEXT_ACCESS + 1);
    tcase_add_test(cases, reference_page);
    suite_add_tcase(suite, cases);
    return check_main(suite);
}
