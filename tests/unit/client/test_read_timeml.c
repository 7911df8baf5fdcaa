/* The reader of TimeML, by the files of tests/load/timeml; see reader_cases.h. */
#include "reader_cases.h"

#define FOLDER TESTS "/load/timeml/"

START_TEST(valid_files)
{
    each_case(FOLDER "valid", ".tml", INPUT_TIMEML, is_valid, 8);
}
END_TEST

START_TEST(invalid_files)
{
    each_case(FOLDER "invalid", ".tml", INPUT_TIMEML, is_invalid, 8);
}
END_TEST

CHECK_MAIN_WITH("timeml", set_up, tear_down, valid_files, invalid_files)
