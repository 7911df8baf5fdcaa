#include "http/reply.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/check.h"

/* Of which the library makes no use where bodies are chunked, bytes. */
#define STREAM_BLOCK 1024
/* The library wants C strings; most headers are short. */
#define SHORT_HEADER 1024

static void add_header(struct MHD_Response *response, str name, str value)
{
    char brief[SHORT_HEADER];
    size_t n = name.n + value.n + 2;
    char *own = n > sizeof brief ? malloc(n) : NULL, *text = own != NULL ? own : brief;
    ENSURE(own != NULL || n <= sizeof brief);
    memcpy(text, name.p, name.n);
    text[name.n] = '\0';
    char *copy = text + name.n + 1;
    if (value.n > 0)
        memcpy(copy, value.p, value.n);
    copy[value.n] = '\0';
    enum MHD_Result added = MHD_add_response_header(response, text, copy);
    ENSURE(added == MHD_YES);
    free(own);
}

static void add_headers(struct MHD_Response *response, const struct api_response *from, bool close)
{
    ENSURE(response != NULL);
    if (from->type.n > 0)
        add_header(response, STR("Content-Type"), from->type);
    for (size_t i = 0; i < from->header_count; i++)
        add_header(response, from->headers[i].name, from->headers[i].value);
    if (close)
        add_header(response, STR("Connection"), STR("close"));
}

static void *body_for(const struct api_response *from, enum reply_body body)
{
    if (body == REPLY_BORROWS || from->body.n == 0)
        return (void *)(uintptr_t)from->body.p; /* the library never writes to it */
    void *copy = malloc(from->body.n);
    ENSURE(copy != NULL);
    return memcpy(copy, from->body.p, from->body.n);
}

struct MHD_Response *reply_new(const struct api_response *from, enum reply_body body, bool close)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(
        from->body.n, body_for(from, body),
        body == REPLY_COPIES && from->body.n > 0 ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    add_headers(response, from, close);
    return response;
}

struct MHD_Response *reply_new_stream(const struct api_response *from,
                                      MHD_ContentReaderCallback take, void *context,
                                      MHD_ContentReaderFreeCallback end, bool close)
{
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, STREAM_BLOCK, take, context, end);
    add_headers(response, from, close);
    return response;
}

static ssize_t take_nothing(void *context, uint64_t at, char *to, size_t most)
{
    (void)context;
    (void)at;
    (void)to;
    (void)most;
    return MHD_CONTENT_READER_END_OF_STREAM;
}

struct MHD_Response *reply_new_head(const struct api_response *from)
{
    struct MHD_Response *response = reply_new_stream(from, take_nothing, NULL, NULL, true);
    /* The library would end a chunked body, also one that is not sent, and the last chunk would
     * stand where the next answer is to begin. */
    enum MHD_Result set = MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT,
                                                   MHD_RO_END);
    ENSURE(set == MHD_YES);
    return response;
}

void reply_write(struct buf *out, const struct api_response *from)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct tm utc;
    gmtime_r(&now.tv_sec, &utc);
    char date[40];
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    buf_printf(out, "HTTP/1.1 %d %s\r\nDate: %s\r\nConnection: close\r\nContent-Length: %zu\r\n",
               from->status, MHD_get_reason_phrase_for((unsigned)from->status), date, from->body.n);
    if (from->type.n > 0)
        buf_printf(out, "Content-Type: %.*s\r\n", STR_ARG(from->type));
    for (size_t i = 0; i < from->header_count; i++)
        buf_printf(out, "%.*s: %.*s\r\n", STR_ARG(from->headers[i].name),
                   STR_ARG(from->headers[i].value));
    buf_add(out, STR("\r\n"));
    buf_add(out, from->body);
}
