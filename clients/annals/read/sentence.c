#include "annals/read/sentence.h"

#include <stdbool.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "base/word.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Whether the dot at a byte belongs to an abbreviation: to a word with a dot inside (U.S., π.Χ.)
 * or to a single letter (J. Smith). */
static bool is_abbreviation(str text, size_t at)
{
    size_t from = at, letters = 0;
    bool dotted = false;
    while (from > 0 && !is_blank(text.p[from - 1]) && at - from < 16) {
        from--;
        letters += ((unsigned char)text.p[from] & 0xC0) != 0x80;
        dotted = dotted || (text.p[from] == '.' && from + 1 < at);
    }
    bool digit = at > 0 && text.p[at - 1] >= '0' && text.p[at - 1] <= '9';
    return (letters == 1 && !digit) || (dotted && text.p[at - 1] != '.');
}

/* Whether the byte is the last of . ! ? ; or … */
static bool ends_sentence(str text, size_t at)
{
    char c = text.p[at];
    return (c == '.' && !is_abbreviation(text, at)) || c == '!' || c == '?' || c == ';' ||
           (at >= 2 && str_eq(str_sub(text, at - 2, 3), STR("\u2026")));
}

/* Whether a sentence may begin at a byte that is not blank, the one before it being blank. */
static bool begins_at(str text, size_t at)
{
    size_t lines = 0, before = at;
    bool small = word_small_at(text, at);
    while (before > 0 && is_blank(text.p[before - 1]) && at - before < SENTENCE_LOOK)
        lines += text.p[--before] == '\n';
    return before == 0 || lines > 1 || (!small && before < at && ends_sentence(text, before - 1));
}

void sentence_around(str text, size_t *from, size_t *to)
{
    size_t least = *from > SENTENCE_LOOK ? *from - SENTENCE_LOOK : 0;
    size_t most = text.n - *to > SENTENCE_LOOK ? *to + SENTENCE_LOOK : text.n;
    size_t first = *from, last = *to;
    for (size_t at = *from;; at--) {
        bool edge = at == 0 || is_blank(text.p[at - 1]);
        if (at < text.n && !is_blank(text.p[at]) && edge) {
            first = at;
            if (begins_at(text, at))
                break;
        }
        if (at <= least)
            break;
    }
    for (size_t at = *to; at <= most; at++) {
        if (at > 0 && !is_blank(text.p[at - 1]) && (at == text.n || is_blank(text.p[at])))
            last = at;
        if (at > *to && at < text.n && !is_blank(text.p[at]) && is_blank(text.p[at - 1]) &&
            begins_at(text, at))
            break;
    }
    *from = first;
    *to = last > *to ? last : *to;
}

str sentence_line(str words, size_t most, struct arena *a)
{
    struct buf out;
    bool gap = false;
    buf_init(&out, words.n + 8);
    for (size_t i = 0; i < words.n; i++) {
        unsigned char c = (unsigned char)words.p[i];
        bool control = c < 0x20 || c == 0x7F;
        /* U+0080 to U+009F are controls too. */
        if (c == 0xC2 && i + 1 < words.n && (unsigned char)words.p[i + 1] < 0xA0) {
            control = true;
            i++;
        }
        if (control || c == ' ') {
            gap = out.n > 0;
            continue;
        }
        if (gap)
            buf_add_char(&out, ' ');
        gap = false;
        buf_add_char(&out, words.p[i]);
    }
    str line = arena_copy(a, buf_str(&out));
    buf_free(&out);
    if (utf8_count(line) <= most)
        return line;
    str kept = str_sub(line, 0, utf8_offset(line, most - 1));
    return arena_printf(a, "%.*s\u2026", STR_ARG(str_trim(kept)));
}

str sentence_title(str text, size_t from, size_t to, struct arena *a)
{
    size_t first = from, last = to, most = SENTENCE_LONGEST_TITLE;
    sentence_around(text, &first, &last);
    str before = sentence_line(str_sub(text, first, from - first), text.n, a);
    str words = sentence_line(str_sub(text, from, to - from), most, a);
    size_t taken = utf8_count(before) + utf8_count(words) + 2;
    str whole = str_sub(text, first, last - first);
    if (taken <= most)
        return sentence_line(whole, most, a);
    /* The words would be cut off: begin later, at a word, so that a third is left before them. */
    size_t behind = utf8_count(words) < most / 2 ? most / 3 : 4;
    size_t points = utf8_count(str_sub(text, first, from - first));
    size_t start = first + utf8_offset(str_sub(text, first, from - first),
                                       points > behind ? points - behind : 0);
    while (start < from && !is_blank(text.p[start]))
        start++;
    str rest = sentence_line(str_sub(text, start, last - start), most - 2, a);
    return arena_printf(a, "\u2026 %.*s", STR_ARG(rest));
}
