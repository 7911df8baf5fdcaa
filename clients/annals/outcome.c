#include "annals/outcome.h"

#include <inttypes.h>
#include <stdio.h>

#include "annals/changes.h"
#include "annals/report.h"
#include "annals/term.h"
#include "base/check.h"
#include "base/utf8.h"

static const struct {
    const char *word;
    const char *words;
} kinds[] = {
#define X(value, word, words) {word, words},
    OUTCOME_TABLE(X)
#undef X
};

const char *outcome_word(enum outcome_kind kind)
{
    ENSURE(kind < OUTCOME_KINDS);
    return kinds[kind].word;
}

const char *outcome_words(enum outcome_kind kind)
{
    ENSURE(kind < OUTCOME_KINDS);
    return kinds[kind].words;
}

static void show_changes(const struct outcome *o, struct arena *a)
{
    struct answer_write w;
    bool known = answer_write(o->answer, a, &w);
    term_text(stdout, TERM_BOLD, str_from(o->path));
    if (!known)
        puts(": loaded, but the server's answer says no more");
    else if (w.change_count == 0)
        puts(": no change");
    else if (o->dry_run)
        puts(": would change, and nothing is written:");
    else
        printf(": changeset %" PRId64 "\n", w.changeset);
    changes_show(w.changes, w.change_count);
    for (size_t i = 0; i < w.warning_count; i++) {
        fputs("  ", stdout);
        term_text(stdout, TERM_YELLOW, STR("warning: "));
        term_text(stdout, TERM_PLAIN, w.warnings[i]);
        putchar('\n');
    }
}

static void show_notes(const struct problems *notes, struct arena *a)
{
    for (size_t i = 0; i < notes->n; i++) {
        const struct problem *p = &notes->items[i];
        fputs("  ", stdout);
        term_text(stdout, TERM_BOLD, STR("note: "));
        if (p->line > 0)
            term_text(stdout, TERM_DIM,
                      arena_printf(a, "%" PRId64 ":%" PRId64 ": ", p->line, p->column));
        term_text(stdout, TERM_PLAIN, p->detail);
        putchar('\n');
    }
    if (notes->more > 0)
        printf("  ... and %zu more note%s\n", notes->more, notes->more == 1 ? "" : "s");
}

void outcome_show(const struct outcome *o, struct arena *a)
{
    if (o->detail.n > 0)
        term_error("%s: %.*s", o->path, STR_ARG(str_sub(o->detail, 0, 1000)));
    const struct problems *all = &o->input.problems;
    for (size_t i = 0; i < all->n; i++) {
        if (all->items[i].place == PROBLEM_LINE)
            report_in_file(stderr, str_from(o->path), &all->items[i]);
        else
            report_in_request(stderr, &all->items[i]);
    }
    report_more(stderr, all->more);
    if (o->with != NULL) {
        term_text(stdout, TERM_BOLD, str_from(o->path));
        fputs(o->dry_run ? ": judged together with " : ": together with ", stdout);
        term_text(stdout, TERM_PLAIN, str_from(o->with));
        putchar('\n');
    }
    if (o->with != NULL && o->match != NULL)
        match_show(o->match, o->decisions);
    if (o->answer.n > 0) {
        show_changes(o, a);
        show_notes(&o->input.notes, a);
        if (o->match != NULL)
            match_show(o->match, o->decisions);
    }
    fflush(stdout);
}

void outcome_write(const struct outcome *o)
{
    struct buf out;
    struct jout j;
    str path = str_from(o->path);
    buf_init(&out, SIZE_MAX);
    jout_init(&j, &out);
    jout_object(&j);
    jout_member_str(&j, "file", str_sub(path, 0, utf8_invalid_at(path)));
    if (o->input.document != NULL)
        jout_member_str(&j, "source", o->input.document->source.id);
    jout_member_text(&j, "outcome", kinds[o->kind].word);
    if (o->detail.n > 0)
        jout_member_str(&j, "detail", str_sub(o->detail, 0, utf8_invalid_at(o->detail)));
    if (problem_any(&o->input.problems)) {
        jout_key(&j, "problems");
        jout_array(&j);
        for (size_t i = 0; i < o->input.problems.n; i++)
            report_json(&j, &o->input.problems.items[i]);
        jout_array_end(&j);
        jout_member_i64(&j, "more_problems", (int64_t)o->input.problems.more);
    }
    if (o->input.notes.n > 0) {
        jout_key(&j, "notes");
        jout_array(&j);
        for (size_t i = 0; i < o->input.notes.n; i++)
            report_json(&j, &o->input.notes.items[i]);
        jout_array_end(&j);
        jout_member_i64(&j, "more_notes", (int64_t)o->input.notes.more);
    }
    if (o->with != NULL)
        jout_member_text(&j, "with", o->with);
    if (o->match != NULL)
        match_write(o->match, &j);
    if (o->decisions != NULL)
        jout_member_text(&j, "decisions", o->decisions);
    if (o->answer.n > 0) {
        jout_key(&j, "answer");
        jout_raw(&j, str_trim(o->answer));
    }
    jout_object_end(&j);
    buf_add_char(&out, '\n');
    fwrite(out.p, 1, out.n, stdout);
    fflush(stdout);
    buf_free(&out);
}

void outcome_write_match(const struct outcome *o)
{
    struct buf out;
    struct jout j;
    str path = str_from(o->path);
    buf_init(&out, SIZE_MAX);
    jout_init(&j, &out);
    jout_object(&j);
    jout_member_str(&j, "file", str_sub(path, 0, utf8_invalid_at(path)));
    jout_member_str(&j, "source", o->match->source);
    match_write(o->match, &j);
    if (o->decisions != NULL)
        jout_member_text(&j, "decisions", o->decisions);
    jout_object_end(&j);
    buf_add_char(&out, '\n');
    fwrite(out.p, 1, out.n, stdout);
    fflush(stdout);
    buf_free(&out);
}
