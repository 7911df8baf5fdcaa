/* table_key: compiles the parts of a mapping's table. Inside table_map alone. */
#ifndef ANNALS_CLIENT_READ_TABLE_KEY_H
#define ANNALS_CLIENT_READ_TABLE_KEY_H

#include "annals/read/table_map.h"

struct compile {
    struct arena *arena;
    struct problems *problems;
    struct table_map *map;
    int depth; /* of part_of, and of dates in dates */
};

struct problem *compile_complain(struct compile *c, const struct front_node *n, const char *what);

/* Whether n is a mapping whose keys are all among these, which end in NULL; else problems, and
 * false only where it is no mapping. */
bool compile_keys(struct compile *c, const struct front_node *n, const char *const *keys,
                  const char *what);

/* A scalar as it is written; a problem and the empty str for any other. */
str compile_word(struct compile *c, const struct front_node *n);
void compile_words(struct compile *c, const struct front_node *n, struct table_words *out);

/* A mapping of scalars, sorted by key. */
struct table_pair *compile_pairs(struct compile *c, const struct front_node *n, size_t *count);

/* Its number in a table of words that ends in NULL; a problem that lists them, and 0. */
int compile_choice(struct compile *c, const struct front_node *n, const char *const *words);

void compile_value(struct compile *c, const struct front_node *n, struct table_value *out);
struct table_test *compile_tests(struct compile *c, const struct front_node *n, size_t *count);
void compile_date(struct compile *c, const struct front_node *n, struct table_date *out);
void compile_event(struct compile *c, const struct front_node *n, struct table_event *out);

#endif
