/*
 * term: what the client writes for people: colour on a terminal alone and never with NO_COLOR
 * (no-color.org) or TERM=dumb, and nothing that could play with the terminal.
 */
#ifndef ANNALS_CLIENT_TERM_H
#define ANNALS_CLIENT_TERM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/str.h"

/* X(value, escape sequence) */
#define TERM_STYLE_TABLE(X)                                                                        \
    X(TERM_BOLD, "\033[1m")                                                                        \
    X(TERM_DIM, "\033[2m")                                                                         \
    X(TERM_RED, "\033[31m")                                                                        \
    X(TERM_GREEN, "\033[32m")                                                                      \
    X(TERM_YELLOW, "\033[33m")

enum term_style {
#define X(value, escape) value,
    TERM_STYLE_TABLE(X)
#undef X
        TERM_PLAIN
};

bool term_is_terminal(FILE *to);

/* Columns of the terminal; 0 where there is none, or it does not say. */
int term_width(FILE *to);

/* What switches a style on or everything off; "" where there is no colour. */
const char *term_on(FILE *to, enum term_style style);
const char *term_off(FILE *to);

/* Text from outside. Control characters other than newline and tab show as "?" on a terminal. */
void term_text(FILE *to, enum term_style style, str text);

/* "annals: " and the message, on standard error, with a newline. */
void term_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A number as people read it, "1,234,567", in room. */
#define TERM_NUMBER_SIZE 32
const char *term_number(int64_t n, char room[TERM_NUMBER_SIZE]);

/* A line of advice below an error: indented, dim. */
void term_hint(FILE *to, str text);

#endif
