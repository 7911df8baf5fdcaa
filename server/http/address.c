#include "http/address.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/num.h"
#include "base/str.h"

/* Cuts at the last colon, takes the brackets off, checks the port. */
static bool split(const char *text, char host[256], char port[8], struct err *e)
{
    const char *colon = strrchr(text, ':');
    str name = {text, colon ? (size_t)(colon - text) : 0};
    str number = str_from(colon ? colon + 1 : "");
    bool bracketed = name.n > 2 && name.p[0] == '[' && name.p[name.n - 1] == ']';
    if (bracketed)
        name = str_sub(name, 1, name.n - 2);
    int64_t value;
    if (name.n == 0 || name.n > 255 || (!bracketed && str_find(name, ':') < name.n) ||
        !num_parse_range(number, 0, 65535, &value))
        return err_set(e, ERR_BAD_PARAMETER,
                       "\"%.200s\" is not an address to listen on: it must be HOST:PORT, such as "
                       "127.0.0.1:8080 or [::1]:8080.",
                       text);
    snprintf(host, 256, "%.*s", STR_ARG(name));
    snprintf(port, 8, "%d", (int)value);
    return true;
}

/* A listening socket on one address, or -1 with errno. */
static int listen_on(const struct addrinfo *a)
{
    int s = socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int on = 1;
    /* On Linux this takes over a port that is only waiting for old connections, never a live one.
     */
    if (s >= 0 && setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
        bind(s, a->ai_addr, a->ai_addrlen) == 0 && listen(s, SOMAXCONN) == 0)
        return s;
    int kept = errno;
    if (s >= 0)
        close(s);
    errno = kept;
    return -1;
}

static void describe(int s, char text[ADDRESS_TEXT])
{
    struct sockaddr_storage own = {0};
    socklen_t size = sizeof own;
    char host[48], port[8];
    if (getsockname(s, (struct sockaddr *)&own, &size) != 0 ||
        getnameinfo((struct sockaddr *)&own, size, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
        snprintf(text, ADDRESS_TEXT, "?");
        return;
    }
    snprintf(text, ADDRESS_TEXT, own.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

int address_listen(const char *host_and_port, char text[ADDRESS_TEXT], struct err *e)
{
    char host[256], port[8];
    if (!split(host_and_port, host, port, e))
        return -1;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found;
    int failed = getaddrinfo(host, port, &hints, &found);
    if (failed != 0) {
        err_set(e, ERR_BAD_PARAMETER, "Cannot listen on %.200s: %s.", host_and_port,
                gai_strerror(failed));
        return -1;
    }
    int s = listen_on(found);
    if (s < 0)
        err_set(e, ERR_BAD_PARAMETER, "Cannot listen on %.200s: %s.", host_and_port,
                strerror(errno));
    else
        describe(s, text);
    freeaddrinfo(found);
    return s;
}
