#include "annals/report.h"

#include <inttypes.h>

#include "annals/term.h"

static void write_value(FILE *to, const struct problem *p)
{
    if (p->value.n == 0 || str_search(p->detail, p->value, 0) < p->detail.n)
        return;
    fputs(": \"", to);
    term_text(to, TERM_PLAIN, p->value);
    fputc('"', to);
}

void report_in_file(FILE *to, str file, const struct problem *p)
{
    term_text(to, TERM_BOLD, file);
    fprintf(to, ":%" PRId64 ":%" PRId64 ": ", p->line, p->column);
    term_text(to, TERM_RED, p->detail);
    write_value(to, p);
    if (p->at.n > 0) {
        fputs(" (", to);
        term_text(to, TERM_DIM, p->at);
        fputc(')', to);
    }
    fputc('\n', to);
    term_hint(to, p->hint);
}

void report_in_request(FILE *to, const struct problem *p)
{
    fputs("  ", to);
    if (p->place == PROBLEM_LINE)
        fprintf(to, "%" PRId64 ":%" PRId64 ": ", p->line, p->column);
    else if (p->at.n > 0) {
        term_text(to, TERM_BOLD, p->at);
        fputs(": ", to);
    }
    term_text(to, TERM_PLAIN, p->detail);
    write_value(to, p);
    fputc('\n', to);
    term_hint(to, p->hint);
}

void report_more(FILE *to, size_t more)
{
    if (more > 0)
        fprintf(to, "... and %zu more problem%s\n", more, more == 1 ? "" : "s");
}

void report_json(struct jout *j, const struct problem *p)
{
    jout_object(j);
    if (p->line > 0) {
        jout_member_i64(j, "line", p->line);
        jout_member_i64(j, "column", p->column);
    }
    if (p->at.n > 0) {
        enum problem_place place = p->place == PROBLEM_LINE ? PROBLEM_POINTER : p->place;
        jout_member_str(j, problem_place_name(place), p->at);
    }
    jout_member_str_if(j, "value", p->value);
    jout_member_str(j, "detail", p->detail);
    jout_member_str_if(j, "hint", p->hint);
    jout_object_end(j);
}
