#include "annals/beside.h"

#include <string.h>
#include <unistd.h>

#include "annals/input.h"

/* X(ending of what belongs to another, endings of those to which it may belong) */
#define BESIDE_TABLE(X)                                                                            \
    X(".txt", ".ann .a1 .a2 .jsonld")                                                              \
    X(".a2", ".a1")

static const struct {
    const char *ending;
    const char *owners;
} pairs[] = {
#define X(ending, owners) {ending, owners},
    BESIDE_TABLE(X)
#undef X
};

/* A path without its last ending. */
static str stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return dot != NULL && dot > name ? (str){path, (size_t)(dot - path)} : str_from(path);
}

str beside_name(const char *path)
{
    str stem = stem_of(path);
    size_t from = stem.n;
    while (from > 0 && stem.p[from - 1] != '/')
        from--;
    return str_sub(stem, from, stem.n);
}

bool beside_read(void *context, const char *ending, str *bytes, const char **why)
{
    const struct beside *b = context;
    struct err e = {0};
    bool named = b->text != NULL && strcmp(ending, "txt") == 0;
    str stem = stem_of(b->path);
    const char *path = named ? b->text : arena_printf(b->arena, "%.*s.%s", STR_ARG(stem), ending).p;
    if (input_read_raw(path, INPUT_LARGEST, b->arena, bytes, &e))
        return true;
    *why = arena_printf(b->arena, "%s %s", path, e.detail).p;
    return false;
}

bool beside_belongs(const char *path)
{
    char room[4096];
    str stem = stem_of(path), owner;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (!str_ends(str_from(path), str_from(pairs[i].ending)))
            continue;
        for (str rest = str_from(pairs[i].owners); rest.n > 0;) {
            str_cut(rest, ' ', &owner, &rest);
            if (stem.n + owner.n >= sizeof room)
                continue;
            memcpy(room, stem.p, stem.n);
            memcpy(room + stem.n, owner.p, owner.n);
            room[stem.n + owner.n] = '\0';
            if (access(room, F_OK) == 0)
                return true;
        }
    }
    return false;
}
