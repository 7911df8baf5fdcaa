/* address: where to listen. */
#ifndef ANNALS_HTTP_ADDRESS_H
#define ANNALS_HTTP_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Room for "[IPv6]:port" and a NUL. */
#define ADDRESS_TEXT 64

/*
 * A socket that listens on HOST:PORT ("127.0.0.1:8080", "[::1]:8080", "localhost:0"), or -1 with
 * *e set. Port 0 picks a free one. Nobody else can listen on the same port at the same time.
 * text becomes the numeric address with the true port.
 */
int address_listen(const char *host_and_port, char text[ADDRESS_TEXT], struct err *e);

#endif
