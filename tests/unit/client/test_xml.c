/* XML as a tree that knows its places, its plain text, and its limits. */
#include <string.h>

#include "annals/read/xml.h"
#include "check_main.h"

static struct arena *arena;
static struct problems problems;

static void set_up(void)
{
    arena = arena_new();
    problem_init(&problems, arena);
}

static void tear_down(void)
{
    arena_free(arena);
}

static struct xml_node *read_xml(str bytes)
{
    struct xml_node *root = xml_read(bytes, arena, &problems);
    ck_assert_msg(root != NULL, "%.*s", STR_ARG(problems.items[0].detail));
    return root;
}

START_TEST(places_and_names)
{
    struct xml_node *root = read_xml(STR("<?xml version='1.0'?>\n"
                                         "<r xmlns='urn:a' xmlns:b='urn:b' n='1' b:n='2'>\n"
                                         "\xC9\x99\xF0\x9F\x98\x80<b:x xml:id='i'>t</b:x>\r\n"
                                         "  <y N='3'/>u</r>"));
    ck_assert_int_eq(root->line, 2);
    ck_assert_int_eq(root->column, 1);
    ck_assert(str_eq(root->ns, STR("urn:a")) && xml_is(root, "r"));
    ck_assert_uint_eq(root->attribute_count, 1);
    ck_assert(str_eq(xml_get(root, "n"), STR("1")));
    struct xml_node *x = xml_child(root, "x"), *y = xml_child(root, "y");
    ck_assert(str_eq(x->ns, STR("urn:b")) && str_eq(xml_get(x, "xml:id"), STR("i")));
    ck_assert_int_eq(x->line, 3);
    ck_assert_int_eq(x->column, 3);
    ck_assert_int_eq(y->line, 4);
    ck_assert_int_eq(y->column, 3);
    ck_assert(xml_get(y, "n").n == 0 && str_eq(xml_get_nocase(y, "n"), STR("3")));
    ck_assert(xml_again(x, "x") == NULL && xml_child(root, "z") == NULL);
    ck_assert_ptr_eq(xml_beyond(x, root), x->next);
    ck_assert(str_eq(x->next->text, STR("\n  ")));
    ck_assert_ptr_eq(xml_after(x, root), x->first);
    ck_assert_ptr_null(xml_beyond(x, x));
    ck_assert_ptr_null(xml_after(y->next, root));
}
END_TEST

static enum xml_flow rule(const struct xml_node *n)
{
    return xml_is(n, "p")   ? XML_BLOCK
           : xml_is(n, "l") ? XML_LINE
           : xml_is(n, "b") ? XML_BLANK
           : xml_is(n, "h") ? XML_HIDDEN
                            : XML_INLINE;
}

static const struct {
    const char *xml;
    bool ruled;
    const char *text;
    const char *span; /* of the element i; NULL: it is not shown */
} flows[] = {
    {"<r> a <i> b </i> c </r>", false, " a  b  c ", " b "},
    {"<r> a <i> b </i> c </r>", true, "a b c", "b"},
    {"<r>a<i>b</i>c</r>", true, "abc", "b"},
    {"<r><p>a</p><p><i>b</i></p>c</r>", true, "a\n\nb\n\nc", "b"},
    {"<r><l>a</l><l>b</l><l/><i/>c</r>", true, "a\nb\nc", ""},
    {"<r><l>a</l><p>b</p><i> </i>c</r>", true, "a\n\nb\n\nc", ""},
    {"<r>a<b/>c<h>d</h><i>e<h>f</h>g</i></r>", true, "a ceg", "eg"},
    {"<r><h><i>a</i></h>b</r>", true, "b", NULL},
    {"<r><i><p>a</p> b<p>c</p></i>d</r>", true, "a\n\nb\n\nc\n\nd", "a\n\nb\n\nc"},
    {"<r>a<![CDATA[ <b> ]]>&amp;&#233;<i>&lt;</i></r>", true, "a <b> &\xC3\xA9<", "<"},
    {"<r>  <i>  </i>  </r>", true, "", ""},
};

START_TEST(plain_text)
{
    for (size_t i = 0; i < sizeof flows / sizeof *flows; i++) {
        struct xml_node *root = read_xml(str_from(flows[i].xml)), *n = root;
        struct buf out;
        buf_init(&out, 1000);
        xml_plain(root, flows[i].ruled ? rule : NULL, &out);
        ck_assert_msg(str_eq(buf_str(&out), str_from(flows[i].text)), "%s is \"%.*s\"",
                      flows[i].xml, STR_ARG(buf_str(&out)));
        while (!xml_is(n, "i"))
            n = xml_after(n, root);
        ck_assert_msg(n->shown == (flows[i].span != NULL), "%s", flows[i].xml);
        str span = n->shown ? str_sub(buf_str(&out), n->from, n->to - n->from) : (str){0};
        ck_assert_msg(!n->shown || str_eq(span, str_from(flows[i].span)), "%s: \"%.*s\"",
                      flows[i].xml, STR_ARG(span));
        buf_free(&out);
    }
}
END_TEST

START_TEST(words)
{
    struct xml_node *root = read_xml(STR("<r> a\n<p>b</p><h>c</h> <p> d  e</p></r>"));
    ck_assert(str_eq(xml_words(root, rule, arena), STR("a b d e")));
    ck_assert(str_eq(xml_words(root, NULL, arena), STR("a bc d e")));
    ck_assert(!root->shown);
}
END_TEST

/* so many times a piece, between two others */
static str repeat(const char *before, const char *piece, size_t times, const char *after)
{
    size_t n = strlen(before), each = strlen(piece), all = n + each * times + strlen(after);
    char *p = arena_alloc(arena, all + 1);
    memcpy(p, before, n);
    for (size_t i = 0; i < times; i++)
        memcpy(p + n + i * each, piece, each);
    memcpy(p + n + times * each, after, strlen(after));
    return (str){p, all};
}

static const struct {
    const char *before, *piece;
    size_t times;
    const char *after;
    const char *said; /* NULL: it is read */
} limits[] = {
    {"<r>", "<x/>", 499999, "</r>", NULL},
    {"<r>", "<x/>", 500000, "</r>", "more than 500,000 elements"},
    {"<r>", "0123456789abcdef", 524288, "</r>", NULL},
    {"<r>", "0123456789abcdef", 524288, "x</r>", "more than 8 MiB"},
    {"<r a='", "0123456789abcdef", 600000, "'/>", "more than 8 MiB"},
    {"<r>", "                ", 2100000, "</r>", "larger than 32 MiB"},
    {"<!-- ", "0123456789abcdef", 2000000, "--><r/>", NULL},
    {"<!DOCTYPE r [<!ENTITY a '0123456789'>]><r>", "&a;", 20000, "</r>", NULL},
};

START_TEST(limits_hold)
{
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct problems found;
        problem_init(&found, arena);
        str bytes = repeat(limits[i].before, limits[i].piece, limits[i].times, limits[i].after);
        struct xml_node *root = xml_read(bytes, arena, &found);
        str said = found.n > 0 ? found.items[0].detail : (str){0};
        ck_assert_msg((root != NULL) == (limits[i].said == NULL), "%zu: %.*s", i, STR_ARG(said));
        ck_assert_uint_eq(found.n, limits[i].said != NULL);
        ck_assert_msg(limits[i].said == NULL ||
                          str_search(said, str_from(limits[i].said), 0) < said.n,
                      "%zu: %.*s", i, STR_ARG(said));
        arena_reset(arena);
    }
}
END_TEST

CHECK_MAIN_WITH("xml", set_up, tear_down, places_and_names, plain_text, words, limits_hold)
