/* Events of TEI, the relations between them, and dates that stand in no event. */
#include "annals/read/authority.h"
#include "annals/read/sentence.h"
#include "annals/read/tei_date.h"
#include "annals/read/tei_flow.h"
#include "annals/read/tei_parts.h"
#include "base/check.h"
#include "model/document_form.h"
#include "model/vocabulary.h"

#define LONGEST_SUMMARY 8000            /* code points */
#define MOST_SUMMARY ((size_t)4 * 8000) /* bytes, of paragraphs put together */
#define MOST_PARAGRAPHS 64              /* of a description, that are evidence */

/* What an event takes from its element. */
struct event {
    struct tei_parts *p;
    const struct xml_node *node;
    const struct xml_node *label;  /* that names it; NULL for none */
    const struct xml_node *desc;   /* that describes it; NULL for none */
    const struct xml_node *dating; /* that dates it; NULL for none */
    struct when when;
    struct jout *j;
};

static const char *const labels[] = {"eventName", "label", "head"};
static const char *const descriptions[] = {"desc", "p", "ab", "note"};

static const struct xml_node *child_of(const struct xml_node *n, const char *const *names,
                                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct xml_node *child = xml_child(n, names[i]);
        if (child != NULL)
            return child;
    }
    return NULL;
}

static bool is_date(const struct xml_node *n)
{
    return xml_is(n, "date") || xml_is(n, "time");
}

/* The event in which an element lies, or NULL. */
static const struct xml_node *event_around(const struct xml_node *n)
{
    const struct xml_node *up = n->parent;
    while (up != NULL && !xml_is(up, "event"))
        up = up->parent;
    return up;
}

/* ---- when ---- */

/* The one dated element within an event whose own attributes say nothing. */
static void date_from_words(struct event *e)
{
    struct when when;
    bool several = false;
    for (const struct xml_node *n = xml_after(e->node, e->node); n != NULL;
         n = xml_is(n, "event") ? xml_beyond(n, e->node) : xml_after(n, e->node)) {
        if (!is_date(n) || !tei_date_read(n, e->p->ask, &e->p->leftover, &when))
            continue;
        several = several || (e->dating != NULL && !str_eq(when.text, e->when.text));
        if (e->dating == NULL) {
            e->dating = n;
            e->when = when;
        }
    }
    if (!several)
        return;
    e->dating = NULL;
    e->when = (struct when){0};
    leftover_add(&e->p->leftover, e->node->line, e->node->column,
                 "without a date: an event in which several are told");
}

static void date(struct event *e)
{
    if (!tei_date_any(e->node))
        date_from_words(e);
    else if (tei_date_read(e->node, e->p->ask, &e->p->leftover, &e->when))
        e->dating = e->node;
}

/* ---- type and tags ---- */

static str tag_of(struct event *e, str word)
{
    str tag = sentence_line(word, 100, e->p->arena);
    return str_find(tag, ',') == tag.n && tag.n <= 128 ? tag : reader_id(word, e->p->arena);
}

static void write_type(struct event *e)
{
    str type = xml_get(e->node, "type"), subtype = xml_get(e->node, "subtype");
    struct mapping_meaning m = mapping_label(e->p->ask->map, type);
    bool mapped = m.label == MAPPING_EVENT && m.value.n > 0;
    bool shipped = vocabulary_has(VOCABULARY_TYPE, type) ||
                   (type.n > 0 && mapping_declares(e->p->ask->map, BUILD_TYPE, type));
    if (mapped || shipped)
        jout_member_str(e->j, "type", mapped ? m.value : type);
    str first = mapped || shipped ? (str){0} : tag_of(e, type);
    str second = tag_of(e, subtype);
    if (first.n == 0 && second.n == 0)
        return;
    jout_key(e->j, "tags");
    jout_array(e->j);
    if (first.n > 0)
        jout_str(e->j, first);
    if (second.n > 0 && !str_eq(first, second))
        jout_str(e->j, second);
    jout_array_end(e->j);
}

/* ---- who and where ---- */

static str role_of(const struct event *e, const struct xml_node *mention)
{
    str word = xml_get(mention, "role");
    struct mapping_meaning m = mapping_label(e->p->ask->map, word);
    if (m.label == MAPPING_ROLE)
        return m.value;
    return vocabulary_has(VOCABULARY_ROLE, word) ? word : (str){0};
}

/* Things that are already written of the event at hand carry its node. */
struct taken {
    struct strmap seen;
    bool open;
};

static void take(struct event *e, struct taken *taken, enum build_kind kind,
                 const struct xml_node *n)
{
    /* The mark of an event is its id. */
    const struct tei_thing *t = xml_is(n, "event") ? NULL : n->mark;
    int64_t there;
    if (t == NULL || t->kind != kind || strmap_get(&taken->seen, t->id, &there))
        return;
    strmap_set(&taken->seen, t->id, 1);
    if (!taken->open) {
        jout_key(e->j, kind == BUILD_PLACE ? "places" : "participants");
        jout_array(e->j);
        taken->open = true;
    }
    if (kind == BUILD_PLACE) {
        jout_str(e->j, t->id);
        return;
    }
    jout_object(e->j);
    jout_member_str(e->j, "actor", t->id);
    jout_member_str_if(e->j, "role", role_of(e, n));
    jout_object_end(e->j);
}

/* Things that the event mentions, those in whose entry it stands, and those that @where names. */
static void write_things(struct event *e, enum build_kind kind)
{
    struct taken taken = {0};
    ENSURE(e->node != NULL);
    str where = xml_get(e->node, "where"), reference;
    strmap_init(&taken.seen, e->p->arena);
    for (bool more = where.n > 0; more;) {
        more = str_cut(where, ' ', &reference, &where);
        const struct xml_node *place = tei_find(e->p, reference);
        if (place != NULL)
            take(e, &taken, kind, place);
    }
    for (const struct xml_node *n = xml_after(e->node, e->node); n != NULL;
         n = xml_is(n, "event") ? xml_beyond(n, e->node) : xml_after(n, e->node))
        take(e, &taken, kind, n);
    for (const struct xml_node *up = e->node->parent; up != NULL; up = up->parent)
        take(e, &taken, kind, up);
    if (taken.open)
        jout_array_end(e->j);
}

/* ---- words ---- */

/* The next paragraph of a description in paragraphs, or NULL. */
static const struct xml_node *next_paragraph(const struct xml_node *n)
{
    return xml_is(n, "p") ? xml_again(n, "p") : xml_is(n, "ab") ? xml_again(n, "ab") : NULL;
}

static str words_of_description(struct event *e)
{
    struct arena *a = e->p->arena;
    const struct xml_node *n = e->desc;
    struct buf out;
    if (n == NULL)
        return (str){0};
    buf_init(&out, XML_MOST_TEXT + 1024);
    for (; n != NULL && out.n < MOST_SUMMARY; n = next_paragraph(n)) {
        str words = xml_words(n, tei_flow, a);
        if (out.n > 0 && words.n > 0)
            buf_add_char(&out, ' ');
        buf_add(&out, words);
    }
    str words = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return words;
}

static void write_words(struct event *e)
{
    struct arena *a = e->p->arena;
    str label = e->label != NULL ? xml_words(e->label, tei_flow, a) : (str){0};
    str desc = words_of_description(e);
    str title = sentence_line(label.n > 0 ? label : desc, SENTENCE_LONGEST_TITLE, a);
    str summary = sentence_line(label.n > 0 ? desc : label, LONGEST_SUMMARY, a);
    if (label.n == 0 && !str_eq(title, sentence_line(desc, LONGEST_SUMMARY, a)))
        summary = sentence_line(desc, LONGEST_SUMMARY, a);
    jout_member_str_if(e->j, "title", title);
    jout_member_str_if(e->j, "summary", summary);
}

/* ---- identifiers and what is left out ---- */

static void write_identifiers(struct event *e)
{
    struct tei_identifier *first = NULL, *last = NULL;
    tei_things_identify(e->p, e->node, &first, &last);
    tei_things_write_identifiers(e->j, first);
}

/* Whether a child of an event is taken, or looked at elsewhere. */
static bool is_taken(const struct event *e, const struct xml_node *n)
{
    static const char *const others[] = {"event",   "idno",      "relation",   "listEvent",
                                         "listOrg", "listPlace", "listPerson", "listRelation"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (xml_is(n, others[i]))
            return true;
    bool is_paragraph = e->desc != NULL && str_eq(n->name, e->desc->name) &&
                        (xml_is(n, "p") || xml_is(n, "ab"));
    return is_paragraph || n == e->label || n == e->desc || is_date(n) || n->mark != NULL ||
           tei_things_is(n);
}

static void tell_left_out(struct event *e)
{
    static const char *const durations[] = {"dur", "dur-iso"};
    const struct xml_node *node = e->node;
    for (const struct xml_node *n = node->first; n != NULL; n = n->next)
        if (n->kind == XML_ELEMENT && !is_taken(e, n))
            leftover_add(&e->p->leftover, n->line, n->column, "left out: <%.*s> in an event",
                         STR_ARG(n->name));
    for (size_t i = 0; i < sizeof durations / sizeof *durations; i++)
        if (xml_get(node, durations[i]).n > 0)
            leftover_add(&e->p->leftover, node->line, node->column,
                         "left out: how long an event lasted (%s)", durations[i]);
}

/* ---- evidence ---- */

static void write_evidence_of(struct event *e, const struct xml_node *n, const char *property)
{
    const char *const supports[] = {property, NULL};
    if (n == NULL || !tei_has_words(n))
        return;
    if (n->to - n->from > DOCUMENT_LONGEST_STRING)
        leftover_add(&e->p->leftover, n->line, n->column,
                     "left out: words too many for one piece of evidence");
    else
        text_evidence(e->j, &e->p->text, n->from, n->to, property != NULL ? supports : NULL);
}

/* The words that @corresp and @source of an event point to. */
static void write_pointed(struct event *e, const char *attribute)
{
    str list = xml_get(e->node, attribute), reference;
    for (bool more = list.n > 0; more;) {
        more = str_cut(list, ' ', &reference, &list);
        if (str_starts(reference, STR("#")))
            write_evidence_of(e, tei_find(e->p, reference), NULL);
    }
}

static void write_evidence(struct event *e)
{
    jout_key(e->j, "evidence");
    jout_array(e->j);
    write_evidence_of(e, e->label, "title");
    size_t paragraphs = 0;
    for (const struct xml_node *n = e->desc; n != NULL; n = next_paragraph(n)) {
        if (paragraphs++ < MOST_PARAGRAPHS)
            write_evidence_of(e, n, e->label != NULL ? "summary" : "title");
        else
            leftover_add(&e->p->leftover, n->line, n->column,
                         "left out: evidence of an event beyond its first %d paragraphs",
                         MOST_PARAGRAPHS);
    }
    write_evidence_of(e, e->dating != e->node ? e->dating : NULL, "date");
    write_pointed(e, "corresp");
    write_pointed(e, "source");
    jout_array_end(e->j);
}

/* ---- events ---- */

static void write_event(struct tei_parts *p, const struct xml_node *n, str id)
{
    struct event e = {.p = p, .node = n};
    e.label = child_of(n, labels, sizeof labels / sizeof *labels);
    e.desc = child_of(n, descriptions, sizeof descriptions / sizeof *descriptions);
    date(&e);
    e.j = builder_begin(p->out, BUILD_EVENT, n->line, n->column);
    if (e.dating != NULL)
        builder_place(p->out, "/date", e.dating->line, e.dating->column);
    jout_member_str(e.j, "id", id);
    write_words(&e);
    jout_member_str_if(e.j, "date", e.when.text);
    write_type(&e);
    write_things(&e, BUILD_ACTOR);
    write_things(&e, BUILD_PLACE);
    write_identifiers(&e);
    write_evidence(&e);
    tell_left_out(&e);
    builder_end(p->out);
}

/* ---- letters ---- */

/* The words of each of the children, one after the other. */
static str words_of_letter(struct tei_parts *p, const struct xml_node *letter)
{
    str title = {0};
    for (const struct xml_node *n = letter->first; n != NULL; n = n->next) {
        str words = n->kind == XML_ELEMENT ? xml_words(n, tei_flow, p->arena) : (str){0};
        words = sentence_line(words, SENTENCE_LONGEST_TITLE, p->arena);
        if (words.n > 0 && title.n < (size_t)4 * SENTENCE_LONGEST_TITLE)
            title = arena_printf(p->arena, "%.*s%s%.*s", STR_ARG(title), title.n > 0 ? ", " : "",
                                 STR_ARG(words));
    }
    return sentence_line(title, SENTENCE_LONGEST_TITLE, p->arena);
}

static void write_letter(struct tei_parts *p, const struct xml_node *n, struct mapping_meaning m)
{
    struct event e = {.p = p, .node = n};
    struct tei_identifier *first = NULL, *last = NULL;
    str tag = tag_of(&e, xml_get(n, "type"));
    date(&e);
    e.j = builder_begin(p->out, BUILD_EVENT, n->line, n->column);
    if (e.dating != NULL)
        builder_place(p->out, "/date", e.dating->line, e.dating->column);
    jout_member_str(e.j, "id", tei_id(p, n));
    jout_member_str_if(e.j, "title", words_of_letter(p, n));
    jout_member_str_if(e.j, "date", e.when.text);
    jout_member_str_if(e.j, "type", m.value);
    jout_key(e.j, "tags");
    jout_array(e.j);
    if (tag.n > 0)
        jout_str(e.j, tag);
    jout_array_end(e.j);
    write_things(&e, BUILD_ACTOR);
    write_things(&e, BUILD_PLACE);
    if (n->parent != NULL && xml_child(n->parent, "correspAction") == n)
        tei_things_identify(p, n->parent, &first, &last);
    tei_things_write_identifiers(e.j, first);
    builder_end(p->out);
}

/* What was done with a letter is an event if the mapping says so: of its type, or of all. */
static void read_letter(struct tei_parts *p, const struct xml_node *n)
{
    struct mapping_meaning m = mapping_label(p->ask->map, xml_get(n, "type"));
    if (m.label == MAPPING_UNKNOWN)
        m = mapping_label(p->ask->map, n->name);
    if (m.label == MAPPING_EVENT)
        write_letter(p, n, m);
    else if (m.label != MAPPING_IGNORE)
        leftover_add(&p->leftover, n->line, n->column,
                     "left out: <correspAction>, but for the names in it");
}

/* ---- relations ---- */

struct relations {
    struct tei_parts *p;
    struct strmap seen;
};

static void relate(struct relations *r, const struct xml_node *n, str from, str type, str to)
{
    static const char *const supports[] = {"type", NULL};
    int64_t there;
    str key = arena_printf(r->p->arena, "%.*s %.*s %.*s", STR_ARG(from), STR_ARG(type),
                           STR_ARG(to));
    if (str_eq(from, to) || strmap_get(&r->seen, key, &there))
        return;
    strmap_set(&r->seen, key, 1);
    struct jout *j = builder_begin(r->p->out, BUILD_RELATION, n->line, n->column);
    jout_member_str(j, "from", from);
    jout_member_str(j, "type", type);
    jout_member_str(j, "to", to);
    const struct xml_node *desc = xml_is(n, "relation") ? xml_child(n, "desc") : NULL;
    if (desc != NULL && tei_has_words(desc)) {
        jout_key(j, "evidence");
        jout_array(j);
        text_evidence(j, &r->p->text, desc->from, desc->to, supports);
        jout_array_end(j);
    }
    builder_end(r->p->out);
}

/* The type of a relation: what the mapping makes of its name, or the name where it ships. */
static str relation_type(struct tei_parts *p, str name)
{
    struct mapping_meaning m = mapping_label(p->ask->map, name);
    if (m.label == MAPPING_RELATION)
        return m.value;
    bool ours = vocabulary_has(VOCABULARY_RELATION_TYPE, name) ||
                (name.n > 0 && mapping_declares(p->ask->map, BUILD_RELATION_TYPE, name));
    return m.label == MAPPING_UNKNOWN && ours ? name : (str){0};
}

/* One end after the other of a list of references; the empty str behind the last. NULL in *n is
 * a reference to nothing that is an event. */
static bool next_end(struct tei_parts *p, str *list, const struct xml_node **n)
{
    str reference;
    *list = str_trim(*list);
    if (list->n == 0)
        return false;
    str_cut(*list, ' ', &reference, list);
    *n = tei_find(p, reference);
    if (*n != NULL && !xml_is(*n, "event"))
        *n = NULL;
    return true;
}

#define MOST_PAIRS 1000 /* of one relation */

static void read_relation(struct relations *r, const struct xml_node *n)
{
    struct tei_parts *p = r->p;
    str name = xml_get(n, "name"), mutual = xml_get(n, "mutual");
    if (mapping_label(p->ask->map, name).label == MAPPING_IGNORE)
        return;
    str actives = mutual.n > 0 ? mutual : xml_get(n, "active"), type = relation_type(p, name);
    const struct xml_node *from, *to;
    bool between_events = false;
    size_t pairs = 0;
    while (next_end(p, &actives, &from)) {
        str passives = mutual.n > 0 ? actives : xml_get(n, "passive");
        while (from != NULL && next_end(p, &passives, &to) && pairs++ < MOST_PAIRS) {
            between_events = between_events || to != NULL;
            if (to != NULL && type.n > 0)
                relate(r, n, *(const str *)from->mark, type, *(const str *)to->mark);
        }
    }
    if (!between_events)
        leftover_add(&p->leftover, n->line, n->column,
                     "left out: the relation \"%.*s\", which is not between events",
                     STR_ARG(sentence_line(name, 40, p->arena)));
    else if (type.n == 0)
        leftover_add(&p->leftover, n->line, n->column,
                     "left out: the relation \"%.*s\", which no mapping explains",
                     STR_ARG(sentence_line(name, 40, p->arena)));
}

/* ---- dates elsewhere ---- */

static void write_date(struct tei_parts *p, const struct xml_node *n, const struct when *when,
                       str type)
{
    static const char *const dates[] = {"date", NULL};
    static const char *const titles[] = {"title", NULL};
    size_t from = n->from, to = n->to;
    struct jout *j = builder_begin(p->out, BUILD_EVENT, n->line, n->column);
    jout_member_str(j, "id", tei_id(p, n));
    jout_member_str_if(j, "title", sentence_title(p->text.bytes, from, to, p->arena));
    jout_member_str(j, "date", when->text);
    jout_member_str_if(j, "type", type);
    jout_key(j, "tags");
    jout_array(j);
    jout_str(j, STR("date"));
    jout_array_end(j);
    jout_key(j, "evidence");
    jout_array(j);
    text_evidence(j, &p->text, from, to, dates);
    sentence_around(p->text.bytes, &from, &to);
    text_evidence(j, &p->text, from, to, titles);
    jout_array_end(j);
    builder_end(p->out);
}

static void read_date(struct tei_parts *p, const struct xml_node *n)
{
    struct mapping_meaning m = mapping_label(p->ask->map, n->name);
    struct when when;
    if (!tei_has_words(n) || event_around(n) != NULL || !tei_date_any(n))
        return;
    if (m.label != MAPPING_EVENT)
        leftover_add(&p->leftover, n->line, n->column, "left out: <%.*s> that belongs to no event",
                     STR_ARG(n->name));
    else if (tei_date_read(n, p->ask, &p->leftover, &when))
        write_date(p, n, &when, m.value);
}

/* ---- all of it ---- */

/* Whether there are words or dates within. */
static bool says_anything(const struct xml_node *event)
{
    for (const struct xml_node *n = xml_after(event, event); n != NULL; n = xml_after(n, event))
        if (n->kind == XML_TEXT ? str_trim(n->text).n > 0 : tei_date_any(n))
            return true;
    return false;
}

void tei_events_write(struct tei_parts *p)
{
    struct relations r = {.p = p};
    strmap_init(&r.seen, p->arena);
    for (struct xml_node *n = p->root; n != NULL && !p->out->stopped; n = xml_after(n, p->root)) {
        if (!xml_is(n, "event"))
            continue;
        if (xml_get(n, "xml:id").n == 0 && !tei_date_any(n) && !says_anything(n)) {
            leftover_add(&p->leftover, n->line, n->column, "left out: <event> that says nothing");
            continue;
        }
        str *id = ARENA_NEW(p->arena, str);
        *id = tei_id(p, n);
        n->mark = id;
        write_event(p, n, *id);
    }
    for (struct xml_node *n = p->root; n != NULL; n = xml_after(n, p->root)) {
        const struct xml_node *around = xml_is(n, "event") ? event_around(n) : NULL;
        if (p->out->stopped)
            return;
        if (around != NULL && n->mark != NULL)
            relate(&r, n, *(const str *)n->mark, STR("part_of"), *(const str *)around->mark);
        if (xml_is(n, "relation"))
            read_relation(&r, n);
        if (is_date(n))
            read_date(p, n);
        if (xml_is(n, "correspAction"))
            read_letter(p, n);
    }
}
