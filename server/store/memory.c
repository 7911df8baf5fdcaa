#include "store/memory.h"

void memory_init(struct memory *m, struct arena *a)
{
    *m = (struct memory){.arena = a};
    strmap_init(&m->above_at, a);
    strmap_init(&m->names_at, a);
    strmap_init(&m->label_at, a);
}

static str name_of(const int64_t *key)
{
    return (str){(const char *)key, sizeof *key};
}

bool memory_above(const struct at *at, struct memory *m, enum thing t, int64_t key,
                  struct ancestors *out)
{
    int64_t index;
    if (m == NULL)
        return project_above(at, t, key, out);
    if (strmap_get(&m->above_at, name_of(&key), &index)) {
        *out = m->above[index];
        return true;
    }
    const struct at kept = {at->db, at->version, m->arena, at->e};
    if (!project_above(&kept, t, key, out))
        return false;
    strmap_set(&m->above_at, arena_copy(m->arena, name_of(&key)), (int64_t)m->above_count);
    *ARENA_PUSH(m->arena, m->above, m->above_count, m->above_room) = *out;
    return true;
}

bool memory_names(const struct at *at, struct memory *m, enum thing t, int64_t key, str *folded)
{
    int64_t index;
    if (m == NULL)
        return project_names(at, t, key, folded);
    if (strmap_get(&m->names_at, name_of(&key), &index)) {
        *folded = m->names[index];
        return true;
    }
    const struct at kept = {at->db, at->version, m->arena, at->e};
    if (!project_names(&kept, t, key, folded))
        return false;
    strmap_set(&m->names_at, arena_copy(m->arena, name_of(&key)), (int64_t)m->names_count);
    *ARENA_PUSH(m->arena, m->names, m->names_count, m->names_room) = *folded;
    return true;
}

static bool read_label(const struct at *at, enum thing t, int64_t key, struct label *out)
{
    enum sql_name statement = t == THING_ACTOR   ? SQL_actor_label
                              : t == THING_PLACE ? SQL_place_label
                                                 : SQL_term_id;
    const struct db_value values[] = {DB_INT(statement), DB_INT(key), DB_INT(at->version)};
    struct db_rows *rows;
    *out = (struct label){0};
    if (!sql_query(at->db, at->e, &rows, values, 3))
        return false;
    if (db_next(rows, at->e)) {
        out->id = internal_text(rows, 0, at->arena);
        if (t == THING_ACTOR || t == THING_PLACE)
            out->name = internal_text(rows, 1, at->arena);
        if (t == THING_PLACE && !db_is_null(rows, 2)) {
            out->has_point = true;
            out->lat = db_f64(rows, 2);
            out->lon = db_f64(rows, 3);
        }
        if (out->name.p == NULL)
            out->name = out->id;
    }
    db_done(rows);
    return at->e->code == ERR_NONE;
}

bool memory_label(const struct at *at, struct memory *m, enum thing t, int64_t key,
                  struct label *out)
{
    int64_t index;
    if (m == NULL)
        return read_label(at, t, key, out);
    if (strmap_get(&m->label_at, name_of(&key), &index)) {
        *out = m->labels[index];
        return true;
    }
    const struct at kept = {at->db, at->version, m->arena, at->e};
    if (!read_label(&kept, t, key, out))
        return false;
    strmap_set(&m->label_at, arena_copy(m->arena, name_of(&key)), (int64_t)m->label_count);
    *ARENA_PUSH(m->arena, m->labels, m->label_count, m->label_room) = *out;
    return true;
}
