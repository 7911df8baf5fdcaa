#include "http/guard.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "check_main.h"

/*
 * A head cut into pieces as the library cuts it, faults included: a bare LF ends a line, a NUL ends
 * a name or a value, a folded line is put at the end of a copy of the name before it.
 */
static void cut(struct arena *arena, str raw, struct guard_head *h)
{
    char *p = (char *)(uintptr_t)arena_copy(arena, raw).p;
    *h = (struct guard_head){.size = raw.n};
    char *space = memchr(p, ' ', raw.n);
    *space = '\0';
    h->method = str_from(p);
    char *line_end = memchr(space + 1, '\n', raw.n);
    char *last_space = line_end;
    while (*last_space != ' ')
        last_space--;
    *last_space = '\0';
    h->target = str_from(space + 1);
    if (line_end[-1] == '\r')
        line_end[-1] = '\0';
    *line_end = '\0';
    h->version = str_from(last_space + 1);
    for (char *line = line_end + 1;; line = line_end + 1) {
        line_end = strchr(line, '\n');
        if (line_end == NULL) /* a NUL before it: the end is behind that */
            line_end = memchr(line, '\n', raw.n - (size_t)(line - p));
        *line_end = '\0';
        if (line_end > line && line_end[-1] == '\r')
            line_end[-1] = '\0';
        if (*line == '\0')
            return;
        struct api_header *field = &h->fields[h->field_count];
        if ((*line == ' ' || *line == '\t') && h->field_count > 0) {
            field[-1].name = arena_printf(arena, "%.*s%s", STR_ARG(field[-1].name), line + 1);
            continue;
        }
        char *colon = strchr(line, ':');
        ck_assert_ptr_nonnull(colon);
        *colon = '\0';
        char *value = colon + 1;
        while (*value == ' ' || *value == '\t')
            value++;
        if (h->field_count < GUARD_FIELDS)
            *field = (struct api_header){str_from(line), str_from(value)};
        h->field_count++;
    }
}

#define GET "GET / HTTP/1.1\r\n"
#define HOST "Host: a\r\n"
#define END "\r\n"

static const struct {
    str raw;
    enum err_code code; /* ERR_NONE: it passes */
    bool chunked;
    int64_t length;
} heads[] = {
    {STR_INIT(GET HOST END), ERR_NONE, false, 0},
    {STR_INIT("GET / HTTP/1.0\r\n" END), ERR_NONE, false, 0},
    {STR_INIT("OPTIONS * HTTP/1.1\r\n" HOST END), ERR_NONE, false, 0},
    {STR_INIT(GET HOST "X-A: \t b \t " END END), ERR_NONE, false, 0},
    {STR_INIT(GET HOST "X-A:" END "X-B: \xFF" END END), ERR_NONE, false, 0},
    {STR_INIT(GET HOST "Content-Length: 12" END END), ERR_NONE, false, 12},
    {STR_INIT(GET HOST "content-length: 9223372036854775807 " END END), ERR_NONE, false, INT64_MAX},
    {STR_INIT(GET HOST "Transfer-Encoding: Chunked" END END), ERR_NONE, true, 0},
    {STR_INIT(GET HOST "Expect: 100-Continue" END END), ERR_NONE, false, 0},
    {STR_INIT("GET / HTTP/1.0\r\nExpect: tea" END END), ERR_NONE, false, 0},

    {STR_INIT(GET END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST HOST END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET "Host: a b" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT("GET / HTTP/1.2\r\n" HOST END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT("G(T / HTTP/1.1\r\n" HOST END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT("GET http://a/ HTTP/1.1\r\n" HOST END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT("GET * HTTP/1.1\r\n" HOST END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT("GET /a#b HTTP/1.1\r\n" HOST END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT("GET /a b HTTP/1.1\r\n" HOST END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT("GET /\x80 HTTP/1.1\r\n" HOST END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT("GET /\0 HTTP/1.1\r\n" HOST END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT("GET / HTTP/1.1\n" HOST END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "X-A : b" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST ": b" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET " X-A: b" END HOST END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "X-A: b" END " c" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "X-A: b" END "\tc" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "X-A: b\rc" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "X-A: b\nX-B: c" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "X-A: b\0c" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "X-A: b\0" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "X-A: b\x1F" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "\n"), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "Content-Length: 1" END "Content-Length: 1" END END), ERR_BAD_REQUEST, false,
     0},
    {STR_INIT(GET HOST "Content-Length: 1" END "Transfer-Encoding: chunked" END END),
     ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "Transfer-Encoding: chunked" END "Transfer-Encoding: chunked" END END),
     ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "Transfer-Encoding: gzip, chunked" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT("GET / HTTP/1.0\r\nTransfer-Encoding: chunked" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "Content-Length: 1x" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "Content-Length: -1" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "Content-Length: 9223372036854775808" END END), ERR_BAD_REQUEST, false, 0},
    {STR_INIT(GET HOST "Expect: tea" END END), ERR_EXPECTATION, false, 0},
};

START_TEST(refuses_what_is_not_well_formed)
{
    struct arena *arena = arena_new();
    struct guard_head *h = ARENA_NEW(arena, struct guard_head);
    struct err e = {0};
    cut(arena, heads[_i].raw, h);
    bool passes = guard_check(h, &e);
    ck_assert_msg(passes == (heads[_i].code == ERR_NONE), "head %d: %s", _i, e.detail);
    if (passes) {
        ck_assert(h->chunked == heads[_i].chunked);
        ck_assert_int_eq(h->length, heads[_i].length);
    } else {
        ck_assert_msg(e.code == heads[_i].code, "head %d: %s", _i, e.detail);
        ck_assert(e.detail[0] != '\0');
    }
    arena_free(arena);
}
END_TEST

START_TEST(trims_values)
{
    struct arena *arena = arena_new();
    struct guard_head *h = ARENA_NEW(arena, struct guard_head);
    struct err e;
    cut(arena, STR(GET HOST "X-A: \t b c \t" END END), h);
    ck_assert(guard_check(h, &e));
    ck_assert(str_eq(h->fields[1].value, STR("b c")));
    arena_free(arena);
}
END_TEST

/* Whether a head with a target, a value and a number of fields of such sizes passes, or why not. */
static enum err_code sized(size_t target, size_t value, size_t fields)
{
    struct arena *arena = arena_new();
    struct guard_head *h = ARENA_NEW(arena, struct guard_head);
    struct buf raw;
    buf_init(&raw, 1 << 20);
    buf_add(&raw, STR("GET /"));
    for (size_t i = 1; i < target; i++)
        buf_add_char(&raw, 'a');
    buf_add(&raw, STR(" HTTP/1.1\r\n" HOST "A:"));
    for (size_t i = 0; i < value; i++)
        buf_add_char(&raw, 'b');
    buf_add(&raw, STR(END));
    for (size_t i = 2; i < fields; i++)
        buf_add(&raw, STR("B:c" END));
    buf_add(&raw, STR(END));
    cut(arena, buf_str(&raw), h);
    struct err e = {.code = ERR_NONE};
    guard_check(h, &e);
    buf_free(&raw);
    arena_free(arena);
    return e.code;
}

START_TEST(keeps_its_limits)
{
    ck_assert_int_eq(sized(GUARD_TARGET, 1, 2), ERR_NONE);
    ck_assert_int_eq(sized(GUARD_TARGET + 1, 1, 2), ERR_TARGET_TOO_LONG);
    ck_assert_int_eq(sized(1, 1, GUARD_FIELDS), ERR_NONE);
    ck_assert_int_eq(sized(1, 1, GUARD_FIELDS + 1), ERR_HEADERS_TOO_LARGE);
    /* The section: Host and its line end, "A:", the value, its line end and the empty line. */
    size_t longest = GUARD_HEAD - strlen(HOST "A:" END END);
    ck_assert_int_eq(sized(1, longest, 2), ERR_NONE);
    ck_assert_int_eq(sized(1, longest + 1, 2), ERR_HEADERS_TOO_LARGE);
}
END_TEST

static const struct {
    const char *text;
    bool is;
} hosts[] = {
    {"a", true},          {"example.org", true}, {"example.org:80", true},
    {"a:", true},         {"127.0.0.1", true},   {"[::1]", true},
    {"[::1]:8080", true}, {"a%41", true},        {"a_b", true},
    {"", false},          {":80", false},        {"a:80:80", false},
    {"a:65535", true},    {"a:65536", false},    {"a:-1", false},
    {"a:b", false},       {"[::1", false},       {"::1", false},
    {"[]", false},        {"[::1]a", false},     {"[::1]:a", false},
    {"[a]", false},       {"a b", false},        {"a/b", false},
    {"me@a", false},      {"a%4", false},        {"a%zz", false},
    {"a?b", false},       {"\xC3\xA9", false},   {"a\\b", false},
    {"[::1%lo]", false},  {"a,b", true},
};

START_TEST(knows_hosts)
{
    ck_assert_msg(guard_is_host(str_from(hosts[_i].text)) == hosts[_i].is, "%s", hosts[_i].text);
}
END_TEST

int main(void)
{
    TCase *c = tcase_create("guard");
    tcase_add_loop_test(c, refuses_what_is_not_well_formed, 0, sizeof heads / sizeof heads[0]);
    tcase_add_test(c, trims_values);
    tcase_add_test(c, keeps_its_limits);
    tcase_add_loop_test(c, knows_hosts, 0, sizeof hosts / sizeof hosts[0]);
    Suite *s = suite_create("guard");
    suite_add_tcase(s, c);
    return check_main(s);
}
