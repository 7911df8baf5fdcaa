#include "store/words.h"

#include "base/buf.h"
#include "base/check.h"
#include "base/fold.h"
#include "base/strmap.h"
#include "store/link.h"

static bool is_word_byte(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* The words of a folded text, separated by single blanks, as one quoted phrase. */
static str phrase(str folded, bool prefix, struct arena *a)
{
    struct buf out;
    bool inside = false;
    buf_init(&out, folded.n + 4);
    for (size_t i = 0; i < folded.n; i++) {
        bool word = is_word_byte(folded.p[i]);
        if (str_starts(str_sub(folded, i, folded.n), STR(LINK_WORD))) {
            i += sizeof LINK_WORD - 2;
            word = false;
        }
        if (word && !inside)
            buf_add_char(&out, out.n == 0 ? '"' : ' ');
        if (word)
            buf_add_char(&out, folded.p[i]);
        inside = word;
    }
    if (out.n > 0)
        buf_add(&out, prefix ? STR("\"*") : STR("\""));
    ENSURE(!buf_failed(&out));
    str made = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return made;
}

str words_expression(str text, struct arena *a)
{
    struct strmap seen;
    struct buf out;
    strmap_init(&seen, a);
    str rest = fold_copy(text, a);
    buf_init(&out, rest.n * 4 + 16);
    while (rest.n > 0) {
        bool quoted = rest.p[0] == '"';
        if (quoted)
            rest = str_sub(rest, 1, rest.n);
        size_t end = 0;
        while (end < rest.n && rest.p[end] != '"' && (quoted || rest.p[end] != ' '))
            end++;
        str part = str_sub(rest, 0, end);
        bool star = str_ends(part, STR("*")) || str_starts(str_sub(rest, end, 2), STR("\"*"));
        str word = phrase(part, star, a);
        int64_t before;
        if (word.n > 0 && !strmap_get(&seen, word, &before)) {
            strmap_set(&seen, word, 1);
            if (out.n > 0)
                buf_add_char(&out, ' ');
            buf_add(&out, word);
        }
        bool closes = end < rest.n && (quoted || rest.p[end] == ' ');
        rest = str_sub(rest, end + (closes ? 1 : 0), rest.n);
    }
    ENSURE(!buf_failed(&out));
    str expression = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return expression;
}

str words_phrase(str text, struct arena *a)
{
    static const size_t longest = 400; /* bytes: nobody means more as one phrase */
    str folded = str_trim(fold_copy(text, a));
    if (folded.n > longest)
        return STR("");
    str made = phrase(folded, str_ends(folded, STR("*")), a);
    return str_find(made, ' ') < made.n ? made : STR("");
}
