/* openapi_parameter: the parameters of the interface as Parameter Objects of OpenAPI 3.0. */
#ifndef ANNALS_API_OPENAPI_PARAMETER_H
#define ANNALS_API_OPENAPI_PARAMETER_H

#include "api/example.h"
#include "api/parameter.h"
#include "api/route.h"
#include "base/jout.h"

/* Whether the parameter is the same everywhere, and described once for all routes. */
bool openapi_parameter_is_shared(enum parameter p);

/* One Parameter Object; negated: of NAME__not. */
void openapi_parameter_write(struct jout *j, const struct route *route, enum parameter p,
                             bool negated, const struct example_ids *ids);

/* Of a filter on items. */
void openapi_parameter_write_term(struct jout *j, enum item_kind kind, const char *term,
                                  bool negated, const struct example_ids *ids);

/* Of what stands in the path. */
void openapi_parameter_write_path(struct jout *j, const struct route *route,
                                  const struct example_ids *ids);

#endif
