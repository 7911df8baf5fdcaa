#include "store/words.h"

#include "base/buf.h"
#include "base/check.h"
#include "base/fold.h"
#include "base/strmap.h"
#include "model/typed.h"
#include "store/link.h"

static bool is_word_byte(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* The words of a folded text, put behind those of the phrase that *out is. */
static void add_words(struct buf *out, str folded)
{
    bool inside = false;
    for (size_t i = 0; i < folded.n; i++) {
        bool word = is_word_byte(folded.p[i]);
        if (str_starts(str_sub(folded, i, folded.n), STR(LINK_WORD))) {
            i += sizeof LINK_WORD - 2;
            word = false;
        }
        if (word && !inside)
            buf_add_char(out, out->n == 0 ? '"' : ' ');
        if (word)
            buf_add_char(out, folded.p[i]);
        inside = word;
    }
}

/* Words of a phrase that are looked for side by side; a longer phrase is looked for in parts. */
#define LONGEST_PHRASE 32

/* Adds a phrase that was not there before. */
static void add_phrase(struct buf *out, struct strmap *seen, str phrase)
{
    int64_t before;
    if (phrase.n == 0 || strmap_get(seen, phrase, &before))
        return;
    strmap_set(seen, phrase, 1);
    if (out->n > 0)
        buf_add_char(out, ' ');
    buf_add(out, phrase);
}

static void add_parts(struct buf *out, struct strmap *seen, str phrase, struct arena *a)
{
    size_t blanks = 0, start = 1;
    for (size_t i = 1; i < phrase.n; i++) {
        if (phrase.p[i] != ' ' || ++blanks % LONGEST_PHRASE != 0)
            continue;
        str part = str_sub(phrase, start, i - start);
        add_phrase(out, seen, arena_printf(a, "\"%.*s\"", STR_ARG(part)));
        start = i + 1;
    }
    if (start == 1)
        add_phrase(out, seen, phrase);
    else
        add_phrase(out, seen,
                   arena_printf(a, "\"%.*s", STR_ARG(str_sub(phrase, start, phrase.n - start))));
}

/* Ends a phrase; it is empty where no word was added. */
static str finish(struct buf *out, bool prefix, struct arena *a)
{
    if (out->n > 0)
        buf_add(out, prefix ? STR("\"*") : STR("\""));
    ENSURE(!buf_failed(out));
    str made = arena_copy(a, buf_str(out));
    buf_free(out);
    return made;
}

str words_expression(str text, struct arena *a)
{
    struct strmap seen;
    struct buf out, phrase;
    struct typed_part part;
    strmap_init(&seen, a);
    str rest = fold_copy(text, a);
    buf_init(&out, rest.n * 4 + 16);
    while (typed_next(&rest, &part)) {
        buf_init(&phrase, part.text.n + 4);
        add_words(&phrase, part.text);
        add_parts(&out, &seen, finish(&phrase, part.prefix, a), a);
    }
    ENSURE(!buf_failed(&out));
    str expression = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return expression;
}

str words_phrase(str text, struct arena *a)
{
    static const size_t longest = 400; /* bytes: nobody means more as one phrase */
    struct buf phrase;
    struct typed_part part;
    bool prefix = false;
    str rest = str_trim(fold_copy(text, a));
    if (rest.n > longest)
        return STR("");
    buf_init(&phrase, rest.n + 4);
    while (typed_next(&rest, &part)) {
        size_t before = phrase.n;
        add_words(&phrase, part.text);
        /* As its last word is meant by itself, so it is meant at the end of the phrase. */
        if (phrase.n > before)
            prefix = part.prefix;
    }
    str made = finish(&phrase, prefix, a);
    return str_find(made, ' ') < made.n ? made : STR("");
}
