#include "model/canonical.h"

#include <stdlib.h>

#include "base/check.h"
#include "base/jscan.h"
#include "base/jvalue.h"

/* ---- RFC 8785, section 3.2.2.2: strings ---- */

static void put_escaped(struct buf *out, char c)
{
    static const char digits[] = "0123456789abcdef";
    static const str letters = STR_INIT("\b\t\n\f\r\"\\"), said = STR_INIT("btnfr\"\\");
    size_t at = str_find(letters, c);
    buf_add_char(out, '\\');
    if (at < letters.n) {
        buf_add_char(out, said.p[at]);
        return;
    }
    buf_add(out, STR("u00"));
    buf_add_char(out, digits[(unsigned char)c >> 4]);
    buf_add_char(out, digits[(unsigned char)c & 15]);
}

static void put_text(struct buf *out, str text)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < 0x20 || c == '"' || c == '\\')
            put_escaped(out, text.p[i]);
        else
            buf_add_char(out, text.p[i]);
    }
    buf_add_char(out, '"');
}

/* A string of the document again; null and numbers, which are whole here, as they stand. */
static void put_value(struct buf *out, str value)
{
    if (!jvalue_is_text(value)) {
        buf_add(out, value.n > 0 ? value : STR("null"));
        return;
    }
    struct buf plain;
    buf_init(&plain, value.n);
    jvalue_decode(&plain, value);
    put_text(out, buf_str(&plain));
    buf_free(&plain);
}

/* ---- the members whose form is another one than the document's ---- */

static void put_date(struct buf *out, str date)
{
    put_value(out, jvalue_member(date, "edtf"));
}

static void put_list(struct buf *out, str list, void (*put)(struct buf *, str))
{
    bool first = true;
    str one;
    buf_add_char(out, '[');
    for (size_t at = 0; jvalue_says(list) && jscan_element(list, &at, &one); first = false) {
        if (!first)
            buf_add_char(out, ',');
        put(out, one);
    }
    buf_add_char(out, ']');
}

static void put_place(struct buf *out, str place)
{
    put_value(out, jvalue_member(place, "place"));
}

static void put_participant(struct buf *out, str participant)
{
    buf_add(out, STR("{\"actor\":"));
    put_value(out, jvalue_member(participant, "actor"));
    buf_add(out, STR(",\"role\":"));
    put_value(out, jvalue_member(participant, "role"));
    buf_add_char(out, '}');
}

static void put_participants(struct buf *out, str list)
{
    put_list(out, list, put_participant);
}

static void put_places(struct buf *out, str list)
{
    put_list(out, list, put_place);
}

static void put_texts(struct buf *out, str list)
{
    put_list(out, list, put_value);
}

struct member {
    str key, value;
};

static int compare_members(const void *a, const void *b)
{
    const struct member *p = a, *q = b;
    return str_cmp(p->key, q->key);
}

/* Schemes are ASCII, so that the order of their bytes is that of RFC 8785. */
static void put_identifiers(struct buf *out, str object)
{
    struct member one, *members;
    size_t room = 1, n = 0;
    if (!jvalue_says(object)) {
        buf_add(out, STR("{}"));
        return;
    }
    for (size_t at = 0; jscan_member(object, &at, &one.key, &one.value);)
        room++;
    members = calloc(room, sizeof *members);
    ENSURE(members != NULL);
    for (size_t at = 0; jscan_member(object, &at, &members[n].key, &members[n].value);)
        n++;
    qsort(members, n, sizeof *members, compare_members);
    buf_add_char(out, '{');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        put_text(out, members[i].key);
        buf_add_char(out, ':');
        put_value(out, members[i].value);
    }
    buf_add_char(out, '}');
    free(members);
}

void canonical_event(struct buf *out, str document)
{
    static const struct {
        const char *name;
        void (*put)(struct buf *, str);
    } members[] = {
        {"accounts", put_value},
        {"date", put_date},
        {"disputed", put_texts},
        {"id", put_value},
        {"identifiers", put_identifiers},
        {"participants", put_participants},
        {"places", put_places},
        {"summary", put_value},
        {"tags", put_texts},
        {"title", put_value},
        {"type", put_value},
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        buf_add_char(out, i == 0 ? '{' : ',');
        put_text(out, str_from(members[i].name));
        buf_add_char(out, ':');
        members[i].put(out, jvalue_member(document, members[i].name));
    }
    buf_add_char(out, '}');
}
