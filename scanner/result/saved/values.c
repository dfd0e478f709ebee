#include "result/saved/values.h"

#include <stdlib.h>

bool saved_room(void *array, size_t *room, size_t count, size_t size) {
    if (count < *room) {
        return true;
    }
    size_t wanted = *room * 2 + 16;
    void *old, *made;
    memcpy(&old, array, sizeof old); /* of whatever type the array is */
    made = reallocarray(old, wanted, size);
    if (made != NULL) {
        memcpy(array, &made, sizeof made);
        *room = wanted;
    }
    return made != NULL; // cppcheck-suppress memleak ; memcpy has stored it
}

void saved_copy(char *out, size_t size, struct bytes text) {
    size_t len = text.len < size ? text.len : size - 1;
    while (len < text.len && len > 0 && (text.ptr[len] & 0xC0) == 0x80) {
        len--;
    }
    if (len > 0) {
        memcpy(out, text.ptr, len);
    }
    out[len] = '\0';
}

time_t saved_time(struct bytes text) {
    char copy[32];
    struct tm time = {0};
    saved_copy(copy, sizeof copy, text);
    const char *end = strptime(copy, "%Y-%m-%dT%H:%M:%SZ", &time);
    return end == NULL || *end != '\0' ? 0 : timegm(&time);
}
