#include "store/variant.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "model/differ.h"

#define LARGEST_EVENT ((size_t)4 * 1024 * 1024)
#define LARGEST_SEARCH ((size_t)1024 * 1024)

/* The accounts of an event as they become known, one stretch after the other. */
struct weave {
    struct at at;        /* the arena is emptied after each stretch */
    struct arena *trial; /* emptied after each single source */
    struct memory *memory;
    str id;
    variant_take *take;
    void *context;

    const struct account **known; /* all, by known_from */
    const struct account *accounts;
    const struct differ_account *said; /* what each of accounts says; where there are several */
    size_t *reprints; /* how many of known are reprints beside number i, and not before it */
    size_t n;
    size_t heard_count;           /* of them: known in the stretch */
    const struct account **heard; /* these, in the order of what is preferred */
    unsigned disputed;
    size_t reports; /* of those that are heard, reprints apart */
    int64_t from, until;
    bool lasts;
    struct words words; /* links apart */
    str sources;
};

/* One order of what is heard, and what it shows. */
struct told {
    const struct account **order;
    struct event event;
    str shown;
};

/* ---- words ---- */

static bool add_names(const struct at *at, struct memory *m, const struct account *a,
                      struct buf *out)
{
    str text;
    for (size_t i = 0; i < a->participant_count; i++) {
        if (!memory_names(at, m, THING_ACTOR, a->participants[i].actor_key, &text))
            return false;
        buf_add(out, text);
    }
    for (size_t i = 0; i < a->place_count; i++) {
        if (!memory_names(at, m, THING_PLACE, a->places[i].place_key, &text))
            return false;
        buf_add(out, text);
    }
    return true;
}

static bool add_quotes(const struct at *at, int64_t account, struct buf *out)
{
    struct db_rows *rows;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(owner_quotes), DB_INT(account)))
        return false;
    while (db_next(rows, at->e)) {
        fold_append(out, db_str(rows, 0));
        buf_add_char(out, ' ');
    }
    db_done(rows);
    return at->e->code == ERR_NONE;
}

/* Of all that are heard, not of the winner alone: who remembers the other title finds it. */
static bool gather_words(struct weave *w)
{
    struct buf columns[WORD_COLUMNS - 1];
    bool ok = true;
    for (size_t i = 0; i < WORD_COLUMNS - 1; i++)
        buf_init(&columns[i], LARGEST_SEARCH);
    for (size_t i = 0; i < w->heard_count && ok; i++) {
        const struct account *a = w->heard[i];
        fold_append(&columns[0], a->title);
        fold_append(&columns[1], a->summary);
        buf_add_char(&columns[0], ' ');
        buf_add_char(&columns[1], ' ');
        ok = add_names(&w->at, w->memory, a, &columns[2]) &&
             add_quotes(&w->at, a->key, &columns[3]);
    }
    for (size_t i = 0; i < WORD_COLUMNS - 1; i++) {
        w->words.columns[i] = arena_copy(w->at.arena, buf_str(&columns[i]));
        buf_free(&columns[i]);
    }
    return ok;
}

static void add_link_word(struct buf *words, int64_t target)
{
    buf_add(words, STR(LINK_WORD));
    buf_add_i64(words, target);
    buf_add_char(words, ' ');
}

/* Texts are found by their first mebibyte; a link that is left out would hide the event. */
static bool link_words(const struct at *at, const struct links *links, str *out)
{
    struct buf words;
    buf_init(&words, LARGEST_SEARCH);
    for (size_t i = 0; i < links->n; i++)
        if (links->items[i].target > 0 &&
            (i == 0 || links->items[i].target != links->items[i - 1].target))
            add_link_word(&words, links->items[i].target);
    bool fits = !buf_failed(&words);
    if (fits)
        *out = arena_copy(at->arena, buf_str(&words));
    buf_free(&words);
    return fits ||
           err_set(at->e, ERR_TOO_LARGE, "an event is linked to more than %zu MiB of things",
                   LARGEST_SEARCH >> 20);
}

static void half_digest(const str *parts, size_t n, unsigned char *out)
{
    struct buf all;
    unsigned char whole[HASH_SIZE];
    buf_init(&all, SIZE_MAX / 2);
    for (size_t i = 0; i < n; i++) {
        buf_add(&all, parts[i]);
        buf_add_char(&all, '\n');
    }
    hash_sha256(buf_str(&all), whole);
    memcpy(out, whole, VARIANT_DIGEST_HALF);
    buf_free(&all);
}

/* ---- one variant ---- */

static bool tell(struct weave *w, const struct at *at, enum policy policy, int64_t source,
                 struct told *out)
{
    out->order = ARENA_ARRAY(at->arena, const struct account *, w->heard_count);
    memcpy(out->order, w->heard, w->heard_count * sizeof *out->order);
    if (policy != POLICY_PREFERRED)
        event_order(out->order, w->heard_count, policy, source);
    event_merge(w->id, out->order, w->heard_count, w->disputed, w->reports, at->arena, &out->event);
    struct buf text;
    buf_init(&text, LARGEST_EVENT);
    event_write_shown(&text, &out->event);
    bool fits = !buf_failed(&text);
    if (fits)
        out->shown = arena_copy(at->arena, buf_str(&text));
    buf_free(&text);
    /* Many sources can add to an event what is too much for one row: such a change is refused. */
    return fits || err_set(at->e, ERR_TOO_LARGE, "the event \"%.*s\" would have more than %zu MiB",
                           STR_ARG(w->id), LARGEST_EVENT >> 20);
}

static bool hand_out(struct weave *w, const struct at *at, const struct told *told,
                     unsigned not_for, int64_t only_for)
{
    struct variant v = {.not_for = not_for,
                        .only_for = only_for,
                        .known_from = w->from,
                        .known_until = w->until,
                        .lasts = w->lasts,
                        .plain = w->lasts && only_for == 0 &&
                                 (not_for & READING_BIT(POLICY_PREFERRED)) == 0,
                        .event = told->event,
                        .shown = told->shown,
                        .sources = w->sources,
                        .words = w->words};
    if (!link_gather(at, &v.event, w->heard, w->heard_count, w->memory, &v.links) ||
        !link_words(at, &v.links, &v.words.columns[WORD_COLUMNS - 1]))
        return false;
    const str shown[] = {v.shown, v.sources};
    half_digest(shown, 2, v.digest);
    half_digest(v.words.columns, WORD_COLUMNS, v.digest + VARIANT_DIGEST_HALF);
    return w->take(w->context, &v);
}

/* What differs when first or last publication decides; *not_for is what is preferred not for. */
static bool tell_by_publication(struct weave *w, const struct told *preferred, unsigned *not_for)
{
    struct told first, last;
    *not_for = 0;
    if (w->heard_count == 1)
        return true;
    if (!tell(w, &w->at, POLICY_FIRST, 0, &first) || !tell(w, &w->at, POLICY_LAST, 0, &last))
        return false;
    bool other_first = !str_eq(first.shown, preferred->shown);
    bool other_last = !str_eq(last.shown, preferred->shown);
    bool same = str_eq(first.shown, last.shown);
    unsigned bit_first = READING_BIT(POLICY_FIRST), bit_last = READING_BIT(POLICY_LAST);
    *not_for = (other_first ? bit_first : 0) | (other_last ? bit_last : 0);
    if (other_first &&
        !hand_out(w, &w->at, &first, READING_NOT_GENERAL & ~(bit_first | (same ? bit_last : 0)), 0))
        return false;
    return !other_last || same || hand_out(w, &w->at, &last, READING_NOT_GENERAL & ~bit_last, 0);
}

/* What differs when one source wins. In what is preferred its accounts stand together. */
static bool tell_singles(struct weave *w, const struct told *preferred, unsigned *not_for)
{
    struct at at = w->at;
    at.arena = w->trial;
    bool several = w->heard[0]->source_key != w->heard[w->heard_count - 1]->source_key;
    if (w->n > VARIANT_MOST_SINGLES || (w->n > VARIANT_SPLIT && !w->lasts)) {
        *not_for |= several ? VARIANT_CROWDED : 0;
        return true;
    }
    for (size_t i = 1; several && i < w->heard_count; i++) {
        int64_t source = w->heard[i]->source_key;
        struct told told;
        if (source == w->heard[i - 1]->source_key || source == w->heard[0]->source_key)
            continue;
        arena_reset(w->trial);
        if (!tell(w, &at, POLICY_SOURCE, source, &told))
            return false;
        if (str_eq(told.shown, preferred->shown))
            continue;
        *not_for |= READING_SINGLES;
        if (!hand_out(w, &at, &told, READING_NOT_GENERAL, source))
            return false;
    }
    return true;
}

/* ---- one stretch after the other ---- */

static str joined_sources(const struct weave *w)
{
    struct buf out;
    buf_init(&out, LARGEST_EVENT);
    for (size_t i = 0; i < w->heard_count; i++) {
        if (i > 0 && w->heard[i]->source_key == w->heard[i - 1]->source_key)
            continue;
        if (i > 0)
            buf_add(&out, STR("; "));
        buf_add(&out, w->heard[i]->source);
    }
    str joined = arena_copy(w->at.arena, buf_str(&out));
    buf_free(&out);
    return joined;
}

static const struct differ_account *said_by(const struct weave *w, size_t known)
{
    return &w->said[w->known[known] - w->accounts];
}

/* A reprint is one from when both it and its original are known. */
static void count_reprints(struct weave *w)
{
    const size_t *originals = event_originals(w->known, w->n, w->at.arena);
    w->reprints = ARENA_ARRAY(w->at.arena, size_t, w->n);
    for (size_t i = 0; i < w->n; i++)
        if (originals[i] < w->n)
            w->reprints[originals[i] > i ? originals[i] : i]++;
}

/* Hears those that are known from the next day on; whoever is heard contradicts whoever was. */
static void hear(struct weave *w)
{
    size_t from = w->heard_count, to = from;
    w->from = w->known[from]->known_from;
    while (to < w->n && w->known[to]->known_from == w->from) {
        for (size_t i = 0; i < to; i++)
            w->disputed |= differ_on(said_by(w, i), said_by(w, to), DIFFER_ALL & ~w->disputed);
        w->reports = w->reports + 1 - w->reprints[to];
        to++;
    }
    w->lasts = to == w->n;
    w->until = w->lasts ? 0 : w->known[to]->known_from;
    w->heard_count = to;
    w->heard = ARENA_ARRAY(w->at.arena, const struct account *, to);
    memcpy(w->heard, w->known, to * sizeof *w->heard);
    event_order(w->heard, to, POLICY_PREFERRED, 0);
    w->sources = joined_sources(w);
}

static bool tell_stretch(struct weave *w)
{
    struct told preferred;
    unsigned not_for;
    hear(w);
    return gather_words(w) && tell(w, &w->at, POLICY_PREFERRED, 0, &preferred) &&
           tell_by_publication(w, &preferred, &not_for) && tell_singles(w, &preferred, &not_for) &&
           hand_out(w, &w->at, &preferred, not_for, 0);
}

static bool tell_all(struct weave *w)
{
    count_reprints(w);
    if (w->n == 1)
        return tell_stretch(w);
    w->said = differ_prepare(w->accounts, w->n, w->at.arena);
    w->at.arena = arena_new();
    w->trial = arena_new();
    bool ok = true;
    while (ok && w->heard_count < w->n) {
        arena_reset(w->at.arena);
        ok = tell_stretch(w);
    }
    arena_free(w->at.arena);
    arena_free(w->trial);
    return ok;
}

bool variant_each(const struct at *at, int64_t event, str id, struct memory *memory,
                  variant_take *take, void *context, size_t *n)
{
    struct account *accounts;
    if (!project_load_accounts(at, memory, event, &accounts, n))
        return false;
    if (*n == 0)
        return true;
    struct weave w = {.at = *at,
                      .memory = memory,
                      .id = id,
                      .take = take,
                      .context = context,
                      .known = ARENA_ARRAY(at->arena, const struct account *, *n),
                      .accounts = accounts,
                      .n = *n};
    for (size_t i = 0; i < *n; i++)
        w.known[i] = &accounts[i];
    event_order(w.known, *n, POLICY_FIRST, 0);
    return tell_all(&w);
}
