/* server: the server that a command talks to, by --url and the environment. */
#ifndef ANNALS_CLIENT_SERVER_H
#define ANNALS_CLIENT_SERVER_H

#include "annals/command.h"
#include "annals/http.h"
#include "base/err.h"

/* --url, else ANNALS_URL, else http://127.0.0.1:8080; with ANNALS_TOKEN. See http_open. */
bool server_open(const struct arguments *args, struct arena *a, struct http **out, struct err *e);

/* The address that server_open takes. */
const char *server_url(const struct arguments *args);

/* What a status that refuses means: EXIT_USAGE for the token (401, 403) and for what the server
 * does not have (501), EXIT_UNREACHABLE for other 5xx, else EXIT_FINDINGS. */
enum command_exit server_code(int status);

/*
 * An answer that refuses, told on standard error: summary, errors, and for 401 what to do about
 * the token. The code is that of its status.
 */
enum command_exit server_refused(const struct http_answer *answer, struct arena *a);

#endif
