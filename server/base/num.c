#include "base/num.h"

bool num_parse_i64(str text, int64_t *out)
{
    bool negative = text.n > 0 && text.p[0] == '-';
    str digits = str_sub(text, negative ? 1 : 0, text.n);
    if (digits.n == 0 || digits.n > 19)
        return false;
    int64_t value = 0;
    for (size_t i = 0; i < digits.n; i++) {
        int digit = digits.p[i] - '0';
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, digit, &value))
            return false;
    }
    /* Gathered below zero, where the range is one larger. */
    if (!negative && __builtin_mul_overflow(value, -1, &value))
        return false;
    *out = value;
    return true;
}

bool num_parse_range(str text, int64_t min, int64_t max, int64_t *out)
{
    int64_t value;
    if (!num_parse_i64(text, &value) || value < min || value > max)
        return false;
    *out = value;
    return true;
}
