/*
 * web_anchor: finding the segments of annotations in the text at hand. Positions are believed
 * where the quoted words stand there; words that stand elsewhere are anchored again and told; what
 * is not to be found, or not for certain, is a problem.
 */
#ifndef ANNALS_CLIENT_READ_WEB_ANCHOR_H
#define ANNALS_CLIENT_READ_WEB_ANCHOR_H

#include "annals/read/web_target.h"

/*
 * Sets found, from and to of each anchor, against the text of w->s. Positions count the unit that
 * was asked for; else code points, or UTF-16 code units where quotes agree with these alone, which
 * is told.
 */
void web_anchor_find(struct web *w, struct web_anchor *const *anchors, size_t n);

#endif
