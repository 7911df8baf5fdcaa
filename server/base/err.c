#include "base/err.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include "base/check.h"

static const struct {
    int status;
    const char *slug;
    const char *title;
} errors[] = {
#define X(code, status, slug, title) [code] = {status, slug, title},
    ERR_TABLE(X)
#undef X
};

bool err_set(struct err *e, enum err_code code, const char *format, ...)
{
    e->code = code;
    va_list args;
    va_start(args, format);
    vsnprintf(e->detail, sizeof e->detail, format, args);
    va_end(args);
    return false;
}

int err_status(enum err_code code)
{
    ENSURE((size_t)code < sizeof errors / sizeof errors[0]);
    return errors[code].status;
}

const char *err_slug(enum err_code code)
{
    ENSURE((size_t)code < sizeof errors / sizeof errors[0]);
    return errors[code].slug;
}

const char *err_title(enum err_code code)
{
    ENSURE((size_t)code < sizeof errors / sizeof errors[0]);
    return errors[code].title;
}
