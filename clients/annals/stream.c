#include "annals/stream.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "annals/beside.h"
#include "annals/progress.h"
#include "annals/read/records.h"
#include "annals/read/table_read.h"
#include "annals/send_tell.h"
#include "annals/term.h"
#include "base/check.h"

/* ---- files of records ---- */

static bool take_line(void *context, enum build_kind kind, str line, int64_t number)
{
    return send_line(context, kind, line, number, 0);
}

static bool take_refused(void *context, const struct problem *p, int64_t lines)
{
    return send_refused(context, p, lines);
}

static void take_reached(void *context, int64_t bytes)
{
    send_reached(context, bytes);
}

static bool read_records(const struct stream_ask *ask, bool *whole, struct err *e)
{
    const struct records_to to = {ask->send, take_line, take_refused, take_reached};
    return records_read(ask->file, &to, whole, e);
}

/* ---- tables ---- */

struct table_from {
    FILE *file;
    struct send *send;
    int64_t bytes;
};

static bool fill_table(void *from, char *room, size_t size, size_t *n)
{
    struct table_from *t = from;
    send_reached(t->send, t->bytes);
    *n = fread(room, 1, size, t->file);
    t->bytes += (int64_t)*n;
    return ferror(t->file) == 0;
}

static bool take_dirty(void *to, const struct problem *p)
{
    return send_refused(to, p, 1);
}

static void tell_notes(const struct stream_ask *ask, const struct problems *notes)
{
    progress_clear();
    for (size_t i = 0; i < notes->n; i++)
        send_tell_note(ask->settings->path, ask->settings->json, &notes->items[i]);
}

static bool read_table(const struct stream_ask *ask, bool *whole, struct err *e)
{
    struct builder b;
    struct problems problems, notes;
    struct table_counts counts;
    struct table_from from = {ask->file, ask->send, 0};
    (void)e;
    problem_init(&problems, ask->arena);
    problem_init(&notes, ask->arena);
    builder_init(&b, ask->arena, &problems);
    builder_stream(&b, send_thing, ask->send);
    const struct table_ask table = {.name = beside_name(ask->settings->path),
                                    .map = ask->map,
                                    .fill = fill_table,
                                    .from = &from,
                                    .dirty = take_dirty,
                                    .to = ask->send,
                                    .arena = ask->arena,
                                    .problems = &problems,
                                    .notes = &notes};
    *whole = table_read(&table, &b, &counts);
    builder_free(&b);
    for (size_t i = 0; i < problems.n; i++)
        send_refused(ask->send, &problems.items[i], 1);
    tell_notes(ask, &notes);
    return true;
}

/* ---- the table of readers ---- */

static const struct {
    enum input_format format;
    stream_read *read;
} readers[] = {
    {INPUT_RECORDS, read_records},
    {INPUT_TABLE, read_table},
};

static stream_read *reader_of(enum input_format format)
{
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (readers[i].format == format)
            return readers[i].read;
    return NULL;
}

bool stream_takes(enum input_format format)
{
    return reader_of(format) != NULL;
}

bool stream_load(enum input_format format, struct send_settings *settings,
                 const struct mapping *map, struct arena *a, struct stream_result *out,
                 struct err *e)
{
    struct stat status;
    struct err why = {0};
    bool whole = false;
    stream_read *read = reader_of(format);
    ENSURE(read != NULL);
    FILE *file = fopen(settings->path, "rbe");
    if (file == NULL)
        return err_set(e, ERR_NOT_FOUND, "cannot be read: %s", strerror(errno));
    bool regular = fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode);
    settings->size = regular ? status.st_size : -1;
    struct send *s = send_open(settings);
    const struct stream_ask ask = {
        .file = file, .settings = settings, .map = map, .send = s, .arena = a};
    bool good = read(&ask, &whole, &why);
    fclose(file);
    out->code = send_end(s, good && whole, &why, &out->kind);
    return true;
}
