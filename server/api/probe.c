/* Probes: for whoever watches over the process. */
#include <inttypes.h>

#include "api/answer.h"
#include "api/call.h"
#include "api/handlers.h"

static bool say(struct call *x, str json)
{
    answer_header(x->out, "Cache-Control", STR("no-store"));
    answer_body(x, 200, format_type(FORMAT_JSON), json);
    return true;
}

bool probe_health(struct call *x)
{
    return say(x, STR("{\"status\":\"ok\"}"));
}

bool probe_ready(struct call *x)
{
    return store_ready(x->reader, &x->err) &&
           say(x,
               arena_printf(x->arena, "{\"status\":\"ready\",\"version\":%" PRId64 "}", x->newest));
}
