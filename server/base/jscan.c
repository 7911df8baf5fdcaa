#include "base/jscan.h"

#include "base/num.h"
#include "base/utf8.h"

static size_t skip_space(str s, size_t at)
{
    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\n' || s.p[at] == '\r' || s.p[at] == '\t'))
        at++;
    return at;
}

/* at: an opening quote. Answers the byte after the closing one. */
static size_t skip_string(str s, size_t at)
{
    for (at++; at < s.n; at++) {
        if (s.p[at] == '\\')
            at++;
        else if (s.p[at] == '"')
            return at + 1;
    }
    return s.n;
}

static bool ends_scalar(char c)
{
    return c == ',' || c == '}' || c == ']' || c == ':' || c == ' ' || c == '\n' || c == '\r' ||
           c == '\t';
}

/* The byte after the value that begins at `at`. */
static size_t skip_value(str s, size_t at)
{
    size_t depth = 0;
    while (at < s.n) {
        char c = s.p[at];
        if (c == '"') {
            at = skip_string(s, at);
        } else if (c == '{' || c == '[') {
            depth++;
            at++;
            continue;
        } else if (c == '}' || c == ']') {
            if (depth == 0)
                return at;
            depth--;
            at++;
        } else if (depth > 0 && (c == ',' || c == ':' || ends_scalar(c))) {
            at++;
            continue;
        } else {
            while (at < s.n && !ends_scalar(s.p[at]))
                at++;
        }
        if (depth == 0)
            return at;
    }
    return at;
}

bool jscan_within(str text, size_t depth, size_t tokens, size_t *at)
{
    size_t open = 0;
    size_t seen = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '"') {
            i = skip_string(text, i) - 1;
            seen++;
        } else if (c == '{' || c == '[') {
            open++;
            seen++;
        } else if (c == '}' || c == ']') {
            open -= open > 0;
        } else if (!ends_scalar(c)) {
            while (i + 1 < text.n && !ends_scalar(text.p[i + 1]))
                i++;
            seen++;
        }
        if (open > depth || seen > tokens) {
            *at = i;
            return false;
        }
    }
    return true;
}

bool jscan_member(str object, size_t *at, str *key, str *value)
{
    size_t i = skip_space(object, *at);
    if (i < object.n && object.p[i] == (*at == 0 ? '{' : ','))
        i = skip_space(object, i + 1);
    if (i >= object.n || object.p[i] != '"')
        return false;
    size_t key_end = skip_string(object, i);
    *key = str_sub(object, i + 1, key_end - i - 2);
    i = skip_space(object, key_end);
    i = skip_space(object, i + 1); /* the colon */
    size_t end = skip_value(object, i);
    *value = str_sub(object, i, end - i);
    *at = end;
    return true;
}

bool jscan_element(str array, size_t *at, str *value)
{
    size_t i = skip_space(array, *at);
    char due = *at == 0 ? '[' : ',';
    if (i >= array.n || array.p[i] != due)
        return false;
    i = skip_space(array, i + 1);
    if (i >= array.n || array.p[i] == ']')
        return false;
    *at = skip_value(array, i);
    *value = str_sub(array, i, *at - i);
    return true;
}

/* Whether a key as written equals a pointer's segment, with ~0 and ~1 undone. */
static bool key_matches(str key, str segment)
{
    size_t k = 0;
    for (size_t i = 0; i < segment.n; i++, k++) {
        char c = segment.p[i];
        if (c == '~' && i + 1 < segment.n)
            c = segment.p[++i] == '1' ? '/' : '~';
        if (k >= key.n || key.p[k] != c)
            return false;
    }
    return k == key.n;
}

/* The byte where element number `index` of the array at `at` begins, or text.n. */
static size_t find_element(str text, size_t at, int64_t index)
{
    size_t i = skip_space(text, at + 1);
    while (i < text.n && text.p[i] != ']') {
        if (index-- == 0)
            return i;
        i = skip_space(text, skip_value(text, i));
        if (i < text.n && text.p[i] == ',')
            i = skip_space(text, i + 1);
    }
    return text.n;
}

static size_t find_child(str text, size_t at, str segment)
{
    int64_t index;
    if (text.p[at] == '[')
        return num_parse_i64(segment, &index) && index >= 0 ? find_element(text, at, index)
                                                            : text.n;
    if (text.p[at] != '{')
        return text.n;
    size_t member = 0;
    str object = str_sub(text, at, text.n);
    str key, value;
    while (jscan_member(object, &member, &key, &value))
        if (key_matches(key, segment))
            return (size_t)(value.p - text.p);
    return text.n;
}

size_t jscan_locate(str text, str pointer)
{
    size_t at = skip_space(text, 0);
    while (pointer.n > 0 && at < text.n) {
        str segment, rest;
        str_cut(str_sub(pointer, 1, pointer.n), '/', &segment, &rest);
        size_t child = find_child(text, at, segment);
        if (child >= text.n)
            return at;
        at = child;
        pointer = str_sub(pointer, 1 + segment.n, pointer.n);
    }
    return at;
}

void jscan_line(str text, size_t at, int64_t *line, int64_t *column)
{
    str before = str_sub(text, 0, at);
    size_t start = 0;
    *line = 1;
    for (size_t i = 0; i < before.n; i++) {
        if (before.p[i] == '\n') {
            (*line)++;
            start = i + 1;
        }
    }
    *column = (int64_t)utf8_count(str_sub(before, start, before.n)) + 1;
}
