/*
 * log: one line per happening on standard error, as logfmt: time, level, event, then key=value
 * pairs. Control bytes in values are escaped, so that no input can forge a line.
 */
#ifndef ANNALS_BASE_LOG_H
#define ANNALS_BASE_LOG_H

enum log_level { LOG_NONE = -1, LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* Lines above this level are dropped, all of them above LOG_NONE. LOG_INFO at the start. Set before
 * threads begin. */
void log_set_level(enum log_level level);

/* True and *level set, for "error", "warning", "info" or "debug"; else false. */
_Bool log_level_from(const char *name, enum log_level *level);

/* event: a fixed word such as "listen"; format: the pairs, such as "port=%d". */
void log_line(enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
