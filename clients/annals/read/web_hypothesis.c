#include "annals/read/web_hypothesis.h"

#include "base/jscan.h"
#include "base/jvalue.h"

bool web_hypothesis_is(str object)
{
    return jvalue_member(object, "@context").n == 0 && jvalue_member(object, "annals").n == 0 &&
           jvalue_is_text(jvalue_member(object, "uri")) &&
           web_is_array(jvalue_member(object, "tags")) &&
           web_is_array(jvalue_member(object, "target"));
}

str web_hypothesis_list(str object)
{
    static const char *const names[] = {"rows", "annotations"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t at = 0;
        str list = jvalue_member(object, names[i]), first;
        if (web_is_array(list) && jscan_element(list, &at, &first) && web_hypothesis_is(first))
            return list;
    }
    return (str){0};
}

void web_hypothesis_read(struct web *w, str annotation, struct mention *m, struct web_bodies *out)
{
    str item = {0}, words = str_trim(web_member(w, annotation, "text"));
    *out = (struct web_bodies){0};
    standoff_tell(&w->s, m, words);
    for (size_t at = 0; web_each(jvalue_member(annotation, "tags"), &at, &item);)
        web_body_label(w, out, str_trim(web_text(w, item)));
    if (jvalue_count(jvalue_member(annotation, "references")) > 0)
        web_left_out(w, annotation, "what makes a note an answer to another note");
}

void web_hypothesis_check(struct web *w, str annotation)
{
    if (web_hypothesis_is(annotation))
        return;
    struct problem *p = web_problem(w, annotation, "this is no annotation of Hypothesis");
    problem_hint(w->ask->problems, p, "it has a \"uri\", a list \"tags\" and a list \"target\"");
}

str web_hypothesis_title(struct web *w, str annotation)
{
    size_t at = 0;
    str first = {0}, title = jvalue_member(jvalue_member(annotation, "document"), "title");
    return web_each(title, &at, &first) ? web_text(w, first) : (str){0};
}
