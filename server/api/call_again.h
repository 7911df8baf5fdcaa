/* call_again: a call in memory of its own, for an answer that is made when the request is gone. */
#ifndef ANNALS_API_CALL_AGAIN_H
#define ANNALS_API_CALL_AGAIN_H

#include "api/call.h"

/*
 * The same question, read again: it was understood before. *rq becomes its request, without headers
 * and body. Without a reader and an answer; all else lives in `a`, which is its arena.
 */
struct call *call_again(const struct call *x, struct arena *a, struct api_request *rq);

#endif
