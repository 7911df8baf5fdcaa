#include "render/drawing_lane.h"

#include <stdlib.h>

#include "base/check.h"
#include "base/strmap.h"
#include "base/width.h"

struct lane {
    str key; /* id; empty for what has none */
    str name;
    size_t count;
    size_t rank; /* while sorting: its number before; afterwards its number in the drawing */
};

static str first_id(str joined)
{
    str rest = joined, id = {0};
    event_view_next_id(&rest, &id);
    return id;
}

/* Id of the lane of an event; empty for none. */
static str key_of(const struct event_row *row, enum page_lanes by)
{
    switch (by) {
    case LANES_AUTO:
    case LANES_NONE:
        return (str){0};
    case LANES_TYPE:
        return row->type;
    case LANES_ACTOR:
        return first_id(row->actors);
    case LANES_PLACE:
        return row->place;
    case LANES_SOURCE:
        return first_id(row->sources);
    }
    UNREACHABLE();
}

/* The name that an event's document gives to the thing of its lane, or the id. */
static str name_of(const struct page_item *item, enum page_lanes by, str id, struct arena *a)
{
    struct event_view view;
    struct event_view_participant who;
    struct event_view_place where;
    struct buf text;
    buf_init(&text, SIZE_MAX / 2);
    event_view_read(item, &view);
    size_t at = 0;
    if (by == LANES_ACTOR && event_view_participant(&view, &at, &who))
        event_view_text(&text, who.name);
    if (by == LANES_PLACE && event_view_place(&view, &at, &where))
        event_view_text(&text, where.name);
    str name = width_clean_copy(text.n > 0 ? buf_str(&text) : id, a);
    buf_free(&text);
    return name;
}

static str nameless(enum page_lanes by)
{
    return by == LANES_TYPE    ? STR("no type")
           : by == LANES_ACTOR ? STR("no actor")
           : by == LANES_PLACE ? STR("no place")
                               : STR("no source");
}

/* The fullest first, then by name; what has no key last. */
static int by_count(const void *a, const void *b)
{
    const struct lane *x = a, *y = b;
    if ((x->key.n == 0) != (y->key.n == 0))
        return x->key.n == 0 ? 1 : -1;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    int order = str_cmp(x->name, y->name);
    return order != 0 ? order : str_cmp(x->key, y->key);
}

/* The lanes as they come; every mark gets the number of its own among them. */
static struct lane *gather(struct drawing *d, enum page_lanes by, struct arena *a, size_t *n)
{
    struct strmap numbers;
    struct lane *lanes = NULL;
    size_t room = 0;
    strmap_init(&numbers, a);
    *n = 0;
    for (size_t i = 0; i < d->n; i++) {
        struct drawing_mark *m = &d->marks[i];
        str key = key_of(m->row, by);
        int64_t number;
        if (key.p == NULL)
            key = STR("");
        if (!strmap_get(&numbers, key, &number)) {
            number = (int64_t)*n;
            strmap_set(&numbers, key, number);
            str name = key.n > 0 ? name_of(m->item, by, key, a) : nameless(by);
            *ARENA_PUSH(a, lanes, *n,
                        room) = (struct lane){.key = key, .name = name, .rank = (size_t)number};
        }
        ENSURE(lanes != NULL);
        lanes[number].count++;
        m->lane = (size_t)number;
    }
    return lanes;
}

static void one_lane(struct drawing *d, struct arena *a)
{
    d->by = LANES_NONE;
    d->lane_count = 1;
    d->lanes = ARENA_NEW(a, struct drawing_lane);
    d->lanes[0].count = d->n;
    /* One lane, because all are of one type, has the colour of that type still. */
    d->lanes[0].id = d->n > 0 ? d->marks[0].row->type : STR("");
    for (size_t i = 1; i < d->n; i++)
        if (!str_eq(d->marks[i].row->type, d->lanes[0].id))
            d->lanes[0].id = STR("");
    for (size_t i = 0; i < d->n; i++)
        d->marks[i].lane = 0;
}

void drawing_lane_sort(struct drawing *d, const struct drawing_options *o, struct arena *a)
{
    ENSURE(o->most_lanes > 1);
    const struct page_about *about = d->page->about;
    bool asked = about != NULL && about->lanes != LANES_AUTO;
    d->by = asked ? (enum page_lanes)about->lanes : o->auto_lanes;
    size_t n = 0;
    struct lane *lanes = d->by == LANES_NONE || d->by == LANES_AUTO ? NULL
                                                                    : gather(d, d->by, a, &n);
    if (n < (asked ? 1 : 2)) {
        one_lane(d, a);
        return;
    }
    qsort(lanes, n, sizeof *lanes, by_count);
    size_t *order = ARENA_ARRAY(a, size_t, n);
    d->lane_count = n > o->most_lanes ? o->most_lanes : n;
    d->lanes = ARENA_ARRAY(a, struct drawing_lane, d->lane_count);
    for (size_t i = 0; i < n; i++) {
        size_t to = i < d->lane_count ? i : d->lane_count - 1;
        order[lanes[i].rank] = to;
        d->lanes[to].id = i < d->lane_count ? lanes[i].key : STR("");
        d->lanes[to].name = i < d->lane_count ? lanes[i].name : STR("other");
        d->lanes[to].count += lanes[i].count;
    }
    for (size_t i = 0; i < d->n; i++)
        d->marks[i].lane = order[d->marks[i].lane];
}
