/* links: addresses of other representations and pages of what a call asks for. */
#ifndef ANNALS_API_LINKS_H
#define ANNALS_API_LINKS_H

#include "api/call.h"

/* The same question, going on where this page ended. The cursor's version and after are set. */
str links_next(struct call *x, const struct cursor *c);

/*
 * The events of the same question, which is one of counts: with name=value added to it, which
 * narrows it, or put in the place of a parameter that is given once. name NULL: as they are.
 */
str links_events(struct call *x, const char *name, str value);

/*
 * The permanent address of what a citation is of: `path` with the filters of the call, pinned to
 * the version; with a fingerprint, unless that is empty, behind it.
 */
str links_pinned(struct call *x, str path, int64_t version, str fingerprint);

/* Before a path where it leaves: the public URL of the settings, else http:// and the Host. */
str links_base(struct call *x);

/* /v1/events with what this question filters and reads by: without what is of an embed alone. */
str links_of_embed(struct call *x);

/*
 * The address that tells how to embed `target`, a path of this server with its query; empty where
 * it would be too long for a header. It names no host that a client made up.
 */
str links_oembed(struct call *x, str target);

/* A JSON array: self, the other formats, and next unless it is empty. */
str links_write(struct call *x, str next);

#endif
