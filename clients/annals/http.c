#include "annals/http.h"

#include <curl/curl.h>
#include <string.h>
#include <time.h>

#include "base/check.h"

#define CONNECT_SECONDS 10L
#define STALL_SECONDS 120L /* without a byte */
#define LONGEST_WAIT_MS 10000L

struct http {
    CURL *curl;
    const char *url;
    const char *token;
    char message[CURL_ERROR_SIZE];
};

/* One transfer, as the callbacks see it. */
struct transfer {
    CURL *curl;
    const struct http_request *rq;
    struct buf body;
    bool sunk;    /* the sink has got something */
    int64_t read; /* of the spool */
};

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct transfer *t = context;
    str piece = {bytes, size * count};
    long status = 0;
    curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &status);
    if (t->rq->sink != NULL && status >= 200 && status < 300) {
        t->sunk = true;
        return t->rq->sink(t->rq->to, piece) ? piece.n : 0;
    }
    buf_add(&t->body, piece);
    return buf_failed(&t->body) ? 0 : piece.n;
}

static size_t on_read(char *to, size_t size, size_t count, void *context)
{
    struct transfer *t = context;
    struct err e;
    size_t n;
    if (!spool_read(t->rq->spool, t->read, to, size * count, &n, &e))
        return CURL_READFUNC_ABORT;
    t->read += (int64_t)n;
    return n;
}

/* The connection broke after it was used before: the body goes again from the beginning. */
static int on_seek(void *context, curl_off_t offset, int origin)
{
    struct transfer *t = context;
    if (origin != SEEK_SET)
        return CURL_SEEKFUNC_CANTSEEK;
    t->read = offset;
    return CURL_SEEKFUNC_OK;
}

static void set_up_spool(struct transfer *t)
{
    CURL *c = t->curl;
    t->read = 0;
    curl_easy_setopt(c, CURLOPT_POST, 1L);
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)t->rq->spool->size);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(c, CURLOPT_READDATA, t);
    curl_easy_setopt(c, CURLOPT_SEEKFUNCTION, on_seek);
    curl_easy_setopt(c, CURLOPT_SEEKDATA, t);
}

static str without_slash(const char *url)
{
    str s = str_from(url);
    return str_ends(s, STR("/")) ? str_sub(s, 0, s.n - 1) : s;
}

bool http_open(const char *url, const char *token, struct arena *a, struct http **out,
               struct err *e)
{
    str u = without_slash(url);
    if (!str_starts(u, STR("http://")) && !str_starts(u, STR("https://")))
        return err_set(e, ERR_BAD_PARAMETER,
                       "\"%s\" is not the address of a server; it begins with http:// or https://",
                       url);
    if (str_find(u, '?') < u.n || str_find(u, '#') < u.n)
        return err_set(e, ERR_BAD_PARAMETER, "\"%s\" is more than the address of a server", url);
    if (token != NULL && strpbrk(token, "\r\n") != NULL)
        return err_set(e, ERR_BAD_PARAMETER, "ANNALS_TOKEN holds more than one line");
    struct http *h = ARENA_NEW(a, struct http);
    *h = (struct http){.curl = curl_easy_init(), .url = url, .token = token};
    ENSURE(h->curl != NULL);
    *out = h;
    return true;
}

void http_close(struct http *h)
{
    if (h != NULL)
        curl_easy_cleanup(h->curl);
}

static struct curl_slist *append(struct curl_slist *list, const char *line)
{
    struct curl_slist *longer = curl_slist_append(list, line);
    ENSURE(longer != NULL);
    return longer;
}

static struct curl_slist *make_headers(const struct http *h, const struct http_request *rq,
                                       struct arena *a)
{
    struct curl_slist *list = append(NULL, "Expect:"); /* bodies are small: do not ask first */
    if (h->token != NULL)
        list = append(list, arena_printf(a, "Authorization: Bearer %s", h->token).p);
    for (const char *const *line = rq->headers; line != NULL && *line != NULL; line++)
        list = append(list, *line);
    return list;
}

static void set_up(struct http *h, struct transfer *t, struct curl_slist *headers, struct arena *a)
{
    CURL *c = h->curl;
    str url = arena_printf(a, "%.*s%.*s", STR_ARG(without_slash(h->url)), STR_ARG(t->rq->target));
    curl_easy_reset(c);
    curl_easy_setopt(c, CURLOPT_URL, url.p);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_USERAGENT, "annals/" ANNALS_VERSION);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME,
                     t->rq->still_seconds > 0 ? t->rq->still_seconds : STALL_SECONDS);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L); /* there may be other threads */
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, h->message);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
    if (t->rq->spool != NULL) {
        set_up_spool(t);
    } else if (t->rq->body.p != NULL) {
        curl_easy_setopt(c, CURLOPT_POSTFIELDS, t->rq->body.p);
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)t->rq->body.n);
    }
    curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, t->rq->method);
    h->message[0] = '\0';
}

/* How long to wait before attempt number `next` (from 1): as the server asks, else doubling. */
static long wait_ms(CURL *c, int next)
{
    curl_off_t asked = 0;
    curl_easy_getinfo(c, CURLINFO_RETRY_AFTER, &asked);
    if (asked > 0)
        return asked < LONGEST_WAIT_MS / 1000 ? (long)asked * 1000 : LONGEST_WAIT_MS;
    return 200L << next;
}

static void pause_ms(long ms)
{
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

static bool describe_failure(const struct http *h, CURLcode code, struct err *e)
{
    const char *why = h->message[0] != '\0' ? h->message : curl_easy_strerror(code);
    if (code == CURLE_WRITE_ERROR)
        return err_set(e, ERR_STORE, "the answer could not be written out");
    if (code == CURLE_PARTIAL_FILE)
        return err_set(e, ERR_STORE, "the answer of %s breaks off: %s", h->url, why);
    return err_set(e, ERR_STORE, "cannot reach %s: %s", h->url, why);
}

bool http_send(struct http *h, const struct http_request *rq, struct arena *a,
               struct http_answer *out, struct err *e)
{
    struct transfer t = {.curl = h->curl, .rq = rq};
    struct curl_slist *headers = make_headers(h, rq, a);
    buf_init(&t.body, HTTP_LARGEST_ANSWER);
    CURLcode code = CURLE_OK;
    long status = 0;
    for (int attempt = 1; attempt <= HTTP_ATTEMPTS; attempt++) {
        buf_clear(&t.body);
        set_up(h, &t, headers, a);
        code = curl_easy_perform(h->curl);
        curl_easy_getinfo(h->curl, CURLINFO_RESPONSE_CODE, &status);
        bool settled = code == CURLE_OK && status != 429 && status != 503;
        if (settled || !rq->repeat || t.sunk || attempt == HTTP_ATTEMPTS)
            break;
        pause_ms(wait_ms(h->curl, attempt - 1));
    }
    char *type = NULL;
    curl_easy_getinfo(h->curl, CURLINFO_CONTENT_TYPE, &type);
    *out = (struct http_answer){.status = (int)status,
                                .type = arena_copy(a, str_from(type)),
                                .body = arena_copy(a, buf_str(&t.body))};
    buf_free(&t.body);
    curl_slist_free_all(headers);
    return code == CURLE_OK || describe_failure(h, code, e);
}

static bool stays(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~,:/", c) != NULL);
}

void http_encode(struct buf *out, str text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (stays(text.p[i])) {
            buf_add_char(out, text.p[i]);
        } else {
            char three[3] = {'%', digits[c >> 4], digits[c & 15]};
            buf_add(out, (str){three, sizeof three});
        }
    }
}
