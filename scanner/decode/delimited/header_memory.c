#include "decode/delimited/header_memory.h"

#include <string.h>

#include "core/hash64.h"

/* NULL: records like this one are not kept. Where quotes end may depend on what stands behind. */
static const struct known_header *entry_of(const struct header_memory *memory,
                                           struct bytes record) {
    if (memory == NULL || record.len == 0 || record.len > HEADER_MEMORY_BYTES ||
        memchr(record.ptr, '"', record.len) != NULL) {
        return NULL;
    }
    return &memory->entries[hash64(record, 0) % HEADER_MEMORY_ENTRIES];
}

enum header_verdict header_memory_ask(const struct header_memory *memory,
                                      const struct delimited_marks *marks, struct bytes record) {
    const struct known_header *entry = entry_of(memory, record);
    bool known = entry != NULL && bytes_equal(bytes_of(entry->text, entry->len), record) &&
                 memcmp(&entry->marks, marks, sizeof *marks) == 0;
    return known ? (enum header_verdict)entry->verdict : HEADER_UNKNOWN;
}

void header_memory_keep(struct header_memory *memory, const struct delimited_marks *marks,
                        struct bytes record, enum header_verdict verdict) {
    struct known_header *entry = (struct known_header *)(uintptr_t)entry_of(memory, record);
    if (entry != NULL) {
        entry->marks = *marks;
        entry->len = (uint16_t)record.len;
        entry->verdict = (uint8_t)verdict;
        memcpy(entry->text, record.ptr, record.len);
    }
}
