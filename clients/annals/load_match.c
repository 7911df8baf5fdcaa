/* Finding the things of a file in the store, and keeping what is doubtful for a person. */
#include "annals/load.h"
#include "annals/term.h"

/* What is doubtful in one file is kept beside it, for a person to decide. */
static const char *keep_doubts(struct load *l, const char *path, const struct match *const *all,
                               size_t n)
{
    const struct match_doubts x = {all, n, l->decisions, path};
    const char *kept;
    struct err e = {0};
    if (!match_doubts_keep(&x, l->file, &kept, &e))
        term_error("%s", e.detail);
    return kept;
}

/* Finds the things of the file that the store has. False: its outcome stands. */
bool load_match(struct load *l, struct outcome *o)
{
    struct err e = {0};
    if (l->no_match)
        return true;
    struct match *m = ARENA_NEW(l->file, struct match);
    match_init(m, l->http, o->input.document->source.id, l->decisions, l->file);
    if (match_document(m, o->input.document, &o->input.json, &e)) {
        o->match = m;
        o->decisions = keep_doubts(l, o->path, &o->match, 1);
        return true;
    }
    if (m->refusal.status != 0) {
        load_refused(l, o, &m->refusal);
        return false;
    }
    l->stopped = e.code != ERR_TOO_LARGE;
    load_ends(l, o, l->stopped ? OUTCOME_NOT_SENT : OUTCOME_INVALID,
              l->stopped ? EXIT_UNREACHABLE : EXIT_FINDINGS,
              arena_copy(l->file, str_from(e.detail)));
    return false;
}

void load_tell_matches(struct load *l, const char *path, const struct match_stream *s)
{
    const struct match **all = NULL;
    size_t n = 0, room = 0;
    for (size_t i = 0; match_stream_found(s, i) != NULL; i++)
        *ARENA_PUSH(l->file, all, n, room) = match_stream_found(s, i);
    const char *kept = keep_doubts(l, path, all, n);
    for (size_t i = 0; i < n; i++) {
        struct outcome o = {.path = path, .match = all[i]};
        if (o.match->linked + o.match->doubtful == 0)
            continue;
        o.decisions = o.match->doubtful > 0 ? kept : NULL;
        if (l->json)
            outcome_write_match(&o);
        else
            match_show(o.match, o.decisions);
    }
}
