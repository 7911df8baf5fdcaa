#include "api/gzip.h"
#include "check_main.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

START_TEST(comes_back_as_it_went)
{
    struct arena *a = arena_new();
    size_t n = 100000;
    char *bytes = arena_alloc(a, n), *back = arena_alloc(a, n);
    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)('a' + i * i % 13);
    str small = gzip_compress((str){bytes, n}, a);
    ck_assert_uint_lt(small.n, n / 2);
    z_stream z = {0};
    ck_assert_int_eq(inflateInit2(&z, 15 + 16), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)small.p;
    z.avail_in = (uInt)small.n;
    z.next_out = (Bytef *)back;
    z.avail_out = (uInt)n;
    ck_assert_int_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
    ck_assert_uint_eq(z.total_out, n);
    ck_assert_int_eq(memcmp(bytes, back, n), 0);
    inflateEnd(&z);
    str again = gzip_compress((str){bytes, n}, a);
    ck_assert(str_eq(small, again));
    arena_free(a);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("gzip");
    tcase_add_test(t, comes_back_as_it_went);
    Suite *s = suite_create("gzip");
    suite_add_tcase(s, t);
    return check_main(s);
}
