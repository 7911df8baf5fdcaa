/*
 * Whatever stands in the address of a GET, over a small store: it is answered, never with a failure
 * of ours, and what says that it is JSON is JSON. Input: the target, a newline, an Accept field.
 */
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "api/api.h"
#include "base/check.h"
#include "base/log.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct store *store;
static struct store_reader *reader;
static struct api *api;

static const char document[] =
    "{\"annals\":1,\"source\":{\"id\":\"one\",\"title\":\"One\",\"text\":\"On 3 May they met.\"},"
    "\"actors\":[{\"id\":\"aaa\",\"name\":\"Aaa\",\"identifiers\":{\"iso3166\":\"AA\"}}],"
    "\"places\":[{\"id\":\"aro\",\"name\":\"Aro\",\"lat\":1.5,\"lon\":2.5}],"
    "\"events\":[{\"id\":\"talks\",\"title\":\"Talks\",\"date\":\"2020-05-03\",\"type\":"
    "\"consult\","
    "\"participants\":[{\"actor\":\"aaa\",\"role\":\"host\"}],\"places\":[\"aro\"],"
    "\"tags\":[\"spring\"],\"evidence\":[{\"start\":3,\"end\":8,\"exact\":\"3 May\"}]},"
    "{\"id\":\"pact\",\"title\":\"Pact\",\"date\":\"2021-06/..\"},"
    "{\"id\":\"feast\",\"title\":\"Feast\",\"date\":\"XXXX-02-24\",\"type\":\"agree\"},"
    "{\"id\":\"fall\",\"title\":\"Fall\",\"date\":\"[-0043,-0041..-0039]\"},"
    "{\"id\":\"tale\",\"title\":\"Tale\"}],"
    "\"relations\":[{\"from\":\"pact\",\"type\":\"responds_to\",\"to\":\"talks\"}],"
    "\"claims\":[{\"id\":\"word\",\"speaker\":\"aaa\",\"stance\":\"denies\",\"about\":[\"talks\"],"
    "\"text\":\"No.\"}]}";

static void fill(void)
{
    struct store_writer *writer;
    struct err e;
    struct problems problems;
    struct change_result result;
    struct arena *a = arena_new();
    bool syntax, replayed;
    problem_init(&problems, a);
    ENSURE(store_writer_open(store, &writer, &e));
    struct change change = {.author = STR("fuzz")};
    struct document *d = document_decode(str_from(document), a, &problems, &syntax);
    ENSURE(d != NULL && store_change_begin(writer, &change, a, &replayed, &result, &e));
    ENSURE(store_change_put(writer, d, STR(""), &problems, &e));
    ENSURE(store_change_commit(writer, a, &result, &e));
    store_writer_close(writer);
    arena_free(a);
}

static void set_up(void)
{
    static const struct api_settings settings = {.title = "Fuzz",
                                                 .licence = "",
                                                 .public_url = "",
                                                 .embed_ancestors = "*",
                                                 .deadline_ms = 1000,
                                                 .search_deadline_ms = 1000,
                                                 .count_deadline_ms = 1000};
    char path[] = "/tmp/annals-fuzz-XXXXXX";
    struct err e;
    log_set_level(LOG_ERROR);
    int fd = mkstemp(path);
    ENSURE(fd >= 0);
    close(fd);
    ENSURE(store_open(path, STORE_CREATE, &store, &e));
    fill();
    ENSURE(store_reader_open(store, &reader, &e));
    api = api_new(store, &settings);
    unlink(path);
}

/* What the listener lets through: printable ASCII without blanks, of bounded length. */
static bool could_arrive(str target)
{
    if (target.n == 0 || target.n > 8192 || target.p[0] != '/')
        return false;
    for (size_t i = 0; i < target.n; i++)
        if (target.p[i] <= 0x20 || target.p[i] >= 0x7F)
            return false;
    return true;
}

/* Pieces of a stream are asked for until one has to be waited for. */
static void read_stream(struct api_stream *stream)
{
    enum api_stream_state state = API_STREAM_MORE;
    while (state == API_STREAM_MORE) {
        struct arena *a = arena_new();
        struct err e = {0};
        str piece = {0};
        state = stream->next(stream, reader, a, &piece, &e);
        ENSURE(piece.n > 0 || state != API_STREAM_MORE);
        ENSURE(state != API_STREAM_BROKEN || e.code == ERR_DEADLINE);
        arena_free(a);
    }
    stream->free(stream);
}

static void check_answer(const struct api_response *r)
{
    ENSURE(r->status >= 200 && (r->status < 500 || r->status == 501 || r->status == 503));
    bool json = str_starts(r->type, STR("application/json")) ||
                str_starts(r->type, STR("application/problem+json"));
    bool packed = r->body.n > 1 && (unsigned char)r->body.p[0] == 0x1F;
    if (!json || packed || r->body.n == 0)
        return;
    json_error_t error;
    json_t *value = json_loadb(r->body.p, r->body.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
                               &error);
    ENSURE(value != NULL);
    json_decref(value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (api == NULL)
        set_up();
    str target, accept;
    str_cut((str){(const char *)data, size}, '\n', &target, &accept);
    if (!could_arrive(target))
        return 0;
    struct arena *a = arena_new();
    const struct api_header headers[] = {{STR("Accept"), accept}};
    const struct api_request rq = {
        .method = API_GET, .target = target, .headers = headers, .header_count = accept.n > 0};
    struct api_response response = {0};
    if (api_lane(&rq) != API_WRITE) {
        api_handle(api, reader, NULL, &rq, a, &response);
        check_answer(&response);
        if (response.stream != NULL)
            read_stream(response.stream);
    }
    arena_free(a);
    return 0;
}
