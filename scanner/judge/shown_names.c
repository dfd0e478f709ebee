#include "judge/shown_names.h"

enum { SHOWN_MOST = 96 };

struct shown_name {
    uint8_t len, text[SHOWN_MOST];
};

struct name_cache *shown_names_new(void) {
    return name_cache_new(sizeof(struct shown_name));
}

bool shown_names_find(const struct name_cache *names, struct bytes name, struct bytes *shown) {
    const struct shown_name *known = name_cache_find(names, name, bytes_of("", 0));
    if (known != NULL) {
        *shown = bytes_of(known->text, known->len);
    }
    return known != NULL;
}

void shown_names_keep(struct name_cache *names, struct bytes name, struct bytes shown) {
    struct shown_name *kept =
        shown.len > SHOWN_MOST ? NULL : name_cache_keep(names, name, bytes_of("", 0));
    if (kept != NULL) {
        kept->len = (uint8_t)shown.len;
        if (shown.len > 0) {
            memcpy(kept->text, shown.ptr, shown.len);
        }
    }
}
