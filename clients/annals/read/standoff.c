#include "annals/read/standoff.h"

#include <string.h>

#include "base/check.h"
#include "base/utf8.h"

#define TITLE_LONGEST 120    /* code points */
#define TITLE_LOOKED_AT 1000 /* bytes */

void standoff_init(struct standoff *s, const struct reading_ask *ask, str text, struct builder *out)
{
    *s = (struct standoff){.ask = ask, .arena = ask->arena, .out = out};
    text_init(&s->text, text, ask->arena);
    leftover_init(&s->left, ask->arena);
    strmap_init(&s->seen, ask->arena);
    s->source = mapping_source_id(ask->map, reader_id(reader_title(ask), ask->arena));
}

struct mention *standoff_mention(struct standoff *s, str id, str label, int64_t line,
                                 int64_t column)
{
    struct mention *m = ARENA_NEW(s->arena, struct mention);
    *m = (struct mention){.id = id,
                          .label = label,
                          .meaning = {.label = MAPPING_UNKNOWN},
                          .line = line,
                          .column = column};
    m->same = m;
    *ARENA_PUSH(s->arena, s->all, s->n, s->room) = m;
    return m;
}

void standoff_span(struct standoff *s, struct mention *m, size_t from, size_t to)
{
    ENSURE(from <= to && to <= s->text.bytes.n);
    *ARENA_PUSH(s->arena, m->spans, m->span_count, m->span_room) = (struct standoff_span){from, to};
}

void standoff_words(struct standoff *s, struct mention *m)
{
    size_t room = 0, n = 0;
    if (m->span_count == 1)
        m->words = str_sub(s->text.bytes, m->spans[0].from, m->spans[0].to - m->spans[0].from);
    if (m->span_count < 2)
        return;
    for (size_t i = 0; i < m->span_count; i++)
        room += m->spans[i].to - m->spans[i].from + 1;
    char *p = arena_alloc(s->arena, room);
    for (size_t i = 0; i < m->span_count; i++) {
        size_t length = m->spans[i].to - m->spans[i].from;
        if (i > 0)
            p[n++] = ' ';
        if (length > 0)
            memcpy(p + n, s->text.bytes.p + m->spans[i].from, length);
        n += length;
    }
    m->words = (str){p, n};
}

static void too_many(struct standoff *s, const struct mention *m, const char *what, size_t most)
{
    leftover_add(&s->left, m->line, m->column, "left out: %s beyond the first %zu of one thing",
                 what, most);
}

void standoff_name(struct standoff *s, struct mention *m, str scheme, str value)
{
    struct standoff_name **at = &m->names;
    for (; *at != NULL; at = &(*at)->next)
        if (str_eq((*at)->scheme, scheme) && str_eq((*at)->value, value))
            return;
    if (m->name_count == STANDOFF_MOST_NAMES) {
        too_many(s, m, "identifiers", STANDOFF_MOST_NAMES);
        return;
    }
    *at = ARENA_NEW(s->arena, struct standoff_name);
    **at = (struct standoff_name){.scheme = scheme, .value = value};
    m->name_count++;
}

void standoff_tag(struct standoff *s, struct mention *m, str tag)
{
    struct standoff_word **at = &m->tags;
    for (; *at != NULL; at = &(*at)->next)
        if (str_eq((*at)->word, tag))
            return;
    if (m->tag_count == STANDOFF_MOST_TAGS) {
        too_many(s, m, "tags", STANDOFF_MOST_TAGS);
        return;
    }
    *at = ARENA_NEW(s->arena, struct standoff_word);
    **at = (struct standoff_word){.word = tag};
    m->tag_count++;
}

void standoff_tell(struct standoff *s, struct mention *m, str words)
{
    if (words.n == 0)
        return;
    if (m->told_bytes + words.n + 1 > STANDOFF_MOST_SUMMARY) {
        leftover_add(&s->left, m->line, m->column,
                     "left out: notes on one thing beyond the first %zu KiB",
                     STANDOFF_MOST_SUMMARY / 1024);
        return;
    }
    struct standoff_word *w = ARENA_NEW(s->arena, struct standoff_word);
    *w = (struct standoff_word){.word = words};
    if (m->last_told == NULL)
        m->told = w;
    else
        m->last_told->next = w;
    m->last_told = w;
    m->told_bytes += words.n + 1;
}

/* Hangs a link into the list of one of its ends. */
static void hang(struct mention *end, struct standoff_link *l)
{
    if (end->last_link == NULL)
        end->links = l;
    else if (end->last_link->from == end)
        end->last_link->next_from = l;
    else
        end->last_link->next_to = l;
    end->last_link = l;
}

struct standoff_link *standoff_link(struct standoff *s, struct mention *from, struct mention *to,
                                    str label, int64_t line, int64_t column)
{
    struct standoff_link *l = ARENA_NEW(s->arena, struct standoff_link);
    *l = (struct standoff_link){
        .from = from, .to = to, .label = label, .line = line, .column = column};
    hang(from, l);
    if (to != from)
        hang(to, l);
    return l;
}

struct mention *standoff_thing(struct mention *m)
{
    while (m->same != m) {
        m->same = m->same->same; /* halves the way for whoever asks next */
        m = m->same;
    }
    return m;
}

void standoff_same(struct mention *a, struct mention *b)
{
    a = standoff_thing(a);
    b = standoff_thing(b);
    if (a->line < b->line || (a->line == b->line && a->column <= b->column))
        b->same = a;
    else
        a->same = b;
}

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7F;
}

str standoff_title(str words, struct arena *a)
{
    str seen = str_sub(words, 0, TITLE_LOOKED_AT);
    char *p = arena_alloc(a, seen.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < seen.n; i++) {
        if (!is_blank(seen.p[i]))
            p[n++] = seen.p[i];
        else if (n > 0 && p[n - 1] != ' ')
            p[n++] = ' ';
    }
    n -= n > 0 && p[n - 1] == ' ';
    str line = {p, n};
    line = str_sub(line, 0, utf8_invalid_at(line)); /* the cut may fall within a character */
    size_t cut = utf8_offset(line, TITLE_LONGEST);
    return cut == line.n && seen.n == words.n
               ? line
               : arena_printf(a, "%.*s…", STR_ARG(str_sub(line, 0, cut)));
}
