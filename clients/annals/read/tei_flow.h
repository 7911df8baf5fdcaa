/* tei_flow: which elements of TEI begin a paragraph or line of the plain text, and which are not
 * part of it. The table in tei_flow.c is the rule. */
#ifndef ANNALS_CLIENT_READ_TEI_FLOW_H
#define ANNALS_CLIENT_READ_TEI_FLOW_H

#include "annals/read/xml.h"

/* An xml_rule. */
enum xml_flow tei_flow(const struct xml_node *n);

#endif
