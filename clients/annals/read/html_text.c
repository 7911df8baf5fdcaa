#include "annals/read/html_text.h"

#include <string.h>

#include "base/buf.h"

/* X(name, character): references that people write; all others stay as they are */
#define REFERENCE_TABLE(X)                                                                         \
    X("amp", "&")                                                                                  \
    X("lt", "<")                                                                                   \
    X("gt", ">")                                                                                   \
    X("quot", "\"")                                                                                \
    X("apos", "'")                                                                                 \
    X("nbsp", " ")                                                                                 \
    X("ndash", "\u2013")                                                                           \
    X("mdash", "\u2014")                                                                           \
    X("lsquo", "\u2018")                                                                           \
    X("rsquo", "\u2019")                                                                           \
    X("ldquo", "\u201C")                                                                           \
    X("rdquo", "\u201D")                                                                           \
    X("laquo", "\u00AB")                                                                           \
    X("raquo", "\u00BB")                                                                           \
    X("hellip", "\u2026")                                                                          \
    X("bull", "\u2022")                                                                            \
    X("middot", "\u00B7")                                                                          \
    X("times", "\u00D7")                                                                           \
    X("deg", "\u00B0")                                                                             \
    X("euro", "\u20AC")                                                                            \
    X("pound", "\u00A3")                                                                           \
    X("copy", "\u00A9")                                                                            \
    X("reg", "\u00AE")                                                                             \
    X("trade", "\u2122")                                                                           \
    X("auml", "\u00E4")                                                                            \
    X("ouml", "\u00F6")                                                                            \
    X("uuml", "\u00FC")                                                                            \
    X("szlig", "\u00DF")                                                                           \
    X("eacute", "\u00E9")                                                                          \
    X("egrave", "\u00E8")                                                                          \
    X("aacute", "\u00E1")                                                                          \
    X("agrave", "\u00E0")                                                                          \
    X("ccedil", "\u00E7")                                                                          \
    X("ntilde", "\u00F1")

static const struct {
    const char *name;
    const char *character;
} references[] = {
#define X(name, character) {name, character},
    REFERENCE_TABLE(X)
#undef X
};

#define LONGEST_REFERENCE 12
#define LONGEST_TAG 8192 /* what goes on for longer is no tag */

/* Elements that end a line. */
static const char *const blocks[] = {"br", "p",  "div",   "li",         "ul", "ol",
                                     "h1", "h2", "h3",    "h4",         "h5", "h6",
                                     "tr", "hr", "table", "blockquote", NULL};

/* What has been written: white space waits until words follow. */
struct writer {
    struct buf out;
    bool blank;
    int lines;
};

static void put(struct writer *w, str text)
{
    if (w->out.n > 0 && w->lines > 0)
        buf_add_char(&w->out, '\n');
    else if (w->out.n > 0 && w->blank)
        buf_add_char(&w->out, ' ');
    w->blank = false;
    w->lines = 0;
    buf_add(&w->out, text);
}

/* ---- references ---- */

static size_t write_utf8(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | (c >> 6));
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | (c >> 12));
        out[1] = (char)(0x80 | ((c >> 6) & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (c >> 18));
    out[1] = (char)(0x80 | ((c >> 12) & 0x3F));
    out[2] = (char)(0x80 | ((c >> 6) & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* The character of "#233" or "#xE9"; 0 for none that a text may hold. */
static uint32_t numbered(str name)
{
    uint32_t base = 10, c = 0;
    size_t i = 1;
    if (i < name.n && (name.p[i] == 'x' || name.p[i] == 'X')) {
        base = 16;
        i++;
    }
    if (i == name.n)
        return 0;
    for (; i < name.n; i++) {
        char d = name.p[i];
        uint32_t digit = d >= '0' && d <= '9'   ? (uint32_t)(d - '0')
                         : d >= 'a' && d <= 'f' ? (uint32_t)(d - 'a') + 10
                         : d >= 'A' && d <= 'F' ? (uint32_t)(d - 'A') + 10
                                                : 16;
        if (digit >= base || c > 0x10FFFF)
            return 0;
        c = c * base + digit;
    }
    bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    bool half = c >= 0xD800 && c < 0xE000;
    return control || half || c > 0x10FFFF ? 0 : c;
}

/* A reference at the beginning of text; the bytes that it takes, 0 where there is none. */
static size_t take_reference(struct writer *w, str text)
{
    char room[4];
    size_t end = str_find(str_sub(text, 0, LONGEST_REFERENCE), ';');
    if (end >= text.n || end == LONGEST_REFERENCE || end < 2)
        return 0;
    str name = str_sub(text, 1, end - 1);
    if (name.p[0] == '#') {
        uint32_t c = numbered(name);
        if (c == 0)
            return 0;
        if (c == 0xA0)
            w->blank = true;
        else
            put(w, (str){room, write_utf8(c, room)});
        return end + 1;
    }
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        if (!str_eq(name, str_from(references[i].name)))
            continue;
        if (references[i].character[0] == ' ')
            w->blank = true;
        else
            put(w, str_from(references[i].character));
        return end + 1;
    }
    return 0;
}

/* ---- tags ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The bytes of a tag up to its ">", which does not stand in quotes; 0 where it has none. */
static size_t tag_length(str text)
{
    char quote = 0;
    for (size_t i = 1; i < text.n && i < LONGEST_TAG; i++) {
        char c = text.p[i];
        if (quote != 0)
            quote = c == quote ? (char)0 : quote;
        else if (c == '>')
            return i + 1;
        else if ((c == '"' || c == '\'') && text.p[i - 1] == '=')
            quote = c;
    }
    return 0;
}

static str tag_name(str tag)
{
    size_t from = tag.p[1] == '/' ? 2 : 1, to = from;
    while (to < tag.n && (is_letter(tag.p[to]) || (tag.p[to] >= '0' && tag.p[to] <= '9')))
        to++;
    return str_sub(tag, from, to - from);
}

/* Where what follows </name> begins; the end of text where it is never closed. */
static size_t after_closing(str text, str name)
{
    for (size_t i = 0; i + 2 + name.n < text.n; i++)
        if (text.p[i] == '<' && text.p[i + 1] == '/' &&
            str_eq_nocase(str_sub(text, i + 2, name.n), name))
            return i + tag_length(str_sub(text, i, text.n));
    return text.n;
}

/* A tag or comment at the beginning of text; the bytes that it takes, 0 where there is none. */
static size_t take_tag(struct writer *w, str text)
{
    if (str_starts(text, STR("<!--"))) {
        size_t end = str_search(text, STR("-->"), 4);
        return end < text.n ? end + 3 : text.n;
    }
    if (text.n < 3 || !(is_letter(text.p[1]) || text.p[1] == '/' || text.p[1] == '!'))
        return 0;
    size_t n = tag_length(text);
    if (n == 0)
        return 0;
    str name = tag_name(str_sub(text, 0, n));
    for (size_t i = 0; blocks[i] != NULL; i++)
        w->lines += str_eq_nocase(name, str_from(blocks[i]));
    if (text.p[1] != '/' &&
        (str_eq_nocase(name, STR("script")) || str_eq_nocase(name, STR("style"))))
        n += after_closing(str_sub(text, n, text.n), name);
    return n;
}

str html_text(str html, struct arena *a)
{
    struct writer w = {0};
    buf_init(&w.out, html.n + 1);
    for (size_t i = 0; i < html.n;) {
        str rest = str_sub(html, i, html.n);
        char c = rest.p[0];
        size_t taken = c == '<' ? take_tag(&w, rest) : c == '&' ? take_reference(&w, rest) : 0;
        if (taken > 0) {
            i += taken;
            continue;
        }
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            w.blank = true;
            i++;
            continue;
        }
        size_t end = 1;
        while (end < rest.n && str_find(STR("<& \t\n\r"), rest.p[end]) == 6)
            end++;
        put(&w, str_sub(rest, 0, end));
        i += end;
    }
    str text = arena_copy(a, buf_str(&w.out));
    buf_free(&w.out);
    return text;
}
