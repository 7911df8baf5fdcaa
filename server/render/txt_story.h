/* txt_story: all that is known of one event, as text for a terminal. */
#ifndef ANNALS_RENDER_TXT_STORY_H
#define ANNALS_RENDER_TXT_STORY_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "render/drawing.h"

/* Appends lines of at most `width` columns, 40 or more, without the title. */
void txt_story_write(struct buf *out, const struct drawing_mark *m, size_t width, struct arena *a);

/* Appends text, cleaned, as lines of at most `width` columns, each after `indent` blanks. */
void txt_story_wrap(struct buf *out, str text, size_t indent, size_t width, struct arena *a);

#endif
