/*
 * Whatever bytes come as a mapping: reading them ends, every problem has a place in the file, and a
 * mapping that compiles reads a small table without a failure. Seeds: the presets and
 * corpus/mapping.
 */
#include <stddef.h>
#include <stdint.h>

#include "annals/read/table_map.h"
#include "annals/read/table_read.h"
#include "base/check.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool take(void *to, const struct built *thing)
{
    (void)to;
    ENSURE(thing->json.n > 0);
    return true;
}

static void read_with(const struct mapping *map, str table, struct arena *a)
{
    struct problems problems, notes;
    struct builder b;
    struct table_counts counts;
    problem_init(&problems, a);
    problem_init(&notes, a);
    builder_init(&b, a, &problems);
    builder_stream(&b, take, NULL);
    const struct table_ask ask = {.name = STR("t"),
                                  .map = map,
                                  .fill = table_fill_from_str,
                                  .from = &table,
                                  .arena = a,
                                  .problems = &problems,
                                  .notes = &notes};
    table_read(&ask, &b, &counts);
    builder_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct problems problems;
    str bytes = {(const char *)data, size};
    if (arena == NULL)
        arena = arena_new();
    arena_reset(arena);
    problem_init(&problems, arena);
    const struct mapping *map = mapping_parse(STR("fuzz"), bytes, arena, &problems);
    for (size_t i = 0; i < problems.n; i++) {
        const struct problem *p = &problems.items[i];
        ENSURE(p->line >= 1 && p->column >= 1 && p->detail.n > 0 && utf8_valid(p->detail));
    }
    ENSURE((map != NULL) == !problem_any(&problems));
    mapping_label(map, STR("Attack"));
    if (map != NULL && map->table != NULL) {
        read_with(map, STR("a,b,c,d,e\n1,x,2021-01-05,\"y, z\",5\n2,,2021,z,\n1,NA,1,,40.5\n"),
                  arena);
        read_with(map, STR("{\"a\": 1, \"b\": [\"x\", \"y\"], \"c\": {\"d\": \"2021-05\"}}\n"),
                  arena);
    }
    return 0;
}
