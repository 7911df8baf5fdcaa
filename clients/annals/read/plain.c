#include "annals/read/plain.h"

#include <cmark.h>

#include "annals/read/scheme.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/utf8.h"

struct walk {
    str body;
    int64_t lines_before;
    struct arena *arena;
    struct problems *problems;
    size_t *line_starts; /* byte positions in body */
    size_t line_count;
    size_t found_to; /* the addresses of all links so far end before this byte of body */
    struct buf text;
    int64_t points;   /* code points in text */
    cmark_node *last; /* the last block that gave text */
    struct plain_link *links;
    size_t link_count;
    size_t link_room;
    struct plain_link *open; /* the link that is being read */
    bool open_begun;         /* it has words */
    size_t depth;
    size_t inside; /* images and links in links around: links in there do not count */
};

/* ---- places ---- */

/* Lines as CommonMark counts them: they end in LF, CR LF or a lone CR. */
static void find_lines(struct walk *w)
{
    size_t room = 0;
    *ARENA_PUSH(w->arena, w->line_starts, w->line_count, room) = 0;
    for (size_t i = 0; i < w->body.n; i++) {
        char c = w->body.p[i];
        bool lone = c == '\r' && !(i + 1 < w->body.n && w->body.p[i + 1] == '\n');
        if (c == '\n' || lone)
            *ARENA_PUSH(w->arena, w->line_starts, w->line_count, room) = i + 1;
    }
}

/* Where line number `line` (from 1) of the body begins. */
static size_t line_start(const struct walk *w, int line)
{
    if (line < 1)
        return 0;
    return (size_t)line <= w->line_count ? w->line_starts[line - 1] : w->body.n;
}

static void place_of(const struct walk *w, size_t at, int64_t *line, int64_t *column)
{
    size_t low = 0, high = w->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (w->line_starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    size_t start = w->line_starts[low];
    *line = w->lines_before + (int64_t)low + 1;
    *column = (int64_t)utf8_count(str_sub(w->body, start, at - start)) + 1;
}

/* Whether the bytes before `at` open the address of a link: "](", perhaps with blanks or "<". */
static bool after_opening(str body, size_t at, size_t *bracket)
{
    if (at > 0 && body.p[at - 1] == '<')
        at--;
    while (at > 0 && (body.p[at - 1] == ' ' || body.p[at - 1] == '\n' || body.p[at - 1] == '\r'))
        at--;
    if (at < 2 || body.p[at - 1] != '(' || body.p[at - 2] != ']')
        return false;
    *bracket = at - 2;
    return true;
}

/* The "[" that belongs to the "]" at `at`; it does not stand before `from`. */
static size_t opening_bracket(str body, size_t from, size_t at)
{
    size_t depth = 0;
    for (size_t i = at + 1; i-- > from;) {
        if (i > 0 && body.p[i - 1] == '\\')
            continue;
        if (body.p[i] == ']')
            depth++;
        else if (body.p[i] == '[' && --depth == 0)
            return i;
    }
    return at;
}

/*
 * cmark tells in which line a link ends, but not reliably where it begins. So its address is
 * looked up in the body from that line on. A link by reference has no address there; it takes
 * the line and column that cmark gives.
 */
static void locate_link(struct walk *w, cmark_node *node, struct plain_link *link)
{
    int line = cmark_node_get_start_line(node);
    str near = str_sub(w->body, 0, line_start(w, line + 2));
    size_t at = line_start(w, line) > w->found_to ? line_start(w, line) : w->found_to;
    size_t bracket;
    for (; (at = str_search(near, link->url, at)) < near.n; at++) {
        if (after_opening(w->body, at, &bracket)) {
            size_t opening = opening_bracket(w->body, w->found_to, bracket);
            w->found_to = at + link->url.n;
            place_of(w, opening, &link->line, &link->column);
            return;
        }
    }
    link->line = w->lines_before + line;
    link->column = cmark_node_get_start_column(node);
}

/* ---- text ---- */

static void add_text(struct walk *w, str text)
{
    buf_add(&w->text, text);
    w->points += (int64_t)utf8_count(text);
}

/* The block that a paragraph, heading or code block stands in: whatever holds inlines or code. */
static cmark_node *block_of(cmark_node *node)
{
    for (; node != NULL; node = cmark_node_parent(node)) {
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING ||
            type == CMARK_NODE_CODE_BLOCK)
            return node;
    }
    UNREACHABLE();
}

static size_t depth_of(cmark_node *node)
{
    size_t depth = 0;
    while ((node = cmark_node_parent(node)) != NULL)
        depth++;
    return depth;
}

/* Whether the nearest block around both is a tight list, or an item of one. */
static bool tight_together(cmark_node *a, cmark_node *b)
{
    size_t deep_a = depth_of(a), deep_b = depth_of(b);
    for (; deep_a > deep_b; deep_a--)
        a = cmark_node_parent(a);
    for (; deep_b > deep_a; deep_b--)
        b = cmark_node_parent(b);
    while (a != b) {
        a = cmark_node_parent(a);
        b = cmark_node_parent(b);
    }
    if (cmark_node_get_type(a) == CMARK_NODE_ITEM)
        a = cmark_node_parent(a);
    return cmark_node_get_type(a) == CMARK_NODE_LIST && cmark_node_get_list_tight(a);
}

/* Text of a block; what parts it from the block before comes with its first words. */
static void add_block_text(struct walk *w, cmark_node *node, str text)
{
    if (text.n == 0)
        return;
    cmark_node *block = block_of(node);
    if (w->last != NULL && w->last != block)
        add_text(w, tight_together(w->last, block) ? STR("\n") : STR("\n\n"));
    w->last = block;
    if (w->open != NULL && !w->open_begun) {
        w->open->from = w->text.n;
        w->open->start = w->points;
        w->open_begun = true;
    }
    add_text(w, text);
}

static void add_code_block(struct walk *w, cmark_node *node)
{
    str code = str_from(cmark_node_get_literal(node));
    if (str_ends(code, STR("\n")))
        code = str_sub(code, 0, code.n - 1);
    add_block_text(w, node, code);
}

/* ---- HTML ---- */

/* Comments alone, with white space around them. */
static bool only_comments(str html)
{
    for (html = str_trim(html); html.n > 0; html = str_trim(html)) {
        size_t end = str_search(html, STR("-->"), 4);
        if (!str_starts(html, STR("<!--")) || end == html.n)
            return false;
        html = str_sub(html, end + 3, html.n);
    }
    return true;
}

static void check_html(struct walk *w, cmark_node *node)
{
    str html = str_from(cmark_node_get_literal(node));
    if (only_comments(html))
        return;
    struct problem *p = problem_add_line(
        w->problems, w->lines_before + cmark_node_get_start_line(node),
        cmark_node_get_start_column(node), "HTML is not read here, comments apart");
    if (str_starts(str_trim(html), STR("<!--")))
        problem_hint(w->problems, p,
                     "a line that begins with a comment is part of it: put the comment on a line "
                     "of its own");
    else
        problem_hint(w->problems, p, "say it in Markdown, or write \\< for a plain <");
}

/* ---- links ---- */

static void open_link(struct walk *w, cmark_node *node)
{
    struct plain_link *link = ARENA_PUSH(w->arena, w->links, w->link_count, w->link_room);
    *link = (struct plain_link){.url = arena_copy(w->arena, str_from(cmark_node_get_url(node))),
                                .from = w->text.n,
                                .start = w->points};
    locate_link(w, node, link);
    w->open = link;
    w->open_begun = false;
}

static void close_link(struct walk *w)
{
    ENSURE(w->open != NULL);
    w->open->to = w->text.n;
    w->open->end = w->points;
    w->open = NULL;
}

/* "[words](event: farrukh)" is no link, because of the blank; somebody meant one. */
static void check_stray(struct walk *w, cmark_node *node, str text)
{
    for (size_t at = 0; (at = str_search(text, STR("]("), at)) < text.n; at += 2) {
        str rest;
        if (scheme_of(str_sub(text, at + 2, text.n), &rest) == SCHEME_OTHER)
            continue;
        str looks = str_sub(text, at, (size_t)(rest.p - text.p) - at);
        int line_in_body = cmark_node_get_start_line(node);
        int64_t line = w->lines_before + line_in_body;
        int64_t column = cmark_node_get_start_column(node);
        size_t found = str_search(w->body, looks, line_start(w, line_in_body));
        if (found < w->body.n)
            place_of(w, found, &line, &column);
        struct problem *p = problem_add_line(w->problems, line, column, "this is not a link");
        problem_hint(w->problems, p, "the address of a link has no blanks in it");
    }
}

/* ---- the walk ---- */

static void enter(struct walk *w, cmark_node *node)
{
    switch ((int)cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        check_stray(w, node, str_from(cmark_node_get_literal(node)));
        add_block_text(w, node, str_from(cmark_node_get_literal(node)));
        return;
    case CMARK_NODE_CODE:
        add_block_text(w, node, str_from(cmark_node_get_literal(node)));
        return;
    case CMARK_NODE_SOFTBREAK:
        add_block_text(w, node, STR(" "));
        return;
    case CMARK_NODE_LINEBREAK:
        add_block_text(w, node, STR("\n"));
        return;
    case CMARK_NODE_CODE_BLOCK:
        add_code_block(w, node);
        return;
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
        check_html(w, node);
        return;
    case CMARK_NODE_LINK:
        if (w->open == NULL && w->inside == 0)
            open_link(w, node);
        else
            w->inside++;
        return;
    case CMARK_NODE_IMAGE:
        w->inside++;
        return;
    default: /* the containers, emphasis and the thematic break give nothing by themselves */
        return;
    }
}

static void leave(struct walk *w, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type != CMARK_NODE_IMAGE && type != CMARK_NODE_LINK)
        return;
    if (w->inside > 0)
        w->inside--;
    else
        close_link(w);
}

/* False, with the problem said, where blocks nest beyond all reason. */
static bool depth_is_fine(struct walk *w, cmark_node *node)
{
    if (w->depth <= PLAIN_DEEPEST)
        return true;
    problem_add_line(w->problems, w->lines_before + cmark_node_get_start_line(node), 1,
                     "more than %d lists, quotations and emphases within each other",
                     PLAIN_DEEPEST);
    return false;
}

static void walk_tree(struct walk *w, cmark_node *root)
{
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        bool leaf = cmark_node_first_child(node) == NULL;
        if (event == CMARK_EVENT_ENTER) {
            w->depth += !leaf;
            if (!depth_is_fine(w, node))
                break;
            enter(w, node);
        } else {
            w->depth -= !leaf;
            leave(w, node);
        }
    }
    cmark_iter_free(iter);
    if (w->open != NULL)
        close_link(w);
}

void plain_read(str body, int64_t first_line, struct arena *a, struct problems *problems,
                struct plain *out)
{
    struct walk w = {
        .body = body, .lines_before = first_line - 1, .arena = a, .problems = problems};
    buf_init(&w.text, body.n * 6 + 64); /* no construct of CommonMark grows more than that */
    find_lines(&w);
    cmark_node *root = cmark_parse_document(body.n ? body.p : "", body.n, CMARK_OPT_DEFAULT);
    ENSURE(root != NULL);
    walk_tree(&w, root);
    cmark_node_free(root);
    ENSURE(!buf_failed(&w.text));
    *out = (struct plain){arena_copy(a, buf_str(&w.text)), w.links, w.link_count};
    buf_free(&w.text);
}
