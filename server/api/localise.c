#include "api/localise.h"

#include "api/answer.h"
#include "api/language.h"
#include "base/jscan.h"
#include "base/jvalue.h"
#include "base/strmap.h"
#include "render/splice.h"

/* The names that were looked up: JSON strings, empty for the stored name. */
struct localise {
    struct strmap actors, places; /* id to a place in names */
    str *names;
    size_t n, room;
};

/* What stands between the quotes: tags of languages have nothing escaped. */
static str unquoted(str json)
{
    return jvalue_is_text(json) ? str_sub(json, 1, json.n - 2) : STR("");
}

str localise_pick(const struct strs *languages, str document)
{
    str names = jvalue_member(document, "names");
    for (size_t i = 0; i < languages->n && names.n > 0; i++) {
        int most = 0;
        str best = {0}, one;
        for (size_t at = 0; jscan_element(names, &at, &one);) {
            int fit = language_fit(languages->items[i], unquoted(jvalue_member(one, "language")));
            if (fit <= most)
                continue;
            most = fit;
            best = jvalue_member(one, "name");
        }
        if (most > 0)
            return best;
    }
    return STR("");
}

/* The object with another member "name", as a str of the call. */
static str renamed(struct call *x, str object, str name)
{
    const struct splice member = {.key = STR("name"), .value = name, .replace = true};
    const struct strs all = {0};
    struct buf out;
    buf_init(&out, ANSWER_LARGEST);
    splice_write(&out, object, &member, 1, &all);
    str text = arena_copy(x->arena, buf_str(&out));
    buf_free(&out);
    return text;
}

void localise_item(struct call *x, str *document)
{
    str name = localise_pick(&x->question.lang, *document);
    if (name.n > 0)
        *document = renamed(x, *document, name);
}

/* ---- events ---- */

static struct localise *open_names(struct call *x)
{
    if (x->localise == NULL) {
        x->localise = ARENA_NEW(x->arena, struct localise);
        strmap_init(&x->localise->actors, x->arena);
        strmap_init(&x->localise->places, x->arena);
    }
    return x->localise;
}

static bool look_up(struct call *x, enum item_kind kind, str id, str *name)
{
    struct localise *l = open_names(x);
    struct strmap *known = kind == ITEM_ACTOR ? &l->actors : &l->places;
    int64_t place;
    if (strmap_get(known, id, &place)) {
        *name = l->names[place];
        return true;
    }
    /* The document is large and needed for a moment: it does not go to the call's arena. */
    struct arena *scratch = arena_new();
    struct item item;
    struct gone gone;
    enum store_found found = store_get_item(x->reader, kind, x->version, id, scratch, &item, &gone,
                                            &x->err);
    *name = STR("");
    if (found == STORE_FOUND)
        *name = arena_copy(x->arena, localise_pick(&x->question.lang, item.document));
    arena_free(scratch);
    if (found == STORE_FAILED)
        return false;
    strmap_set(known, arena_copy(x->arena, id), (int64_t)l->n);
    *ARENA_PUSH(x->arena, l->names, l->n, l->room) = *name;
    return true;
}

/* The array with other names; *changed where there are any. key: of the id in an element. */
static bool rename_all(struct call *x, enum item_kind kind, const char *key, str array,
                       struct buf *out, bool *changed)
{
    str one, name;
    *changed = false;
    buf_add_char(out, '[');
    for (size_t at = 0; jscan_element(array, &at, &one);) {
        str id = unquoted(jvalue_member(one, key));
        if (!look_up(x, kind, id, &name))
            return false;
        if (out->n > 1)
            buf_add_char(out, ',');
        buf_add(out, name.n > 0 ? renamed(x, one, name) : one);
        *changed = *changed || name.n > 0;
    }
    buf_add_char(out, ']');
    return true;
}

static bool add_member(struct call *x, str document, enum item_kind kind, const char *member,
                       const char *key, struct splice *members, size_t *n)
{
    str array = jvalue_member(document, member);
    struct buf out;
    bool changed;
    if (array.n <= 2)
        return true;
    buf_init(&out, ANSWER_LARGEST);
    bool good = rename_all(x, kind, key, array, &out, &changed);
    if (good && changed)
        members[(*n)++] = (struct splice){
            .key = str_from(member), .value = arena_copy(x->arena, buf_str(&out)), .replace = true};
    buf_free(&out);
    return good;
}

bool localise_event(struct call *x, str *document)
{
    const struct strs all = {0};
    struct splice members[2];
    size_t n = 0;
    if (x->question.lang.n == 0 || document->n == 0)
        return true;
    if (!add_member(x, *document, ITEM_ACTOR, "participants", "actor", members, &n) ||
        !add_member(x, *document, ITEM_PLACE, "places", "place", members, &n))
        return false;
    if (n == 0)
        return true;
    struct buf out;
    buf_init(&out, ANSWER_LARGEST);
    splice_write(&out, *document, members, n, &all);
    *document = arena_copy(x->arena, buf_str(&out));
    buf_free(&out);
    return true;
}
