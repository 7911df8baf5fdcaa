#include "annals/changes.h"

#include <stdio.h>
#include <string.h>

#include "annals/term.h"

void changes_init(struct changes *c, struct arena *a)
{
    *c = (struct changes){.arena = a};
}

/* ---- gathering ---- */

static struct answer_change *change_of(struct changes *c, const struct answer_change *like)
{
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->items[i].action, like->action) == 0 && str_eq(c->items[i].kind, like->kind))
            return &c->items[i];
    struct answer_change *fresh = ARENA_PUSH(c->arena, c->items, c->n, c->room);
    *fresh = (struct answer_change){.action = like->action,
                                    .kind = arena_copy(c->arena, like->kind),
                                    .names = ARENA_ARRAY(c->arena, str, CHANGES_NAMED)};
    return fresh;
}

void changes_add(struct changes *c, const struct answer_change *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct answer_change *x = change_of(c, &all[i]);
        for (size_t k = 0; k < all[i].name_count && x->name_count < CHANGES_NAMED; k++)
            x->names[x->name_count++] = arena_copy(c->arena, all[i].names[k]);
        x->count += all[i].count;
    }
}

/* ---- for people ---- */

/* "events" of one is "event"; "relation_types" are "relation types". */
static void show_kind(const struct answer_change *c)
{
    str kind = c->kind, word;
    if (c->count == 1 && str_ends(kind, STR("s")))
        kind = str_sub(kind, 0, kind.n - 1);
    for (bool more = true, first = true; more; first = false) {
        more = str_cut(kind, '_', &word, &kind);
        fputs(first ? "" : " ", stdout);
        term_text(stdout, TERM_PLAIN, word);
    }
}

/* An account is named SOURCE/EVENT; which source is clear here. */
static str short_name(str name)
{
    str source, event;
    return str_cut(name, '/', &source, &event) ? event : name;
}

static void show_change(const struct answer_change *c)
{
    char room[TERM_NUMBER_SIZE];
    size_t shown = c->name_count < CHANGES_NAMED ? c->name_count : CHANGES_NAMED;
    if (c->count > CHANGES_MOST || str_eq(c->kind, STR("relations"))) /* ids made of digests */
        shown = 0;
    printf("  %s %s ", c->action, term_number(c->count, room));
    show_kind(c);
    for (size_t i = 0; i < shown; i++) {
        fputs(i == 0 ? ": " : ", ", stdout);
        term_text(stdout, TERM_PLAIN, short_name(c->names[i]));
    }
    if (shown > 0 && c->count > (int64_t)shown)
        printf(" and %s more", term_number(c->count - (int64_t)shown, room));
    putchar('\n');
}

void changes_show(const struct answer_change *all, size_t n)
{
    for (int action = 0; action < ANSWER_ACTIONS; action++)
        for (size_t i = 0; i < n; i++)
            if (strcmp(all[i].action, answer_action(action)) == 0)
                show_change(&all[i]);
}

/* ---- for machines ---- */

static void write_change(const struct answer_change *c, struct jout *j)
{
    jout_key_str(j, c->kind);
    jout_array(j);
    for (size_t i = 0; i < c->name_count; i++)
        jout_str(j, str_sub(c->names[i], 0, str_find(c->names[i], ' '))); /* without properties */
    jout_array_end(j);
    if (c->count <= (int64_t)c->name_count)
        return;
    char key[64];
    snprintf(key, sizeof key, "%.*s_count", (int)(c->kind.n < 50 ? c->kind.n : 50), c->kind.p);
    jout_member_i64(j, key, c->count);
}

void changes_write(const struct changes *c, struct jout *j)
{
    for (int action = 0; action < ANSWER_ACTIONS; action++) {
        jout_key(j, answer_action(action));
        jout_object(j);
        for (size_t i = 0; i < c->n; i++)
            if (strcmp(c->items[i].action, answer_action(action)) == 0)
                write_change(&c->items[i], j);
        jout_object_end(j);
    }
}
