/* localise: names of actors and places in the languages that lang= asks for. */
#ifndef ANNALS_API_LOCALISE_H
#define ANNALS_API_LOCALISE_H

#include "api/call.h"
#include "base/str.h"

/*
 * The name that an actor's or place's finished document has in the dearest language that it has one
 * in, a JSON string as it stands there; empty where the stored name is to be shown.
 */
str localise_pick(const struct strs *languages, str document);

/*
 * Puts an actor's or place's document, in the call's arena, in the place of *document, with its
 * "name" in the language that the call asks for. Nothing without lang=.
 */
void localise_item(struct call *x, str *document);

/*
 * Likewise an event's document, with the names of its participants and places; each actor and place
 * is looked up once a call. False with the call's err when the store fails.
 */
bool localise_event(struct call *x, str *document);

#endif
