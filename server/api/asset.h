/*
 * asset: what browsers are given beside pages, embedded into the program: the timeline's module,
 * scripts, style sheets, the coastlines. clients/web/CMakeLists.txt says what there is.
 */
#ifndef ANNALS_API_ASSET_H
#define ANNALS_API_ASSET_H

#include <stddef.h>

#include "base/str.h"

/* The module that other people's pages load. */
#define ASSET_TIMELINE "annals-timeline.js"

/* "sha384-" and the digest in Base64, as an integrity attribute has it (SRI). */
#define ASSET_INTEGRITY_SIZE 80

struct asset {
    str name;
    str bytes;
    str type;
    char integrity[ASSET_INTEGRITY_SIZE];
};

/* All of them; the caller frees them with free(). */
struct asset *asset_all(size_t *n);

/* The integrity of the one of that name; empty when there is none. */
str asset_integrity(const struct asset *all, size_t n, const char *name);

#endif
