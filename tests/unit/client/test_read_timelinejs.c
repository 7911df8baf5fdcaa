/* The reader of TimelineJS, by the files of tests/load/timelinejs; see reader_cases.h. */
#include "reader_cases.h"

#define FOLDER TESTS "/load/timelinejs/"

START_TEST(valid_files)
{
    each_case(FOLDER "valid", ".timeline.json", INPUT_TIMELINEJS, is_valid, 2);
}
END_TEST

START_TEST(invalid_files)
{
    each_case(FOLDER "invalid", ".timeline.json", INPUT_TIMELINEJS, is_invalid, 3);
}
END_TEST

START_TEST(told_by_its_content)
{
    ck_assert_int_eq(input_format_in(STR("x.json"), STR(" {\"events\": []}")), INPUT_TIMELINEJS);
    ck_assert_int_eq(input_format_in(STR("x.json"), STR("{\"timeline\": {\"date\": []}}")),
                     INPUT_TIMELINEJS);
    ck_assert_int_eq(input_format_in(STR("x.json"), STR("{\"annals\": 1, \"events\": []}")),
                     INPUT_JSON);
    ck_assert_int_eq(input_format_in(STR("x.json"), STR("{\"events\": []")), INPUT_JSON);
    ck_assert_int_eq(input_format_in(STR("x.json"), STR("[]")), INPUT_JSON);
}
END_TEST

CHECK_MAIN_WITH("timelinejs", set_up, tear_down, valid_files, invalid_files, told_by_its_content)
