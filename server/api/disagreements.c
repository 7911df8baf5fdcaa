/* Where accounts contradict each other. */
#include <inttypes.h>

#include "api/answer.h"
#include "api/call.h"
#include "api/handlers.h"
#include "api/links.h"
#include "api/names.h"
#include "base/jout.h"
#include "render/disagreement_list.h"

static const char *const members[] = {"event",          "title",       "property", "values",
                                      "contradictions", "spread_days", "widest",   NULL};

static uint64_t digest(const struct call *x)
{
    char properties = (char)('0' + x->question.properties);
    str value = {&properties, 1};
    struct strs values = {&value, 1};
    return cursor_question(&x->question.query) +
           cursor_filter(str_from(x->route->path), false, &values);
}

/* ---- pairs of sources ---- */

static void write_pair(struct jout *j, const struct disagreement_sources *pair)
{
    jout_object(j);
    jout_key(j, "sources");
    jout_array(j);
    jout_str(j, pair->a);
    jout_str(j, pair->b);
    jout_array_end(j);
    jout_member_i64(j, "disagreements", pair->total);
    jout_key(j, "properties");
    jout_object(j);
    for (unsigned bit = 0; bit < EVENT_DISPUTE_COUNT; bit++)
        if (pair->n[bit] > 0)
            jout_member_i64(j, event_dispute_name((enum event_dispute_bit)bit), pair->n[bit]);
    jout_object_end(j);
    jout_key(j, "widest_days");
    pair->widest < 0 ? jout_null(j) : jout_i64(j, pair->widest);
    jout_object_end(j);
}

/* The members "pairs" and "pairs_over" of the envelope. */
static void add_pairs(struct call *x, const struct disagreement_page *found, struct page *page)
{
    struct splice *beside = ARENA_ARRAY(x->arena, struct splice, 2);
    struct buf text;
    struct jout j;
    buf_init(&text, ANSWER_LARGEST);
    jout_init(&j, &text);
    jout_array(&j);
    for (size_t i = 0; i < found->source_count; i++)
        write_pair(&j, &found->sources[i]);
    jout_array_end(&j);
    beside[0] = (struct splice){.key = STR("pairs"), .value = arena_copy(x->arena, buf_str(&text))};
    buf_free(&text);
    beside[1] = (struct splice){
        .key = STR("pairs_over"),
        .value = arena_printf(x->arena, "{\"events\":%" PRId64 ",\"all\":%s}", found->source_events,
                              found->source_whole ? "true" : "false")};
    page->beside = beside;
    page->beside_count = 2;
}

/* ---- the list ---- */

/* The formats that are written by columns of their own. */
static bool answer_plain(struct call *x, const struct page *page)
{
    struct buf out;
    buf_init(&out, ANSWER_LARGEST);
    if (x->format == FORMAT_CSV)
        disagreement_list_csv(&out, page);
    else
        disagreement_list_txt(&out, page, x->question.width);
    if (page->next.n > 0)
        answer_header(x->out, "Link",
                      arena_printf(x->arena, "<%.*s>; rel=\"next\"", STR_ARG(page->next)));
    if (page->matched >= 0)
        answer_header(x->out, "Annals-Matched", arena_printf(x->arena, "%" PRId64, page->matched));
    answer_header(x->out, "Annals-Version", arena_printf(x->arena, "%" PRId64, page->version));
    return answer_buf(x, format_type(x->format), &out);
}

static bool find(struct call *x, struct disagreement_page *found)
{
    struct query *q = &x->question.query;
    bool first = !x->cursor.after.given;
    struct disagreement_query asked = {
        .events = q,
        .properties = x->question.properties,
        .given = x->cursor.given,
        .limit = q->limit,
        .count = q->count,
        .pairs = first && !x->question.array &&
                 (x->format == FORMAT_JSON || x->format == FORMAT_HTML)};
    q->version = x->version;
    q->disputed = WHETHER_YES;
    if (!call_cursor_fits(x, digest(x)))
        return false;
    q->after = x->cursor.after;
    q->after.given = !first && q->after.id.n > 0;
    return store_find_disagreements(x->reader, &asked, x->arena, found, &x->problems, &x->err) &&
           call_fields(x, x->format == FORMAT_CSV ? disagreement_list_columns : members, STR(""));
}

bool disagreements_list(struct call *x)
{
    struct disagreement_page found;
    if (!find(x, &found))
        return false;
    struct page page = {.items = ARENA_ARRAY(x->arena, struct page_item, found.page.n),
                        .n = found.page.n,
                        .array = x->question.array,
                        .fields = x->question.fields,
                        .matched = found.page.matched,
                        .version = x->version};
    for (size_t i = 0; i < page.n; i++)
        page.items[i].document = found.page.items[i].document;
    if (found.page.more) {
        const struct cursor next = {.version = x->version,
                                    .question = digest(x),
                                    .after = found.after,
                                    .given = found.given};
        page.next = links_next(x, &next);
    }
    if (x->format == FORMAT_CSV || x->format == FORMAT_TXT)
        return answer_plain(x, &page);
    if (!x->cursor.after.given)
        add_pairs(x, &found, &page);
    page.query = names_query(x);
    page.links = links_write(x, page.next);
    return answer_page(x, &page);
}
