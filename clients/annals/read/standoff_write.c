/* What the mentions and links of an annotation scheme mean, as the things of a source. */
#include <string.h>

#include "annals/read/standoff_parts.h"

#define MOST_PARTS 8 /* names of properties that one piece of evidence supports */

/* ---- parts ---- */

static void write_evidence(struct standoff *s, struct jout *j, const struct mention *m,
                           const char *const *supports)
{
    for (size_t i = 0; i < m->span_count; i++)
        text_evidence(j, &s->text, m->spans[i].from, m->spans[i].to, supports);
}

/* Identifiers of a thing and all that mean the same; of a scheme the first. */
static void write_names(struct standoff *s, struct jout *j, const struct mention *first)
{
    bool open = false;
    for (const struct mention *m = first; m != NULL; m = m->member) {
        for (const struct standoff_name *x = m->names; x != NULL; x = x->next) {
            str key = arena_printf(s->arena, "name %.*s %.*s", STR_ARG(first->thing),
                                   STR_ARG(x->scheme));
            str whole = arena_printf(s->arena, "%.*s %.*s", STR_ARG(key), STR_ARG(x->value));
            bool again = !standoff_is_new(s, whole);
            if (!standoff_is_new(s, key)) {
                if (!again)
                    leftover_add(&s->left, m->line, m->column,
                                 "left out: a second identifier of the scheme %.*s for one thing",
                                 STR_ARG(x->scheme));
                continue;
            }
            if (!open) {
                jout_key(j, "identifiers");
                jout_object(j);
                open = true;
            }
            jout_key_str(j, x->scheme);
            jout_str(j, x->value);
        }
    }
    if (open)
        jout_object_end(j);
}

/* The other words by which an actor or place is called. */
static void write_called(struct standoff *s, struct jout *j, const struct mention *first)
{
    bool open = false;
    str name = standoff_title(first->words, s->arena);
    for (const struct mention *m = first->member; m != NULL; m = m->member) {
        str other = standoff_title(m->words, s->arena);
        if (other.n == 0 || str_eq(other, name) ||
            !standoff_is_new(s, arena_printf(s->arena, "called %.*s %.*s", STR_ARG(first->thing),
                                             STR_ARG(other))))
            continue;
        if (!open) {
            jout_key(j, "names");
            jout_array(j);
            open = true;
        }
        jout_object(j);
        jout_member_str(j, "name", other);
        jout_object_end(j);
    }
    if (open)
        jout_array_end(j);
}

static void write_item(struct standoff *s, const struct mention *first, enum build_kind kind)
{
    static const char *const name[] = {"name", NULL}, *const names[] = {"names", NULL};
    struct jout *j = builder_begin(s->out, kind, first->line, first->column);
    str called = standoff_title(first->words, s->arena);
    jout_member_str(j, "id", first->thing);
    jout_member_str(j, "name", called);
    if (kind == BUILD_ACTOR)
        jout_member_str_if(j, "kind", first->meaning.value);
    write_names(s, j, first);
    write_called(s, j, first);
    jout_key(j, "evidence");
    jout_array(j);
    for (const struct mention *m = first; m != NULL; m = m->member)
        write_evidence(s, j, m, str_eq(standoff_title(m->words, s->arena), called) ? name : names);
    jout_array_end(j);
    builder_end(s->out);
}

/* ---- events and claims ---- */

static void write_strs(struct jout *j, const char *key, const str *items, size_t n)
{
    if (n == 0)
        return;
    jout_key(j, key);
    jout_array(j);
    for (size_t i = 0; i < n; i++)
        jout_str(j, items[i]);
    jout_array_end(j);
}

static void write_participants(struct jout *j, const struct standoff_parts *g)
{
    if (g->participant_count == 0)
        return;
    jout_key(j, "participants");
    jout_array(j);
    for (size_t i = 0; i < g->participant_count; i++) {
        jout_object(j);
        jout_member_str(j, "actor", g->participants[i].actor);
        jout_member_str(j, "role", g->participants[i].role);
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void write_tags(struct jout *j, const struct mention *m)
{
    if (m->tags == NULL)
        return;
    jout_key(j, "tags");
    jout_array(j);
    for (const struct standoff_word *t = m->tags; t != NULL; t = t->next)
        jout_str(j, t->word);
    jout_array_end(j);
}

/* What was told of a thing, a line for each. */
static str summary_of(struct standoff *s, const struct mention *m)
{
    if (m->told == NULL || m->told->next == NULL)
        return m->told != NULL ? m->told->word : (str){0};
    char *p = arena_alloc(s->arena, m->told_bytes);
    size_t n = 0;
    for (const struct standoff_word *w = m->told; w != NULL; w = w->next) {
        memcpy(p + n, w->word.p, w->word.n);
        n += w->word.n;
        p[n++] = '\n';
    }
    return (str){p, n - 1};
}

/* What the words of a linked mention support. */
static void write_said(struct standoff *s, struct jout *j, const struct standoff_parts *g)
{
    static const char *const actor[] = {"participants", NULL}, *const speaker[] = {"speaker", NULL},
                             *const place[] = {"places", NULL}, *const date[] = {"date", NULL};
    for (size_t i = 0; i < g->said_count; i++) {
        const struct mention *m = g->said[i];
        enum mapping_label label = m->meaning.label;
        if (label == MAPPING_DATE && g->date.n == 0)
            continue;

        write_evidence(s, j, m,
                       label == MAPPING_PLACE     ? place
                       : label == MAPPING_DATE    ? date
                       : g->participant_count > 0 ? actor
                                                  : speaker);
    }
}

static void write_event(struct standoff *s, const struct mention *m, size_t number)
{
    const char *supports[MOST_PARTS] = {"title"};
    struct standoff_parts g = standoff_gather(s, m, number);
    str type = m->meaning.value;
    if (type.n > 0) {
        type = standoff_declare(s, BUILD_TYPE, VOCABULARY_TYPE, type, m->label);
        supports[1] = "type";
    }
    struct jout *j = builder_begin(s->out, BUILD_EVENT, m->line, m->column);
    jout_member_str(j, "id", m->thing);
    jout_member_str_if(j, "title", standoff_title(m->words, s->arena));
    jout_member_str_if(j, "summary", summary_of(s, m));
    jout_member_str_if(j, "date", g.date);
    jout_member_str_if(j, "type", type);
    write_participants(j, &g);
    write_strs(j, "places", g.places, g.place_count);
    write_tags(j, m);
    write_names(s, j, m);
    jout_key(j, "evidence");
    jout_array(j);
    write_evidence(s, j, m, supports);
    write_said(s, j, &g);
    jout_array_end(j);
    builder_end(s->out);
}

static void write_claim(struct standoff *s, const struct mention *m, size_t number)
{
    const char *supports[MOST_PARTS] = {"stance"};
    struct standoff_parts g = standoff_gather(s, m, number);
    if (g.speaker.n == 0) {
        leftover_add(&s->left, m->line, m->column,
                     "left out: the claim %.*s without an actor who is linked to it as its speaker",
                     STR_ARG(m->label));
        return;
    }
    if (!m->is_trigger)
        supports[1] = "text";
    struct jout *j = builder_begin(s->out, BUILD_CLAIM, m->line, m->column);
    jout_member_str(j, "id", m->thing);
    jout_member_str(j, "speaker", g.speaker);
    jout_member_str(j, "stance", m->meaning.value);
    write_strs(j, "about", g.about, g.about_count);
    jout_member_str_if(j, "text", m->is_trigger ? summary_of(s, m) : m->words);
    jout_member_str_if(j, "date", g.date);
    jout_key(j, "evidence");
    jout_array(j);
    write_evidence(s, j, m, supports);
    write_said(s, j, &g);
    jout_array_end(j);
    builder_end(s->out);
}

/* ---- all of it ---- */

static bool takes_part(const struct mention *m)
{
    return m->meaning.label == MAPPING_EVENT || m->meaning.label == MAPPING_CLAIM;
}

static bool is_thing(const struct mention *m)
{
    return m->meaning.label < MAPPING_ROLE || m->meaning.label == MAPPING_CLAIM;
}

/* Links of something to which no event is linked, and dates that belong to none. */
static void tell_loose(struct standoff *s, const struct mention *m)
{
    bool loose = true;
    for (const struct standoff_link *l = m->links; l != NULL;
         l = l->from == m ? l->next_from : l->next_to) {
        const struct mention *other = l->from == m ? l->to : l->from;
        loose = loose && !takes_part(other);
        if (l->from == m && is_thing(other) && !takes_part(other) &&
            standoff_link_meaning(s, l).label != MAPPING_IGNORE)
            standoff_left_out(s, l, "between two things that are no events");
    }
    if (loose && m->meaning.label == MAPPING_DATE && m->date.n > 0)
        leftover_add(&s->left, m->line, m->column,
                     "left out: the date %.*s, which belongs to no event", STR_ARG(m->label));
}

static void write_thing(struct standoff *s, const struct mention *m, size_t number)
{
    switch (m->meaning.label) {
    case MAPPING_EVENT:
        write_event(s, m, number);
        break;
    case MAPPING_CLAIM:
        write_claim(s, m, number);
        break;
    case MAPPING_ACTOR:
    case MAPPING_PLACE:
        if (m->same == m)
            write_item(s, m, m->meaning.label == MAPPING_ACTOR ? BUILD_ACTOR : BUILD_PLACE);
        tell_loose(s, m);
        break;
    case MAPPING_ROLE:
    case MAPPING_RELATION:
        leftover_add(&s->left, m->line, m->column,
                     "left out: the label %.*s, which is mapped to what only a link can be",
                     STR_ARG(m->label));
        break;
    case MAPPING_UNKNOWN:
        leftover_add(&s->left, m->line, m->column,
                     "left out: the label %.*s, which no mapping explains", STR_ARG(m->label));
        break;
    case MAPPING_DATE: /* the events take it */
        tell_loose(s, m);
        break;
    case MAPPING_IGNORE:
        break;
    }
}

void standoff_write(struct standoff *s, const struct mapping_finding *found)
{
    struct jout *j = builder_begin(s->out, BUILD_SOURCE, 1, 1);
    mapping_source(s->ask->map, j, s->source, found);
    jout_member_str_if(j, "text", s->text.bytes);
    builder_end(s->out);
    mapping_declare(s->ask->map, s->out);
    standoff_join(s);
    for (size_t i = 0; i < s->n; i++) {
        struct mention *m = s->all[i];
        if (m->thing.n == 0)
            m->thing = reader_id(
                arena_printf(s->arena, "%.*s-%.*s", STR_ARG(s->source), STR_ARG(m->id)), s->arena);
    }
    for (size_t i = 0; i < s->n && !s->out->stopped; i++)
        write_thing(s, s->all[i], i + 1);
    leftover_tell(&s->left, s->ask->notes);
}
