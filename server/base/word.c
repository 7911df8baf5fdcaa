#include "base/word.h"

#include <utf8proc.h>

/* The longest that one code point becomes: U+FDFA has 18. */
#define LONGEST_FOLD 32

/* Letters, numbers and private letters. */
static bool is_word_category(utf8proc_int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO) ||
           category == UTF8PROC_CATEGORY_CO;
}

static bool is_word(utf8proc_int32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return is_word_category(c);
}

/* The code point at byte `at` and its length in bytes. */
static utf8proc_int32_t code_point(str text, size_t at, size_t *length)
{
    utf8proc_int32_t c = (unsigned char)text.p[at];
    *length = 1;
    if (c < 0x80)
        return c;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.p + at,
                                          (utf8proc_ssize_t)(text.n - at), &c);
    *length = n > 0 ? (size_t)n : 1;
    return n > 0 ? c : 0xFFFD;
}

bool word_next(str folded, size_t *at, str *word)
{
    size_t length, start;
    while (*at < folded.n && !is_word(code_point(folded, *at, &length)))
        *at += length;
    start = *at;
    while (*at < folded.n && is_word(code_point(folded, *at, &length)))
        *at += length;
    *word = str_sub(folded, start, *at - start);
    return word->n > 0;
}

enum part { PART_OF_NONE, PART_OF_WORD, PART_OF_EITHER };

/* What a code point is once folded; a mark, of which nothing stays, is part of either. */
static enum part part_of(utf8proc_int32_t c)
{
    utf8proc_int32_t folded[LONGEST_FOLD];
    int boundary = 0;
    if (c < 0x80)
        return is_word(c) ? PART_OF_WORD : PART_OF_NONE;
    utf8proc_ssize_t n = utf8proc_decompose_char(
        c, folded, LONGEST_FOLD,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
            UTF8PROC_IGNORE | UTF8PROC_LUMP | UTF8PROC_STABLE,
        &boundary);
    if (n == 0)
        return PART_OF_EITHER;
    for (utf8proc_ssize_t i = 0; i < n && i < LONGEST_FOLD; i++)
        if (is_word(folded[i]))
            return PART_OF_WORD;
    return PART_OF_NONE;
}

bool word_run_next(str text, struct word_run *run)
{
    size_t at = run->end, point = run->last, length;
    while (at < text.n && part_of(code_point(text, at, &length)) != PART_OF_WORD) {
        at += length;
        point++;
    }
    *run = (struct word_run){at, at, point, point};
    while (run->end < text.n && part_of(code_point(text, run->end, &length)) != PART_OF_NONE) {
        run->end += length;
        run->last++;
    }
    return run->end > run->start;
}

bool word_small_at(str text, size_t at)
{
    size_t length;
    return at < text.n && utf8proc_category(code_point(text, at, &length)) == UTF8PROC_CATEGORY_LL;
}
