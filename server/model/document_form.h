/*
 * document_form: what the strings of a document must look like. Inside the model alone; the JSON
 * Schema carries the same patterns and limits, and a test compares the two.
 */
#ifndef ANNALS_MODEL_DOCUMENT_FORM_H
#define ANNALS_MODEL_DOCUMENT_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/document.h"

/* Bytes in a string that has no shorter limit of its own. */
#define DOCUMENT_LONGEST_STRING ((size_t)64 * 1024)

/*
 * X(form, longest in bytes, pattern or NULL, what is right)
 * The pattern says what a form's own check accepts, as ECMA-262 and POSIX extended both read it.
 */
#define DOCUMENT_FORM_TABLE(X)                                                                     \
    X(FORM_LINE, DOCUMENT_LONGEST_STRING, NULL, "one line of text")                                \
    X(FORM_PROSE, DOCUMENT_LONGEST_STRING, NULL, "text, line breaks included")                     \
    X(FORM_TEXT, DOCUMENT_LARGEST, NULL, "the whole text of the source")                           \
    X(FORM_QUOTE, DOCUMENT_LONGEST_STRING, NULL, "words exactly as they stand in the text")        \
    X(FORM_CONTEXT, DOCUMENT_LONGEST_STRING, NULL, "words that stand beside the quoted ones")      \
    X(FORM_WORD, DOCUMENT_LONGEST_ID, NULL, "a word of a closed list")                             \
    X(FORM_PROPERTY, DOCUMENT_LONGEST_ID, NULL, "a key of the thing that the evidence hangs on")   \
    X(FORM_DATE, EDTF_LONGEST, NULL, "a date in EDTF, such as 2021-06-15, 2021-03 or 2021/2022")   \
    X(FORM_ID, DOCUMENT_LONGEST_ID, "^[a-z0-9][a-z0-9_-]*$",                                       \
      "an id has lower-case letters a-z, digits, \"-\" and \"_\", and begins with a letter or "    \
      "digit")                                                                                     \
    X(FORM_SCHEME, 64, "^[a-z][a-z0-9_-]*$",                                                       \
      "a scheme has lower-case letters a-z, digits, \"-\" and \"_\", such as \"wikidata\"")        \
    X(FORM_LANGUAGE, 64, "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",                                    \
      "a language tag of BCP 47, such as \"en\" or \"az-Cyrl\"")                                   \
    X(FORM_SCRIPT, 4, "^[A-Z][a-z]{3}$",                                                           \
      "a script of ISO 15924: four letters, such as \"Latn\" or \"Armn\"")                         \
    X(FORM_URL, DOCUMENT_LONGEST_STRING, "^(https?://|urn:|doi:)[^ ]+$",                           \
      "an address that begins with http://, https://, urn: or doi: and holds no blank")            \
    X(FORM_TAG, 128, "^[^ ,]([^,]*[^ ,])?$",                                                       \
      "a tag has no comma, which separates tags in a query, and no blank at either end")           \
    X(FORM_DIGEST, 64, "^[0-9a-f]{64}$", "a SHA-256 as 64 lower-case hexadecimal digits")

enum document_form {
#define X(form, longest, pattern, right) form,
    DOCUMENT_FORM_TABLE(X)
#undef X
        DOCUMENT_FORMS
};

size_t document_form_longest(enum document_form form);
const char *document_form_pattern(enum document_form form);
const char *document_form_right(enum document_form form);

/* Whether the form takes the empty string. */
bool document_form_may_be_empty(enum document_form form);

/*
 * What is wrong with text, which is valid UTF-8, as a sentence in the arena; empty when it is fine.
 * FORM_WORD, FORM_PROPERTY and FORM_DATE are checked for length and characters alone.
 */
str document_form_fault(enum document_form form, str text, struct arena *arena);

#endif
