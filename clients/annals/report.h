/*
 * report: problems as people and machines read them: "file:line:column: what is wrong", the hint
 * below; or one JSON object.
 */
#ifndef ANNALS_CLIENT_REPORT_H
#define ANNALS_CLIENT_REPORT_H

#include <stdio.h>

#include "annals/input.h"
#include "base/jout.h"
#include "base/problem.h"
#include "base/str.h"

/* A problem at a line and column of a file; `at` is a pointer that is shown behind it. */
void report_in_file(FILE *to, str file, const struct problem *p);

/* A problem of a request: with the name of the parameter, header or pointer before it. */
void report_in_request(FILE *to, const struct problem *p);

/* How many problems there were beyond those that were kept; nothing for 0. */
void report_more(FILE *to, size_t more);

/* {"line", "column", "pointer" or "parameter" or "header", "value", "detail", "hint"} */
void report_json(struct jout *j, const struct problem *p);

#endif
