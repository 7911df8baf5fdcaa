#include "store/prefix.h"

#include "base/utf8.h"

/* Prefixes of so many code points have an index (event_search in schema/sqlite). */
#define INDEXED 3
/* Words of one prefix, and of all prefixes of an expression. */
#define MOST_WORDS 64
#define MOST_IN_ALL 256

struct expander {
    struct db *db;
    struct arena *a;
    struct err *e;
    size_t room; /* for words of prefixes that follow */
};

/* Appends ("word" OR …) of the words that begin so, unless they are too many. */
static bool append_words(struct expander *x, str prefix, struct buf *out, bool *few)
{
    str words[MOST_WORDS], from = prefix;
    size_t n = 0;
    *few = true;
    for (;;) {
        struct db_rows *rows;
        str word = STR("");
        if (!SQL_QUERY(x->db, x->e, &rows, SQL(suggest_word), DB_STR(from)))
            return false;
        if (db_next(rows, x->e))
            word = internal_text(rows, 0, x->a);
        db_done(rows);
        if (x->e->code != ERR_NONE)
            return false;
        if (!str_starts(word, prefix))
            break;
        *few = n < MOST_WORDS && n < x->room;
        if (!*few)
            return true;
        words[n++] = word;
        /* No word has such a byte: the least that is greater than this one. */
        from = arena_printf(x->a, "%.*s\x01", STR_ARG(word));
    }
    *few = n > 0;
    x->room -= n;
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "%s\"%.*s\"", i == 0 ? "(" : " OR ", STR_ARG(words[i]));
    if (n > 0)
        buf_add_char(out, ')');
    return true;
}

/* A phrase with its quotes, and its star where it has one. */
static bool append(struct expander *x, str phrase, struct buf *out)
{
    bool expanded = false;
    str word = str_sub(phrase, 1, phrase.n < 3 ? 0 : phrase.n - 3);
    bool single = str_ends(phrase, STR("*")) && str_find(word, ' ') == word.n;
    if (out->n > 0)
        buf_add(out, STR(" AND "));
    if (single && utf8_count(word) > INDEXED && !append_words(x, word, out, &expanded))
        return false;
    if (!expanded)
        buf_add(out, phrase);
    return true;
}

bool prefix_expand(struct db *db, str expression, struct arena *a, str *out, struct err *e)
{
    struct expander x = {.db = db, .a = a, .e = e, .room = MOST_IN_ALL};
    struct buf text;
    bool ok = true;
    buf_init(&text, SIZE_MAX / 2);
    for (size_t at = 0; at < expression.n && ok;) {
        size_t end = at + 1;
        while (end < expression.n && expression.p[end] != '"')
            end++;
        end++; /* the quote that ends it */
        if (end < expression.n && expression.p[end] == '*')
            end++;
        ENSURE(end <= expression.n);
        ok = append(&x, str_sub(expression, at, end - at), &text);
        at = end + 1; /* a blank lies between */
    }
    *out = arena_copy(a, buf_str(&text));
    buf_free(&text);
    return ok;
}
