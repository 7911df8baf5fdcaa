#include "annals/read/timeml.h"

#include "annals/read/sentence.h"
#include "annals/read/text.h"
#include "annals/read/timeml_link.h"
#include "annals/read/timeml_parts.h"
#include "base/utf8.h"

#define LOOKED_THROUGH 4096 /* bytes, for timeml_is */
#define MOST_GROUNDS 8      /* pieces of evidence for one date */

struct reader {
    const struct reading_ask *ask;
    struct arena *arena;
    struct builder *out;
    struct xml_node *root;
    struct timeml_parts parts;
    struct buf plain;
    struct text text;
    str source; /* id */
};

/* ---- the text ---- */

/* The text is what stands in TEXT; in files without one, all there is. */
static void find_text(struct reader *r)
{
    bool any = false;
    for (struct xml_node *n = r->root; n != NULL;) {
        if (xml_is(n, "TEXT")) {
            if (any)
                buf_add(&r->plain, STR("\n\n"));
            xml_plain(n, NULL, &r->plain);
            any = true;
            n = xml_beyond(n, r->root);
        } else {
            n = xml_after(n, r->root);
        }
    }
    if (!any)
        xml_plain(r->root, NULL, &r->plain);
    text_init(&r->text, arena_copy(r->arena, buf_str(&r->plain)), r->arena);
}

/* Whether an element has words in the text. */
static bool has_words(const struct xml_node *n)
{
    return n->shown && n->from < n->to;
}

/* ---- the source ---- */

static const struct xml_node *find(const struct reader *r, const char *name)
{
    for (const struct xml_node *n = r->root; n != NULL; n = xml_after(n, r->root))
        if (xml_is(n, name))
            return n;
    return NULL;
}

static str find_title(const struct reader *r)
{
    static const char *const places[] = {"TITLE", "HEADLINE", "DOCID", "DOCNO"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const struct xml_node *n = find(r, places[i]);
        str words = n == NULL ? (str){0} : xml_words(n, NULL, r->arena);
        words = sentence_line(words, SENTENCE_LONGEST_TITLE, r->arena);
        if (words.n > 0)
            return words;
    }
    str name = sentence_line(r->ask->name, SENTENCE_LONGEST_TITLE, r->arena);
    return name.n > 0 ? name : r->source;
}

/* The time that dates the document: when it was published, else when it was made. */
static const struct timeml_time *find_creation(const struct reader *r)
{
    const struct timeml_time *found = NULL;
    for (size_t i = 0; i < r->parts.time_count; i++) {
        const struct timeml_time *t = &r->parts.times[i];
        bool published = str_eq(xml_get(t->node, "functionInDocument"), STR("PUBLICATION_TIME"));
        if (t->creation && t->timex.is == TIMEX_DATED && (found == NULL || published))
            found = t;
    }
    return found;
}

/* What the element that dates a document says in plain words, where those are a value of TimeML. */
static str find_plain_creation(const struct reader *r, const struct xml_node **at)
{
    for (const struct xml_node *n = r->root; n != NULL; n = xml_after(n, r->root)) {
        if (!timeml_parts_dates(n))
            continue;
        struct timex t = timex_read(xml_words(n, NULL, r->arena), (str){0}, (str){0}, r->arena);
        *at = n;
        if (t.is == TIMEX_DATED)
            return t.when.text;
    }
    *at = NULL;
    return (str){0};
}

static void write_source(struct reader *r)
{
    const struct timeml_time *made = find_creation(r);
    const struct xml_node *at = made != NULL ? made->node : NULL;
    str published = made != NULL ? made->timex.when.text : find_plain_creation(r, &at);
    bool blank = str_trim(r->text.bytes).n == 0;
    struct jout *j = builder_begin(r->out, BUILD_SOURCE, r->root->line, r->root->column);
    if (at != NULL)
        builder_place(r->out, "/published", at->line, at->column);
    const struct mapping_finding found[] = {
        {"title", find_title(r)},
        {"published", published},
        {"language", xml_get(r->root, "xml:lang")},
        {"text", blank ? (str){0} : r->text.bytes},
        {NULL, {0}},
    };
    mapping_source(r->ask->map, j, r->source, found);
    builder_end(r->out);
}

/* ---- what an event is ---- */

static str thing_id(const struct reader *r, str part)
{
    return reader_id(arena_printf(r->arena, "%.*s-%.*s", STR_ARG(r->source), STR_ARG(part)),
                     r->arena);
}

/* What the mapping makes of an element under its class, else under its name. */
static struct mapping_meaning meaning(const struct reader *r, str class, const char *element)
{
    struct mapping_meaning m = mapping_label(r->ask->map, class);
    return m.label != MAPPING_UNKNOWN ? m : mapping_label(r->ask->map, str_from(element));
}

/* Whether what did not happen, or only may have, is wanted all the same. */
static bool is_wanted(struct reader *r, const struct timeml_event *e, bool is, const char *label,
                      const char *words)
{
    if (!is || mapping_label(r->ask->map, str_from(label)).label == MAPPING_EVENT)
        return true;
    leftover_add(&r->parts.leftover, e->node->line, e->node->column, "left out: %s", words);
    return false;
}

static void choose_events(struct reader *r)
{
    for (size_t i = 0; i < r->parts.event_count; i++) {
        struct timeml_event *e = &r->parts.events[i];
        str class = xml_get(e->node, "class");
        struct mapping_meaning m = meaning(r, class, "EVENT");
        e->kept = m.label == MAPPING_EVENT || m.label == MAPPING_UNKNOWN;
        if (!e->kept)
            leftover_add(&r->parts.leftover, e->node->line, e->node->column,
                         "left out: the class %.*s, which the mapping takes for no event",
                         STR_ARG(sentence_line(class, 40, r->arena)));
        else
            e->kept = is_wanted(r, e, e->negated, "NEG", "a negated event, which did not happen") &&
                      is_wanted(r, e, e->modal, "MODAL",
                                "an event under a modal verb, which need not have happened");
    }
}

static void write_tag(struct reader *r, struct jout *j, str word)
{
    str folded = word.n > 0 ? reader_id(word, r->arena) : (str){0};
    if (folded.n > 0)
        jout_str(j, folded);
}

static void write_date_evidence(const struct reader *r, struct jout *j,
                                const struct timeml_event *e)
{
    static const char *const supports[] = {"date", NULL};
    size_t n = 0;
    for (const struct timeml_ground *g = e->grounds; g != NULL && n < MOST_GROUNDS; g = g->next) {
        if (!has_words(g->time->node))
            continue;
        text_evidence(j, &r->text, g->time->node->from, g->time->node->to, supports);
        n++;
    }
}

/* Title and summary of what has words in the text. */
static void write_words(struct reader *r, struct jout *j, const struct timeml_event *e)
{
    size_t from = e->node->from, to = e->node->to;
    if (!has_words(e->node))
        return;
    str words = str_sub(r->text.bytes, from, to - from);
    jout_member_str_if(j, "title", sentence_line(words, SENTENCE_LONGEST_TITLE, r->arena));
    sentence_around(r->text.bytes, &from, &to);
    jout_member_str_if(
        j, "summary",
        sentence_line(str_sub(r->text.bytes, from, to - from), (size_t)2000, r->arena));
}

static void write_event(struct reader *r, const struct timeml_event *e)
{
    static const char *const title[] = {"title", NULL};
    static const char *const title_and_type[] = {"title", "type", NULL};
    str class = xml_get(e->node, "class");
    struct mapping_meaning m = meaning(r, class, "EVENT");
    struct jout *j = builder_begin(r->out, BUILD_EVENT, e->node->line, e->node->column);
    jout_member_str(j, "id", thing_id(r, e->id));
    write_words(r, j, e);
    jout_member_str_if(j, "date", e->when.text);
    jout_member_str_if(j, "type", m.value);
    jout_key(j, "tags");
    jout_array(j);
    write_tag(r, j, class);
    if (e->negated)
        jout_str(j, STR("negated"));
    if (e->modal)
        jout_str(j, STR("modal"));
    jout_array_end(j);
    jout_key(j, "evidence");
    jout_array(j);
    if (has_words(e->node))
        text_evidence(j, &r->text, e->node->from, e->node->to,
                      m.value.n > 0 ? title_and_type : title);
    write_date_evidence(r, j, e);
    jout_array_end(j);
    builder_end(r->out);
}

static void write_relation(void *context, const struct timeml_relation *relation)
{
    struct reader *r = context;
    const struct xml_node *n = relation->node;
    struct jout *j = builder_begin(r->out, BUILD_RELATION, n->line, n->column);
    jout_member_str(j, "from", thing_id(r, relation->from->id));
    jout_member_str(j, "type", relation->type);
    jout_member_str(j, "to", thing_id(r, relation->to->id));
    builder_end(r->out);
}

/* ---- expressions that are events ---- */

static void write_time(struct reader *r, const struct timeml_time *t, size_t number, str type)
{
    static const char *const date[] = {"date", NULL};
    static const char *const title[] = {"title", NULL};
    size_t from = t->node->from, to = t->node->to;
    str id = t->id.n > 0 ? t->id : arena_printf(r->arena, "t-%zu", number);
    struct jout *j = builder_begin(r->out, BUILD_EVENT, t->node->line, t->node->column);
    jout_member_str(j, "id", thing_id(r, id));
    jout_member_str_if(j, "title", sentence_title(r->text.bytes, from, to, r->arena));
    jout_member_str(j, "date", t->timex.when.text);
    jout_member_str_if(j, "type", type);
    jout_key(j, "tags");
    jout_array(j);
    jout_str(j, STR("timex"));
    jout_array_end(j);
    jout_key(j, "evidence");
    jout_array(j);
    text_evidence(j, &r->text, from, to, date);
    sentence_around(r->text.bytes, &from, &to);
    text_evidence(j, &r->text, from, to, title);
    jout_array_end(j);
    builder_end(r->out);
}

/*
 * A file that marks no events at all still tells what its sentences date: each expression with
 * a date is an event then, unless the mapping says otherwise.
 */
static void write_times(struct reader *r)
{
    struct mapping_meaning m = mapping_label(r->ask->map, STR("TIMEX3"));
    bool wanted = m.label == MAPPING_EVENT || (m.label == MAPPING_UNKNOWN && r->parts.marked == 0);
    for (size_t i = 0; i < r->parts.time_count && !r->out->stopped; i++) {
        const struct timeml_time *t = &r->parts.times[i];
        const struct xml_node *n = t->node;
        if (t->creation || t->timex.is != TIMEX_DATED)
            continue;
        if (!wanted) {
            if (!t->used)
                leftover_add(&r->parts.leftover, n->line, n->column,
                             "left out: a dated expression to which no event is linked");
            continue;
        }
        if (!has_words(n)) {
            leftover_add(&r->parts.leftover, n->line, n->column,
                         "left out: a dated expression without words");
            continue;
        }
        write_time(r, t, i + 1, m.value);
        if (r->parts.marked == 0)
            leftover_add(&r->parts.leftover, n->line, n->column,
                         "made an event of a dated expression, as no events are marked");
    }
}

/* ---- what is said of times ---- */

static str value_of(const struct xml_node *n)
{
    str value = xml_get_nocase(n, "value");
    return value.n > 0 ? value : xml_get_nocase(n, "val");
}

static void note_times(struct reader *r)
{
    for (size_t i = 0; i < r->parts.time_count; i++) {
        const struct timeml_time *t = &r->parts.times[i];
        const struct xml_node *n = t->node;
        if (t->timex.is == TIMEX_BAD)
            problem_add_line(r->ask->notes, n->line, n->column,
                             "the value \"%.*s\" is no date of TimeML: left out",
                             STR_ARG(sentence_line(value_of(n), 40, r->arena)));
        else if (t->timex.is != TIMEX_DATED)
            leftover_add(&r->parts.leftover, n->line, n->column, "without a date: %s",
                         timex_words(t->timex.is));
        if (t->timex.coarser)
            leftover_add(&r->parts.leftover, n->line, n->column,
                         "kept as its day: a time that EDTF has no form for");
        if (t->timex.narrowed)
            leftover_add(&r->parts.leftover, n->line, n->column,
                         "kept as the whole: a date of which the start, middle or end is meant");
    }
}

/* ---- all of it ---- */

static bool is_timeml(const struct reader *r)
{
    return xml_is(r->root, "TimeML") || find(r, "TEXT") != NULL || r->parts.time_count > 0 ||
           r->parts.event_count > 0;
}

static void write_all(struct reader *r)
{
    mapping_declare(r->ask->map, r->out);
    choose_events(r);
    timeml_link_dates(&r->parts);
    for (size_t i = 0; i < r->parts.event_count && !r->out->stopped; i++)
        if (r->parts.events[i].kept)
            write_event(r, &r->parts.events[i]);
    write_times(r);
    timeml_link_relations(&r->parts, write_relation, r);
    note_times(r);
    leftover_tell(&r->parts.leftover, r->ask->notes);
}

bool timeml_read(const struct reading_ask *ask, struct builder *out)
{
    struct reader r = {.ask = ask, .arena = ask->arena, .out = out};
    r.root = xml_read(ask->bytes, ask->arena, ask->problems);
    if (r.root == NULL)
        return false;
    timeml_parts_find(&r.parts, r.root, ask);
    if (!is_timeml(&r)) {
        problem_add_line(ask->problems, r.root->line, r.root->column,
                         "this is not TimeML: no TEXT, TIMEX3 or EVENT is in <%.*s>",
                         STR_ARG(sentence_line(r.root->name, 40, r.arena)));
        return false;
    }
    buf_init(&r.plain, XML_MOST_TEXT + 1024);
    r.source = mapping_source_id(ask->map, reader_id(ask->name, ask->arena));
    find_text(&r);
    write_source(&r);
    write_all(&r);
    buf_free(&r.plain);
    return true;
}

bool timeml_is(str bytes)
{
    str head = str_sub(bytes, 0, LOOKED_THROUGH);
    return str_search(head, STR("<TimeML"), 0) < head.n ||
           str_search(head, STR("<TIMEX"), 0) < head.n;
}
