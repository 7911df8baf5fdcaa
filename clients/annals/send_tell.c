#include "annals/send_tell.h"

#include <inttypes.h>
#include <stdio.h>

#include "annals/report.h"
#include "annals/term.h"
#include "base/jout.h"
#include "base/utf8.h"

void send_counts_add(struct send_counts *c, const struct answer_batch *b)
{
    changes_add(&c->changes, b->changes, b->change_count);
    if (b->changeset == 0)
        return;
    if (c->first == 0)
        c->first = b->changeset;
    c->last = b->changeset;
}

static void write_line(struct buf *out)
{
    buf_add_char(out, '\n');
    fwrite(out->p, 1, out->n, stdout);
    fflush(stdout);
    buf_free(out);
}

static void begin_line(struct buf *out, struct jout *j, const char *path)
{
    str name = str_from(path);
    buf_init(out, SIZE_MAX / 2);
    jout_init(j, out);
    jout_object(j);
    jout_member_str(j, "file", str_sub(name, 0, utf8_invalid_at(name)));
}

void send_tell_problem(const char *path, bool json, const struct problem *p)
{
    if (!json) {
        report_in_file(stderr, str_from(path), p);
        return;
    }
    struct buf out;
    struct jout j;
    begin_line(&out, &j, path);
    jout_key(&j, "problem");
    report_json(&j, p);
    jout_object_end(&j);
    write_line(&out);
}

void send_tell_note(const char *path, bool json, const struct problem *p)
{
    struct buf out;
    struct jout j;
    if (!json) {
        term_text(stderr, TERM_BOLD, str_from(path));
        fputs(": note: ", stderr);
        term_text(stderr, TERM_PLAIN, p->detail);
        fputc('\n', stderr);
        return;
    }
    begin_line(&out, &j, path);
    jout_key(&j, "note");
    report_json(&j, p);
    jout_object_end(&j);
    write_line(&out);
}

void send_tell_warning(const char *path, bool json, str warning)
{
    if (!json) {
        fputs("  ", stdout);
        term_text(stdout, TERM_YELLOW, STR("warning: "));
        term_text(stdout, TERM_PLAIN, warning);
        putchar('\n');
        return;
    }
    struct buf out;
    struct jout j;
    begin_line(&out, &j, path);
    jout_member_str(&j, "warning", warning);
    jout_object_end(&j);
    write_line(&out);
}

static void write_end(const struct send_counts *c, const char *path, const struct send_end *end)
{
    struct buf out;
    struct jout j;
    begin_line(&out, &j, path);
    jout_member_text(&j, "outcome", outcome_word(end->kind));
    if (end->detail.n > 0)
        jout_member_str(&j, "detail", str_sub(end->detail, 0, utf8_invalid_at(end->detail)));
    jout_member_i64(&j, "records", c->records);
    jout_member_i64(&j, "records_before", c->skipped);
    jout_member_i64(&j, "refused", c->refused);
    changes_write(&c->changes, &j);
    if (c->last > 0) {
        jout_member_i64(&j, "first_changeset", c->first);
        jout_member_i64(&j, "last_changeset", c->last);
    }
    jout_object_end(&j);
    write_line(&out);
}

/* "3 records", "1 record". */
static void print_count(int64_t n, const char *thing)
{
    char room[TERM_NUMBER_SIZE];
    printf("%s %s%s", term_number(n, room), thing, n == 1 ? "" : "s");
}

static void show_counts(const struct send_counts *c, bool dry_run)
{
    char room[TERM_NUMBER_SIZE];
    print_count(c->records, "record");
    if (c->skipped > 0)
        printf(" and %s from before", term_number(c->skipped, room));
    if (c->first > 0 && c->first == c->last)
        printf(", changeset %" PRId64, c->first);
    else if (c->first > 0)
        printf(", changesets %" PRId64 " to %" PRId64, c->first, c->last);
    if (c->seconds >= 1 && c->records > 0 && !dry_run)
        printf(", %s a second", term_number((int64_t)((double)c->records / c->seconds), room));
    if (c->refused > 0) {
        fputs("; ", stdout);
        print_count(c->refused, "line");
        fputs(" refused", stdout);
    }
    putchar('\n');
    changes_show(c->changes.items, c->changes.n);
}

/* Nothing of the file is in the store. What is wrong was said before, unless it is only this. */
static void show_nothing(const struct send_counts *c, bool dry_run)
{
    fputs(dry_run ? ": would not be loaded" : ": not loaded", stdout);
    if (c->refused > 1) {
        fputs(", ", stdout);
        print_count(c->refused, "problem");
    }
    putchar('\n');
}

void send_tell_end(const struct send_counts *c, const char *path, bool json,
                   const struct send_end *end)
{
    bool whole = end->kind == OUTCOME_LOADED || end->kind == OUTCOME_UNCHANGED;
    if (json) {
        write_end(c, path, end);
        return;
    }
    term_text(stdout, TERM_BOLD, str_from(path));
    if (!whole && c->records + c->skipped == 0) {
        show_nothing(c, end->dry_run);
    } else {
        if (!whole)
            fputs(end->dry_run ? ": would stop after " : ": stopped after ", stdout);
        else if (end->dry_run)
            fputs(": would be loaded, and nothing is written: ", stdout);
        else
            fputs(end->kind == OUTCOME_LOADED || c->records == 0 ? ": " : ": no change: ", stdout);
        show_counts(c, end->dry_run);
    }
    if (!whole && !end->dry_run && end->resumable && c->records + c->skipped > 0)
        term_hint(stdout, STR("the same command again goes on from there"));
    fflush(stdout);
}
