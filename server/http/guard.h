/*
 * guard: strict HTTP/1.x over a request's head as the library left it, before anything else looks
 * at the request. The library is lenient (folded lines, `Name :`, a bare LF, a NUL, repeated
 * framing fields …), and what one server reads leniently and another strictly is how requests are
 * smuggled. Nothing is mended here: what is not well-formed is refused.
 *
 * Rules: RFC 9112 (message syntax), RFC 9110 section 7.2 (Host) and 5.1, 5.5 (fields).
 */
#ifndef ANNALS_HTTP_GUARD_H
#define ANNALS_HTTP_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/api.h"
#include "base/err.h"
#include "base/str.h"

#define GUARD_TARGET 8192 /* longest target, bytes: 414 */
#define GUARD_FIELDS 64   /* most header fields: 431 */
#define GUARD_HEAD 16384  /* longest header section, bytes, without the request line: 431 */

/*
 * The head of one request. The strs are borrowed pieces of one run of bytes, the head as it was
 * received, in which the library has put NULs over the separators: that they join without a gap is
 * how a folded line, a NUL, a bare LF and surplus blanks are found.
 */
struct guard_head {
    str method;
    str target;
    str version; /* "HTTP/1.1" */
    struct api_header fields[GUARD_FIELDS];
    size_t field_count; /* may be larger than GUARD_FIELDS: then the rest is not in fields */
    size_t size;        /* bytes from the method to the end of the blank line */

    /* Set by guard_check. */
    bool chunked;
    int64_t length; /* Content-Length, 0 without one */
};

/*
 * False sets *e to what is wrong: 400, 414, 417 or 431. True sets the framing in *h and takes the
 * trailing white space off the values.
 */
bool guard_check(struct guard_head *h, struct err *e);

/* Whether text is host[:port] as a Host field may name it; an empty host is not. */
bool guard_is_host(str text);

#endif
