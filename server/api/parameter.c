#include "api/parameter.h"

#include "base/check.h"

static const struct {
    str name;
    unsigned flags;
    const char *meaning;
} parameters[] = {
#define X(value, name, flags, meaning) {STR_INIT(name), (flags), meaning},
    PARAMETER_TABLE(X)
#undef X
};

_Static_assert(PARAMETERS <= 64, "a set of parameters is a uint64_t");

const char *parameter_name(enum parameter p)
{
    ENSURE(p < PARAMETERS);
    return parameters[p].name.p;
}

unsigned parameter_flags(enum parameter p)
{
    ENSURE(p < PARAMETERS || p == PARAM_TERM);
    return p == PARAM_TERM ? PARAMETER_SET : parameters[p].flags;
}

const char *parameter_meaning(enum parameter p)
{
    ENSURE(p < PARAMETERS);
    return parameters[p].meaning;
}

bool parameter_find(str name, enum parameter *out)
{
    for (unsigned p = 0; p < PARAMETERS; p++) {
        if (!str_eq(parameters[p].name, name))
            continue;
        *out = (enum parameter)p;
        return true;
    }
    return false;
}
