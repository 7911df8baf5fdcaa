#include "annals/read/tei.h"

#include "annals/read/sentence.h"
#include "annals/read/tei_date.h"
#include "annals/read/tei_flow.h"
#include "annals/read/tei_parts.h"
#include "model/document_form.h"

#define NAMESPACE "http://www.tei-c.org/ns/1.0"
#define LONGEST_LINE 300 /* code points, of what the header says */

/* ---- shared ---- */

bool tei_has_words(const struct xml_node *n)
{
    return n->shown && n->from < n->to;
}

struct xml_node *tei_find(const struct tei_parts *p, str reference)
{
    int64_t number;
    str id = str_starts(reference, STR("#")) ? str_sub(reference, 1, reference.n) : reference;
    return id.n > 0 && strmap_get(&p->ids, id, &number) ? p->nodes[number] : NULL;
}

str tei_id(struct tei_parts *p, const struct xml_node *n)
{
    str own = xml_get(n, "xml:id");
    if (own.n == 0)
        own = arena_printf(p->arena, "%.*s-%zu", STR_ARG(n->name), ++p->nameless);
    return reader_id(arena_printf(p->arena, "%.*s-%.*s", STR_ARG(p->source), STR_ARG(own)),
                     p->arena);
}

bool tei_is_language(str words, struct arena *a)
{
    return document_form_fault(FORM_LANGUAGE, words, a).n == 0;
}

str tei_language(const struct xml_node *n, struct arena *a)
{
    str language = xml_get(n, "xml:lang");
    return tei_is_language(language, a) ? language : (str){0};
}

/* ---- the tree ---- */

static void find_ids(struct tei_parts *p)
{
    strmap_init(&p->ids, p->arena);
    strmap_init(&p->known, p->arena);
    for (struct xml_node *n = p->root; n != NULL; n = xml_after(n, p->root)) {
        int64_t there;
        str id = n->kind == XML_ELEMENT ? xml_get(n, "xml:id") : (str){0};
        if (id.n == 0)
            continue;
        if (strmap_get(&p->ids, id, &there)) {
            problem_add_line(p->ask->problems, n->line, n->column,
                             "the xml:id \"%.*s\" stands at another element too",
                             STR_ARG(sentence_line(id, 40, p->arena)));
            continue;
        }
        strmap_set(&p->ids, id, (int64_t)p->node_count);
        *ARENA_PUSH(p->arena, p->nodes, p->node_count, p->node_room) = n;
    }
}

/* Elements of other namespaces (formulas, drawings) are not TEI's, whatever their names. */
static void set_apart(struct tei_parts *p)
{
    for (struct xml_node *n = p->root; n != NULL; n = xml_after(n, p->root))
        if (n->kind == XML_ELEMENT && !str_eq(n->ns, p->root->ns))
            n->name = arena_printf(p->arena, "other:%.*s", STR_ARG(n->name));
}

/* The texts of the file, one after the other. */
static void find_text(struct tei_parts *p)
{
    struct buf plain;
    buf_init(&plain, XML_MOST_TEXT + 1024);
    for (struct xml_node *n = p->root; n != NULL;) {
        bool text = xml_is(n, "text");
        if (text) {
            if (plain.n > 0)
                buf_add(&plain, STR("\n\n"));
            xml_plain(n, tei_flow, &plain);
        }
        n = text || xml_is(n, "teiHeader") ? xml_beyond(n, p->root) : xml_after(n, p->root);
    }
    text_init(&p->text, arena_copy(p->arena, buf_str(&plain)), p->arena);
    buf_free(&plain);
}

/* ---- the header ---- */

/* The first element at a path of names with slashes between, below n. */
static const struct xml_node *at(const struct xml_node *n, const char *path)
{
    char name[32];
    while (n != NULL && *path != '\0') {
        size_t length = 0;
        for (; *path != '\0' && *path != '/'; path++)
            if (length < sizeof name - 1)
                name[length++] = *path;
        name[length] = '\0';
        path += *path == '/';
        n = xml_child(n, name);
    }
    return n;
}

static str words_of(struct tei_parts *p, const struct xml_node *n)
{
    return n == NULL ? (str){0}
                     : sentence_line(xml_words(n, tei_flow, p->arena), LONGEST_LINE, p->arena);
}

/* The first of some paths that has words. */
static str first_words(struct tei_parts *p, const struct xml_node *n, const char *const *paths)
{
    str words = {0};
    for (; *paths != NULL && words.n == 0; paths++)
        words = words_of(p, at(n, *paths));
    return words;
}

static str find_title(struct tei_parts *p, const struct xml_node *header)
{
    const struct xml_node *statement = at(header, "fileDesc/titleStmt"), *chosen = NULL;
    for (const struct xml_node *n = xml_child(statement, "title"); n; n = xml_again(n, "title"))
        if (chosen == NULL || (str_eq(xml_get(n, "type"), STR("main")) &&
                               !str_eq(xml_get(chosen, "type"), STR("main"))))
            chosen = n;
    str title = words_of(p, chosen);
    if (title.n == 0)
        title = sentence_line(p->ask->name, LONGEST_LINE, p->arena);
    return title.n > 0 ? title : p->source;
}

static struct when find_published(struct tei_parts *p, const struct xml_node *header)
{
    const struct xml_node *n = at(header, "fileDesc/publicationStmt/date");
    struct when when = {0};
    if (n != NULL && !tei_date_read(n, p->ask, &p->leftover, &when) && !tei_date_any(n))
        when_read(words_of(p, n), p->arena, &when);
    return when;
}

static str find_language(struct tei_parts *p, const struct xml_node *header)
{
    const struct xml_node *used = at(header, "profileDesc/langUsage/language");
    str language = used != NULL ? xml_get(used, "ident") : (str){0};
    if (!tei_is_language(language, p->arena))
        language = xml_get(p->root, "xml:lang");
    return tei_is_language(language, p->arena) ? language : (str){0};
}

static str find_licence(struct tei_parts *p, const struct xml_node *header)
{
    const struct xml_node *n = at(header, "fileDesc/publicationStmt/availability/licence");
    str target = n != NULL ? sentence_line(xml_get(n, "target"), LONGEST_LINE, p->arena) : (str){0};
    return target.n > 0 ? target : words_of(p, n);
}

/* The first number of the publication that is an address. */
static str find_url(struct tei_parts *p, const struct xml_node *header)
{
    const struct xml_node *n = xml_child(at(header, "fileDesc/publicationStmt"), "idno");
    for (; n != NULL; n = xml_again(n, "idno")) {
        str value = words_of(p, n);
        if (str_eq_nocase(xml_get(n, "type"), STR("DOI")) && str_starts(value, STR("10.")))
            value = arena_printf(p->arena, "doi:%.*s", STR_ARG(value));
        if (document_form_fault(FORM_URL, value, p->arena).n == 0)
            return value;
    }
    return (str){0};
}

static void write_creators(struct tei_parts *p, const struct xml_node *header, struct jout *j)
{
    static const char *const names[] = {"author", "editor"};
    const struct xml_node *statement = at(header, "fileDesc/titleStmt");
    const struct mapping *map = p->ask->map;
    bool open = false;
    if (map != NULL && front_get(front_get(map->root, STR("source")), STR("creators")) != NULL)
        return;
    for (size_t i = 0; i < sizeof names / sizeof *names && !open; i++) {
        const struct xml_node *n = xml_child(statement, names[i]);
        for (; n != NULL; n = xml_again(n, names[i])) {
            str name = words_of(p, n);
            if (name.n == 0)
                continue;
            if (!open) {
                jout_key(j, "creators");
                jout_array(j);
            }
            open = true;
            jout_str(j, name);
        }
    }
    if (open)
        jout_array_end(j);
}

static void write_source(struct tei_parts *p)
{
    static const char *const publishers[] = {"fileDesc/publicationStmt/publisher",
                                             "fileDesc/publicationStmt/distributor",
                                             "fileDesc/publicationStmt/authority", NULL};
    const struct xml_node *header = xml_child(p->root, "teiHeader");
    const struct xml_node *date = at(header, "fileDesc/publicationStmt/date");
    struct when published = find_published(p, header);
    struct jout *j = builder_begin(p->out, BUILD_SOURCE, p->root->line, p->root->column);
    if (date != NULL)
        builder_place(p->out, "/published", date->line, date->column);
    const struct mapping_finding found[] = {
        {"title", find_title(p, header)},
        {"publisher", first_words(p, header, publishers)},
        {"published", published.text},
        {"url", find_url(p, header)},
        {"language", find_language(p, header)},
        {"licence", find_licence(p, header)},
        {"text", p->text.bytes},
        {NULL, {0}},
    };
    mapping_source(p->ask->map, j, p->source, found);
    write_creators(p, header, j);
    builder_end(p->out);
}

/* ---- all of it ---- */

static bool is_tei(const struct xml_node *root)
{
    return str_eq(root->ns, STR(NAMESPACE)) || xml_is(root, "TEI") || xml_is(root, "teiCorpus");
}

bool tei_read(const struct reading_ask *ask, struct builder *out)
{
    struct tei_parts p = {.ask = ask, .arena = ask->arena, .out = out};
    p.root = xml_read(ask->bytes, ask->arena, ask->problems);
    if (p.root == NULL)
        return false;
    if (!is_tei(p.root)) {
        struct problem *wrong = problem_add_line(ask->problems, p.root->line, p.root->column,
                                                 "this is not TEI: the root is <%.*s>",
                                                 STR_ARG(sentence_line(p.root->name, 40, p.arena)));
        problem_hint(ask->problems, wrong, "a TEI file has the root <TEI xmlns=\"%s\">%s",
                     NAMESPACE,
                     xml_is(p.root, "TimeML") || xml_is(p.root, "DOC")
                         ? "; --format timeml reads this as TimeML"
                         : "");
        return false;
    }
    leftover_init(&p.leftover, p.arena);
    p.source = mapping_source_id(ask->map, reader_id(ask->name, ask->arena));
    set_apart(&p);
    find_ids(&p);
    find_text(&p);
    write_source(&p);
    mapping_declare(ask->map, out);
    tei_things_find(&p);
    tei_things_write(&p);
    tei_events_write(&p);
    leftover_tell(&p.leftover, ask->notes);
    return true;
}
