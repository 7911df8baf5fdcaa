/*
 * Our own mistakes. ENSURE is an assert that is always on: what it guards is a promise between
 * two pieces of this program, never something that input from outside can break.
 */
#ifndef ANNALS_BASE_CHECK_H
#define ANNALS_BASE_CHECK_H

/* Prints where and what, then aborts. */
_Noreturn void check_failed(const char *file, int line, const char *what);

#define ENSURE(condition)                                                                          \
    ((condition) ? (void)0 : check_failed(__FILE__, __LINE__, "broken promise: " #condition))

/* For the arm of a switch that no value reaches. */
#define UNREACHABLE() check_failed(__FILE__, __LINE__, "unreachable")

#endif
