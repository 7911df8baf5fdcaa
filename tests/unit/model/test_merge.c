/* What two accounts contradict each other on, in which order they are heard, and what they give. */
#include "check_main.h"
#include "model/differ.h"

#define MOST 4

/* An account in short: every letter or digit is one thing, and stands for its key too. */
struct given {
    const char *title, *summary, *date;
    const char *type;      /* itself, then what is above it */
    const char *parts;     /* actor and role, role, … : "a1b0", 0 for no role */
    const char *places[2]; /* each itself, then what is above it */
    const char *tags;
    const char *identifiers; /* scheme and value, … : "k1m2" */
};

static struct ancestors above(const char *text, struct arena *a)
{
    int64_t *keys = NULL;
    size_t n = 0, room = 0;
    for (; *text != '\0'; text++)
        *ARENA_PUSH(a, keys, n, room) = *text;
    return (struct ancestors){keys, n};
}

static void give_lists(struct account *out, const struct given *g, struct arena *a)
{
    size_t room = 0;
    for (const char *p = g->parts ? g->parts : ""; *p != '\0'; p += 2)
        *ARENA_PUSH(a, out->participants, out->participant_count,
                    room) = (struct event_participant){
            .actor_key = p[0], .actor = {p, 1}, .role_key = p[1] - '0', .role = {p + 1, 1}};
    room = 0;
    for (size_t i = 0; i < 2 && g->places[i] != NULL; i++)
        *ARENA_PUSH(a, out->places, out->place_count,
                    room) = (struct event_place){.place_key = g->places[i][0],
                                                 .place = {g->places[i], 1},
                                                 .within = above(g->places[i] + 1, a)};
    room = 0;
    for (const char *p = g->tags ? g->tags : ""; *p != '\0'; p++)
        *ARENA_PUSH(a, out->tags, out->tag_count, room) = (struct event_tag){*p, {p, 1}};
    room = 0;
    for (const char *p = g->identifiers ? g->identifiers : ""; *p != '\0'; p += 2)
        *ARENA_PUSH(a, out->identifiers.items, out->identifiers.n,
                    room) = (struct identifier){{p, 1}, {p + 1, 1}};
}

static struct account account_of(const struct given *g, struct arena *a)
{
    struct account out = {0};
    struct edtf_error error;
    if (g->title != NULL)
        out.title = str_from(g->title);
    if (g->summary != NULL)
        out.summary = str_from(g->summary);
    if (g->date != NULL) {
        out.date.text = str_from(g->date);
        ck_assert(edtf_parse(out.date.text, &out.date.value, &error));
    }
    if (g->type != NULL) {
        out.type_key = g->type[0];
        out.type = (str){g->type, 1};
        out.type_within = above(g->type + 1, a);
    }
    give_lists(&out, g, a);
    return out;
}

/* ---- contradictions ---- */

#define DATE EVENT_DISPUTED_DATE
#define TYPE EVENT_DISPUTED_TYPE
#define PLACES EVENT_DISPUTED_PLACES
#define PARTS EVENT_DISPUTED_PARTICIPANTS

static const struct {
    struct given a, b;
    unsigned differ;
} pairs[] = {
    {{0}, {0}, 0},
    {{.title = "One", .summary = "One", .tags = "x", .identifiers = "k1"},
     {.title = "Other", .summary = "Other", .tags = "y", .identifiers = "k2"},
     0},
    {{.date = "2022-03"}, {.date = "2022-03-24"}, 0},
    {{.date = "2022-03-24"}, {.date = "2022-03-26"}, DATE},
    {{.date = "2022-03-24"}, {0}, 0},
    /* types: the same, above, beside, unsaid */
    {{.type = "t"}, {.type = "t"}, 0},
    {{.type = "tu"}, {.type = "u"}, 0},
    {{.type = "tuv"}, {.type = "v"}, 0},
    {{.type = "tu"}, {.type = "wu"}, TYPE},
    {{.type = "t"}, {.type = "w"}, TYPE},
    {{.type = "t"}, {0}, 0},
    /* places */
    {{.places = {"p"}}, {.places = {"p"}}, 0},
    {{.places = {"pq"}}, {.places = {"q"}}, 0},
    {{.places = {"pqr"}}, {.places = {"r"}}, 0},
    {{.places = {"pr"}}, {.places = {"qr"}}, PLACES},
    {{.places = {"p", "q"}}, {.places = {"r", "q"}}, 0},
    {{.places = {"p", "q"}}, {.places = {"r", "s"}}, PLACES},
    {{.places = {"p", "qs"}}, {.places = {"r", "s"}}, 0},
    {{.places = {"p"}}, {0}, 0},
    /* roles */
    {{.parts = "a1"}, {.parts = "a1"}, 0},
    {{.parts = "a1"}, {.parts = "a2"}, PARTS},
    {{.parts = "a1"}, {.parts = "a0"}, 0},
    {{.parts = "a1"}, {.parts = "b2"}, 0},
    {{.parts = "a1a2"}, {.parts = "a2a1"}, 0},
    {{.parts = "a1a2"}, {.parts = "a1"}, PARTS},
    {{.parts = "a0a1"}, {.parts = "a1"}, 0},
    {{.parts = "b1a1"}, {.parts = "b1a2"}, PARTS},
    {{.date = "2001", .type = "t", .places = {"p"}, .parts = "a1"},
     {.date = "2002", .type = "u", .places = {"q"}, .parts = "a2"},
     DATE | TYPE | PLACES | PARTS},
};

static unsigned differ(const struct account *a, const struct account *b, struct arena *arena)
{
    const struct account both[] = {*a, *b};
    const struct differ_account *said = differ_prepare(both, 2, arena);
    return differ_on(&said[0], &said[1], DIFFER_ALL);
}

START_TEST(accounts_contradict_each_other)
{
    struct arena *arena = arena_new();
    struct account a = account_of(&pairs[_i].a, arena), b = account_of(&pairs[_i].b, arena);
    ck_assert_uint_eq(differ(&a, &b, arena), pairs[_i].differ);
    ck_assert_uint_eq(differ(&b, &a, arena), pairs[_i].differ);
    ck_assert_uint_eq(differ(&a, &a, arena), 0);
    arena_free(arena);
}
END_TEST

/* ---- the order ---- */

static const struct account told[] = {
    {.source_key = 1, .event_key = 8, .precedence = 1, .known_from = 30},
    {.source_key = 2, .event_key = 9, .precedence = 5, .known_from = 20},
    {.source_key = 2, .event_key = 8, .precedence = 5, .known_from = 20},
    {.source_key = 3, .event_key = 8, .precedence = 1, .known_from = 30},
    {.source_key = 4, .event_key = 8, .precedence = 5, .known_from = READING_NEVER},
    {.source_key = 5, .event_key = 8, .precedence = -2, .known_from = -10},
};
#define TOLD (sizeof told / sizeof told[0])

static const struct {
    enum policy policy;
    int64_t source;
    const char *order; /* their places in told */
} orders[] = {
    {POLICY_PREFERRED, 0, "214035"}, {POLICY_FIRST, 0, "521034"},  {POLICY_LAST, 0, "403215"},
    {POLICY_SOURCE, 1, "021435"},    {POLICY_SOURCE, 2, "214035"}, {POLICY_SOURCE, 3, "321405"},
    {POLICY_SOURCE, 5, "521403"},    {POLICY_SOURCE, 9, "214035"}, {POLICY_SOURCE, 4, "421035"},
};

/* Whatever the order that they come in. */
START_TEST(the_policy_orders_them)
{
    for (size_t turn = 0; turn < 2 * TOLD; turn++) {
        const struct account *order[TOLD];
        char got[TOLD + 1] = "";
        for (size_t i = 0; i < TOLD; i++) {
            size_t from = (i + turn) % TOLD;
            order[i] = &told[turn < TOLD ? from : TOLD - 1 - from];
        }
        event_order(order, TOLD, orders[_i].policy, orders[_i].source);
        for (size_t i = 0; i < TOLD; i++)
            got[i] = (char)('0' + (order[i] - told));
        ck_assert_str_eq(got, orders[_i].order);
    }
}
END_TEST

/* ---- reprints ---- */

/* Sources 1 to 4, and for each which ones it derives from. */
static const struct {
    const char *derives[MOST];
    size_t n;
    size_t reports;
} reprints[] = {
    {{"", "", ""}, 3, 3},        {{"", "1", "1"}, 3, 1},     {{"", "1", "12"}, 3, 1},
    {{"2", "1", ""}, 3, 2},      {{"23", "13", "12"}, 3, 1}, {{"4", "4", "4"}, 3, 3},
    {{"2", "", "2", "3"}, 4, 1}, {{"", "134", ""}, 3, 2},    {{"", "34"}, 2, 2},
};

START_TEST(reprints_are_not_counted)
{
    struct arena *a = arena_new();
    struct account accounts[MOST] = {0};
    const struct account *order[MOST];
    for (size_t i = 0; i < reprints[_i].n; i++) {
        accounts[i].source_key = '1' + (int64_t)i;
        accounts[i].derives = above(reprints[_i].derives[i], a);
        order[i] = &accounts[i];
    }
    const size_t *originals = event_originals(order, reprints[_i].n, a);
    size_t reports = 0;
    for (size_t i = 0; i < reprints[_i].n; i++)
        reports += originals[i] == reprints[_i].n;
    ck_assert_uint_eq(reports, reprints[_i].reports);
    arena_free(a);
}
END_TEST

/* Every way in which three sources derive from each other, told by four accounts in any order. */
START_TEST(the_first_original_is_found)
{
    static const char *const above_of[] = {"", "1", "2", "12", "3", "13", "23", "123"};
    struct arena *a = arena_new();
    for (unsigned way = 0; way < 8 * 8 * 8; way++) {
        const unsigned sets[] = {way & 6, way >> 3 & 5, way >> 6 & 3};
        for (unsigned turn = 0; turn < 81; turn++) {
            struct account accounts[MOST] = {0};
            const struct account *order[MOST];
            unsigned left = turn;
            for (size_t i = 0; i < MOST; i++, left /= 3) {
                accounts[i].source_key = '1' + (int64_t)(left % 3);
                accounts[i].derives = above(above_of[sets[left % 3]], a);
                order[i] = &accounts[i];
            }
            const size_t *originals = event_originals(order, MOST, a);
            for (size_t i = 0; i < MOST; i++) {
                size_t first = 0;
                while (first < MOST && !event_reprints(order[i], order[first]))
                    first++;
                ck_assert_uint_eq(originals[i], first);
            }
        }
        arena_reset(a);
    }
    arena_free(a);
}
END_TEST

/* ---- the merge ---- */

static const struct {
    struct given accounts[3];
    size_t n;
    const char *merged; /* title|summary|date|type|places|participants|tags|identifiers */
} merges[] = {
    {{{0}}, 1, "|||||||"},
    {{{.title = "A"}, {.title = "B", .summary = "b", .date = "2001", .type = "t"}},
     2,
     "A|b|2001|t||||"},
    {{{.date = "2001"}, {.summary = "b"}, {.title = "C", .summary = "c", .date = "2002"}},
     3,
     "C|b|2001|||||"},
    {{{0}, {.type = "u"}, {.type = "t"}}, 3, "|||u||||"},
    /* places are those of one account, what is a set is joined */
    {{{.tags = "x"}, {.places = {"p", "q"}}, {.places = {"r"}}}, 3, "||||pq||x|"},
    {{{.tags = "xy"}, {.tags = "yz"}, {.tags = "zx"}}, 3, "||||||xyz|"},
    {{{.identifiers = "k1"}, {.identifiers = "k2m3"}, {.identifiers = "m4n5"}}, 3, "|||||||k1m3n5"},
    /* an actor's roles are those of the first account that names it, all of them */
    {{{.parts = "a1"}, {.parts = "a2b3"}, {.parts = "b4c0"}}, 3, "|||||a1b3c0||"},
    {{{.parts = "b1"}, {.parts = "a1b2a2"}, {.parts = "a3"}}, 3, "|||||b1a1a2||"},
};

static void add(struct buf *out, str text)
{
    buf_add(out, text);
    buf_add_char(out, '|');
}

static void write_merged(struct buf *out, const struct account *m)
{
    add(out, m->title);
    add(out, m->summary);
    add(out, m->date.text);
    add(out, m->type);
    for (size_t i = 0; i < m->place_count; i++)
        buf_add(out, m->places[i].place);
    buf_add_char(out, '|');
    for (size_t i = 0; i < m->participant_count; i++) {
        buf_add(out, m->participants[i].actor);
        buf_add(out, m->participants[i].role);
    }
    buf_add_char(out, '|');
    for (size_t i = 0; i < m->tag_count; i++)
        buf_add(out, m->tags[i].tag);
    buf_add_char(out, '|');
    for (size_t i = 0; i < m->identifiers.n; i++) {
        buf_add(out, m->identifiers.items[i].scheme);
        buf_add(out, m->identifiers.items[i].value);
    }
}

START_TEST(each_property_is_of_the_first_that_has_it)
{
    struct arena *a = arena_new();
    struct account accounts[3];
    const struct account *order[3];
    struct event e;
    struct buf got;
    buf_init(&got, 1000);
    for (size_t i = 0; i < merges[_i].n; i++) {
        accounts[i] = account_of(&merges[_i].accounts[i], a);
        order[i] = &accounts[i];
    }
    event_merge(STR("e"), order, merges[_i].n, DATE, 7, a, &e);
    write_merged(&got, &e.merged);
    ck_assert_msg(str_eq(buf_str(&got), str_from(merges[_i].merged)), "%.*s, not %s",
                  STR_ARG(buf_str(&got)), merges[_i].merged);
    ck_assert_uint_eq(e.account_count, 7);
    ck_assert_uint_eq(e.disputed, DATE);
    buf_free(&got);
    arena_free(a);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("merge");
    tcase_add_loop_test(t, accounts_contradict_each_other, 0, sizeof pairs / sizeof *pairs);
    tcase_add_loop_test(t, the_policy_orders_them, 0, sizeof orders / sizeof *orders);
    tcase_add_loop_test(t, reprints_are_not_counted, 0, sizeof reprints / sizeof *reprints);
    tcase_add_test(t, the_first_original_is_found);
    tcase_add_loop_test(t, each_property_is_of_the_first_that_has_it, 0,
                        sizeof merges / sizeof *merges);
    Suite *s = suite_create("merge");
    suite_add_tcase(s, t);
    return check_main(s);
}
