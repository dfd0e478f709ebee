/* fuzz.h - the two functions that libFuzzer calls, and that mutate.c calls in its place. */
#ifndef YINMA_TESTS_FUZZ_FUZZ_H
#define YINMA_TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* mutate.c only: does the format that is asked for take DATA, as far as it can tell from its head?
 */
bool fuzz_is_taken(const uint8_t *data, size_t size);

#endif
