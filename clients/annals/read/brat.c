#include "annals/read/brat.h"

#include <string.h>

#include "annals/read/authority.h"
#include "annals/read/brat_line.h"
#include "annals/read/standoff.h"
#include "base/strmap.h"
#include "base/utf8.h"
#include "model/document.h"
#include "model/edtf.h"

#define LONGEST_SHOWN 60 /* code points of words in a problem */

struct brat {
    const struct reading_ask *ask;
    struct brat_lines reading;
    struct standoff s;
    struct brat_line **lines;
    size_t n, room;
    struct strmap by_id; /* ids to numbers in lines */
    enum text_unit unit;
};

/* ---- lines ---- */

/* NULL: it is empty, or a problem. */
static struct brat_line *add_line(struct brat *b, str whole, int64_t number, bool is_second)
{
    struct brat_line *line = ARENA_NEW(b->ask->arena, struct brat_line);
    int64_t first;
    if (!brat_line_read(&b->reading, whole, number, is_second, line))
        return NULL;
    if (line->kind != BRAT_SAME && line->kind != BRAT_NOTE) {
        if (strmap_get(&b->by_id, line->id, &first)) {
            brat_line_problem(&b->reading, line, line->id,
                              "the id %.*s stands in line %lld already", STR_ARG(line->id),
                              (long long)b->lines[first]->number);
            return NULL;
        }
        strmap_set(&b->by_id, line->id, (int64_t)b->n);
    }
    *ARENA_PUSH(b->ask->arena, b->lines, b->n, b->room) = line;
    return line;
}

/* Takes a line off the bytes, without its end. */
static str take_line(str *bytes)
{
    str line;
    str_cut(*bytes, '\n', &line, bytes);
    if (str_ends(line, STR("\r")))
        line.n--;
    return line;
}

/* Whether a line begins as those of brat do: a letter, a number, a tab. */
static bool begins_line(str line)
{
    size_t n = 1;
    if (line.n == 0 || str_find(STR("TERAMN#*"), line.p[0]) == 8)
        return false;
    while (n < line.n && line.p[n] >= '0' && line.p[n] <= '9')
        n++;
    return n < line.n && line.p[n] == '\t';
}

/* Some tools write the words of a text-bound annotation with the line ends of the text: the lines
 * that follow belong to it for as long as it has fewer words than its positions span. */
static void add_rest(struct brat_line *line, str *bytes, int64_t *number)
{
    size_t wanted = line->part_count - 1, have = utf8_count(line->words);
    for (size_t i = 0; i < line->part_count; i++)
        wanted += (size_t)(line->parts[i].end - line->parts[i].start);
    while (have < wanted && bytes->n > 0) {
        str after = *bytes, next = take_line(&after);
        if (begins_line(next))
            return;
        size_t longer = (size_t)(next.p + next.n - (line->words.p + line->words.n));
        have += utf8_count((str){line->words.p + line->words.n, longer});
        line->words.n += longer;
        line->whole.n += longer;
        *bytes = after;
        ++*number;
    }
}

static void add_lines(struct brat *b, str bytes, bool is_second)
{
    for (int64_t number = 1; bytes.n > 0; number++) {
        str whole = take_line(&bytes);
        struct brat_line *line = add_line(b, whole, number, is_second);
        if (line != NULL && line->kind == BRAT_TEXT && b->unit == TEXT_POINTS)
            add_rest(line, &bytes, &number);
    }
}

/* The line that an id names; NULL with a problem where there is none. */
static struct brat_line *find(struct brat *b, const struct brat_line *from, str id)
{
    int64_t at;
    if (strmap_get(&b->by_id, id, &at))
        return b->lines[at];
    brat_line_problem(&b->reading, from, id, "there is no %.*s in this file", STR_ARG(id));
    return NULL;
}

/* ---- words ---- */

/* Whether words stand in the text at these bytes; a line end or tab may be written as a blank. */
static bool same_words(str text, str words)
{
    if (text.n != words.n)
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != words.p[i] &&
            !(words.p[i] == ' ' && str_find(STR("\n\r\t"), text.p[i]) < 3))
            return false;
    return true;
}

/* Whether the fragments of a line hold its words, positions counting so. Sets the spans of m, if
 * one is given. */
static bool fits(struct brat *b, const struct brat_line *line, enum text_unit unit,
                 struct mention *m)
{
    str rest = line->words;
    for (size_t i = 0; i < line->part_count; i++) {
        size_t from, to;
        if (!text_byte(&b->s.text, unit, line->parts[i].start, &from) ||
            !text_byte(&b->s.text, unit, line->parts[i].end, &to))
            return false;
        if (i > 0 && (rest.n == 0 || rest.p[0] != ' '))
            return false;
        rest = str_sub(rest, i > 0, rest.n);
        if (!same_words(str_sub(b->s.text.bytes, from, to - from), str_sub(rest, 0, to - from)))
            return false;
        rest = str_sub(rest, to - from, rest.n);
        if (m != NULL)
            standoff_span(&b->s, m, from, to);
    }
    return rest.n == 0;
}

static str shown(struct brat *b, str words)
{
    size_t cut = utf8_offset(words, LONGEST_SHOWN);
    str copy = arena_printf(b->ask->arena, "%.*s%s", STR_ARG(str_sub(words, 0, cut)),
                            cut < words.n ? "…" : "");
    return standoff_title(copy, b->ask->arena);
}

/* The words of one fragment are not those that the text has at these bytes. */
static struct problem *refuse_fragment(struct brat *b, const struct brat_line *line, str there)
{
    str wanted = shown(b, line->words), got = shown(b, there);
    long long start = line->parts[0].start, end = line->parts[0].end;
    if (str_eq(wanted, got))
        return brat_line_problem(
            &b->reading, line, line->words,
            "\"%.*s\" stands at %lld-%lld with other white space or a longer end", STR_ARG(got),
            start, end);
    return brat_line_problem(&b->reading, line, line->words,
                             "the text has \"%.*s\" at %lld-%lld, not \"%.*s\"", STR_ARG(got),
                             start, end, STR_ARG(wanted));
}

static void refuse_words(struct brat *b, const struct brat_line *line)
{
    size_t from = 0, to = 0;
    int64_t length = b->s.text.length[b->unit], last = line->parts[line->part_count - 1].end;
    struct problem *p;
    if (last > length)
        p = brat_line_problem(&b->reading, line, line->label,
                              "the text ends at %lld, before position %lld", (long long)length,
                              (long long)last);
    else if (line->part_count == 1 && text_byte(&b->s.text, b->unit, line->parts[0].start, &from) &&
             text_byte(&b->s.text, b->unit, line->parts[0].end, &to))
        p = refuse_fragment(b, line, str_sub(b->s.text.bytes, from, to - from));
    else
        p = brat_line_problem(&b->reading, line, line->words,
                              "the text has other words at these positions than \"%.*s\"",
                              STR_ARG(shown(b, line->words)));
    for (int u = 0; u < TEXT_UNITS; u++)
        if (u != (int)b->unit && fits(b, line, (enum text_unit)u, NULL))
            problem_hint(b->ask->problems, p,
                         "they agree where positions count %s: --offsets %s says so",
                         u == TEXT_UTF16   ? "UTF-16 code units"
                         : u == TEXT_BYTES ? "bytes"
                                           : "code points",
                         text_unit_name((enum text_unit)u));
}

/* ---- mentions ---- */

static bool is_event_label(str label)
{
    return str_eq_nocase(label, STR("event"));
}

/* A mention with the spans of a text-bound annotation. */
static struct mention *mention_of(struct brat *b, const struct brat_line *line,
                                  const struct brat_line *text)
{
    struct mention *m = standoff_mention(&b->s, line->id, line->label, line->number, 1);
    m->meaning = mapping_label(b->ask->map, line->label);
    if (!fits(b, text, b->unit, m))
        refuse_words(b, text);
    standoff_words(&b->s, m);
    return m;
}

/* An event, which stands for its trigger too. */
static void add_event(struct brat *b, struct brat_line *line)
{
    struct brat_line *trigger = find(b, line, line->target);
    if (trigger == NULL)
        return;
    if (trigger->kind != BRAT_TEXT) {
        brat_line_problem(&b->reading, line, line->target,
                          "the trigger of an event is a text-bound annotation, not %.*s",
                          STR_ARG(line->target));
        return;
    }
    struct mention *m = mention_of(b, line, trigger);
    m->is_trigger = true;
    if (m->meaning.label == MAPPING_UNKNOWN) {
        m->meaning.label = MAPPING_EVENT;
        if (!is_event_label(line->label))
            standoff_tag(&b->s, m, line->label);
    } else if (m->meaning.label == MAPPING_ACTOR || m->meaning.label == MAPPING_PLACE ||
               m->meaning.label == MAPPING_DATE) {
        brat_line_problem(&b->reading, line, line->label,
                          "the label %.*s of an event is mapped to something that is no event",
                          STR_ARG(line->label));
    }
    line->mention = m;
    if (trigger->mention == NULL)
        trigger->mention = m;
}

static void add_text(struct brat *b, struct brat_line *line)
{
    if (line->mention != NULL)
        return;
    struct mention *m = line->mention = mention_of(b, line, line);
    if (m->meaning.label == MAPPING_UNKNOWN && is_event_label(line->label))
        m->meaning.label = MAPPING_EVENT;
}

/* ---- what hangs on mentions ---- */

static void add_links(struct brat *b, struct brat_line *line)
{
    bool is_event = line->kind == BRAT_EVENT;
    struct mention *ends[2] = {line->mention, NULL};
    for (size_t i = 0; i < line->part_count; i++) {
        struct brat_line *other = find(b, line, line->parts[i].id);
        if (other == NULL)
            continue;
        if (other->mention == NULL) {
            leftover_add(&b->s.left, line->number, 1,
                         "left out: arguments of %s that are neither text nor events",
                         is_event ? "events" : "relations");
            continue;
        }
        if (is_event && line->mention != NULL)
            standoff_link(&b->s, line->mention, other->mention, line->parts[i].role, line->number,
                          1)
                ->is_argument = true;
        else if (!is_event)
            ends[i] = other->mention;
    }
    if (!is_event && ends[0] != NULL && ends[1] != NULL)
        standoff_link(&b->s, ends[0], ends[1], line->label, line->number, 1);
}

static bool is_item(const struct mention *m)
{
    return m != NULL && (m->meaning.label == MAPPING_ACTOR || m->meaning.label == MAPPING_PLACE);
}

static void add_same(struct brat *b, const struct brat_line *line)
{
    struct mention *first = NULL;
    bool whole = true;
    for (size_t i = 0; i < line->part_count; i++) {
        struct brat_line *other = find(b, line, line->parts[i].id);
        struct mention *m = other != NULL ? other->mention : NULL;
        if (!is_item(m) || (first != NULL && first->meaning.label != m->meaning.label))
            whole = false;
        else if (first == NULL)
            first = m;
        else
            standoff_same(first, m);
    }
    if (!whole)
        leftover_add(&b->s.left, line->number, 1,
                     "left out: equivalence (*) of what is not all actors or all places");
}

static bool is_event(const struct mention *m)
{
    return m->meaning.label == MAPPING_EVENT || m->meaning.label == MAPPING_CLAIM;
}

static void add_attribute(struct brat *b, const struct brat_line *line, struct mention *m)
{
    if (mapping_label(b->ask->map, line->label).label == MAPPING_IGNORE)
        return;
    if (m->meaning.label != MAPPING_EVENT) {
        leftover_add(&b->s.left, line->number, 1,
                     "left out: the attribute %.*s of what is no event", STR_ARG(line->label));
        return;
    }
    standoff_tag(&b->s, m,
                 line->value.n == 0 ? line->label
                                    : arena_printf(b->ask->arena, "%.*s:%.*s", STR_ARG(line->label),
                                                   STR_ARG(line->value)));
    leftover_add(&b->s.left, line->number, 1, "kept as a tag of its event: the attribute %.*s",
                 STR_ARG(line->label));
}

static bool is_date(str words)
{
    struct edtf value;
    struct edtf_error error;
    return edtf_parse(words, &value, &error);
}

static void add_name(struct brat *b, const struct brat_line *line, struct mention *m)
{
    str scheme = line->label, value = line->value;
    if (!line->is_referent && (!str_cut(line->value, ':', &scheme, &value) || value.n == 0)) {
        struct problem *p = brat_line_problem(&b->reading, line, line->value,
                                              "this is no reference to a resource");
        problem_hint(b->ask->problems, p, "a scheme, a colon and a value: Wikipedia:534366");
        return;
    }
    scheme = authority_scheme(scheme, b->ask->arena);
    if (m->meaning.label == MAPPING_DATE && is_date(value))
        m->date = value;
    else if (m->meaning.label == MAPPING_DATE)
        leftover_add(&b->s.left, line->number, 1,
                     "left out: a normalization of a date to what is no EDTF");
    else if (scheme.n == 0)
        brat_line_problem(&b->reading, line, line->is_referent ? line->label : line->value,
                          "the scheme of a reference needs a letter");
    else
        standoff_name(&b->s, m, scheme, value);
}

static void add_hanging(struct brat *b, const struct brat_line *line)
{
    int64_t at;
    bool is_note = line->kind == BRAT_NOTE;
    if (is_note && !strmap_get(&b->by_id, line->target, &at)) {
        leftover_add(&b->s.left, line->number, 1, "left out: note on what is not in the file");
        return; /* brat leaves notes behind when their annotation is deleted */
    }
    struct brat_line *target = find(b, line, line->target);
    if (target == NULL)
        return;
    struct mention *m = target->mention;
    if (m == NULL)
        leftover_add(&b->s.left, line->number, 1, "left out: %s on what is neither text nor event",
                     is_note ? "note" : "attribute");
    else if (line->kind == BRAT_ATTRIBUTE)
        add_attribute(b, line, m);
    else if (line->kind == BRAT_NAME)
        add_name(b, line, m);
    else if (!str_eq(line->label, STR("AnnotatorNotes")))
        leftover_add(&b->s.left, line->number, 1, "left out: note of the kind %.*s",
                     STR_ARG(line->label));
    else if (is_event(m))
        standoff_tell(&b->s, m, str_trim(line->words));
    else
        leftover_add(&b->s.left, line->number, 1, "left out: note on what is no event");
}

/* ---- all of it ---- */

static void settle_dates(struct brat *b)
{
    for (size_t i = 0; i < b->s.n; i++) {
        struct mention *m = b->s.all[i];
        if (m->meaning.label != MAPPING_DATE || m->date.n > 0)
            continue;
        if (is_date(m->words))
            m->date = m->words;
        else
            leftover_add(&b->s.left, m->line, m->column,
                         "left out: the date %.*s, whose words are no EDTF and which no "
                         "normalization (N) gives",
                         STR_ARG(m->label));
    }
}

static void add_all(struct brat *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->lines[i]->kind == BRAT_EVENT)
            add_event(b, b->lines[i]);
    for (size_t i = 0; i < b->n; i++)
        if (b->lines[i]->kind == BRAT_TEXT)
            add_text(b, b->lines[i]);
    for (size_t i = 0; i < b->n; i++) {
        struct brat_line *line = b->lines[i];
        if (line->kind == BRAT_EVENT || line->kind == BRAT_RELATION)
            add_links(b, line);
        else if (line->kind == BRAT_SAME)
            add_same(b, line);
        else if (line->kind != BRAT_TEXT)
            add_hanging(b, line);
    }
    settle_dates(b);
}

static bool get_text(const struct reading_ask *ask, str *text)
{
    const char *why = "nothing stands beside it";
    if (ask->beside == NULL || !ask->beside(ask->context, "txt", text, &why)) {
        struct problem *p = problem_add_line(ask->problems, 1, 1,
                                             "the text of these annotations is missing: %s", why);
        problem_hint(ask->problems, p, "--text FILE names it");
        return false;
    }
    return reader_check_text(ask, *text);
}

static bool read_halves(const struct reading_ask *ask, struct builder *out, str second)
{
    struct brat b = {.ask = ask,
                     .reading = {ask->arena, ask->problems},
                     .unit = ask->unit == TEXT_UNITS ? TEXT_POINTS : ask->unit};
    str text = {0};
    if (!reader_check(ask->bytes, DOCUMENT_LARGEST, ask->problems) || !get_text(ask, &text))
        return false;
    standoff_init(&b.s, ask, text, out);
    strmap_init(&b.by_id, ask->arena);
    add_lines(&b, ask->bytes, false);
    add_lines(&b, second, true);
    add_all(&b);
    const struct mapping_finding found[] = {{"title", reader_title(ask)}, {NULL, {0}}};
    standoff_write(&b.s, found);
    return true;
}

bool brat_read(const struct reading_ask *ask, struct builder *out)
{
    return read_halves(ask, out, (str){0});
}

bool brat_read_halves(const struct reading_ask *ask, struct builder *out)
{
    const char *why;
    str second = {0};
    if (ask->beside == NULL || !ask->beside(ask->context, "a2", &second, &why))
        problem_add_line(ask->notes, 1, 1, "there is no .a2 file beside this .a1: no events");
    else if (second.n > DOCUMENT_LARGEST || !utf8_valid(second) ||
             str_find(second, '\0') < second.n) {
        problem_add_line(ask->problems, 1, 1,
                         "the .a2 file is not UTF-8, holds a NUL, or is larger than %zu MiB",
                         DOCUMENT_LARGEST / (1024 * 1024));
        return false;
    }
    return read_halves(ask, out, second);
}
