#include "model/edtf_part.h"

bool edtf_part_read(struct edtf_reader *r, uint8_t count, const char *rule, struct edtf_part *out)
{
    out->at = r->at;
    for (out->count = 0; out->count < count; out->count++) {
        int c = edtf_reader_peek(r);
        if (c == 'x' || c == 'u')
            return edtf_reader_fail(r, r->at, "an unspecified digit is a capital X");
        if (c != 'X' && (c < '0' || c > '9'))
            return edtf_reader_unexpected(r, rule);
        out->digit[out->count] = c == 'X' ? EDTF_ANY : (uint8_t)(c - '0');
        r->at++;
    }
    return true;
}

int edtf_part_masked(const struct edtf_part *p)
{
    int masked = 0;
    for (int i = 0; i < p->count; i++)
        masked += p->digit[i] == EDTF_ANY;
    return masked;
}

int edtf_part_filled(const struct edtf_part *p, int digit)
{
    int value = 0;
    for (int i = 0; i < p->count; i++)
        value = value * 10 + (p->digit[i] == EDTF_ANY ? digit : p->digit[i]);
    return value;
}

bool edtf_part_fits(const struct edtf_part *p, int64_t number)
{
    if (p->count == 0)
        return true;
    for (int i = p->count; i-- > 0; number /= 10)
        if (p->digit[i] != EDTF_ANY && p->digit[i] != number % 10)
            return false;
    return number == 0;
}
