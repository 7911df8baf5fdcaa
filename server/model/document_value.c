#include "model/document_value.h"

#include <math.h>

/* Beyond it not every whole number is a double. */
#define LARGEST_EXACT 9007199254740992.0

static const str refused = {"", 0};

/* ---- strings ---- */

bool document_value_string(struct reading *r, enum document_form form, json_t *json,
                           const struct step *at, str *out)
{
    *out = refused;
    if (!json_is_string(json)) {
        document_problem_type(r, json, "a string", at);
        return false;
    }
    str text = {json_string_value(json), json_string_length(json)};
    str fault = document_form_fault(form, text, r->arena);
    if (fault.n > 0) {
        struct problem *p = document_problem(r, at, text, "%.*s", STR_ARG(fault));
        problem_hint(r->problems, p, "%s", document_form_right(form));
        return false;
    }
    *out = arena_copy(r->arena, text);
    return true;
}

int document_value_word(struct reading *r, enum vocabulary v, json_t *json, const struct step *at,
                        str *out)
{
    if (!document_value_string(r, FORM_WORD, json, at, out))
        return -1;
    size_t n;
    const struct term *terms = vocabulary_terms(v, &n);
    const struct term *found = vocabulary_find(v, *out);
    if (found != NULL)
        return (int)(found - terms);
    struct choice choice;
    document_problem_choose(&choice, *out);
    for (size_t i = 0; i < n; i++)
        document_problem_choice(&choice, terms[i].id);
    document_problem_chosen(
        r, &choice, document_problem(r, at, *out, "there is no such %s", vocabulary_name(v)));
    *out = refused;
    return -1;
}

void document_value_property(struct reading *r, const struct shape *owner, str *text,
                             const struct step *at)
{
    const struct field *field = document_shape_field(owner, *text);
    if (field != NULL && document_shape_supported(field))
        return;
    struct choice choice;
    document_problem_choose(&choice, *text);
    for (size_t i = 0; i < owner->field_count; i++)
        if (document_shape_supported(&owner->fields[i]))
            document_problem_choice(&choice, owner->fields[i].key);
    document_problem_chosen(
        r, &choice,
        document_problem(r, at, *text, "evidence for %s cannot support this", owner->one));
    *text = refused;
}

void document_value_date(struct reading *r, json_t *json, const struct step *at, struct dated *out)
{
    if (!document_value_string(r, FORM_DATE, json, at, &out->text))
        return;
    struct edtf_error error;
    if (edtf_parse(out->text, &out->value, &error))
        return;
    struct problem *p = document_problem(r, at, out->text, "this is no date: at position %zu: %s",
                                         error.position, error.detail);
    problem_hint(r->problems, p, "%s", document_form_right(FORM_DATE));
    out->text = refused;
}

/* ---- numbers ---- */

void document_value_integer(struct reading *r, const struct field *f, json_t *json,
                            const struct step *at, int64_t *out)
{
    double real = json_number_value(json);
    bool whole = json_is_integer(json) ||
                 (json_is_real(json) && real == floor(real) && fabs(real) <= LARGEST_EXACT);
    *out = DOCUMENT_VALUE_REFUSED;
    if (!whole) {
        document_problem_type(r, json, "a whole number", at);
        return;
    }
    int64_t value = json_is_integer(json) ? json_integer_value(json) : (int64_t)real;
    if (value >= f->least && value <= f->most)
        *out = value;
    else
        document_problem(r, at, document_problem_value(r, json),
                         "a whole number from %lld to %lld is needed", (long long)f->least,
                         (long long)f->most);
}

void document_value_constant(struct reading *r, const struct field *f, json_t *json,
                             const struct step *at)
{
    if (json_is_integer(json) && json_integer_value(json) == f->least)
        return;
    struct problem *p = document_problem(r, at, document_problem_value(r, json),
                                         "this is not a version of the format that is read here");
    problem_hint(r->problems, p, "\"%s\": %lld", f->key, (long long)f->least);
}

void document_value_number(struct reading *r, const struct field *f, json_t *json,
                           const struct step *at, double *out)
{
    double value = json_number_value(json);
    if (!json_is_number(json))
        document_problem_type(r, json, "a number", at);
    else if (value < (double)f->least || value > (double)f->most)
        document_problem(r, at, document_problem_value(r, json),
                         "degrees from %lld to %lld are needed", (long long)f->least,
                         (long long)f->most);
    else
        *out = value == 0 ? 0 : value; /* no negative zero */
}
