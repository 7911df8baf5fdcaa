#include "model/difference.h"

#include "base/jscan.h"
#include "base/jvalue.h"

static bool counts(str key)
{
    static const str not [] = {STR_INIT("id"), STR_INIT("version"), STR_INIT("updated"),
                               STR_INIT("links")};
    for (size_t i = 0; i < sizeof not / sizeof *not ; i++)
        if (str_eq(key, not [i]))
            return false;
    return true;
}

/* A member by its key as written; empty where there is none. */
static str member(str object, str name)
{
    str key, value;
    for (size_t at = 0; object.n > 0 && jscan_member(object, &at, &key, &value);)
        if (str_eq(key, name))
            return value;
    return STR("");
}

static str or_null(str value)
{
    return value.n > 0 ? value : STR("null");
}

void difference_find(str before, str after, struct arena *a, struct differences *out)
{
    bool whole = before.n == 0 || after.n == 0;
    size_t room = 0;
    str key, value;
    *out = (struct differences){0};
    for (size_t at = 0; after.n > 0 && jscan_member(after, &at, &key, &value);) {
        str old = or_null(member(before, key));
        if (counts(key) && !str_eq(old, value) && !(whole && !jvalue_says(value)))
            *ARENA_PUSH(a, out->items, out->n, room) = (struct difference){key, old, value};
    }
    for (size_t at = 0; before.n > 0 && jscan_member(before, &at, &key, &value);)
        if (counts(key) && member(after, key).n == 0 && jvalue_says(value))
            *ARENA_PUSH(a, out->items, out->n, room) = (struct difference){key, value, STR("null")};
}

void difference_write(struct jout *j, const struct differences *d)
{
    jout_array(j);
    for (size_t i = 0; i < d->n; i++) {
        jout_object(j);
        jout_member_str(j, "property", d->items[i].property);
        jout_key(j, "before");
        jout_raw(j, d->items[i].before);
        jout_key(j, "after");
        jout_raw(j, d->items[i].after);
        jout_object_end(j);
    }
    jout_array_end(j);
}
