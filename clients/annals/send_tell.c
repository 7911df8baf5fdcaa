#include "annals/send_tell.h"

#include <inttypes.h>
#include <stdio.h>

#include "annals/report.h"
#include "annals/term.h"
#include "base/jout.h"
#include "base/utf8.h"

static const char *const actions[ANSWER_ACTIONS] = {"added", "changed", "removed"};

void send_counts_add(struct send_counts *c, const struct answer_batch *b)
{
    for (int i = 0; i < ANSWER_ACTIONS; i++)
        c->did[i] += b->events[i];
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
        fprintf(stderr, "%s: note: ", path);
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

static void write_end(const struct send_counts *c, const char *path, bool dry_run, bool complete)
{
    struct buf out;
    struct jout j;
    begin_line(&out, &j, path);
    jout_member_text(&j, "outcome",
                     !complete                ? "stopped"
                     : c->last > 0 || dry_run ? "loaded"
                                              : "unchanged");
    jout_member_i64(&j, "records", c->records);
    jout_member_i64(&j, "records_before", c->skipped);
    jout_member_i64(&j, "refused", c->refused);
    jout_key(&j, "events");
    jout_object(&j);
    for (int i = 0; i < ANSWER_ACTIONS; i++)
        jout_member_i64(&j, actions[i], c->did[i]);
    jout_object_end(&j);
    if (c->last > 0) {
        jout_member_i64(&j, "first_changeset", c->first);
        jout_member_i64(&j, "last_changeset", c->last);
    }
    jout_object_end(&j);
    write_line(&out);
}

static void print_number(int64_t n)
{
    char digits[32];
    int count = snprintf(digits, sizeof digits, "%" PRId64, n);
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            putchar(',');
        putchar(digits[i]);
    }
}

static void show_counts(const struct send_counts *c, bool dry_run)
{
    print_number(c->records);
    printf(" record%s", c->records == 1 ? "" : "s");
    if (c->skipped > 0) {
        fputs(" and ", stdout);
        print_number(c->skipped);
        fputs(" from before", stdout);
    }
    if (c->first > 0 && c->first == c->last)
        printf(", changeset %" PRId64, c->first);
    else if (c->first > 0)
        printf(", changesets %" PRId64 " to %" PRId64, c->first, c->last);
    if (c->seconds >= 1 && c->records > 0 && !dry_run) {
        fputs(", ", stdout);
        print_number((int64_t)((double)c->records / c->seconds));
        fputs(" a second", stdout);
    }
    if (c->refused > 0) {
        fputs("; ", stdout);
        print_number(c->refused);
        printf(" line%s refused", c->refused == 1 ? "" : "s");
    }
    putchar('\n');
    for (int i = 0; i < ANSWER_ACTIONS; i++) {
        if (c->did[i] == 0)
            continue;
        printf("  %s ", actions[i]);
        print_number(c->did[i]);
        printf(" event%s\n", c->did[i] == 1 ? "" : "s");
    }
}

void send_tell_end(const struct send_counts *c, const char *path, bool json, bool dry_run,
                   bool complete, bool resumable)
{
    if (json) {
        write_end(c, path, dry_run, complete);
        return;
    }
    term_text(stdout, TERM_BOLD, str_from(path));
    if (!complete)
        fputs(dry_run ? ": would not be loaded: " : ": stopped after ", stdout);
    else if (dry_run)
        fputs(": would be loaded, and nothing is written: ", stdout);
    else
        fputs(c->last > 0 || c->records == 0 ? ": " : ": no change: ", stdout);
    show_counts(c, dry_run);
    if (!complete && !dry_run && resumable && c->records + c->skipped > 0)
        term_hint(stdout, STR("the same command again goes on from there"));
    fflush(stdout);
}
