#include "render/splice.h"

#include "base/check.h"
#include "base/jscan.h"

bool splice_shows(const struct strs *fields, str name)
{
    for (size_t i = 0; i < fields->n; i++)
        if (str_eq(fields->items[i], name))
            return true;
    return fields->n == 0;
}

static void write_member(struct buf *out, bool *any, str key, str value)
{
    if (*any)
        buf_add_char(out, ',');
    *any = true;
    buf_add_char(out, '"');
    buf_add(out, key);
    buf_add(out, STR("\":"));
    buf_add(out, value);
}

static const struct splice *replacement(const struct splice *members, size_t n, str key)
{
    for (size_t i = 0; i < n; i++)
        if (members[i].replace && str_eq(members[i].key, key))
            return &members[i];
    return NULL;
}

/* The object's own members, one by one. */
static bool write_own(struct buf *out, str object, const struct splice *members, size_t n,
                      const struct strs *fields)
{
    bool any = false;
    size_t at = 0;
    str key, value;
    while (jscan_member(object, &at, &key, &value)) {
        if (!splice_shows(fields, key))
            continue;
        const struct splice *other = replacement(members, n, key);
        write_member(out, &any, key, other ? other->value : value);
    }
    return any;
}

void splice_write(struct buf *out, str object, const struct splice *members, size_t n,
                  const struct strs *fields)
{
    ENSURE(object.n >= 2 && object.p[0] == '{' && object.p[object.n - 1] == '}');
    bool whole = fields->n == 0;
    for (size_t i = 0; i < n; i++)
        whole = whole && !members[i].replace;

    bool any;
    if (whole) {
        buf_add(out, str_sub(object, 0, object.n - 1));
        any = object.n > 2;
    } else {
        buf_add_char(out, '{');
        any = write_own(out, object, members, n, fields);
    }
    for (size_t i = 0; i < n; i++)
        if (!members[i].replace && splice_shows(fields, members[i].key))
            write_member(out, &any, members[i].key, members[i].value);
    buf_add_char(out, '}');
}
