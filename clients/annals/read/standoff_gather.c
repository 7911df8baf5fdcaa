/* What links mean: who takes part in an event, where and when, and relations. */
#include "annals/read/standoff_parts.h"

bool standoff_is_new(struct standoff *s, str key)
{
    int64_t there;
    if (strmap_get(&s->seen, key, &there))
        return false;
    strmap_set(&s->seen, key, 1);
    return true;
}

str standoff_declare(struct standoff *s, enum build_kind kind, enum vocabulary v, str word,
                     str label)
{
    str id = document_is_id(word) ? word : reader_id(word, s->arena);
    if (vocabulary_has(v, id) || mapping_declares(s->ask->map, kind, id) ||
        !standoff_is_new(s, arena_printf(s->arena, "%s %.*s", build_word(kind), STR_ARG(id))))
        return id;
    struct jout *j = builder_begin(s->out, kind, 1, 1);
    jout_member_str(j, "id", id);
    jout_member_str_if(j, "label", standoff_title(label, s->arena));
    builder_end(s->out);
    return id;
}

/* "Theme2" is the role "Theme". */
static str without_number(str label)
{
    size_t n = label.n;
    while (n > 0 && label.p[n - 1] >= '0' && label.p[n - 1] <= '9')
        n--;
    return n > 0 ? str_sub(label, 0, n) : label;
}

struct mapping_meaning standoff_link_meaning(const struct standoff *s,
                                             const struct standoff_link *l)
{
    struct mapping_meaning whole = mapping_label(s->ask->map, l->label);
    return whole.label != MAPPING_UNKNOWN ? whole
                                          : mapping_label(s->ask->map, without_number(l->label));
}

void standoff_left_out(struct standoff *s, const struct standoff_link *l, const char *why)
{
    leftover_add(&s->left, l->line, l->column, "left out: the link %.*s, %s", STR_ARG(l->label),
                 why);
}

/* A thing's words support what is said with them; each mention once for each event. */
static void says(struct standoff *s, struct standoff_parts *g, struct mention *m, size_t number)
{
    if (m->met_by == number)
        return;
    m->met_by = number;
    *ARENA_PUSH(s->arena, g->said, g->said_count, g->said_room) = m;
}

static bool take_actor(struct standoff *s, struct standoff_parts *g, const struct mention *m,
                       const struct standoff_link *l, struct mapping_meaning meaning,
                       struct mention *actor)
{
    str label = without_number(l->label);
    str id = standoff_thing(actor)->thing;
    bool is_claim = m->meaning.label == MAPPING_CLAIM;
    str role = standoff_declare(s, BUILD_ROLE, VOCABULARY_ROLE,
                                meaning.value.n > 0 ? meaning.value : label, label);
    if (is_claim && !str_eq(role, STR("speaker"))) {
        standoff_left_out(s, l, "of a claim to an actor who is not its speaker");
        return false;
    }
    if (is_claim && g->speaker.n > 0 && !str_eq(g->speaker, id)) {
        standoff_left_out(s, l, "to a second speaker of a claim");
        return false;
    }
    if (is_claim) {
        g->speaker = id;
    } else if (standoff_is_new(s, arena_printf(s->arena, "part %.*s %.*s %.*s", STR_ARG(m->thing),
                                               STR_ARG(id), STR_ARG(role)))) {
        *ARENA_PUSH(s->arena, g->participants, g->participant_count,
                    g->participant_room) = (struct participant){id, role};
    }
    return true;
}

static bool take_place(struct standoff *s, struct standoff_parts *g, const struct mention *m,
                       const struct standoff_link *l, struct mention *place)
{
    str id = standoff_thing(place)->thing;
    if (m->meaning.label == MAPPING_CLAIM) {
        standoff_left_out(s, l, "from a claim to a place");
        return false;
    }
    if (standoff_is_new(s, arena_printf(s->arena, "at %.*s %.*s", STR_ARG(m->thing), STR_ARG(id))))
        *ARENA_PUSH(s->arena, g->places, g->place_count, g->place_room) = id;
    return true;
}

static void take_date(struct standoff_parts *g, const struct mention *date)
{
    if (date->date.n == 0)
        return;
    g->dates_differ = g->dates_differ || (g->date.n > 0 && !str_eq(g->date, date->date));
    g->date = date->date;
}

static void write_relation(struct standoff *s, const struct mention *from, const struct mention *to,
                           const struct standoff_link *l, struct mapping_meaning meaning)
{
    if (meaning.label != MAPPING_RELATION) {
        standoff_left_out(
            s, l,
            meaning.label == MAPPING_UNKNOWN
                ? "between two events, which no mapping explains"
                : "between two events, which is mapped to something else than a relation");
        return;
    }
    str label = without_number(l->label);
    str type = standoff_declare(s, BUILD_RELATION_TYPE, VOCABULARY_RELATION_TYPE,
                                meaning.value.n > 0 ? meaning.value : label, label);
    if (str_eq(from->thing, to->thing)) {
        standoff_left_out(s, l, "from an event to itself");
        return;
    }
    if (!standoff_is_new(s, arena_printf(s->arena, "relation %.*s %.*s %.*s", STR_ARG(from->thing),
                                         STR_ARG(type), STR_ARG(to->thing))))
        return;
    struct jout *j = builder_begin(s->out, BUILD_RELATION, l->line, l->column);
    jout_member_str(j, "from", from->thing);
    jout_member_str(j, "type", type);
    jout_member_str(j, "to", to->thing);
    builder_end(s->out);
}

/* A link from an event or claim to something that takes part in it. */
static void take_part(struct standoff *s, struct standoff_parts *g, const struct mention *m,
                      const struct standoff_link *l, struct mention *other, size_t number)
{
    struct mapping_meaning meaning = standoff_link_meaning(s, l);
    enum mapping_label label = meaning.label;
    if (label == MAPPING_IGNORE)
        return;
    if (label == MAPPING_UNKNOWN && !l->is_argument) {
        standoff_left_out(s, l, "which no mapping explains");
        return;
    }
    bool fits = label == MAPPING_ROLE || label == MAPPING_UNKNOWN || label == other->meaning.label;
    if (!fits) {
        standoff_left_out(s, l, "which is mapped to something that it does not lead to");
        return;
    }
    bool taken = true;
    if (other->meaning.label == MAPPING_ACTOR)
        taken = take_actor(s, g, m, l, meaning, other);
    else if (other->meaning.label == MAPPING_PLACE)
        taken = take_place(s, g, m, l, other);
    else
        take_date(g, other);
    if (taken)
        says(s, g, other, number);
}

/* One link of an event or claim. Between events it is written once, where it begins. */
static void take_link(struct standoff *s, struct standoff_parts *g, const struct mention *m,
                      const struct standoff_link *l, size_t number)
{
    struct mention *other = l->from == m ? l->to : l->from;
    bool is_claim = m->meaning.label == MAPPING_CLAIM;
    switch (other->meaning.label) {
    case MAPPING_ACTOR:
    case MAPPING_PLACE:
    case MAPPING_DATE:
        take_part(s, g, m, l, other, number);
        break;
    case MAPPING_EVENT:
        if (standoff_link_meaning(s, l).label == MAPPING_IGNORE)
            break;
        if (is_claim && standoff_is_new(s, arena_printf(s->arena, "about %.*s %.*s",
                                                        STR_ARG(m->thing), STR_ARG(other->thing))))
            *ARENA_PUSH(s->arena, g->about, g->about_count, g->about_room) = other->thing;
        else if (!is_claim && l->from == m)
            write_relation(s, m, other, l, standoff_link_meaning(s, l));
        break;
    case MAPPING_CLAIM:
        if (is_claim && l->from == m)
            standoff_left_out(s, l, "between two claims");
        break;
    case MAPPING_ROLE:
    case MAPPING_RELATION:
    case MAPPING_IGNORE:
    case MAPPING_UNKNOWN:
        break; /* told where the mention itself is */
    }
}

struct standoff_parts standoff_gather(struct standoff *s, const struct mention *m, size_t number)
{
    struct standoff_parts g = {0};
    for (const struct standoff_link *l = m->links; l != NULL;
         l = l->from == m ? l->next_from : l->next_to)
        take_link(s, &g, m, l, number);
    if (g.dates_differ) {
        leftover_add(&s->left, m->line, m->column,
                     "left out: the date of an event or claim that is linked to different dates");
        g.date = (str){0};
    }
    return g;
}
