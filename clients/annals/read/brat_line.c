#include "annals/read/brat_line.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "base/utf8.h"

#define LONGEST_MESSAGE 600

static const struct {
    const char *letters;
    const char *what;
} kinds[] = {
#define X(kind, letters, what) {letters, what},
    BRAT_KIND_TABLE(X)
#undef X
};

struct problem *brat_line_problem(const struct brat_lines *all, const struct brat_line *line,
                                  str at, const char *format, ...)
{
    char room[LONGEST_MESSAGE];
    va_list args;
    va_start(args, format);
    vsnprintf(room, sizeof room, format, args);
    va_end(args);
    str words = str_from(room);
    words = str_sub(words, 0, utf8_invalid_at(words)); /* a cut may fall within a character */
    size_t before = at.p != NULL ? (size_t)(at.p - line->whole.p) : 0;
    return problem_add_line(all->problems, line->number,
                            (int64_t)utf8_count(str_sub(line->whole, 0, before)) + 1, "%s%.*s",
                            line->is_second ? "in the .a2 file: " : "", STR_ARG(words));
}

/* Takes the next word off a str: up to a blank; blanks around it go too. */
static str take_word(str *rest)
{
    size_t n = 0;
    while (rest->n > 0 && rest->p[0] == ' ')
        *rest = str_sub(*rest, 1, rest->n);
    while (n < rest->n && rest->p[n] != ' ')
        n++;
    str word = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n, rest->n);
    while (rest->n > 0 && rest->p[0] == ' ')
        *rest = str_sub(*rest, 1, rest->n);
    return word;
}

static bool read_kind(const struct brat_lines *all, struct brat_line *out)
{
    for (int k = 0; k < BRAT_KINDS; k++) {
        if (strchr(kinds[k].letters, out->whole.p[0]) != NULL) {
            out->kind = (enum brat_kind)k;
            return true;
        }
    }
    struct problem *p = brat_line_problem(all, out, out->whole, "this is no line of brat");
    problem_hint(all->problems, p,
                 "a line begins with T, E, R, A, M, N, * or # and a number, then a tab");
    return false;
}

/* "0 5;16 23" */
static bool read_fragments(const struct brat_lines *all, str rest, struct brat_line *out)
{
    size_t room = 0;
    str all_of_it = rest;
    for (bool more = true; more;) {
        str piece, start, end;
        struct brat_part part = {0};
        more = str_cut(rest, ';', &piece, &rest);
        bool two = str_cut(piece, ' ', &start, &end);
        if (!two || !num_parse_range(start, 0, INT32_MAX, &part.start) ||
            !num_parse_range(end, 0, INT32_MAX, &part.end)) {
            struct problem *p = brat_line_problem(all, out, piece.n > 0 ? piece : all_of_it,
                                                  "this is no position in a text");
            problem_hint(all->problems, p,
                         "a type, a start and an end: \"Person 0 5\", or \"Person 0 5;8 12\"");
            return false;
        }
        if (part.end <= part.start) {
            brat_line_problem(all, out, piece, "the end must come after the start");
            return false;
        }
        *ARENA_PUSH(all->arena, out->parts, out->part_count, room) = part;
    }
    return true;
}

/* "Theme:T1 Cause:E2", or "T1 T2" of an equivalence. */
static bool read_arguments(const struct brat_lines *all, str rest, struct brat_line *out)
{
    size_t room = 0;
    while (rest.n > 0) {
        str word = take_word(&rest);
        struct brat_part part = {.id = word};
        if (word.n == 0)
            break;
        if (out->kind != BRAT_SAME &&
            (!str_cut(word, ':', &part.role, &part.id) || part.role.n == 0 || part.id.n == 0)) {
            struct problem *p = brat_line_problem(all, out, word, "this is no argument");
            problem_hint(all->problems, p, "an argument is a role, a colon and an id: Theme:T1");
            return false;
        }
        *ARENA_PUSH(all->arena, out->parts, out->part_count, room) = part;
    }
    return true;
}

/* "Annotation:T1 Referent:OBT:001", whose label is the scheme. */
static void read_referent(struct brat_line *out)
{
    static const str annotation = STR_INIT("Annotation:"), referent = STR_INIT("Referent:");
    if (!str_starts(out->target, annotation) || !str_starts(out->value, referent))
        return;
    out->is_referent = true;
    out->target = str_sub(out->target, annotation.n, out->target.n);
    out->value = str_sub(out->value, referent.n, out->value.n);
}

static bool lacks(const struct brat_lines *all, const struct brat_line *line, const char *hint)
{
    struct problem *p = brat_line_problem(all, line, line->whole, "%s lacks a part",
                                          kinds[line->kind].what);
    problem_hint(all->problems, p, "it is written: %s", hint);
    return false;
}

/* The second column; the third, if there is one, is in out->words. */
static bool read_body(const struct brat_lines *all, str body, bool has_words, struct brat_line *out)
{
    str rest = body;
    out->label = take_word(&rest);
    switch (out->kind) {
    case BRAT_TEXT:
        if (!has_words || rest.n == 0)
            return lacks(all, out, "T1, tab, TYPE START END, tab, the words");
        return read_fragments(all, rest, out);
    case BRAT_EVENT:
        if (!str_cut(out->label, ':', &out->label, &out->target) || out->target.n == 0)
            return lacks(all, out, "E1, tab, TYPE:TRIGGER ROLE:ID ROLE:ID");
        return read_arguments(all, rest, out);
    case BRAT_RELATION:
        if (!read_arguments(all, rest, out))
            return false;
        return out->part_count == 2 || lacks(all, out, "R1, tab, TYPE Arg1:ID Arg2:ID");
    case BRAT_SAME:
        if (!read_arguments(all, rest, out))
            return false;
        return out->part_count >= 2 || lacks(all, out, "*, tab, Equiv ID ID");
    case BRAT_ATTRIBUTE:
    case BRAT_NAME:
    case BRAT_NOTE:
        out->target = take_word(&rest);
        out->value = str_trim(rest);
        if (out->kind == BRAT_NAME)
            read_referent(out);
        if (out->kind == BRAT_NAME && out->value.n == 0)
            return lacks(all, out, "N1, tab, Reference ID SCHEME:VALUE, tab, words");
        return out->target.n > 0 || lacks(all, out, "A1, tab, TYPE ID, and perhaps a value");
    case BRAT_KINDS:
        break;
    }
    return false;
}

bool brat_line_read(const struct brat_lines *all, str whole, int64_t number, bool is_second,
                    struct brat_line *out)
{
    str body, words;
    *out = (struct brat_line){.whole = whole, .number = number, .is_second = is_second};
    if (str_trim(whole).n == 0 || !read_kind(all, out))
        return false;
    if (!str_cut(whole, '\t', &out->id, &body)) {
        struct problem *p = brat_line_problem(all, out, whole, "there is no tab in this line");
        problem_hint(all->problems, p, "a tab stands between the id and what follows");
        return false;
    }
    out->id = str_trim(out->id);
    bool has_words = str_cut(body, '\t', &body, &words);
    out->words = words;
    return read_body(all, body, has_words, out);
}
