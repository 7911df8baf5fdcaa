/*
 * The history of one event: after each change, what the newest entry says of it, or that it has
 * none; and that pages of any size give the same entries.
 */
#include "told.h"

#define EVENT(id, title) "'events':[{'id':'" id "','title':'" title "'}]"
#define TOLD_F EVENT("f", "F")
#define RELATION(from, type, to) "{'from':'" from "','type':'" type "','to':'" to "'}"
#define CLAIM(stance, about)                                                                       \
    "'actors':[{'id':'x','name':'X'}],'claims':[{'id':'c','speaker':'x','stance':'" stance         \
    "','about':['" about "']}]"

static void set_up(void)
{
    world_open(&world, 7);
}

static void tear_down(void)
{
    world_expect_sound(&world);
    world_close(&world);
}

#define NOTHING "'relations':[],'claims':[]"
#define NO_ACCOUNT "'accounts':[],"

/* One change after the other; what the newest entry of e holds, of that version. */
static const struct {
    const char *source, *rest; /* rest is NULL where the source goes */
    const char *has[2];        /* both NULL: there is no entry of this version */
} steps[] = {
    {"s",
     EVENT("e", "E"),
     {"'action':'added'", "'accounts':[{'source':'s','action':'added','properties':[]}]," NOTHING}},
    {"t", TOLD_F, {NULL}},
    /* a relation that leads to it, and one that leads away from it */
    {"t",
     TOLD_F ",'relations':[" RELATION("f", "follows", "e") "]",
     {"'action':'changed','changes':[]," NO_ACCOUNT "'relations':[{'id':'",
      "','type':'follows','direction':'in','source':'t','event':'f','action':'added','properties':["
      "]}],'claims':[]"}},
    {"t",
     TOLD_F,
     {NO_ACCOUNT, "'type':'follows','direction':'in','source':'t','event':'f','action':'removed','"
                  "properties':[]}],'claims':[]"}},
    {"t",
     TOLD_F ",'relations':[" RELATION("e", "causes", "f") "]",
     {NO_ACCOUNT, "'type':'causes','direction':'out','source':'t','event':'f','action':'added','"
                  "properties':[]}],'claims':[]"}},
    {"t",
     TOLD_F,
     {NO_ACCOUNT, "'type':'causes','direction':'out','source':'t','event':'f','action':'removed','"
                  "properties':[]}],'claims':[]"}},
    /* a claim about it */
    {"c",
     CLAIM("denies", "e"),
     {NO_ACCOUNT "'relations':[]",
      "'claims':[{'id':'c','source':'c','action':'added','properties':[]}]"}},
    {"c",
     CLAIM("asserts", "e"),
     {NO_ACCOUNT "'relations':[]",
      "'claims':[{'id':'c','source':'c','action':'changed','properties':['stance']}]"}},
    {"c",
     CLAIM("asserts", "f"),
     {NO_ACCOUNT "'relations':[]", "'claims':[{'id':'c','source':'c','action':'"}},
    {"c", CLAIM("denies", "f"), {NULL}},
    {"c", CLAIM("denies", "e"), {"'relations':[]", "'claims':[{'id':'c','source':'c','action':'"}},
    {"c",
     "'claims':[]",
     {NO_ACCOUNT "'relations':[]",
      "'claims':[{'id':'c','source':'c','action':'removed','properties':[]}]"}},
    /* while it is the same as another */
    {"judge",
     EVENT("f", "Judged") ",'relations':[" RELATION("f", "same_as", "e") "]",
     {"'action':'merged'", "'merged':['f'],'links'"}},
    {"t",
     EVENT("f", "Other"),
     {NULL, "'accounts':[{'source':'t','event':'f','action':'changed','properties':['title']}]"}},
    {"t",
     EVENT("f", "Other") ",'relations':[" RELATION("e", "follows", "f") "]",
     {NO_ACCOUNT "'relations':[{'id':'", "'type':'follows','direction':'out','source':'t','event':'"
                                         "f','action':'added','properties':[]}],'claims':[]"}},
    {"c",
     CLAIM("denies", "f"),
     {NO_ACCOUNT,
      "'relations':[],'claims':[{'id':'c','source':'c','action':'added','properties':[]}]"}},
    /* no more: what ended with it belongs to it still */
    {"judge",
     NULL,
     {"'action':'split'",
      "'accounts':[{'source':'judge','event':'f','action':'removed','properties':[]}]"}},
    {"t", TOLD_F ",'relations':[]", {"'relations':[{'id':'", "'action':'removed'"}},
    {"t", EVENT("f", "F again"), {NULL}},
    {"c", NULL, {NULL}},
    {"s",
     NULL,
     {"'action':'removed'",
      "'accounts':[{'source':'s','action':'removed','properties':[]}]," NOTHING}},
};

static void history(int64_t before, int64_t limit, struct item_page *out)
{
    ck_assert_msg(store_event_history(world.reader, store_version(world.store), STR("e"), before,
                                      limit, world.arena, out, &world.err),
                  "%s", world.err.detail);
}

static bool holds(const struct item *entry, const char *text)
{
    return text == NULL || told_has(entry->document, text);
}

START_TEST(each_change_has_its_entry)
{
    size_t entries = 0;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct item_page page;
        bool none = steps[i].has[0] == NULL && steps[i].has[1] == NULL;
        tell(steps[i].source, "", steps[i].rest);
        history(0, 1000, &page);
        entries += !none;
        ck_assert_msg(page.n == entries, "step %zu: %zu entries, not %zu", i, page.n, entries);
        if (none)
            continue;
        ck_assert_int_eq(page.items[0].version, store_version(world.store));
        for (size_t k = 0; k < 2; k++)
            ck_assert_msg(holds(&page.items[0], steps[i].has[k]), "step %zu: %.*s", i,
                          STR_ARG(page.items[0].document));
    }
}
END_TEST

/* Of any size they are the same entries, each once; versions without an entry cost no place. */
START_TEST(pages_give_all_entries)
{
    struct item_page all, page;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        tell(steps[i].source, "", steps[i].rest);
    history(0, 1000, &all);
    ck_assert(!all.more);
    for (int64_t limit = 1; limit < 6; limit++) {
        int64_t before = 0;
        size_t seen = 0;
        do {
            history(before, limit, &page);
            for (size_t i = 0; i < page.n; i++, seen++) {
                ck_assert_uint_lt(seen, all.n);
                ck_assert(str_eq(page.items[i].document, all.items[seen].document));
                before = page.items[i].version;
            }
            ck_assert(page.n == (size_t)limit || !page.more);
        } while (page.more);
        ck_assert_uint_eq(seen, all.n);
    }
    for (size_t i = 1; i < all.n; i++)
        ck_assert_int_lt(all.items[i].version, all.items[i - 1].version);
}
END_TEST

/* One entry lists two hundred parts, and says where there are more. */
START_TEST(an_entry_has_a_largest_size)
{
    tell("s", "", EVENT("e", "E"));
    for (int many = 200; many <= 201; many++) {
        struct item_page page;
        struct buf claims;
        size_t listed = 0;
        buf_init(&claims, 1 << 20);
        for (int i = 0; i < many; i++)
            buf_printf(&claims,
                       "%s{'id':'c%d','speaker':'x','stance':'denies','text':'%d',"
                       "'about':['e']}",
                       i ? "," : "", i, many);
        tell("c", "",
             arena_printf(world.arena, "'actors':[{'id':'x','name':'X'}],'claims':[%.*s]",
                          STR_ARG(buf_str(&claims)))
                 .p);
        buf_free(&claims);
        history(0, 1, &page);
        str entry = page.items[0].document, part = STR("\"source\":\"c\"");
        for (size_t at = 0; (at = str_search(entry, part, at)) < entry.n; at += part.n)
            listed++;
        ck_assert_uint_eq(listed, 200);
        ck_assert_int_eq(told_has(entry, "'more':true"), many > 200);
    }
}
END_TEST

CHECK_MAIN_WITH("event_history", set_up, tear_down, each_change_has_its_entry,
                pages_give_all_entries, an_entry_has_a_largest_size)
