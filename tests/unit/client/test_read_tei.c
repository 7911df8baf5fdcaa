/* The reader of TEI, by the files of tests/load/tei; see reader_cases.h. */
#include "reader_cases.h"

#define FOLDER TESTS "/load/tei/"

START_TEST(valid_files)
{
    each_case(FOLDER "valid", ".xml", INPUT_TEI, is_valid, 8);
}
END_TEST

START_TEST(invalid_files)
{
    each_case(FOLDER "invalid", ".xml", INPUT_TEI, is_invalid, 8);
}
END_TEST

CHECK_MAIN_WITH("tei", set_up, tear_down, valid_files, invalid_files)
