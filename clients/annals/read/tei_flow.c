#include "annals/read/tei_flow.h"

/* X(element, flow); all others are inline. Of a <choice>, see below. */
#define FLOW_TABLE(X)                                                                              \
    X("ab", XML_BLOCK)                                                                             \
    X("address", XML_BLOCK)                                                                        \
    X("argument", XML_BLOCK)                                                                       \
    X("back", XML_BLOCK)                                                                           \
    X("body", XML_BLOCK)                                                                           \
    X("byline", XML_BLOCK)                                                                         \
    X("castList", XML_BLOCK)                                                                       \
    X("closer", XML_BLOCK)                                                                         \
    X("div", XML_BLOCK)                                                                            \
    X("div1", XML_BLOCK)                                                                           \
    X("div2", XML_BLOCK)                                                                           \
    X("div3", XML_BLOCK)                                                                           \
    X("div4", XML_BLOCK)                                                                           \
    X("div5", XML_BLOCK)                                                                           \
    X("div6", XML_BLOCK)                                                                           \
    X("div7", XML_BLOCK)                                                                           \
    X("docImprint", XML_BLOCK)                                                                     \
    X("docTitle", XML_BLOCK)                                                                       \
    X("epigraph", XML_BLOCK)                                                                       \
    X("event", XML_BLOCK)                                                                          \
    X("figure", XML_BLOCK)                                                                         \
    X("floatingText", XML_BLOCK)                                                                   \
    X("front", XML_BLOCK)                                                                          \
    X("group", XML_BLOCK)                                                                          \
    X("head", XML_BLOCK)                                                                           \
    X("lg", XML_BLOCK)                                                                             \
    X("list", XML_BLOCK)                                                                           \
    X("listBibl", XML_BLOCK)                                                                       \
    X("listEvent", XML_BLOCK)                                                                      \
    X("listOrg", XML_BLOCK)                                                                        \
    X("listPerson", XML_BLOCK)                                                                     \
    X("listPlace", XML_BLOCK)                                                                      \
    X("listRelation", XML_BLOCK)                                                                   \
    X("opener", XML_BLOCK)                                                                         \
    X("org", XML_BLOCK)                                                                            \
    X("p", XML_BLOCK)                                                                              \
    X("person", XML_BLOCK)                                                                         \
    X("place", XML_BLOCK)                                                                          \
    X("postscript", XML_BLOCK)                                                                     \
    X("sp", XML_BLOCK)                                                                             \
    X("table", XML_BLOCK)                                                                          \
    X("text", XML_BLOCK)                                                                           \
    X("titlePage", XML_BLOCK)                                                                      \
    X("trailer", XML_BLOCK)                                                                        \
    X("addrLine", XML_LINE)                                                                        \
    X("castItem", XML_LINE)                                                                        \
    X("dateline", XML_LINE)                                                                        \
    X("desc", XML_LINE)                                                                            \
    X("docAuthor", XML_LINE)                                                                       \
    X("docDate", XML_LINE)                                                                         \
    X("item", XML_LINE)                                                                            \
    X("l", XML_LINE)                                                                               \
    X("label", XML_LINE)                                                                           \
    X("lb", XML_LINE)                                                                              \
    X("row", XML_LINE)                                                                             \
    X("salute", XML_LINE)                                                                          \
    X("signed", XML_LINE)                                                                          \
    X("speaker", XML_LINE)                                                                         \
    X("stage", XML_LINE)                                                                           \
    X("titlePart", XML_LINE)                                                                       \
    X("cb", XML_BLANK)                                                                             \
    X("cell", XML_BLANK)                                                                           \
    X("gb", XML_BLANK)                                                                             \
    X("milestone", XML_BLANK)                                                                      \
    X("note", XML_BLANK)                                                                           \
    X("pb", XML_BLANK)                                                                             \
    X("space", XML_BLANK)                                                                          \
    X("certainty", XML_HIDDEN)                                                                     \
    X("del", XML_HIDDEN)                                                                           \
    X("facsimile", XML_HIDDEN)                                                                     \
    X("figDesc", XML_HIDDEN)                                                                       \
    X("fw", XML_HIDDEN)                                                                            \
    X("geo", XML_HIDDEN)                                                                           \
    X("idno", XML_HIDDEN)                                                                          \
    X("interp", XML_HIDDEN)                                                                        \
    X("metamark", XML_HIDDEN)                                                                      \
    X("precision", XML_HIDDEN)                                                                     \
    X("rdg", XML_HIDDEN)                                                                           \
    X("respons", XML_HIDDEN)                                                                       \
    X("spanGrp", XML_HIDDEN)                                                                       \
    X("standOff", XML_HIDDEN)                                                                      \
    X("surplus", XML_HIDDEN)                                                                       \
    X("teiHeader", XML_HIDDEN)                                                                     \
    X("xenoData", XML_HIDDEN)

static const struct {
    const char *name;
    enum xml_flow flow;
} flows[] = {
#define X(name, flow) {name, flow},
    FLOW_TABLE(X)
#undef X
};

/* Of two readings of the same words the edited one is the text. */
static bool is_other_reading(const struct xml_node *n)
{
    return n->parent != NULL && xml_is(n->parent, "choice") &&
           (xml_is(n, "sic") || xml_is(n, "orig") || xml_is(n, "abbr"));
}

enum xml_flow tei_flow(const struct xml_node *n)
{
    if (is_other_reading(n))
        return XML_HIDDEN;
    for (size_t i = 0; i < sizeof flows / sizeof *flows; i++) {
        if (!xml_is(n, flows[i].name))
            continue;
        /* <lb break="no"/> stands within a word. */
        bool within = str_eq(xml_get(n, "break"), STR("no"));
        return within && n->first == NULL ? XML_INLINE : flows[i].flow;
    }
    return XML_INLINE;
}
