/* Whatever bytes come as TEI, without a mapping and with one that makes events of dates; see
 * fuzz_reader.h. Seeds: tests/load/tei. */
#include "fuzz_reader.h"

static const char labels[] = "mapping: 1\n"
                             "labels:\n"
                             "  date: event\n"
                             "  time: {event: consult}\n"
                             "  Schlacht: {event: assault}\n"
                             "  nach: {relation: follows}\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reading_ask ask = {.name = STR("fuzz"),
                              .bytes = {(const char *)data, size},
                              .map = size % 4 == 0 ? fuzz_mapping(labels) : NULL,
                              .unit = TEXT_UNITS,
                              .arena = fuzz_arena()};
    fuzz_read(INPUT_TEI, &ask);
    return 0;
}
