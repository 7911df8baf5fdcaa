#include "api/language.h"

#define LONGEST_TAG 100 /* bytes: more than any tag in use */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool all_letters(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_letter(s.p[i]))
            return false;
    return true;
}

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_digit(s.p[i]))
            return false;
    return true;
}

static bool of_length(str s, size_t least, size_t most)
{
    return s.n >= least && s.n <= most;
}

/* The subtags one after the other; .p is NULL past the last. */
struct subtags {
    str rest;
    bool more;
    str now;
};

static void advance(struct subtags *s)
{
    if (s->more)
        s->more = str_cut(s->rest, '-', &s->now, &s->rest);
    else
        s->now = (str){0};
}

static bool is_variant(str s)
{
    return of_length(s, 5, 8) || (s.n == 4 && is_digit(s.p[0]));
}

/* Subtags of least to 8 characters behind a single one; at least one of them. */
static bool take_series(struct subtags *s, size_t least)
{
    advance(s);
    bool any = false;
    while (s->now.p != NULL && of_length(s->now, least, 8)) {
        any = true;
        advance(s);
    }
    return any;
}

/* language, extlang, script, region, variants: *s stands behind them. */
static bool take_language(struct subtags *s)
{
    if (!of_length(s->now, 2, 8) || !all_letters(s->now))
        return false;
    bool extended = s->now.n <= 3;
    advance(s);
    for (int i = 0; extended && i < 3 && s->now.n == 3 && all_letters(s->now); i++)
        advance(s);
    if (s->now.n == 4 && all_letters(s->now))
        advance(s);
    if ((s->now.n == 2 && all_letters(s->now)) || (s->now.n == 3 && all_digits(s->now)))
        advance(s);
    while (s->now.p != NULL && is_variant(s->now))
        advance(s);
    return true;
}

/* Tags from before RFC 4646 that its syntax does not make. */
static bool is_grandfathered(str text)
{
    static const str tags[] = {
        STR_INIT("en-GB-oed"),  STR_INIT("i-ami"),    STR_INIT("i-bnn"),     STR_INIT("i-default"),
        STR_INIT("i-enochian"), STR_INIT("i-hak"),    STR_INIT("i-klingon"), STR_INIT("i-lux"),
        STR_INIT("i-mingo"),    STR_INIT("i-navajo"), STR_INIT("i-pwn"),     STR_INIT("i-tao"),
        STR_INIT("i-tay"),      STR_INIT("i-tsu"),    STR_INIT("sgn-BE-FR"), STR_INIT("sgn-BE-NL"),
        STR_INIT("sgn-CH-DE"),
    };
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (str_eq_nocase(text, tags[i]))
            return true;
    return false;
}

bool language_is_tag(str text)
{
    if (text.n == 0 || text.n > LONGEST_TAG)
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (!is_letter(text.p[i]) && !is_digit(text.p[i]) && text.p[i] != '-')
            return false;
    if (is_grandfathered(text))
        return true;
    struct subtags s = {.rest = text, .more = true};
    advance(&s);
    if (!str_eq_nocase(s.now, STR("x"))) {
        if (!take_language(&s))
            return false;
        while (s.now.n == 1 && !str_eq_nocase(s.now, STR("x")))
            if (!take_series(&s, 2))
                return false;
    }
    if (s.now.n == 1 && !take_series(&s, 1))
        return false;
    return s.now.p == NULL;
}

/* Whether tag is prefix or goes on behind it with another subtag. */
static bool begins(str tag, str prefix)
{
    return tag.n >= prefix.n && str_eq_nocase(str_sub(tag, 0, prefix.n), prefix) &&
           (tag.n == prefix.n || tag.p[prefix.n] == '-');
}

int language_fit(str wanted, str tag)
{
    if (tag.n == 0 || tag.n > LONGEST_TAG || wanted.n > LONGEST_TAG)
        return 0;
    if (str_eq_nocase(wanted, tag))
        return 3 * LONGEST_TAG;
    if (begins(tag, wanted))
        return 3 * LONGEST_TAG - (int)tag.n;
    return begins(wanted, tag) ? (int)tag.n : 0;
}
