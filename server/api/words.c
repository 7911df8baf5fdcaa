#include "api/words.h"

#include "base/buf.h"
#include "base/nearest.h"
#include "model/edtf.h"
#include "model/match.h"
#include "render/page.h"
#include "store/store.h"

bool words_find(struct problems *problems, str parameter, str word, words_list *at, size_t *index)
{
    struct nearest near = {.word = word};
    struct buf list;
    buf_init(&list, 400);
    for (size_t i = 0; at(i) != NULL; i++) {
        *index = i;
        if (str_eq(word, str_from(at(i)))) {
            buf_free(&list);
            return true;
        }
        nearest_try(&near, str_from(at(i)));
        buf_printf(&list, "%s%s", i ? ", " : "", at(i));
    }
    struct problem *p = problem_add(problems, PROBLEM_PARAMETER, parameter, word,
                                    "it is one of: %.*s", STR_ARG(buf_str(&list)));
    if (near.best.n > 0)
        problem_hint(problems, p, "did you mean \"%.*s\"?", STR_ARG(near.best));
    buf_free(&list);
    return false;
}

/* ---- the lists ---- */

static const char *vocabulary_word(enum vocabulary v, size_t i)
{
    size_t n;
    const struct term *terms = vocabulary_terms(v, &n);
    return i < n ? terms[i].id : NULL;
}

const char *words_kind(size_t i)
{
    return vocabulary_word(VOCABULARY_ACTOR_KIND, i);
}

const char *words_stance(size_t i)
{
    return vocabulary_word(VOCABULARY_STANCE, i);
}

#define WORDS(name, ...)                                                                           \
    const char *words_##name(size_t i)                                                             \
    {                                                                                              \
        static const char *const words[] = {__VA_ARGS__ NULL};                                     \
        return words[i];                                                                           \
    }
#define NAME(value, name) name,

WORDS(flag, "false", "true", )
WORDS(when, MATCH_WHEN_TABLE(NAME))
WORDS(certainty, "possible", "certain", )
WORDS(undated, "exclude", "include", "only", )
WORDS(precision, EDTF_PRECISION_TABLE(NAME))
WORDS(policy, "preferred", "first", "last", "source:ID", )
WORDS(shape, "array", )
WORDS(lanes, PAGE_LANES_TABLE(NAME))
WORDS(buckets, HISTOGRAM_TABLE(NAME))
WORDS(facet, FACET_TABLE(NAME))
WORDS(property, EVENT_DISPUTE_TABLE(NAME))

const char *words_split(size_t i)
{
    return i < FACET_ROLE ? words_facet(i) : NULL;
}
_Static_assert(FACET_ROLE == FACETS - 1, "a histogram is split by every facet before the roles");
