#include "api/describe.h"
#include "check_main.h"

#include <stdlib.h>

static str name_of(void *context, enum filter_kind kind, str id)
{
    (void)context;
    if (kind == FILTER_ACTOR && str_eq(id, STR("aze")))
        return STR("Azerbaijan");
    return id;
}

static const struct describe_names names = {NULL, name_of};

static const struct {
    const char *query;
    const char *sentence;
} cases[] = {
    {"", "all events"},
    {"sort=-date", "all events, the latest first"},
    {"date=2021-06", "events overlapping June 2021"},
    {"date=2021-06&actor=aze&actor=tur",
     "events overlapping June 2021 with Azerbaijan and with tur"},
    {"actor=aze,tur,rus", "events with Azerbaijan, tur or rus"},
    {"actor=aze&role=host,mediator&type=agree",
     "events with Azerbaijan as host or mediator, of the type agree"},
    {"role=host", "events with somebody as host"},
    {"actor__not=aze&place=shusha", "events without Azerbaijan, in shusha"},
    {"q=corridor&sort=relevance", "events that speak of corridor, the best match first"},
    {"precision__not=day,second", "events not dated to the day or second"},
    {"as_of=3", "all events, as recorded at version 3"},
};

START_TEST(says_the_question_back)
{
    struct arena *a = arena_new();
    struct problems problems, later;
    struct route_match m;
    struct arguments arguments;
    struct question q;
    struct buf out;
    problem_init(&problems, a);
    problem_init(&later, a);
    route_find(STR("/v1/events"), &m);
    argument_read(str_from(cases[_i].query), m.any, a, &problems, &later, &arguments);
    question_read(&arguments, a, &problems, &later, &q);
    buf_init(&out, 1000);
    describe_sentence(&out, &q, 3, &names);
    buf_add_char(&out, '\0');
    ck_assert_str_eq(out.p, cases[_i].sentence);
    buf_free(&out);
    arena_free(a);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("describe");
    tcase_add_loop_test(t, says_the_question_back, 0, sizeof cases / sizeof *cases);
    Suite *s = suite_create("describe");
    suite_add_tcase(s, t);
    return check_main(s);
}
