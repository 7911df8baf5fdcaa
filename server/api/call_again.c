#include "api/call_again.h"

#include "base/check.h"

struct call *call_again(const struct call *x, struct arena *a, struct api_request *rq)
{
    struct call *call = ARENA_NEW(a, struct call);
    struct arguments arguments;
    *rq = (struct api_request){.method = x->rq->method, .target = arena_copy(a, x->rq->target)};
    *call = (struct call){.api = x->api,
                          .rq = rq,
                          .arena = a,
                          .target = arena_copy(a, x->target),
                          .route = x->route,
                          .format = x->format,
                          .newest = x->newest,
                          .version = x->version,
                          .pinned = x->pinned};
    str_cut(call->target, '?', &call->path, &call->query);
    route_find(call->path, &call->match);
    problem_init(&call->problems, a);
    argument_read(call->query, call->route, a, &call->problems, &arguments);
    question_read(&arguments, a, &call->problems, &call->question);
    ENSURE(!problem_any(&call->problems));
    call->question.query.version = call->version;
    return call;
}
