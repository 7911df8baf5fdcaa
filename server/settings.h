/*
 * settings: what can be set, in one table. Every setting is a flag (--cache-bytes), an environment
 * variable (ANNALS_CACHE_BYTES) and a key of the configuration file (cache-bytes = 64M); the flag
 * wins over the variable, the variable over the file, the file over the default.
 * docs/reference/settings.md lists the same; a test compares them.
 */
#ifndef ANNALS_SETTINGS_H
#define ANNALS_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/problem.h"

/*
 * X(KIND, field, flag, argument, default, least, most, help)
 * TEXT any text · SWITCH on or off, off unless given · COUNT a number · BYTES a number that may end
 * in K, M or G (times 1024) · WORD one of the words that `argument` lists · SOURCES as a directive
 * of a Content-Security-Policy has them
 */
#define SETTINGS_TABLE(X)                                                                          \
    X(TEXT, db, "db", "FILE", "", 0, 0,                                                            \
      "The store to serve; it is made when it does not exist. Needed without --demo.")             \
    X(TEXT, listen, "listen", "HOST:PORT", "127.0.0.1:8080", 0, 0,                                 \
      "Where to listen: a name, an IPv4 address or an [IPv6] address; port 0 picks a free one.")   \
    X(SWITCH, demo, "demo", "", "off", 0, 0,                                                       \
      "Serve the example store that comes with the program, read-only.")                           \
    X(TEXT, config, "config", "FILE", "", 0, 0,                                                    \
      "Read settings from this file: lines of \"key = value\", and comments after a #.")           \
    X(SWITCH, read_only, "read-only", "", "off", 0, 0,                                             \
      "Open the store, which must exist, for reading alone; every write answers 403.")             \
    X(TEXT, title, "title", "TEXT", "Annals", 0, 0, "Title of the store on its first page.")       \
    X(TEXT, licence, "licence", "TEXT", "", 0, 0, "Licence of the data, on the first page.")       \
    X(TEXT, public_url, "public-url", "URL", "", 0, 0,                                             \
      "Where people reach it, such as https://events.example.org: put before addresses that "      \
      "leave "                                                                                     \
      "with the data (calendars, feeds, tables).")                                                 \
    X(SOURCES, embed_ancestors, "embed-ancestors", "SOURCES", "*", 0, 4000,                        \
      "Whose pages may show /embed in a frame: \"*\" for everybody's, \"'none'\", or sources as "  \
      "frame-ancestors of a Content-Security-Policy takes them, with blanks between.")             \
    X(COUNT, threads, "threads", "N", "0", 0, 256,                                                 \
      "Threads that serve connections; 0 is one for each core.")                                   \
    X(COUNT, connections, "connections", "N", "4096", 1, 1000000,                                  \
      "Connections at once; more wait. Lowered where the limit of open files demands it.")         \
    X(COUNT, connections_per_address, "connections-per-address", "N", "128", 0, 1000000,           \
      "Connections at once from one address, more are closed; 0 is no limit. Raise it behind a "   \
      "proxy.")                                                                                    \
    X(COUNT, inactivity_seconds, "inactivity-seconds", "N", "15", 1, 86400,                        \
      "A connection on which nothing moves for so long is closed.")                                \
    X(COUNT, head_seconds, "head-seconds", "N", "10", 1, 3600,                                     \
      "Time for the head of a request to be complete.")                                            \
    X(COUNT, body_seconds, "body-seconds", "N", "60", 1, 86400,                                    \
      "Time for a body to be complete, beside one second for each 16 kB of it.")                   \
    X(BYTES, bodies_bytes, "bodies-bytes", "SIZE", "256M", 65536, INT64_C(1) << 40,                \
      "Memory for the bodies of all requests together; beyond it they are answered 503.")          \
    X(BYTES, batch_bytes, "batch-bytes", "SIZE", "1G", 65536, INT64_C(1) << 40,                    \
      "The largest body of a batch; beyond a mebibyte it waits in a file beside the store. All "   \
      "batches that arrive at once get four times as much together.")                              \
    X(BYTES, cache_bytes, "cache-bytes", "SIZE", "64M", 0, INT64_C(1) << 40,                       \
      "Memory for finished answers that may be given again; 0 keeps none.")                        \
    X(COUNT, feeds, "feeds", "N", "1000", 0, 1000000,                                              \
      "Readers of the change feed (/v1/changes as an event stream) at once; more get 503.")        \
    X(COUNT, exports, "exports", "N", "32", 0, 1000000,                                            \
      "Answers without a limit (limit=all) at once; more get 503.")                                \
    X(COUNT, heartbeat_seconds, "heartbeat-seconds", "N", "15", 1, 3600,                           \
      "A reader of the change feed that hears nothing for so long gets a sign of life.")           \
    X(COUNT, deadline_ms, "deadline-ms", "N", "1000", 1, 3600000,                                  \
      "Milliseconds that an ordinary question may take.")                                          \
    X(COUNT, search_deadline_ms, "search-deadline-ms", "N", "500", 1, 3600000,                     \
      "Milliseconds that a full-text search may take.")                                            \
    X(COUNT, count_deadline_ms, "count-deadline-ms", "N", "5000", 1, 3600000,                      \
      "Milliseconds that counting may take: histograms, facets, and pages with count=true.")       \
    X(COUNT, drain_seconds, "drain-seconds", "N", "5", 0, 3600,                                    \
      "Time that running requests have to end at SIGTERM or SIGINT.")                              \
    X(COUNT, stop_after, "stop-after", "N", "0", 0, 31536000,                                      \
      "Stop by itself after so many seconds; 0 is never. For demonstrations and tests.")           \
    X(WORD, access_log, "access-log", "off|uncached|all", "uncached", 0, 0,                        \
      "Which requests are logged: none, those not answered from memory, or all of them (which "    \
      "costs a third of the speed of the latter).")                                                \
    X(WORD, log_level, "log-level", "error|warning|info|debug", "info", 0, 0,                      \
      "What is logged: lines of this level and above, on standard error.")

struct settings {
#define SETTINGS_FIELD_TEXT(field) const char *field;
#define SETTINGS_FIELD_WORD(field) const char *field;
#define SETTINGS_FIELD_SOURCES(field) const char *field;
#define SETTINGS_FIELD_SWITCH(field) bool field;
#define SETTINGS_FIELD_COUNT(field) int64_t field;
#define SETTINGS_FIELD_BYTES(field) int64_t field;
#define X(KIND, field, flag, argument, standard, least, most, help) SETTINGS_FIELD_##KIND(field)
    SETTINGS_TABLE(X)
#undef X
};

enum settings_result {
    SETTINGS_READY,   /* all is set */
    SETTINGS_HELP,    /* --help was asked for */
    SETTINGS_VERSION, /* --version was asked for */
    SETTINGS_WRONG    /* see the problems */
};

/*
 * Reads the arguments, the environment (`environment` looks a variable up, as getenv does) and the
 * configuration file. Texts live in `arena`, or are the caller's. A problem's place is a flag or a
 * variable (PROBLEM_PARAMETER), or a line of the configuration file (PROBLEM_LINE).
 * With demo, db and read_only are set to what it serves.
 */
enum settings_result settings_load(int argc, char *argv[], char *(*environment)(const char *),
                                   struct arena *arena, struct settings *out,
                                   struct problems *problems);

/* What --help prints, at most 80 columns wide. */
void settings_write_help(struct buf *out);

/* One line for a problem, such as "annals.conf:3:11: …" or "--threads: …", without newline. */
void settings_write_problem(struct buf *out, const struct settings *s, const struct problem *p);

#endif
