/*
 * question_set: what the files share that understand the parameters of a question: question.c hands
 * each argument to the one that knows its parameter.
 */
#ifndef ANNALS_API_QUESTION_SET_H
#define ANNALS_API_QUESTION_SET_H

#include "api/question.h"
#include "api/words.h"

struct question_reading {
    const struct route *route;
    struct arena *arena;
    struct problems *problems;
    struct question *q;
    size_t filter_room;
    size_t term_room;
    size_t area_room;
};

typedef void question_setter(struct question_reading *r, const struct argument *a);

/* Those for dates and filters, for the shape of the answer, for embeds; NULL for any other
 * parameter. */
question_setter *question_filter_setter(enum parameter p);
question_setter *question_shape_setter(enum parameter p);
question_setter *question_embed_setter(enum parameter p);

/* Makes of from= and to= a date=, which says nothing of what is outside of it. */
void question_embed_window(struct question_reading *r);

/* A filter of one kind of item. */
question_setter question_filter_term;

/* ---- values ---- */

struct problem *question_refuse(struct question_reading *r, const struct argument *a, str value,
                                const char *detail);

/* Whether word is in the list; *index its place. Else a problem that names the list. */
bool question_word(struct question_reading *r, const struct argument *a, str word, words_list *at,
                   size_t *index);

/* Whether all values are words of a list. */
bool question_words(struct question_reading *r, const struct argument *a, words_list *at);

/* The first value, an EDTF date; examples of one end the hint. */
bool question_date(struct question_reading *r, const struct argument *a, const char *examples,
                   struct dated *out);

/* The value "true" or "false". */
bool question_flag(struct question_reading *r, const struct argument *a, bool *out);

/* The first value, a whole number in a range. */
bool question_number(struct question_reading *r, const struct argument *a, int64_t least,
                     int64_t most, int64_t *out);

#endif
