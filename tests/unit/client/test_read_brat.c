/* The reader of brat, by the files of tests/load/brat; see reader_cases.h. */
#include "reader_cases.h"

#define FOLDER TESTS "/load/brat/"

START_TEST(valid_files)
{
    each_case(FOLDER "valid", ".ann", INPUT_BRAT, is_valid, 9);
    each_case(FOLDER "valid", ".a1", INPUT_BRAT_HALVES, is_valid, 2);
}
END_TEST

START_TEST(invalid_files)
{
    each_case(FOLDER "invalid", ".ann", INPUT_BRAT, is_invalid, 10);
    each_case(FOLDER "invalid", ".a1", INPUT_BRAT_HALVES, is_invalid, 1);
}
END_TEST

/* Positions in other units, where these are asked for. */
START_TEST(units)
{
    static const struct {
        enum text_unit unit;
        const char *line;
    } rows[] = {
        {TEXT_POINTS, "T1\tEVENT 8 12\trose"}, {TEXT_UTF16, "T1\tEVENT 9 13\trose"},
        {TEXT_BYTES, "T1\tEVENT 11 15\trose"}, {TEXT_POINTS, "T1\tEVENT 0 1\t🌊"},
        {TEXT_UTF16, "T1\tEVENT 0 2\t🌊"},      {TEXT_BYTES, "T1\tEVENT 0 4\t🌊"},
    };
    const char *path = TESTS "/load/brat/invalid/other-units.ann";
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct beside beside = {.path = path, .arena = arena};
        struct input in;
        for (int u = 0; u < TEXT_UNITS; u++) {
            struct reading_ask ask = {.name = STR("case"),
                                      .bytes = str_from(rows[i].line),
                                      .unit = (enum text_unit)u,
                                      .beside = beside_read,
                                      .context = &beside,
                                      .arena = arena};
            input_read(INPUT_BRAT, &ask, &in);
            ck_assert_msg((in.document != NULL) == (u == (int)rows[i].unit), "row %zu, unit %s", i,
                          text_unit_name((enum text_unit)u));
        }
    }
}
END_TEST

/* A problem that a server finds later is shown at its line. */
START_TEST(places_of_later_problems)
{
    struct input *in = read_case(FOLDER "valid/everything", ".ann", INPUT_BRAT);
    static const struct {
        const char *pointer;
        int line;
    } rows[] = {
        {"/source/title", 1},     {"/actors/1/name", 3},        {"/places/0", 4},
        {"/events/0/type", 11},   {"/events/1/evidence/0", 13}, {"/relations/0", 19},
        {"/claims/0/stance", 12},
    };
    ck_assert(in->document != NULL);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct problem p = {.place = PROBLEM_POINTER, .at = str_from(rows[i].pointer)};
        struct problem placed = input_place(in, &p);
        ck_assert_msg(placed.line == rows[i].line && placed.column == 1, "%s is at %lld:%lld",
                      rows[i].pointer, (long long)placed.line, (long long)placed.column);
    }
}
END_TEST

CHECK_MAIN_WITH("brat", set_up, tear_down, valid_files, invalid_files, units,
                places_of_later_problems)
