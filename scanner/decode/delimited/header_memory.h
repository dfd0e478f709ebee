/* header_memory.h - records that were looked at as headers, and what was found: files of a folder
 * mostly begin with the same one. What a record alone tells is remembered, so nothing depends on
 * which files came before. One user at a time; all zero is an empty one. */
#ifndef YINMA_DECODE_DELIMITED_HEADER_MEMORY_H
#define YINMA_DECODE_DELIMITED_HEADER_MEMORY_H

#include "decode/delimited/scan.h"

enum { HEADER_MEMORY_ENTRIES = 16, HEADER_MEMORY_BYTES = 480 };

enum header_verdict {
    HEADER_UNKNOWN,
    HEADER_IS_NONE,
    HEADER_IS_ONE,
    HEADER_BY_ROWS, /* it is one if the rows below are unlike it */
};

struct header_memory {
    struct known_header {
        struct delimited_marks marks;
        uint16_t len;
        uint8_t verdict;
        uint8_t text[HEADER_MEMORY_BYTES];
    } entries[HEADER_MEMORY_ENTRIES];
};

/* RECORD as it stands, with its end. MEMORY may be NULL. */
enum header_verdict header_memory_ask(const struct header_memory *memory,
                                      const struct delimited_marks *marks, struct bytes record);
void header_memory_keep(struct header_memory *memory, const struct delimited_marks *marks,
                        struct bytes record, enum header_verdict verdict);

#endif
