/*
 * xml: an XML document (1.0, with namespaces) as a tree whose elements know their place in the
 * file, and the plain text that lies in it; a small layer over expat. Nothing outside of the file
 * is ever read: no external entity, no DTD. Encodings: UTF-8, UTF-16, ISO-8859-1, US-ASCII.
 */
#ifndef ANNALS_CLIENT_READ_XML_H
#define ANNALS_CLIENT_READ_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/problem.h"
#include "base/str.h"

#define XML_LARGEST ((size_t)32 * 1024 * 1024)  /* bytes of a file */
#define XML_MOST_TEXT ((size_t)8 * 1024 * 1024) /* bytes of words and attributes in it */
#define XML_MOST_NODES 500000
#define XML_DEEPEST 128 /* elements within elements */

enum xml_kind { XML_ELEMENT, XML_TEXT };

struct xml_attribute {
    str name; /* "xml:id" for those of XML itself; those of other namespaces are left out */
    str value;
};

struct xml_node {
    enum xml_kind kind;
    str ns;   /* of an element; empty without one */
    str name; /* of an element, without prefix */
    str text; /* of an XML_TEXT, as it stands, line ends being \n */
    const struct xml_attribute *attributes;
    size_t attribute_count;
    struct xml_node *parent, *first, *last, *next;
    int64_t line, column; /* of an element's <, from 1, the column in code points */
    bool shown;           /* xml_plain has met it */
    size_t from, to;      /* of an element that is shown: its bytes in the plain text */
    void *mark;           /* for whoever works with the tree; NULL at the start */
};

/*
 * The root of the document in bytes, which are untrusted and need not outlive the call. NULL, with
 * a problem: it is not well-formed, too deep or too large, speaks of entities that it does not
 * declare, or is in another encoding.
 */
struct xml_node *xml_read(str bytes, struct arena *a, struct problems *problems);

/* The value of an attribute, or the empty str. */
str xml_get(const struct xml_node *n, const char *name);

/* The same, ASCII letters alike in both cases. */
str xml_get_nocase(const struct xml_node *n, const char *name);

/* Whether it is an element of that name, in whatever namespace. */
bool xml_is(const struct xml_node *n, const char *name);

/* The first child element of that name, or NULL; and the next one after it under its parent. */
struct xml_node *xml_child(const struct xml_node *n, const char *name);
struct xml_node *xml_again(const struct xml_node *n, const char *name);

/* The node after n in the order of the file, within root; without what lies in n for xml_beyond.
 * NULL at the end. */
struct xml_node *xml_after(const struct xml_node *n, const struct xml_node *root);
struct xml_node *xml_beyond(const struct xml_node *n, const struct xml_node *root);

/* What an element does to the text that it stands in. */
enum xml_flow {
    XML_INLINE, /* nothing */
    XML_LINE,   /* begins and ends a line */
    XML_BLOCK,  /* stands between empty lines */
    XML_BLANK,  /* separates words */
    XML_HIDDEN  /* it and all in it are left out */
};
typedef enum xml_flow xml_rule(const struct xml_node *n);

/*
 * Appends the text of a node to out and marks where its elements lie there. With a rule, white
 * space is one blank, and blocks and lines have none at their ends. Without one all stands as
 * in the file.
 */
void xml_plain(struct xml_node *n, xml_rule *rule, struct buf *out);

/* The words of a node on one line, without a mark, in the arena; rule may be NULL. */
str xml_words(const struct xml_node *n, xml_rule *rule, struct arena *a);

#endif
