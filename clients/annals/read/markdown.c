#include "annals/read/markdown.h"

#include "annals/read/annotate.h"
#include "annals/read/reader.h"
#include "base/buf.h"
#include "base/num.h"
#include "model/document.h"

struct reader {
    struct arena *arena;
    struct problems *problems;
    struct front_node *root;
    struct plain plain;
    struct text text; /* of plain */
};

/* ---- the two halves of the file ---- */

/* The line at `at`, without what ends it; *next is where the one after it begins. */
static str line_at(str bytes, size_t at, size_t *next)
{
    str rest = str_sub(bytes, at, bytes.n);
    size_t end = str_find(rest, '\n');
    *next = at + end + (end < rest.n);
    return str_sub(rest, 0, end);
}

static bool is_fence(str line)
{
    str trimmed = str_trim(line);
    return line.n > 0 && line.p[0] == '-' && str_eq(trimmed, STR("---"));
}

static bool split(str bytes, struct problems *problems, str *front, str *body, int64_t *body_line)
{
    size_t at;
    if (!is_fence(line_at(bytes, 0, &at))) {
        struct problem *p = problem_add_line(problems, 1, 1,
                                             "the file does not begin with front matter");
        problem_hint(problems, p, "the first line is ---, then come the keys, then --- again");
        return false;
    }
    size_t start = at;
    for (int64_t line = 2; at < bytes.n; line++) {
        size_t begin = at;
        if (is_fence(line_at(bytes, begin, &at))) {
            *front = str_sub(bytes, start, begin - start);
            *body = str_sub(bytes, at, bytes.n);
            *body_line = line + 1;
            return true;
        }
    }
    struct problem *p = problem_add_line(problems, 1, 1, "the front matter has no end");
    problem_hint(problems, p, "a line --- stands between it and the text");
    return false;
}

/* ---- the document ---- */

static void write_annotation(struct jout *j, const struct text *text, const struct annotation *n)
{
    jout_object(j);
    text_span(j, text, n->link->from, n->link->to);
    if (n->supports.p != NULL) {
        str word, rest = n->supports;
        bool more;
        jout_key(j, "supports");
        jout_array(j);
        do {
            more = str_cut(rest, ',', &word, &rest);
            jout_str(j, word);
        } while (more);
        jout_array_end(j);
    }
    jout_object_end(j);
}

static void write_node(struct jout *j, const struct reader *r, const struct front_node *n);

/* The evidence that the front matter gives itself, then that of the links. */
static void write_evidence(struct jout *j, const struct reader *r, const struct front_node *given,
                           const struct annotation *links)
{
    jout_key(j, "evidence");
    if (given != NULL && given->kind != FRONT_LIST) {
        write_node(j, r, given);
        return;
    }
    jout_array(j);
    for (const struct front_node *n = given != NULL ? given->first : NULL; n != NULL; n = n->next)
        write_node(j, r, n);
    for (const struct annotation *n = links; n != NULL; n = n->next)
        write_annotation(j, &r->text, n);
    jout_array_end(j);
}

static void write_map(struct jout *j, const struct reader *r, const struct front_node *map)
{
    const struct annotation *links = map->mark;
    jout_object(j);
    for (const struct front_node *n = map->first; n != NULL; n = n->next) {
        if (links != NULL && str_eq(n->key, STR("evidence")))
            continue;
        jout_key_str(j, n->key);
        write_node(j, r, n);
    }
    if (links != NULL)
        write_evidence(j, r, front_get(map, STR("evidence")), links);
    if (map == front_get(r->root, STR("source")) && r->plain.text.n > 0 &&
        front_get(map, STR("text")) == NULL)
        jout_member_str(j, "text", r->plain.text);
    jout_object_end(j);
}

static void write_node(struct jout *j, const struct reader *r, const struct front_node *n)
{
    if (n->kind == FRONT_MAP) {
        write_map(j, r, n);
    } else if (n->kind == FRONT_LIST) {
        jout_array(j);
        for (const struct front_node *item = n->first; item != NULL; item = item->next)
            write_node(j, r, item);
        jout_array_end(j);
    } else {
        core_write(j, &n->value);
    }
}

static bool write_document(const struct reader *r, str *json)
{
    struct buf out;
    struct jout j;
    buf_init(&out, DOCUMENT_LARGEST);
    jout_init(&j, &out);
    write_node(&j, r, r->root);
    bool fits = !buf_failed(&out);
    if (fits)
        *json = arena_copy(r->arena, buf_str(&out));
    else
        problem_add_line(r->problems, 1, 1, "the document that this makes is larger than %zu MiB",
                         DOCUMENT_LARGEST / (1024 * 1024));
    buf_free(&out);
    return fits;
}

static bool check_root(struct reader *r)
{
    if (r->root == NULL || r->root->kind != FRONT_MAP) {
        struct problem *p = problem_add_line(r->problems, 2, 1, "the front matter has no keys");
        problem_hint(r->problems, p, "it begins with  annals: 1  and  source:");
        return false;
    }
    const struct front_node *text = front_get(front_get(r->root, STR("source")), STR("text"));
    if (text != NULL) {
        struct problem *p = problem_add_line(r->problems, text->line, text->column,
                                             "the front matter may not give the text");
        problem_hint(r->problems, p, "the text is what stands below the front matter");
    }
    return true;
}

bool markdown_read(str bytes, struct arena *a, struct problems *problems, struct markdown *out)
{
    str front, body;
    struct reader r = {.arena = a, .problems = problems};
    *out = (struct markdown){0};
    if (!reader_check(bytes, DOCUMENT_LARGEST, problems) ||
        !split(bytes, problems, &front, &body, &out->body_line))
        return false;
    size_t before = problems->n;
    r.root = front_read(front, 2, a, problems);
    bool readable = r.root != NULL || problems->n == before;
    plain_read(body, out->body_line, a, problems, &r.plain);
    text_init(&r.text, r.plain.text, a);
    if (!readable || !check_root(&r))
        return false;
    annotate_links(r.root, &r.plain, a, problems);
    out->text = r.plain.text;
    out->root = r.root;
    return write_document(&r, &out->json);
}

/* ---- places ---- */

/* A segment of a pointer with ~1 and ~0 undone; *pointer moves on behind it. */
static str take_segment(str *pointer, char *room, size_t size)
{
    str segment, rest;
    str_cut(str_sub(*pointer, 1, pointer->n), '/', &segment, &rest);
    *pointer = str_sub(*pointer, 1 + segment.n, pointer->n);
    size_t n = 0;
    for (size_t i = 0; i < segment.n && n < size; i++) {
        char c = segment.p[i];
        if (c == '~' && i + 1 < segment.n)
            c = segment.p[++i] == '1' ? '/' : '~';
        room[n++] = c;
    }
    return (str){room, n};
}

/* The link that number `index` of a thing's evidence was made from, or NULL. */
static const struct plain_link *link_at(const struct front_node *map, str index)
{
    int64_t wanted;
    const struct front_node *given = front_get(map, STR("evidence"));
    if (!num_parse_range(index, 0, DOCUMENT_TOKENS, &wanted))
        return NULL;
    wanted -= given != NULL ? (int64_t)given->count : 0;
    const struct annotation *n = wanted >= 0 ? map->mark : NULL;
    while (n != NULL && wanted-- > 0)
        n = n->next;
    return n != NULL ? n->link : NULL;
}

/* The child of n that a segment names, or NULL. */
static const struct front_node *child_of(const struct front_node *n, str segment)
{
    int64_t index;
    if (n->kind == FRONT_LIST && num_parse_range(segment, 0, DOCUMENT_TOKENS, &index))
        return front_at(n, (size_t)index);
    return front_get(n, segment);
}

/* Whether the rest of a pointer, after "/evidence", leads to a link of the thing. */
static bool locate_link(const struct front_node *thing, str rest, int64_t *line, int64_t *column)
{
    char index[24];
    if (rest.n == 0)
        return false;
    const struct plain_link *l = link_at(thing, take_segment(&rest, index, sizeof index));
    if (l == NULL)
        return false;
    *line = l->line;
    *column = l->column;
    return true;
}

void markdown_locate(const struct markdown *m, str pointer, int64_t *line, int64_t *column)
{
    const struct front_node *n = m->root;
    const struct front_node *source = front_get(m->root, STR("source"));
    char room[256];
    while (pointer.n > 0) {
        str segment = take_segment(&pointer, room, sizeof room);
        if (n->kind == FRONT_MAP && str_eq(segment, STR("evidence")) &&
            locate_link(n, pointer, line, column))
            return;
        const struct front_node *child = child_of(n, segment);
        if (child == NULL && n == source && str_eq(segment, STR("text"))) {
            *line = m->body_line;
            *column = 1;
            return;
        }
        if (child == NULL)
            break;
        n = child;
    }
    *line = n->line;
    *column = n->column;
}
