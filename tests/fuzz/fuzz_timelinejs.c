/*
 * Whatever bytes come as the JSON of TimelineJS: reading them ends, every problem has a place in
 * the file, and what is made is a document. Seeds: tests/load/timelinejs.
 */
#include <stddef.h>
#include <stdint.h>

#include "annals/input.h"
#include "base/check.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct input in;
    str bytes = {(const char *)data, size};
    if (arena == NULL)
        arena = arena_new();
    arena_reset(arena);
    timelinejs_is(bytes);
    struct reading_ask ask = {
        .name = STR("fuzz"), .bytes = bytes, .unit = TEXT_UNITS, .arena = arena};
    input_read(INPUT_TIMELINEJS, &ask, &in);
    for (size_t i = 0; i < in.problems.n; i++) {
        const struct problem *p = &in.problems.items[i];
        ENSURE(p->line >= 1 && p->column >= 1);
        ENSURE(utf8_valid(p->detail) && p->detail.n > 0);
    }
    ENSURE((in.document != NULL) == !problem_any(&in.problems));
    return 0;
}
