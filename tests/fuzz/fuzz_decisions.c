/*
 * Whatever bytes come as a file of decisions: reading them ends, every problem has a place in the
 * file, and what was decided is "new" or an id. The same bytes again say nothing else. Then they
 * are a record in which ids are written anew: the rest of it stays.
 */
#include <stddef.h>
#include <stdint.h>

#include "annals/match.h"
#include "annals/record_refs.h"
#include "base/check.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_decided(const struct match_decisions *d, enum match_list list, str id)
{
    str decided = match_decisions_of(d, list, id);
    ENSURE(decided.n == 0 || document_is_id(decided));
}

static void check_decisions(str bytes, struct arena *a)
{
    struct problems problems;
    problem_init(&problems, a);
    struct match_decisions *d = match_decisions_new(a);
    bool good = match_decisions_add(d, bytes, &problems);
    ENSURE(good == !problem_any(&problems));
    for (size_t i = 0; i < problems.n; i++) {
        const struct problem *p = &problems.items[i];
        ENSURE(p->line >= 1 && p->column >= 1 && p->detail.n > 0 && utf8_valid(p->detail));
    }
    for (int list = 0; list < MATCH_LISTS; list++) {
        check_decided(d, (enum match_list)list, STR("a"));
        check_decided(d, (enum match_list)list, STR("new"));
    }
    ENSURE(!good || match_decisions_add(d, bytes, &problems));
}

static str call_anew(void *to, enum record_kind kind, str id)
{
    size_t *n = to;
    (void)kind;
    ++*n;
    return id.n % 2 == 0 ? id : STR("another-id");
}

static void check_renaming(str bytes, struct arena *a)
{
    for (int k = 0; k < RECORD_KINDS; k++) {
        size_t asked = 0;
        str anew = record_refs_rename((enum record_kind)k, bytes, call_anew, &asked, a);
        ENSURE(anew.n <= bytes.n + asked * (sizeof "another-id" - 1));
        ENSURE(asked > 0 || anew.p == bytes.p);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    str bytes = {(const char *)data, size};
    if (arena == NULL)
        arena = arena_new();
    arena_reset(arena);
    check_decisions(bytes, arena);
    check_renaming(bytes, arena);
    return 0;
}
