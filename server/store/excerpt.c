#include "store/excerpt.h"

#include "base/jout.h"
#include "model/excerpt.h"
#include "store/hearing.h"

#define LARGEST_EXCERPT ((size_t)64 * 1024)
#define MOST_ACCOUNTS 16 /* of one event that are looked at */

struct finder {
    struct store_reader *r;
    const struct excerpt_words *words;
    struct arena *scratch; /* emptied after each row */
    struct err *e;
    int64_t version;
    struct hearing hearing;

    const char *property; /* of the best so far; NULL for none */
    str source;
    struct excerpt best;
};

/* Keeps what has more of the words than what was found before. */
static void look_in(struct finder *f, const char *property, str source, str text)
{
    struct excerpt found;
    if (text.n == 0 || !excerpt_find(f->words, text, f->scratch, &found) ||
        (f->property != NULL && found.found <= f->best.found))
        return;
    f->property = property;
    f->source = source;
    f->best = found;
}

/* Whether nothing could have more of the words. */
static bool is_complete(const struct finder *f)
{
    return f->property != NULL && f->best.found == (int)f->words->n;
}

struct accounts {
    int64_t keys[MOST_ACCOUNTS];
    str sources[MOST_ACCOUNTS];
    size_t n;
};

/* Titles and summaries, those of the account that wins first. */
static bool look_in_wording(struct finder *f, int64_t row, struct accounts *all)
{
    struct db_rows *rows;
    if (!SQL_QUERY(f->r->db, f->e, &rows, SQL(excerpt_wording), DB_INT(row), DB_INT(f->version),
                   DB_INT(f->hearing.known_at), DB_INT(f->hearing.policy),
                   DB_INT(f->hearing.source)))
        return false;
    while (!is_complete(f) && all->n < MOST_ACCOUNTS && db_next(rows, f->e)) {
        str source = internal_text(rows, 1, f->scratch);
        all->keys[all->n] = db_i64(rows, 0);
        all->sources[all->n++] = source;
        look_in(f, "title", source, db_str(rows, 2));
        if (!is_complete(f))
            look_in(f, "summary", source, db_str(rows, 3));
    }
    db_done(rows);
    return f->e->code == ERR_NONE;
}

static bool look_in_names(struct finder *f, int64_t account)
{
    struct db_rows *rows;
    if (!SQL_QUERY(f->r->db, f->e, &rows, SQL(excerpt_names), DB_INT(account), DB_INT(f->version)))
        return false;
    while (!is_complete(f) && db_next(rows, f->e))
        look_in(f, "name", STR(""), db_str(rows, 0));
    db_done(rows);
    return f->e->code == ERR_NONE;
}

static bool look_in_quotes(struct finder *f, int64_t account, str source)
{
    struct db_rows *rows;
    if (!SQL_QUERY(f->r->db, f->e, &rows, SQL(owner_quotes), DB_INT(account)))
        return false;
    while (!is_complete(f) && db_next(rows, f->e))
        look_in(f, "quote", source, db_str(rows, 0));
    db_done(rows);
    return f->e->code == ERR_NONE;
}

static str written(const struct finder *f, struct arena *a)
{
    struct buf out;
    struct jout j;
    buf_init(&out, LARGEST_EXCERPT);
    jout_init(&j, &out);
    jout_object(&j);
    jout_member_text(&j, "property", f->property);
    jout_member_str(&j, "text", f->best.text);
    jout_key(&j, "marks");
    jout_array(&j);
    for (size_t i = 0; i < f->best.mark_count; i++) {
        jout_array(&j);
        jout_i64(&j, (int64_t)f->best.marks[i].start);
        jout_i64(&j, (int64_t)f->best.marks[i].end);
        jout_array_end(&j);
    }
    jout_array_end(&j);
    jout_member_str_if(&j, "source", f->source);
    jout_object_end(&j);
    ENSURE(!buf_failed(&out));
    str json = arena_copy(a, buf_str(&out));
    buf_free(&out);
    return json;
}

static bool fill_row(struct finder *f, struct event_row *row, struct arena *a)
{
    struct accounts all = {.n = 0};
    f->property = NULL;
    if (!look_in_wording(f, row->key, &all))
        return false;
    for (size_t i = 0; i < all.n && f->property == NULL; i++)
        if (!look_in_names(f, all.keys[i]))
            return false;
    for (size_t i = 0; i < all.n && f->property == NULL; i++)
        if (!look_in_quotes(f, all.keys[i], all.sources[i]))
            return false;
    if (f->property != NULL)
        row->excerpt = written(f, a);
    return true;
}

bool excerpt_fill(struct store_reader *r, const struct query *q, struct event_row *rows, size_t n,
                  struct arena *a, struct err *e)
{
    struct excerpt_words words;
    if (q->text.n == 0)
        return true;
    excerpt_words_read(q->text, a, &words);
    struct finder f = {
        .r = r, .words = &words, .scratch = arena_new(), .e = e, .version = q->version};
    bool ok = hearing_find(r->db, &q->reading, a, &f.hearing, NULL, e);
    for (size_t i = 0; i < n && ok; i++) {
        arena_reset(f.scratch);
        ok = fill_row(&f, &rows[i], a);
    }
    arena_free(f.scratch);
    return ok;
}
