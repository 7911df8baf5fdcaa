#include "api/question.h"
#include "check_main.h"

#include <stdlib.h>
#include <string.h>

struct read {
    struct arena *arena;
    struct problems problems;
    struct question question;
};

static void read_from(struct read *r, const char *path, const char *query)
{
    struct route_match m;
    struct arguments arguments;
    r->arena = arena_new();
    problem_init(&r->problems, r->arena);
    route_find(str_from(path), &m);
    argument_read(str_from(query), route_of_method(&m, API_GET), r->arena, &r->problems,
                  &arguments);
    question_read(&arguments, r->arena, &r->problems, &r->question);
}

/* Queries that are wrong: the parameter that is named, a word of the detail, one of the hint. */
static const struct {
    const char *path;
    const char *query;
    const char *at;
    const char *detail;
    const char *hint;
} wrong[] = {
    {"/v1/events", "foo=1", "foo", "no parameter", ""},
    {"/v1/events", "actr=aze", "actr", "no parameter", "\"actor\""},
    {"/v1/events", "Actor=aze", "Actor", "no parameter", "\"actor\""},
    {"/v1/events", "actor__no=aze", "actor__no", "no parameter", ""},
    {"/v1/events", "__not=aze", "__not", "no parameter", ""},
    {"/v1/events", "=aze", "", "without the name", ""},
    {"/v1/events", "actor", "actor", "no value", ""},
    {"/v1/events", "actor=", "actor", "no value", ""},
    {"/v1/events", "actor=+", "actor", "empty value", ""},
    {"/v1/events", "actor=aze,,tur", "actor", "empty value", ""},
    {"/v1/events", "actor=aze,", "actor", "empty value", ""},
    {"/v1/events", "actor=%zz", "actor", "hexadecimal", "UTF-8"},
    {"/v1/events", "actor=%00", "actor", "control", ""},
    {"/v1/events", "actor=%ff", "actor", "UTF-8", ""},
    {"/v1/events", "act%zzor=a", "act%zzor", "hexadecimal", ""},
    {"/v1/events", "date=2021-13", "date", "month", "2021-03"},
    {"/v1/events", "date=yesterday", "date", "EDTF", ""},
    {"/v1/events", "date=2021-06-15T10:00:00+04:00", "date", "EDTF", "%2B"},
    {"/v1/events", "date={2021,2023", "date", "EDTF", ""},
    {"/v1/events", "date=2021&date=2022", "date", "once", ""},
    {"/v1/events", "date__not=2021", "date__not", "negated", ""},
    {"/v1/events", "role=a&role=b", "role", "once", "commas"},
    {"/v1/events", "when=within", "when", "date=", "date=2021"},
    {"/v1/events", "certainty=certain", "certainty", "date=", "date=2021"},
    {"/v1/events", "date=2021&when=overlap", "when", "overlaps, within", "\"overlaps\""},
    {"/v1/events", "date=2021&when=within,covers", "when", "one of", ""},
    {"/v1/events", "date=2021&when=starts&when=ends", "when", "once", ""},
    {"/v1/events", "date=2021&certainty=true", "certainty", "possible, certain", ""},
    {"/v1/events", "date=2021&certainty=Certain", "certainty", "possible, certain", "\"certain\""},
    {"/v1/events", "undated=no", "undated", "exclude, include, only", ""},
    {"/v1/events", "date=2021&undated=only", "undated", "undated event", "include"},
    {"/v1/events", "members=1", "members", "false, true", ""},
    {"/v1/events", "members=nato", "members", "false, true", ""},
    {"/v1/events", "bbox=1,2,3", "bbox", "four numbers", "44.5"},
    {"/v1/events", "bbox=1,5,3,4", "bbox", "south", ""},
    {"/v1/events", "bbox=", "bbox", "no value", ""},
    {"/v1/events", "bbox__not=1,2,3,4", "bbox__not", "negated", ""},
    {"/v1/events", "near=40,46", "near", "three numbers", "39.76"},
    {"/v1/events", "near=40,46,0", "near", "more than 0", ""},
    {"/v1/events", "near=40,46,20017", "near", "20016", ""},
    {"/v1/events", "related_to=", "related_to", "no value", ""},
    {"/v1/events", "relation=a&relation=b", "relation", "once", "commas"},
    {"/v1/events", "disputed=maybe", "disputed", "false, true", ""},
    {"/v1/events", "disputed__not=true", "disputed__not", "negated", ""},
    {"/v1/events", "stance=denie", "stance", "asserts", "\"denies\""},
    {"/v1/events", "stance__not=x", "stance__not", "asserts", ""},
    {"/v1/events", "lang=az_AZ", "lang", "BCP 47", "az"},
    {"/v1/events", "lang=az,,ru", "lang", "empty value", ""},
    {"/v1/events", "explain=all", "explain", "false, true", ""},
    {"/v1/events", "width=0", "width", "1 to 4000", ""},
    {"/v1/events", "width=4001", "width", "1 to 4000", ""},
    {"/v1/events", "width=1e3", "width", "whole number", ""},
    {"/v1/events", "lanes=types", "lanes", "none, type", "\"type\""},
    {"/v1/events", "bins=5", "bins", "does not take", ""},
    {"/v1/events", "limit=All", "limit", "\"all\"", ""},
    {"/v1/events", "limit=all&cursor=x", "cursor", "first row", ""},
    {"/v1/events", "limit=all&count", "count", "every row", "limit=1&count=true"},
    {"/v1/actors", "limit=all", "limit", "1 to 1000", "next"},
    {"/v1/events", "limit=0", "limit", "1 to 1000", ""},
    {"/v1/events", "limit=1001", "limit", "1 to 1000", "next"},
    {"/v1/events", "limit=-1", "limit", "1 to 1000", ""},
    {"/v1/events", "limit=%2B5", "limit", "1 to 1000", ""},
    {"/v1/events", "limit=5x", "limit", "1 to 1000", ""},
    {"/v1/events", "limit=99999999999999999999", "limit", "1 to 1000", ""},
    {"/v1/events", "sort=dat", "sort", "relevance", "\"date\""},
    {"/v1/events", "sort=relevance", "sort", "q=", ""},
    {"/v1/events", "precision=month,weak", "precision", "decade", ""},
    {"/v1/events", "include=account", "include", "accounts", "\"accounts\""},
    {"/v1/events", "count=yes", "count", "false, true", ""},
    {"/v1/events", "pretty=1", "pretty", "false, true", ""},
    {"/v1/events", "shape=list", "shape", "array", ""},
    {"/v1/events", "as_of=-1", "as_of", "version", "7"},
    {"/v1/events", "as_of=tomorrow", "as_of", "instant", ""},
    {"/v1/events", "as_of=2026-02-30", "as_of", "instant", ""},
    {"/v1/events", "policy=frist", "policy", "preferred, first, last", "\"first\""},
    {"/v1/events", "policy=newest", "policy", "source:ID", ""},
    {"/v1/events", "policy=First", "policy", "one of", "\"first\""},
    {"/v1/events", "policy=source", "policy", "which source", "source:ID"},
    {"/v1/events", "policy=source:", "policy", "which source", "source:ID"},
    {"/v1/events", "policy=sorce:reuters", "policy", "colon", "\"source:reuters\""},
    {"/v1/events", "policy=first:x", "policy", "colon", "source:ID"},
    {"/v1/events", "policy=first&policy=last", "policy", "once", ""},
    {"/v1/events", "policy__not=first", "policy__not", "negated", ""},
    {"/v1/events", "policy=first,last", "policy", "one of", ""},
    {"/v1/events", "known_at=yesterday", "known_at", "not an EDTF date", "2022-02-21"},
    {"/v1/events", "known_at=2022-02-30", "known_at", "not an EDTF date", "2022-02-21"},
    {"/v1/events", "known_at=2022/..", "known_at", "no end", "2022-02-21"},
    {"/v1/events", "known_at=2022/", "known_at", "no end", "2022-02-21"},
    {"/v1/events", "known_at=2021&known_at=2022", "known_at", "once", ""},
    {"/v1/events", "known_at__not=2022", "known_at__not", "negated", ""},
    {"/v1/actors", "known_at=2022", "known_at", "does not take", ""},
    {"/v1/suggest", "q=x&policy=first", "policy", "does not take", ""},
    {"/v1/events", "dry_run=true", "dry_run", "does not take", ""},
    {"/v1/events", "kind=state", "kind", "no parameter", ""},
    {"/v1/actors", "date=2021", "date", "does not take", ""},
    {"/v1/actors", "kind=stat", "kind", "state", "\"state\""},
    {"/v1/actors", "knd=state", "knd", "no parameter", "\"kind\""},
    {"/v1/claims", "stance=denie", "stance", "denies", "\"denies\""},
    {"/v1/events/x", "limit=5", "limit", "does not take", ""},
    {"/v1/events/x/accounts", "include=claims", "include", "does not take", ""},
};

START_TEST(names_what_is_wrong)
{
    struct read r;
    read_from(&r, wrong[_i].path, wrong[_i].query);
    ck_assert_uint_eq(r.problems.n, 1);
    const struct problem *p = &r.problems.items[0];
    ck_assert_int_eq(p->place, PROBLEM_PARAMETER);
    ck_assert_msg(str_eq(p->at, str_from(wrong[_i].at)), "%.*s", STR_ARG(p->at));
    ck_assert_msg(str_search(p->detail, str_from(wrong[_i].detail), 0) < p->detail.n, "%.*s",
                  STR_ARG(p->detail));
    ck_assert_msg(str_search(p->hint, str_from(wrong[_i].hint), 0) <= p->hint.n &&
                      (wrong[_i].hint[0] == '\0' || p->hint.n > 0),
                  "%.*s", STR_ARG(p->hint));
    if (wrong[_i].hint[0] != '\0')
        ck_assert_msg(str_search(p->hint, str_from(wrong[_i].hint), 0) < p->hint.n, "%.*s",
                      STR_ARG(p->hint));
    arena_free(r.arena);
}
END_TEST

static const struct {
    const char *query;
    enum policy policy;
    const char *source;
    const char *known_at; /* the last second; NULL for none */
} readings[] = {
    {"", POLICY_PREFERRED, "", NULL},
    {"policy=preferred", POLICY_PREFERRED, "", NULL},
    {"policy=first", POLICY_FIRST, "", NULL},
    {"policy=last&known_at=2022", POLICY_LAST, "", "2022-12-31T23:59:59"},
    {"policy=source:a-b_1&known_at=2022-02-21", POLICY_SOURCE, "a-b_1", "2022-02-21T23:59:59"},
    {"policy=source:source:x", POLICY_SOURCE, "source:x", NULL},
    {"known_at=2022-02", POLICY_PREFERRED, "", "2022-02-28T23:59:59"},
    {"known_at=../2022-02", POLICY_PREFERRED, "", "2022-02-28T23:59:59"},
    {"known_at=2020/2022-02-21T10:00:00", POLICY_PREFERRED, "", "2022-02-21T10:00:00"},
    {"known_at=2022-02-21T10:00:00Z", POLICY_PREFERRED, "", "2022-02-21T10:00:00"},
    {"known_at=2022~", POLICY_PREFERRED, "", "2022-12-31T23:59:59"},
};

START_TEST(fills_in_the_reading)
{
    struct read r;
    read_from(&r, "/v1/events", readings[_i].query);
    const struct reading *got = &r.question.query.reading;
    ck_assert_uint_eq(r.problems.n, 0);
    ck_assert_int_eq(got->policy, readings[_i].policy);
    ck_assert(str_eq(got->source, str_from(readings[_i].source)));
    ck_assert(got->known == (readings[_i].known_at != NULL));
    ck_assert(reading_is_plain(got) ==
              (got->policy == POLICY_PREFERRED && readings[_i].known_at == NULL));
    if (got->known) {
        struct buf second;
        buf_init(&second, 100);
        period_write_bound(&second, got->known_at, PERIOD_SECOND);
        ck_assert(str_eq(buf_str(&second), str_from(readings[_i].known_at)));
        buf_free(&second);
    }
    arena_free(r.arena);
}
END_TEST

static const char *const good[] = {
    "",
    "&&",
    "date=2021",
    "date=2021-06/2021-08",
    "date=../2021",
    "date=201X",
    "date=2021-XX",
    "date=2021-06-15T10:00:00%2B04:00",
    "actor=aze,tur&actor=rus&actor__not=arm",
    "actor=iso3166:AZ",
    "precision__not=day,second",
    "role=signatory,mediator&role__not=target",
    "q=shusha&sort=relevance",
    "sort=-date&limit=1000&count&pretty",
    "sort=date&limit=1&count=false&pretty=true",
    "include=accounts,evidence&fields=id,title",
    "as_of=0",
    "as_of=2026-11-24",
    "shape=array",
    "date=XXXX-02-24",
    "date=2021-XX-05&when=covers",
    "date=[2021,2023..]&when=starts&certainty=certain",
    "date={2021,2023}&certainty=possible&undated=include",
    "date=2021&undated=exclude&when=overlaps",
    "undated=only",
    "members&actor=nato",
    "members=false",
    "bbox=44.5,38.4,50.5,41.9&bbox=170,-20,-170,20&near=39.76,46.75,50",
    "related_to=a,b&related_to__not=c&relation=follows&relation__not=same_as",
    "relation=follows",
    "stance__not=denies,asserts",
    "claimed_by=iso3166:AZ&stance=denies",
    "disputed",
    "disputed=false",
    "lang=az-Latn,ru,zh-Hant&explain&width=120&lanes=actor",
    "limit=all&sort=-date",
    "limit=all&count=false",
};

START_TEST(takes_what_is_right)
{
    struct read r;
    read_from(&r, "/v1/events", good[_i]);
    ck_assert_uint_eq(r.problems.n, 0);
    arena_free(r.arena);
}
END_TEST

START_TEST(fills_the_query)
{
    struct read r;
    read_from(&r, "/v1/events",
              "date=2021-06&actor=aze%2Ctur&type__not=consult&role=host&q=a+b&sort=-date&limit=7"
              "&count=true&include=claims&fields=id,%74itle&as_of=3");
    const struct query *q = &r.question.query;
    ck_assert_uint_eq(r.problems.n, 0);
    ck_assert_int_eq(q->match.hull.from, 1622505600);
    ck_assert_int_eq(q->match.hull.to, 1625097599);
    ck_assert_uint_eq(q->filter_count, 2);
    ck_assert_int_eq(q->filters[0].kind, FILTER_ACTOR);
    ck_assert_uint_eq(q->filters[0].values.n, 2);
    ck_assert(str_eq(q->filters[0].values.items[1], STR("tur")));
    ck_assert(q->filters[1].negate);
    ck_assert(str_eq(q->filters[1].parameter, STR("type__not")));
    ck_assert_uint_eq(q->roles.n, 1);
    ck_assert(str_eq(q->text, STR("a b")));
    ck_assert_int_eq(q->sort, SORT_DATE_DESC);
    ck_assert_int_eq(q->limit, 7);
    ck_assert(q->count);
    ck_assert_uint_eq(r.question.include, 1u << PART_CLAIMS);
    ck_assert(str_eq(r.question.fields.items[1], STR("title")));
    ck_assert_int_eq(r.question.as_of, AS_OF_VERSION);
    ck_assert_int_eq(r.question.as_of_number, 3);
    arena_free(r.arena);
}
END_TEST

START_TEST(fills_in_every_filter)
{
    struct read r;
    read_from(&r, "/v1/events",
              "date=XXXX-02-24&when=covers&certainty=certain&undated=include&members"
              "&bbox=170,-20,-170,20&near=39.76,46.75,50&related_to__not=a,b&relation=follows"
              "&relation__not=same_as,causes&disputed=false&claimed_by=rus&stance=denies"
              "&stance__not=asserts&lang=az,ru&explain=true&limit=all&width=80&lanes=place");
    const struct query *q = &r.question.query;
    ck_assert_uint_eq(r.problems.n, 0);
    ck_assert_int_eq(q->when, MATCH_COVERS);
    ck_assert_int_eq(q->match.when, MATCH_COVERS);
    ck_assert_ptr_nonnull(q->match.parts);
    ck_assert(q->certain && q->members);
    ck_assert_int_eq(q->undated, UNDATED_INCLUDE);
    ck_assert_uint_eq(q->area_count, 2);
    ck_assert(!q->areas[0].is_circle && q->areas[0].west > q->areas[0].east);
    ck_assert(str_eq(q->areas[0].parameter, STR("bbox")));
    ck_assert(q->areas[1].is_circle && q->areas[1].km == 50);
    ck_assert_uint_eq(q->filter_count, 2);
    ck_assert_int_eq(q->filters[0].kind, FILTER_RELATED_TO);
    ck_assert(q->filters[0].negate);
    ck_assert_int_eq(q->filters[1].kind, FILTER_CLAIMED_BY);
    ck_assert_uint_eq(q->relations.n, 1);
    ck_assert_uint_eq(q->relations_not.n, 2);
    ck_assert_uint_eq(q->stances.n, 1);
    ck_assert_uint_eq(q->stances_not.n, 1);
    ck_assert_int_eq(q->disputed, WHETHER_NO);
    ck_assert_uint_eq(r.question.lang.n, 2);
    ck_assert(r.question.explain && r.question.all && r.question.lanes_given);
    ck_assert_int_eq(q->limit, QUERY_LARGEST_LIMIT);
    ck_assert_int_eq(r.question.width, 80);
    ck_assert_int_eq(r.question.lanes, LANES_PLACE);
    arena_free(r.arena);
}
END_TEST

/* ---- what depends on the address ---- */

#define BIT(p) PARAMETER_BIT(PARAM_##p)
static const struct route histogram = {.parameters = BIT(BY) | BIT(BINS) | BIT(SPLIT)};
static const struct route facets = {
    .parameters = BIT(BY) | BIT(LIMIT), .rows = 20, .most_rows = 100};
static const struct route changes = {.parameters = BIT(SINCE) | BIT(LIMIT) | BIT(CURSOR)};

static void read_at(struct read *r, const struct route *route, const char *query)
{
    struct arguments arguments;
    r->arena = arena_new();
    problem_init(&r->problems, r->arena);
    argument_read(str_from(query), route, r->arena, &r->problems, &arguments);
    question_read(&arguments, r->arena, &r->problems, &r->question);
}

static const struct {
    const struct route *route;
    const char *query;
    const char *at; /* empty where all is well */
} elsewhere[] = {
    {&histogram, "", ""},
    {&histogram, "by=month&split=actor", ""},
    {&histogram, "bins=1", ""},
    {&histogram, "bins=10000", ""},
    {&histogram, "by=actor", "by"},
    {&histogram, "by=month,year", "by"},
    {&histogram, "by=mont", "by"},
    {&histogram, "bins=0", "bins"},
    {&histogram, "bins=10001", "bins"},
    {&histogram, "bins=-1", "bins"},
    {&histogram, "by=day&bins=5", "bins"},
    {&histogram, "split=role", "split"},
    {&facets, "by=actor,role", ""},
    {&facets, "by=month", "by"},
    {&facets, "by=actor,month", "by"},
    {&facets, "split=actor", "split"},
    {&facets, "limit=101", "limit"},
    {&facets, "limit=all", "limit"},
    {&changes, "since=0", ""},
    {&changes, "since=9223372036854775807", ""},
    {&changes, "since=9223372036854775808", "since"},
    {&changes, "since=-1", "since"},
    {&changes, "since=1.5", "since"},
};

START_TEST(depends_on_the_address)
{
    struct read r;
    str at = str_from(elsewhere[_i].at);
    read_at(&r, elsewhere[_i].route, elsewhere[_i].query);
    ck_assert_uint_eq(r.problems.n, at.n > 0 ? 1 : 0);
    if (at.n > 0)
        ck_assert(str_eq(r.problems.items[0].at, at));
    arena_free(r.arena);
}
END_TEST

START_TEST(fills_in_counts)
{
    struct read r;
    read_at(&r, &histogram, "");
    ck_assert_int_eq(r.question.histogram.by, HISTOGRAM_YEAR);
    ck_assert_int_eq(r.question.histogram.split, FACETS);
    ck_assert(!r.question.histogram_given);
    ck_assert_uint_eq(r.question.facets, (1u << FACETS) - 1);
    arena_free(r.arena);
    read_at(&r, &histogram, "bins=400&split=source");
    ck_assert_int_eq(r.question.histogram.by, HISTOGRAM_BINS);
    ck_assert_int_eq(r.question.histogram.bins, 400);
    ck_assert_int_eq(r.question.histogram.split, FACET_SOURCE);
    ck_assert(r.question.histogram_given);
    arena_free(r.arena);
    read_at(&r, &facets, "by=actor,role");
    ck_assert_uint_eq(r.question.facets, 1u << FACET_ACTOR | 1u << FACET_ROLE);
    ck_assert_int_eq(r.question.query.limit, 20);
    arena_free(r.arena);
    read_at(&r, &changes, "since=7");
    ck_assert(r.question.since_given);
    ck_assert_int_eq(r.question.since, 7);
    ck_assert_int_eq(r.question.query.limit, QUESTION_LIMIT);
    arena_free(r.arena);
}
END_TEST

START_TEST(takes_sixteen_areas)
{
    char query[1000] = "";
    struct read r;
    for (int i = 0; i < QUERY_MOST_AREAS; i++)
        strcat(query, "near=1,2,3&");
    read_from(&r, "/v1/events", query);
    ck_assert_uint_eq(r.problems.n, 0);
    ck_assert_uint_eq(r.question.query.area_count, QUERY_MOST_AREAS);
    arena_free(r.arena);
    strcat(query, "bbox=1,2,3,4");
    read_from(&r, "/v1/events", query);
    ck_assert_uint_eq(r.problems.n, 1);
    ck_assert(str_eq(r.problems.items[0].at, STR("bbox")));
    arena_free(r.arena);
}
END_TEST

#define FINGERPRINT "sha-256:3a045e438cc0152140395df9d728c076ed39c8f5e12ef06eb9aa4cde1f071151"

START_TEST(a_citation_is_of_one_version)
{
    static const struct {
        const char *query;
        size_t problems;
    } rows[] = {
        {"as_of=1&fingerprint=" FINGERPRINT, 0},
        {"as_of=1&fingerprint=" FINGERPRINT "&until=2026-11-24", 0},
        {"fingerprint=" FINGERPRINT, 1},
        {"as_of=1&until=2", 1},
        {"until=2", 1},
        {"as_of=1&fingerprint=3a045e", 1},
        {"as_of=1&fingerprint=sha-256:3a045e", 1},
        {"as_of=1&fingerprint=sha-256:" FINGERPRINT, 1},
        {"as_of=1&until=soon&fingerprint=" FINGERPRINT, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct read r;
        read_from(&r, "/v1/cite", rows[i].query);
        ck_assert_msg(r.problems.n == rows[i].problems, "%s: %zu", rows[i].query, r.problems.n);
        arena_free(r.arena);
    }
}
END_TEST

START_TEST(gathers_all_problems)
{
    struct read r;
    read_from(&r, "/v1/events",
              "date=2021-13&foo=1&limit=0&sort=x&near=1&actor=,&when=on&policy=x"
              "&known_at=..");
    ck_assert_uint_eq(r.problems.n, 9);
    arena_free(r.arena);
}
END_TEST

START_TEST(reads_sixty_four_parameters)
{
    char query[1000] = "";
    struct read r;
    for (int i = 0; i < ARGUMENT_MOST; i++)
        strcat(query, "actor=a&");
    read_from(&r, "/v1/events", query);
    ck_assert_uint_eq(r.problems.n, 0);
    ck_assert_uint_eq(r.question.query.filter_count, ARGUMENT_MOST);
    arena_free(r.arena);
    strcat(query, "actor=a");
    read_from(&r, "/v1/events", query);
    ck_assert_uint_eq(r.problems.n, 1);
    arena_free(r.arena);
}
END_TEST

/* What a parameter cannot be without. */
static const char *beside(unsigned p)
{
    return p == PARAM_WHEN || p == PARAM_CERTAINTY ? "&date=2021"
           : p == PARAM_FINGERPRINT                ? "&as_of=1"
           : p == PARAM_UNTIL                      ? "&as_of=1&fingerprint=" FINGERPRINT
                                                   : "";
}

START_TEST(every_parameter_is_read_or_said_to_be_missing)
{
    /* What has no setter would be called through a NULL pointer. */
    static const char *const values[] = {
        [PARAM_DATE] = "2021",       [PARAM_PRECISION] = "day",
        [PARAM_AS_OF] = "1",         [PARAM_SORT] = "date",
        [PARAM_LIMIT] = "1",         [PARAM_INCLUDE] = "claims",
        [PARAM_COUNT] = "true",      [PARAM_PRETTY] = "true",
        [PARAM_SHAPE] = "array",     [PARAM_DRY_RUN] = "true",
        [PARAM_WHEN] = "within",     [PARAM_CERTAINTY] = "certain",
        [PARAM_UNDATED] = "include", [PARAM_MEMBERS] = "true",
        [PARAM_BBOX] = "1,2,3,4",    [PARAM_NEAR] = "1,2,3",
        [PARAM_DISPUTED] = "true",   [PARAM_STANCE] = "denies",
        [PARAM_LANG] = "az",         [PARAM_EXPLAIN] = "true",
        [PARAM_WIDTH] = "80",        [PARAM_LANES] = "type",
        [PARAM_BY] = "month",        [PARAM_BINS] = "5",
        [PARAM_SPLIT] = "type",      [PARAM_SINCE] = "1",
        [PARAM_POLICY] = "source:x", [PARAM_KNOWN_AT] = "2022",
        [PARAM_PROPERTY] = "date",   [PARAM_KEEP_GOING] = "true",
        [PARAM_UNTIL] = "1",         [PARAM_FINGERPRINT] = FINGERPRINT,
        [PARAM_DEPTH] = "4",         [PARAM_FROM] = "2021",
        [PARAM_TO] = "2021",         [PARAM_MAXWIDTH] = "5",
        [PARAM_MAXHEIGHT] = "5",     [PARAMETERS] = NULL};
    struct route all = {.method = API_GET, .parameters = UINT64_MAX};
    for (unsigned p = 0; p < PARAMETERS; p++) {
        struct arena *a = arena_new();
        struct problems problems;
        struct arguments arguments;
        struct question question;
        problem_init(&problems, a);
        const char *needed = beside(p);
        size_t others = 0;
        for (const char *c = needed; *c != '\0'; c++)
            others += *c == '&';
        str query = arena_printf(a, "%s=%s%s", parameter_name((enum parameter)p),
                                 values[p] ? values[p] : "x", needed);
        argument_read(query, &all, a, &problems, &arguments);
        question_read(&arguments, a, &problems, &question);
        ck_assert_uint_eq(problems.n, 0);
        ck_assert_uint_eq(arguments.n, 1 + others);
        arena_free(a);
    }
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("question");
    tcase_add_loop_test(t, names_what_is_wrong, 0, sizeof wrong / sizeof *wrong);
    tcase_add_loop_test(t, fills_in_the_reading, 0, sizeof readings / sizeof *readings);
    tcase_add_loop_test(t, takes_what_is_right, 0, sizeof good / sizeof *good);
    tcase_add_test(t, fills_the_query);
    tcase_add_test(t, fills_in_every_filter);
    tcase_add_loop_test(t, depends_on_the_address, 0, sizeof elsewhere / sizeof *elsewhere);
    tcase_add_test(t, fills_in_counts);
    tcase_add_test(t, takes_sixteen_areas);
    tcase_add_test(t, a_citation_is_of_one_version);
    tcase_add_test(t, gathers_all_problems);
    tcase_add_test(t, reads_sixty_four_parameters);
    tcase_add_test(t, every_parameter_is_read_or_said_to_be_missing);
    Suite *s = suite_create("question");
    suite_add_tcase(s, t);
    return check_main(s);
}
