#include "render/format.h"

#include "base/check.h"

static const struct {
    str name;
    str type;
    format_writer *write;
} formats[] = {
#define X(value, name, type, write) {STR_INIT(name), STR_INIT(type), write},
    FORMAT_TABLE(X)
#undef X
};

str format_name(enum format f)
{
    ENSURE(f < FORMATS);
    return formats[f].name;
}

str format_type(enum format f)
{
    ENSURE(f < FORMATS);
    return formats[f].type;
}

format_writer *format_write(enum format f)
{
    ENSURE(f < FORMATS);
    return formats[f].write;
}

bool format_find(str name, enum format *out)
{
    for (unsigned f = 0; f < FORMATS; f++) {
        if (!str_eq(formats[f].name, name))
            continue;
        *out = (enum format)f;
        return true;
    }
    return false;
}

void format_names(struct buf *out, unsigned set)
{
    const char *between = "";
    for (unsigned f = 0; f < FORMATS; f++) {
        if (!(set & FORMAT_BIT(f)))
            continue;
        buf_printf(out, "%s%s", between, formats[f].name.p);
        between = ", ";
    }
}
