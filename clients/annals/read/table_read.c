#include "annals/read/table_read.h"

#include <stdio.h>
#include <string.h>

#include "annals/read/seen.h"
#include "annals/read/table_group.h"
#include "annals/read/table_head.h"
#include "annals/read/table_json.h"
#include "annals/read/table_thing.h"
#include "base/check.h"
#include "base/strmap.h"
#include "base/utf8.h"

#define MOST_NAMED 20 /* columns in a note */

enum seen_kind { SEEN_ACTOR, SEEN_PLACE, SEEN_EVENT, SEEN_RELATION, SEEN_VALUE };

/* A table under way. */
struct reader {
    const struct table_ask *ask;
    struct builder *out;
    struct table_counts *counts;
    struct table *table;
    struct table_head head;
    struct table_cached *named;
    str source, authority;
    struct arena *arena;      /* of the row */
    struct seen things;       /* actors, places and relations */
    struct table_group group; /* the event at hand, where rows come together */
    struct seen rows;         /* ids of events of rows */
    struct seen beside;       /* ids of events beside them, and what was said of them */
    struct strmap kept;       /* the same where things are kept: where in the list */
    size_t widened;
    bool stopped;
};

/* ---- problems ---- */

static void tell(struct reader *r, const struct problem *p)
{
    if (r->ask->dirty != NULL) {
        r->stopped = !r->ask->dirty(r->ask->to, p) || r->stopped;
        return;
    }
    struct problem *kept = problem_add_line(r->ask->problems, p->line, p->column, "%.*s",
                                            STR_ARG(p->detail));
    problem_hint(r->ask->problems, kept, "%.*s", STR_ARG(p->hint));
}

static void tell_fault(struct reader *r, const struct table_fault *fault)
{
    struct problems one;
    problem_init(&one, r->arena);
    struct problem *p = problem_add_line(&one, fault->line, fault->column, "%s", fault->detail);
    if (fault->hint != NULL)
        problem_hint(&one, p, "%s", fault->hint);
    r->counts->dirty++;
    tell(r, p);
}

/* ---- things ---- */

/* Whether a thing was passed on before, as it is. */
static bool is_known(struct reader *r, const struct table_thing *thing)
{
    uint64_t event = seen_key(SEEN_EVENT, thing->id);
    switch (thing->kind) {
    case TABLE_THING_SHARED:
        return !seen_add(
            &r->things,
            seen_key(thing->built.kind == BUILD_ACTOR ? SEEN_ACTOR : SEEN_PLACE, thing->id), 0);
    case TABLE_THING_RELATION:
        return !seen_add(&r->things, seen_key(SEEN_RELATION, thing->id), 0);
    case TABLE_THING_BESIDE: /* a row of its own says more of it */
        return seen_has(&r->rows, event) ||
               !seen_add(&r->beside, event, seen_key(SEEN_VALUE, thing->built.json));
    case TABLE_THING_ROW:
        return false;
    }
    UNREACHABLE();
}

/* Passes a thing on, unless it was there before. */
static void give(struct reader *r, const struct table_thing *thing)
{
    int64_t at;
    if (is_known(r, thing))
        return;
    if (r->out->sink == NULL && thing->built.kind == BUILD_EVENT) {
        if (strmap_get(&r->kept, thing->id, &at)) {
            builder_replace(r->out, (size_t)at, &thing->built);
            return;
        }
        strmap_set(&r->kept, arena_copy(r->ask->arena, thing->id),
                   (int64_t)builder_count(r->out, BUILD_EVENT));
    }
    r->stopped = !builder_add(r->out, &thing->built) || r->stopped;
}

/* Passes on the event that rows were put together to. */
static void give_group(struct reader *r)
{
    struct table_group *g = &r->group;
    if (g->event.id.p == NULL)
        return;
    give(r, &g->event);
    for (size_t i = 0; i < g->other_count && !r->stopped; i++)
        give(r, &g->others[i]);
    table_group_clear(g);
}

/* Where rows come together: the row's event goes to that at hand, or ends it. */
static void give_together(struct reader *r, const struct table_things *all)
{
    for (size_t i = 0; i < all->n && !r->stopped; i++)
        if (all->items[i].kind == TABLE_THING_ROW && !table_group_has(&r->group, all->items[i].id))
            give_group(r);
    for (size_t i = 0; i < all->n && !r->stopped; i++) {
        const struct table_thing *thing = &all->items[i];
        if (thing->kind == TABLE_THING_ROW || thing->kind == TABLE_THING_RELATION)
            table_group_add(&r->group, thing);
        else
            give(r, thing);
    }
}

/* The rows before had the same id: one event would replace another. */
static bool is_repeated(struct reader *r, const struct table_things *all, struct table_context *x)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct table_thing *thing = &all->items[i];
        bool together = table_group_has(&r->group, thing->id);
        if (thing->kind == TABLE_THING_ROW && together && r->group.rows == TABLE_GROUP_MOST)
            table_cell_refuse(x, &x->binding->map->event.id, thing->id,
                              "is the id of more rows than one event may have");
        if (thing->kind != TABLE_THING_ROW || together ||
            seen_add(&r->rows, seen_key(SEEN_EVENT, thing->id), 0))
            continue;
        struct problem *p = table_cell_refuse(x, &x->binding->map->event.id, thing->id,
                                              "is the id of a row before");
        problem_hint(x->problems, p, "%s",
                     x->binding->map->group ? "rows of one event must follow each other"
                                            : "the mapping's id needs more columns to tell rows "
                                              "apart, or  rows: together");
        return true;
    }
    return false;
}

static void take_row(struct reader *r, const struct table_row *row)
{
    const struct table_map *map = r->head.binding.map;
    struct problems problems;
    problem_init(&problems, r->arena);
    struct table_context x = {.binding = &r->head.binding,
                              .row = row,
                              .arena = r->arena,
                              .problems = &problems,
                              .source = r->source,
                              .named = r->named};
    table_cell_part(&x, 0);
    bool wanted = table_cell_tests(&x, map->where, map->where_count) &&
                  (map->unless_count == 0 || !table_cell_tests(&x, map->unless, map->unless_count));
    if (!wanted && !x.refused) {
        r->counts->other++;
        return;
    }
    struct table_things all = {.context = &x, .authority = r->authority};
    if (!x.refused)
        table_things_build(&all);
    if (!x.refused)
        is_repeated(r, &all, &x);
    if (x.refused) {
        r->counts->dirty++;
        for (size_t i = 0; i < problems.n && !r->stopped; i++)
            tell(r, &problems.items[i]);
        return;
    }
    if (map->group)
        give_together(r, &all);
    for (size_t i = 0; i < all.n && !r->stopped && !map->group; i++)
        give(r, &all.items[i]);
    r->widened += all.widened;
    r->counts->events++;
}

/* ---- rows ---- */

static bool is_empty(const struct table_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (str_trim(row->cells[i].text).n > 0)
            return false;
    return true;
}

static bool has_width(struct reader *r, const struct table_row *row)
{
    size_t most = r->head.width;
    size_t n = row->n;
    while (n > most && str_trim(row->cells[n - 1].text).n == 0)
        n--; /* spreadsheets end rows with empty cells that no column has */
    if (n <= most && row->n + r->head.lack >= most)
        return true;
    struct table_fault fault;
    table_fault_at(row, 0, &fault, "", NULL);
    snprintf(fault.detail, sizeof fault.detail, "this row has %zu cell%s, and %s %zu", row->n,
             row->n == 1 ? "" : "s", r->head.has_header ? "the header" : "there are columns for",
             most);
    tell_fault(r, &fault);
    return false;
}

static void judge_row(struct reader *r, struct table_row *row)
{
    const struct table_map *map = r->head.binding.map;
    struct table_fault fault;
    r->counts->rows++;
    if (map->dialect.lines && !table_json_cells(row, map->columns, map->column_count,
                                                map->dialect.drop_controls, r->arena, &fault))
        tell_fault(r, &fault);
    else if (!map->dialect.lines && is_empty(row))
        r->counts->empty++;
    else if (map->dialect.lines || has_width(r, row))
        take_row(r, row);
}

static bool read_rows(struct reader *r)
{
    struct table_row row;
    struct table_fault fault;
    bool header = r->head.has_header;
    for (;;) {
        arena_reset(r->arena);
        enum table_next next = table_next(r->table, r->arena, &row, &fault);
        r->counts->taken = table_taken(r->table);
        if (next == TABLE_END)
            return true;
        if (next == TABLE_UNREADABLE) {
            problem_add_line(r->ask->problems, 1, 1, "the file cannot be read to its end");
            return false;
        }
        if (next == TABLE_ROW && header) {
            header = false;
            continue;
        }
        if (next == TABLE_FAULT) {
            r->counts->rows++;
            tell_fault(r, &fault);
        } else {
            judge_row(r, &row);
        }
        if (r->stopped)
            return false;
    }
}

/* ---- notes ---- */

static void note_columns(const struct reader *r)
{
    struct arena *a = r->ask->arena;
    str list = {0};
    size_t n = r->head.unused_count;
    for (size_t i = 0; i < n && i < MOST_NAMED; i++)
        list = arena_printf(a, "%.*s%s%.*s", STR_ARG(list), i > 0 ? ", " : "",
                            STR_ARG(utf8_slice(r->head.unused[i], 0, 60)));
    if (n == 0)
        return;
    problem_add_line(r->ask->notes, 1, 1, "nothing is made of %zu column%s: %.*s%s", n,
                     n == 1 ? "" : "s", STR_ARG(list), n > MOST_NAMED ? " \u2026" : "");
}

static void note_counts(const struct reader *r)
{
    const struct table_counts *c = r->counts;
    struct problems *notes = r->ask->notes;
    if (c->other > 0)
        problem_add_line(notes, 1, 1, "%lld row%s left out, as the mapping says",
                         (long long)c->other, c->other == 1 ? " is" : "s are");
    if (c->empty > 0)
        problem_add_line(notes, 1, 1, "%lld row%s without a value %s left out", (long long)c->empty,
                         c->empty == 1 ? "" : "s", c->empty == 1 ? "is" : "are");
    if (r->widened > 0)
        problem_add_line(notes, 1, 1,
                         "%zu date%s less precise than the table, because EDTF has no way to say "
                         "when exactly an interval may begin or end",
                         r->widened, r->widened == 1 ? " is" : "s are");
    if (r->rows.forgets)
        problem_add_line(notes, 1, 1,
                         "the table has so many rows that not every repeated id was looked for");
}

/* ---- the whole ---- */

static void build_source(struct reader *r)
{
    const struct mapping *map = r->head.map;
    const struct mapping_finding found[] = {{"title", r->ask->name}, {NULL, {0}}};
    str id = mapping_source_id(map, reader_id(r->ask->name, r->ask->arena));
    struct jout *j = builder_begin(r->out, BUILD_SOURCE, 1, 1);
    mapping_source(map, j, id, found);
    r->stopped = !builder_end(r->out);
    mapping_declare(map, r->out);
    r->source = id;
    r->authority = map->table->authority.n > 0 ? map->table->authority : id;
}

static bool read_table(struct reader *r, const struct mapping *map)
{
    struct err e = {0};
    struct table_dialect dialect = map->table->dialect;
    r->table = table_new(r->ask->fill, r->ask->from, &dialect, &e);
    if (r->table == NULL) {
        problem_add_line(r->ask->problems, 1, 1, "%s", e.detail);
        return false;
    }
    if (!table_head_read(r->table, map, r->ask->arena, r->ask->problems, &r->head))
        return false;
    r->named = ARENA_ARRAY(r->ask->arena, struct table_cached, map->table->value_count + 1);
    note_columns(r);
    build_source(r);
    bool whole = !r->stopped && read_rows(r);
    if (whole)
        give_group(r);
    note_counts(r);
    return whole && !r->stopped;
}

/* Gives first what was read for finding the preset, then the rest. */
struct replay {
    str beginning;
    table_fill *fill;
    void *from;
};

static bool fill_again(void *from, char *room, size_t size, size_t *n)
{
    struct replay *p = from;
    if (p->beginning.n > 0)
        return table_fill_from_str(&p->beginning, room, size, n);
    return p->fill(p->from, room, size, n);
}

/* The beginning of the bytes, as they are. */
static str read_beginning(const struct table_ask *ask)
{
    struct buf bytes;
    char room[16384];
    size_t n = 1;
    buf_init(&bytes, TABLE_ROW_LARGEST);
    while (bytes.n + sizeof room < TABLE_ROW_LARGEST / 4 && n > 0 &&
           ask->fill(ask->from, room, sizeof room, &n))
        buf_add(&bytes, (str){room, n});
    str beginning = arena_copy(ask->arena, buf_str(&bytes));
    buf_free(&bytes);
    return beginning;
}

static bool recognise(const struct table_ask *ask, struct builder *out, struct table_counts *counts)
{
    struct replay replay = {read_beginning(ask), ask->fill, ask->from};
    struct table_ask again = *ask;
    str text = table_head_text(replay.beginning, ask->arena);
    again.map = table_head_recognise(text, ask->arena, ask->problems, ask->notes);
    again.fill = fill_again;
    again.from = &replay;
    return again.map != NULL && table_read(&again, out, counts);
}

bool table_read(const struct table_ask *ask, struct builder *out, struct table_counts *counts)
{
    *counts = (struct table_counts){0};
    if (ask->map != NULL && ask->map->table == NULL)
        problem_add_line(ask->notes, 1, 1,
                         "the mapping %.*s says nothing of tables: the presets are tried",
                         STR_ARG(ask->map->name));
    if (ask->map == NULL || ask->map->table == NULL)
        return recognise(ask, out, counts);
    struct reader r = {
        .ask = ask, .out = out, .counts = counts, .arena = arena_new(), .beside = {.valued = true}};
    strmap_init(&r.kept, ask->arena);
    table_group_init(&r.group);
    bool whole = read_table(&r, ask->map);
    table_free(r.table);
    arena_free(r.arena);
    table_group_free(&r.group);
    seen_free(&r.things);
    seen_free(&r.rows);
    seen_free(&r.beside);
    return whole;
}

bool table_fill_from_str(void *from, char *room, size_t size, size_t *n)
{
    str *bytes = from;
    *n = bytes->n < size ? bytes->n : size;
    if (*n > 0)
        memcpy(room, bytes->p, *n);
    *bytes = str_sub(*bytes, *n, bytes->n);
    return true;
}

bool table_read_bytes(const struct reading_ask *ask, struct builder *out)
{
    str bytes = ask->bytes;
    struct table_counts counts;
    struct table_ask mine = {.name = ask->name,
                             .map = ask->map,
                             .fill = table_fill_from_str,
                             .from = &bytes,
                             .arena = ask->arena,
                             .problems = ask->problems,
                             .notes = ask->notes};
    return table_read(&mine, out, &counts);
}
