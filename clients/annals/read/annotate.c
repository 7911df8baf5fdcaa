#include "annals/read/annotate.h"

#include <stdlib.h>

#include "annals/read/scheme.h"
#include "base/nearest.h"
#include "base/utf8.h"

/* Something that links can point at. */
struct thing {
    enum scheme scheme;
    str id; /* of a relation: from/type/to */
    struct front_node *node;
    struct annotation *last;
};

struct annotator {
    struct arena *arena;
    struct problems *problems;
    const struct front_node *root;
    const struct plain *plain;
    struct thing *things; /* sorted by scheme and id */
    size_t thing_count;
    size_t thing_room;
};

/* ---- things ---- */

static int compare_things(const void *x, const void *y)
{
    const struct thing *a = x, *b = y;
    if (a->scheme != b->scheme)
        return a->scheme < b->scheme ? -1 : 1;
    return str_cmp(a->id, b->id);
}

static str text_under(const struct front_node *map, str key)
{
    const struct front_node *n = front_get(map, key);
    return n != NULL && n->kind == FRONT_SCALAR && n->value.kind == CORE_STRING ? n->value.text
                                                                                : (str){0};
}

static str id_of(struct annotator *r, enum scheme s, const struct front_node *n)
{
    if (s != SCHEME_RELATION)
        return text_under(n, STR("id"));
    str from = text_under(n, STR("from"));
    str type = text_under(n, STR("type"));
    str to = text_under(n, STR("to"));
    if (from.n == 0 || type.n == 0 || to.n == 0)
        return (str){0};
    return arena_printf(r->arena, "%.*s/%.*s/%.*s", STR_ARG(from), STR_ARG(type), STR_ARG(to));
}

static void gather_things(struct annotator *r)
{
    for (int s = 0; s < SCHEME_OTHER; s++) {
        enum scheme scheme = (enum scheme)s;
        struct front_node *section = front_get(r->root, str_from(scheme_section(scheme)));
        if (section == NULL || section->kind != FRONT_LIST)
            continue;
        for (struct front_node *n = section->first; n != NULL; n = n->next) {
            str id = id_of(r, scheme, n);
            if (id.n == 0)
                continue;
            *ARENA_PUSH(r->arena, r->things, r->thing_count,
                        r->thing_room) = (struct thing){.scheme = scheme, .id = id, .node = n};
        }
    }
    if (r->thing_count > 0)
        qsort(r->things, r->thing_count, sizeof *r->things, compare_things);
}

static struct thing *find_thing(const struct annotator *r, enum scheme s, str id)
{
    struct thing wanted = {.scheme = s, .id = id};
    if (r->thing_count == 0)
        return NULL;
    return bsearch(&wanted, r->things, r->thing_count, sizeof *r->things, compare_things);
}

/* ---- links ---- */

static struct problem *complain(struct annotator *r, const struct plain_link *l, const char *what)
{
    return problem_add_line(r->problems, l->line, l->column, "%s", what);
}

static void complain_undeclared(struct annotator *r, const struct plain_link *l, enum scheme s,
                                str id)
{
    struct problem *p = problem_add_line(r->problems, l->line, l->column,
                                         "%s %.*s is not declared in the front matter",
                                         scheme_name(s), STR_ARG(utf8_slice(id, 0, 100)));
    struct nearest near = {.word = id};
    for (size_t i = 0; i < r->thing_count; i++)
        if (r->things[i].scheme == s)
            nearest_try(&near, r->things[i].id);
    if (near.best.n > 0)
        problem_hint(r->problems, p, "is %.*s meant?", STR_ARG(near.best));
    else
        problem_hint(r->problems, p, "declare it there, under %s", scheme_section(s));
}

/* A link that is no annotation; what looks like a misspelt one is a problem. */
static void check_ordinary(struct annotator *r, const struct plain_link *l)
{
    str meant = scheme_nearest(l->url);
    if (meant.n == 0)
        return;
    str head, rest;
    str_cut(l->url, ':', &head, &rest);
    struct problem *p = problem_add_line(r->problems, l->line, l->column,
                                         "links of the kind %.*s: are not known", STR_ARG(head));
    problem_hint(r->problems, p, "is %.*s: meant?", STR_ARG(meant));
}

static bool has_empty_word(str list)
{
    str word, rest = list;
    bool more;
    do {
        more = str_cut(rest, ',', &word, &rest);
        if (word.n == 0)
            return true;
    } while (more);
    return false;
}

/* Whether the words of an annotation can be evidence; else the problem is said. */
static bool check_words(struct annotator *r, const struct plain_link *l)
{
    str words = str_sub(r->plain->text, l->from, l->to - l->from);
    if (str_trim(words).n == 0) {
        struct problem *p = complain(r, l, "this link has no words");
        problem_hint(r->problems, p, "the words between the brackets are the evidence");
        return false;
    }
    if (str_eq(words, l->url)) {
        struct problem *p = complain(r, l, "the words of this link are its own address");
        problem_hint(r->problems, p, "write [words of the source](%.*s)",
                     STR_ARG(utf8_slice(l->url, 0, 100)));
        return false;
    }
    return true;
}

static void annotate(struct annotator *r, const struct plain_link *l)
{
    str rest, id, supports;
    enum scheme s = scheme_of(l->url, &rest);
    if (s == SCHEME_OTHER) {
        check_ordinary(r, l);
        return;
    }
    bool has_fragment = str_cut(rest, '#', &id, &supports);
    if (!check_words(r, l))
        return;
    if (id.n == 0) {
        complain(r, l, "this link names nothing");
        return;
    }
    if (has_fragment && has_empty_word(supports)) {
        struct problem *p = complain(r, l, "a name of a property is missing after the #");
        problem_hint(r->problems, p, "for instance #date or #date,places, or no # at all");
        return;
    }
    struct thing *t = find_thing(r, s, id);
    if (t == NULL) {
        complain_undeclared(r, l, s, id);
        return;
    }
    struct annotation *n = ARENA_NEW(r->arena, struct annotation);
    *n = (struct annotation){.link = l, .supports = has_fragment ? supports : (str){0}};
    if (t->last != NULL)
        t->last->next = n;
    else
        t->node->mark = n;
    t->last = n;
}

void annotate_links(struct front_node *root, const struct plain *plain, struct arena *a,
                    struct problems *problems)
{
    struct annotator r = {.arena = a, .problems = problems, .root = root, .plain = plain};
    gather_things(&r);
    for (size_t i = 0; i < plain->link_count; i++)
        annotate(&r, &plain->links[i]);
}
