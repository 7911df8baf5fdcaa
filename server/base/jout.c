#include "base/jout.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/check.h"

void jout_init(struct jout *j, struct buf *out)
{
    *j = (struct jout){.out = out};
}

/* Called before each value and key: the comma, where one is due. */
static void separate(struct jout *j)
{
    if (j->after_key) {
        j->after_key = false;
        return;
    }
    uint64_t bit = UINT64_C(1) << j->depth;
    if (j->filled & bit)
        buf_add_char(j->out, ',');
    j->filled |= bit;
}

static void open_with(struct jout *j, char bracket)
{
    separate(j);
    buf_add_char(j->out, bracket);
    ENSURE(j->depth < 63);
    j->depth++;
    j->filled &= ~(UINT64_C(1) << j->depth);
}

static void close_with(struct jout *j, char bracket)
{
    ENSURE(j->depth > 0 && !j->after_key);
    j->depth--;
    buf_add_char(j->out, bracket);
}

void jout_object(struct jout *j)
{
    open_with(j, '{');
}

void jout_object_end(struct jout *j)
{
    close_with(j, '}');
}

void jout_array(struct jout *j)
{
    open_with(j, '[');
}

void jout_array_end(struct jout *j)
{
    close_with(j, ']');
}

static void write_escaped(struct buf *out, str s)
{
    static const char digits[] = "0123456789abcdef";
    buf_add_char(out, '"');
    size_t plain = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F)
            continue;
        buf_add(out, str_sub(s, plain, i - plain));
        plain = i + 1;
        char two[2] = {'\\', (char)c};
        switch (c) {
        case '\n':
            two[1] = 'n';
            break;
        case '\t':
            two[1] = 't';
            break;
        case '\r':
            two[1] = 'r';
            break;
        case '"':
        case '\\':
            break;
        default: {
            char six[6] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
            buf_add(out, (str){six, sizeof six});
            continue;
        }
        }
        buf_add(out, (str){two, sizeof two});
    }
    buf_add(out, str_sub(s, plain, s.n));
    buf_add_char(out, '"');
}

void jout_key_str(struct jout *j, str key)
{
    ENSURE(!j->after_key);
    separate(j);
    write_escaped(j->out, key);
    buf_add_char(j->out, ':');
    j->after_key = true;
}

void jout_key(struct jout *j, const char *key)
{
    jout_key_str(j, str_from(key));
}

void jout_str(struct jout *j, str value)
{
    separate(j);
    write_escaped(j->out, value);
}

void jout_text(struct jout *j, const char *value)
{
    if (value == NULL)
        jout_null(j);
    else
        jout_str(j, str_from(value));
}

void jout_i64(struct jout *j, int64_t value)
{
    separate(j);
    buf_add_i64(j->out, value);
}

void jout_f64(struct jout *j, double value)
{
    ENSURE(isfinite(value));
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) /* NOLINT: exact on purpose */
            break;
    }
    separate(j);
    buf_add(j->out, str_from(text));
}

void jout_bool(struct jout *j, bool value)
{
    separate(j);
    buf_add(j->out, value ? STR("true") : STR("false"));
}

void jout_null(struct jout *j)
{
    separate(j);
    buf_add(j->out, STR("null"));
}

void jout_raw(struct jout *j, str json)
{
    separate(j);
    buf_add(j->out, json);
}

void jout_member_str(struct jout *j, const char *key, str value)
{
    jout_key(j, key);
    jout_str(j, value);
}

void jout_member_text(struct jout *j, const char *key, const char *value)
{
    jout_key(j, key);
    jout_text(j, value);
}

void jout_member_i64(struct jout *j, const char *key, int64_t value)
{
    jout_key(j, key);
    jout_i64(j, value);
}

void jout_member_bool(struct jout *j, const char *key, bool value)
{
    jout_key(j, key);
    jout_bool(j, value);
}

void jout_member_str_or_null(struct jout *j, const char *key, str value)
{
    jout_key(j, key);
    if (value.n > 0)
        jout_str(j, value);
    else
        jout_null(j);
}

void jout_member_str_if(struct jout *j, const char *key, str value)
{
    if (value.n > 0)
        jout_member_str(j, key, value);
}
