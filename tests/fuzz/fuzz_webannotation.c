/*
 * Whatever bytes come as W3C Web Annotations beside whatever text: reading them ends, every problem
 * and note has a place in the file, and every anchor of a document holds the words that it says.
 * Seeds: corpus/webannotation, made from tests/load/webannotation.
 */
#include "standoff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    standoff_fuzz(INPUT_WEB, data, size);
    return 0;
}
