#include "annals/read/xml.h"

/* Without this the header hides the limits of entities, which the library always has. */
#define XML_DTD
#include <expat.h>
#include <stdio.h>
#include <string.h>

#include "annals/read/sentence.h"
#include "base/check.h"
#include "base/utf8.h"

#define BETWEEN '\n' /* what expat puts between a namespace and a name */
#define XML_NAMESPACE "http://www.w3.org/XML/1998/namespace"

/* Expanded entities: so many bytes are fine, then so many times what the file has. */
#define EXPANSION_FREE ((unsigned long long)64 * 1024)
#define EXPANSION_MOST 8.0F

struct loader {
    XML_Parser parser;
    struct arena *arena;
    struct problems *problems;
    struct xml_node *root, *open; /* open: the element under way */
    size_t depth, nodes, words;   /* words: bytes of text and attributes */
    struct buf text;              /* of the text under way */
    char encoding[41];            /* that expat does not know */
    bool refused;                 /* a problem says why */
};

/* ---- what is refused ---- */

static int64_t line_now(const struct loader *l)
{
    return (int64_t)XML_GetCurrentLineNumber(l->parser);
}

static int64_t column_now(const struct loader *l)
{
    return (int64_t)XML_GetCurrentColumnNumber(l->parser) + 1;
}

/* Ends the reading with a problem, unless one was told before. */
static void refuse(struct loader *l, const char *what)
{
    if (!l->refused)
        problem_add_line(l->problems, line_now(l), column_now(l), "%s", what);
    l->refused = true;
    XML_StopParser(l->parser, XML_FALSE);
}

static bool grows(struct loader *l, size_t bytes)
{
    l->words += bytes;
    if (l->words > XML_MOST_TEXT)
        refuse(l, "the words and attributes of the file, entities written out, take more than "
                  "8 MiB");
    return !l->refused;
}

/* ---- expat's calls ---- */

static struct xml_node *add_node(struct loader *l, enum xml_kind kind)
{
    struct xml_node *n = ARENA_NEW(l->arena, struct xml_node), *parent = l->open;
    *n = (struct xml_node){.kind = kind, .parent = parent};
    if (parent != NULL) {
        if (parent->first == NULL)
            parent->first = n;
        else
            parent->last->next = n;
        parent->last = n;
    }
    if (++l->nodes > XML_MOST_NODES)
        refuse(l, "the file has more than 500,000 elements and pieces of text");
    return n;
}

static void end_text(struct loader *l)
{
    if (l->text.n == 0)
        return;
    struct xml_node *n = add_node(l, XML_TEXT);
    n->text = arena_copy(l->arena, buf_str(&l->text));
    buf_clear(&l->text);
}

/* A name as expat gives it: its namespace, BETWEEN, and the name in it. */
static str split_name(const char *full, str *ns)
{
    str head, tail;
    if (str_cut(str_from(full), BETWEEN, &head, &tail)) {
        *ns = head;
        return tail;
    }
    *ns = (str){0};
    return head;
}

static void read_attributes(struct loader *l, struct xml_node *n, const XML_Char **pairs)
{
    struct xml_attribute *list = NULL;
    size_t count = 0, room = 0;
    for (size_t i = 0; pairs[i] != NULL; i += 2) {
        str ns, name = split_name(pairs[i], &ns), value = str_from(pairs[i + 1]);
        bool own = str_eq(ns, STR(XML_NAMESPACE));
        if ((ns.n > 0 && !own) || !grows(l, name.n + value.n))
            continue;
        struct xml_attribute *attribute = ARENA_PUSH(l->arena, list, count, room);
        attribute->name = own ? arena_printf(l->arena, "xml:%.*s", STR_ARG(name))
                              : arena_copy(l->arena, name);
        attribute->value = arena_copy(l->arena, value);
    }
    n->attributes = list;
    n->attribute_count = count;
}

static void XMLCALL on_start(void *context, const XML_Char *full, const XML_Char **pairs)
{
    struct loader *l = context;
    if (l->refused)
        return;
    end_text(l);
    if (++l->depth > XML_DEEPEST) {
        refuse(l, "elements lie more than 128 deep in each other");
        return;
    }
    struct xml_node *n = add_node(l, XML_ELEMENT);
    str ns, name = split_name(full, &ns);
    n->ns = arena_copy(l->arena, ns);
    n->name = arena_copy(l->arena, name);
    n->line = line_now(l);
    n->column = column_now(l);
    read_attributes(l, n, pairs);
    if (l->root == NULL)
        l->root = n;
    l->open = n;
}

static void XMLCALL on_end(void *context, const XML_Char *full)
{
    struct loader *l = context;
    (void)full;
    if (l->refused)
        return;
    end_text(l);
    l->depth--;
    l->open = l->open->parent;
}

static void XMLCALL on_text(void *context, const XML_Char *bytes, int n)
{
    struct loader *l = context;
    if (!l->refused && grows(l, (size_t)n))
        buf_add(&l->text, (str){bytes, (size_t)n});
}

/* An entity that a DTD outside of the file may declare. */
static void XMLCALL on_skipped(void *context, const XML_Char *name, int is_parameter)
{
    struct loader *l = context;
    if (is_parameter || l->refused)
        return;
    refuse(l, arena_printf(l->arena,
                           "&%.*s; is declared nowhere in this file, and nothing outside of it is "
                           "read",
                           STR_ARG(sentence_line(str_from(name), 80, l->arena)))
                  .p);
}

static int XMLCALL on_external(XML_Parser parser, const XML_Char *context, const XML_Char *base,
                               const XML_Char *system, const XML_Char *public)
{
    struct loader *l = XML_GetUserData(parser);
    (void)context;
    (void)base;
    (void)public;
    if (l->refused)
        return XML_STATUS_ERROR;
    str shown = system != NULL ? sentence_line(str_from(system), 80, l->arena) : (str){0};
    refuse(l, arena_printf(l->arena,
                           "what stands here is in another file (%.*s), and nothing "
                           "outside of this one is read",
                           STR_ARG(shown))
                  .p);
    return XML_STATUS_ERROR;
}

static int XMLCALL on_encoding(void *context, const XML_Char *name, XML_Encoding *info)
{
    struct loader *l = context;
    (void)info;
    snprintf(l->encoding, sizeof l->encoding, "%s", name); /* ASCII: expat saw to it */
    return XML_STATUS_ERROR;
}

/* ---- reading ---- */

static void explain(struct loader *l, enum XML_Error error)
{
    struct problem *p;
    if (error == XML_ERROR_UNKNOWN_ENCODING && l->encoding[0] != '\0') {
        p = problem_add_line(l->problems, line_now(l), column_now(l),
                             "the encoding \"%s\" is not read", l->encoding);
        problem_hint(l->problems, p, "UTF-8, UTF-16 and ISO-8859-1 are");
    } else if (error == XML_ERROR_AMPLIFICATION_LIMIT_BREACH) {
        problem_add_line(l->problems, line_now(l), column_now(l),
                         "the entities of this file would be written out to many times its size");
    } else {
        p = problem_add_line(l->problems, line_now(l), column_now(l),
                             "this is not well-formed XML: %s", XML_ErrorString(error));
        if (l->open != NULL)
            problem_hint(l->problems, p, "the element <%.*s> of line %lld is open here",
                         (int)utf8_offset(l->open->name, 40), l->open->name.p,
                         (long long)l->open->line);
    }
}

static void set_up(struct loader *l)
{
    XML_SetUserData(l->parser, l);
    XML_SetElementHandler(l->parser, on_start, on_end);
    XML_SetCharacterDataHandler(l->parser, on_text);
    XML_SetSkippedEntityHandler(l->parser, on_skipped);
    XML_SetExternalEntityRefHandler(l->parser, on_external);
    XML_SetUnknownEncodingHandler(l->parser, on_encoding, l);
    XML_SetParamEntityParsing(l->parser, XML_PARAM_ENTITY_PARSING_NEVER);
    XML_SetBillionLaughsAttackProtectionActivationThreshold(l->parser, EXPANSION_FREE);
    XML_SetBillionLaughsAttackProtectionMaximumAmplification(l->parser, EXPANSION_MOST);
}

struct xml_node *xml_read(str bytes, struct arena *a, struct problems *problems)
{
    if (bytes.n > XML_LARGEST) {
        problem_add_line(problems, 1, 1, "the file is larger than 32 MiB");
        return NULL;
    }
    struct loader l = {.arena = a, .problems = problems};
    l.parser = XML_ParserCreateNS(NULL, BETWEEN);
    ENSURE(l.parser != NULL);
    buf_init(&l.text, XML_MOST_TEXT);
    set_up(&l);
    bool fine = XML_Parse(l.parser, bytes.n > 0 ? bytes.p : "", (int)bytes.n, 1) == XML_STATUS_OK;
    if (!fine && !l.refused)
        explain(&l, XML_GetErrorCode(l.parser));
    XML_ParserFree(l.parser);
    buf_free(&l.text);
    return fine && !l.refused ? l.root : NULL;
}

/* ---- looking ---- */

str xml_get(const struct xml_node *n, const char *name)
{
    for (size_t i = 0; i < n->attribute_count; i++)
        if (str_eq(n->attributes[i].name, str_from(name)))
            return n->attributes[i].value;
    return (str){0};
}

str xml_get_nocase(const struct xml_node *n, const char *name)
{
    for (size_t i = 0; i < n->attribute_count; i++)
        if (str_eq_nocase(n->attributes[i].name, str_from(name)))
            return n->attributes[i].value;
    return (str){0};
}

bool xml_is(const struct xml_node *n, const char *name)
{
    return n->kind == XML_ELEMENT && str_eq(n->name, str_from(name));
}

static struct xml_node *first_named(struct xml_node *n, const char *name)
{
    while (n != NULL && !xml_is(n, name))
        n = n->next;
    return n;
}

struct xml_node *xml_child(const struct xml_node *n, const char *name)
{
    return n == NULL ? NULL : first_named(n->first, name);
}

struct xml_node *xml_again(const struct xml_node *n, const char *name)
{
    return first_named(n->next, name);
}

struct xml_node *xml_beyond(const struct xml_node *n, const struct xml_node *root)
{
    while (n != root && n->next == NULL)
        n = n->parent;
    return n == root ? NULL : n->next;
}

struct xml_node *xml_after(const struct xml_node *n, const struct xml_node *root)
{
    return n->first != NULL ? n->first : xml_beyond(n, root);
}

/* ---- the plain text ---- */

/* What stands between the words so far and the next ones. */
enum gap { GAP_NONE, GAP_BLANK, GAP_LINE, GAP_BLOCK };

struct writer {
    struct buf *out;
    size_t begin; /* of out: no gap stands there */
    xml_rule *rule;
    bool marks;
    enum gap gap;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void widen(struct writer *w, enum gap gap)
{
    if (gap > w->gap)
        w->gap = gap;
}

/* Words with every run of white space as one gap. */
static void write_words(struct writer *w, str text)
{
    static const str gaps[] = {STR_INIT(""), STR_INIT(" "), STR_INIT("\n"), STR_INIT("\n\n")};
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        while (i < text.n && !is_blank(text.p[i]))
            i++;
        if (i > from) {
            if (w->out->n > w->begin)
                buf_add(w->out, gaps[w->gap]);
            w->gap = GAP_NONE;
            buf_add(w->out, str_sub(text, from, i - from));
        }
        for (; i < text.n && is_blank(text.p[i]); i++)
            widen(w, GAP_BLANK);
    }
}

static enum gap gap_of(enum xml_flow flow)
{
    switch (flow) {
    case XML_BLOCK:
        return GAP_BLOCK;
    case XML_LINE:
        return GAP_LINE;
    case XML_BLANK:
        return GAP_BLANK;
    case XML_INLINE:
    case XML_HIDDEN:
        return GAP_NONE;
    }
    UNREACHABLE();
}

static void enter(struct writer *w, struct xml_node *n, enum xml_flow flow)
{
    widen(w, gap_of(flow));
    if (w->marks) {
        n->shown = true;
        n->from = w->out->n;
    }
}

static void leave(struct writer *w, struct xml_node *n, enum xml_flow flow)
{
    widen(w, gap_of(flow));
    if (!w->marks)
        return;
    n->to = w->out->n;
    while (w->rule != NULL && n->from < n->to && is_blank(w->out->p[n->from]))
        n->from++;
}

/* As deep as the tree, which is XML_DEEPEST at most. */
static void write_node(struct writer *w, struct xml_node *n)
{
    if (n->kind == XML_TEXT) {
        if (w->rule != NULL)
            write_words(w, n->text);
        else
            buf_add(w->out, n->text);
        return;
    }
    enum xml_flow flow = w->rule != NULL ? w->rule(n) : XML_INLINE;
    if (flow == XML_HIDDEN)
        return;
    enter(w, n, flow);
    for (struct xml_node *child = n->first; child != NULL; child = child->next)
        write_node(w, child);
    leave(w, n, flow);
}

void xml_plain(struct xml_node *n, xml_rule *rule, struct buf *out)
{
    struct writer w = {.out = out, .begin = out->n, .rule = rule, .marks = true};
    write_node(&w, n);
}

static enum xml_flow all_inline(const struct xml_node *n)
{
    (void)n;
    return XML_INLINE;
}

str xml_words(const struct xml_node *n, xml_rule *rule, struct arena *a)
{
    struct buf out;
    buf_init(&out, XML_MOST_TEXT);
    struct writer w = {.out = &out, .rule = rule != NULL ? rule : all_inline};
    for (struct xml_node *child = n->first; child != NULL; child = child->next)
        write_node(&w, child);
    for (size_t i = 0; i < out.n; i++)
        if (is_blank(out.p[i]))
            out.p[i] = ' ';
    /* An empty line between blocks is one blank here. */
    size_t kept = 0;
    for (size_t i = 0; i < out.n; i++)
        if (out.p[i] != ' ' || i == 0 || out.p[i - 1] != ' ')
            out.p[kept++] = out.p[i];
    str words = arena_copy(a, (str){out.p, kept});
    buf_free(&out);
    return words;
}
