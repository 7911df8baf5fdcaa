#include "annals/read/web_check.h"

#include <string.h>

#include "base/jvalue.h"

#define DEEPEST 8 /* bodies within bodies */

/* X(key, form, what is right): u one address, a addresses or agents, t one instant, s one string,
 * l strings, d a direction of text */
#define RULE_TABLE(X)                                                                              \
    X("canonical", 'u', "one address")                                                             \
    X("rights", 'a', "an address, or several")                                                     \
    X("via", 'a', "an address, or several")                                                        \
    X("creator", 'a', "an agent: an address or an object")                                         \
    X("generator", 'a', "an agent: an address or an object")                                       \
    X("created", 't', "one instant: 2015-01-28T12:00:00Z")                                         \
    X("modified", 't', "one instant: 2015-01-28T12:00:00Z")                                        \
    X("generated", 't', "one instant: 2015-01-28T12:00:00Z")                                       \
    X("format", 'l', "a media type as a string, or several")                                       \
    X("language", 'l', "a language tag as a string, or several")                                   \
    X("processingLanguage", 's', "one language tag")                                               \
    X("textDirection", 'd', "ltr, rtl or auto")

static const struct {
    const char *key;
    char form;
    const char *right;
} rules[] = {
#define X(key, form, right) {key, form, right},
    RULE_TABLE(X)
#undef X
};

bool web_check_context(struct web *w, str context)
{
    str item = {0};
    for (size_t at = 0; web_each(context, &at, &item);) {
        str name = web_text(w, item);
        if (str_eq(name, STR("http://www.w3.org/ns/anno.jsonld")) ||
            str_eq(name, STR("https://www.w3.org/ns/anno.jsonld")))
            return true;
    }
    return false;
}

/* An address, relative ones included: it says something and holds no blank. */
static bool is_address(str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] <= ' ' || strchr("<>\"{}|\\^`", text.p[i]) != NULL)
            return false;
    return text.n > 0;
}

/* Whether bytes of a pattern ("dddd-dd-ddT…") stand there: d is any digit. */
static bool is_like(str text, const char *pattern)
{
    size_t n = strlen(pattern);
    for (size_t i = 0; i < n; i++) {
        if (i >= text.n)
            return false;
        bool digit = text.p[i] >= '0' && text.p[i] <= '9';
        if (pattern[i] == 'd' ? !digit : pattern[i] != text.p[i])
            return false;
    }
    return true;
}

/* xsd:dateTime. */
static bool is_instant(str text)
{
    static const char instant[] = "dddd-dd-ddTdd:dd:dd";
    if (!is_like(text, instant))
        return false;
    size_t at = sizeof instant - 1;
    if (at < text.n && text.p[at] == '.')
        for (at++; at < text.n && text.p[at] >= '0' && text.p[at] <= '9';)
            at++;
    str zone = str_sub(text, at, text.n);
    return zone.n == 0 || str_eq(zone, STR("Z")) ||
           (zone.n == 6 && (is_like(zone, "+dd:dd") || is_like(zone, "-dd:dd")));
}

static bool all_are(struct web *w, str value, bool (*is)(str text), bool objects_too)
{
    str item = {0};
    for (size_t at = 0; web_each(value, &at, &item);)
        if (!(objects_too && web_is_object(item)) &&
            !(jvalue_is_text(item) && (is == NULL || is(web_text(w, item)))))
            return false;
    return true;
}

static bool keeps(struct web *w, str value, char form)
{
    str text = web_text(w, value);
    switch (form) {
    case 'u':
        return is_address(text);
    case 'a':
        return all_are(w, value, is_address, true);
    case 't':
        return is_instant(text);
    case 's':
        return text.n > 0;
    case 'd':
        return str_eq(text, STR("ltr")) || str_eq(text, STR("rtl")) || str_eq(text, STR("auto"));
    default:
        return all_are(w, value, NULL, false);
    }
}

/* The properties that annotations, bodies and targets share. */
static void check_rules(struct web *w, str object)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        str value = jvalue_member(object, rules[i].key);
        if (value.n == 0 || keeps(w, value, rules[i].form))
            continue;
        struct problem *p = web_problem(w, value, "\"%s\" is not as the model wants it",
                                        rules[i].key);
        problem_hint(w->ask->problems, p, "it is %s", rules[i].right);
    }
    str id = jvalue_member(object, "id");
    if (id.n > 0 && !is_address(web_text(w, id)))
        web_problem(w, id, "\"id\" must be one address");
}

static int count_sets(struct web *w, str object)
{
    static const char *const sets[] = {"Choice", "Composite", "List", "Independents"};
    int n = 0;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        n += web_has_type(w, object, sets[i]);
    return n;
}

static void check_selector(struct web *w, str selector, int deep)
{
    if (!web_is_object(selector) || deep == DEEPEST)
        return;
    static const char *const with_value[] = {"FragmentSelector", "CssSelector", "XPathSelector"};
    for (size_t i = 0; i < sizeof with_value / sizeof *with_value; i++)
        if (web_has_type(w, selector, with_value[i]) &&
            !jvalue_is_text(jvalue_member(selector, "value")))
            web_problem(w, selector, "a %s needs one \"value\", a string", with_value[i]);
    if (web_has_type(w, selector, "TextQuoteSelector") && web_member(w, selector, "exact").n == 0)
        web_problem(w, selector, "a TextQuoteSelector needs \"exact\", a string");
    if (web_has_type(w, selector, "RangeSelector") &&
        jvalue_member(selector, "startContainer").n == 0 && /* as Hypothesis writes them */
        (!web_is_object(jvalue_member(selector, "startSelector")) ||
         !web_is_object(jvalue_member(selector, "endSelector"))))
        web_problem(w, selector,
                    "a RangeSelector needs a \"startSelector\" and an "
                    "\"endSelector\"");
    str item = {0}, refined = jvalue_member(selector, "refinedBy");
    for (size_t at = 0; web_each(refined, &at, &item);)
        check_selector(w, item, deep + 1);
}

/* A body or target. */
static void check_resource(struct web *w, str value, const char *what, int deep)
{
    str item = {0}, items = jvalue_member(value, "items");
    if (jvalue_is_text(value)) {
        if (!is_address(web_text(w, value)))
            web_problem(w, value, "a %s that is a string must be an address", what);
        return;
    }
    if (!web_is_object(value)) {
        web_problem(w, value, "a %s must be an address or an object", what);
        return;
    }
    check_rules(w, value);
    bool is_text = web_has_type(w, value, "TextualBody");
    if (is_text && !jvalue_is_text(jvalue_member(value, "value")))
        web_problem(w, value, "a TextualBody needs one \"value\", a string");
    if (web_has_type(w, value, "SpecificResource") && jvalue_member(value, "source").n == 0 &&
        !jvalue_is_text(jvalue_member(value, "value"))) /* as Recogito writes them */
        web_problem(w, value, "a SpecificResource needs its \"source\"");
    if (items.n > 0 && count_sets(w, value) != 1)
        web_problem(w, value,
                    "a %s with \"items\" is one of Choice, Composite, List or Independents", what);
    for (size_t at = 0; deep < DEEPEST && web_each(items, &at, &item);)
        check_resource(w, item, what, deep + 1);
    str selectors = jvalue_member(value, "selector");
    item = (str){0};
    for (size_t at = 0; web_each(selectors, &at, &item);)
        check_selector(w, item, 0);
}

void web_check_annotation(struct web *w, str annotation)
{
    str item = {0}, body = jvalue_member(annotation, "body");
    str value = jvalue_member(annotation, "bodyValue"),
        target = jvalue_member(annotation, "target");
    if (!web_is_object(annotation)) {
        web_problem(w, annotation, "an annotation is an object");
        return;
    }
    if (!web_has_type(w, annotation, "Annotation"))
        web_problem(w, annotation, "the \"type\" of an annotation is \"Annotation\"");
    check_rules(w, annotation);
    if (value.n > 0 && !jvalue_is_text(value))
        web_problem(w, value, "\"bodyValue\" must be one string");
    if (value.n > 0 && body.n > 0)
        web_problem(w, value, "\"body\" and \"bodyValue\" exclude each other");
    for (size_t at = 0; web_each(body, &at, &item);)
        check_resource(w, item, "body", 0);
    if (target.n == 0 || (web_is_array(target) && jvalue_count(target) == 0))
        web_problem(w, annotation, "an annotation needs a \"target\"");
    item = (str){0};
    for (size_t at = 0; web_each(target, &at, &item);)
        check_resource(w, item, "target", 0);
}
