/*
 * Type-ahead. Names of actors and places, from each of their words on, are one stretch of an index
 * (store/item_name.h); titles that begin with what is typed are a stretch of the index by title,
 * and those with a word that does come from the full text. Of each only so many are looked at: one
 * letter costs no more than ten.
 */
#include <stdlib.h>

#include "base/fold.h"
#include "base/utf8.h"
#include "base/word.h"
#include "store/item_name.h"

#define LONGEST_TYPED 400  /* bytes of the folded text; the rest is not looked at */
#define MOST_WORDS 12      /* of it */
#define MOST_NAMES 2000    /* rows of item_name that are read */
#define MOST_TITLES 100    /* that begin with it, and as many that have a word that does */
#define MOST_ENDINGS 24    /* words that the last one is the beginning of */
#define FEW_EVENTS 20      /* counted to find the things worth counting on */
#define MOST_COUNTED 60    /* such things */
#define MANY_EVENTS 10000  /* no thing is counted further, */
#define MOST_EVENTS 200000 /* nor all together */
#define LAST_CHARACTER "\xF4\x8F\xBF\xBF" /* U+10FFFF: sorts behind whatever goes on */
#define NEXT_TERM "\x01"                  /* sorts before whatever goes on with a letter */

struct candidate {
    struct suggestion s;
    int64_t key;  /* of the actor, place or event_row */
    int kind;     /* 0 actor, 1 place, 2 event: their order where all else is equal */
    bool begins;  /* the name itself, not another word of it */
    size_t width; /* code points of the label */
};

struct suggesting {
    struct store_reader *r;
    int64_t version;
    struct arena *a;
    struct err *e;
    str typed; /* folded words with a blank between two; each may be the start of a longer one */
    str words[MOST_WORDS];
    size_t word_count;
    struct candidate *items;
    size_t n, room;
};

static int by_rank(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->begins != y->begins)
        return x->begins ? -1 : 1;
    if (x->s.events != y->s.events)
        return x->s.events > y->s.events ? -1 : 1;
    if (x->width != y->width)
        return x->width < y->width ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind - y->kind;
    int order = str_cmp(x->s.label, y->s.label);
    if (order == 0)
        order = str_cmp(x->s.id, y->s.id);
    return order != 0 ? order : x->key < y->key ? -1 : x->key > y->key;
}

/* ---- what is typed ---- */

static void read_typed(struct suggesting *s, str text)
{
    str all = item_name_fold(text, s->a), rest;
    size_t end = all.n;
    if (end > LONGEST_TYPED)
        for (end = LONGEST_TYPED; ((unsigned char)all.p[end] & 0xC0) == 0x80; end--)
            continue;
    rest = all = str_sub(all, 0, end);
    while (rest.n > 0 && s->word_count < MOST_WORDS)
        str_cut(rest, ' ', &s->words[s->word_count++], &rest);
    s->typed = str_trim(str_sub(all, 0, all.n - rest.n));
}

/* Whether each word typed is the beginning of a word of the folded name. */
static bool has_words(const struct suggesting *s, str name)
{
    for (size_t i = 0; i < s->word_count; i++) {
        bool found = false;
        str word, rest = name;
        while (rest.n > 0 && !found) {
            str_cut(rest, ' ', &word, &rest);
            found = str_starts(word, s->words[i]);
        }
        if (!found)
            return false;
    }
    return true;
}

static struct candidate *add_candidate(struct suggesting *s, int kind, int64_t key)
{
    static const char *const kinds[] = {"actor", "place", "event"};
    struct candidate *c = ARENA_PUSH(s->a, s->items, s->n, s->room);
    *c = (struct candidate){.s = {.kind = kinds[kind]}, .key = key, .kind = kind};
    return c;
}

/* ---- actors and places ---- */

static void add_name(struct suggesting *s, const struct db_rows *rows, size_t first)
{
    int64_t thing = db_i64(rows, 0);
    bool begins = db_i64(rows, 2) == 0;
    struct candidate *c = NULL;
    for (size_t i = first; i < s->n && c == NULL; i++)
        if (s->items[i].key == thing)
            c = &s->items[i];
    if (c != NULL && (c->begins || !begins))
        return;
    if (c == NULL)
        c = add_candidate(s, db_i64(rows, 1) == ITEM_ACTOR ? 0 : 1, thing);
    c->begins = begins;
    c->s.matched = internal_text(rows, 3, s->a);
}

/* What sorts behind all that begins with a text. */
static str behind(const struct suggesting *s, str text)
{
    return arena_printf(s->a, "%.*s" LAST_CHARACTER, STR_ARG(text));
}

/* Names that have `start` at the start of one of their words; only those with all words. */
static bool find_names(struct suggesting *s, str start, bool all_words)
{
    struct db_rows *rows;
    size_t first = 0;
    str from = item_name_kept(start);
    if (from.n < start.n)
        all_words = true; /* the rest of it is not in the index */
    if (!SQL_QUERY(s->r->db, s->e, &rows, SQL(suggest_names), DB_STR(from), DB_STR(behind(s, from)),
                   DB_INT(s->version), DB_INT(MOST_NAMES)))
        return false;
    while (db_next(rows, s->e))
        if (!all_words || has_words(s, item_name_fold(db_str(rows, 3), s->a)))
            add_name(s, rows, first);
    db_done(rows);
    return s->e->code == ERR_NONE;
}

static bool find_things(struct suggesting *s)
{
    if (!find_names(s, s->typed, false))
        return false;
    if (s->word_count == 1)
        return true;
    /* The words in another order, or with others between them: by the longest. */
    size_t longest = 0;
    for (size_t i = 1; i < s->word_count; i++)
        if (s->words[i].n > s->words[longest].n)
            longest = i;
    return find_names(s, s->words[longest], true);
}

/* Events that a thing is linked to, no more than `most`. */
static bool count_events(struct suggesting *s, int64_t key, int64_t most, int64_t *count)
{
    struct db_rows *rows;
    int64_t last = 0;
    *count = 0;
    if (!SQL_QUERY(s->r->db, s->e, &rows, SQL(suggest_events), DB_INT(key), DB_INT(s->version)))
        return false;
    while (*count < most && db_next(rows, s->e)) {
        /* Two roles of one actor stand one after the other. */
        *count += db_i64(rows, 0) != last;
        last = db_i64(rows, 0);
    }
    db_done(rows);
    return s->e->code == ERR_NONE;
}

/* All of them roughly, then the best of them as far as there is time for it. */
static bool rank_things(struct suggesting *s)
{
    int64_t left = MOST_EVENTS;
    for (size_t i = 0; i < s->n; i++)
        if (!count_events(s, s->items[i].key, FEW_EVENTS, &s->items[i].s.events))
            return false;
    if (s->n > 1)
        qsort(s->items, s->n, sizeof *s->items, by_rank);
    if (s->n > MOST_COUNTED)
        s->n = MOST_COUNTED;
    for (size_t i = 0; i < s->n; i++) {
        int64_t most = left < MANY_EVENTS ? left : MANY_EVENTS;
        if (s->items[i].s.events < FEW_EVENTS || most <= FEW_EVENTS)
            continue;
        if (!count_events(s, s->items[i].key, most, &s->items[i].s.events))
            return false;
        left -= s->items[i].s.events;
    }
    return true;
}

static bool name_things(struct suggesting *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct candidate *c = &s->items[i];
        struct db_rows *rows;
        const struct db_value values[] = {DB_INT(c->kind == 0 ? SQL_actor_view : SQL_place_view),
                                          DB_INT(c->key), DB_INT(s->version)};
        if (!sql_query(s->r->db, s->e, &rows, values, 3))
            return false;
        if (db_next(rows, s->e)) {
            c->s.id = internal_text(rows, 0, s->a);
            c->s.label = internal_text(rows, 1, s->a);
        }
        db_done(rows);
        if (s->e->code != ERR_NONE)
            return false;
        c->width = utf8_count(c->s.label);
        if (str_eq(c->s.matched, c->s.label))
            c->s.matched = STR("");
    }
    return true;
}

/* ---- events ---- */

/* Columns: key, id, title, date. */
static void add_event(struct suggesting *s, const struct db_rows *rows, size_t first)
{
    int64_t key = db_i64(rows, 0);
    for (size_t i = first; i < s->n; i++)
        if (s->items[i].key == key)
            return;
    struct candidate *c = add_candidate(s, 2, key);
    c->s.id = internal_text(rows, 1, s->a);
    c->s.label = internal_text(rows, 2, s->a);
    c->s.date = internal_text(rows, 3, s->a);
    c->s.events = 1;
    c->width = utf8_count(c->s.label);
    c->begins = str_starts(item_name_fold(c->s.label, s->a), s->typed);
}

static bool take_events(struct suggesting *s, struct db_rows *rows, size_t first)
{
    while (db_next(rows, s->e))
        add_event(s, rows, first);
    db_done(rows);
    return s->e->code == ERR_NONE;
}

/* Titles sort by their folded form, which keeps what stands between words. */
static bool find_beginning(struct suggesting *s, str text, size_t first)
{
    struct db_rows *rows;
    str from = str_trim(fold_copy(text, s->a));
    if (from.n == 0)
        return true;
    return SQL_QUERY(s->r->db, s->e, &rows, SQL(suggest_titles), DB_STR(from),
                     DB_STR(behind(s, from)), DB_INT(s->version), DB_INT(MOST_TITLES)) &&
           take_events(s, rows, first);
}

/* ("word" OR "wordy" …): the words of the index that go on from one typed; nothing for none. */
static bool add_endings(struct suggesting *s, str typed, struct buf *out)
{
    str from = typed;
    for (size_t i = 0; i < MOST_ENDINGS; i++) {
        struct db_rows *rows;
        str term = {0};
        if (!SQL_QUERY(s->r->db, s->e, &rows, SQL(suggest_word), DB_STR(from)))
            return false;
        if (db_next(rows, s->e))
            term = internal_text(rows, 0, s->a);
        db_done(rows);
        if (s->e->code != ERR_NONE)
            return false;
        if (term.n == 0 || !str_starts(term, typed)) {
            if (i > 0)
                buf_add_char(out, ')');
            return true;
        }
        buf_printf(out, "%s\"%.*s\"", i == 0 ? "(" : " OR ", STR_ARG(term));
        from = arena_printf(s->a, "%.*s" NEXT_TERM, STR_ARG(term));
    }
    buf_add_char(out, ')');
    return true;
}

static bool match_titles(struct suggesting *s, str expression, size_t first)
{
    struct db_rows *rows;
    return SQL_QUERY(s->r->db, s->e, &rows, SQL(suggest_matching), DB_STR(expression),
                     DB_INT(s->version), DB_INT(MOST_TITLES),
                     DB_INT(row_key_greatest(PERIOD_CLASSES - 1, PERIOD_NO_END))) &&
           take_events(s, rows, first);
}

static bool find_with_words(struct suggesting *s, size_t first)
{
    struct buf match;
    bool ok = true, every = true;
    buf_init(&match, SIZE_MAX / 2); /* words of the index: no more than MOST_ENDINGS each */
    buf_add(&match, STR("{title} : ("));
    for (size_t i = 0; i < s->word_count && ok && every; i++) {
        if (i > 0)
            buf_add(&match, STR(" AND "));
        size_t before = match.n;
        ok = add_endings(s, s->words[i], &match);
        every = match.n > before;
    }
    buf_add_char(&match, ')');
    ok = ok && (!every || match_titles(s, buf_str(&match), first));
    buf_free(&match);
    return ok;
}

/*
 * Whether one title of the event has all the words, which can stand in the titles of several
 * sources: the one shown, or another one, which is then what matched.
 */
static bool check_title(struct suggesting *s, struct candidate *c, bool *holds)
{
    struct db_rows *rows;
    *holds = has_words(s, item_name_fold(c->s.label, s->a));
    if (*holds)
        return true;
    if (!SQL_QUERY(s->r->db, s->e, &rows, SQL(excerpt_wording), DB_INT(c->key), DB_INT(s->version),
                   DB_INT(READING_NEVER), DB_INT(POLICY_PREFERRED), DB_INT(0)))
        return false;
    while (!*holds && db_next(rows, s->e)) {
        *holds = has_words(s, item_name_fold(db_str(rows, 2), s->a));
        if (*holds)
            c->s.matched = internal_text(rows, 2, s->a);
    }
    db_done(rows);
    return s->e->code == ERR_NONE;
}

/* ---- all together ---- */

bool store_suggest(struct store_reader *r, int64_t version, str text, int64_t limit,
                   struct arena *a, struct suggestion **out, size_t *n, struct err *e)
{
    struct suggesting s = {.r = r, .version = version, .a = a, .e = e};
    *n = 0;
    read_typed(&s, text);
    if (s.word_count == 0)
        return true;
    if (!find_things(&s) || !rank_things(&s) || !name_things(&s))
        return false;
    size_t things = s.n;
    if (!find_beginning(&s, text, things) || !find_with_words(&s, things))
        return false;
    if (s.n > 1)
        qsort(s.items, s.n, sizeof *s.items, by_rank);
    *out = ARENA_ARRAY(a, struct suggestion, (size_t)limit);
    for (size_t i = 0; i < s.n && *n < (size_t)limit; i++) {
        bool holds = true;
        if (s.items[i].kind == 2 && !check_title(&s, &s.items[i], &holds))
            return false;
        if (holds)
            (*out)[(*n)++] = s.items[i].s;
    }
    return true;
}
