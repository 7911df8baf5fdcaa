#include "annals/read/reader.h"

#include "base/fold.h"
#include "base/hash.h"
#include "base/jscan.h"
#include "base/utf8.h"
#include "model/document.h"

/* Hexadecimal digits that keep words apart of which an id could not hold all. */
#define ID_DIGITS 8

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Whether a character of folded words leaves nothing in an id but ought to: a letter of another
 * script. Punctuation and blanks are ASCII or end words, and may go. */
static bool is_foreign(char c)
{
    return (unsigned char)c >= 0x80;
}

str reader_id(str words, struct arena *a)
{
    char room[DOCUMENT_LONGEST_ID], digest[HASH_HEX_SIZE + 1];
    str folded = fold_copy(words, a);
    size_t n = 0, most = sizeof room - ID_DIGITS - 1;
    bool between = false, lost = false;
    for (size_t i = 0; i < folded.n; i++) {
        char c = folded.p[i];
        lost = lost || is_foreign(c);
        if (!is_plain(c)) {
            between = n > 0;
            continue;
        }
        if (n + 1 + between > most) {
            lost = true;
            break;
        }
        if (between)
            room[n++] = '-';
        room[n++] = c;
        between = false;
    }
    str id = {room, n};
    if (n == 0)
        id = STR("x");
    if (!lost)
        return arena_copy(a, id);
    hash_sha256_hex(words, digest);
    return arena_printf(a, "%.*s-%.*s", STR_ARG(id), ID_DIGITS, digest);
}

bool reader_check(str bytes, size_t most, struct problems *problems)
{
    int64_t line, column;
    size_t bad = utf8_invalid_at(bytes);
    size_t nul = str_find(bytes, '\0');
    if (bytes.n > most) {
        problem_add_line(problems, 1, 1, "the file is larger than %zu MiB", most / (1024 * 1024));
        return false;
    }
    if (bad < bytes.n) {
        jscan_line(bytes, bad, &line, &column);
        problem_add_line(problems, line, column, "this is not UTF-8");
    }
    if (nul < bad) {
        jscan_line(bytes, nul, &line, &column);
        problem_add_line(problems, line, column, "a NUL stands here, which no text may hold");
    }
    return bad == bytes.n && nul == bytes.n;
}

str reader_title(const struct reading_ask *ask)
{
    str name = str_sub(ask->name, 0, utf8_invalid_at(ask->name));
    return str_trim(name).n > 0 ? name : STR("Untitled");
}

bool reader_check_text(const struct reading_ask *ask, str text)
{
    struct problems found;
    problem_init(&found, ask->arena);
    if (reader_check(text, DOCUMENT_LARGEST, &found))
        return true;
    for (size_t i = 0; i < found.n; i++)
        problem_add_line(ask->problems, 1, 1, "in the text beside this file, at %lld:%lld: %.*s",
                         (long long)found.items[i].line, (long long)found.items[i].column,
                         STR_ARG(found.items[i].detail));
    return false;
}
