#include "model/document_form.h"

#include "base/check.h"
#include "base/hash.h"
#include "base/utf8.h"

static bool is_lower_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_id(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_lower_or_digit(s.p[i]) && (i == 0 || (s.p[i] != '-' && s.p[i] != '_')))
            return false;
    return s.n > 0;
}

static bool is_scheme(str s)
{
    return is_id(s) && is_letter(s.p[0]);
}

static bool is_language(str s)
{
    bool first = true;
    bool more;
    do {
        str part;
        more = str_cut(s, '-', &part, &s);
        if (part.n < (first ? 2 : 1) || part.n > 8)
            return false;
        for (size_t i = 0; i < part.n; i++)
            if (!is_letter(part.p[i]) && (first || part.p[i] < '0' || part.p[i] > '9'))
                return false;
        first = false;
    } while (more);
    return true;
}

static bool is_script(str s)
{
    if (s.n != 4 || s.p[0] < 'A' || s.p[0] > 'Z')
        return false;
    for (size_t i = 1; i < s.n; i++)
        if (s.p[i] < 'a' || s.p[i] > 'z')
            return false;
    return true;
}

static bool is_url(str s)
{
    static const str starts[] = {STR_INIT("http://"), STR_INIT("https://"), STR_INIT("urn:"),
                                 STR_INIT("doi:")};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_starts(s, starts[i]))
            return s.n > starts[i].n && str_find(s, ' ') == s.n;
    return false;
}

static bool is_tag(str s)
{
    return s.n > 0 && str_find(s, ',') == s.n && s.p[0] != ' ' && s.p[s.n - 1] != ' ';
}

static bool is_digest(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_lower_or_digit(s.p[i]) || s.p[i] > 'f')
            return false;
    return s.n == HASH_HEX_SIZE;
}

static const struct {
    size_t longest;
    const char *pattern;
    const char *right;
} forms[] = {
#define X(form, longest, pattern, right) [form] = {longest, pattern, right},
    DOCUMENT_FORM_TABLE(X)
#undef X
};

size_t document_form_longest(enum document_form form)
{
    return forms[form].longest;
}

const char *document_form_pattern(enum document_form form)
{
    return forms[form].pattern;
}

const char *document_form_right(enum document_form form)
{
    return forms[form].right;
}

bool document_form_may_be_empty(enum document_form form)
{
    return form == FORM_CONTEXT;
}

static bool has_form(enum document_form form, str s)
{
    switch (form) {
    case FORM_ID:
        return is_id(s);
    case FORM_SCHEME:
        return is_scheme(s);
    case FORM_LANGUAGE:
        return is_language(s);
    case FORM_SCRIPT:
        return is_script(s);
    case FORM_URL:
        return is_url(s);
    case FORM_TAG:
        return is_tag(s);
    case FORM_DIGEST:
        return is_digest(s);
    case FORM_LINE:
    case FORM_PROSE:
    case FORM_TEXT:
    case FORM_QUOTE:
    case FORM_CONTEXT:
    case FORM_WORD:
    case FORM_PROPERTY:
    case FORM_DATE:
        return true;
    case DOCUMENT_FORMS:
        break;
    }
    UNREACHABLE();
}

/* Texts keep the control characters that they were found with, such as form feeds; nothing keeps
 * NUL, and only prose has lines. */
static bool is_allowed(enum document_form form, char c)
{
    bool line_break = c == '\n' || c == '\r';
    if (c == '\0')
        return false;
    if (form == FORM_TEXT || form == FORM_QUOTE || form == FORM_CONTEXT)
        return true;
    if (form == FORM_PROSE && (line_break || c == '\t'))
        return true;
    return (unsigned char)c >= 0x20 && c != 0x7F;
}

static str character_fault(enum document_form form, str text, struct arena *a)
{
    for (size_t i = 0; i < text.n; i++) {
        if (is_allowed(form, text.p[i]))
            continue;
        size_t at = utf8_count(str_sub(text, 0, i));
        if (text.p[i] == '\n' || text.p[i] == '\r')
            return arena_printf(a, "there is a line break at position %zu; one line is needed", at);
        return arena_printf(a, "the control character U+%04X at position %zu is not allowed",
                            (unsigned)(unsigned char)text.p[i], at);
    }
    return STR("");
}

str document_form_fault(enum document_form form, str text, struct arena *a)
{
    bool blank = form == FORM_QUOTE ? text.n == 0 : str_trim(text).n == 0;
    if (blank && !document_form_may_be_empty(form))
        return STR("nothing stands here");
    if (text.n > forms[form].longest)
        return arena_printf(a, "this has %zu bytes; at most %zu are read", text.n,
                            forms[form].longest);
    str fault = character_fault(form, text, a);
    if (fault.n > 0)
        return fault;
    if (!has_form(form, text))
        return STR("this does not have the right form");
    return STR("");
}

bool document_is_id(str text)
{
    return text.n <= DOCUMENT_LONGEST_ID && is_id(text);
}
