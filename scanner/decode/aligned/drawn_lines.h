/* drawn_lines.h - lines and frames that are drawn with characters (U+2500 to U+257F). */
#ifndef YINMA_DECODE_ALIGNED_DRAWN_LINES_H
#define YINMA_DECODE_ALIGNED_DRAWN_LINES_H

#include "core/bytes.h"

enum { DRAWN_BYTES = 3 };

/* Does such a character stand at AT of TEXT? */
static inline bool drawn_at(struct bytes text, size_t at) {
    return at + 2 < text.len && text.ptr[at] == 0xE2 && (text.ptr[at + 1] & 0xFE) == 0x94;
}

/* Is the one at AT a bar between columns: one line, a thick one, two? */
static inline bool drawn_bar_at(struct bytes text, size_t at) {
    const uint8_t second = text.ptr[at + 1], last = text.ptr[at + 2];
    return second == 0x94 ? last == 0x82 || last == 0x83 : last == 0x91;
}

/* … or a stretch of a line across? Others are corners and joints. */
static inline bool drawn_dash_at(struct bytes text, size_t at) {
    const uint8_t second = text.ptr[at + 1], last = text.ptr[at + 2];
    return second == 0x94 ? last == 0x80 || last == 0x81 : last == 0x90;
}

/* … or where a line across begins at a frame that goes on above and below? */
static inline bool drawn_left_joint_at(struct bytes text, size_t at) {
    const uint8_t second = text.ptr[at + 1], last = text.ptr[at + 2];
    return second == 0x94 ? last >= 0x9C && last <= 0xA3 : last >= 0x9E && last <= 0xA0;
}

#endif
