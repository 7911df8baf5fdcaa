#include "http/guard.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/num.h"

/* RFC 9110 section 5.6.2 */
static bool is_token_char(char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return true;
    return c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL;
}

static bool is_token(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_token_char(s.p[i]))
            return false;
    return s.n > 0;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* reg-name of RFC 3986; an IPv4 address is one too. */
static bool is_reg_name(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%') {
            if (i + 2 >= s.n || !is_hex(s.p[i + 1]) || !is_hex(s.p[i + 2]))
                return false;
            i += 2;
        } else if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c != '\0' && strchr("-._~!$&'()*+,;=", c) != NULL))) {
            return false;
        }
    }
    return s.n > 0;
}

static bool is_ipv6(str s)
{
    char text[INET6_ADDRSTRLEN];
    if (s.n >= sizeof text)
        return false;
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    struct in6_addr address;
    return inet_pton(AF_INET6, text, &address) == 1;
}

bool guard_is_host(str text)
{
    str host, port;
    bool has_port;
    if (text.n > 0 && text.p[0] == '[') {
        size_t end = str_find(text, ']');
        host = str_sub(text, 1, end - 1);
        port = str_sub(text, end + 1, text.n);
        if (end == text.n || !is_ipv6(host) || (port.n > 0 && port.p[0] != ':'))
            return false;
        has_port = port.n > 0;
        port = str_sub(port, 1, port.n);
    } else {
        has_port = str_cut(text, ':', &host, &port);
        if (!is_reg_name(host))
            return false;
    }
    int64_t number;
    return !has_port || port.n == 0 || num_parse_range(port, 0, 65535, &number);
}

static bool check_limits(const struct guard_head *h, struct err *e)
{
    if (h->target.n > GUARD_TARGET)
        return err_set(e, ERR_TARGET_TOO_LONG,
                       "The address has %zu bytes; at most %d are read. Ask for less at once.",
                       h->target.n, GUARD_TARGET);
    if (h->field_count > GUARD_FIELDS)
        return err_set(e, ERR_HEADERS_TOO_LARGE,
                       "The request has %zu header fields; at most %d are read.", h->field_count,
                       GUARD_FIELDS);
    size_t line = h->method.n + 1 + h->target.n + 1 + h->version.n + 2;
    if (h->size > line + GUARD_HEAD)
        return err_set(e, ERR_HEADERS_TOO_LARGE,
                       "The header section has %zu bytes; at most %d are read.", h->size - line,
                       GUARD_HEAD);
    return true;
}

static bool check_target(const struct guard_head *h, struct err *e)
{
    for (size_t i = 0; i < h->target.n; i++) {
        unsigned char c = (unsigned char)h->target.p[i];
        if (c <= ' ' || c >= 0x7F || c == '#')
            return err_set(e, ERR_BAD_REQUEST,
                           "Byte %zu of the address (0x%02X) must be percent-encoded; curl does it "
                           "with -G --data-urlencode 'q=…'.",
                           i + 1, (unsigned)c);
    }
    if (h->target.n > 0 && h->target.p[0] == '/')
        return true;
    if (str_eq(h->target, STR("*")) && str_eq(h->method, STR("OPTIONS")))
        return true;
    return err_set(e, ERR_BAD_REQUEST,
                   "The request line must hold a path, beginning with \"/\", and nothing else.");
}

static bool check_request_line(const struct guard_head *h, struct err *e)
{
    if (!is_token(h->method))
        return err_set(e, ERR_BAD_REQUEST, "The method is not a word.");
    if (!str_eq(h->version, STR("HTTP/1.1")) && !str_eq(h->version, STR("HTTP/1.0")))
        return err_set(e, ERR_BAD_REQUEST, "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
    if (h->target.p != h->method.p + h->method.n + 1 ||
        h->version.p != h->target.p + h->target.n + 1)
        return err_set(e, ERR_BAD_REQUEST,
                       "The request line must be method, address and version with one space "
                       "between them, and nothing else.");
    return check_target(h, e);
}

static bool check_value(const struct api_header *field, struct err *e)
{
    for (size_t i = 0; i < field->value.n; i++) {
        unsigned char c = (unsigned char)field->value.p[i];
        if ((c < 0x20 && c != '\t') || c == 0x7F)
            return err_set(e, ERR_BAD_REQUEST,
                           "The value of the header field %.*s holds a control byte (0x%02X).",
                           STR_ARG(str_sub(field->name, 0, 64)), (unsigned)c);
    }
    return true;
}

/*
 * Every field is well-formed by itself, and name, colon, blanks, value and CRLF of each join the
 * next one without a gap, from the request line to the blank line at the end.
 */
static bool check_fields(const struct guard_head *h, struct err *e)
{
    const char *at = h->version.p + h->version.n + 2;
    for (size_t i = 0; i < h->field_count; i++) {
        const struct api_header *field = &h->fields[i];
        if (!is_token(field->name))
            return err_set(e, ERR_BAD_REQUEST,
                           "Header field %zu has a name that is empty or holds a byte that no name "
                           "may hold; there is no white space before the colon.",
                           i + 1);
        if (!check_value(field, e))
            return false;
        if (field->name.p != at || field->value.p < field->name.p + field->name.n + 1)
            break;
        at = field->value.p + field->value.n + 2;
    }
    if (at + 2 != h->method.p + h->size)
        return err_set(e, ERR_BAD_REQUEST,
                       "Every line of the head must end in CR LF and hold one field: no folded "
                       "lines, no bare LF, no NUL.");
    return true;
}

static bool check_repeats(const struct guard_head *h, str name, struct api_header const **field,
                          struct err *e)
{
    *field = NULL;
    for (size_t i = 0; i < h->field_count; i++) {
        if (!str_eq_nocase(h->fields[i].name, name))
            continue;
        if (*field != NULL)
            return err_set(e, ERR_BAD_REQUEST, "There is more than one header field %.*s.",
                           STR_ARG(name));
        *field = &h->fields[i];
    }
    return true;
}

static bool check_host(const struct guard_head *h, struct err *e)
{
    const struct api_header *host;
    if (!check_repeats(h, STR("Host"), &host, e))
        return false;
    if (host == NULL)
        return str_eq(h->version, STR("HTTP/1.0")) ||
               err_set(e, ERR_BAD_REQUEST, "HTTP/1.1 needs the header field Host.");
    return guard_is_host(host->value) ||
           err_set(e, ERR_BAD_REQUEST, "The header field Host is not a host and a port.");
}

static bool check_framing(struct guard_head *h, struct err *e)
{
    const struct api_header *length, *coding;
    if (!check_repeats(h, STR("Content-Length"), &length, e) ||
        !check_repeats(h, STR("Transfer-Encoding"), &coding, e))
        return false;
    if (length != NULL && coding != NULL)
        return err_set(e, ERR_BAD_REQUEST,
                       "Content-Length and Transfer-Encoding exclude each other.");
    if (length != NULL && !num_parse_range(length->value, 0, INT64_MAX, &h->length))
        return err_set(e, ERR_BAD_REQUEST, "Content-Length must be a decimal number.");
    if (coding != NULL &&
        (!str_eq_nocase(coding->value, STR("chunked")) || str_eq(h->version, STR("HTTP/1.0"))))
        return err_set(e, ERR_BAD_REQUEST,
                       "The only Transfer-Encoding is chunked, and only with HTTP/1.1.");
    h->chunked = coding != NULL;
    return true;
}

/* HTTP/1.0 knows no Expect and ignores it (RFC 9110 section 10.1.1). */
static bool check_expect(const struct guard_head *h, struct err *e)
{
    for (size_t i = 0; i < h->field_count; i++)
        if (str_eq_nocase(h->fields[i].name, STR("Expect")) &&
            !str_eq_nocase(h->fields[i].value, STR("100-continue")) &&
            str_eq(h->version, STR("HTTP/1.1")))
            return err_set(e, ERR_EXPECTATION, "The only expectation met is 100-continue.");
    return true;
}

bool guard_check(struct guard_head *h, struct err *e)
{
    h->chunked = false;
    h->length = 0;
    if (!check_limits(h, e) || !check_request_line(h, e) || !check_fields(h, e))
        return false;
    for (size_t i = 0; i < h->field_count; i++)
        h->fields[i].value = str_trim(h->fields[i].value);
    return check_host(h, e) && check_framing(h, e) && check_expect(h, e);
}
