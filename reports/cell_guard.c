#include "reports/cell_guard.h"

bool looks_like_formula(struct bytes text) {
    static const char *const starts[] = {
        "=",           "+", "-", "@", "\t", "\r", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
        "\xEF\xBC\xA0"};
    while (text.len > 0 && text.ptr[0] == ' ') {
        text = bytes_from(text, 1);
    }
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (bytes_starts_with(text, bytes_of_string(starts[i]))) {
            return true;
        }
    }
    return false;
}
