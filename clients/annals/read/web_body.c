#include "annals/read/web_body.h"

#include "annals/read/authority.h"
#include "base/jvalue.h"

#define DEEPEST 8 /* bodies within bodies */

static const struct {
    const char *name;
    char what;
} purposes[] = {
#define X(name, what) {name, what},
    WEB_PURPOSE_TABLE(X)
#undef X
};

/* By its name, which may be written as an address of the vocabulary too. */
static char purpose_of(str name)
{
    static const str starts[] = {STR_INIT("http://www.w3.org/ns/oa#"), STR_INIT("oa:")};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_starts(name, starts[i]))
            name = str_sub(name, starts[i].n, name.n);
    for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
        if (str_eq(name, str_from(purposes[i].name)))
            return purposes[i].what;
    return '-';
}

struct reading_body {
    struct web *w;
    struct mention *m;
    struct web_bodies *out;
    str motivations; /* of the annotation: purposes of bodies without one */
};

static void add_label(struct web *w, struct web_bodies *out, str label)
{
    struct standoff_word *word = ARENA_NEW(w->ask->arena, struct standoff_word);
    *word = (struct standoff_word){.word = label};
    if (out->last_label == NULL)
        out->labels = word;
    else
        out->last_label->next = word;
    out->last_label = word;
}

void web_body_label(struct web *w, struct web_bodies *out, str label)
{
    if (label.n == 0)
        return;
    add_label(w, out, label);
    out->is_described = true;
}

static void add_identifier(struct reading_body *r, str body, str address)
{
    str scheme, value;
    if (authority_of(address, r->w->ask->arena, &scheme, &value)) {
        standoff_name(&r->w->s, r->m, scheme, value);
        r->out->is_described = true;
    } else {
        web_left_out(r->w, body, "identifying body that is no address of the Web");
    }
}

/* A body that says words or an address, for one purpose. */
static void take(struct reading_body *r, char what, str body, str words, str address)
{
    str said = str_trim(words.n > 0 ? words : address);
    if (said.n == 0) {
        web_left_out(r->w, body, "body with neither words nor an address");
        return;
    }
    switch (what) {
    case 'l':
        web_body_label(r->w, r->out, said);
        break;
    case 'k':
        add_label(r->w, r->out, said);
        break;
    case 'i':
        add_identifier(r, body, said);
        break;
    case 'd':
    case 'c':
        if (words.n > 0) {
            standoff_tell(&r->w->s, r->m, said);
            r->out->is_described = r->out->is_described || what == 'd';
            break;
        }
        web_left_out(r->w, body, "body that stands elsewhere, at an address");
        break;
    default:
        web_left_out(r->w, body, "body of a purpose that a source does not hold");
    }
}

/* By its own purposes, else by the motivations of the annotation; words without any are a comment.
 */
static void take_for_each(struct reading_body *r, str body, str words, str address)
{
    str item = {0}, all = jvalue_member(body, "purpose");
    bool any = false;
    if (all.n == 0)
        all = r->motivations;
    for (size_t at = 0; web_each(all, &at, &item); any = true)
        take(r, purpose_of(web_text(r->w, item)), body, words, address);
    if (!any)
        take(r, 'c', body, words, address);
}

/* Whether a body holds words: it says so, or it is nothing else. */
static bool is_words(struct reading_body *r, str body)
{
    return web_has_type(r->w, body, "TextualBody") ||
           (jvalue_member(body, "type").n == 0 && jvalue_member(body, "id").n == 0 &&
            jvalue_member(body, "source").n == 0 && jvalue_is_text(jvalue_member(body, "value")));
}

/* The address of a body: of its source, else its own; Recogito writes it as the value. */
static str address_of(struct reading_body *r, str body)
{
    str source = jvalue_member(body, "source");
    str address = web_address(r->w, source.n > 0 ? source : body);
    return address.n > 0 || !web_has_type(r->w, body, "SpecificResource")
               ? address
               : web_member(r->w, body, "value");
}

static void read_one(struct reading_body *r, str body, int deep)
{
    str items = jvalue_member(body, "items"), item = {0};
    bool is_choice = web_has_type(r->w, body, "Choice");
    if (items.n > 0) {
        for (size_t at = 0; deep < DEEPEST && web_each(items, &at, &item);) {
            read_one(r, item, deep + 1);
            if (is_choice)
                break; /* the first is the one that is preferred */
        }
    } else if (is_words(r, body)) {
        take_for_each(r, body, web_member(r->w, body, "value"), (str){0});
    } else {
        take_for_each(r, body, (str){0}, address_of(r, body));
    }
}

void web_body_read(struct web *w, str annotation, struct mention *m, struct web_bodies *out)
{
    struct reading_body r = {w, m, out, jvalue_member(annotation, "motivation")};
    str item = {0}, body = jvalue_member(annotation, "body");
    *out = (struct web_bodies){0};
    for (size_t at = 0; web_each(r.motivations, &at, &item);)
        out->is_link = out->is_link || purpose_of(web_text(w, item)) == 'k';
    item = (str){0};
    for (size_t at = 0; web_each(body, &at, &item);)
        read_one(&r, item, 0);
    str value = jvalue_member(annotation, "bodyValue");
    if (value.n > 0)
        take_for_each(&r, value, web_text(w, value), (str){0});
}
