#include "model/text_index.h"

#include "base/utf8.h"

void text_index_init(struct text_index *x, str text, struct arena *arena)
{
    *x = (struct text_index){.text = text, .points = utf8_count(text)};
    size_t *marks = ARENA_ARRAY(arena, size_t, x->points / TEXT_INDEX_STRIDE + 1);
    size_t byte = 0;
    for (size_t m = 1; m <= x->points / TEXT_INDEX_STRIDE; m++) {
        byte += utf8_offset(str_sub(text, byte, text.n), TEXT_INDEX_STRIDE);
        marks[m] = byte;
    }
    x->marks = marks;
}

size_t text_index_byte(const struct text_index *x, size_t point)
{
    if (point >= x->points)
        return x->text.n;
    size_t mark = x->marks[point / TEXT_INDEX_STRIDE];
    return mark + utf8_offset(str_sub(x->text, mark, x->text.n), point % TEXT_INDEX_STRIDE);
}

size_t text_index_point(const struct text_index *x, size_t byte)
{
    size_t low = 0;
    size_t high = x->points / TEXT_INDEX_STRIDE;
    while (low < high) {
        size_t middle = high - (high - low) / 2;
        if (x->marks[middle] <= byte)
            low = middle;
        else
            high = middle - 1;
    }
    size_t mark = x->marks[low];
    return low * TEXT_INDEX_STRIDE + utf8_count(str_sub(x->text, mark, byte - mark));
}

str text_index_slice(const struct text_index *x, size_t start, size_t end)
{
    size_t from = text_index_byte(x, start);
    size_t to = end > start ? text_index_byte(x, end) : from;
    return str_sub(x->text, from, to - from);
}

bool text_budget_pay(struct text_budget *budget, size_t bytes)
{
    size_t cost = bytes / TEXT_INDEX_STRIDE + 1;
    if (cost > budget->left) {
        budget->spent = true;
        return false;
    }
    budget->left -= cost;
    return true;
}

static size_t distance(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

bool text_index_find(const struct text_index *x, str words, size_t near,
                     bool (*fits)(const void *context, size_t byte), const void *context,
                     struct text_budget *budget, size_t *found)
{
    bool any = false;
    size_t from = 0;
    while (!budget->spent) {
        size_t at = str_search(x->text, words, from);
        size_t end = at < x->text.n ? at + words.n : at;
        if (!text_budget_pay(budget, end - from) || at == x->text.n)
            return any;
        bool nearer = !any || distance(at, near) < distance(*found, near);
        if (any && at > near && !nearer)
            return true;
        if (nearer && (fits == NULL || fits(context, at))) {
            *found = at;
            any = true;
        }
        from = at + 1;
    }
    return any;
}
