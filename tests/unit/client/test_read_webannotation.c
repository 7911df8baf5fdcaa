/* The reader of W3C Web Annotation, by the files of tests/load/webannotation; see reader_cases.h.
 */
#include "reader_cases.h"

#include "annals/read/webannotation.h"

#define FOLDER TESTS "/load/webannotation/"

START_TEST(valid_files)
{
    each_case(FOLDER "valid", ".jsonld", INPUT_WEB, is_valid, 12);
}
END_TEST

START_TEST(invalid_files)
{
    each_case(FOLDER "invalid", ".jsonld", INPUT_WEB, is_invalid, 12);
}
END_TEST

/* Which .json files are annotations. */
START_TEST(told_by_content)
{
    static const struct {
        const char *bytes;
        bool is;
    } rows[] = {
        {"{\"@context\": \"http://www.w3.org/ns/anno.jsonld\"}", true},
        {" \n{\"type\": \"Annotation\"}", true},
        {"{\"id\": 1, \"type\": \"AnnotationPage\", \"items\": []}", true},
        {"[{\"type\": \"Annotation\"}]", true},
        {"{\"annals\": 1, \"source\": {\"id\": \"a\", \"title\": \"A\"}}", false},
        {"{\"annals\": 1, \"@context\": \"http://www.w3.org/ns/anno.jsonld\"}", false},
        {"{\"notes\": [{\"type\": \"Annotation\"}]}", false},
        {"{\"uri\": \"a:b\", \"tags\": [], \"target\": []}", true},
        {"[{\"uri\": \"a:b\", \"tags\": [], \"target\": []}]", true},
        {"{\"rows\": [{\"uri\": \"a:b\", \"tags\": [], \"target\": []}], \"total\": 1}", true},
        {"{\"annotations\": [{\"uri\": \"a:b\", \"tags\": [], \"target\": []}]}", true},
        {"{\"rows\": [{\"uri\": \"a:b\", \"tags\": [], \"target\": []}], \"annals\": 1}", false},
        {"{\"rows\": []}", false},
        {"{\"uri\": \"a:b\", \"tags\": \"x\", \"target\": []}", false},
        {"{}", false},
        {"", false},
        {"[", false},
        {"[1, 2", false},
        {"{\"type", false},
        {"\"Annotation\"", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        str bytes = str_from(rows[i].bytes);
        ck_assert_msg(webannotation_is(bytes) == rows[i].is, "%s", rows[i].bytes);
        ck_assert_int_eq(input_format_in(STR("a/b.json"), bytes),
                         rows[i].is ? INPUT_WEB : INPUT_JSON);
        ck_assert_int_eq(input_format_in(STR("a/b.jsonld"), bytes), INPUT_WEB);
    }
}
END_TEST

/* --offsets forces a unit, and the quotes are then proved against it. */
START_TEST(units)
{
    static const struct {
        const char *name;
        enum text_unit unit;
        size_t notes;
    } rows[] = {
        {"utf-16", TEXT_UNITS, 1},      {"utf-16", TEXT_UTF16, 0},       {"utf-16", TEXT_POINTS, 1},
        {"code-points", TEXT_UNITS, 0}, {"code-points", TEXT_POINTS, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct input in;
        const char *path = arena_printf(arena, FOLDER "valid/%s.jsonld", rows[i].name).p;
        struct beside beside = {.path = path, .arena = arena};
        struct reading_ask ask = {.name = STR("case"),
                                  .bytes = read_case_file(path),
                                  .unit = rows[i].unit,
                                  .beside = beside_read,
                                  .context = &beside,
                                  .arena = arena};
        input_read(INPUT_WEB, &ask, &in);
        ck_assert_msg(in.document != NULL, "row %zu", i);
        ck_assert_msg(in.notes.n == rows[i].notes, "row %zu: %zu notes", i, in.notes.n);
        ck_assert(str_eq(in.document->events[0].title, STR("gəldi")));
    }
}
END_TEST

CHECK_MAIN_WITH("webannotation", set_up, tear_down, valid_files, invalid_files, told_by_content,
                units)
