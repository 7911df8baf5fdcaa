#include "api/describe.h"
#include "api/describe_date.h"
#include "check_main.h"

#include <stdlib.h>

static str name_of(void *context, enum filter_kind kind, str id)
{
    (void)context;
    bool actor = kind == FILTER_ACTOR || kind == FILTER_CLAIMED_BY;
    if (actor && str_eq(id, STR("aze")))
        return STR("Azerbaijan");
    if (actor && str_eq(id, STR("rus")))
        return STR("Russia");
    if (kind == FILTER_PLACE && str_eq(id, STR("shusha")))
        return STR("Shusha");
    if (kind == FILTER_SOURCE && str_eq(id, STR("report")))
        return STR("A Report");
    if ((kind == FILTER_RELATED_TO || kind == FILTER_ID) && str_eq(id, STR("declaration")))
        return STR("Shusha Declaration");
    return id;
}

static const struct describe_names names = {NULL, name_of};

static const struct {
    const char *query;
    const char *sentence;
} cases[] = {
    {"", "all events"},
    {"sort=-date", "all events, the latest first"},
    {"undated=only", "all undated events"},
    {"undated=exclude", "all dated events"},
    {"undated=include", "all events"},
    {"undated=only&actor=aze", "undated events with Azerbaijan"},
    /* dates */
    {"date=2021-06", "events overlapping June 2021"},
    {"date=2021-06&certainty=certain", "events certainly overlapping June 2021"},
    {"date=2021&when=within", "events within 2021"},
    {"date=2021&when=within&certainty=certain", "events certainly within 2021"},
    {"date=2021&when=covers", "events in force throughout 2021"},
    {"date=2021&when=starts", "events starting in 2021"},
    {"date=2021-06-15&when=starts", "events starting on 15 June 2021"},
    {"date=1846~&when=ends", "events ending c. 1846"},
    {"date=1945-21&when=ends", "events ending in spring 1945"},
    {"date=2020-09/2020-11", "events overlapping the time from September 2020 to November 2020"},
    {"date=2020/2021-03-05&when=within", "events within the time from 2020 to 5 March 2021"},
    {"date=2020/2021&when=starts", "events starting between 2020 and 2021"},
    {"date=2020/2021&when=covers", "events in force at all times from 2020 to 2021"},
    {"date=2021-06-15/..", "events overlapping the time from 15 June 2021 on"},
    {"date=2021-06-15/..&when=starts", "events starting on 15 June 2021 or later"},
    {"date=2021-06/..&when=within", "events wholly in June 2021 or later"},
    {"date=2021/&when=covers", "events in force at all times from 2021 on"},
    {"date=../1991", "events overlapping the time up to 1991"},
    {"date=../1991&when=ends", "events ending in 1991 or earlier"},
    {"date=../..", "events with a date"},
    {"date=../..&when=covers", "events in force at all times"},
    {"date=XXXX-02-24", "events overlapping 24 February of any year"},
    {"date=XXXX-02-24&when=starts", "events starting on 24 February of any year"},
    {"date=19XX-02-29&when=starts",
     "events starting on 29 February of any year between 1904 and 1996"},
    {"date=2021-XX-05&when=starts", "events starting on the 5th of any month of 2021"},
    {"date=XXXX-XX-22", "events overlapping the 22nd of any month of any year"},
    {"date=2021-XX", "events overlapping any month in 2021"},
    {"date=[2019,2021]&when=starts", "events starting in 2019 or 2021"},
    {"date={2019,2021}", "events overlapping 2019 and 2021"},
    {"date=199X&when=starts", "events starting in the 1990s"},
    {"date=-0043&when=starts", "events starting in 44 BCE"},
    {"date=2021&undated=include&actor=aze",
     "events overlapping 2021 or without a date, with Azerbaijan"},
    /* who */
    {"date=2021-06&actor=aze&actor=tur",
     "events overlapping June 2021 with Azerbaijan and with tur"},
    {"actor=aze,tur,rus", "events with Azerbaijan, tur or Russia"},
    {"actor=a,b,c,d,e,f,g,h,i", "events with a, b, c, d, e, f, g, h or i"},
    {"actor=a,b,c,d,e,f,g,h,i,j,k", "events with a, b, c, d, e, f, g, h or 3 others"},
    {"actor=aze&role=host,mediator&type=agree",
     "events with Azerbaijan as host or mediator, of the type agree"},
    {"actor=aze&actor=rus&role=signatory",
     "events with Azerbaijan and with Russia, each as signatory"},
    {"actor=aze&role__not=host", "events with Azerbaijan in a part other than host"},
    {"actor=aze&role=host,speaker&role__not=target",
     "events with Azerbaijan as host or speaker and not as target"},
    {"role=host", "events with somebody as host"},
    {"role__not=host", "events with nobody as host"},
    {"actor__not=aze&role=host", "events without Azerbaijan, with somebody as host"},
    {"actor=nato&members", "events with nato or a member of it"},
    {"actor=nato,csto&members", "events with nato, csto or a member of theirs"},
    {"actor__not=nato&members", "events without nato or a member of it"},
    {"actor__not=aze&place=shusha", "events without Azerbaijan, in Shusha"},
    {"actor=aze&actor__not=rus", "events with Azerbaijan, without Russia"},
    /* what and where */
    {"type=agree,consult&type__not=march",
     "events of the type agree or consult, not of the type march"},
    {"tag=peace&tag=treaty&tag__not=x", "events tagged peace and tagged treaty, not tagged x"},
    {"near=39.76,46.75,50", "events within 50 km of 39.76° N 46.75° E"},
    {"bbox=-10,-20.5,30,40", "events in the box from 20.5° S 10° W to 40° N 30° E"},
    {"bbox=170,-20,-170,20&near=0,0,1.5",
     "events in the box from 20° S 170° E to 20° N 170° W across the 180th meridian and within "
     "1.5 km of 0° N 0° E"},
    {"source=reuters&source__not=x", "events told by reuters, not told by x"},
    {"precision__not=day,second", "events not dated to the day or second"},
    {"id=declaration,x", "events that are “Shusha Declaration” or x"},
    {"id__not=declaration", "events other than “Shusha Declaration”"},
    /* relations, claims, words */
    {"related_to=declaration", "events related to “Shusha Declaration”"},
    {"related_to=declaration&relation=responds_to,follows",
     "events related to “Shusha Declaration” by “responds to” or “follows”"},
    {"relation=violates", "events with a relation “violates”"},
    {"relation__not=violates", "events without a relation “violates”"},
    {"claimed_by=rus", "events about which Russia makes a claim"},
    {"claimed_by=rus,aze&stance=denies,accuses",
     "events about which Russia or Azerbaijan makes a claim that denies or accuses"},
    {"claimed_by=rus&stance__not=denies",
     "events about which Russia makes a claim other than one that denies"},
    {"claimed_by__not=rus", "events without a claim by Russia"},
    {"stance=denies", "events about which somebody makes a claim that denies"},
    {"stance__not=denies", "events about which nobody makes a claim that denies"},
    {"disputed", "events that sources disagree on"},
    {"disputed=false", "events that sources do not disagree on"},
    {"q=corridor&sort=relevance", "events that speak of “corridor”, the best match first"},
    {"q=%22north+gate%22+gr*", "events that speak of “\"north gate\" gr*”"},
    {"as_of=3", "all events, as recorded at version 3"},
    /* the reading */
    {"policy=preferred", "all events"},
    {"policy=first", "all events, where the account published first wins"},
    {"policy=last&date=2021", "events overlapping 2021, where the account published last wins"},
    {"policy=source:report", "all events, where the account of “A Report” wins"},
    {"policy=source:gazette", "all events, where the account of gazette wins"},
    {"known_at=2022-02-21", "all events, as known on 21 February 2022"},
    {"known_at=2022-02", "all events, as known by the end of February 2022"},
    {"known_at=2020/2021", "all events, as known by the end of 2020 to 2021"},
    {"policy=first&known_at=2022-02-21&as_of=3&sort=title&actor=aze",
     "events with Azerbaijan, where the account published first wins, as known on 21 February "
     "2022, by title, as recorded at version 3"},
    /* much at once */
    {"date=2021&when=within&certainty=certain&actor=aze&role=signatory&type=agree,consult"
     "&near=39.76,46.75,50&disputed&q=ceasefire&sort=-date",
     "events certainly within 2021 with Azerbaijan as signatory, of the type agree or consult, "
     "within 50 km of 39.76° N 46.75° E, that sources disagree on, that speak of “ceasefire”, "
     "the latest first"},
};

START_TEST(says_the_question_back)
{
    struct arena *a = arena_new();
    struct problems problems;
    struct route_match m;
    struct arguments arguments;
    struct question q;
    struct buf out;
    problem_init(&problems, a);
    route_find(STR("/v1/events"), &m);
    argument_read(str_from(cases[_i].query), m.any, a, &problems, &arguments);
    question_read(&arguments, a, &problems, &q);
    ck_assert_uint_eq(problems.n, 0);
    buf_init(&out, 1000);
    describe_sentence(&out, &q, 3, &names);
    buf_add_char(&out, '\0');
    ck_assert_str_eq(out.p, cases[_i].sentence);
    buf_free(&out);
    arena_free(a);
}
END_TEST

/* The rule of `when` in words: of what matches for certain, and of what may. */
static const struct {
    const char *query;
    const char *certain;
    const char *possible;
} rules[] = {
    {"date=2021", "the event starts no later than 2021-12-31 and ends no earlier than 2021-01-01",
     "the event may have started by 2021-12-31 and may end as late as 2021-01-01"},
    {"date=2021&when=within",
     "the event ends no later than 2021-12-31 and starts no earlier than 2021-01-01",
     "the event may have ended by 2021-12-31 and may start as late as 2021-01-01"},
    {"date=2021&when=covers",
     "the event starts no later than 2021-01-01 and ends no earlier than 2021-12-31",
     "the event may have started by 2021-01-01 and may end as late as 2021-12-31"},
    {"date=2021&when=starts",
     "the event starts no later than 2021-12-31 and starts no earlier than 2021-01-01",
     "the event may have started by 2021-12-31 and may start as late as 2021-01-01"},
    {"date=2021&when=ends",
     "the event ends no later than 2021-12-31 and ends no earlier than 2021-01-01",
     "the event may have ended by 2021-12-31 and may end as late as 2021-01-01"},
    {"date=2021/..&when=covers", "the event starts no later than 2021-01-01 and has no end",
     "the event may have started by 2021-01-01 and may have no end"},
    {"date=../2021&when=covers", "the event ends no earlier than 2021-12-31 and has no start",
     "the event may end as late as 2021-12-31 and may have no start"},
    {"date=../..&when=covers", "the event has neither a start nor an end",
     "the event may have neither a start nor an end"},
    {"date=../..", "the event has a date", "the event has a date"},
    {"date=2021-06-15T10:00:00/..", "the event ends no earlier than 2021-06-15T10:00:00",
     "the event may end as late as 2021-06-15T10:00:00"},
};

static void assert_rule(const struct query *q, bool certain, const char *want)
{
    struct buf out;
    buf_init(&out, 1000);
    describe_date_rule(&out, q, certain);
    buf_add_char(&out, '\0');
    ck_assert_str_eq(out.p, want);
    buf_free(&out);
}

START_TEST(says_the_rule)
{
    struct arena *a = arena_new();
    struct problems problems;
    struct route_match m;
    struct arguments arguments;
    struct question q;
    problem_init(&problems, a);
    route_find(STR("/v1/events"), &m);
    argument_read(str_from(rules[_i].query), m.any, a, &problems, &arguments);
    question_read(&arguments, a, &problems, &q);
    ck_assert_uint_eq(problems.n, 0);
    assert_rule(&q.query, true, rules[_i].certain);
    assert_rule(&q.query, false, rules[_i].possible);
    arena_free(a);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("describe");
    tcase_add_loop_test(t, says_the_question_back, 0, sizeof cases / sizeof *cases);
    tcase_add_loop_test(t, says_the_rule, 0, sizeof rules / sizeof *rules);
    Suite *s = suite_create("describe");
    suite_add_tcase(s, t);
    return check_main(s);
}
