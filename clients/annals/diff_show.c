#include "annals/diff_show.h"

#include "annals/term.h"
#include "base/jout.h"
#include "base/jscan.h"
#include "base/jvalue.h"
#include "base/width.h"
#include "model/difference.h"

#define LARGEST ((size_t)64 * 1024 * 1024)
#define NAME_COLUMNS 13 /* of a property's name */
#define INDENT 6
#define NARROWEST 20 /* what a value gets at least */

static const struct {
    const char *word, *sign;
    enum term_style style;
} actions[] = {
#define X(value, word, sign, style) {word, sign, style},
    DIFF_ACTION_TABLE(X)
#undef X
};

const char *diff_show_word(enum diff_action action)
{
    return actions[action].word;
}

/* ---- values in words ---- */

static void say(struct buf *out, str value);

/* What an element is called: its name, or what it names; and its role behind it. */
static void say_object(struct buf *out, str object)
{
    static const char *const names[] = {"display", "name",  "actor", "place",
                                        "event",   "title", "exact", NULL};
    str role = jvalue_member(object, "role"), key, value;
    size_t n = 0;
    for (size_t i = 0; names[i] != NULL; i++) {
        value = jvalue_member(object, names[i]);
        if (!jvalue_says(value))
            continue;
        jvalue_decode(out, value);
        if (jvalue_says(role)) {
            buf_add(out, STR(" ("));
            jvalue_decode(out, role);
            buf_add_char(out, ')');
        }
        return;
    }
    for (size_t at = 0; jscan_member(object, &at, &key, &value); n++) {
        if (n > 0)
            buf_add(out, STR(", "));
        buf_add(out, key);
        buf_add_char(out, ':');
        say(out, value);
    }
}

static void say(struct buf *out, str value)
{
    str one;
    size_t n = 0;
    if (!jvalue_says(value)) {
        buf_add(out, STR("nothing"));
    } else if (value.p[0] == '[') {
        for (size_t at = 0; jscan_element(value, &at, &one); n++) {
            if (n > 0)
                buf_add(out, STR("; "));
            say(out, one);
        }
    } else if (value.p[0] == '{') {
        say_object(out, value);
    } else {
        jvalue_decode(out, value);
    }
}

static str words(str value, struct arena *a)
{
    struct buf text;
    buf_init(&text, LARGEST);
    say(&text, value);
    str out = width_clean_copy(buf_str(&text), a);
    buf_free(&text);
    return out;
}

/* ---- lines ---- */

/* A value that begins in this column and goes on there in the lines below. */
static void put(str text, enum term_style style, size_t column, int width)
{
    size_t room = width == 0                           ? SIZE_MAX
                  : (size_t)width > column + NARROWEST ? (size_t)width - column
                                                       : NARROWEST;
    str rest = text;
    for (bool first = true; first || rest.n > 0; first = false) {
        str line = rest.n > 0 ? width_line(rest, room, &rest) : STR("");
        if (!first)
            printf("%*s", (int)column, "");
        term_text(stdout, style, line);
        putchar('\n');
    }
}

static void name(str property)
{
    struct buf text;
    buf_init(&text, 1024);
    buf_add(&text, str_sub(property, 0, 200));
    printf("%*s", INDENT, "");
    struct buf padded;
    buf_init(&padded, 2048);
    width_add_padded(&padded, buf_str(&text), NAME_COLUMNS);
    term_text(stdout, TERM_DIM, buf_str(&padded));
    fputs(" ", stdout);
    buf_free(&padded);
    buf_free(&text);
}

static bool holds(str list, str element)
{
    str one;
    for (size_t at = 0; jvalue_count(list) > 0 && jscan_element(list, &at, &one);)
        if (str_eq(one, element))
            return true;
    return false;
}

/* Elements of one list that are not in the other, each in a line of its own. */
static size_t only(str list, str other, str property, enum diff_action action, bool *begun,
                   int width, struct arena *a)
{
    size_t n = 0, column = INDENT + NAME_COLUMNS + 1;
    str one;
    for (size_t at = 0; jvalue_count(list) > 0 && jscan_element(list, &at, &one);) {
        if (holds(other, one))
            continue;
        name(*begun ? STR("") : property);
        *begun = true;
        printf("%s ", actions[action].sign);
        put(words(one, a), actions[action].style, column + 2, width);
        n++;
    }
    return n;
}

static void change(const struct difference *d, int width, struct arena *a)
{
    size_t column = INDENT + NAME_COLUMNS + 1;
    bool lists = d->before.p[0] == '[' && d->after.p[0] == '[', begun = false;
    if (lists && only(d->before, d->after, d->property, DIFF_REMOVED, &begun, width, a) +
                         only(d->after, d->before, d->property, DIFF_ADDED, &begun, width, a) >
                     0)
        return;
    str before = words(d->before, a), after = words(d->after, a);
    name(d->property);
    if (width == 0 || column + width_columns(before) + 3 + width_columns(after) <= (size_t)width) {
        term_text(stdout, TERM_RED, before);
        fputs(" → ", stdout);
        term_text(stdout, TERM_GREEN, after);
        putchar('\n');
        return;
    }
    put(before, TERM_RED, column, width);
    printf("%*s→ ", (int)column - 2, "");
    put(after, TERM_GREEN, column, width);
}

/* What a thing is called, with an event's date before it. */
static str called(const struct diff_thing *d, struct arena *a)
{
    static const char *const names[] = {"title", "name", "label", "text", "type"};
    str document = d->after.n > 0 ? d->after : d->before;
    str date = jvalue_member(document, "date"), value = STR("");
    for (size_t i = 0; !jvalue_says(value) && i < sizeof names / sizeof *names; i++)
        value = jvalue_member(document, names[i]);
    str said = jvalue_says(value) ? words(value, a) : STR("");
    if (d->kind != DIFF_EVENTS || !jvalue_says(date))
        return said;
    str day = words(date, a);
    return arena_printf(a, "%.*s, %.*s", STR_ARG(said), STR_ARG(day));
}

void diff_show(const struct diff_thing *d, int width, struct arena *a)
{
    struct differences found;
    str id = width_clean_copy(d->id, a);
    printf("  %s%s%s ", term_on(stdout, actions[d->action].style), actions[d->action].sign,
           term_off(stdout));
    term_text(stdout, TERM_BOLD, id);
    fputs("  ", stdout);
    put(called(d, a), TERM_PLAIN, 6 + width_columns(id), width);
    if (d->action != DIFF_CHANGED)
        return;
    difference_find(d->before, d->after, a, &found);
    for (size_t i = 0; i < found.n; i++)
        change(&found.items[i], width, a);
}

void diff_show_json(const struct diff_thing *d, struct arena *a)
{
    struct differences found;
    struct buf out;
    struct jout j;
    buf_init(&out, LARGEST);
    jout_init(&j, &out);
    difference_find(d->before, d->after, a, &found);
    jout_object(&j);
    jout_member_text(&j, "kind", diff_ids_segment(d->kind));
    jout_member_str(&j, "id", d->id);
    jout_member_text(&j, "action", actions[d->action].word);
    jout_key(&j, "changes");
    difference_write(&j, &found);
    jout_object_end(&j);
    fwrite(out.p, 1, out.n, stdout);
    putchar('\n');
    buf_free(&out);
}
