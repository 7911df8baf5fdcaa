#include "model/document.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>

#include "base/jscan.h"
#include "base/utf8.h"
#include "model/document_check.h"
#include "model/document_read.h"

/* Nothing is JSON that is not UTF-8, and nothing is parsed that is too large to be worth it. */
static bool check_limits(str json, struct problems *problems)
{
    int64_t line, column;
    size_t nul = str_find(json, '\0');
    size_t at = utf8_invalid_at(str_sub(json, 0, nul));
    char what[80];
    if (json.n > DOCUMENT_LARGEST) {
        problem_add_line(problems, 1, 1, "the document has %zu bytes; at most %zu are read", json.n,
                         DOCUMENT_LARGEST);
        return false;
    }
    if (at < json.n) {
        snprintf(what, sizeof what, "the byte 0x%02X stands where UTF-8 is needed",
                 (unsigned)(unsigned char)json.p[at]);
    } else if (str_starts(json, STR("\xEF\xBB\xBF"))) {
        at = 0;
        snprintf(what, sizeof what, "the document begins with a byte order mark; leave it out");
    } else if (!jscan_within(json, DOCUMENT_DEPTH, SIZE_MAX, &at)) {
        snprintf(what, sizeof what, "nested more than %d deep", DOCUMENT_DEPTH);
    } else if (json.n > DOCUMENT_TOKENS && !jscan_within(json, SIZE_MAX, DOCUMENT_TOKENS, &at)) {
        snprintf(what, sizeof what, "the document has more than %d keys and values",
                 DOCUMENT_TOKENS);
    } else {
        return true;
    }
    jscan_line(json, at, &line, &column);
    problem_add_line(problems, line, column, "%s", what);
    return false;
}

/* What the parser says, in words of ours where it is brief. */
static const char *syntax_message(const json_error_t *error)
{
    switch ((int)json_error_code(error)) {
    case json_error_premature_end_of_input:
        return "the document ends before it is complete";
    case json_error_end_of_input_expected:
        return "something follows after the end of the document";
    case json_error_duplicate_key:
        return "this key stands in its object twice";
    case json_error_null_byte_in_key:
        return "a key holds the character U+0000";
    case json_error_numeric_overflow:
        return "this number is too large";
    default:
        return NULL;
    }
}

static void report_syntax(const json_error_t *error, struct problems *problems)
{
    str text = str_from(error->text);
    str near = {NULL, 0};
    size_t at = str_search(text, STR(" near '"), 0);
    if (at < text.n) {
        near = str_sub(text, at + 7, text.n - at - 8);
        text.n = at;
    }
    const char *message = syntax_message(error);
    struct problem *p = message ? problem_add(problems, PROBLEM_LINE, STR(""), near, "%s", message)
                                : problem_add(problems, PROBLEM_LINE, STR(""), near,
                                              "this is not "
                                              "JSON: %.*s",
                                              STR_ARG(text));
    p->line = error->line > 0 ? error->line : 1;
    p->column = error->column > 0 ? error->column : 1;
}

json_t *document_parse(str json, struct problems *problems)
{
    json_error_t error;
    if (!check_limits(json, problems))
        return NULL;
    json_t *root = json_loadb(json.n ? json.p : "", json.n,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    if (root == NULL)
        report_syntax(&error, problems);
    return root;
}

struct document *document_decode_anyway(str json, struct arena *arena, struct problems *problems,
                                        bool *syntax)
{
    json_t *root = document_parse(json, problems);
    *syntax = root == NULL;
    if (root == NULL)
        return NULL;
    struct reading r = {arena, problems};
    struct document *d = ARENA_NEW(arena, struct document);
    document_read(&r, root, d);
    json_decref(root);
    for (size_t i = 0; i < d->place_count; i++)
        d->places[i].has_point = !isnan(d->places[i].lat) && !isnan(d->places[i].lon);
    document_check_repeats(&r, d);
    document_circle_check(&r, d);
    document_text_check(&r, d);
    return document_problem_enough(&r) ? NULL : d;
}

struct document *document_decode(str json, struct arena *arena, struct problems *problems,
                                 bool *syntax)
{
    size_t before = problems->n + problems->more;
    struct document *d = document_decode_anyway(json, arena, problems, syntax);
    return problems->n + problems->more == before ? d : NULL;
}
