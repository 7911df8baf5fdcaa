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

static char purpose_of(str name)
{
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

static void add_label(struct reading_body *r, str label)
{
    struct standoff_word *word = ARENA_NEW(r->w->ask->arena, struct standoff_word);
    word->word = label;
    if (r->out->last_label == NULL)
        r->out->labels = word;
    else
        r->out->last_label->next = word;
    r->out->last_label = word;
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
    if (said.n == 0)
        return;
    switch (what) {
    case 'l':
        add_label(r, said);
        r->out->is_described = true;
        break;
    case 'k':
        add_label(r, said);
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

static void read_one(struct reading_body *r, str body, int deep)
{
    str items = jvalue_member(body, "items"), item = {0};
    str source = jvalue_member(body, "source");
    bool is_choice = web_has_type(r->w, body, "Choice");
    if (items.n > 0) {
        for (size_t at = 0; deep < DEEPEST && web_each(items, &at, &item);) {
            read_one(r, item, deep + 1);
            if (is_choice)
                break; /* the first is the one that is preferred */
        }
    } else if (web_has_type(r->w, body, "TextualBody")) {
        take_for_each(r, body, web_member(r->w, body, "value"), (str){0});
    } else {
        take_for_each(r, body, (str){0}, web_address(r->w, source.n > 0 ? source : body));
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
