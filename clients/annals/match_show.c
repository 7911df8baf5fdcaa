/* What matching found, as people and as machines read it. */
#include <inttypes.h>
#include <stdio.h>

#include "annals/match.h"
#include "annals/term.h"

#define MOST_SHOWN 10 /* links, and doubts */

static const char *singular(enum match_list list)
{
    return list == MATCH_ACTORS ? "actor" : "place";
}

static void show_link(const struct match_finding *f)
{
    fputs("  linked: ", stdout);
    term_text(stdout, TERM_PLAIN, f->thing->id);
    fputs(" is ", stdout);
    term_text(stdout, TERM_BOLD, f->to);
    fputs(" (", stdout);
    term_text(stdout, TERM_PLAIN, f->by);
    fputs(")\n", stdout);
}

static void show_doubt(const struct match_finding *f)
{
    fputs("  ", stdout);
    term_text(stdout, TERM_YELLOW, STR("doubtful: "));
    printf("%s ", singular(f->list));
    term_text(stdout, TERM_BOLD, f->thing->id);
    fputs(" \"", stdout);
    term_text(stdout, TERM_PLAIN, str_sub(f->thing->name, 0, 100));
    printf("\": %s\n", f->why);
    for (size_t i = 0; i < f->n; i++) {
        fputs("    ", stdout);
        term_text(stdout, TERM_BOLD, f->candidates[i].thing->id);
        fputs(" \"", stdout);
        term_text(stdout, TERM_PLAIN, str_sub(f->candidates[i].thing->name, 0, 100));
        printf("\" (%s)\n", f->candidates[i].why);
    }
    if (f->more > 0)
        printf("    and %zu more\n", f->more);
}

static void show_some(const struct match *m, enum match_verdict verdict, size_t all,
                      void (*show)(const struct match_finding *))
{
    size_t shown = 0;
    for (size_t i = 0; i < m->n && shown < MOST_SHOWN; i++) {
        if (m->findings[i].verdict != verdict)
            continue;
        show(&m->findings[i]);
        shown++;
    }
    if (all > shown)
        printf("  and %zu more %s\n", all - shown,
               verdict == MATCH_LINKED ? "linked" : "that are doubtful");
}

void match_show(const struct match *m, const char *decisions)
{
    show_some(m, MATCH_LINKED, m->linked, show_link);
    show_some(m, MATCH_DOUBTFUL, m->doubtful, show_doubt);
    if (m->doubtful > 0 && decisions != NULL) {
        fputs("  not linked; decide in ", stdout);
        term_text(stdout, TERM_BOLD, str_from(decisions));
        fputs(" and load again with --decisions\n", stdout);
    }
}

static void write_finding(struct jout *j, const struct match_finding *f)
{
    jout_object(j);
    jout_member_text(j, "kind", singular(f->list));
    jout_member_str(j, "id", f->thing->id);
    if (f->verdict == MATCH_LINKED) {
        jout_member_str(j, "to", f->to);
        jout_member_str(j, "by", f->by);
        jout_object_end(j);
        return;
    }
    jout_member_str(j, "name", f->thing->name);
    jout_member_text(j, "why", f->why);
    jout_key(j, "candidates");
    jout_array(j);
    for (size_t i = 0; i < f->n; i++) {
        jout_object(j);
        jout_member_str(j, "id", f->candidates[i].thing->id);
        jout_member_str(j, "name", f->candidates[i].thing->name);
        jout_member_text(j, "why", f->candidates[i].why);
        jout_object_end(j);
    }
    jout_array_end(j);
    jout_member_i64(j, "more_candidates", (int64_t)f->more);
    jout_object_end(j);
}

static void write_list(struct jout *j, const struct match *m, const char *key,
                       enum match_verdict verdict)
{
    jout_key(j, key);
    jout_array(j);
    for (size_t i = 0; i < m->n; i++)
        if (m->findings[i].verdict == verdict)
            write_finding(j, &m->findings[i]);
    jout_array_end(j);
}

void match_write(const struct match *m, struct jout *j)
{
    if (m->linked > 0)
        write_list(j, m, "linked", MATCH_LINKED);
    if (m->doubtful > 0)
        write_list(j, m, "doubtful", MATCH_DOUBTFUL);
}
