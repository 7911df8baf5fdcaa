/* export: an answer without a limit (limit=all), as a stream of pages. */
#ifndef ANNALS_API_EXPORT_H
#define ANNALS_API_EXPORT_H

#include <stdbool.h>

struct call;

/*
 * Answers a question about events whole. What fits into one piece is an answer like any other; what
 * does not is a stream, of which the first piece is made here, so that what is wrong with the
 * question is still a problem. All pieces are of the version that the call is about.
 */
bool export_answer(struct call *x);

#endif
