/*
 * Whatever bytes come as a table, under every preset and two mappings that use all of the language:
 * reading them ends, in any pieces; every problem has a place; every thing is JSON with an id that
 * is one, every date is one. The first byte chooses the mapping,
 * the second the size of the pieces. Seeds: corpus/table.
 */
#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "annals/read/table_read.h"
#include "base/check.h"
#include "base/utf8.h"
#include "model/document.h"
#include "model/edtf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* clang-format off */
static const char all_of_it[] =
    "mapping: 1\n"
    "source: {id: s, title: S}\n"
    "types: [{id: big, parent: assault}]\n"
    "table:\n"
    "  missing: [\"\", NA, \"-9\"]\n"
    "  optional: [b, c, d, e, f]\n"
    "  controls: drop\n"
    "  values:\n"
    "    v: {value: \"{b}[ {c}]\", as: title}\n"
    "    w: {value: \"{v}{v}\", translate: {x: y}, otherwise: keep}\n"
    "  unless: {f: [no]}\n"
    "  event:\n"
    "    id: \"s-{a}\"\n"
    "    title: [{value: \"{w}\", as: html}, \"{a}\"]\n"
    "    summary: {value: \"{c}\", as: html}\n"
    "    type: {value: \"{d}\", pad: 3, as: id}\n"
    "    date:\n"
    "      - start: {value: \"{b}\", format: [\"%d/%m/%Y\", \"%B %d %Y %H:%M:%S%p\", iso, edtf]}\n"
    "        end: {value: \"{c}\", format: [\"%Y%m%d\", iso], precision: \"{d}\"}\n"
    "        without_end: unknown\n"
    "        midnight: day\n"
    "        when: {f: [\"1\"]}\n"
    "      - start: {earliest: {value: \"{b}\", format: iso}, latest: {value: \"{c}\", format: iso}}\n"
    "        end: {earliest: {value: \"{d}\", format: iso}, latest: {value: \"{e}\", format: iso}}\n"
    "        when: {f: [\"2\"]}\n"
    "      - {year: \"{b}\", month: \"{c}\", day: \"{d}\", time: \"{e}\", years: historical, qualifier: \"{f}\"}\n"
    "    tags: [{value: \"{c}\", split: \";\"}]\n"
    "    participants: [{name: \"{d}\", split: \", \", identifiers: {x: \"{e}\"}, names: {value: \"{e}\", split: \",\"}}]\n"
    "    places: [{name: \"{e}\", lat: \"{b}\", lon: \"{c}\", part_of: {name: \"{d}\"}}]\n"
    "    relations: [{type: part_of, to: \"{f}\"}]\n"
    "  also: [{id: \"{f}\", title: \"{e}\"}]\n";
static const char lines[] =
    "mapping: 1\n"
    "source: {id: s, title: S}\n"
    "table:\n"
    "  format: jsonl\n"
    "  event: {id: \"s-{id}\", title: \"{/a/b}\", date: {value: \"{d}\", precision: \"{p}\"}, tags: {value: \"{t}\", split: \"; \"}}\n";
/* clang-format on */

struct taken {
    str bytes;
    size_t piece;
};

static bool fill(void *from, char *room, size_t size, size_t *n)
{
    struct taken *t = from;
    return table_fill_from_str(&t->bytes, room, size < t->piece ? size : t->piece, n);
}

static void check_id(const json_t *thing)
{
    const json_t *id = json_object_get(thing, "id");
    ENSURE(id == NULL || document_is_id(str_from(json_string_value(id))));
}

static bool take(void *to, const struct built *thing)
{
    struct edtf value;
    struct edtf_error error;
    (void)to;
    ENSURE(thing->line >= 1 && thing->column >= 1);
    json_t *root = json_loadb(thing->json.p, thing->json.n, JSON_REJECT_DUPLICATES, NULL);
    ENSURE(root != NULL);
    check_id(root);
    const char *date = json_string_value(json_object_get(root, "date"));
    ENSURE(date == NULL || edtf_parse(str_from(date), &value, &error));
    json_decref(root);
    return true;
}

static bool dirty(void *to, const struct problem *p)
{
    (void)to;
    ENSURE(p->line >= 1 && p->column >= 1 && p->detail.n > 0 && utf8_valid(p->detail));
    return true;
}

/* The mapping of a number, compiled once. */
static const struct mapping *mapping_of(size_t number)
{
    static const struct mapping *known[64];
    static struct arena *arena;
    size_t n;
    struct err e = {0};
    struct problems problems;
    const char *const *names = mapping_presets(&n);
    number %= n + 2;
    if (arena == NULL)
        arena = arena_new();
    if (known[number] != NULL)
        return known[number];
    problem_init(&problems, arena);
    if (number < n)
        known[number] = mapping_read(names[number], arena, &problems, &e);
    else
        known[number] = mapping_parse(STR("fuzz"), str_from(number == n ? all_of_it : lines), arena,
                                      &problems);
    ENSURE(known[number] != NULL);
    return known[number];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct problems problems, notes;
    struct table_counts counts;
    struct builder b;
    if (size < 2)
        return 0;
    if (arena == NULL)
        arena = arena_new();
    arena_reset(arena);
    struct taken t = {.bytes = {(const char *)data + 2, size - 2},
                      .piece = data[1] < 64 ? (size_t)data[1] + 1 : SIZE_MAX};
    problem_init(&problems, arena);
    problem_init(&notes, arena);
    builder_init(&b, arena, &problems);
    builder_stream(&b, take, &t);
    const struct table_ask ask = {.name = STR("fuzz"),
                                  .map = mapping_of(data[0]),
                                  .fill = fill,
                                  .from = &t,
                                  .dirty = dirty,
                                  .arena = arena,
                                  .problems = &problems,
                                  .notes = &notes};
    bool whole = table_read(&ask, &b, &counts);
    builder_free(&b);
    ENSURE(whole == !problem_any(&problems));
    ENSURE(counts.rows == counts.events + counts.dirty + counts.other + counts.empty);
    return 0;
}
