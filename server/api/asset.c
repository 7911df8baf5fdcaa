#include "api/asset.h"

#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/negotiate.h"
#include "base/base64.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/nearest.h"
#include "embedded.h"
#include "render/format.h"

/* ---- all of them ---- */

/* The format that the suffix of a name says. */
static enum format format_of(str name)
{
    enum format f;
    size_t dot = name.n;
    while (dot > 0 && name.p[dot - 1] != '.')
        dot--;
    ENSURE(format_find(str_sub(name, dot, name.n), &f));
    return f;
}

static void digest(struct asset *a)
{
    unsigned char hash[HASH_SIZE_384];
    struct buf text;
    hash_sha384(a->bytes, hash);
    buf_init(&text, sizeof a->integrity - 1);
    buf_add(&text, STR("sha384-"));
    base64_write(&text, (str){(const char *)hash, sizeof hash});
    ENSURE(!buf_failed(&text));
    memcpy(a->integrity, text.p, text.n);
    buf_free(&text);
}

struct asset *asset_all(size_t *n)
{
    struct asset *all = calloc(web_count + 1, sizeof *all);
    ENSURE(all != NULL);
    for (size_t i = 0; i < web_count; i++) {
        all[i].name = str_from(web_files[i].name);
        all[i].bytes = (str){(const char *)web_files[i].bytes, web_files[i].n};
        all[i].type = format_type(format_of(all[i].name));
        digest(&all[i]);
    }
    *n = web_count;
    return all;
}

static const struct asset *find(const struct asset *all, size_t n, str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].name, name))
            return &all[i];
    return NULL;
}

str asset_integrity(const struct asset *all, size_t n, const char *name)
{
    const struct asset *a = find(all, n, str_from(name));
    return a != NULL ? str_from(a->integrity) : STR("");
}

/* ---- answers ---- */

/* The same until another program runs, whatever the store does. */
static bool give(struct call *x, const struct asset *a)
{
    if (x->question.format.n > 0 && x->format != format_of(a->name))
        return err_set(&x->err, ERR_NOT_ACCEPTABLE, "\"%.*s\" is given as it is alone.",
                       STR_ARG(a->name));
    struct api_response *out = x->out;
    str digits = str_sub(str_from(a->integrity), sizeof "sha384-" - 1, 22);
    out->etag = arena_printf(x->arena, "\"%.*s%s\"", STR_ARG(digits),
                             negotiate_gzip(x->rq) ? "-z" : "");
    out->keep = true;
    out->version = -1;
    answer_header(out, "ETag", out->etag);
    answer_header(out, "Cache-Control", STR("no-cache"));
    answer_header(out, "Cross-Origin-Resource-Policy", STR("cross-origin"));
    if (answer_not_modified(x))
        return true;
    answer_body(x, 200, a->type, a->bytes);
    return true;
}

static bool refuse(struct call *x, str name)
{
    struct nearest near = {.word = name};
    for (size_t i = 0; i < x->api->asset_count; i++)
        nearest_try(&near, x->api->assets[i].name);
    if (near.best.n > 0)
        return err_set(&x->err, ERR_NOT_FOUND,
                       "There is no file \"%.*s\" here. Did you mean \"%.*s\"?",
                       STR_ARG(str_sub(name, 0, 100)), STR_ARG(near.best));
    return err_set(&x->err, ERR_NOT_FOUND, "There is no file \"%.*s\" here.",
                   STR_ARG(str_sub(name, 0, 100)));
}

bool asset_get(struct call *x)
{
    const struct asset *a = find(x->api->assets, x->api->asset_count, x->match.id);
    return a != NULL ? give(x, a) : refuse(x, x->match.id);
}

bool asset_timeline(struct call *x)
{
    const struct asset *a = find(x->api->assets, x->api->asset_count, STR(ASSET_TIMELINE));
    return a != NULL ? give(x, a) : refuse(x, STR(ASSET_TIMELINE));
}
