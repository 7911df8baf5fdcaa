#include "check_main.h"
#include "http/address.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const wrong[] = {
    "",          "8080",       ":8080",        "127.0.0.1", "127.0.0.1:",   "127.0.0.1:http",
    "a:70000",   "::1:8080",   "[::1]",        "[::1]8080", "127.0.0.1:-1", "[]:80",
    "1.2.3.4:0", "no such:80", "999.9.9.9:80",
};

START_TEST(refuses_wrong_addresses)
{
    char text[ADDRESS_TEXT];
    struct err e = {.detail = ""};
    ck_assert_int_eq(address_listen(wrong[_i], text, &e), -1);
    ck_assert_msg(wrong[_i][0] == '\0' || strstr(e.detail, wrong[_i]) != NULL, "%s", e.detail);
}
END_TEST

START_TEST(gives_a_port_to_one_alone)
{
    char text[ADDRESS_TEXT], again[ADDRESS_TEXT];
    struct err e;
    int first = address_listen("127.0.0.1:0", text, &e);
    ck_assert_int_ge(first, 0);
    ck_assert_int_eq(strncmp(text, "127.0.0.1:", 10), 0);
    ck_assert_int_gt(atoi(text + 10), 0);
    ck_assert_int_eq(address_listen(text, again, &e), -1);
    ck_assert_ptr_nonnull(strstr(e.detail, "in use"));
    close(first);
    int second = address_listen(text, again, &e);
    ck_assert_int_ge(second, 0);
    ck_assert_str_eq(text, again);
    close(second);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("address");
    tcase_add_loop_test(t, refuses_wrong_addresses, 0, sizeof wrong / sizeof wrong[0]);
    tcase_add_test(t, gives_a_port_to_one_alone);
    Suite *s = suite_create("address");
    suite_add_tcase(s, t);
    return check_main(s);
}
