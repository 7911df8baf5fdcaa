/* words: parameters whose values are words of a fixed list, and the problem with any other. */
#ifndef ANNALS_API_WORDS_H
#define ANNALS_API_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problem.h"
#include "base/str.h"
#include "model/vocabulary.h"

/* Answers word number i of a list, and NULL after the last. */
typedef const char *words_list(size_t i);

/*
 * Whether word is in the list; *index is its place. Else a problem under the name of the
 * parameter, which names the list and the nearest of its words.
 */
bool words_find(struct problems *problems, str parameter, str word, words_list *at, size_t *index);

/* The words of a vocabulary that no document can add to. */
words_list words_kind, words_stance;

words_list words_flag;      /* "false", "true" */
words_list words_when;      /* by enum match_when */
words_list words_certainty; /* "possible", "certain" */
words_list words_undated;   /* by enum query_undated, without UNDATED_DEFAULT */
words_list words_precision; /* by enum edtf_precision */
words_list words_policy;    /* by enum policy; the last one with a source behind it */
words_list words_shape;     /* "array" */
words_list words_lanes;     /* by enum page_lanes */
words_list words_buckets;   /* by enum histogram_by */
words_list words_facet;     /* by enum facet */
words_list words_property;  /* by enum event_dispute_bit */
words_list words_split;     /* by enum facet, the facets that a histogram can be split by */

#endif
