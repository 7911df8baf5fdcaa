/* reply: an api_response in the forms in which it is sent. */
#ifndef ANNALS_HTTP_REPLY_H
#define ANNALS_HTTP_REPLY_H

#include <microhttpd.h>

#include "api/api.h"
#include "base/buf.h"

enum reply_body {
    REPLY_BORROWS, /* the body must outlive the response */
    REPLY_COPIES
};

/* For the library; the caller's to destroy. `close`: it says that the connection ends with it. */
struct MHD_Response *reply_new(const struct api_response *from, enum reply_body body, bool close);

/* As bytes for a socket, the connection ending with them. */
void reply_write(struct buf *out, const struct api_response *from);

#endif
