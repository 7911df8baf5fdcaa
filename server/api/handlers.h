/* handlers: what the routes answer with; each file of that name has its own. */
#ifndef ANNALS_API_HANDLERS_H
#define ANNALS_API_HANDLERS_H

#include "api/route.h"

struct call;

route_handler home_page, home_icon;
route_handler probe_health, probe_ready;
route_handler events_list, events_get, events_part;
/* Adds what the question names and the store does not know to the problems that there are. */
void events_unknown(struct call *x);
/* Answers a question about events that is refused, for people: the page says why, and its script
 * and form go on from there. The call's err and problems are set. */
void events_refused(struct call *x);
/* The same in a frame. */
void embed_refused(struct call *x);
route_handler counting_histogram, counting_facets;
route_handler disagreements_list;
route_handler history_list;
route_handler graph_get;
route_handler cite_question, cite_event;
route_handler suggest_list;
route_handler items_list, items_get;
route_handler sources_get, sources_text, sources_annotations, sources_document, sources_records;
route_handler changesets_list, changesets_get;
route_handler changes_list;
route_handler asset_get, asset_timeline;
route_handler embed_page, oembed_get;
route_handler openapi_get, docs_page;
route_handler write_post, write_put, write_delete;
route_handler batch_post;

#endif
