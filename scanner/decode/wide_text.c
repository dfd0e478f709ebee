#include "decode/wide_text.h"

#include <stdlib.h>

#include "core/endian.h"
#include "core/field_set.h"
#include "core/utf8.h"
#include "core/width_map.h"

enum {
    BLOCK_BYTES = 64,
    HIT_BYTES = 6,            /* three characters of ASCII */
    WORD_BYTES_MIN = 12,      /* six characters: no value has fewer */
    STRETCH_BYTES_MOST = 1024 /* of one look ahead or back, so that no data is looked at for ever */
};

struct wide_text {
    const struct block64_ops *ops;
    struct width_map *map;
    uint8_t *bytes; /* SEGMENT_PADDING readable ones behind len */
    size_t len, capacity;
    uint64_t done;  /* of the unit: what stands before was given out */
    uint64_t first; /* of the unit: where the first text of the segment begins */
};

/* Characters of one byte order that follow each other. */
struct stretch {
    size_t begin, end;
    size_t plain; /* characters of ASCII */
    bool big_endian;
};

struct wide_text *wide_text_new(const struct block64_ops *ops) {
    struct wide_text *wide = calloc(1, sizeof *wide);
    if (wide != NULL && (wide->map = width_map_new()) == NULL) {
        free(wide);
        wide = NULL;
    }
    if (wide != NULL) {
        wide->ops = ops;
    }
    return wide;
}

void wide_text_free(struct wide_text *wide) {
    if (wide != NULL) {
        width_map_free(wide->map);
        free(wide->bytes);
        free(wide);
    }
}

/* ---- finding ---- */

/* Printed ASCII, as 1 or 0. */
static inline uint8_t is_plain(uint8_t c) {
    return (uint8_t)(c - 0x20) < 0x5F;
}

/* Do three characters of ASCII begin at P? The other byte order shows itself one byte further. */
static inline uint8_t is_hit(const uint8_t *p) {
    return (uint8_t)(is_plain(p[0]) & (p[1] == 0) & is_plain(p[2]) & (p[3] == 0) & is_plain(p[4]) &
                     (p[5] == 0));
}

/* The first hit of BYTES from AT on, before END; END: there is none. The compiler asks sixteen
 * places at a time and more; a few bytes behind END are looked at, which RAW has (padding). */
static size_t next_hit(const uint8_t *bytes, size_t at, size_t end) {
    for (; at < end; at += BLOCK_BYTES) {
        uint8_t any = 0;
        for (size_t i = 0; i < BLOCK_BYTES; i++) {
            any |= is_hit(bytes + at + i);
        }
        for (size_t i = 0; any != 0 && i < BLOCK_BYTES && at + i < end; i++) {
            if (is_hit(bytes + at + i) != 0) {
                return at + i;
            }
        }
    }
    return end;
}

static uint32_t unit_at(const uint8_t *p, bool big_endian) {
    return big_endian ? big_u16(p) : little_u16(p);
}

/* What names, addresses and numbers are written with. */
static bool is_written(uint32_t unit) {
    return (unit >= 0x20 && unit < 0x7F) || (unit >= 0x3000 && unit < 0xA000) ||
           (unit >= 0x25A0 && unit < 0x2600) /* what masks: ○ ● */ ||
           (unit >= 0xFF01 && unit < 0xFF5F);
}

/* What stands around AT in that byte order, between FLOOR and LIMIT. */
static struct stretch stretch_around(const uint8_t *bytes, size_t at, size_t floor, size_t limit,
                                     bool big_endian) {
    struct stretch s = {.begin = at, .end = at, .big_endian = big_endian};
    while (s.begin >= floor + 2 && at - s.begin < STRETCH_BYTES_MOST &&
           is_written(unit_at(bytes + s.begin - 2, big_endian))) {
        s.begin -= 2;
        s.plain += unit_at(bytes + s.begin, big_endian) < 0x80;
    }
    while (s.end + 2 <= limit && s.end - at < STRETCH_BYTES_MOST &&
           is_written(unit_at(bytes + s.end, big_endian))) {
        s.plain += unit_at(bytes + s.end, big_endian) < 0x80;
        s.end += 2;
    }
    return s;
}

/* Text of ASCII reads the same in both orders where a zero stands before it; ideographs decide. */
static struct stretch best_stretch(const uint8_t *bytes, size_t hit, size_t floor, size_t limit) {
    const struct stretch little = stretch_around(bytes, hit, floor, limit, false);
    if (hit <= floor || bytes[hit - 1] != 0) {
        return little;
    }
    const struct stretch big = stretch_around(bytes, hit - 1, floor, limit, true);
    return big.plain > little.plain ? big : little;
}

/* A text that goes on behind what RAW shows ends between two words; the next segment has the rest.
 */
static void end_between_words(const struct segment *raw, struct stretch *s) {
    if (raw->len == raw->end || s->end + 2 <= raw->len) {
        return;
    }
    size_t end = s->end;
    while (end > raw->end && end > s->begin) {
        const uint32_t unit = unit_at(raw->bytes + end - 2, s->big_endian);
        if (unit >= 0x80 || !byte_is_alnum((uint8_t)unit)) {
            s->end = end;
            return;
        }
        end -= 2;
    }
}

/* ---- writing ---- */

static bool make_room(struct wide_text *wide, size_t more) {
    const size_t wanted = wide->len + more + SEGMENT_PADDING;
    if (wanted <= wide->capacity) {
        return true;
    }
    const size_t capacity = wanted + wanted / 2;
    uint8_t *bytes = realloc(wide->bytes, capacity);
    if (bytes == NULL) {
        return false;
    }
    wide->bytes = bytes;
    wide->capacity = capacity;
    return true;
}

/* GAP: so many bytes of the data stand between the text before and this one. */
static bool put(struct wide_text *wide, const uint8_t *bytes, const struct stretch *s,
                uint64_t gap) {
    if (!make_room(wide, (s->end - s->begin) / 2 * 3 + 1)) {
        return false;
    }
    if (wide->len > 0 && gap > 0) {
        if (!width_map_add(wide->map, wide->len, WIDTH_NONE, 0)) {
            return false;
        }
        wide->bytes[wide->len++] = '\n';
    }
    if (!width_map_add(wide->map, wide->len, WIDTH_UTF16, gap)) {
        return false;
    }
    for (size_t at = s->begin; at < s->end; at += 2) {
        wide->len += utf8_encode(unit_at(bytes + at, s->big_endian), wide->bytes + wide->len);
    }
    return true;
}

static void make_segment(const struct wide_text *wide, const struct segment *raw,
                         struct segment *out) {
    memset(wide->bytes + wide->len, 0, SEGMENT_PADDING);
    *out = (struct segment){
        .bytes = wide->bytes,
        .len = wide->len,
        .end = wide->len,
        .offset = wide->first,
        .line = raw->line,
        .gap_field = FIELD_FREE_TEXT,
        .width_rule = {.map = wide->map, .anchor = wide->bytes, .ops = wide->ops},
        .flags = SEGMENT_FREE_TEXT | SEGMENT_BINARY | SEGMENT_AGAIN,
    };
}

int wide_text_find(struct wide_text *wide, const struct segment *raw, struct segment *out,
                   struct error *err) {
    size_t floor = wide->done > raw->offset ? (size_t)(wide->done - raw->offset) : 0;
    size_t at = floor > raw->begin ? floor : raw->begin;
    uint64_t behind = 0; /* the last text that was written */
    wide->len = 0;
    width_map_clear(wide->map);
    while ((at = next_hit(raw->bytes, at, raw->end)) < raw->end) {
        struct stretch s = best_stretch(raw->bytes, at, floor, raw->len);
        end_between_words(raw, &s);
        if (s.end - s.begin >= WORD_BYTES_MIN) {
            wide->first = wide->len == 0 ? raw->offset + s.begin : wide->first;
            const uint64_t gap = wide->len == 0 ? 0 : raw->offset + s.begin - behind;
            if (!put(wide, raw->bytes, &s, gap)) {
                return error_set(err, YINMA_E_MEMORY, "out of memory for text in UTF-16");
            }
            behind = raw->offset + s.end;
        }
        floor = s.end;
        at = s.end > at ? s.end : at + 1;
        wide->done = raw->offset + floor;
    }
    if (wide->len == 0) {
        return 0;
    }
    make_segment(wide, raw, out);
    return 1;
}
