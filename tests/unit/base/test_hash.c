/* SHA-256 in pieces is SHA-256 of the whole; digests and bytes as text. */
#include "base/base64.h"
#include "base/hash.h"
#include "check_main.h"

/* FIPS 180-4, its examples. */
static const struct {
    const char *text, *digest;
} rows[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

START_TEST(pieces_make_the_whole)
{
    str text = str_from(rows[_i].text);
    char hex[HASH_HEX_SIZE + 1];
    hash_sha256_hex(text, hex);
    ck_assert_str_eq(hex, rows[_i].digest);
    for (size_t size = 1; size <= text.n + 1; size++) {
        unsigned char out[HASH_SIZE];
        struct hash_running *h = hash_begin();
        for (size_t at = 0; at < text.n; at += size)
            hash_more(h, str_sub(text, at, size));
        hash_more(h, STR(""));
        hash_end(h, out);
        hash_hex(out, HASH_SIZE, hex);
        ck_assert_str_eq(hex, rows[_i].digest);
    }
}
END_TEST

START_TEST(one_can_be_given_up)
{
    struct hash_running *h = hash_begin();
    hash_more(h, STR("abc"));
    hash_end(h, NULL);
}
END_TEST

START_TEST(sha384_of_abc)
{
    unsigned char out[HASH_SIZE_384];
    char hex[2 * HASH_SIZE_384 + 1];
    hash_sha384(STR("abc"), out);
    hash_hex(out, sizeof out, hex);
    ck_assert_str_eq(hex, "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                          "8086072ba1e7cc2358baeca134c825a7");
}
END_TEST

/* RFC 4648, section 10; and letters of either end of the alphabet. */
static const struct {
    str bytes;
    const char *text;
} base64[] = {
    {STR_INIT(""), ""},
    {STR_INIT("f"), "Zg=="},
    {STR_INIT("fo"), "Zm8="},
    {STR_INIT("foo"), "Zm9v"},
    {STR_INIT("foob"), "Zm9vYg=="},
    {STR_INIT("fooba"), "Zm9vYmE="},
    {STR_INIT("foobar"), "Zm9vYmFy"},
    {STR_INIT("\0\0\0\377\377\276"), "AAAA//++"},
};

START_TEST(base64_is_that_of_its_rfc)
{
    struct buf out;
    buf_init(&out, 100);
    base64_write(&out, base64[_i].bytes);
    buf_add_char(&out, '\0');
    ck_assert_str_eq(out.p, base64[_i].text);
    buf_free(&out);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("hash");
    tcase_add_loop_test(t, pieces_make_the_whole, 0, sizeof rows / sizeof *rows);
    tcase_add_test(t, one_can_be_given_up);
    tcase_add_test(t, sha384_of_abc);
    tcase_add_loop_test(t, base64_is_that_of_its_rfc, 0, sizeof base64 / sizeof *base64);
    Suite *s = suite_create("hash");
    suite_add_tcase(s, t);
    return check_main(s);
}
