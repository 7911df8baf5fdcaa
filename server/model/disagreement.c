#include "model/disagreement.h"

#include <stdlib.h>

#include "base/check.h"
#include "base/strmap.h"
#include "model/differ.h"

#define LONGEST_VALUE ((size_t)4 * 1024 * 1024)
#define PAIRS_BETWEEN_LOOKS 256

/* ---- roles that are contradicted ---- */

/* An actor's role as one account gives it. */
struct part {
    const struct event_participant *says;
    size_t account;
};

static int compare_parts(const void *a, const void *b)
{
    const struct part *p = a, *q = b;
    int order = str_cmp(p->says->actor, q->says->actor);
    if (order != 0)
        return order;
    if (p->account != q->account)
        return p->account < q->account ? -1 : 1;
    return str_cmp(p->says->role, q->says->role);
}

/* All roles that accounts give, by actor, account and role, each once. */
struct parts {
    struct part *items;
    size_t n;
    const struct event_participant **told; /* the same by account, actor and role */
    size_t *first; /* of each account: which of told is its first; one more says the end */
};

static struct parts gather_parts(const struct account *accounts, size_t n, struct arena *a)
{
    struct parts out = {0};
    size_t room = 0, kept = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < accounts[i].participant_count; k++)
            if (accounts[i].participants[k].role_key != 0)
                *ARENA_PUSH(a, out.items, out.n, room) = (struct part){&accounts[i].participants[k],
                                                                       i};
    if (out.n == 0)
        return out;
    qsort(out.items, out.n, sizeof *out.items, compare_parts);
    for (size_t i = 0; i < out.n; i++)
        if (kept == 0 || compare_parts(&out.items[kept - 1], &out.items[i]) != 0)
            out.items[kept++] = out.items[i];
    out.n = kept;
    return out;
}

/* Where the run of parts of one actor, or of one actor in one account, ends. */
static size_t run_end(const struct parts *p, size_t from, bool of_account)
{
    size_t at = from;
    while (at < p->n && p->items[at].says->actor_key == p->items[from].says->actor_key &&
           (!of_account || p->items[at].account == p->items[from].account))
        at++;
    return at;
}

static bool same_roles(const struct parts *p, size_t a, size_t a_end, size_t b, size_t b_end)
{
    if (a_end - a != b_end - b)
        return false;
    for (size_t i = 0; i < a_end - a; i++)
        if (p->items[a + i].says->role_key != p->items[b + i].says->role_key)
            return false;
    return true;
}

/* Whether two accounts give the actor whose run this is other roles. */
static bool is_contested(const struct parts *p, size_t from, size_t to)
{
    size_t first_end = run_end(p, from, true);
    for (size_t at = first_end; at < to;) {
        size_t end = run_end(p, at, true);
        if (!same_roles(p, from, first_end, at, end))
            return true;
        at = end;
    }
    return false;
}

/* Keeps the parts of contested actors alone. */
static void keep_contested(struct parts *p)
{
    size_t kept = 0;
    for (size_t at = 0; at < p->n;) {
        size_t end = run_end(p, at, false);
        bool keep = is_contested(p, at, end);
        for (; at < end; at++)
            if (keep)
                p->items[kept++] = p->items[at];
    }
    p->n = kept;
}

/* Counts how many each account gives, then puts each where it belongs. */
static void sort_by_account(struct parts *p, size_t accounts, struct arena *a)
{
    size_t *next = ARENA_ARRAY(a, size_t, accounts + 1);
    p->told = ARENA_ARRAY(a, const struct event_participant *, p->n);
    p->first = ARENA_ARRAY(a, size_t, accounts + 1);
    for (size_t i = 0; i < p->n; i++)
        p->first[p->items[i].account + 1]++;
    for (size_t i = 0; i < accounts; i++)
        p->first[i + 1] += p->first[i];
    for (size_t i = 0; i < accounts; i++)
        next[i] = p->first[i];
    for (size_t i = 0; i < p->n; i++)
        p->told[next[p->items[i].account]++] = p->items[i].says;
}

/* ---- what an account says, as a word that is equal where the same is said ---- */

static int compare_strs(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

static str word_of_places(const struct account *account, struct arena *a)
{
    struct buf word;
    str *ids = ARENA_ARRAY(a, str, account->place_count);
    for (size_t i = 0; i < account->place_count; i++)
        ids[i] = account->places[i].place;
    if (account->place_count > 0)
        qsort(ids, account->place_count, sizeof *ids, compare_strs);
    buf_init(&word, LONGEST_VALUE);
    for (size_t i = 0; i < account->place_count; i++)
        if (i == 0 || !str_eq(ids[i - 1], ids[i]))
            buf_printf(&word, "%.*s;", STR_ARG(ids[i]));
    str out = arena_copy(a, buf_str(&word));
    buf_free(&word);
    return out;
}

/* parts: of contested actors, so that they come in one order from every account. */
static str word_of_parts(const struct parts *parts, size_t account, struct arena *a)
{
    struct buf word;
    buf_init(&word, LONGEST_VALUE);
    for (size_t i = parts->first[account]; i < parts->first[account + 1]; i++)
        buf_printf(&word, "%.*s=%.*s;", STR_ARG(parts->told[i]->actor),
                   STR_ARG(parts->told[i]->role));
    str out = arena_copy(a, buf_str(&word));
    buf_free(&word);
    return out;
}

/* Empty where the account says nothing of the property. */
static str word_of(const struct account *account, size_t number, enum event_dispute_bit property,
                   const struct parts *parts, struct arena *a)
{
    switch (property) {
    case EVENT_DISPUTED_DATE_BIT:
        return account->date.text;
    case EVENT_DISPUTED_TYPE_BIT:
        return account->type;
    case EVENT_DISPUTED_PLACES_BIT:
        return word_of_places(account, a);
    case EVENT_DISPUTED_PARTICIPANTS_BIT:
        return word_of_parts(parts, number, a);
    case EVENT_DISPUTE_COUNT:
        break;
    }
    UNREACHABLE();
}

/* ---- values ---- */

bool *disagreement_reprints(const struct account *accounts, size_t n, struct arena *a)
{
    const struct account **all = ARENA_ARRAY(a, const struct account *, n);
    bool *reprints = ARENA_ARRAY(a, bool, n);
    for (size_t i = 0; i < n; i++)
        all[i] = &accounts[i];
    const size_t *originals = event_originals(all, n, a);
    for (size_t i = 0; i < n; i++)
        reprints[i] = originals[i] < n;
    return reprints;
}

/* Whether an account before number i of the value is of the same source. */
static bool told_before(const struct disagreement_value *v, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (v->accounts[k]->source_key == v->accounts[i]->source_key)
            return true;
    return false;
}

static void gather_values(const struct account *accounts, const bool *reprints, size_t n,
                          const struct parts *parts, struct arena *a, struct disagreement *d)
{
    struct strmap seen;
    size_t *value_of = ARENA_ARRAY(a, size_t, n);
    d->values = ARENA_ARRAY(a, struct disagreement_value, n);
    strmap_init(&seen, a);
    for (size_t i = 0; i < n; i++) {
        str word = word_of(&accounts[i], i, d->property, parts, a);
        int64_t number = (int64_t)d->value_count;
        value_of[i] = SIZE_MAX;
        if (word.n == 0)
            continue;
        if (!strmap_get(&seen, word, &number)) {
            strmap_set(&seen, word, number);
            d->value_count++;
        }
        value_of[i] = (size_t)number;
        d->values[number].n++;
    }
    for (size_t v = 0; v < d->value_count; v++) {
        d->values[v].accounts = ARENA_ARRAY(a, const struct account *, d->values[v].n);
        d->values[v].n = 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (value_of[i] == SIZE_MAX)
            continue;
        struct disagreement_value *v = &d->values[value_of[i]];
        v->accounts[v->n] = &accounts[i];
        if (!reprints[i] && !told_before(v, v->n))
            v->reports++;
        v->n++;
    }
}

/* Who is what, of each value of participants. */
static void gather_stated(const struct parts *parts, const struct account *accounts,
                          struct disagreement *d)
{
    for (size_t v = 0; v < d->value_count; v++) {
        size_t number = (size_t)(d->values[v].accounts[0] - accounts);
        d->values[v].parts = parts->told + parts->first[number];
        d->values[v].part_count = parts->first[number + 1] - parts->first[number];
    }
}

/* ---- pairs ---- */

struct disagreement_spread disagreement_apart(const struct period *a, const struct period *b)
{
    const struct period *first = a->latest < b->earliest ? a : b;
    const struct period *second = first == a ? b : a;
    struct disagreement_spread s = {.greatest = -1};
    ENSURE(first->latest < second->earliest);
    if (!period_unbounded(first->latest) && !period_unbounded(second->earliest))
        s.least = period_day_of(second->earliest) - period_day_of(first->latest);
    if (!period_unbounded(first->earliest) && !period_unbounded(second->latest))
        s.greatest = period_day_of(second->latest) - period_day_of(first->earliest);
    return s;
}

static bool is_wider(const struct disagreement_spread *a, const struct disagreement_spread *b)
{
    if (a->least != b->least)
        return a->least > b->least;
    return b->greatest >= 0 && (a->greatest < 0 || a->greatest > b->greatest);
}

static void note_spread(struct disagreement *d, size_t a, size_t b)
{
    struct disagreement_spread s = disagreement_apart(&d->values[a].accounts[0]->date.value.bounds,
                                                      &d->values[b].accounts[0]->date.value.bounds);
    if (d->has_spread && !is_wider(&s, &d->spread))
        return;
    d->has_spread = true;
    d->spread = s;
    d->widest = (struct disagreement_pair){a, b};
}

static bool goes_on(const struct disagreement_watch *watch, size_t *compared)
{
    return ++*compared % PAIRS_BETWEEN_LOOKS != 0 || watch == NULL ||
           watch->goes_on(watch->context);
}

/* accounts, and said: what each of them says. False where the watch ended it. */
static bool gather_pairs(const struct account *accounts, const struct differ_account *said,
                         const struct disagreement_watch *watch, struct arena *a,
                         struct disagreement *d)
{
    size_t room = 0, compared = 0;
    unsigned bit = 1u << d->property;
    for (size_t i = 0; i < d->value_count; i++)
        for (size_t k = i + 1; k < d->value_count; k++) {
            if (!goes_on(watch, &compared))
                return false;
            if (!differ_on(&said[d->values[i].accounts[0] - accounts],
                           &said[d->values[k].accounts[0] - accounts], bit))
                continue;
            d->contradictions++;
            if (d->property == EVENT_DISPUTED_DATE_BIT)
                note_spread(d, i, k);
            if (d->pair_count < DISAGREEMENT_MOST_PAIRS)
                *ARENA_PUSH(a, d->pairs, d->pair_count, room) = (struct disagreement_pair){i, k};
        }
    return true;
}

size_t disagreement_find(const struct account *accounts, const bool *reprints, size_t n,
                         const struct disagreement_watch *watch, struct arena *a,
                         struct disagreement out[EVENT_DISPUTE_COUNT])
{
    struct parts parts = gather_parts(accounts, n, a);
    const struct differ_account *said = differ_prepare(accounts, n, a);
    size_t found = 0;
    keep_contested(&parts);
    sort_by_account(&parts, n, a);
    for (unsigned bit = 0; bit < EVENT_DISPUTE_COUNT; bit++) {
        struct disagreement d = {.property = (enum event_dispute_bit)bit};
        gather_values(accounts, reprints, n, &parts, a, &d);
        if (bit == EVENT_DISPUTED_PARTICIPANTS_BIT)
            gather_stated(&parts, accounts, &d);
        if (!gather_pairs(accounts, said, watch, a, &d))
            return 0;
        if (d.contradictions > 0)
            out[found++] = d;
    }
    return found;
}

/* ---- writing ---- */

/* The ids as the account lists them; what it says twice stands there once. */
static void write_places(struct jout *j, struct buf *display, const struct account *account)
{
    struct arena *scratch = arena_new();
    struct strmap seen;
    int64_t before;
    strmap_init(&seen, scratch);
    jout_array(j);
    for (size_t i = 0; i < account->place_count; i++) {
        str place = account->places[i].place;
        if (strmap_get(&seen, place, &before))
            continue;
        strmap_set(&seen, place, 1);
        jout_str(j, place);
        if (display->n > 0)
            buf_add(display, STR("; "));
        buf_add(display, account->places[i].name);
    }
    jout_array_end(j);
    arena_free(scratch);
}

static void write_parts(struct jout *j, struct buf *display, const struct disagreement_value *v)
{
    jout_array(j);
    for (size_t i = 0; i < v->part_count; i++) {
        jout_object(j);
        jout_member_str(j, "actor", v->parts[i]->actor);
        jout_member_str(j, "role", v->parts[i]->role);
        jout_object_end(j);
        if (i > 0)
            buf_add(display, STR("; "));
        buf_printf(display, "%.*s (%.*s)", STR_ARG(v->parts[i]->name), STR_ARG(v->parts[i]->role));
    }
    jout_array_end(j);
}

void disagreement_write_value(struct jout *j, const struct disagreement *d, size_t value)
{
    const struct disagreement_value *v = &d->values[value];
    struct buf display;
    buf_init(&display, LONGEST_VALUE);
    jout_key(j, "value");
    switch (d->property) {
    case EVENT_DISPUTED_DATE_BIT:
        jout_str(j, v->accounts[0]->date.text);
        edtf_display(&display, v->accounts[0]->date.text);
        break;
    case EVENT_DISPUTED_TYPE_BIT:
        jout_str(j, v->accounts[0]->type);
        buf_add(&display, v->accounts[0]->type);
        break;
    case EVENT_DISPUTED_PLACES_BIT:
        write_places(j, &display, v->accounts[0]);
        break;
    case EVENT_DISPUTED_PARTICIPANTS_BIT:
        write_parts(j, &display, v);
        break;
    case EVENT_DISPUTE_COUNT:
        UNREACHABLE();
    }
    jout_member_str(j, "display", buf_str(&display));
    buf_free(&display);
}
