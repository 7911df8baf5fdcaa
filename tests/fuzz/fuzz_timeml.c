/* Whatever bytes come as TimeML, without a mapping and with one that keeps all; see fuzz_reader.h.
 * Seeds: tests/load/timeml. */
#include "fuzz_reader.h"

static const char labels[] = "mapping: 1\n"
                             "labels:\n"
                             "  OCCURRENCE: {event: assault}\n"
                             "  STATE: ignore\n"
                             "  NEG: event\n"
                             "  MODAL: event\n"
                             "  TIMEX3: event\n"
                             "  IDENTITY: {relation: same_as}\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reading_ask ask = {.name = STR("fuzz"),
                              .bytes = {(const char *)data, size},
                              .map = size % 4 == 0 ? fuzz_mapping(labels) : NULL,
                              .unit = TEXT_UNITS,
                              .arena = fuzz_arena()};
    fuzz_read(INPUT_TIMEML, &ask);
    return 0;
}
