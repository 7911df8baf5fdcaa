#include "embedded.h"

#include <string.h>

#include "base/check.h"

str embedded_find(const char *name)
{
    for (size_t i = 0; i < embedded_count; i++)
        if (strcmp(embedded_files[i].name, name) == 0)
            return (str){(const char *)embedded_files[i].bytes, embedded_files[i].n};
    check_failed(__FILE__, __LINE__, name);
}
