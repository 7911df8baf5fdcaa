/*
 * jout: writes JSON (RFC 8259) onto a buf. Commas come by themselves; strings must be valid UTF-8
 * and are escaped; what was opened must be closed in order.
 */
#ifndef ANNALS_BASE_JOUT_H
#define ANNALS_BASE_JOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

struct jout {
    struct buf *out;
    unsigned depth;
    uint64_t filled; /* bit d: something stands already at depth d */
    bool after_key;
};

void jout_init(struct jout *j, struct buf *out);

void jout_object(struct jout *j);
void jout_object_end(struct jout *j);
void jout_array(struct jout *j);
void jout_array_end(struct jout *j);
void jout_key(struct jout *j, const char *key);
void jout_key_str(struct jout *j, str key);

void jout_str(struct jout *j, str value);
void jout_text(struct jout *j, const char *value); /* NULL writes null */
void jout_i64(struct jout *j, int64_t value);
void jout_f64(struct jout *j, double value); /* finite; shortest form that reads back the same */
void jout_bool(struct jout *j, bool value);
void jout_null(struct jout *j);
void jout_raw(struct jout *j, str json); /* one finished value */

/* A key and its value in one call. An empty str is written as "". */
void jout_member_str(struct jout *j, const char *key, str value);
void jout_member_text(struct jout *j, const char *key, const char *value);
void jout_member_i64(struct jout *j, const char *key, int64_t value);
void jout_member_bool(struct jout *j, const char *key, bool value);
/* null where the str is empty */
void jout_member_str_or_null(struct jout *j, const char *key, str value);
/* nothing at all where the str is empty */
void jout_member_str_if(struct jout *j, const char *key, str value);

#endif
