/* Files of decisions, as a person wrote them. */
#include "annals/match.h"
#include "annals/read/front.h"
#include "base/utf8.h"

#define LARGEST ((size_t)4 * 1024 * 1024)

struct match_decisions {
    struct arena *arena;
    struct strmap of[MATCH_LISTS]; /* id to number of an answer */
    str *answers;
    size_t n, room;
};

static void refuse(const struct front_node *at, const char *detail, struct problems *problems)
{
    problem_add_line(problems, at->line, at->column, "%s", detail);
}

static void take(struct match_decisions *d, enum match_list list, const struct front_node *node,
                 struct problems *problems)
{
    str before = match_decisions_of(d, list, node->key);
    bool string = node->kind == FRONT_SCALAR && node->value.kind == CORE_STRING;
    if (!document_is_id(node->key)) {
        refuse(node, "this is not an id of the source", problems);
    } else if (!string || !document_is_id(node->value.text)) {
        refuse(node, "a decision is \"new\", or the id of what it is in the store", problems);
    } else if (before.n > 0 && !str_eq(before, node->value.text)) {
        refuse(node, "another file of decisions says otherwise", problems);
    } else if (before.n == 0) {
        strmap_set(&d->of[list], node->key, (int64_t)d->n);
        *ARENA_PUSH(d->arena, d->answers, d->n, d->room) = node->value.text;
    }
}

static void take_list(struct match_decisions *d, const struct front_node *node,
                      struct problems *problems)
{
    int list = 0;
    while (list < MATCH_LISTS && !str_eq(node->key, str_from(match_segment((enum match_list)list))))
        list++;
    bool nothing = node->kind == FRONT_SCALAR && node->value.kind == CORE_NULL;
    if (list == MATCH_LISTS)
        refuse(node, "decisions are of actors and of places", problems);
    else if (node->kind != FRONT_MAP && !nothing)
        refuse(node, "a line for each is wanted: \"their-id: id-of-the-store\"", problems);
    for (const struct front_node *x = node->first; x != NULL && list < MATCH_LISTS; x = x->next)
        take(d, (enum match_list)list, x, problems);
}

struct match_decisions *match_decisions_new(struct arena *a)
{
    struct match_decisions *d = ARENA_NEW(a, struct match_decisions);
    *d = (struct match_decisions){.arena = a};
    for (int list = 0; list < MATCH_LISTS; list++)
        strmap_init(&d->of[list], a);
    return d;
}

bool match_decisions_add(struct match_decisions *d, str bytes, struct problems *problems)
{
    size_t before = problems->n + problems->more;
    if (!utf8_valid(bytes)) {
        problem_add_line(problems, 1, 1, "the file is not UTF-8");
        return false;
    }
    struct front_node *root = front_read(bytes, 1, d->arena, problems);
    if (root == NULL) /* nothing at all, or problems */
        return problems->n + problems->more == before;
    if (root->kind != FRONT_MAP)
        refuse(root, "the file says \"actors:\" and \"places:\"", problems);
    else
        for (const struct front_node *x = root->first; x != NULL; x = x->next)
            take_list(d, x, problems);
    return problems->n + problems->more == before;
}

bool match_decisions_read(struct match_decisions *d, const char *path, struct problems *problems,
                          struct err *e)
{
    str bytes;
    return input_read_file(path, LARGEST, d->arena, &bytes, e) &&
           match_decisions_add(d, bytes, problems);
}

bool match_decisions_named(str name)
{
    return str_search(name, STR(".decisions."), 0) < name.n && str_ends(name, STR(".yaml"));
}

str match_decisions_of(const struct match_decisions *d, enum match_list list, str id)
{
    int64_t number;
    if (d == NULL || !strmap_get(&d->of[list], id, &number))
        return STR("");
    return d->answers[number];
}
