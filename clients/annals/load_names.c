/* Names that go before everything else: of things in files of records that documents refer to. */
#include <inttypes.h>
#include <stdio.h>

#include "annals/answer.h"
#include "annals/export.h"
#include "annals/load.h"
#include "annals/progress.h"
#include "annals/read/records.h"
#include "annals/term.h"
#include "base/jout.h"
#include "base/jscan.h"

/* Names of one run. Whoever needs more loads the file of records by itself before. */
#define LARGEST_BODY ((size_t)16 * 1024 * 1024)

struct naming {
    struct load *l;
    const struct files *files;
    const struct order *order;
    size_t file;   /* the one that is read */
    size_t listed; /* files before it whose sources are there */
    str source;    /* the line of the source that speaks */
    bool told;     /* that line is in the body */
    size_t n;      /* names */
    const char *last;
    struct buf body;
};

/* ---- sources keep the order of the files ---- */

/* Whether the store has it; then its name is not told again, which would replace all that is said.
 */
static bool is_known(struct naming *x, const char *list, str id)
{
    static const char *const headers[] = {"Accept: application/json", NULL};
    struct arena *scratch = arena_new();
    struct http_request rq = {.method = "GET",
                              .target = arena_printf(scratch, "/v1/%s/%.*s", list, STR_ARG(id)),
                              .headers = headers,
                              .repeat = true};
    struct http_answer answer;
    struct err e = {0};
    bool came = http_send(x->l->looking, &rq, scratch, &answer, &e);
    bool known = !came || answer.status == 200 || answer.status == 308;
    arena_free(scratch);
    return known;
}

static bool has_part(struct naming *x, const struct export_line *line)
{
    char list[32];
    snprintf(list, sizeof list, "%ss", record_key(line->kind));
    return is_known(x, list, line->id);
}

static void begin_line(struct naming *x, struct jout *j)
{
    jout_init(j, &x->body);
    jout_object(j);
    jout_member_i64(j, "annals", 1);
}

/* The sources of the documents before this file, as far as the store does not have them. */
static void list_sources(struct naming *x)
{
    for (; x->listed < x->file; x->listed++) {
        const struct order_source *s = &x->order->sources[x->listed];
        struct jout j;
        if (s->id.n == 0 || is_known(x, "sources", s->id))
            continue;
        begin_line(x, &j);
        jout_key(&j, "source");
        jout_object(&j);
        jout_member_str(&j, "id", s->id);
        jout_member_str(&j, "title", s->title);
        jout_object_end(&j);
        jout_object_end(&j);
        buf_add_char(&x->body, '\n');
    }
}

/* ---- names ---- */

static bool names_it(str key)
{
    return str_eq(key, STR("id")) || str_eq(key, STR("name")) || str_eq(key, STR("title")) ||
           str_eq(key, STR("label"));
}

static void add_name(struct naming *x, const struct export_line *line)
{
    struct jout j;
    str key, value;
    if (!x->told) {
        list_sources(x);
        buf_add(&x->body, x->source);
        buf_add_char(&x->body, '\n');
        x->told = true;
    }
    jout_init(&j, &x->body);
    jout_object(&j);
    jout_key(&j, record_key(line->kind));
    jout_object(&j);
    for (size_t at = 0; jscan_member(line->json, &at, &key, &value);) {
        if (!names_it(key))
            continue;
        jout_key_str(&j, key);
        jout_raw(&j, value);
    }
    jout_object_end(&j);
    jout_object_end(&j);
    buf_add_char(&x->body, '\n');
    x->n++;
    x->last = x->files->paths[x->file];
}

static bool take_line(void *context, enum build_kind kind, str text, int64_t number)
{
    struct naming *x = context;
    struct export_line line;
    (void)number;
    if (kind == BUILD_SOURCE) {
        x->source = arena_copy(x->l->arena, text);
        x->told = false;
    } else if (export_line_read(text, &line) && line.kind != RECORD_SOURCE && line.id.n > 0 &&
               order_lacks(x->order, x->file, line.kind, line.id) && !has_part(x, &line)) {
        add_name(x, &line);
    }
    return !buf_failed(&x->body);
}

/* What is wrong is told when the file is loaded. */
static bool take_refused(void *context, const struct problem *p, int64_t lines)
{
    (void)context;
    (void)p;
    (void)lines;
    return true;
}

static void take_reached(void *context, int64_t bytes)
{
    (void)context;
    (void)bytes;
}

static void read_file(struct naming *x)
{
    const struct records_to to = {x, take_line, take_refused, take_reached};
    struct err e = {0};
    bool whole;
    FILE *file = fopen(x->files->paths[x->file], "rbe");
    x->source = (str){0};
    x->told = false;
    if (file == NULL)
        return;
    records_read(file, &to, &whole, &e);
    fclose(file);
}

/* ---- sending ---- */

static void tell(const struct naming *x, int64_t changeset)
{
    struct buf out;
    struct jout j;
    progress_clear();
    if (!x->l->json) {
        term_text(stdout, TERM_BOLD, str_from(x->last));
        printf(": %zu name%s first, to which files before it refer, changeset %" PRId64 "\n", x->n,
               x->n == 1 ? "" : "s", changeset);
        return;
    }
    buf_init(&out, SIZE_MAX);
    jout_init(&j, &out);
    jout_object(&j);
    jout_member_text(&j, "file", x->last);
    jout_member_i64(&j, "names_first", (int64_t)x->n);
    jout_member_i64(&j, "changeset", changeset);
    jout_object_end(&j);
    buf_add_char(&out, '\n');
    fwrite(out.p, 1, out.n, stdout);
    buf_free(&out);
}

/* Where it is refused, the files that are loaded afterwards say why. */
static void send_names(struct naming *x)
{
    struct load *l = x->l;
    const char *const headers[] = {"Content-Type: application/x-ndjson", "Accept: application/json",
                                   load_idempotency(l->arena), NULL};
    struct http_request rq = {.method = "POST",
                              .target = arena_printf(l->arena, "/v1/batch%.*s", STR_ARG(l->query)),
                              .headers = headers,
                              .body = buf_str(&x->body),
                              .repeat = true};
    struct http_answer answer;
    struct answer_write w;
    struct err e = {0};
    if (http_send(l->http, &rq, l->arena, &answer, &e) && answer.status >= 200 &&
        answer.status < 300 && answer_write(answer.body, l->arena, &w) && w.changeset > 0)
        tell(x, w.changeset);
}

void load_names(struct load *l, const struct files *files, const struct order *order)
{
    struct naming x = {.l = l, .files = files, .order = order};
    if (l->dry_run || order->referred_count == 0)
        return;
    buf_init(&x.body, LARGEST_BODY);
    for (; x.file < files->n; x.file++)
        if (load_format(l, files->paths[x.file]) == INPUT_RECORDS)
            read_file(&x);
    if (x.n > 0 && !buf_failed(&x.body))
        send_names(&x);
    buf_free(&x.body);
}
