#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "annals/export.h"
#include "base/check.h"
#include "model/document_write.h"

/* A source that says more than this becomes a file of records, which is loaded in pieces. */
#define LARGEST_SOURCE ((size_t)4 * 1024 * 1024)
#define ASIDE ".part"
#define DOCUMENT_ENDING ".source.json"
#define RECORDS_ENDING ".annals.ndjson"

struct part {
    enum record_kind kind;
    str json;
    bool dropped; /* the whole of it came later */
};

struct export_files {
    const char *folder;
    struct arena *arena; /* of the names */
    const char **names;  /* of the files, in their order */
    size_t n, room;
    struct strmap written; /* the same names */
    struct export_count count;

    /* The source at hand: its parts, or the file that takes them as they come. */
    struct arena *source;
    str id, json;
    struct part *parts;
    size_t part_count, part_room, bytes;
    struct strmap described; /* "kind/id" to a number of parts */
    FILE *records;
};

/* ---- names ---- */

static const char *path_of(struct export_files *f, const char *name, const char *ending)
{
    return arena_printf(f->arena, "%s/%s%s", f->folder, name, ending).p;
}

static const char *add_name(struct export_files *f, const char *ending)
{
    const char *name = arena_printf(f->arena, "%.*s%s", STR_ARG(f->id), ending).p;
    *ARENA_PUSH(f->arena, f->names, f->n, f->room) = name;
    strmap_set(&f->written, str_from(name), 1);
    return name;
}

static bool fails(const char *path, struct err *e)
{
    return err_set(e, ERR_STORE, "cannot write %s: %s", path, strerror(errno));
}

/* ---- the folder ---- */

/* Whether a folder holds nothing but an export of before. */
static bool may_be_taken(const char *folder, struct err *e)
{
    char order[4200];
    bool empty = true;
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return err_set(e, ERR_NOT_FOUND, "cannot read %s: %s", folder, strerror(errno));
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        empty = empty && entry->d_name[0] == '.';
    closedir(dir);
    int n = snprintf(order, sizeof order, "%s/" EXPORT_ORDER, folder);
    if (empty || (n > 0 && (size_t)n < sizeof order && access(order, R_OK) == 0))
        return true;
    return err_set(e, ERR_BAD_PARAMETER,
                   "%s holds other files; give a new folder, or that of an earlier export", folder);
}

bool export_files_open(const char *folder, struct export_files **out, struct err *e)
{
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return err_set(e, ERR_STORE, "cannot make %s: %s", folder, strerror(errno));
    if (!may_be_taken(folder, e))
        return false;
    struct arena *a = arena_new();
    struct export_files *f = ARENA_NEW(a, struct export_files);
    *f = (struct export_files){.folder = folder, .arena = a, .source = arena_new()};
    strmap_init(&f->written, a);
    *out = f;
    return true;
}

/* ---- one source ---- */

static bool close_file(FILE *file, const char *path, struct err *e)
{
    bool fine = ferror(file) == 0 && fflush(file) == 0 && fsync(fileno(file)) == 0;
    int why = errno;
    fine = fclose(file) == 0 && fine;
    errno = why;
    return fine || fails(path, e);
}

static int by_json(const void *x, const void *y)
{
    const struct part *a = *(const struct part *const *)x, *b = *(const struct part *const *)y;
    return str_cmp(a->json, b->json);
}

static void write_document(struct export_files *f, struct buf *out)
{
    enum record_kind listed = RECORD_KINDS;
    size_t relations = 0;
    const struct part **sorted = ARENA_ARRAY(f->source, const struct part *, f->part_count);
    for (size_t i = 0; i < f->part_count; i++)
        if (f->parts[i].kind == RECORD_RELATION)
            sorted[relations++] = &f->parts[i];
    if (relations > 1)
        qsort(sorted, relations, sizeof *sorted, by_json);
    document_write_begin(out, f->json);
    for (size_t i = 0, at = 0; i < f->part_count; i++) {
        bool relation = f->parts[i].kind == RECORD_RELATION;
        const struct part *p = relation ? sorted[at++] : &f->parts[i];
        if (!p->dropped)
            document_write_part(out, p->kind, p->json, &listed);
    }
    document_write_end(out, listed);
}

static bool end_document(struct export_files *f, struct err *e)
{
    struct buf out;
    buf_init(&out, 2 * DOCUMENT_LARGEST);
    write_document(f, &out);
    ENSURE(!buf_failed(&out));
    const char *path = path_of(f, add_name(f, DOCUMENT_ENDING), ASIDE);
    FILE *file = fopen(path, "wbe");
    bool fine = file != NULL || fails(path, e);
    if (fine) {
        fwrite(out.p, 1, out.n, file);
        f->count.bytes += (int64_t)out.n;
        fine = close_file(file, path, e);
    }
    buf_free(&out);
    return fine;
}

static bool end_source(struct export_files *f, struct err *e)
{
    bool fine = true;
    if (f->records != NULL)
        fine = close_file(f->records, path_of(f, f->names[f->n - 1], ASIDE), e);
    else if (f->id.n > 0)
        fine = end_document(f, e);
    f->records = NULL;
    f->id = (str){0};
    return fine;
}

static void begin_source(struct export_files *f, const struct export_line *x)
{
    arena_reset(f->source);
    f->id = arena_copy(f->arena, x->id);
    f->json = arena_copy(f->source, x->json);
    f->parts = NULL;
    f->part_count = f->part_room = 0;
    f->bytes = x->json.n;
    strmap_init(&f->described, f->source);
    f->count.sources++;
}

static void put_record(struct export_files *f, str kind, str json)
{
    fprintf(f->records, "{%.*s", STR_ARG(kind));
    fwrite(json.p, 1, json.n, f->records);
    fputs("}\n", f->records);
    f->count.bytes += (int64_t)(kind.n + json.n + 3);
}

static str opening(struct export_files *f, enum record_kind kind)
{
    return arena_printf(f->source, "\"%s\":", record_key(kind));
}

/* What came so far goes to a file of records, and so will the rest. */
static bool become_large(struct export_files *f, struct err *e)
{
    const char *path = path_of(f, add_name(f, RECORDS_ENDING), ASIDE);
    f->records = fopen(path, "wbe");
    if (f->records == NULL)
        return fails(path, e);
    put_record(f, STR("\"annals\":1,\"source\":"), f->json);
    for (size_t i = 0; i < f->part_count; i++)
        put_record(f, opening(f, f->parts[i].kind), f->parts[i].json);
    return true;
}

/* Kept until the source is whole. Of a thing that comes twice, the first was bare. */
static bool keep_part(struct export_files *f, const struct export_line *x, struct err *e)
{
    int64_t before;
    if (x->kind < RECORD_EVENT) {
        str name = arena_printf(f->source, "%s/%.*s", record_key(x->kind), STR_ARG(x->id));
        if (strmap_get(&f->described, name, &before))
            f->parts[before].dropped = true;
        strmap_set(&f->described, name, (int64_t)f->part_count);
    }
    *ARENA_PUSH(f->source, f->parts, f->part_count, f->part_room) = (struct part){
        .kind = x->kind, .json = arena_copy(f->source, x->json)};
    f->bytes += x->json.n;
    /* A long text alone makes no large source. */
    return f->bytes - f->json.n <= LARGEST_SOURCE && f->bytes <= DOCUMENT_LARGEST - 65536
               ? true
               : become_large(f, e);
}

bool export_files_add(struct export_files *f, const struct export_line *x, struct err *e)
{
    if (x->kind == RECORD_SOURCE) {
        if (!end_source(f, e))
            return false;
        begin_source(f, x);
        return true;
    }
    f->count.events += x->kind == RECORD_EVENT;
    if (f->records == NULL)
        return keep_part(f, x, e);
    put_record(f, opening(f, x->kind), x->json);
    return !ferror(f->records) || fails(f->names[f->n - 1], e);
}

/* ---- all of them ---- */

static bool write_order(struct export_files *f, struct err *e)
{
    const char *path = path_of(f, EXPORT_ORDER, ASIDE);
    FILE *file = fopen(path, "wbe");
    if (file == NULL)
        return fails(path, e);
    for (size_t i = 0; i < f->n; i++)
        fprintf(file, "%s\n", f->names[i]);
    return close_file(file, path, e);
}

/* The files of an earlier export that this one has not. */
static void remove_earlier(struct export_files *f)
{
    char name[DOCUMENT_LONGEST_ID + 32];
    int64_t there;
    FILE *file = fopen(path_of(f, EXPORT_ORDER, ""), "rbe");
    while (file != NULL && fgets(name, sizeof name, file) != NULL) {
        name[strcspn(name, "\n")] = '\0';
        bool ours = strchr(name, '/') == NULL && (str_ends(str_from(name), STR(DOCUMENT_ENDING)) ||
                                                  str_ends(str_from(name), STR(RECORDS_ENDING)));
        if (ours && !strmap_get(&f->written, str_from(name), &there))
            unlink(path_of(f, name, ""));
    }
    if (file != NULL)
        fclose(file);
}

static bool take_name(struct export_files *f, const char *name, struct err *e)
{
    const char *path = path_of(f, name, "");
    return rename(path_of(f, name, ASIDE), path) == 0 || fails(path, e);
}

static bool sync_folder(const struct export_files *f, struct err *e)
{
    int folder = open(f->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool fine = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0)
        close(folder);
    return fine || fails(f->folder, e);
}

bool export_files_commit(struct export_files *f, struct err *e)
{
    if (!end_source(f, e) || !write_order(f, e))
        return false;
    remove_earlier(f);
    for (size_t i = 0; i < f->n; i++)
        if (!take_name(f, f->names[i], e))
            return false;
    f->count.files = (int64_t)f->n;
    return take_name(f, EXPORT_ORDER, e) && sync_folder(f, e);
}

void export_files_close(struct export_files *f)
{
    if (f == NULL)
        return;
    if (f->records != NULL)
        fclose(f->records);
    for (size_t i = 0; i < f->n; i++)
        unlink(path_of(f, f->names[i], ASIDE));
    unlink(path_of(f, EXPORT_ORDER, ASIDE));
    arena_free(f->source);
    arena_free(f->arena);
}

struct export_count export_files_count(const struct export_files *f)
{
    return f->count;
}
