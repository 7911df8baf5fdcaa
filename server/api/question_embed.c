/* The parameters that say what is embedded, and how. */
#include "api/question_set.h"
#include "model/document.h"

/* A side of the window: one date, and no interval. */
static void set_side(struct question_reading *r, const struct argument *a, struct dated *out)
{
    struct dated date;
    if (!question_date(r, a, "2021-03-24, 2021-03 or 1846", &date))
        return;
    if (date.value.kind == EDTF_DATE)
        *out = date;
    else
        problem_hint(r->problems,
                     question_refuse(r, a, a->text, "it is one end of the window, and no interval"),
                     "such as from=1846&to=1851, or date=1846/1851");
}

static void set_from(struct question_reading *r, const struct argument *a)
{
    set_side(r, a, &r->q->from);
}

static void set_to(struct question_reading *r, const struct argument *a)
{
    set_side(r, a, &r->q->to);
}

void question_embed_window(struct question_reading *r)
{
    struct question *q = r->q;
    struct dated window;
    struct edtf_error error;
    if (q->from.text.p == NULL && q->to.text.p == NULL)
        return;
    if (q->query.date.text.p != NULL) {
        struct problem *p = problem_add(r->problems, PROBLEM_PARAMETER,
                                        q->from.text.p != NULL ? STR("from") : STR("to"), STR(""),
                                        "date= says already what is shown");
        problem_hint(r->problems, p, "leave out one of them");
        return;
    }
    str from = q->from.text.p != NULL ? q->from.text : STR("..");
    str to = q->to.text.p != NULL ? q->to.text : STR("..");
    window.text = arena_printf(r->arena, "%.*s/%.*s", STR_ARG(from), STR_ARG(to));
    if (edtf_parse(window.text, &window.value, &error))
        q->query.date = window;
    else
        problem_add(r->problems, PROBLEM_PARAMETER, STR("to"), to,
                    "no window is made of it and from=: %s", error.detail);
}

static void set_selected(struct question_reading *r, const struct argument *a)
{
    str id = a->values.items[0];
    if (document_is_id(id))
        r->q->selected = id;
    else
        question_refuse(r, a, id, "not the id of an event");
}

static void set_label(struct question_reading *r, const struct argument *a)
{
    r->q->label = a->text;
    if (a->text.n > QUESTION_LONGEST_LABEL)
        problem_add(r->problems, PROBLEM_PARAMETER, a->name, a->text, "it is at most %d bytes long",
                    QUESTION_LONGEST_LABEL);
}

static void set_url(struct question_reading *r, const struct argument *a)
{
    r->q->url = a->text;
}

static void set_maxwidth(struct question_reading *r, const struct argument *a)
{
    question_number(r, a, 1, QUESTION_LARGEST_FRAME, &r->q->most_width);
}

static void set_maxheight(struct question_reading *r, const struct argument *a)
{
    question_number(r, a, 1, QUESTION_LARGEST_FRAME, &r->q->most_height);
}

question_setter *question_embed_setter(enum parameter p)
{
#define S(PARAM, name) [PARAM_##PARAM] = set_##name
    static question_setter *const setters[PARAMETERS] = {
        S(FROM, from),           S(TO, to),   S(SELECTED, selected),
        S(LABEL, label),         S(URL, url), S(MAXWIDTH, maxwidth),
        S(MAXHEIGHT, maxheight),
    };
#undef S
    return p < PARAMETERS ? setters[p] : NULL;
}
