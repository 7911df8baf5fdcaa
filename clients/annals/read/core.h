/*
 * core: what a plain scalar of YAML means under the core schema (YAML 1.2.2, section 10.3.2):
 * null, true and false, whole numbers, numbers, and strings for all else.
 */
#ifndef ANNALS_CLIENT_CORE_H
#define ANNALS_CLIENT_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/jout.h"
#include "base/str.h"

enum core_kind { CORE_NULL, CORE_BOOL, CORE_INT, CORE_FLOAT, CORE_STRING };

struct core_value {
    enum core_kind kind;
    str text;      /* as written; what CORE_STRING means */
    int64_t whole; /* of CORE_INT; 0 or 1 of CORE_BOOL */
    double real;   /* of CORE_FLOAT */
};

/*
 * text ends in a NUL after its last byte, is borrowed, and stood without quotes. False: a number
 * that JSON cannot hold (.inf, .nan, beyond 64 bits); *out is 0 then.
 */
bool core_read(str text, struct core_value *out);

/* The value as JSON. Strings must be valid UTF-8. */
void core_write(struct jout *j, const struct core_value *value);

#endif
