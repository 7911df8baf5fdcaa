#include "annals/read/table_json.h"

#include <jansson.h>
#include <stdio.h>

#include "base/jscan.h"
#include "base/jvalue.h"

#define DEPTH 32
#define TOKENS 20000

static bool is_object(struct table_row *row, struct table_fault *fault)
{
    json_error_t error;
    size_t at;
    if (!jscan_within(row->raw, DEPTH, TOKENS, &at)) {
        table_fault_at(row, at, fault, "this object is nested too deeply or has too many values",
                       NULL);
        return false;
    }
    json_t *root = json_loadb(row->raw.p, row->raw.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL,
                              &error);
    if (root == NULL) {
        table_fault_at(row, error.position > 0 ? (size_t)error.position - 1 : 0, fault, "", NULL);
        snprintf(fault->detail, sizeof fault->detail, "this is not well-formed JSON: %s",
                 error.text);
        return false;
    }
    bool fine = json_is_object(root);
    json_decref(root);
    if (!fine)
        table_fault_at(row, 0, fault, "this line is no JSON object", NULL);
    return fine;
}

/* The member that a segment of a pointer names. */
static str member(str object, str name)
{
    str key, value;
    size_t at = 0;
    if (object.n == 0 || object.p[0] != '{')
        return (str){0};
    while (jscan_member(object, &at, &key, &value))
        if (str_eq(key, name))
            return value;
    return (str){0};
}

static str find(str object, str column)
{
    if (column.n == 0 || column.p[0] != '/')
        return member(object, column);
    str rest = str_sub(column, 1, column.n), segment;
    bool more = true;
    while (more && object.n > 0) {
        more = str_cut(rest, '/', &segment, &rest);
        object = member(object, segment);
    }
    return object;
}

static void write_cell(struct buf *out, str value)
{
    str item;
    size_t at = 0;
    if (value.n == 0 || value.p[0] != '[') {
        jvalue_decode(out, value);
        return;
    }
    for (bool first = true; jscan_element(value, &at, &item); first = false) {
        if (!first)
            buf_add(out, STR("; "));
        jvalue_decode(out, item);
    }
}

/* Control characters that escapes stood for. False: there is one, and it is refused. */
static bool clean(str *text, bool drop, struct arena *a, unsigned *character)
{
    struct buf kept;
    bool fine = true;
    buf_init(&kept, text->n + 1);
    for (size_t i = 0; i < text->n && fine; i++) {
        if (!table_control(*text, i, character))
            buf_add_char(&kept, text->p[i]);
        else if (drop)
            i += *character >= 0x80;
        else
            fine = false;
    }
    if (fine && kept.n < text->n)
        *text = arena_copy(a, buf_str(&kept));
    buf_free(&kept);
    return fine;
}

bool table_json_cells(struct table_row *row, const str *columns, size_t n, bool drop_controls,
                      struct arena *a, struct table_fault *fault)
{
    struct buf out;
    unsigned character;
    row->json = true;
    if (!is_object(row, fault))
        return false;
    row->cells = ARENA_ARRAY(a, struct table_cell, n + 1);
    row->n = n;
    buf_init(&out, 2 * TABLE_ROW_LARGEST);
    for (size_t i = 0; i < n; i++) {
        buf_clear(&out);
        write_cell(&out, find(row->raw, columns[i]));
        row->cells[i].text = arena_copy(a, buf_str(&out));
        if (clean(&row->cells[i].text, drop_controls, a, &character))
            continue;
        table_fault_at(row, table_json_at(row, columns[i]), fault, "",
                       "the mapping may say  controls: drop  to leave them out");
        snprintf(fault->detail, sizeof fault->detail,
                 "the control character U+%04X stands in this value", character);
        buf_free(&out);
        return false;
    }
    buf_free(&out);
    return true;
}

size_t table_json_at(const struct table_row *row, str column)
{
    char room[512];
    size_t n = 0;
    if (column.n > 0 && column.p[0] == '/')
        return jscan_locate(row->raw, column);
    room[n++] = '/';
    for (size_t i = 0; i < column.n && n + 2 < sizeof room; i++) {
        bool escaped = column.p[i] == '~' || column.p[i] == '/';
        room[n++] = escaped ? '~' : column.p[i];
        if (escaped)
            room[n++] = column.p[i] == '~' ? '0' : '1';
    }
    return jscan_locate(row->raw, (str){room, n});
}

void table_json_names(const struct table_row *row, struct arena *a, str **names, size_t *n)
{
    struct table_row copy = *row;
    struct table_fault fault;
    str key, value;
    size_t at = 0, room = 0;
    *names = NULL;
    *n = 0;
    if (!is_object(&copy, &fault))
        return;
    while (jscan_member(row->raw, &at, &key, &value))
        *ARENA_PUSH(a, *names, *n, room) = key;
}
