/*
 * disagreement_list: a page of disagreements, as /v1/disagreements gives them, in the formats for
 * spreadsheets and terminals.
 */
#ifndef ANNALS_RENDER_DISAGREEMENT_LIST_H
#define ANNALS_RENDER_DISAGREEMENT_LIST_H

#include "base/buf.h"
#include "render/page.h"

/* The names of the columns, ended by NULL. */
extern const char *const disagreement_list_columns[];

/*
 * A row for each value, of the columns that page->fields names, all unless given. Those of one
 * disagreement stand together; lists are joined by "; ".
 */
void disagreement_list_csv(struct buf *out, const struct page *page);

/* Each disagreement in a few lines of at most `width` columns; 0 for 80. */
void disagreement_list_txt(struct buf *out, const struct page *page, int width);

/* "2 days apart", "2 to 30 days apart": of the member spread_days; nothing of null. */
void disagreement_list_apart(struct buf *out, str spread);

#endif
