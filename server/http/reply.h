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

/*
 * With a body of unknown length that `take` gives piece by piece; `end`, once, frees what both get
 * as `context`.
 */
struct MHD_Response *reply_new_stream(const struct api_response *from,
                                      MHD_ContentReaderCallback take, void *context,
                                      MHD_ContentReaderFreeCallback end, bool close);

/* For HEAD, of such an answer: the head alone, after which the connection ends. */
struct MHD_Response *reply_new_head(const struct api_response *from);

/* As bytes for a socket, the connection ending with them. */
void reply_write(struct buf *out, const struct api_response *from);

#endif
