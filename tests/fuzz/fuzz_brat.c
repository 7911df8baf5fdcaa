/*
 * Whatever bytes come as brat's stand-off beside whatever text: reading them ends, every problem
 * and note has a place in the file, and every anchor of a document holds the words that it says.
 * Seeds: corpus/brat, made from tests/load/brat.
 */
#include "standoff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    standoff_fuzz(INPUT_BRAT, data, size);
    return 0;
}
