#include "api/openapi_parameter.h"

#include <stdio.h>
#include <string.h>

#include "api/shape.h"
#include "render/format.h"

bool openapi_parameter_is_shared(enum parameter p)
{
    return p != PARAM_FORMAT && p != PARAM_LIMIT && p != PARAM_BY;
}

static void write_words(struct jout *j, words_list *words)
{
    jout_member_text(j, "type", "string");
    jout_key(j, "enum");
    jout_array(j);
    for (size_t i = 0; words(i) != NULL; i++)
        jout_text(j, words(i));
    jout_array_end(j);
}

static void write_formats(struct jout *j, const struct route *route)
{
    jout_member_text(j, "type", "string");
    jout_key(j, "enum");
    jout_array(j);
    for (unsigned f = 0; f < FORMATS; f++)
        if (route->formats & FORMAT_BIT(f))
            jout_str(j, format_name((enum format)f));
    jout_array_end(j);
}

static void write_number(struct jout *j, const struct shape *s)
{
    jout_member_text(j, "type", "integer");
    jout_member_text(j, "format", "int64");
    jout_member_i64(j, "minimum", s->least);
    if (s->most < INT64_MAX)
        jout_member_i64(j, "maximum", s->most);
}

/* The schema of one value. */
static void write_value(struct jout *j, const struct route *route, enum parameter p)
{
    struct shape s = shape_of(p, route);
    jout_object(j);
    if (p == PARAM_FORMAT) {
        write_formats(j, route);
    } else if (s.kind == SHAPE_WORD) {
        write_words(j, s.words);
    } else if (s.kind == SHAPE_FLAG) {
        jout_member_text(j, "type", "boolean");
    } else if (s.kind == SHAPE_NUMBER && s.or_all) {
        jout_key(j, "oneOf");
        jout_array(j);
        jout_object(j);
        write_number(j, &s);
        jout_object_end(j);
        jout_raw(j, STR("{\"type\":\"string\",\"enum\":[\"all\"]}"));
        jout_array_end(j);
    } else if (s.kind == SHAPE_NUMBER) {
        write_number(j, &s);
    } else {
        jout_member_text(j, "type", "string");
        jout_member_i64(j, "minLength", 1);
    }
    jout_object_end(j);
}

/* How several values are given, in words. */
static const char *several(unsigned flags)
{
    if (flags & PARAMETER_MANY && flags & PARAMETER_LIST)
        return ". Repeated: all of them must hold; a comma within one separates values of which any"
               " will do.";
    if (flags & PARAMETER_MANY)
        return ". Repeated: all of them must hold.";
    if (flags & PARAMETER_LIST)
        return ". A comma separates several values.";
    return ".";
}

static void write_description(struct jout *j, const char *meaning, bool negated, unsigned flags)
{
    struct buf text;
    buf_init(&text, 2000);
    buf_printf(&text, "%s%s%s", negated ? "None of these: " : "", meaning,
               negated ? ". A comma separates several values." : several(flags));
    jout_member_str(j, "description", buf_str(&text));
    buf_free(&text);
}

static void write_name(struct jout *j, const char *name, bool negated)
{
    char whole[140];
    snprintf(whole, sizeof whole, "%s%s", name, negated ? "__not" : "");
    jout_member_text(j, "name", whole);
    jout_member_text(j, "in", "query");
}

/*
 * Repeated values are an array that explodes into repeated parameters (of which each may have its
 * commas); values that a comma alone separates are one that does not.
 */
static void write_schema(struct jout *j, const struct route *route, enum parameter p,
                         unsigned flags)
{
    bool many = flags & PARAMETER_MANY, list = flags & PARAMETER_LIST;
    /* A comma in a repeated parameter is part of its text: no list of words holds for it. */
    bool any_text = many && list;
    if (many || list) {
        jout_member_text(j, "style", "form");
        jout_member_bool(j, "explode", many);
    }
    jout_key(j, "schema");
    if (!many && !list) {
        write_value(j, route, p);
        return;
    }
    jout_object(j);
    jout_member_text(j, "type", "array");
    jout_member_i64(j, "minItems", 1);
    jout_key(j, "items");
    if (any_text)
        jout_raw(j, STR("{\"type\":\"string\",\"minLength\":1}"));
    else
        write_value(j, route, p);
    jout_object_end(j);
}

static void write_example(struct jout *j, str example, unsigned flags)
{
    if (example.n == 0)
        return;
    jout_key(j, "example");
    if (flags & (PARAMETER_MANY | PARAMETER_LIST)) {
        jout_array(j);
        jout_str(j, example);
        jout_array_end(j);
    } else {
        jout_str(j, example);
    }
}

void openapi_parameter_write(struct jout *j, const struct route *route, enum parameter p,
                             bool negated, const struct example_ids *ids)
{
    unsigned flags = parameter_flags(p);
    jout_object(j);
    write_name(j, parameter_name(p), negated);
    write_description(j, parameter_meaning(p), negated, flags);
    if (flags & PARAMETER_FLAG)
        jout_member_bool(j, "allowEmptyValue", true);
    write_schema(j, route, p, flags);
    if (shape_of(p, route).kind == SHAPE_TEXT)
        write_example(j, example_of_parameter(route, p, ids), flags);
    jout_object_end(j);
}

void openapi_parameter_write_term(struct jout *j, enum item_kind kind, const char *term,
                                  bool negated, const struct example_ids *ids)
{
    char meaning[200];
    snprintf(meaning, sizeof meaning, "The %s of the items", term);
    for (char *p = meaning; *p != '\0'; p++)
        if (*p == '_')
            *p = ' ';
    jout_object(j);
    write_name(j, term, negated);
    write_description(j, meaning, negated, PARAMETER_SET);
    jout_member_text(j, "style", "form");
    jout_member_bool(j, "explode", true);
    jout_key(j, "schema");
    jout_raw(j, STR("{\"type\":\"array\",\"minItems\":1,\"items\":{\"type\":\"string\","
                    "\"minLength\":1}}"));
    write_example(j, example_of_term(kind, term, ids), PARAMETER_SET);
    jout_object_end(j);
}

void openapi_parameter_write_path(struct jout *j, const struct route *route,
                                  const struct example_ids *ids)
{
    const char *open = strchr(route->path, '{');
    str example = example_of_path(route, ids);
    if (open == NULL)
        return;
    str name = str_from(open + 1);
    name = str_sub(name, 0, str_find(name, '}'));
    bool number = str_eq(name, STR("n"));
    jout_object(j);
    jout_member_str(j, "name", name);
    jout_member_text(j, "in", "path");
    jout_member_bool(j, "required", true);
    jout_member_text(j, "description",
                     number        ? "The number of a changeset"
                     : route->file ? "The name of a file"
                                   : "An id");
    jout_key(j, "schema");
    jout_raw(j, number ? STR("{\"type\":\"integer\",\"format\":\"int64\",\"minimum\":1}")
                       : STR("{\"type\":\"string\",\"minLength\":1,\"maxLength\":128}"));
    if (example.n > 0 && number) {
        jout_key(j, "example");
        jout_raw(j, example);
    } else if (example.n > 0) {
        jout_member_str(j, "example", example);
    }
    jout_object_end(j);
}
