/*
 * web_flat: a text in which every run of white space is one blank, and where it stands in the text
 * that it was made of. Tools quote pages as browsers lay them out, which break lines elsewhere.
 */
#ifndef ANNALS_CLIENT_READ_WEB_FLAT_H
#define ANNALS_CLIENT_READ_WEB_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "annals/read/text.h"
#include "base/arena.h"
#include "base/str.h"

struct web_flat {
    struct text text;
    uint32_t *origin; /* of each of its bytes, and of its end: the byte of the text */
};

/* Whether a byte is white space: blank, tab, line feed, carriage return. */
bool web_flat_is_space(char c);

/* text: valid UTF-8 of less than 4 GiB. */
struct web_flat *web_flat_make(str text, struct arena *a);

/* Words in the same way, in the arena. */
str web_flat_words(str words, struct arena *a);

/* The byte of the flat text at which a byte of the text stands, or the next one that is kept. */
size_t web_flat_at(const struct web_flat *flat, size_t byte);

/* The bytes of the text that bytes [*from, *to) of the flat one, which are some, were. */
void web_flat_origin(const struct web_flat *flat, size_t *from, size_t *to);

#endif
